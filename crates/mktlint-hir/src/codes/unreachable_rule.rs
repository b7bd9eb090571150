//! A rule looks where no asset has anything.

use mktlint_diag::{Code, Level, closest};
use mktlint_syntax::ast::Name;
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::draft::Draft;
use crate::model::DeclPath;

/// A rule looks where no asset has anything.
pub static CODE: Code = Code {
    id: "MKT0314",
    slug: "unreachable-rule",
    level: Level::Error,
    page: include_str!("../../explain/MKT0314.md"),
};

/// A field that its kind does not have.
pub fn of(name: &Name, record: &DeclPath, fields: &[SmolStr]) -> Draft {
    let near = closest(&name.text, fields.iter().map(SmolStr::as_str)).map(SmolStr::new);
    let draft = Draft::new(
        &CODE,
        name.span,
        format!("`{}` has no `{}`, so this rule never looks at anything", record.name(), name.text),
    );
    match near {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft,
    }
}

/// A word that is neither a kind of asset nor a part.
pub fn unknown(span: Span, word: &str, near: Option<&str>) -> Draft {
    let draft = Draft::new(
        &CODE,
        span,
        format!("`{word}` is no kind of asset or part, so this rule never looks at anything"),
    );
    match near {
        Some(near) => draft.help(format!("did you mean `{near}`?")),
        None => draft.help("write `Email.subject`, `Link`, `Image` or another part"),
    }
}
