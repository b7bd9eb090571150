//! Conditions as texts that do not depend on the numbers of a plan.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::FxHasher;

use crate::{CodeId, Op, Plan, Seq, Sought, dump};

/// What each code of a plan says: equal for codes that do the same, in whichever plan.
pub struct Words(Vec<u64>);

impl Words {
    /// Those of `plan`. A code runs only codes before it, so one pass is enough.
    pub fn of(plan: &Plan) -> Self {
        let mut words: Vec<u64> = Vec::with_capacity(plan.codes.len());
        for at in 0..plan.codes.len() {
            let id = CodeId(at as u32);
            let ops = plan.code(id).map_or(&[][..], |(_, ops)| ops);
            let lines = dump::code(plan, id);
            let mut hash: Vec<String> = Vec::with_capacity(lines.len());
            for (op, line) in ops.iter().zip(lines) {
                let earlier = |code: CodeId| words.get(code.index()).copied().unwrap_or_default();
                hash.push(match op {
                    Op::ForEach { quantifier, code, local } => {
                        format!("{quantifier:?} {local} {:x}", earlier(*code))
                    }
                    Op::Call { code, args } => format!("call {args} {:x}", earlier(*code)),
                    _ => line,
                });
            }
            words.push(BuildHasherDefault::<FxHasher>::default().hash_one(hash));
        }
        Self(words)
    }

    /// What `code` says; nothing for no code.
    pub fn code(&self, code: Option<CodeId>) -> String {
        code.map_or_else(String::new, |code| {
            format!("{:x}", self.0.get(code.index()).copied().unwrap_or_default())
        })
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
