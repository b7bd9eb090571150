//! Conditions as texts that do not depend on the numbers of a plan.

use sha2::{Digest, Sha256};

use crate::{CodeId, Op, Plan, Seq, Sought, dump};

/// What each code of a plan says, as a digest: equal for codes that do the same, whichever plan they came from.
pub struct Words(Vec<String>);

impl Words {
    /// Those of `plan`. A code runs only codes before it, so one pass is enough.
    pub fn of(plan: &Plan) -> Self {
        let mut words = Self(Vec::with_capacity(plan.codes.len()));
        for at in 0..plan.codes.len() {
            let mut digest = Sha256::new();
            for line in words.instructions(plan, CodeId(at as u32)) {
                digest.update((line.len() as u64).to_le_bytes());
                digest.update(line);
            }
            words.0.push(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
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
        code.and_then(|code| self.0.get(code.index())).cloned().unwrap_or_default()
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
