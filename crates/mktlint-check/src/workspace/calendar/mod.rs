//! Caps and quiet hours: what the calendar of all campaigns shows.
//!
//! Who gets how much is decided, not sampled: a finding has a person for whom it is so, and without one there is none,
//! whatever contacts there are. A person is taken to be the same on all days of a window.

mod cap;
mod quiet;
mod send;
#[cfg(test)]
mod tests;
mod window;
mod words;

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_decide::{Formula, Limits, People, Solver, Tag, Undecided};
use mktlint_diag::Diagnostic;
use mktlint_plan::Plan;
use smol_str::format_smolstr;

use crate::people::{Settler, resolve};
use crate::{CampaignFact, FileFacts, Inputs};
use send::{Clock, Covered, Send};

/// Judges the campaigns of all files by the caps and quiet hours in force. In no order.
pub(super) fn judge(plan: &Plan, files: &[FileFacts], inputs: &Inputs) -> Vec<Diagnostic> {
    let mktlint_plan::People { schema, definitions, caps, quiet_hours, .. } = &plan.people;
    if caps.is_empty() && quiet_hours.is_empty() {
        return Vec::new();
    }
    let settler = Settler::new(plan);
    let facts = files.iter().flat_map(|facts| &facts.campaigns);
    let campaigns: Vec<Campaign<'_>> =
        facts.map(|fact| Campaign::new(fact, audience(plan, inputs, &settler, fact))).collect();
    calendar(plan, &campaigns, &mut Solver::new(schema, definitions, Limits::default()))
}

/// Everyone whom the manifest names; a condition that is not understood in place of what says nothing.
fn audience(plan: &Plan, inputs: &Inputs, settler: &Settler<'_>, fact: &CampaignFact) -> Formula {
    let unknown = |at: usize, why: String| Formula::Opaque {
        key: format_smolstr!("audience {at} of {}", fact.id),
        why: why.into(),
        tag: Tag::default(),
    };
    let mut crowds = Vec::new();
    for (at, named) in fact.audience.iter().enumerate() {
        crowds.push(match resolve(plan, inputs, &named.whom) {
            Ok(crowd) => settler.settle(&crowd.formula, &fact.values, fact.now(inputs.today)),
            Err(_) => unknown(at, format!("the audience of `{}` is not known", fact.id)),
        });
    }
    if crowds.is_empty() {
        crowds.push(unknown(0, format!("`{}` does not say who gets it", fact.id)));
    }
    if crowds.len() == 1 { crowds.remove(0) } else { Formula::Or(crowds) }
}

/// A campaign and who gets it.
#[derive(Clone, Debug)]
struct Campaign<'a> {
    fact: &'a CampaignFact,
    audience: Formula,
    clock: Clock,
}

impl<'a> Campaign<'a> {
    fn new(fact: &'a CampaignFact, audience: Formula) -> Self {
        Self { fact, audience, clock: Clock::of(fact) }
    }
}

/// Judges all campaigns of the workspace. `solver` is one of the schema and the definitions of `plan`.
fn calendar(plan: &Plan, campaigns: &[Campaign<'_>], solver: &mut Solver<'_>) -> Vec<Diagnostic> {
    let sends = Send::all(campaigns);
    let mut calendar = Calendar {
        plan,
        campaigns,
        sends: &sends,
        solver,
        audiences: BTreeMap::new(),
        by_country: BTreeMap::new(),
    };
    let mut found = Vec::new();
    for cap in &plan.people.caps {
        cap::judge(&mut calendar, cap, &mut found);
    }
    for hours in &plan.people.quiet_hours {
        quiet::judge(&mut calendar, hours, &mut found);
    }
    found
}

/// All messages, and who gets each as far as somebody asked.
struct Calendar<'c, 's> {
    plan: &'c Plan,
    campaigns: &'c [Campaign<'c>],
    sends: &'c [Send<'c>],
    solver: &'c mut Solver<'s>,
    audiences: BTreeMap<(usize, DateTime), Result<People, Undecided>>,
    by_country: quiet::ByCountry,
}

impl Calendar<'_, '_> {
    /// The people of `send`, which is sent at `now`.
    fn audience(&mut self, send: &Send<'_>, now: DateTime) -> Result<People, Undecided> {
        let audience = &self.campaigns[send.campaign].audience;
        let people = || self.solver.people(audience, now);
        self.audiences.entry((send.campaign, now)).or_insert_with(people).clone()
    }

    /// All people there may be.
    fn everybody(&mut self) -> People {
        self.solver.people(&Formula::Const(true), DateTime::default()).expect("a constant has no condition")
    }
}
