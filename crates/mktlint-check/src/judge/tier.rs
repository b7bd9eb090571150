//! `tier`: how risky a campaign is, from its content.

use mktlint_plan::{Plan, Tier, Truth, Value, eval};

use super::Run;
use crate::TierFact;

/// The tier of a manifest. Tiers are declared from harmless to grave, so the last whose `when` holds counts, and a
/// claim that is said and names a tier raises it to that; the one without `when` is for all others. A graver tier whose
/// `when` has no answer is named among the undecided.
pub fn tier(run: &Run<'_>) -> TierFact {
    let plan = run.plan;
    let mut fact = TierFact::default();
    let default = plan.tiers.iter().position(|tier| tier.when.is_none());
    for (at, tier) in plan.tiers.iter().enumerate().rev() {
        if let Some(reason) = by_claim(run, tier) {
            return found(plan, fact, at, reason);
        }
        match tier.when.map(|code| eval_when(run, code)) {
            Some((Truth::True, _)) => return found(plan, fact, at, "its `when` holds".into()),
            // A tier that is less grave than the one for all others could only lower it.
            Some((Truth::Unknown, why)) if default.is_none_or(|default| at > default) => {
                fact.undecided.push(format!("for `{}`, {why}", short(plan, tier)));
            }
            Some((Truth::Unknown | Truth::False, _)) | None => {}
        }
    }
    match default {
        Some(at) => found(plan, fact, at, "nothing gives it another tier".into()),
        None => fact,
    }
}

fn found(plan: &Plan, mut fact: TierFact, at: usize, reason: String) -> TierFact {
    if let Some(tier) = plan.tiers.get(at) {
        fact.tier = Some(short(plan, tier).into());
        fact.place = Some(plan.place(tier.when_place));
    }
    // Of tiers less grave than the one that was found it does not matter what is missing.
    fact.undecided.reverse();
    fact.reasons.push(reason);
    fact
}

fn eval_when(run: &Run<'_>, code: mktlint_plan::CodeId) -> (Truth, String) {
    let claims = run.claims();
    let context = run.context(claims.as_deref());
    let value = eval(run.plan, code, &context);
    let why = value.as_unknown().map_or_else(|| "it has no answer".into(), ToString::to_string);
    (Value::truth(&value), why)
}

/// A claim of the campaign that names `tier`.
fn by_claim(run: &Run<'_>, tier: &Tier) -> Option<String> {
    let plan = run.plan;
    let known = run.claims()?;
    let named = plan.claims.iter().zip(0..).find(|(claim, at)| {
        let names_it = claim.tier.is_some_and(|id| plan.str(id) == short(plan, tier) || id == tier.name);
        names_it && known.says(mktlint_plan::ClaimId(*at))
    });
    named.map(|(claim, _)| format!("it makes the claim `{}`", plan.str(claim.head.name)))
}

fn short<'p>(plan: &'p Plan, tier: &Tier) -> &'p str {
    let name = plan.str(tier.name);
    name.rsplit('.').next().unwrap_or(name)
}
