//! `audience could include { … }`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::DateTime;
use mktlint_asset::Asset;
use mktlint_decide::{Formula, Limits, Solver, Undecided, UndecidedKind, Verdict};
use mktlint_plan::{Inclusion, Plan, Unknown};
use smol_str::SmolStr;

use super::{Settler, Unclear, audience_of, resolve};
use crate::{CampaignValue, Inputs};

/// How many answers are remembered before all are forgotten, for a judge that lives as long as an editor.
const MOST_ANSWERS: usize = 10_000;

/// Answers that were given already, by everything that they depend on but the plan. Shared between threads; the same
/// question has one answer.
#[derive(Debug, Default)]
pub struct Memo(Mutex<BTreeMap<String, Result<bool, Unknown>>>);

impl Memo {
    fn get(&self, key: &str) -> Option<Result<bool, Unknown>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: String, answer: Result<bool, Unknown>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_ANSWERS {
            known.clear();
        }
        known.insert(key, answer);
    }
}

/// Answers questions about the audience of one campaign.
#[derive(Debug)]
pub struct Answers<'a> {
    plan: &'a Plan,
    inputs: &'a Inputs,
    now: DateTime,
    memo: &'a Memo,
    sent: OnceCell<Result<Sent, Unknown>>,
}

/// To whom a campaign is sent, as far as it says.
#[derive(Debug)]
struct Sent {
    crowds: Vec<Formula>,
    values: Vec<(SmolStr, CampaignValue)>,
    /// Names all of the above.
    key: String,
}

impl Inclusion for Answers<'_> {
    fn could_include(&self, campaign: &Asset, wanted: &Arc<Formula>) -> Result<bool, Unknown> {
        let sent = self.sent.get_or_init(|| self.sent(campaign)).as_ref().map_err(Clone::clone)?;
        let mut key = sent.key.clone();
        // Writing to a string cannot fail.
        let _ = write!(key, " {wanted:?}");
        if let Some(known) = self.memo.get(&key) {
            return known;
        }
        let answer = self.decide(sent, wanted);
        self.memo.keep(key, answer.clone());
        answer
    }
}

impl<'a> Answers<'a> {
    /// Answers for the campaign of an asset that is judged at `now`. Conditions mean what `inputs` say; `memo` belongs
    /// to `plan`.
    pub fn new(plan: &'a Plan, inputs: &'a Inputs, now: DateTime, memo: &'a Memo) -> Self {
        Self { plan, inputs, now, memo, sent: OnceCell::new() }
    }

    fn sent(&self, campaign: &Asset) -> Result<Sent, Unknown> {
        let values = crate::judge::campaign_values(self.plan, campaign, self.now);
        let mut crowds = Vec::new();
        for named in audience_of(self.plan, campaign) {
            let crowd = resolve(self.plan, self.inputs, &named.whom).map_err(Unclear::unknown)?;
            crowds.push(crowd.formula);
        }
        if crowds.is_empty() {
            return Err(Unknown::NotGiven("campaign.audience".into()));
        }
        let key = format!("{} {crowds:?} {values:?}", self.now);
        Ok(Sent { crowds, values, key })
    }

    fn decide(&self, sent: &Sent, wanted: &Formula) -> Result<bool, Unknown> {
        let people = &self.plan.people;
        let settler = Settler::new(self.plan);
        let settled = |formula: &Formula| settler.settle(formula, &sent.values, self.now);
        let crowds = sent.crowds.iter().map(settled).collect();
        let wanted = settled(wanted);
        let mut solver = Solver::new(&people.schema, &people.definitions, Limits::default());
        let verdict = match (solver.people(&Formula::Or(crowds), self.now), solver.people(&wanted, self.now))
        {
            (Ok(audience), Ok(wanted)) => solver.is_disjoint(&audience, &wanted),
            (Err(undecided), _) | (_, Err(undecided)) => Verdict::Undecided(undecided),
        };
        match verdict {
            Verdict::Holds => Ok(false),
            Verdict::Fails(_) => Ok(true),
            Verdict::Undecided(undecided) => {
                Err(Unknown::Undecided(format!("whom the audience can include {}", reason(&undecided))))
            }
        }
    }
}

/// Why something could not be decided: `cannot be decided: …`.
pub fn reason(undecided: &Undecided) -> String {
    match &undecided.kind {
        UndecidedKind::NotUnderstood(words) => format!("cannot be decided: {}", words.join("; ")),
        UndecidedKind::TooComplex => "cannot be decided: that is too complex".into(),
    }
}

impl Unclear {
    /// The same as the reason why a value is unknown.
    pub fn unknown(self) -> Unknown {
        Unknown::Undecided(match self {
            Self::UnknownName(name, _) => format!("no audience is called `{name}`"),
            Self::Several(name, _) => format!("several audiences are called `{name}`"),
            Self::Mistake(words) => format!("the audience of the campaign has a mistake: {words}"),
            Self::NotRead => {
                "the condition that stands for an audience needs the policies, not their plan".into()
            }
            Self::Wrong(_, words, _) => format!("the audience of the campaign is none: {words}"),
        })
    }
}
