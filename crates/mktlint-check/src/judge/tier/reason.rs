//! Why a change has its tier, for people.

use std::collections::BTreeSet;

use mktlint_hir::model::expr::Meeting;
use mktlint_plan::{
    ClaimId, Context, Datum, Observer, Op, OpId, Plan, Tier, TierClause, Truth, Value, eval_observed,
};

use crate::observe::clip;

/// More claims, countries or fields than these in one reason say nothing to anybody.
const MOST_NAMED: usize = 8;

/// The claim that raised it.
pub fn of_claim(plan: &Plan, claim: ClaimId, is_new: bool) -> String {
    let name = plan.claims.get(claim.index()).map_or("", |claim| plan.str(claim.head.name));
    let verb = if is_new { "makes" } else { "adds or rewords" };
    format!("it {verb} the claim `{name}`")
}

/// A line for each clause of the `when` that holds: its words, and what makes it hold.
pub fn of_clauses(plan: &Plan, tier: &Tier, context: &Context<'_>) -> Vec<String> {
    plan.list(tier.clauses).iter().filter_map(|clause| of_clause(plan, clause, context)).collect()
}

fn of_clause<'a>(plan: &'a Plan, clause: &TierClause, context: &Context<'a>) -> Option<String> {
    let mut seen = Seen { plan, context, facts: Vec::new(), fields: Vec::new(), list: Vec::new() };
    if eval_observed(plan, clause.condition, context, &mut seen).truth() != Truth::True {
        return None;
    }
    let words = format!("`{}`", clip(plan.str(clause.words)));
    let facts = seen.finish();
    Some(if facts.is_empty() { words } else { format!("{words}: {}", facts.join("; ")) })
}

/// What a condition looked at.
struct Seen<'p, 'c, 'a> {
    plan: &'p Plan,
    context: &'c Context<'a>,
    facts: Vec<String>,
    /// Fields with their values, in the order in which they were asked for.
    fields: Vec<(String, Vec<String>)>,
    /// The list of the policy that was pushed last.
    list: Vec<String>,
}

impl Observer for Seen<'_, '_, '_> {
    fn saw(&mut self, op: OpId, value: &Value<'_>) {
        match self.plan.ops.get(op.index()) {
            Some(Op::Const(_)) => self.list = items(value),
            Some(Op::Field(name)) => {
                let name = self.plan.str(*name).to_owned();
                self.fields.push((name, items(value)));
            }
            Some(Op::Meets(Meeting::Any)) if value.truth() == Truth::True => self.keep_shared(),
            Some(Op::UsesClaims(claims)) if value.truth() == Truth::True => {
                let said = |id: &ClaimId| self.context.claims.is_some_and(|claims| claims.says(*id));
                let named = self.plan.list(*claims).iter().filter(|id| said(id));
                let claims = named.filter_map(|id| self.plan.claims.get(id.index()));
                let names = claims.map(|claim| format!("`{}`", self.plan.short(claim.head.name))).collect();
                self.facts.push(format!("it makes the {}", counted("claim", names)));
            }
            Some(Op::ChangeTouches(kinds)) if value.truth() == Truth::True => {
                let changes = self.context.changes.into_iter().flatten();
                let shared = kinds.iter().filter(|kind| changes.clone().any(|own| own == kind));
                self.facts
                    .push(format!("changed: {}", listed(shared.map(|it| it.phrase().into()).collect())));
            }
            Some(Op::ChangeOnly(_)) if value.truth() == Truth::True => {
                let changes = self.context.changes.into_iter().flatten();
                let words: Vec<String> = changes.map(|kind| kind.phrase().into()).collect();
                let words = if words.is_empty() { "nothing".into() } else { listed(words) };
                self.facts.push(format!("changed: {words}"));
            }
            _ => {}
        }
    }
}

impl Seen<'_, '_, '_> {
    /// Of two lists that meet, what they share says why.
    fn keep_shared(&mut self) {
        if let Some((_, values)) = self.fields.last_mut() {
            let shared: Vec<String> = values.iter().filter(|it| self.list.contains(it)).cloned().collect();
            if !shared.is_empty() {
                *values = shared;
            }
        }
    }

    /// Each fact once.
    fn finish(mut self) -> Vec<String> {
        self.facts.extend(self.fields.into_iter().map(|(name, values)| field_words(&name, values)));
        let mut told = BTreeSet::new();
        self.facts.retain(|fact| told.insert(fact.clone()));
        self.facts
    }
}

fn field_words(name: &str, values: Vec<String>) -> String {
    let values = listed(values);
    match name {
        "regions" => format!("the campaign is seen in {values}"),
        "channel" => format!("it is sent on {values}"),
        _ => format!("`{name}` is {values}"),
    }
}

fn items(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::Known(Datum::List(list)) => list.iter().map(|item| clip(&item.to_string())).collect(),
        value => vec![clip(&value.to_string())],
    }
}

fn counted(noun: &str, names: Vec<String>) -> String {
    let plural = if names.len() == 1 { "" } else { "s" };
    format!("{noun}{plural} {}", listed(names))
}

/// `a, b`; the first ones of many.
fn listed(items: Vec<String>) -> String {
    let shown = items.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match items.len().checked_sub(MOST_NAMED) {
        Some(rest @ 1..) => format!("{shown} and {rest} more"),
        _ => shown,
    }
}
