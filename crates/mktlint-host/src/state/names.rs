//! Which files belong to a workspace.

use mktlint_diag::FilePath;

use crate::config;
use crate::git::Files;

/// Leaves out the files of workspaces within the workspace: they are judged by their own policies.
pub fn own_alone(files: &mut Files) {
    let ending = format!("/{}", config::FILE);
    let inner: Vec<String> = files
        .iter()
        .filter_map(|(path, _)| path.strip_suffix(ending.as_str()))
        .map(|folder| format!("{folder}/"))
        .collect();
    if !inner.is_empty() {
        files.retain(|path: &FilePath| !inner.iter().any(|folder| path.starts_with(folder.as_str())));
    }
}
