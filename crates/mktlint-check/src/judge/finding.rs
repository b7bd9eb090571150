//! From a declaration to what is shown.

use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::{Context, Head, Plan, Unknown, message};

/// Why something could not be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// Follows "needs a person: ".
    pub words: String,
    /// What to write so that it can be judged, where that can be said.
    pub help: Option<String>,
    /// Where a file says what could not be understood.
    pub said: Option<Place>,
}

impl From<String> for Reason {
    fn from(words: String) -> Self {
        Self { words, ..Self::default() }
    }
}

impl From<&Unknown> for Reason {
    fn from(unknown: &Unknown) -> Self {
        Self { words: unknown.to_string(), help: unknown.help(), said: unknown.place().cloned() }
    }
}

/// A finding of the declaration with `head`, with its reason and help.
pub fn finding(plan: &Plan, head: &Head, context: &Context<'_>, place: Place, words: String) -> Diagnostic {
    let mut found = Diagnostic::finding(plan.str(head.name), head.level, place, words);
    found.why = head.because.map(|because| plan.str(because).to_owned());
    if let Some(help) = head.help {
        found.help.push(message(plan, help, context));
    }
    found
}

/// A declaration that could not be judged at `place`: `reason` is the input that is missing.
pub fn undecided(plan: &Plan, head: &Head, place: Place, reason: Reason) -> Diagnostic {
    let name = plan.str(head.name);
    let short = name.rsplit('.').next().unwrap_or(name);
    let words = format!("`{short}` needs a person: {}", reason.words);
    let mut found = Diagnostic::finding(name, head.level, place, words);
    found.why = head.because.map(|because| plan.str(because).to_owned());
    found.help.extend(reason.help);
    found.undecided = true;
    if let Some(said) = reason.said {
        found = found.also_at(said, "given here");
    }
    found.also_at(plan.place(head.place), "declared here")
}
