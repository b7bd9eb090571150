//! The interpreter.

mod machine;
pub mod pure;

use crate::{CodeId, Context, OpId, Plan, Value};

/// Sees the values that instructions give, for explanations and coverage.
pub trait Observer {
    /// `op` gave `value`. Ask [`Plan::observed_at`] where the policy says it.
    fn saw(&mut self, op: OpId, value: &Value<'_>);
}

/// Sees nothing.
impl Observer for () {
    fn saw(&mut self, _op: OpId, _value: &Value<'_>) {}
}

/// What `code` gives. Never fails and never runs long: after 4 million steps the result is unknown.
///
/// `plan` is that of `context`, and one that [`crate::verify`] accepts; a code of another plan gives some value or
/// unknown.
pub fn eval<'a>(plan: &'a Plan, code: CodeId, context: &Context<'a>) -> Value<'a> {
    eval_observed(plan, code, context, &mut ())
}

/// The same, and shows every value on the way to `observer`, in the order of evaluation.
pub fn eval_observed<'a>(
    plan: &'a Plan,
    code: CodeId,
    context: &Context<'a>,
    observer: &mut impl Observer,
) -> Value<'a> {
    machine::Machine::new(plan, context, observer).run_alone(code, Vec::new())
}
