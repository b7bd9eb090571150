//! `enforce`, `waive`.

use std::collections::BTreeMap;

use mktlint_diag::closest;
use mktlint_syntax::ast::{Clause, Expr, ExprKind as Tree, Lead};
use smol_str::SmolStr;

use super::{Cursor, Lower, Piece, Shared, only_value};
use crate::codes;
use crate::infer::phrase::{literal, word};
use crate::mention::{self, Meant, dotted_words};
use crate::model::DeclPath;
use crate::model::item::{Enforce, ItemKind, Meaning, Waivable, Waive};
use crate::names::{self, Found, Namespace};

impl Lower<'_, '_> {
    /// `enforce std.style.inclusive as info from DATE except [guys]`
    pub fn enforce(&mut self) -> Meaning {
        const SHAPE: &str = "enforce std.us.can_spam as warning from 2026-09-27 except [rule]";
        let mut cursor = Cursor::new(&self.tree.segments);
        let tree = cursor.value();
        let Some((tree, (target, span))) = tree.and_then(|tree| Some((tree, names::dotted_path(tree)?)))
        else {
            self.malformed_header(SHAPE);
            return Meaning::Error;
        };
        let target = names::absolute(self.infer.db, self.infer.file, &target);
        let pack = self.find_pack(&target, span);
        let known = pack.is_some();
        if let (Some(what), Some(words)) = (pack, dotted_words(tree)) {
            self.infer.mention_words(&words, &target, what, mention::Role::Pointer);
        }
        let level = self.header_level();
        let mut enforce = Enforce {
            target: DeclPath(target),
            level,
            except: Vec::new(),
            waivable: None,
            from: None,
            until: None,
        };
        while !cursor.is_done() {
            if cursor.words(&["from"]) {
                enforce.from = cursor.date();
            } else if cursor.lead(Lead::Until) {
                enforce.until = cursor.date();
            } else if cursor.words(&["never", "waivable"]) {
                enforce.waivable = Some(Waivable::Never);
            } else if cursor.words(&["waivable", "by"]) {
                enforce.waivable = Some(Waivable::By(self.role_names(&mut cursor)));
            } else if cursor.lead(Lead::As) {
                cursor.value();
            } else if cursor.lead(Lead::Except) {
                let list = cursor.value();
                if known {
                    enforce.except = self.exceptions(list, &enforce.target);
                }
            } else {
                self.malformed_header(SHAPE);
                break;
            }
        }
        if let (Some(from), Some(until)) = (enforce.from, enforce.until)
            && until < from
        {
            self.report(codes::dates_out_of_order::of(self.tree.span, self.tree.span, from, until));
        }
        if known { Meaning::Enforce(enforce) } else { Meaning::Error }
    }

    fn role_names(&mut self, cursor: &mut Cursor<'_>) -> Vec<SmolStr> {
        let mut roles = Vec::new();
        while let Some(name) = cursor.name() {
            if self.global_reference(name, ItemKind::Role).is_some() {
                roles.push(name.text.clone());
            }
        }
        roles
    }

    fn find_pack(&mut self, target: &SmolStr, span: mktlint_text::Span) -> Option<Meant> {
        let (db, project) = (self.infer.db, self.infer.project);
        let spaces = [
            Namespace::Values,
            Namespace::Own(ItemKind::Utm),
            Namespace::Own(ItemKind::Term),
            Namespace::Own(ItemKind::Merge),
        ];
        match spaces.iter().find_map(|space| names::find_path(db, project, target.clone(), *space)) {
            Some(Found::Declaration(entry)) => return Some(Meant::Declaration(entry.kind, entry.path)),
            Some(Found::Module(module)) => return Some(Meant::Module(module)),
            None => {}
        }
        let mut known: Vec<String> = Vec::new();
        for module in project.modules(db).keys() {
            let mut path = String::new();
            for word in module.split('.') {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(word);
                known.push(path.clone());
            }
        }
        known.dedup();
        let near = closest(target, known.iter().map(String::as_str)).map(str::to_owned);
        self.report(codes::unknown_module::of(span, target, near.as_deref()));
        None
    }

    fn exceptions(&mut self, list: Option<&Expr>, target: &DeclPath) -> Vec<DeclPath> {
        let items = match list.map(|list| &list.kind) {
            Some(Tree::List(items)) => items.as_slice(),
            Some(_) => list.map(std::slice::from_ref).unwrap_or_default(),
            None => &[],
        };
        let rules = self.rules_of(&target.0);
        let mut paths = Vec::new();
        for item in items {
            let Some((name, span)) = names::dotted_path(item) else {
                self.report(codes::malformed_clause::needs_rule(item.span));
                continue;
            };
            match self.rules_called(&rules, &name).as_slice() {
                [one] => {
                    paths.push(one.clone());
                    if let Some((kind, path)) = self.rule_at(&one.0) {
                        self.infer.mention_declaration(item, kind, &path, mention::Role::Pointer);
                    }
                }
                [] => {
                    let of_pack = rules.iter().filter(|path| ends_with_word(path.module(), &name));
                    let n_before = paths.len();
                    paths.extend(of_pack.cloned());
                    if let (Some(first), Some(words)) = (paths.get(n_before), dotted_words(item)) {
                        let module = SmolStr::new(first.module());
                        self.infer.mention_words(
                            &words,
                            &module,
                            Meant::Module(module.clone()),
                            mention::Role::Pointer,
                        );
                    } else {
                        let near = closest(&name, rules.iter().map(DeclPath::name)).map(SmolStr::new);
                        self.report(codes::unknown_name::a_rule(span, &name, near.as_deref()));
                    }
                }
                several => self.report(codes::unknown_name::several_rules(span, &name, several)),
            }
        }
        paths
    }

    /// Everything enforceable in a module and the folder of its name.
    fn rules_of(&self, module: &str) -> Vec<DeclPath> {
        let infer = &self.infer;
        let files = names::module_members(infer.db, infer.project, module);
        let scopes = files.iter().map(|file| names::file_scope(infer.db, *file));
        let entries = scopes.flat_map(|scope| scope.names.values());
        entries.filter(|entry| is_enforceable(entry.kind)).map(|entry| entry.path.clone()).collect()
    }

    /// `waive RULE for "GLOB" until DATE { by … because … }`
    pub fn waive(&mut self) -> Meaning {
        const SHAPE: &str =
            "waive subject_length for \"campaigns/poem/**\" until 2027-01-31 { because \"…\" }";
        let mut waive = Waive { rules: Vec::new(), files: Vec::new(), until: None, by: None, because: None };
        let mut cursor = Cursor::new(&self.tree.segments);
        while !cursor.is_done() {
            if cursor.words(&["for"]) {
                waive.files.extend(cursor.text());
            } else if cursor.lead(Lead::Until) {
                waive.until = cursor.date();
                if waive.until.is_none() {
                    self.malformed_header(SHAPE);
                    break;
                }
            } else if cursor.lead(Lead::Comma) {
                if let Some(text) = cursor.text() {
                    waive.files.push(text);
                }
            } else if let Some(Piece::Value(value)) = cursor.peek() {
                cursor.value();
                self.waived_rules(value, &mut waive);
            } else {
                self.malformed_header(SHAPE);
                break;
            }
        }
        let mut shared = Shared::default();
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "by" => match self.waiver(clause) {
                    Some(by) => waive.by = Some(by),
                    None => self.malformed(clause, "by brand"),
                },
                "because" => match only_value(clause).and_then(literal) {
                    Some(text) => waive.because = Some(text),
                    None => self.malformed(clause, "because \"why this exception is right\""),
                },
                "until" => {
                    self.shared(clause, &mut shared);
                    waive.until = Cursor::new(&clause.segments).date();
                }
                _ => self.unknown_clause(&clause.head),
            }
        }
        if waive.because.is_none() {
            self.missing_clause("because", "because \"why this exception is right\"");
        }
        self.check_expiry(&waive);
        Meaning::Waive(waive)
    }

    /// The role or person behind `by`.
    fn waiver(&mut self, clause: &Clause) -> Option<SmolStr> {
        let value = Cursor::new(&clause.segments).value()?;
        let Some(name) = word(value) else { return literal(value) };
        let role = names::global(self.infer.db, self.infer.project, name.text.clone(), ItemKind::Role);
        if let Some(role) = role {
            let what = Meant::Declaration(role.kind, role.path);
            self.infer.mention(name.span, what, mention::Role::Pointer);
        }
        Some(name.text.clone())
    }

    fn waived_rules(&mut self, value: &Expr, waive: &mut Waive) {
        let items = match &value.kind {
            Tree::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for item in items {
            match names::dotted_path(item) {
                Some((name, _)) => waive.rules.extend(self.any_rule(&name, item)),
                None => self.report(codes::malformed_clause::needs_rule(item.span)),
            }
        }
    }

    fn check_expiry(&mut self, waive: &Waive) {
        let today = self.infer.project.today(self.infer.db);
        if let Some(until) = waive.until
            && until < today
        {
            let value = self.header(Lead::Until).map_or(self.tree.kind.span, |tree| tree.span);
            self.report(codes::waiver_expired::of(value, until));
        }
    }

    /// The rule, claim, term or convention with this full name.
    fn rule_at(&self, name: &str) -> Option<(ItemKind, DeclPath)> {
        let (db, project) = (self.infer.db, self.infer.project);
        let path = DeclPath(name.into());
        let scope = names::file_scope(db, *project.modules(db).get(path.module())?);
        let entry = scope.names.values().find(|entry| entry.path == path && is_enforceable(entry.kind))?;
        Some((entry.kind, path))
    }

    /// The rule, claim, term or convention that `name` stands for: of this file, by full name, or the only one of that
    /// name anywhere.
    pub fn any_rule(&mut self, name: &SmolStr, tree: &Expr) -> Option<DeclPath> {
        let span = tree.span;
        let infer = &self.infer;
        let (db, project, file) = (infer.db, infer.project, infer.file);
        let own = format!("{}.{name}", file.module(db));
        let absolute = names::absolute(db, file, name);
        // A full name says where to look, so that nothing else has to be parsed.
        let by_full_name = [own.as_str(), absolute.as_str()].into_iter().find_map(|name| self.rule_at(name));
        if let Some((kind, path)) = by_full_name {
            self.infer.mention_declaration(tree, kind, &path, mention::Role::Need);
            return Some(path);
        }
        let mut kinds: BTreeMap<DeclPath, ItemKind> = BTreeMap::new();
        for file in project.files(db) {
            let scope = names::file_scope(db, *file);
            let rules = scope.names.values().filter(|entry| is_enforceable(entry.kind));
            kinds.extend(rules.map(|entry| (entry.path.clone(), entry.kind)));
        }
        let all: Vec<DeclPath> = kinds.keys().cloned().collect();
        let exact =
            all.iter().find(|path| path.0 == own).or_else(|| all.iter().find(|path| path.0 == absolute));
        let meant = self.rules_called(&all, name);
        let only = if let [one] = meant.as_slice() { Some(one) } else { None };
        if let Some(path) = exact.or(only) {
            if let Some(kind) = kinds.get(path) {
                self.infer.mention_declaration(tree, *kind, path, mention::Role::Need);
            }
            return Some(path.clone());
        }
        if !meant.is_empty() {
            self.report(codes::unknown_name::several_rules(span, name, &meant));
            return None;
        }
        let near = closest(name, all.iter().map(DeclPath::name)).map(SmolStr::new);
        self.report(codes::unknown_name::a_rule(span, name, near.as_deref()));
        None
    }
}

impl Lower<'_, '_> {
    /// Those of `paths` that are `name` or end with `.name`; only the project's own where it has some.
    fn rules_called(&self, paths: &[DeclPath], name: &str) -> Vec<DeclPath> {
        let (db, project) = (self.infer.db, self.infer.project);
        let is_called = |path: &&DeclPath| ends_with_word(&path.0, name);
        let is_own =
            |path: &DeclPath| project.modules(db).get(path.module()).is_some_and(|file| !file.is_pack(db));
        let all: Vec<DeclPath> = paths.iter().filter(is_called).cloned().collect();
        let own: Vec<DeclPath> = all.iter().filter(|path| is_own(path)).cloned().collect();
        if own.is_empty() { all } else { own }
    }
}

/// Whether `path` is `name` or ends with `.name`.
fn ends_with_word(path: &str, name: &str) -> bool {
    path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether findings can come from declarations of this kind.
pub const fn is_enforceable(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Rule
            | ItemKind::Claim
            | ItemKind::Term
            | ItemKind::Utm
            | ItemKind::Suppress
            | ItemKind::Cap
            | ItemKind::QuietHours
            | ItemKind::Merge
    )
}
