//! Can the audience include people outside of the countries that the campaign is meant for?

use mktlint_decide::{Formula, Tag, Test, Value, Verdict, show_formula};

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
    // What is too complex here was reported already; no other answer of this question matters.
    let Ok(outside) = pass.people(&outside, sent.now) else { return };
    if let Verdict::Fails(witness) = pass.solver.is_disjoint(&sent.people, &outside) {
        let inside = show_formula(&inside, &plan.people.schema, &plan.people.definitions);
        let inside = format!("{} and {inside}", sent.crowd.name.as_deref().map_or("(…)", short));
        let found = codes::outside_regions(sent.place.clone(), &sent.crowd.words(), place.clone(), &inside);
        let person = witness.show(&plan.people.schema, sent.now);
        pass.found.push(found.note(format!("for example {person}")));
    }
}
