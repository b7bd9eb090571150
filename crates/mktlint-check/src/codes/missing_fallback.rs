//! A template tag has no fallback, and the policy asks for one.

use mktlint_diag::{Code, Diagnostic, Level, Place};

/// A template tag has no fallback, and the policy asks for one.
pub static CODE: Code = Code {
    id: "MKT0521",
    slug: "missing-fallback",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0521.md"),
};

/// The tag `name` prints nothing when the value is missing; `fallback` is what its `merge` would print.
pub(crate) fn missing_fallback(place: Place, name: &str, fallback: Option<&str>, merge: Place) -> Diagnostic {
    let message = format!("`{name}` prints nothing for people without that value");
    let help = match fallback {
        Some(words) => format!("give it the fallback \"{words}\""),
        None => "give it a fallback".to_owned(),
    };
    Diagnostic::new(&CODE, place, message).also_at(merge, "required here").help(help)
}
