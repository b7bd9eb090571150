//! An exception names a rule that is not in force.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// An exception names a rule that is not in force.
pub static CODE: Code = Code {
    id: "MKT0515",
    slug: "unknown-rule",
    level: Level::Error,
    page: include_str!("../../explain/MKT0515.md"),
};

/// No rule in force is called `rule`; `meant` is one that is.
pub(crate) fn unknown_rule(place: Place, rule: &str, meant: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&CODE, place, format!("no rule in force is called `{rule}`"));
    match meant {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic.help("`mktlint rules` lists the rules in force"),
    }
}
