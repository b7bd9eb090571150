//! Conditions as texts that do not depend on the numbers of a plan.

use std::collections::BTreeMap;

use crate::{CodeId, Op, Plan, Seq, Sought, dump};

/// Every code that was met, whichever plan it came from.
#[derive(Default)]
pub struct Codes(BTreeMap<Vec<String>, usize>);

/// What each code of a plan says, as the number that [`Codes`] gave it: equal for codes that do the same.
pub struct Words(Vec<usize>);

impl Words {
    /// Those of `plan`. A code runs only codes before it, so one pass is enough.
    pub fn of(plan: &Plan, codes: &mut Codes) -> Self {
        let mut words = Self(Vec::with_capacity(plan.codes.len()));
        for at in 0..plan.codes.len() {
            let says = words.instructions(plan, CodeId(at as u32));
            let next = codes.0.len();
            words.0.push(*codes.0.entry(says).or_insert(next));
        }
        words
    }

    fn instructions(&self, plan: &Plan, id: CodeId) -> Vec<String> {
        let ops = plan.code(id).map_or(&[][..], |(_, ops)| ops);
        let says = |(op, line): (&Op, String)| match op {
            Op::ForEach { quantifier, code, local } => {
                format!("{quantifier:?} {local} {}", self.code(Some(*code)))
            }
            Op::Call { code, args } => format!("call {args} {}", self.code(Some(*code))),
            _ => line,
        };
        ops.iter().zip(dump::code(plan, id)).map(says).collect()
    }

    /// What `code` says; nothing for no code.
    pub fn code(&self, code: Option<CodeId>) -> String {
        let number = code.and_then(|code| self.0.get(code.index()));
        number.map_or_else(String::new, usize::to_string)
    }
}

/// What is looked for, as policies write it.
pub fn sought(plan: &Plan, sought: Seq<Sought>) -> Vec<String> {
    let one = |sought: &Sought| {
        let words = dump::pattern(plan, sought.pattern);
        match &sought.part_of_speech {
            Some(part) => format!("{words} as {part:?}").to_lowercase(),
            None => words,
        }
    };
    plan.list(sought).iter().map(one).collect()
}
