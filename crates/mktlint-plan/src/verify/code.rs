//! Jumps, stack depths and what instructions refer to.

use super::{MAX_DEPTH, VerifyError};
use crate::eval::pure::arity;
use crate::verify::rows::Row;
use crate::{Code, CodeId, Op, Plan};

/// Checks every code.
pub fn codes(plan: &Plan) -> Result<(), VerifyError> {
    let mut depths: Vec<u16> = Vec::with_capacity(plan.codes.len());
    let mut stack = Stack::default();
    let mut next = 0;
    for (code, at) in plan.codes.iter().zip(0_u32..) {
        let fail = |problem| VerifyError::new(format!("code {at}"), problem);
        // Codes lie end to end, so that no instruction belongs to two and their sizes add up.
        if code.ops.start != next || plan.list(code.ops).len() != code.ops.len() {
            return Err(fail("its instructions are somewhere else"));
        }
        next += code.ops.len;
        let depth = references(plan, code, CodeId(at), &depths).map_err(fail)?;
        stack.check(plan.list(code.ops)).map_err(fail)?;
        depths.push(depth);
    }
    if next as usize != plan.ops.len() {
        return Err(VerifyError::new("ops", "some belong to no code"));
    }
    Ok(())
}

/// Checks what the instructions refer to; how many codes run inside each other.
fn references(plan: &Plan, code: &Code, id: CodeId, depths: &[u16]) -> Result<u16, &'static str> {
    let mut depth = 0;
    for op in plan.list(code.ops) {
        if !op.holds(plan) {
            return Err("an instruction refers to what is not there");
        }
        let (inner, frame) = match *op {
            Op::ForEach { code: inner, local, .. } => {
                let locals = plan.codes.get(inner.index()).map_or(0, |inner| inner.locals);
                (inner, locals.max(local.saturating_add(1)))
            }
            Op::Call { code: inner, .. } => (inner, 0),
            Op::Local(n) => (CodeId(u32::MAX), n.saturating_add(1)),
            _ => continue,
        };
        if frame > code.locals {
            return Err("a variable lies outside of its frame");
        }
        if matches!(op, Op::Local(_)) {
            continue;
        }
        if inner >= id {
            return Err("it runs itself");
        }
        depth = depth.max(depths.get(inner.index()).copied().unwrap_or(0));
    }
    if depth >= MAX_DEPTH { Err("too many codes run inside each other") } else { Ok(depth + 1) }
}

/// How many values are on the stack before each instruction.
#[derive(Default)]
struct Stack {
    before: Vec<Option<u32>>,
}

impl Stack {
    /// Checks that every path is as deep wherever it meets another, and leaves one value.
    fn check(&mut self, ops: &[Op]) -> Result<(), &'static str> {
        self.before.clear();
        self.before.resize(ops.len() + 1, None);
        self.before[0] = Some(0);
        for (at, op) in ops.iter().enumerate() {
            let depth = self.before[at].ok_or("an instruction is never reached")?;
            self.step(*op, at, depth)?;
        }
        if self.before[ops.len()] == Some(1) { Ok(()) } else { Err("it does not leave one value") }
    }

    fn step(&mut self, op: Op, at: usize, depth: u32) -> Result<(), &'static str> {
        let takes = arity(op).map_or_else(|| u32::from(!matches!(op, Op::Skip(_))), |n| n as u32);
        let left = depth.checked_sub(takes).ok_or("the stack runs empty")?;
        let next = at + 1;
        match op {
            Op::Skip(by) => self.reach(next, by, depth),
            Op::SkipIfFalse(by) | Op::SkipIfTrue(by) => {
                self.reach(next, by, depth)?;
                self.reach(next, 0, depth)
            }
            Op::SkipUnlessMissing(by) => {
                self.reach(next, by, depth)?;
                self.reach(next, 0, left)
            }
            Op::Branch { otherwise, end } => {
                self.reach(next, otherwise, left)?;
                self.reach(next, end, depth)?;
                self.reach(next, 0, left)
            }
            _ => self.reach(next, 0, left + 1),
        }
    }

    fn reach(&mut self, next: usize, by: u32, depth: u32) -> Result<(), &'static str> {
        let target = self.before.get_mut(next.saturating_add(by as usize)).ok_or("a jump leads out of it")?;
        match *target.get_or_insert(depth) == depth {
            true => Ok(()),
            false => Err("two paths that meet leave different stacks"),
        }
    }
}
