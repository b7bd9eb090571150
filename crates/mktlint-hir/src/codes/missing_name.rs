//! A declaration has no name.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// A declaration has no name.
pub static CODE: Code = Code {
    id: "MKT0106",
    slug: "missing-name",
    level: Level::Error,
    page: include_str!("../../explain/MKT0106.md"),
};

/// `claim { … }`
pub fn of(kind_span: Span, kind: &str) -> Draft {
    match kind {
        "quiet_hours" => Draft::new(&CODE, kind_span, "these quiet hours name no channel")
            .help("write `quiet_hours sms { … }`"),
        "audience" => Draft::new(&CODE, kind_span, "this `audience` has no name")
            .help("write `audience name = condition`"),
        _ => Draft::new(&CODE, kind_span, format!("this `{kind}` has no name"))
            .help(format!("write `{kind} name {{ … }}`")),
    }
}
