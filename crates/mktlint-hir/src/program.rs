//! What is in force.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;
use mktlint_diag::{Level, Place};
use mktlint_text::Span;

use crate::analyze::analysis;
use crate::check::cycle::settle;
use crate::codes;
use crate::db::library::is_of_library;
use crate::db::{Db, Declaration, Project, SourceFile, declarations};
use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::item::{Enforce, Item, ItemKind, Meaning, Waivable};
use crate::model::program::{Force, Placed, Program};
use crate::names;

/// How the project's own `enforce` declarations, and those of the packs that they put in force, bind each declaration.
#[derive(Default)]
struct Forces {
    /// By declaration.
    of: BTreeMap<(ItemKind, DeclPath), Force>,
    seen: BTreeSet<DeclPath>,
}

/// Everything that a run needs: what is in force, and what that refers to.
///
/// Not a query: it depends on every offset. Packs that nothing names are not even parsed.
pub fn program(db: &dyn Db, project: Project) -> Program {
    settle(db, project);
    let mut forces = Forces::default();
    let own: Vec<SourceFile> = project.files(db).iter().copied().filter(|file| !file.is_pack(db)).collect();
    for file in &own {
        for &declaration in declarations(db, *file) {
            let item = &analysis(db, project, declaration).item;
            if let Some(force) = own_force(item) {
                forces.of.entry((item.kind, item.path.clone())).or_insert(force);
            }
        }
    }
    for file in &own {
        enforce_file(db, project, *file, &Outer::default(), &mut forces);
    }
    let mut needed = Needed { db, project, forces: &forces, items: BTreeMap::new(), queue: Vec::new() };
    // Manifests name regions too, so they are always there.
    let always =
        [names::PRELUDE, "std.regions"].into_iter().filter_map(|module| project.modules(db).get(module));
    for file in own.iter().chain(always) {
        declarations(db, *file).iter().for_each(|declaration| needed.add(*declaration));
    }
    for (kind, path) in forces.of.keys() {
        needed.name(*kind, path);
    }
    needed.close();
    Program { items: needed.items.into_values().collect() }
}

/// Gathers declarations and what they refer to.
struct Needed<'db, 'f> {
    db: &'db dyn Db,
    project: Project,
    forces: &'f Forces,
    items: BTreeMap<(DeclPath, ItemKind), Placed>,
    queue: Vec<Declaration<'db>>,
}

impl<'db> Needed<'db, '_> {
    /// Adds a declaration that a run can need; of two with one name the first.
    fn add(&mut self, declaration: Declaration<'db>) {
        let (db, project) = (self.db, self.project);
        let item = &analysis(db, project, declaration).item;
        let is_for_compiler_alone = matches!(item.kind, ItemKind::Use | ItemKind::Test | ItemKind::Enforce);
        let key = (item.path.clone(), item.kind);
        if is_for_compiler_alone || item.meaning == Meaning::Error || self.items.contains_key(&key) {
            return;
        }
        let force = self.forces.of.get(&(item.kind, item.path.clone())).cloned();
        let file = declaration.file(db).path(db).clone();
        self.items.insert(key, Placed { item: item.clone(), file, offset: declaration.offset(db), force });
        self.queue.push(declaration);
    }

    fn name(&mut self, kind: ItemKind, path: &DeclPath) {
        if self.items.contains_key(&(path.clone(), kind)) {
            return;
        }
        if let Some(declaration) = names::declaration_at(self.db, self.project, kind, path.0.clone()) {
            self.add(declaration);
        }
    }

    /// Adds what the declarations so far refer to, and what that refers to.
    fn close(&mut self) {
        while let Some(declaration) = self.queue.pop() {
            for (kind, path) in analysis(self.db, self.project, declaration).used() {
                self.name(kind, path);
            }
        }
    }
}

/// How a declaration binds when nothing but itself says so.
fn own_force(item: &Item) -> Option<Force> {
    let is_off = item.meaning.terms().is_some_and(|terms| terms.off_by_default);
    (!is_off).then(|| force_when_on(item))
}

/// How a declaration binds once it is in force, whether it is off by default or not.
fn force_when_on(item: &Item) -> Force {
    let (from, until, waivable) = item
        .meaning
        .terms()
        .map_or((None, None, Waivable::Anyone), |terms| (terms.from, terms.until, terms.waivable.clone()));
    Force { level: None, from, until, waivable }
}

/// What the `enforce` that led here says: it binds what the inner ones say.
#[derive(Clone, Default)]
struct Outer {
    level: Option<Level>,
    from: Option<civil::Date>,
    until: Option<civil::Date>,
    waivable: Option<Waivable>,
    except: Vec<DeclPath>,
}

impl Outer {
    fn with(&self, enforce: &Enforce) -> Self {
        let mut except = self.except.clone();
        except.extend(enforce.except.iter().cloned());
        Self {
            level: self.level.or(enforce.level),
            from: latest(self.from, enforce.from),
            until: earliest(self.until, enforce.until),
            waivable: self.waivable.clone().or_else(|| enforce.waivable.clone()),
            except,
        }
    }

    fn apply(&self, mut force: Force) -> Force {
        let is_absolute = force.waivable == Waivable::Absolute;
        if !is_absolute {
            force.level = self.level;
            if let Some(waivable) = &self.waivable {
                force.waivable = waivable.clone();
            }
        }
        force.from = latest(force.from, self.from);
        force.until = earliest(force.until, self.until);
        force
    }
}

fn latest(a: Option<civil::Date>, b: Option<civil::Date>) -> Option<civil::Date> {
    a.max(b)
}

fn earliest(a: Option<civil::Date>, b: Option<civil::Date>) -> Option<civil::Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Puts in force what the `enforce` declarations of `file` name.
fn enforce_file(db: &dyn Db, project: Project, file: SourceFile, outer: &Outer, forces: &mut Forces) {
    for &declaration in declarations(db, file) {
        let item = &analysis(db, project, declaration).item;
        let Meaning::Enforce(enforce) = &item.meaning else { continue };
        if forces.seen.insert(item.path.clone()) {
            enforce_target(db, project, enforce, &outer.with(enforce), forces);
        }
    }
}

fn enforce_target(db: &dyn Db, project: Project, enforce: &Enforce, outer: &Outer, forces: &mut Forces) {
    let target = &enforce.target;
    let members = names::module_members(db, project, &target.0);
    if members.is_empty() {
        enforce_one(db, project, target, outer, forces);
    }
    for file in members {
        for &declaration in declarations(db, file) {
            let item = &analysis(db, project, declaration).item;
            // What the library says of merge tags, it says for its own tests: nobody else's tags are called so.
            let is_example = item.kind == ItemKind::Merge && is_of_library(&item.path.0);
            if let Some(force) = own_force(item).filter(|_| !is_example)
                && !outer.except.contains(&item.path)
            {
                forces.of.insert((item.kind, item.path.clone()), outer.apply(force));
            }
        }
        enforce_file(db, project, file, outer, forces);
    }
}

/// One declaration by name, also one that is off by default.
fn enforce_one(db: &dyn Db, project: Project, target: &DeclPath, outer: &Outer, forces: &mut Forces) {
    let Some(file) = project.modules(db).get(target.module()) else { return };
    for ((_, name), entry) in &names::file_scope(db, *file).names {
        if name == target.name()
            && let Some(declaration) = names::declaration_at(db, project, entry.kind, target.0.clone())
        {
            let item = &analysis(db, project, declaration).item;
            forces.of.insert((item.kind, item.path.clone()), outer.apply(force_when_on(item)));
        }
    }
}

/// `enforce` of packs whose rules are all off by default.
pub fn idle<'db>(db: &'db dyn Db, project: Project, file: SourceFile) -> Vec<(Declaration<'db>, Draft)> {
    let mut problems = Vec::new();
    for &declaration in declarations(db, file).iter().filter(|own| own.kind(db) == "enforce") {
        let item = &analysis(db, project, declaration).item;
        let Meaning::Enforce(Enforce { target, .. }) = &item.meaning else { continue };
        let members = names::module_members(db, project, &target.0);
        let all = members.iter().flat_map(|file| declarations(db, *file));
        let mut first_off = None;
        let is_idle = all.map(|it| &analysis(db, project, *it).item).all(|item| match item.meaning.terms() {
            Some(terms) if terms.off_by_default => {
                first_off.get_or_insert_with(|| item.path.clone());
                true
            }
            Some(_) => false,
            None => item.kind != ItemKind::Enforce,
        });
        if let Some(rule) = first_off.filter(|_| is_idle) {
            problems.push((declaration, codes::idle_enforce::of(item.name_span, target, &rule)));
        }
    }
    problems
}

/// `enforce … as info` and `waive` on a rule that is absolute or never waivable.
pub fn weakened<'db>(db: &'db dyn Db, project: Project, file: SourceFile) -> Vec<(Declaration<'db>, Draft)> {
    let mut problems = Vec::new();
    let can_weaken = |own: &&Declaration<'db>| matches!(own.kind(db).as_str(), "enforce" | "waive");
    for &declaration in declarations(db, file).iter().filter(can_weaken) {
        let item = &analysis(db, project, declaration).item;
        let cannot = |path: &DeclPath, kind: ItemKind, what: &str| {
            codes::cannot_weaken::of(item.name_span, path, Target::Name(kind, path.clone()), what)
        };
        match &item.meaning {
            Meaning::Waive(waive) => {
                for rule in &waive.rules {
                    if let Some((kind, Waivable::Absolute | Waivable::Never)) = waivable_of(db, project, rule)
                    {
                        problems.push((declaration, cannot(rule, kind, "waived")));
                    }
                }
            }
            Meaning::Enforce(Enforce { target, level, waivable, .. })
                if level.is_some() || waivable.is_some() =>
            {
                if let Some((kind, Waivable::Absolute)) = waivable_of(db, project, target) {
                    problems.push((declaration, cannot(target, kind, "weakened")));
                }
            }
            _ => {}
        }
    }
    problems
}

fn waivable_of(db: &dyn Db, project: Project, rule: &DeclPath) -> Option<(ItemKind, Waivable)> {
    let file = project.modules(db).get(rule.module())?;
    let scope = names::file_scope(db, *file);
    let entry = scope.names.values().find(|entry| entry.path == *rule)?;
    let declaration = names::declaration_at(db, project, entry.kind, rule.0.clone())?;
    let item = &analysis(db, project, declaration).item;
    item.meaning.terms().map(|terms| (entry.kind, terms.waivable.clone()))
}

/// Where `span` of a declaration stands in its file.
pub fn place(db: &dyn Db, declaration: Declaration<'_>, span: Span) -> Place {
    Place::new(declaration.file(db).path(db).clone(), span.shift(declaration.offset(db)))
}
