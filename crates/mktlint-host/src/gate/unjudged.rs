//! What is new and cannot be read: links and submodules where an asset could be.

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::record::folder::is_record;

use super::kept::{Kept, is_hidden};
use super::policies::is_set_up;
use crate::codes::unreadable;
use crate::state::Pair;

/// Names every link and submodule that the change brings or alters, and behind which anything may go out that nobody judged.
pub fn find(pair: &Pair) -> Vec<Diagnostic> {
    let (old, new) = (&pair.base.files, &pair.head.files);
    let states = [Kept { state: &pair.base }, Kept { state: &pair.head }];
    let may_matter =
        |path: &FilePath, is_folder: bool| states.iter().any(|kept| holds(*kept, path, is_folder));
    let link = |path: &FilePath| unreadable::behind(path, "it is a link, and links are not followed");
    let links = old.new_links(new).filter(|path| may_matter(path, false)).map(link);
    let submodule = |path: FilePath| unreadable::behind(&path, "it is a submodule, which is not looked into");
    let moved = old.moved_submodules(new).into_iter();
    let moved = moved.filter(|path| new.is_submodule(path) && may_matter(path, true)).map(submodule);
    links.chain(moved).collect()
}

/// Whether an asset, a policy or a record could be found at `path` or, when it may be a folder, in it.
fn holds(kept: Kept<'_>, path: &FilePath, is_folder: bool) -> bool {
    let workspace = kept.workspace();
    if is_hidden(path) || workspace.is_excluded(path) || is_pack(kept, path) {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let may_be_folder = is_folder || !name.contains('.');
    may_be_folder
        || kept.is_candidate(path)
        || workspace.is_policy(path)
        || is_set_up(path)
        || is_record(path)
}

/// Packs have a lock file, which says what is in them.
fn is_pack(kept: Kept<'_>, path: &FilePath) -> bool {
    let mut packs = kept.workspace().config.packs.iter();
    packs.any(|pack| pack.path.trim_end_matches('/') == path.as_str())
}
