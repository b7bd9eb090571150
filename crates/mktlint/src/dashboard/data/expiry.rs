//! What ends: exceptions and evidence.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mktlint_diag::{Diagnostic, Place};
use mktlint_host::Checked;
use smol_str::SmolStr;

use super::short;
use crate::people::Crowd;

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A `waive` declaration.
    Waiver,
    /// A comment in an asset that spares what follows.
    Directive,
    /// Evidence that claims rest on.
    Evidence,
}

impl Kind {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiver => "waiver",
            Self::Directive => "inline waiver",
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
    let waivers = plan.waivers.iter().filter_map(|waiver| {
        let rules: Vec<&str> = plan.strs(waiver.rules).map(short).collect();
        Some(Expiry {
            day: waiver.until?,
            kind: Kind::Waiver,
            what: rules.join(", "),
            owner: waiver.by.map(|by| plan.str(by).to_owned()),
            at: crowd.place(waiver.place),
            because: waiver.because.map_or_else(String::new, |because| plan.str(because).to_owned()),
        })
    });
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
    let mut all: Vec<Expiry> = waivers.chain(evidence).chain(directives(checked)).collect();
    all.sort();
    all
}

/// Inline waivers that spare something, each once.
fn directives(checked: &Checked) -> Vec<Expiry> {
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    let is_new = |found: &&Diagnostic| {
        let place = found.waived.as_ref().map(|waived| &waived.place);
        place.is_some_and(|place| !place.file.ends_with(".mkt") && seen.insert(place.clone()))
    };
    let of = |found: &Diagnostic| -> Option<Expiry> {
        let waived = found.waived.as_ref()?;
        Some(Expiry {
            day: waived.until.as_ref().map(SmolStr::as_str)?.parse().ok()?,
            kind: Kind::Directive,
            what: short(&found.code).to_owned(),
            owner: None,
            at: waived.place.file.to_string(),
            because: waived.because.clone(),
        })
    };
    checked.findings.iter().filter(is_new).filter_map(of).collect()
}
