//! What there is to report: findings, the rules in force, and what the run was.

use std::sync::Arc;
use std::time::Duration;

use mktlint_diag::{Diagnostic, FilePath, Level, Place, Safety};
use smol_str::SmolStr;

/// Everything that an output format may show.
pub struct Report<'a> {
    /// The findings in the order to show them: path, position, rule. Waived and undecided ones are among them; whether
    /// those that the baseline holds are, is for the caller to say.
    pub findings: &'a [Diagnostic],
    /// The rules in force, in the order to list them; a finding's code need not be among them.
    pub rules: &'a [RuleInfo],
    /// What the run was.
    pub summary: &'a Summary,
    /// The texts that findings point into.
    pub sources: &'a dyn Sources,
    /// How to show it. Machine formats ignore this.
    pub options: Options,
}

impl Report<'_> {
    /// How many findings there are of each sort; of those that the baseline holds, all, shown or not.
    pub fn counts(&self) -> Counts {
        let counts = Counts::of(self.findings);
        Counts { baselined: self.summary.n_baselined.unwrap_or(counts.baselined), ..counts }
    }
}

/// How formats for people look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether to colour; only `pretty` and `concise` do.
    pub color: bool,
    /// Columns of the terminal; source lines longer than this are cut with `…`. At least 40 are used.
    pub width: u16,
    /// Whether to say which flag applies a fix.
    pub show_fix_hint: bool,
    /// Whether formats that stand for a whole run (`pretty`, `concise`) end with the summary.
    pub show_summary: bool,
}

impl Default for Options {
    /// No colour, 100 columns, everything shown.
    fn default() -> Self {
        Self { color: false, width: 100, show_fix_hint: true, show_summary: true }
    }
}

/// A rule, or a code of mktlint itself, as tools that list rules want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// What a finding's `code` says: `acme.claims.clinically_proven`, `MKT0410`.
    pub id: SmolStr,
    /// The level its findings have unless something raised or lowered it.
    pub level: Level,
    /// What it finds, in one line.
    pub title: String,
    /// The page that `mktlint explain` shows, in Markdown; empty when there is none.
    pub help: String,
    /// The source of the rule: a law with its section, a platform's documentation.
    pub why: Option<String>,
    /// Where it is declared; `None` for what mktlint itself reports.
    pub source: Option<Place>,
    /// Words to file it under, in order: `claims`, `email`.
    pub tags: Vec<SmolStr>,
}

/// What the run was, apart from its findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Assets judged.
    pub n_assets: usize,
    /// Policy files read, the standard library not counted.
    pub n_policies: usize,
    /// Rules in force.
    pub n_rules: usize,
    /// Remarks of one line: "3 `cap` declarations were not judged yet".
    pub notes: Vec<String>,
    /// Findings that the baseline holds, shown or not; `None` when there is no baseline.
    pub n_baselined: Option<usize>,
    /// How long the run took. Only `pretty` shows it, so that all other output is the same every time.
    pub elapsed: Option<Duration>,
    /// mktlint's version: `0.1.0`.
    pub tool_version: SmolStr,
}

/// The texts that findings point into.
pub trait Sources {
    /// The text of `file` that its spans count in; `None` when it cannot be shown. Asked once per file and report.
    fn text(&self, file: &FilePath) -> Option<Arc<str>>;
}

/// How many findings there are of each sort. Every finding is counted once among the first six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors that count.
    pub errors: usize,
    /// Warnings that count.
    pub warnings: usize,
    /// Infos that count.
    pub infos: usize,
    /// Not judged, whatever their level.
    pub undecided: usize,
    /// Covered by a waiver, whatever their level.
    pub waived: usize,
    /// Held by the baseline, whatever their level.
    pub baselined: usize,
    /// Those that count and have a fix that `--fix` applies.
    pub fixable: usize,
    /// Those that count and have a fix that only `--unsafe-fixes` applies.
    pub unsafely_fixable: usize,
}

impl Counts {
    /// Counts `findings`.
    pub fn of(findings: &[Diagnostic]) -> Self {
        findings.iter().fold(Self::default(), Self::with)
    }

    fn with(mut self, finding: &Diagnostic) -> Self {
        *self.bucket(finding) += 1;
        match finding.fix.as_ref().filter(|_| finding.counts()).map(|fix| fix.safety) {
            Some(Safety::Safe) => self.fixable += 1,
            Some(Safety::Unsafe) => self.unsafely_fixable += 1,
            None => {}
        }
        self
    }

    fn bucket(&mut self, finding: &Diagnostic) -> &mut usize {
        match finding.level {
            _ if finding.waived.is_some() => &mut self.waived,
            _ if finding.baselined => &mut self.baselined,
            _ if finding.undecided => &mut self.undecided,
            Level::Error => &mut self.errors,
            Level::Warning => &mut self.warnings,
            Level::Info => &mut self.infos,
        }
    }
}
