//! A value has another type than is needed.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::{Draft, Target};
use crate::model::types::Type;

/// A value has another type than is needed.
pub static CODE: Code = Code {
    id: "MKT0201",
    slug: "wrong-type",
    level: Level::Error,
    page: include_str!("../../explain/MKT0201.md"),
};

/// A value where another type is needed.
pub fn of(span: Span, wanted: &str, found: &Type) -> Draft {
    Draft::new(&CODE, span, format!("expected {wanted}, found `{found}`"))
}

/// Two sides that do not go together.
pub fn sides(span: Span, other: Span, wanted: &Type, found: &Type) -> Draft {
    let (a_wanted, a_found) = (with_article(wanted), with_article(found));
    let draft = Draft::new(&CODE, span, format!("{a_wanted} cannot be compared with {a_found}"))
        .label(format!("this is {a_found}"))
        .also(Target::Here(other), format!("this is {a_wanted}"));
    match (wanted, found) {
        (Type::Date | Type::DateTime, Type::Int | Type::Duration) => {
            draft.help("write `… older than 7 days` or `… within 7 days`")
        }
        _ => draft,
    }
}

/// A `Text` in quotes where `word`, without them, is a value of the type that is needed; or where none would be.
pub fn in_quotes(draft: Draft, span: Span, wanted: &Type, word: Option<&str>) -> Draft {
    match (word, wanted.present()) {
        (Some(word), _) => {
            draft.help(format!("write `{word}` without quotes")).fix("take the quotes away", span, word)
        }
        (None, Type::Country) => draft.help("write its ISO 3166 code without quotes, such as `DE`"),
        (None, _) => draft.help("only texts stand in quotes"),
    }
}

/// A value where a condition is needed; `words` is how the policy calls it.
pub fn no_condition(span: Span, found: &Type, words: &str) -> Draft {
    let draft = of(span, "a condition", found);
    let example = match found {
        Type::Int | Type::Decimal => "<= 60",
        Type::Text => "!= \"\"",
        _ => return draft,
    };
    draft.help(format!("compare it with something: `{words} {example}`"))
}

/// ``a `Text` ``, ``an `Int` ``.
fn with_article(ty: &Type) -> String {
    let name = ty.to_string();
    let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} `{name}`")
}

/// A pattern that is not behind `matches`.
pub fn stray_pattern(span: Span) -> Draft {
    Draft::new(&CODE, span, "a pattern stands only behind `matches`, `mentions`, `match` and `says`")
        .help("write `text matches /…/`")
}
