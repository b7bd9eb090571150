//! What a declaration offers to whoever names it. An edit that keeps the signature re-runs nobody else.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::analyze::analysis;
use crate::check::cycle::circles;
use crate::db::{Db, Project, declarations, parsed};
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
    /// The type of a `let`.
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
        Meaning::Let(id) => Signature::Value(item.body.get(*id).ty.clone()),
        Meaning::Fn(params, id) => Signature::Function(params.clone(), item.body.get(*id).ty.clone()),
        _ => return None,
    };
    Some(Arc::new(signature))
}

/// The `contact` of the project: the first one, in order of module.
#[salsa::tracked(returns(clone))]
pub fn contact(db: &dyn Db, project: Project) -> Option<DeclPath> {
    for file in project.files(db) {
        let contact = declarations(db, *file).iter().find(|declaration| declaration.kind(db) == "contact");
        if let Some(declaration) = contact
            && let Some(tree) = &parsed(db, *declaration).declaration
        {
            return Some(names::path_of(db, *declaration, ItemKind::Contact, tree).0);
        }
    }
    None
}
