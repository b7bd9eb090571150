//! What keeps a change from going out, as findings.

use mktlint_diag::Diagnostic;
use mktlint_host::codes;
use mktlint_host::gate::UnitGate;

use super::outcome::{Outcome, tier, title_of};

/// Adds what is missing to the findings of `outcome`, for formats that know findings alone.
pub fn add(outcome: &mut Outcome) {
    let reasons: Vec<Diagnostic> = outcome.compared.units.iter().flat_map(|unit| of(unit, outcome)).collect();
    let findings = &mut outcome.found.checked.findings;
    findings.extend(reasons);
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}

fn of(unit: &UnitGate, outcome: &Outcome) -> Vec<Diagnostic> {
    let Some(place) = outcome.place_of(unit.unit()) else { return Vec::new() };
    let title = title_of(unit.unit());
    let missing = unit.standing.needs.iter().filter(|need| need.missing > 0);
    let mut found: Vec<Diagnostic> =
        missing.map(|need| codes::gate::missing(place.clone(), &title, tier(unit), need)).collect();
    let why = unit.tier.undecided.iter();
    found.extend(why.map(|why| codes::gate::undecided(place.clone(), &title, tier(unit), why)));
    found
}
