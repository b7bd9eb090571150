//! Names for conditions that are not understood: two with one name are one condition.

use std::fmt::Write as _;

use smol_str::SmolStr;

use super::Lowering;
use crate::model::expr::{ExprId, ExprKind};

/// Longer keys are cut: two that agree so far are hardly two conditions, and keys are kept in memory.
const LONGEST: usize = 2_000;

impl Lowering<'_> {
    /// What `id` is, without its place.
    pub fn key(&self, id: ExprId) -> SmolStr {
        let mut out = String::from(self.within.as_str());
        self.write(id, &mut out);
        // Cut keys carry the number, so that none of them is taken for another.
        if out.len() > LONGEST {
            let cut = (0..=LONGEST).rev().find(|at| out.is_char_boundary(*at)).unwrap_or_default();
            out.truncate(cut);
            let _ = write!(out, "#{}", id.0);
        }
        out.into()
    }

    fn write(&self, id: ExprId, out: &mut String) {
        if out.len() > LONGEST {
            return;
        }
        let list = |name: &str, ids: &[ExprId], out: &mut String| {
            let _ = write!(out, "{name}(");
            for id in ids {
                self.write(*id, out);
                out.push(',');
            }
            out.push(')');
        };
        match &self.body.get(id).kind {
            ExprKind::Field(base, name) => {
                self.write(*base, out);
                let _ = write!(out, ".{name}");
            }
            ExprKind::Compare(op, a, b) => list(&format!("{op:?}"), &[*a, *b], out),
            ExprKind::Arithmetic(op, a, b) => list(&format!("{op:?}"), &[*a, *b], out),
            ExprKind::Temporal(op, a, b) => list(&format!("{op:?}"), &[*a, *b], out),
            ExprKind::TextTest(op, a, b) => list(&format!("{op:?}"), &[*a, *b], out),
            ExprKind::Meets(op, a, b) => list(&format!("{op:?}"), &[*a, *b], out),
            ExprKind::In(a, b) | ExprKind::Has(b, a) => list("in", &[*a, *b], out),
            ExprKind::OrElse(a, b) => list("else", &[*a, *b], out),
            ExprKind::If(a, b, c) => list("if", &[*a, *b, *c], out),
            ExprKind::Negate(a) => list("-", &[*a], out),
            ExprKind::Not(a) => list("not", &[*a], out),
            ExprKind::IsKnown(a) => list("known", &[*a], out),
            ExprKind::Ago(a, past) => list(if *past { "ago" } else { "ahead" }, &[*a], out),
            ExprKind::HasShape(a, shape) => list(shape.name(), &[*a], out),
            ExprKind::Call(builtin, args) => list(&format!("{builtin:?}"), args, out),
            ExprKind::CallFn(path, args) => list(&path.0, args, out),
            ExprKind::List(items) => list("list", items, out),
            ExprKind::And(items) => list("and", items, out),
            ExprKind::Or(items) => list("or", items, out),
            ExprKind::Matches(text, needles) => {
                list("matches", &[*text], out);
                for needle in needles {
                    let _ = write!(out, "|{:?}/{:?}/{:?}", needle.text, needle.flags, needle.part_of_speech);
                }
            }
            ExprKind::InRange(..)
            | ExprKind::Interpolate(_)
            | ExprKind::Quantifier(..)
            | ExprKind::CouldInclude(_) => {
                let _ = write!(out, "{:?}#{}", self.tag, id.0);
            }
            leaf => {
                let _ = write!(out, "{leaf:?}");
            }
        }
    }
}
