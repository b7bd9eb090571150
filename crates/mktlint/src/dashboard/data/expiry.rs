//! What ends: exceptions and evidence.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mktlint_diag::{Diagnostic, Place, WaiverSource};
use mktlint_host::{Checked, Waiver};
use mktlint_measure::personal::mask;
use mktlint_text::LineIndex;
use smol_str::SmolStr;

use super::short;
use crate::people::Crowd;

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A `waive` declaration.
    Declared,
    /// A waiver that is recorded as a decision.
    Recorded,
    /// A comment in an asset that spares what follows.
    Inline,
    /// Evidence that claims rest on.
    Evidence,
}

impl Kind {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Declared => "waiver",
            Self::Recorded => "recorded waiver",
            Self::Inline => "inline waiver",
            Self::Evidence => "evidence",
        }
    }
}

/// Something with a last day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expiry {
    /// The last day.
    pub day: Date,
    /// What it is.
    pub kind: Kind,
    /// What it speaks of: rules, or the name of the evidence.
    pub what: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it is written, as it is shown.
    pub at: String,
    /// Why it is there.
    pub because: String,
}

/// Everything with a last day, in order of day.
pub fn expiries(crowd: &Crowd, checked: &Checked) -> Vec<Expiry> {
    let plan = &crowd.plan;
    let evidence = plan.evidences.iter().filter_map(|evidence| {
        Some(Expiry {
            day: evidence.expires?,
            kind: Kind::Evidence,
            what: short(plan.str(evidence.name)).to_owned(),
            owner: None,
            at: crowd.place(evidence.place),
            because: evidence.document.map_or_else(String::new, |path| plan.str(path.text).to_owned()),
        })
    });
    let mut all: Vec<Expiry> = waivers(checked).chain(evidence).chain(directives(checked)).collect();
    all.sort();
    all
}

/// Exceptions for files, declared and recorded.
fn waivers(checked: &Checked) -> impl Iterator<Item = Expiry> {
    checked.waivers.iter().filter_map(|Waiver { exception, place, .. }| {
        let rules: Vec<&str> = exception.rules.iter().map(|rule| short(rule)).collect();
        let kind = match exception.source {
            WaiverSource::Record(_) => Kind::Recorded,
            WaiverSource::Declaration | WaiverSource::Directive => Kind::Declared,
        };
        let text = checked.shown.text(&place.file).unwrap_or_default();
        let role = exception.role.as_deref().map(short);
        let owner = exception.owner.as_deref().or(role);
        Some(Expiry {
            day: exception.until?,
            kind,
            what: rules.join(", "),
            owner: owner.map(|owner| mask(owner).into_owned()),
            at: format!("{}:{}", place.file, LineIndex::new(&text).line(place.span.start())),
            because: mask(&exception.because).into_owned(),
        })
    })
}

/// Inline waivers that spare something, each once.
fn directives(checked: &Checked) -> Vec<Expiry> {
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    let is_new = |found: &&Diagnostic| {
        let inline = found.waived.as_ref().filter(|waived| waived.source == WaiverSource::Directive);
        let place = inline.map(|waived| &waived.place);
        place.is_some_and(|place| seen.insert(place.clone()))
    };
    let of = |found: &Diagnostic| -> Option<Expiry> {
        let waived = found.waived.as_ref()?;
        Some(Expiry {
            day: waived.until.as_ref().map(SmolStr::as_str)?.parse().ok()?,
            kind: Kind::Inline,
            what: short(&found.code).to_owned(),
            owner: waived.owner.as_ref().map(|owner| mask(owner).into_owned()),
            at: waived.place.file.to_string(),
            because: mask(&waived.because).into_owned(),
        })
    };
    checked.findings.iter().filter(is_new).filter_map(of).collect()
}
