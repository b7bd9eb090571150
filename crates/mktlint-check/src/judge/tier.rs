//! `tier`: how risky a change is.

mod reason;

use std::collections::BTreeSet;
use std::rc::Rc;

use mktlint_asset::{Asset, Format, Kind};
use mktlint_diag::FilePath;
use mktlint_hir::model::change::{ChangeKind, Changes};
use mktlint_plan::{ClaimFacts, ClaimId, Context, Plan, StrId, Tier, Truth, Value, eval};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::{Judge, Run, now};
use crate::people::Answers;
use crate::{Inputs, TierFact};

/// What is changed as one, as far as tiers ask about it.
#[derive(Clone, Copy, Debug)]
pub enum TierSubject<'a> {
    /// A campaign, by its manifest.
    Campaign(&'a Asset),
    /// An asset that belongs to no campaign. What tiers ask about a campaign is not known of it.
    Asset(&'a Asset),
    /// The policy. What tiers ask about a campaign is not known of it, and nobody could give it.
    Policy,
}

/// A change, as far as its tier depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'a> {
    /// What changed.
    pub subject: TierSubject<'a>,
    /// How it differs from what it was.
    pub changes: &'a Changes,
    /// Full names of the claims that it makes now.
    pub claims: &'a BTreeSet<SmolStr>,
    /// Full names of those that it did not make before, or made in another sentence.
    pub changed_claims: &'a BTreeSet<SmolStr>,
}

impl Judge {
    /// The tier of a change.
    ///
    /// The compiler proves that one tier claims each change (a tier claims it when its `when` holds, and that of no tier
    /// it yields to does; the tier without `when` takes the rest). A claim that is added or reworded and names a graver
    /// tier raises it to that. When no tier surely claims a change, it has the gravest that could, and
    /// [`TierFact::undecided`] names what is missing. Of two that claim it, which the compiler does not let pass, the
    /// graver counts.
    pub fn tier(&self, inputs: &Inputs, changed: &Changed<'_>) -> TierFact {
        let plan = &*self.plan;
        let blank = Asset::new(FilePath::new(""), Kind::Post, Format::Text, Span::at(0));
        let asset = match changed.subject {
            TierSubject::Campaign(asset) | TierSubject::Asset(asset) => asset,
            TierSubject::Policy => &blank,
        };
        let now = now(asset, None, inputs);
        let claims = ClaimFacts::new(ids(plan, changed.claims));
        let mut context = Context::new(plan, asset, now);
        // A policy is of every campaign, so what these claim is not known of it.
        context.claims = (!matches!(changed.subject, TierSubject::Policy)).then_some(&claims);
        context.changes = Some(changed.changes);
        context.people = Some(Rc::new(Answers::new(plan, inputs, now, &self.memo)));
        let raising = ids(plan, changed.changed_claims);
        let is_policy = matches!(changed.subject, TierSubject::Policy);
        Question { plan, context: &context, raising: &raising, is_new: false, is_policy }.answer()
    }
}

fn ids(plan: &Plan, names: &BTreeSet<SmolStr>) -> Vec<ClaimId> {
    names.iter().filter_map(|name| plan.claim_named(name)).collect()
}

/// The tier of a manifest as it stands: as if all of it were new.
pub fn tier(run: &Run<'_>) -> TierFact {
    let claims = run.claims();
    let every: Changes = ChangeKind::ALL.into_iter().filter(|kind| !kind.is_of_policy()).collect();
    let mut context = run.context(claims.as_deref());
    context.changes = Some(&every);
    let raising: Vec<ClaimId> = claims.iter().flat_map(|claims| claims.iter()).collect();
    let question =
        Question { plan: run.plan, context: &context, raising: &raising, is_new: true, is_policy: false };
    question.answer()
}

/// What there is to say about the tier of one change.
struct Question<'q, 'a> {
    plan: &'a Plan,
    context: &'q Context<'a>,
    /// The claims whose own tier counts.
    raising: &'q [ClaimId],
    /// Whether all of it counts as new.
    is_new: bool,
    is_policy: bool,
}

/// Whether a condition holds; when that is not known, what is missing.
#[derive(Clone)]
enum Answer {
    Yes,
    No,
    Open(String),
}

impl Question<'_, '_> {
    fn answer(&self) -> TierFact {
        let tiers = &self.plan.tiers;
        let whens: Vec<Answer> = tiers.iter().map(|tier| self.when(tier)).collect();
        let answers: Vec<Answer> =
            tiers.iter().zip(&whens).map(|(tier, own)| self.unless_it_yields(tier, own, &whens)).collect();
        let last = |wanted: fn(&Answer) -> bool| answers.iter().rposition(wanted);
        let default = tiers.iter().rposition(|tier| tier.when.is_none());
        let sure = last(|answer| matches!(answer, Answer::Yes));
        let open = last(|answer| matches!(answer, Answer::Open(_)));
        let raised = self.raised();
        let claimed = match sure {
            Some(at) => Some(at),
            None => default.max(open),
        };
        let mut fact = match raised.filter(|(at, _)| Some(*at) > claimed) {
            Some((at, claim)) => self.found(at, reason::of_claim(self.plan, claim, self.is_new)),
            None => match claimed {
                None => return TierFact::default(),
                Some(at) if sure == Some(at) => self.by_condition(at),
                Some(at) if default == Some(at) => self.found(at, "nothing gives it another tier".into()),
                Some(at) => self.found(at, self.perhaps(&answers, at)),
            },
        };
        // What is missing only matters where it decides.
        let certain = raised.map(|(at, _)| at).max(default);
        if sure.is_none() && !self.is_policy {
            fact.undecided = self.missing(&answers, certain);
        }
        fact
    }

    fn when(&self, tier: &Tier) -> Answer {
        let Some(code) = tier.when else { return Answer::No };
        let value = eval(self.plan, code, self.context);
        match value.truth() {
            Truth::True => Answer::Yes,
            Truth::False => Answer::No,
            Truth::Unknown => Answer::Open(
                Value::as_unknown(&value).map_or_else(|| "it has no answer".into(), ToString::to_string),
            ),
        }
    }

    /// Whether `tier`, whose `when` is `own`, claims the change once the tiers it yields to had theirs.
    fn unless_it_yields(&self, tier: &Tier, own: &Answer, whens: &[Answer]) -> Answer {
        let mut answer = own.clone();
        for name in self.plan.list(tier.yields) {
            let other = self.plan.tiers.iter().position(|tier| tier.name == *name);
            answer = match (answer, other.and_then(|at| whens.get(at))) {
                (Answer::No, _) | (_, Some(Answer::Yes)) => return Answer::No,
                (Answer::Yes, Some(Answer::Open(why))) => Answer::Open(why.clone()),
                (answer, _) => answer,
            };
        }
        answer
    }

    /// The gravest tier that a claim names, and the claim.
    fn raised(&self) -> Option<(usize, ClaimId)> {
        let named = self.raising.iter().filter_map(|claim| {
            let name = self.plan.claims.get(claim.index())?.tier?;
            Some((self.plan.tiers.iter().position(|tier| self.is_called(tier, name))?, *claim))
        });
        named.reduce(|one, other| if other.0 > one.0 { other } else { one })
    }

    fn is_called(&self, tier: &Tier, name: StrId) -> bool {
        tier.name == name || self.plan.short(tier.name) == self.plan.str(name)
    }

    fn by_condition(&self, at: usize) -> TierFact {
        let reasons = self.plan.tiers.get(at).map(|tier| reason::of_clauses(self.plan, tier, self.context));
        TierFact { reasons: reasons.unwrap_or_default(), ..self.found(at, String::new()) }
    }

    /// Why it could be this tier.
    fn perhaps(&self, answers: &[Answer], at: usize) -> String {
        match answers.get(at) {
            _ if self.is_policy => "its `when` asks about a campaign, and a policy is of none".into(),
            Some(Answer::Open(why)) => format!("it could have this tier: {why}"),
            _ => "it could have this tier".into(),
        }
    }

    fn found(&self, at: usize, reason: String) -> TierFact {
        let Some(tier) = self.plan.tiers.get(at) else { return TierFact::default() };
        TierFact {
            tier: Some(self.plan.short(tier.name).into()),
            place: Some(self.plan.place(tier.when_place)),
            reasons: vec![reason],
            undecided: Vec::new(),
        }
    }

    /// What is missing of the tiers that are graver than the one at `certain`.
    fn missing(&self, answers: &[Answer], certain: Option<usize>) -> Vec<String> {
        let tiers = self.plan.tiers.iter().zip(answers).enumerate();
        let graver = tiers.filter(|(at, _)| certain.is_none_or(|certain| *at > certain));
        let open = graver.filter_map(|(_, (tier, answer))| match answer {
            Answer::Open(why) => Some(format!("for `{}`, {why}", self.plan.short(tier.name))),
            Answer::Yes | Answer::No => None,
        });
        open.collect()
    }
}
