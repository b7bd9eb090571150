//! Whom campaigns are sent to: against suppressions, and against the countries that they are meant for.

mod region;
mod suppression;
mod unnamed;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use mktlint_decide::{Formula, Limits, People, Solver, Undecided, Verdict};
use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use crate::people::{Crowd, Settler, Unclear, resolve};
use crate::{AudienceFact, CampaignFact, FileFacts, Inputs, codes};

/// Judges the audience of every campaign. In no order. Nothing is built where there is no campaign or no declaration
/// speaks of people.
pub(super) fn judge(plan: &Plan, files: &[FileFacts], inputs: &Inputs) -> Vec<Diagnostic> {
    let campaigns = || files.iter().flat_map(|facts| &facts.campaigns);
    let people = &plan.people;
    if campaigns().next().is_none() || people.audiences.is_empty() && people.suppressions.is_empty() {
        return Vec::new();
    }
    let mut pass = Pass {
        plan,
        inputs,
        settler: Settler::new(plan),
        solver: Solver::new(&people.schema, &people.definitions, Limits::default()),
        known: BTreeMap::new(),
        found: Vec::new(),
    };
    for fact in campaigns() {
        pass.campaign(fact);
    }
    pass.found
}

/// One pass over all campaigns.
struct Pass<'p> {
    plan: &'p Plan,
    inputs: &'p Inputs,
    settler: Settler<'p>,
    solver: Solver<'p>,
    /// The people of definitions, by name and moment.
    known: BTreeMap<(SmolStr, DateTime), Result<People, Undecided>>,
    found: Vec<Diagnostic>,
}

/// One value of `audience`, understood, at one moment of sending.
struct Sent<'f> {
    fact: &'f CampaignFact,
    /// The channels of the messages that they get; `None` when nobody knows.
    channels: Option<BTreeSet<&'f str>>,
    /// Where the manifest says it.
    place: &'f Place,
    crowd: Crowd,
    /// Their condition, with the campaign's fields settled.
    formula: Formula,
    people: People,
    now: DateTime,
}

impl Pass<'_> {
    fn campaign(&mut self, fact: &CampaignFact) {
        unnamed::judge(self, fact);
        for named in &fact.audience {
            match resolve(self.plan, self.inputs, &named.whom) {
                Ok(crowd) => self.crowd(fact, named, &crowd),
                Err(unclear) => self.found.push(unclear_audience(&named.place, unclear)),
            }
        }
    }

    /// Judges those who are named, at each moment at which they are sent something. What is found again at a later one is
    /// said once.
    fn crowd(&mut self, fact: &CampaignFact, named: &AudienceFact, crowd: &Crowd) {
        let mut found: Vec<Diagnostic> = Vec::new();
        for (now, channels) in fact.moments(named.channel.as_deref(), self.inputs.today) {
            let start = self.found.len();
            let formula = self.settler.settle(&crowd.formula, &fact.values, now);
            let (place, crowd) = (&named.place, crowd.clone());
            match self.people(&formula, now) {
                Ok(people) => self.sent(&Sent { fact, channels, place, crowd, formula, people, now }),
                Err(undecided) => {
                    let found = codes::audience_undecided(place.clone(), &crowd.words(), &undecided);
                    self.found.push(words::labelled(self.plan, found, &undecided, None));
                }
            }
            for new in self.found.split_off(start) {
                let is_same = |old: &Diagnostic| old.code == new.code && old.undecided == new.undecided;
                if !found.iter().any(is_same) {
                    found.push(new);
                }
            }
        }
        self.found.extend(found);
    }

    fn sent(&mut self, sent: &Sent<'_>) {
        if self.solver.is_nobody(&sent.people) == Verdict::Holds {
            let found = codes::nobody_gets_it(sent.place.clone(), &sent.crowd.words(), sent.now.date());
            let blamed = self.solver.blame(&sent.formula, sent.now);
            self.found.push(words::blame(self.plan, found, &blamed));
            return;
        }
        for at in 0..self.plan.people.suppressions.len() {
            suppression::judge(self, sent, at);
        }
        region::judge(self, sent);
    }

    /// The people of `formula`; those of a definition are made once for each moment.
    fn people(&mut self, formula: &Formula, now: DateTime) -> Result<People, Undecided> {
        let Formula::Named { name, .. } = formula else { return self.solver.people(formula, now) };
        let key = (name.clone(), now);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let made = self.solver.people(formula, now);
        self.known.insert(key, made.clone());
        made
    }
}

fn unclear_audience(place: &Place, unclear: Unclear) -> Diagnostic {
    let place = place.clone();
    match unclear {
        Unclear::UnknownName(name, near) => codes::unknown_audience(place, &name, near.as_deref()),
        Unclear::Several(name, all) => codes::ambiguous_audience(place, &name, &all),
        Unclear::Mistake(words) => codes::audience_condition(place, words, None),
        Unclear::NotRead => codes::condition_not_read(place),
        Unclear::Wrong(span, words, help) => {
            codes::audience_condition(Place::new(place.file, span), words, Some(help))
        }
    }
}
