//! Which files belong to a workspace.

use std::collections::BTreeSet;

use mktlint_diag::FilePath;

use crate::config;
use crate::git::Files;

/// The folders of workspaces within the workspace, each with `/` behind it.
pub fn inner(files: &Files) -> BTreeSet<String> {
    let configs = files.iter().filter_map(|(path, _)| path.strip_suffix(config::FILE));
    configs.filter(|folder| folder.ends_with('/')).map(ToOwned::to_owned).collect()
}

/// Leaves out the files of workspaces within the workspace, apart from their configurations: they are judged by their own
/// policies. Where a state before is `known`, only those that it had, too: nobody takes files out of what is judged by
/// putting a configuration beside them.
pub fn own_alone(files: &mut Files, known: Option<&BTreeSet<String>>) {
    let mut inner = inner(files);
    inner.retain(|folder| known.is_none_or(|known| known.contains(folder)));
    let is_config = |path: &FilePath| path.ends_with(&format!("/{}", config::FILE));
    if !inner.is_empty() {
        files.retain(|path: &FilePath| {
            is_config(path) || !inner.iter().any(|folder| path.starts_with(folder.as_str()))
        });
    }
}
