//! What conditions gave, for explanations, failed tests and coverage.

use std::collections::BTreeMap;

use mktlint_diag::Place;
use mktlint_plan::{CodeId, Context, Judgement, Observer, OpId, Plan, Rule, Truth, Value, eval_observed};

/// The value of one expression of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// The expression.
    pub place: Place,
    /// Its value, as people write it: `true`, `missing`, `72`.
    pub value: String,
}

impl Observed {
    /// `length(it) <= 60: false`, given the text of the policy file.
    pub fn line(&self, policy: &str) -> String {
        let words = self.place.span.slice(policy).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{words}: {}", self.value)
    }
}

/// Sees what the expressions of rules give.
#[derive(Debug, Default)]
pub struct Watcher {
    /// In the order of evaluation.
    seen: Vec<(OpId, String)>,
    /// Whether each was ever true, and ever false.
    pub truths: BTreeMap<OpId, (bool, bool)>,
}

impl Observer for Watcher {
    fn saw(&mut self, op: OpId, value: &Value<'_>) {
        self.seen.push((op, clip(&value.to_string())));
        let (was_true, was_false) = self.truths.entry(op).or_default();
        *was_true |= value.truth() == Truth::True;
        *was_false |= value.truth() == Truth::False;
    }
}

/// The most characters of a value that are kept.
const MOST_SHOWN: usize = 60;

/// The start of a long text, in one line; a template tag in it as `{…}`.
pub(crate) fn clip(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{FFFC}', "{…}");
    match line.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

impl Watcher {
    /// Evaluates the guard of `rule` and, where that holds, its condition.
    pub fn watch<'a>(&mut self, plan: &'a Plan, rule: &Rule, context: &Context<'a>) {
        let holds = rule.guard.is_none_or(|guard| self.eval(plan, guard, context));
        if let (true, Judgement::Require(code) | Judgement::Forbid(code)) = (holds, rule.judgement) {
            self.eval(plan, code, context);
        }
    }

    fn eval<'a>(&mut self, plan: &'a Plan, code: CodeId, context: &Context<'a>) -> bool {
        eval_observed(plan, code, context, self).truth() == Truth::True
    }

    /// The expressions that were evaluated, in order, each with its last value.
    pub fn observed(&self, plan: &Plan) -> Vec<Observed> {
        let mut found: Vec<Observed> = Vec::new();
        for (op, value) in &self.seen {
            let Some(place) = plan.observed_at(*op).map(|place| plan.place(place)) else { continue };
            match found.iter_mut().find(|known| known.place == place) {
                Some(known) => known.value.clone_from(value),
                None => found.push(Observed { place, value: value.clone() }),
            }
        }
        found
    }
}
