//! A stage was stamped earlier than one that comes before it.

use mktlint_diag::{Code, Diagnostic, Level};

use crate::campaign::{Reached, Source};

/// A stage was stamped earlier than one that comes before it.
pub static CODE: Code = Code {
    id: "MKT0971",
    slug: "stages-out-of-order",
    level: Level::Error,
    page: include_str!("../../explain/MKT0971.md"),
};

/// `later` of the pipeline was reached before `earlier`. `None` unless both are stamped.
pub(crate) fn of(earlier: &Reached, later: &Reached) -> Option<Diagnostic> {
    let (Source::Stamped(first), Source::Stamped(second)) = (&earlier.source, &later.source) else {
        return None;
    };
    let message = format!("`{}` was reached before `{}`", later.stage, earlier.stage);
    let found = Diagnostic::new(&CODE, second.clone(), message).also_at(first.clone(), "reached later");
    Some(found.help("stamp each stage when work first reaches it"))
}
