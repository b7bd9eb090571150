//! History to what it shows of each campaign.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mktlint_diag::FilePath;
use mktlint_flow::campaign::Traces;
use smol_str::SmolStr;

use super::owners::Owners;
use crate::git::{History, How, Past};
use crate::workspace::Workspace;

/// What a file is to a campaign.
#[derive(Clone, Debug)]
enum Part {
    /// The manifest of these.
    Manifest(Vec<SmolStr>),
    /// An asset of this one.
    Asset(SmolStr),
}

/// What `history` shows of each campaign. Files are followed back through moves, so a campaign keeps its past when its
/// folder gets another name.
pub fn traces(history: &History, owners: &Owners, workspace: &Workspace) -> BTreeMap<SmolStr, Traces> {
    let mut reader = Reader { owners, workspace, moved: BTreeMap::new(), traces: BTreeMap::new() };
    // From the newest on, since moves lead from a name that is known to one that was.
    history.commits.iter().rev().for_each(|commit| reader.commit(commit));
    for traces in reader.traces.values_mut() {
        traces.edits.sort_unstable();
        traces.edits.dedup();
    }
    reader.traces
}

struct Reader<'a> {
    owners: &'a Owners,
    workspace: &'a Workspace,
    /// Files that are called otherwise today, by their name at the commit that is read.
    moved: BTreeMap<FilePath, Option<Part>>,
    traces: BTreeMap<SmolStr, Traces>,
}

impl Reader<'_> {
    fn commit(&mut self, commit: &Past) {
        for touch in &commit.touched {
            let part = self.part(&touch.path);
            if let How::Moved { from } = &touch.how {
                self.moved.insert(from.clone(), part);
                continue;
            }
            let is_new = touch.how == How::Added;
            match part {
                Some(Part::Manifest(ids)) if is_new => ids.iter().for_each(|id| self.brief(id, commit.time)),
                Some(Part::Asset(id)) => self.edit(&id, commit.time, is_new),
                _ => {}
            }
            if is_new {
                // What had this name before was another file.
                self.moved.remove(&touch.path);
            }
        }
    }

    /// What the file at `path` is. Files that cannot be assets are nothing.
    fn part(&self, path: &FilePath) -> Option<Part> {
        if let Some(known) = self.moved.get(path) {
            return known.clone();
        }
        let ids = self.owners.declared_in(path);
        if !ids.is_empty() {
            return Some(Part::Manifest(ids.to_vec()));
        }
        self.workspace.spec_of_path(path)?;
        self.owners.of(path).cloned().map(Part::Asset)
    }

    /// Commits are read from the newest on, so the last to say something is the first that happened.
    fn brief(&mut self, id: &SmolStr, at: Timestamp) {
        self.traces.entry(id.clone()).or_default().briefed = Some(at);
    }

    fn edit(&mut self, id: &SmolStr, at: Timestamp, is_new: bool) {
        let traces = self.traces.entry(id.clone()).or_default();
        traces.edits.push(at);
        if is_new {
            traces.built = Some(at);
        }
    }
}
