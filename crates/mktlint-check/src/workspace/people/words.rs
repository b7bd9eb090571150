//! From answers of the solver to labels.

use std::collections::BTreeSet;

use mktlint_decide::{Definitions, Formula, Origin, Undecided};
use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::Plan;
use smol_str::SmolStr;

/// How many clauses a finding points at.
const MOST_LABELS: usize = 3;

/// The places of `origins`, in order, without repeats. `otherwise` is the definition that an origin without one may
/// belong to, since definitions that test the campaign are written out.
pub fn places(plan: &Plan, origins: &[Origin], otherwise: Option<&str>) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    for origin in origins {
        let definition = origin.definition.clone().or_else(|| otherwise.map(SmolStr::from));
        let place = plan.origin(&Origin { definition, tag: origin.tag });
        found.extend(place.filter(|place| !found.contains(place)));
    }
    found.truncate(MOST_LABELS);
    found
}

/// `found`, pointing at the conditions that the answer hangs on.
pub fn labelled(
    plan: &Plan,
    found: Diagnostic,
    undecided: &Undecided,
    otherwise: Option<&str>,
) -> Diagnostic {
    let places = places(plan, &undecided.origins, otherwise).into_iter();
    places.fold(found, |found, place| found.also_at(place, "it hangs on this"))
}

/// `found`, pointing at the conditions that nobody meets together.
pub fn blame(plan: &Plan, found: Diagnostic, blamed: &[Origin]) -> Diagnostic {
    let places = places(plan, blamed, None).into_iter();
    places.fold(found, |found, place| found.also_at(place, "nobody meets this together with the rest"))
}

/// The attributes that the conditions at `origins` test, in order, without repeats.
pub fn tested(definitions: &Definitions, origins: &[Origin]) -> Vec<SmolStr> {
    let mut found: Vec<SmolStr> = Vec::new();
    for origin in origins {
        let Some(formula) = origin.definition.as_ref().and_then(|name| definitions.get(name)) else {
            continue;
        };
        let blamed = formula.parts().filter(|part| part.tag() == Some(origin.tag));
        let tested = blamed.flat_map(Formula::tested);
        found.extend(tested.filter(|attribute| !attribute.starts_with("campaign.")).cloned());
    }
    let mut seen = BTreeSet::new();
    found.retain(|attribute| seen.insert(attribute.clone()));
    found
}
