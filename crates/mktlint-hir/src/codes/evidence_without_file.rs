//! Evidence names no file, or one that is not there.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// Evidence names no file, or one that is not there.
pub static CODE: Code = Code {
    id: "MKT0311",
    slug: "evidence-without-file",
    level: Level::Error,
    page: include_str!("../../explain/MKT0311.md"),
};

/// No `document`.
pub fn no_document(span: Span, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{name}` names no document")).help("add `document \"evidence/…\"`")
}

/// The file is not there.
pub fn absent(span: Span, path: &str) -> Draft {
    Draft::new(&CODE, span, format!("there is no file `{path}`"))
        .help("add the document, or mend the path: it counts from the root of the workspace")
}
