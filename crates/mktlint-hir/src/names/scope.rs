//! The names of a module, and what a name in it means.

use std::collections::BTreeMap;

use mktlint_syntax::ast::{Declaration as Tree, Expr, ExprKind, Lead, StringPart};
use mktlint_text::Span;
use smol_str::{SmolStr, format_smolstr};

use super::kind::{Namespace, kind_of_word};
use super::path::{Found, find_path};
use crate::db::{Db, Declaration, Project, SourceFile, declarations, parsed};
use crate::model::DeclPath;
use crate::model::item::ItemKind;

/// The module whose public names are visible everywhere.
pub const PRELUDE: &str = "std.prelude";

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its kind.
    pub kind: ItemKind,
    /// Its full name.
    pub path: DeclPath,
    /// Whether other modules may name it.
    pub public: bool,
}

/// The names that a file declares, and nothing about where or how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The first declaration of each name.
    pub names: BTreeMap<(Namespace, SmolStr), Entry>,
}

/// The name of a declaration: its first word, or for a `term` its wording as one word. Quiet hours, which say a channel
/// instead, go by both: `quiet_hours_sms`.
pub fn declared_name(tree: &Tree) -> Option<(SmolStr, Span)> {
    let first = tree.segments.first().filter(|segment| segment.lead.is_none())?.value.as_ref()?;
    let (name, span) = name_of(first)?;
    let is_channel = kind_of_word(&tree.kind.text) == Some(ItemKind::QuietHours);
    Some(if is_channel { (format_smolstr!("{}_{name}", tree.kind.text), span) } else { (name, span) })
}

fn name_of(expr: &Expr) -> Option<(SmolStr, Span)> {
    match &expr.kind {
        ExprKind::Word(name) => Some((name.text.clone(), name.span)),
        ExprKind::Phrase(items) => items.first().and_then(name_of),
        ExprKind::Call { callee, .. } => name_of(callee),
        ExprKind::String(parts) => Some((slug(parts), expr.span)),
        _ => None,
    }
}

/// `"Sign up!"` as a name: `sign_up`.
fn slug(parts: &[StringPart]) -> SmolStr {
    let mut out = String::new();
    for part in parts {
        if let StringPart::Text(text, _) = part {
            out.push_str(text);
        }
    }
    let lower = out.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_").into()
}

/// Whether declarations of this kind go by their kind and number rather than a name.
pub const fn is_nameless(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Use
            | ItemKind::Contact
            | ItemKind::Prove
            | ItemKind::Enforce
            | ItemKind::Waive
            | ItemKind::Pipeline
            | ItemKind::Test
    )
}

/// The full name of a declaration, and the place of its name when it has one.
pub fn path_of(
    db: &dyn Db,
    declaration: Declaration<'_>,
    kind: ItemKind,
    tree: &Tree,
) -> (DeclPath, Option<Span>) {
    let module = declaration.file(db).module(db);
    let named = declared_name(tree).filter(|_| !is_nameless(kind));
    match named {
        Some((name, span)) => (DeclPath(format_smolstr!("{module}.{name}")), Some(span)),
        None => {
            let target = declaration.name(db);
            let joint = if target.is_empty() { "" } else { "_" };
            let word = declaration.kind(db);
            let number = declaration.ordinal(db) + 1;
            (DeclPath(format_smolstr!("{module}.{word}{joint}{target}_{number}")), None)
        }
    }
}

/// The full name of a declaration; `None` when it cannot be read.
pub fn full_name(db: &dyn Db, declaration: Declaration<'_>) -> Option<SmolStr> {
    let kind = kind_of_word(declaration.kind(db))?;
    let tree = parsed(db, declaration).declaration.as_ref()?;
    Some(path_of(db, declaration, kind, tree).0.0)
}

/// What others see of a declaration without looking inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its kind.
    pub kind: ItemKind,
    /// Its full name.
    pub path: DeclPath,
    /// The word that names it, for kinds that go by one.
    pub name: Option<SmolStr>,
    /// Whether other modules may name it.
    pub public: bool,
}

/// What others see of a declaration without looking inside; `None` when it cannot be read.
///
/// Runs again after an edit in the declaration and mostly comes out equal, so that nothing that goes over all
/// declarations of a file runs again after every key.
#[salsa::tracked(returns(ref))]
pub fn outline<'db>(db: &'db dyn Db, declaration: Declaration<'db>) -> Option<Outline> {
    let kind = kind_of_word(declaration.kind(db))?;
    let tree = parsed(db, declaration).declaration.as_ref()?;
    let name = declared_name(tree).filter(|_| !is_nameless(kind)).map(|(name, _)| name);
    let path = path_of(db, declaration, kind, tree).0;
    Some(Outline { kind, path, name, public: tree.public.is_some() })
}

/// Returns the names that `file` declares.
///
/// Editing the body of a rule runs this again, but the result comes out equal, so name resolution in other files does
/// not run again.
#[salsa::tracked(returns(ref))]
pub fn file_scope(db: &dyn Db, file: SourceFile) -> Scope {
    let mut scope = Scope::default();
    for &declaration in declarations(db, file) {
        let Some(Outline { kind, path, name: Some(name), public }) = outline(db, declaration) else {
            continue;
        };
        let key = (Namespace::of(*kind), name.clone());
        let entry = || Entry { kind: *kind, path: path.clone(), public: *public };
        scope.names.entry(key).or_insert_with(entry);
    }
    scope
}

/// A name that `use` brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The name in this file.
    pub local: SmolStr,
    /// The full name of the module or declaration.
    pub target: SmolStr,
    /// Its words, from the start of the declaration.
    pub span: Span,
}

/// What one `use` brings in.
pub fn imports_of(tree: &Tree) -> Vec<Import> {
    let Some(value) = tree.segments.first().and_then(|segment| segment.value.as_ref()) else {
        return Vec::new();
    };
    let alias = tree.segments.iter().find(|segment| matches!(segment.lead, Some((Lead::As, _))));
    let alias = alias.and_then(|segment| segment.value.as_ref()).and_then(name_of).map(|(name, _)| name);
    if let ExprKind::Select { base, names } = &value.kind {
        let Some((base, _)) = dotted(base) else { return Vec::new() };
        let import = |name: &mktlint_syntax::ast::Name| Import {
            local: name.text.clone(),
            target: format_smolstr!("{base}.{}", name.text),
            span: name.span,
        };
        return names.iter().map(import).collect();
    }
    let Some((target, span)) = dotted(value) else { return Vec::new() };
    let last: SmolStr = target.rsplit('.').next().unwrap_or_default().into();
    vec![Import { local: alias.unwrap_or(last), target, span }]
}

/// `std.email` as text.
pub fn dotted(expr: &Expr) -> Option<(SmolStr, Span)> {
    match &expr.kind {
        ExprKind::Word(name) => Some((name.text.clone(), name.span)),
        ExprKind::Field { base, name } => {
            let (base, _) = dotted(base)?;
            Some((format_smolstr!("{base}.{}", name.text), expr.span))
        }
        _ => None,
    }
}

/// What the `use` declarations of a file bring in, in order.
#[salsa::tracked(returns(ref))]
pub fn imports(db: &dyn Db, file: SourceFile) -> Vec<Import> {
    let uses = declarations(db, file).iter().filter(|declaration| declaration.kind(db) == "use");
    uses.filter_map(|declaration| parsed(db, *declaration).declaration.as_ref())
        .flat_map(imports_of)
        .collect()
}

/// What `name` means in `file`: its own declarations, then what `use` brings in, then the prelude.
///
/// One name at a time: a query that read the whole scope would run again for every new name.
#[salsa::tracked(returns(clone))]
pub fn resolve(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    name: SmolStr,
    space: Namespace,
) -> Option<Entry> {
    let key = (space, name);
    if let Some(own) = file_scope(db, file).names.get(&key) {
        return Some(own.clone());
    }
    for import in imports(db, file).iter().filter(|import| import.local == key.1) {
        if let Some(Found::Declaration(entry)) = find_path(db, project, import.target.clone(), space) {
            return Some(entry);
        }
    }
    let prelude = project.modules(db).get(PRELUDE)?;
    file_scope(db, *prelude).names.get(&key).filter(|entry| entry.public).cloned()
}

/// The declaration of `name` in any module, for kinds that are named project-wide: roles, tiers, merge tags. Of several
/// the one whose module comes first, the project's own before the standard library's.
#[salsa::tracked(returns(clone))]
pub fn global(db: &dyn Db, project: Project, name: SmolStr, kind: ItemKind) -> Option<Entry> {
    // Packs that nothing names are not parsed: one whose text does not hold the name cannot declare it.
    let may_declare = |file: &&SourceFile| !file.is_pack(db) || file.text(db).contains(name.as_str());
    let files: Vec<&SourceFile> = project.files(db).iter().filter(may_declare).collect();
    let key = (Namespace::of(kind), name);
    let files = files.into_iter();
    files.filter_map(|file| file_scope(db, *file).names.get(&key)).find(|entry| entry.kind == kind).cloned()
}

/// `path` with its first word replaced by what a `use` of `file` brings in under that name.
pub fn absolute(db: &dyn Db, file: SourceFile, path: &str) -> SmolStr {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let import = imports(db, file).iter().find(|import| import.local == first);
    match (import, rest) {
        (Some(import), Some(rest)) => format_smolstr!("{}.{rest}", import.target),
        (Some(import), None) => import.target.clone(),
        (None, _) => path.into(),
    }
}

/// Every name that could have been meant in `file`, for `did you mean`.
pub fn visible_names(db: &dyn Db, project: Project, file: SourceFile, space: Namespace) -> Vec<SmolStr> {
    let mut names: Vec<SmolStr> = imports(db, file).iter().map(|import| import.local.clone()).collect();
    let prelude = project.modules(db).get(PRELUDE).copied();
    for file in std::iter::once(file).chain(prelude) {
        let own = file_scope(db, file).names.keys().filter(|(own, _)| *own == space);
        names.extend(own.map(|(_, name)| name.clone()));
    }
    names
}

/// The declarations of `name` in the project's own modules, else in the regions of the standard library.
pub fn anywhere(db: &dyn Db, project: Project, name: &str) -> Vec<Entry> {
    let key = (Namespace::Values, SmolStr::new(name));
    let find = |file: &SourceFile| file_scope(db, *file).names.get(&key).cloned();
    let own = project.files(db).iter().filter(|file| !file.is_pack(db));
    let found: Vec<Entry> = own.filter_map(find).collect();
    if found.is_empty() {
        return project.modules(db).get("std.regions").and_then(find).into_iter().collect();
    }
    found
}

/// Every name of the project's own modules, for `did you mean`.
pub fn all_names(db: &dyn Db, project: Project) -> Vec<SmolStr> {
    let own = project.files(db).iter().filter(|file| !file.is_pack(db));
    let names = own.flat_map(|file| file_scope(db, *file).names.keys());
    names.filter(|(space, _)| *space == Namespace::Values).map(|(_, name)| name.clone()).collect()
}

/// The numbers of the declarations of a file, by kind and full name; the first of each.
#[salsa::tracked(returns(ref))]
pub fn file_index(db: &dyn Db, file: SourceFile) -> BTreeMap<(ItemKind, SmolStr), u32> {
    let mut index = BTreeMap::new();
    for (number, &declaration) in (0..).zip(declarations(db, file)) {
        let Some(Outline { kind, path, .. }) = outline(db, declaration) else { continue };
        index.entry((*kind, path.0.clone())).or_insert(number);
    }
    index
}

/// The declaration of `kind` at `path`.
#[salsa::tracked(returns(copy))]
pub fn declaration_at<'db>(
    db: &'db dyn Db,
    project: Project,
    kind: ItemKind,
    path: SmolStr,
) -> Option<Declaration<'db>> {
    let path = DeclPath(path);
    let file = *project.modules(db).get(path.module())?;
    let number = *file_index(db, file).get(&(kind, path.0))?;
    declarations(db, file).get(number as usize).copied()
}
