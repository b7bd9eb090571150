//! Findings, as short as the report shows them.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, FilePath, Level};
use mktlint_host::Checked;
use mktlint_text::LineIndex;
use smol_str::SmolStr;

use super::home::Homes;
use crate::mask;

/// Whether a finding counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Counts,
    /// It could not be judged.
    Undecided,
    /// A waiver spares it, for this reason.
    Waived(String),
    /// It was there before, and the baseline holds it.
    Baselined,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// The rule or the code.
    pub rule: SmolStr,
    /// What is wrong.
    pub message: String,
    /// `campaigns/a/email.md:12`
    pub at: String,
    /// Whether it counts.
    pub standing: Standing,
}

/// How many findings there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// That count, of level error.
    pub errors: usize,
    /// That count, of level warning.
    pub warnings: usize,
    /// That count, of level info.
    pub infos: usize,
    /// That could not be judged.
    pub undecided: usize,
    /// That a waiver spares.
    pub waived: usize,
    /// That the baseline holds.
    pub baselined: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, finding: &Finding) {
        let place = match (&finding.standing, finding.level) {
            (Standing::Undecided, _) => &mut self.undecided,
            (Standing::Waived(_), _) => &mut self.waived,
            (Standing::Baselined, _) => &mut self.baselined,
            (Standing::Counts, Level::Error) => &mut self.errors,
            (Standing::Counts, Level::Warning) => &mut self.warnings,
            (Standing::Counts, Level::Info) => &mut self.infos,
        };
        *place += 1;
    }

    /// Of `findings`.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        findings.into_iter().for_each(|finding| counts.add(finding));
        counts
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos + self.undecided + self.waived + self.baselined
    }
}

/// The findings of a run by campaign, the gravest of each first; those of no campaign under `None`.
pub fn by_campaign(checked: &Checked, homes: &Homes) -> BTreeMap<Option<SmolStr>, Vec<Finding>> {
    let mut lines = Lines { checked, known: BTreeMap::new() };
    let mut found: BTreeMap<Option<SmolStr>, Vec<Finding>> = BTreeMap::new();
    for diagnostic in &checked.findings {
        let campaign = homes.of(&diagnostic.primary.place.file).cloned();
        found.entry(campaign).or_default().push(finding(diagnostic, &mut lines));
    }
    for findings in found.values_mut() {
        // Within a weight they stay in order of path.
        findings.sort_by_key(weight);
    }
    found
}

/// What counts first, then by level.
fn weight(finding: &Finding) -> (u8, std::cmp::Reverse<Level>) {
    let rank = match finding.standing {
        Standing::Counts => 0,
        Standing::Undecided => 1,
        Standing::Waived(_) => 2,
        Standing::Baselined => 3,
    };
    (rank, std::cmp::Reverse(finding.level))
}

fn finding(diagnostic: &Diagnostic, lines: &mut Lines<'_>) -> Finding {
    let mut masked = diagnostic.clone();
    mask::finding(&mut masked);
    let place = &masked.primary.place;
    let standing = match (&masked.waived, masked.undecided) {
        (Some(waived), _) => Standing::Waived(waived.because.clone()),
        (None, _) if masked.baselined => Standing::Baselined,
        (None, true) => Standing::Undecided,
        (None, false) => Standing::Counts,
    };
    Finding {
        level: masked.level,
        at: format!("{}:{}", place.file, lines.line(&place.file, place.span.start())),
        rule: masked.code,
        message: masked.message,
        standing,
    }
}

/// The lines of files, each read once.
struct Lines<'c> {
    checked: &'c Checked,
    known: BTreeMap<FilePath, Option<LineIndex>>,
}

impl Lines<'_> {
    fn line(&mut self, file: &FilePath, at: u32) -> u32 {
        if !self.known.contains_key(file) {
            let text = self.checked.shown.text(file);
            self.known.insert(file.clone(), text.map(|text| LineIndex::new(&text)));
        }
        self.known.get(file).and_then(Option::as_ref).map_or(1, |index| index.line(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_waived_or_undecided_is_counted_apart() {
        let finding = |level, standing| Finding {
            level,
            rule: "a.b".into(),
            message: String::new(),
            at: "a:1".into(),
            standing,
        };
        let findings = [
            finding(Level::Error, Standing::Counts),
            finding(Level::Error, Standing::Waived("x".into())),
            finding(Level::Info, Standing::Undecided),
            finding(Level::Warning, Standing::Counts),
            finding(Level::Error, Standing::Baselined),
        ];
        let counts = Counts::of(&findings);
        assert_eq!((counts.errors, counts.warnings, counts.infos), (1, 1, 0));
        assert_eq!((counts.undecided, counts.waived, counts.baselined, counts.total()), (1, 1, 1, 5));
    }
}
