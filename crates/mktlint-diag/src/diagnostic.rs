//! One finding, or one mistake in a policy.

use std::fmt;

use smol_str::SmolStr;

use crate::{Code, Fix, Place};

/// How bad it is. Ordered: an error is greater than a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; never fails a run by default.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The word that policies and outputs use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// A few words: `required here`. Empty when the place alone says it.
    pub text: String,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The reason that was given.
    pub because: String,
    /// The last day it holds, as written; `None` when it has no end.
    pub until: Option<SmolStr>,
    /// Who answers for it: a person or a role; `None` when it does not say.
    pub owner: Option<SmolStr>,
    /// How it was given.
    pub source: WaiverSource,
    /// The `waive` declaration, the inline directive or the record.
    pub place: Place,
}

/// How an exception was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaiverSource {
    /// `waive RULE …` in a policy.
    Declaration,
    /// A comment or a cell of the asset.
    Directive,
    /// The decision with this id.
    Record(SmolStr),
}

impl WaiverSource {
    /// The word that outputs use.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::Directive => "directive",
            Self::Record(_) => "record",
        }
    }
}

/// One finding in an asset, or one mistake in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `MKT0410`, or the full name of a rule: `acme.claims.clinically_proven`.
    pub code: SmolStr,
    /// How bad it is.
    pub level: Level,
    /// What is wrong, in one line: lower case, no full stop, the user's words in backticks.
    pub message: String,
    /// The exact words it is about.
    pub primary: Label,
    /// What they contradict, in the order to show.
    pub secondary: Vec<Label>,
    /// Facts that help to believe it: a person, a citation, an observed value.
    pub notes: Vec<String>,
    /// The source of the rule: a law with its section, a platform's documentation.
    pub why: Option<String>,
    /// What to type to repair it.
    pub help: Vec<String>,
    /// An edit that repairs it.
    pub fix: Option<Fix>,
    /// The rule could not be judged because an input is missing; the message says which. Never a pass.
    pub undecided: bool,
    /// Set when a waiver covers it; it is then shown but does not count.
    pub waived: Option<Waived>,
    /// Whether the baseline of its workspace holds it: it was there before, and does not count.
    pub baselined: bool,
}

impl Diagnostic {
    /// A problem that mktlint itself knows.
    pub fn new(code: &Code, place: Place, message: impl Into<String>) -> Self {
        Self::finding(code.id, code.level, place, message)
    }

    /// A finding of the rule named `rule`.
    pub fn finding(rule: &str, level: Level, place: Place, message: impl Into<String>) -> Self {
        Self {
            code: rule.into(),
            level,
            message: message.into(),
            primary: Label { place, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            why: None,
            help: Vec::new(),
            fix: None,
            undecided: false,
            waived: None,
            baselined: false,
        }
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Shows a second place.
    #[must_use]
    pub fn also_at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.secondary.push(Label { place, text: text.into() });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds an edit that repairs it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Whether it counts against the run.
    pub fn counts(&self) -> bool {
        self.waived.is_none() && !self.baselined
    }

    /// What output is ordered by: path, position, rule, then wording.
    pub fn sort_key(&self) -> impl Ord + '_ {
        (&self.primary.place, &self.code, &self.message)
    }
}
