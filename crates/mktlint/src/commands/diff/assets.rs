//! What becomes of the files of the working tree.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, Level, Place};
use mktlint_host::{Checked, Settings, Shown, Standing, check_under};
use mktlint_text::{LineColumn, LineIndex};
use smol_str::SmolStr;

use crate::args::Global;
use crate::catalog::names;
use crate::home::Home;
use crate::mask;
use crate::status::Stop;
use crate::version::Version;

/// What another policy changes about the files of a workspace.
#[derive(Debug)]
pub struct Assets {
    /// Findings of the new policy alone, in order of place.
    pub appear: Vec<Diagnostic>,
    /// Findings of the old policy alone, in order of place.
    pub disappear: Vec<Diagnostic>,
    /// Files that end otherwise, in order of path.
    pub files: Vec<Moved>,
    /// Assets that the new policy judged.
    pub n_assets: usize,
    shown: Shown,
}

/// A file that ends otherwise.
#[derive(Debug)]
pub struct Moved {
    /// Its path, as it is shown.
    pub file: FilePath,
    /// How it ended.
    pub old: Verdict,
    /// How it ends.
    pub new: Verdict,
}

/// How a file ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing fails it.
    #[default]
    Passes,
    /// Something could not be judged.
    Undecided,
    /// A finding is at or above the level that fails a run.
    Fails,
}

impl Verdict {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passes => "passes",
            Self::Undecided => "undecided",
            Self::Fails => "fails",
        }
    }
}

impl Assets {
    /// Judges the files of `home` by both policies.
    pub fn judge(
        old: &Version,
        new: &Version,
        home: &Home,
        today: Date,
        global: &Global,
    ) -> Result<Self, Stop> {
        let settings = Settings { today, ..home.settings(global) };
        let run = |version: &Version| {
            let standing = Standing { policy: &version.policy, plan: version.plan.clone() };
            check_under(&settings, &home.workspace, &standing).map(wanted)
        };
        let (old, new) = (run(old)?, run(new)?);
        let files = moved(&verdicts(&old), &verdicts(&new));
        let (disappear, appear) = apart(old.findings, new.findings);
        Ok(Self { appear, disappear, files, n_assets: new.n_assets, shown: new.shown })
    }

    /// Whether nothing changes.
    pub fn is_same(&self) -> bool {
        self.appear.is_empty() && self.disappear.is_empty() && self.files.is_empty()
    }

    /// The line and column of a place, from 1; `None` when the file cannot be read any more.
    pub fn at(&self, place: &Place) -> Option<LineColumn> {
        let text = self.shown.text(&place.file)?;
        Some(LineIndex::new(&text).line_column(&text, place.span.start()))
    }
}

/// The findings in assets that the configuration wants and no waiver covers. Those in policies are at places that the
/// other policy does not have.
fn wanted(mut checked: Checked) -> Checked {
    let is_named = |list: &[SmolStr], found: &Diagnostic| list.iter().any(|name| names(name, &found.code));
    let (select, ignore) = (&checked.select, &checked.ignore);
    checked.findings.retain(|found| {
        found.counts()
            && !found.primary.place.file.ends_with(".mkt")
            && (select.is_empty() || is_named(select, found))
            && !is_named(ignore, found)
    });
    checked.findings.iter_mut().for_each(mask::finding);
    checked
}

fn verdicts(checked: &Checked) -> BTreeMap<FilePath, Verdict> {
    let fails = checked.fail_on.unwrap_or(Level::Error);
    let mut verdicts: BTreeMap<FilePath, Verdict> = BTreeMap::new();
    for found in &checked.findings {
        let own = match found {
            _ if found.undecided => Verdict::Undecided,
            _ if found.level >= fails => Verdict::Fails,
            _ => Verdict::Passes,
        };
        let verdict = verdicts.entry(found.primary.place.file.clone()).or_default();
        *verdict = own.max(*verdict);
    }
    verdicts
}

fn moved(old: &BTreeMap<FilePath, Verdict>, new: &BTreeMap<FilePath, Verdict>) -> Vec<Moved> {
    let of = |verdicts: &BTreeMap<FilePath, Verdict>, file| verdicts.get(file).copied().unwrap_or_default();
    let mut files: Vec<&FilePath> = old.keys().chain(new.keys()).collect();
    files.sort();
    files.dedup();
    let moved =
        files.into_iter().map(|file| Moved { file: file.clone(), old: of(old, file), new: of(new, file) });
    moved.filter(|it| it.old != it.new).collect()
}

/// What only `old` has, and what only `new` has; a finding of another level is another finding.
fn apart(old: Vec<Diagnostic>, new: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let key = |found: &Diagnostic| {
        let place = found.primary.place.clone();
        (place, found.code.clone(), found.level, found.message.clone(), found.undecided)
    };
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    new.iter().for_each(|found| *counts.entry(key(found)).or_default() += 1);
    let mut take = |found: &Diagnostic| match counts.get_mut(&key(found)) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    };
    let disappear = old.into_iter().filter(|found| !take(found)).collect();
    // What is left in the counts has no twin.
    let appear = new.into_iter().filter(|found| take(found)).collect();
    (disappear, appear)
}
