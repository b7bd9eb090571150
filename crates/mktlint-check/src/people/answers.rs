//! `audience could include { … }`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::DateTime;
use mktlint_asset::Asset;
use mktlint_decide::{Formula, Limits, Solver, Undecided, UndecidedKind, Verdict};
use mktlint_plan::{Inclusion, Plan, Unknown};

use super::{Settler, Unclear, audience_of, resolve};
use crate::Inputs;

/// Answers that were given already, by what was asked. Shared between threads; the same question has one answer.
#[derive(Debug, Default)]
pub struct Memo(Mutex<BTreeMap<String, Result<bool, Unknown>>>);

impl Memo {
    /// Forgets them: campaigns are told apart by their files, and the fixtures of tests are all called alike.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Answers questions about the audience of a campaign.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Whom conditions in manifests mean.
    pub inputs: &'a Inputs,
    /// The moment that conditions are judged at.
    pub now: DateTime,
    /// What was asked before.
    pub memo: &'a Memo,
}

impl Inclusion for Answers<'_> {
    fn could_include(&self, campaign: &Asset, wanted: &Arc<Formula>) -> Result<bool, Unknown> {
        let mut key = String::new();
        // Writing to a string cannot fail.
        let _ = write!(key, "{} {} {wanted:?}", campaign.file, self.now);
        if let Some(known) = self.memo.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let answer = self.decide(campaign, wanted);
        self.memo.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, answer.clone());
        answer
    }
}

impl Answers<'_> {
    fn decide(&self, campaign: &Asset, wanted: &Formula) -> Result<bool, Unknown> {
        let people = &self.plan.people;
        let settler = Settler::new(self.plan);
        let values = crate::judge::campaign_values(self.plan, campaign, self.now);
        let mut crowds = Vec::new();
        for named in audience_of(self.plan, campaign) {
            let crowd = resolve(self.plan, self.inputs, &named.whom).map_err(|unclear| unclear.unknown())?;
            crowds.push(settler.settle(&crowd.formula, &values, self.now));
        }
        if crowds.is_empty() {
            return Err(Unknown::NotGiven("campaign.audience".into()));
        }
        let wanted = settler.settle(wanted, &values, self.now);
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
