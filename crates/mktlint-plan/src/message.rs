//! Texts with values in them.

use crate::value::show;
use crate::{Context, Message, Plan, Segment, eval};

/// `message` with its values, each as people write it: missing is `missing`, unknown `unknown`.
pub fn message<'a>(plan: &'a Plan, message: Message, context: &Context<'a>) -> String {
    let mut text = String::new();
    for segment in plan.list(message.0) {
        match *segment {
            Segment::Text(id) => text.push_str(plan.str(id)),
            Segment::Code(code) => text.push_str(&show::value(&eval(plan, code, context))),
        }
    }
    text
}
