//! Can the audience include people outside of the countries that the campaign is meant for?

use mktlint_decide::{Formula, Tag, Test, Value, Verdict, show_formula};
use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::Plan;

use super::words::labelled;
use super::{Pass, Sent};
use crate::codes;
use crate::people::{country_attribute, short};

/// Judges one audience by the `regions` of its campaign.
pub fn judge(pass: &mut Pass<'_>, sent: &Sent<'_>) {
    let plan = pass.plan;
    let Some((regions, place)) = sent.fact.regions.as_ref().filter(|(regions, _)| !regions.is_empty()) else {
        return;
    };
    let Some(attribute) = country_attribute(plan) else { return };
    let test = |test: Test| Formula::Test { attribute: attribute.clone(), test, tag: Tag::default() };
    let countries = regions.iter().map(|country| Value::Name(country.clone())).collect();
    // Of somebody whose country nobody knows it cannot be said that they live elsewhere.
    let inside = test(Test::OneOf(countries));
    let outside = test(Test::Known).minus(inside.clone());
    let verdict = match pass.people(&outside, sent.now) {
        Ok(outside) => pass.solver.is_disjoint(&sent.people, &outside),
        Err(undecided) => Verdict::Undecided(undecided),
    };
    match verdict {
        Verdict::Holds => {}
        Verdict::Fails(witness) => {
            let found = elsewhere(sent, plan, place, &inside);
            let person = witness.show(&plan.people.schema, sent.now);
            pass.found.push(found.note(format!("for example {person}")));
        }
        Verdict::Undecided(undecided) => {
            // A suppression that hangs on the same condition has said so.
            let is_said = |found: &Diagnostic| found.undecided && found.primary.place == *sent.place;
            if !pass.found.iter().any(is_said) {
                let found = codes::audience_undecided(sent.place.clone(), &sent.crowd.words(), &undecided);
                pass.found.push(labelled(plan, found, &undecided, None));
            }
        }
    }
}

fn elsewhere(sent: &Sent<'_>, plan: &Plan, regions: &Place, inside: &Formula) -> Diagnostic {
    let inside = show_formula(inside, &plan.people.schema, &plan.people.definitions);
    let inside = format!("{} and {inside}", sent.crowd.name.as_deref().map_or("(…)", short));
    codes::outside_regions(sent.place.clone(), &sent.crowd.words(), regions.clone(), &inside)
}
