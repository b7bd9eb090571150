//! A declaration has a clause that its kind does not know.

use mktlint_diag::{Code, Level};
use mktlint_syntax::ast::Name;

use crate::draft::Draft;

/// A declaration has a clause that its kind does not know.
pub static CODE: Code = Code {
    id: "MKT0102",
    slug: "unknown-clause",
    level: Level::Error,
    page: include_str!("../../explain/MKT0102.md"),
};

/// `needz` in a `claim`.
pub fn of(head: &Name, kind: &str, near: Option<&str>, known: &[&str]) -> Draft {
    let draft = Draft::new(&CODE, head.span, format!("a `{kind}` has no clause `{}`", head.text));
    match near {
        Some(near) => draft.did_you_mean(Some(near)),
        None => {
            let list: Vec<String> = known.iter().take(5).map(|word| format!("`{word}`")).collect();
            draft.help(format!("a `{kind}` can have {}", list.join(", ")))
        }
    }
}
