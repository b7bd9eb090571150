//! Exceptions that have ended, and the changes that they fail.

use std::path::{Path, PathBuf};

use mktlint_diag::{Diagnostic, FilePath, Level, Place};
use mktlint_plan::Plan;

use super::{Checked, Session, Settings, Shown};
use crate::workspace::relative;

/// The codes that say of an exception by itself that it has ended: of a directive or a record, and of a `waive`.
const ENDED: [&str; 2] = ["MKT0513", "MKT0316"];

/// The exceptions for files that have ended, in all workspaces of a run.
#[derive(Debug, Default)]
pub struct Lapsed(Vec<One>);

#[derive(Debug)]
struct One {
    exception: mktlint_check::Lapsed,
    root: PathBuf,
    folder: PathBuf,
    /// Where it is written, as that is shown.
    place: Place,
}

impl Lapsed {
    /// Adds those of one workspace.
    pub fn add(&mut self, plan: &Plan, session: &Session, settings: &Settings, shown: &mut Shown) {
        let root = &session.workspace.root;
        self.0.extend(mktlint_check::lapsed(plan, &session.inputs).into_iter().map(|exception| {
            let place = shown.place_in(exception.place(), root, &settings.folder);
            One { exception, root: root.clone(), folder: settings.folder.clone(), place }
        }));
    }
}

impl Checked {
    /// Fails a change of the files at `touched`, absolute paths, when an exception for one of them has ended: the finding
    /// about it becomes an error. Whoever changes an asset settles what was put off.
    pub fn fail_lapsed(&mut self, touched: &[PathBuf]) {
        let shown = &self.shown;
        let is_touched = |found: &Diagnostic| {
            shown.file(&found.primary.place.file).is_some_and(|path| touched.iter().any(|it| it == path))
        };
        for found in self.findings.iter_mut().filter(|found| found.code == ENDED[0]) {
            if is_touched(found) {
                found.level = Level::Error;
            }
        }
        let failed: Vec<(&One, Diagnostic)> =
            self.lapsed.0.iter().filter_map(|one| Some((one, one.fails(touched)?))).collect();
        for (one, found) in failed {
            self.findings.retain(|known| !one.is_said_by(known, &self.lapsed));
            self.findings.push(found);
        }
        self.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }
}

impl One {
    fn fails(&self, touched: &[PathBuf]) -> Option<Diagnostic> {
        let in_root = touched.iter().filter(|path| path.starts_with(&self.root));
        let mut files = in_root.map(|path| (path, relative(&self.root, path)));
        let (path, _) = files.find(|(_, file)| self.exception.was_for(file))?;
        let mut found = self.exception.touched(&shown(&self.folder, path));
        found.primary.place = self.place.clone();
        Some(found)
    }

    /// Whether `known` says that this one has ended. The compiler says it of a `waive` at its day, behind its first word.
    fn is_said_by(&self, known: &Diagnostic, all: &Lapsed) -> bool {
        let place = &known.primary.place;
        if known.code == ENDED[0] {
            return *place == self.place;
        }
        let is_before =
            |one: &&One| one.exception.is_declared() && one.place.file == place.file && one.place < *place;
        let nearest = || all.0.iter().filter(is_before).max_by_key(|one| &one.place);
        known.code == ENDED[1] && nearest().is_some_and(|one| one.place == self.place)
    }
}

fn shown(folder: &Path, path: &Path) -> FilePath {
    relative(folder, path)
}
