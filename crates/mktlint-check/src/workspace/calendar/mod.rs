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
pub(super) mod words;

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_decide::{Contact, Formula, Limits, People, Solver, Tag, Undecided, Verdict, eval};
use mktlint_diag::Diagnostic;
use mktlint_plan::{Plan, StrId};
use smol_str::{SmolStr, format_smolstr};

use crate::judge::Reason;
use crate::people::{Settler, resolve};
use crate::{AudienceFact, CampaignFact, FileFacts, Inputs};
pub(super) use send::is_public;
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
        facts.map(|fact| Campaign::new(fact, crowds(plan, inputs, &settler, fact))).collect();
    calendar(plan, &campaigns, &mut Solver::new(schema, definitions, Limits::default()))
}

/// Whom the manifest names, each with the channel that they are named for; a condition that is not understood in place
/// of what says nothing.
fn crowds(
    plan: &Plan,
    inputs: &Inputs,
    settler: &Settler<'_>,
    fact: &CampaignFact,
) -> Vec<(Option<SmolStr>, Formula)> {
    let one = |(at, named): (usize, &AudienceFact)| {
        let formula = match resolve(plan, inputs, &named.whom) {
            Ok(crowd) => {
                apart(settler.settle(&crowd.formula, &fact.values, fact.now(inputs.today)), &fact.id)
            }
            Err(_) => unknown(fact, at, format!("the audience of `{}` is not known", fact.id)),
        };
        (named.channel.clone(), formula)
    };
    fact.audience.iter().enumerate().map(one).collect()
}

/// `formula` with conditions on the campaign or its day that are not understood unlike those of any other campaign: what
/// `purpose == marketing` would say of this one says nothing of the next.
fn apart(formula: Formula, id: &SmolStr) -> Formula {
    let all = |parts: Vec<Formula>| parts.into_iter().map(|part| apart(part, id)).collect();
    match formula {
        Formula::Opaque { key, why, tag } if key.contains("campaign.") || key.contains("now") => {
            Formula::Opaque { key: format_smolstr!("{key} of {id}"), why, tag }
        }
        Formula::Not(inner) => Formula::Not(Box::new(apart(*inner, id))),
        Formula::And(parts) => Formula::And(all(parts)),
        Formula::Or(parts) => Formula::Or(all(parts)),
        other => other,
    }
}

fn unknown(fact: &CampaignFact, at: usize, why: String) -> Formula {
    Formula::Opaque {
        key: format_smolstr!("audience {at} of {}", fact.id),
        why: why.into(),
        tag: Tag::default(),
    }
}

/// A campaign and who gets it.
#[derive(Clone, Debug)]
struct Campaign<'a> {
    fact: &'a CampaignFact,
    /// Who is named, each with the channel whose messages they get; all when `None`.
    crowds: Vec<(Option<SmolStr>, Formula)>,
    clock: Clock,
}

impl<'a> Campaign<'a> {
    fn new(fact: &'a CampaignFact, crowds: Vec<(Option<SmolStr>, Formula)>) -> Self {
        Self { fact, crowds, clock: Clock::of(fact) }
    }

    /// Who gets messages on `channel`; on any channel when nobody knows which.
    fn crowds_on(&self, channel: Option<&str>) -> impl Iterator<Item = &Formula> {
        let fits =
            move |own: &Option<SmolStr>| own.is_none() || channel.is_none() || own.as_deref() == channel;
        self.crowds.iter().filter(move |(own, _)| fits(own)).map(|(_, formula)| formula)
    }

    /// The same as one condition.
    fn audience(&self, channel: Option<&str>) -> Formula {
        let mut crowds: Vec<Formula> = self.crowds_on(channel).cloned().collect();
        match crowds.len() {
            0 => unknown(self.fact, 0, format!("`{}` does not say who gets it", self.fact.id)),
            1 => crowds.remove(0),
            _ => Formula::Or(crowds),
        }
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
        protected: None,
        countries: quiet::Countries::default(),
    };
    let mut found = Vec::new();
    for cap in &plan.people.caps {
        calendar.protected = cap.who;
        cap::judge(&mut calendar, cap, &mut found);
    }
    for hours in &plan.people.quiet_hours {
        calendar.protected = hours.who;
        quiet::judge(&mut calendar, hours, &mut found);
    }
    found
}

/// Who gets the messages of a campaign, by its number, on a channel at a time, as far as a limit protects them.
type Asked = (usize, Option<SmolStr>, DateTime, Option<StrId>);

/// All messages, and who gets each as far as somebody asked.
struct Calendar<'c, 's> {
    plan: &'c Plan,
    campaigns: &'c [Campaign<'c>],
    sends: &'c [Send<'c>],
    solver: &'c mut Solver<'s>,
    audiences: BTreeMap<Asked, Result<People, Undecided>>,
    /// The definition of whom the cap or the quiet hours protect that are judged now; everybody when there is none.
    protected: Option<StrId>,
    countries: quiet::Countries,
}

impl Calendar<'_, '_> {
    /// The people of `send`, which is sent at `now`, as far as the limit that is judged protects them.
    fn audience(&mut self, send: &Send<'_>, now: DateTime) -> Result<People, Undecided> {
        let channel = &send.message.channel;
        let campaign = &self.campaigns[send.campaign];
        let audience = || match self.protected {
            Some(_) => Formula::And(vec![campaign.audience(channel.as_deref()), self.protected()]),
            None => campaign.audience(channel.as_deref()),
        };
        let audience = audience();
        let people = || self.solver.people(&audience, now);
        self.audiences
            .entry((send.campaign, channel.clone(), now, self.protected))
            .or_insert_with(people)
            .clone()
    }

    /// Whether `contact` surely gets `send`, which is sent at `now`.
    fn surely_gets(&self, contact: &Contact, send: &Send<'_>, now: DateTime) -> bool {
        let mut crowds = self.campaigns[send.campaign].crowds_on(send.message.channel.as_deref());
        let surely =
            |formula: &Formula| eval(formula, &self.plan.people.definitions, contact, now) == Some(true);
        surely(&self.protected()) && crowds.any(surely)
    }

    /// Whom the limit protects that is judged.
    fn protected(&self) -> Formula {
        self.protected.map_or(Formula::Const(true), |name| Formula::Named {
            name: self.plan.str(name).into(),
            tag: Tag::default(),
        })
    }

    /// Whether the limit protects some of the people of `send`; fails with the reason when that cannot be said.
    fn protects_some(&mut self, send: &Send<'_>, now: DateTime) -> Result<bool, Reason> {
        if self.protected.is_none() {
            return Ok(true);
        }
        let people = self.audience(send, now);
        match people.map_or_else(Verdict::Undecided, |people| self.solver.is_disjoint(&people, &people)) {
            Verdict::Holds => Ok(false),
            Verdict::Fails(_) => Ok(true),
            Verdict::Undecided(problem) => {
                Err(words::reason(&problem, &format!("who gets `{}`", send.fact.id)))
            }
        }
    }

    /// All people there may be.
    fn everybody(&mut self) -> People {
        self.solver.people(&Formula::Const(true), DateTime::default()).expect("a constant has no condition")
    }
}
