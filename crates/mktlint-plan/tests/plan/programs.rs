//! What observers see, and when an evaluation gives up.

use mktlint_asset::Kind;
use mktlint_hir::model::expr::{Comparison, ExprKind, Quantifier};
use mktlint_plan::{Context, Judgement, Observer, OpId, Plan, Value, eval, eval_observed, lower};

use crate::assets::Draft;
use crate::policy::{Exprs, prelude, program, require};

fn now() -> jiff::civil::DateTime {
    jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0)
}

fn code(plan: &Plan) -> mktlint_plan::CodeId {
    let Judgement::Require(code) = plan.rules[0].judgement else { panic!("a requirement") };
    code
}

/// Writes down values with the numbers of their expressions.
struct Seen<'p>(&'p Plan, Vec<(u32, String)>);

impl Observer for Seen<'_> {
    fn saw(&mut self, op: OpId, value: &Value<'_>) {
        if let Some(place) = self.0.observed_at(op) {
            self.1.push((place.start - 100, value.to_string()));
        }
    }
}

#[test]
fn observers_see_fields_and_conditions_with_their_places() {
    let mut exprs = Exprs::default();
    let size = exprs.field(ExprKind::It, "size"); // 1
    let ten = exprs.int(10);
    let small = exprs.add(ExprKind::Compare(Comparison::Less, size, ten)); // 3
    let title = exprs.field(ExprKind::It, "title"); // 5
    let known = exprs.add(ExprKind::IsKnown(title)); // 6
    let either = exprs.add(ExprKind::Or(vec![small, known]));
    let mut items = prelude();
    items.push(require(exprs, either));
    let plan = lower(&program(items));
    let mut draft = Draft::new(Kind::Email);
    draft.words("size", "3");
    let context = Context::new(&plan, &draft.asset, now());
    let mut seen = Seen(&plan, Vec::new());
    assert_eq!(eval_observed(&plan, code(&plan), &context, &mut seen), Value::bool(true));
    assert_eq!(seen.1, [(1, "3".to_owned()), (3, "true".to_owned())]);
}

#[test]
fn loops_inside_loops_give_up_rather_than_run_for_hours() {
    let mut exprs = Exprs::default();
    let words = exprs.field(ExprKind::Local(5), "text");
    let known = exprs.add(ExprKind::IsKnown(words));
    let mut inner = exprs.add(ExprKind::Not(known));
    for local in (0..6).rev() {
        let links = exprs.add(ExprKind::Parts("Link".into()));
        inner = exprs.add(ExprKind::Quantifier(Quantifier::Any, links, local, inner));
    }
    let mut items = prelude();
    items.push(require(exprs, inner));
    let plan = lower(&program(items));
    let mut draft = Draft::new(Kind::Email);
    for _ in 0..200 {
        draft.link("a", "https://a.example");
    }
    let context = Context::new(&plan, &draft.asset, now());
    let value = eval(&plan, code(&plan), &context);
    let reason = value.as_unknown().map(ToString::to_string);
    assert_eq!(reason.as_deref(), Some("a value or a condition is too large to compute"));
}
