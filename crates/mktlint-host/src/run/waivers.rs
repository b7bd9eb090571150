//! Exceptions for files: those that a run knew, and the changes that they fail.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use mktlint_check::{Exception, exceptions, touched};
use mktlint_diag::{Diagnostic, FilePath, Level, Place, WaiverSource};
use mktlint_plan::Plan;

use super::{Checked, Session, Settings, Shown};
use crate::workspace::relative;

/// The codes that say of an exception by itself that it has ended: of a directive or a record, and of a `waive`.
const ENDED: [&str; 2] = ["MKT0513", "MKT0316"];

/// An exception for files, of one of the workspaces of a run.
#[derive(Debug)]
pub struct Waiver {
    /// What it says; its places and globs count from the root.
    pub exception: Exception,
    /// Where it is written, as that is shown.
    pub place: Place,
    /// The root of its workspace.
    pub root: PathBuf,
    folder: PathBuf,
    today: Date,
}

/// The exceptions of one workspace, in the order of the policy, then of the records.
pub fn of(plan: &Plan, session: &Session, settings: &Settings, shown: &mut Shown) -> Vec<Waiver> {
    let root = &session.workspace.root;
    let waiver = |exception: Exception| Waiver {
        place: shown.place_in(&exception.place, root, &settings.folder),
        exception,
        root: root.clone(),
        folder: settings.folder.clone(),
        today: settings.today,
    };
    exceptions(plan, &session.inputs).into_iter().map(waiver).collect()
}

impl Checked {
    /// Fails a change of the files at `changed`, absolute paths, when an exception for one of them has ended: the finding
    /// about it becomes an error. Whoever changes an asset settles what was put off.
    pub fn fail_lapsed(&mut self, changed: &[PathBuf]) {
        let shown = &self.shown;
        let is_changed = |found: &Diagnostic| {
            shown.file(&found.primary.place.file).is_some_and(|path| changed.iter().any(|it| it == path))
        };
        for found in self.findings.iter_mut().filter(|found| found.code == ENDED[0]) {
            if is_changed(found) {
                found.level = Level::Error;
            }
        }
        let failed: Vec<(&Waiver, Diagnostic)> =
            self.waivers.iter().filter_map(|waiver| Some((waiver, waiver.fails(changed)?))).collect();
        for (waiver, found) in failed {
            self.findings.retain(|known| !waiver.is_said_by(known, &self.waivers));
            self.findings.push(found);
        }
        self.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }
}

impl Waiver {
    fn fails(&self, changed: &[PathBuf]) -> Option<Diagnostic> {
        let in_root = changed.iter().filter(|path| path.starts_with(&self.root));
        let fails = |path: &PathBuf| touched(&self.exception, &relative(&self.root, path), self.today);
        let (path, mut found) = in_root.into_iter().find_map(|path| Some((path, fails(path)?)))?;
        found.primary.place = self.place.clone();
        found.notes = vec![format!("the change touches `{}`, which it was for", shown(&self.folder, path))];
        Some(found)
    }

    /// Whether `known` says that this one has ended. The compiler says it of a `waive` at its day, behind its first word.
    fn is_said_by(&self, known: &Diagnostic, all: &[Self]) -> bool {
        let place = &known.primary.place;
        if known.code == ENDED[0] {
            return *place == self.place;
        }
        let is_before = |one: &&Self| {
            one.exception.source == WaiverSource::Declaration
                && one.place.file == place.file
                && one.place < *place
        };
        let nearest = || all.iter().filter(is_before).max_by_key(|one| &one.place);
        known.code == ENDED[1] && nearest().is_some_and(|one| one.place == self.place)
    }
}

fn shown(folder: &Path, path: &Path) -> FilePath {
    relative(folder, path)
}
