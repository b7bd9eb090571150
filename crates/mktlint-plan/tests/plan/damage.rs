//! Plans that do not hold together.

use mktlint_hir::model::expr::{Comparison, ExprKind, Quantifier};
use mktlint_plan::{CodeId, ConstId, Op, OpId, Plan, RuleId, lower, verify};

use crate::policy::{Exprs, prelude, program, require};

/// Two codes: a loop's condition, and `if any link … then 1 else 2`.
fn plan() -> Plan {
    let mut exprs = Exprs::default();
    let links = exprs.add(ExprKind::Parts("Link".into()));
    let words = exprs.field(ExprKind::Local(0), "text");
    let known = exprs.add(ExprKind::IsKnown(words));
    let any = exprs.add(ExprKind::Quantifier(Quantifier::Any, links, 0, known));
    let it = exprs.add(ExprKind::It);
    let same = exprs.add(ExprKind::Compare(Comparison::Equal, it, it));
    let one = exprs.int(1);
    let chosen = exprs.add(ExprKind::If(any, same, one));
    let mut items = prelude();
    items.push(require(exprs, chosen));
    lower(&program(items))
}

#[track_caller]
fn check(damage: impl FnOnce(&mut Plan), expected: &str) {
    let mut plan = plan();
    verify(&plan).expect("what lowering makes is sound");
    damage(&mut plan);
    assert_eq!(verify(&plan).expect_err("a damaged plan").to_string(), expected);
}

fn position(plan: &Plan, wanted: impl Fn(&Op) -> bool) -> usize {
    plan.ops.iter().position(wanted).expect("the instruction")
}

#[test]
fn damage_is_found() {
    check(|plan| plan.ops[0] = Op::Const(ConstId(99)), "code 0: an instruction refers to what is not there");
    check(|plan| plan.ops[0] = Op::Local(7), "code 0: a variable lies outside of its frame");
    check(|plan| plan.ops[0] = Op::And, "code 0: the stack runs empty");
    check(|plan| plan.ops[1] = Op::It, "code 0: it does not leave one value");
    check(|plan| plan.ops[0] = Op::Skip(0), "code 0: the stack runs empty");
    check(|plan| plan.ops[2] = Op::SkipIfTrue(9), "code 0: a jump leads out of it");
    check(|plan| plan.codes[1].ops = plan.codes[0].ops, "code 1: its instructions are somewhere else");
    check(|plan| plan.codes.truncate(1), "rules: row 0 refers to what is not there");
    check(|plan| plan.ops.push(Op::It), "ops: some belong to no code");
    check(|plan| plan.consts.clear(), "code 1: an instruction refers to what is not there");
    check(|plan| plan.records.truncate(3), "records: there are too many or too few");
    check(|plan| plan.observed[0].0 = OpId(999), "patterns: they are out of order");
    check(|plan| plan.rules[0].guard = Some(CodeId(9)), "rules: row 0 refers to what is not there");
    assert!(plan().rule(RuleId(0)).is_some());
}

#[test]
fn a_code_that_runs_itself_is_found() {
    check(
        |plan| {
            let at = position(plan, |op| matches!(op, Op::ForEach { .. }));
            plan.ops[at] = Op::Call { code: CodeId(1), args: 1 };
        },
        "code 1: it runs itself",
    );
}

#[test]
fn paths_that_meet_must_agree() {
    check(
        |plan| {
            let at = position(plan, |op| matches!(op, Op::Skip(_)));
            plan.ops[at] = Op::Skip(0);
        },
        "code 1: two paths that meet leave different stacks",
    );
}
