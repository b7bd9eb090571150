//! Full names: `std.us.can_spam`, `std.regions.EU`.

use smol_str::SmolStr;

use super::kind::Namespace;
use super::scope::{Entry, file_scope};
use crate::db::{Db, Project, SourceFile};

/// What a full name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// A file, or a folder with files in it.
    Module(SmolStr),
    /// A declaration.
    Declaration(Entry),
}

/// What `path` stands for.
#[salsa::tracked(returns(clone))]
pub fn find_path(db: &dyn Db, project: Project, path: SmolStr, space: Namespace) -> Option<Found> {
    let modules = project.modules(db);
    if let Some((module, name)) = path.rsplit_once('.')
        && let Some(file) = modules.get(module)
        && let Some(entry) = file_scope(db, *file).names.get(&(space, name.into()))
    {
        return Some(Found::Declaration(entry.clone()));
    }
    let folder = format!("{path}.");
    let is_module = modules.contains_key(&path) || modules.keys().any(|module| module.starts_with(&folder));
    is_module.then_some(Found::Module(path))
}

/// The files of a module: the file itself, and those of the folder of that name.
pub fn module_members(db: &dyn Db, project: Project, module: &str) -> Vec<SourceFile> {
    let folder = format!("{module}.");
    let all = project.modules(db).iter();
    all.filter(|(name, _)| *name == module || name.starts_with(&folder)).map(|(_, file)| *file).collect()
}
