//! What a declaration offers to whoever names it. An edit that keeps the signature re-runs nobody else.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::analyze::analysis;
use crate::check::cycle::circles;
use crate::db::{Db, Project, SourceFile, declarations, parsed};
use crate::model::DeclPath;
use crate::model::item::{ItemKind, Meaning};
use crate::model::types::Type;
use crate::names::{self, Namespace};

/// What a declaration offers to whoever names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Fields with their types: `contact`, `asset`, `part`.
    Record(Vec<(SmolStr, Type)>),
    /// Members of an `enum`, stages of a `lifecycle`, countries of a `region`.
    Members(Vec<SmolStr>),
    /// The type of a `let` or `fact`.
    Value(Type),
    /// Parameters and result of a `fn`.
    Function(Vec<(SmolStr, Type)>, Type),
}

/// The signature of what is declared at `path`; `None` when there is no such thing or it has none. One that needs
/// itself has none either, so that asking never goes round in a circle.
#[salsa::tracked(returns(clone))]
pub fn signature(db: &dyn Db, project: Project, path: SmolStr) -> Option<Arc<Signature>> {
    let path = DeclPath(path);
    let file = *project.modules(db).get(path.module())?;
    let kind = match names::file_scope(db, file).names.get(&(Namespace::Values, path.name().into())) {
        Some(entry) => entry.kind,
        None => ItemKind::Contact,
    };
    let declaration = names::declaration_at(db, project, kind, path.0.clone())?;
    if circles(db, project).members.contains(&(kind, path)) {
        return None;
    }
    let item = &analysis(db, project, declaration).item;
    let signature = match &item.meaning {
        Meaning::Record(record) => Signature::Record(
            record.fields.iter().map(|field| (field.name.clone(), field.ty.clone())).collect(),
        ),
        Meaning::Enum(members) | Meaning::Lifecycle(members, _) | Meaning::Region(members) => {
            Signature::Members(members.clone())
        }
        Meaning::Fact(ty) => Signature::Value(ty.clone()),
        Meaning::Let(id) => Signature::Value(item.body.get(*id).ty.clone()),
        Meaning::Fn(params, id) => Signature::Function(params.clone(), item.body.get(*id).ty.clone()),
        _ => return None,
    };
    Some(Arc::new(signature))
}

/// The `contact` of the project: the first one, in order of module. Where it declares none, that of the standard library,
/// which says what packs speak of.
#[salsa::tracked(returns(clone))]
pub fn contact(db: &dyn Db, project: Project) -> Option<DeclPath> {
    first_contact(db, project, |_| true)
}

/// The `contact` that the project itself declares.
#[salsa::tracked(returns(clone))]
pub fn own_contact(db: &dyn Db, project: Project) -> Option<DeclPath> {
    first_contact(db, project, |file| !file.is_pack(db))
}

/// The `contact` of the standard library.
#[salsa::tracked(returns(clone))]
pub fn library_contact(db: &dyn Db, project: Project) -> Option<DeclPath> {
    first_contact(db, project, |file| file.is_pack(db))
}

/// The contacts whose attributes `file` can name. In a pack those of the library come behind the project's own, so that
/// the pack is typed whatever the project calls things.
pub fn contacts_for(db: &dyn Db, project: Project, file: SourceFile) -> Vec<DeclPath> {
    let library = library_contact(db, project).filter(|_| file.is_pack(db));
    own_contact(db, project).into_iter().chain(library).collect()
}

fn first_contact(db: &dyn Db, project: Project, is_wanted: impl Fn(SourceFile) -> bool) -> Option<DeclPath> {
    for file in project.files(db).iter().filter(|file| is_wanted(**file)) {
        let contact = declarations(db, *file).iter().find(|declaration| declaration.kind(db) == "contact");
        if let Some(declaration) = contact
            && let Some(tree) = &parsed(db, *declaration).declaration
        {
            return Some(names::path_of(db, *declaration, ItemKind::Contact, tree).0);
        }
    }
    None
}
