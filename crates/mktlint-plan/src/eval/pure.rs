//! Instructions that look at nothing but their operands; lowering folds constants with them.

use mktlint_hir::model::builtin::Builtin;

use crate::builtin;
use crate::value::{arithmetic, compare, show};
use crate::{Op, TextValue, Unknown, Value};

/// The longest text that an evaluation makes; `"{a}{a}"` in a chain of `let` doubles it each time.
pub const LONGEST_TEXT: usize = 1 << 20;

/// How many values `op` takes from the stack, when it leaves exactly one in their place and does not jump.
pub fn arity(op: Op) -> Option<usize> {
    Some(match op {
        Op::Const(_)
        | Op::Missing
        | Op::Unknown(_)
        | Op::Now
        | Op::It
        | Op::Asset
        | Op::Campaign
        | Op::Fact(_)
        | Op::Match => 0,
        Op::Local(_) | Op::Parts(_) | Op::UsesClaims(_) | Op::CouldInclude(_) => 0,
        Op::ChangeOnly(_) | Op::ChangeTouches(_) => 0,
        Op::Field(_) | Op::Not | Op::Truth | Op::Negate | Op::IsKnown | Op::Ago(_) | Op::Matches(_) => 1,
        Op::CountMatches(_) | Op::HasShape(_) | Op::ForEach { .. } => 1,
        Op::And | Op::Or | Op::Compare(_) | Op::Arithmetic(_) | Op::In | Op::Temporal(_) => 2,
        Op::TextTest(_) | Op::Meets(_) => 2,
        Op::InRange { least, greatest, .. } => 1 + usize::from(least) + usize::from(greatest),
        Op::Interpolate(n) | Op::List(n) => usize::from(n),
        Op::Builtin(builtin) => n_params(builtin),
        Op::Call { args, .. } => usize::from(args),
        Op::SkipIfFalse(_)
        | Op::SkipIfTrue(_)
        | Op::SkipUnlessMissing(_)
        | Op::Branch { .. }
        | Op::Skip(_) => {
            return None;
        }
    })
}

fn n_params(builtin: Builtin) -> usize {
    builtin.signature().map_or(1, |signature| signature.params.len())
}

/// What `op` gives; `None` when it looks at more than its operands, which are as many as its [`arity`].
pub fn apply<'a>(op: Op, operands: &[Value<'a>]) -> Option<Value<'a>> {
    Some(match (op, operands) {
        (Op::Missing, []) => Value::Missing,
        (Op::Not, [value]) => compare::not(value.clone()),
        (Op::Truth, [value]) => compare::truth(value.clone()),
        (Op::And, [_, _]) => compare::all(operands.iter().cloned()),
        (Op::Or, [_, _]) => compare::any(operands.iter().cloned()),
        (Op::Negate, [value]) => arithmetic::negate(value),
        (Op::IsKnown, [value]) => is_known(value),
        (Op::Compare(comparison), [left, right]) => compare::compare(comparison, left, right),
        (Op::Arithmetic(operator), [left, right]) => arithmetic::arithmetic(operator, left, right),
        (Op::In, [item, list]) => compare::contains(list, item),
        (Op::InRange { least, inclusive, .. }, [value, bounds @ ..]) => {
            let (low, high) = if least { (bounds.first(), bounds.get(1)) } else { (None, bounds.first()) };
            compare::in_range(value, low, high, inclusive)
        }
        (Op::TextTest(test), [text, part]) => compare::text_test(test, text, part),
        (Op::HasShape(shape), [text]) => compare::on_text(text, |words| shape.matches(words.as_str())),
        (Op::Meets(meeting), [left, right]) => compare::meets(meeting, left, right),
        (Op::Interpolate(_), parts) => interpolate(parts),
        // An item that any subject may stand for makes the list one, since two lists are compared as they are.
        (Op::List(_), items) => {
            match items.iter().find(|item| item.as_unknown() == Some(&Unknown::AnySubject)) {
                Some(any) => any.clone(),
                None => Value::list(items.to_vec()),
            }
        }
        (Op::Builtin(function), args) if builtin::is_pure(function) => builtin::call(function, args),
        _ => return None,
    })
}

/// Whether a value is there.
pub fn is_known<'a>(value: &Value<'a>) -> Value<'a> {
    match value {
        Value::Known(_) => Value::bool(true),
        Value::Missing => Value::bool(false),
        Value::Unknown(_) => value.clone(),
    }
}

/// The parts as people write them, end to end.
pub fn interpolate<'a>(parts: &[Value<'a>]) -> Value<'a> {
    if let Some(unknown) = compare::first_unknown(parts) {
        return unknown;
    }
    let mut text = String::new();
    for part in parts {
        text.push_str(&show::value(part));
        if text.len() > LONGEST_TEXT {
            return Value::unknown(Unknown::TooLarge);
        }
    }
    Value::Known(crate::Datum::Text(TextValue::new(text)))
}
