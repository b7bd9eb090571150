//! The configuration of Vale names what is not there.

use mktlint_diag::{Code, Diagnostic, Level, Place, closest};

/// The configuration of Vale names what is not there.
pub static CODE: Code = Code {
    id: "MKT0804",
    slug: "unknown-style",
    level: Level::Error,
    page: include_str!("../../explain/MKT0804.md"),
};

/// `.vale.ini` names a style, a rule or a vocabulary, `kind`, that `known` does not have.
pub(crate) fn of<'k>(
    place: Place,
    kind: &str,
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    let found = Diagnostic::new(&CODE, place, format!("there is no {kind} `{name}` in the styles"));
    match closest(name, known) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help("run `vale sync` first, or take the name out"),
    }
}
