//! A clause does not have its shape.

use mktlint_diag::{Code, Level};
use mktlint_syntax::ast::{Clause, Expr, ExprKind, Name};
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::types::Type;

/// A clause does not have its shape.
pub static CODE: Code = Code {
    id: "MKT0105",
    slug: "malformed-clause",
    level: Level::Error,
    page: include_str!("../../explain/MKT0105.md"),
};

/// A clause that is not written as it must be.
pub fn of(clause: &Clause, shape: &str) -> Draft {
    Draft::new(&CODE, clause.span, format!("`{}` is not written as expected", clause.head.text))
        .help(format!("write `{shape}`"))
}

/// A header that is not written as it must be.
pub fn header(span: Span, kind: &str, shape: &str) -> Draft {
    Draft::new(&CODE, span, format!("this `{kind}` is not written as expected"))
        .help(format!("write `{shape}`"))
}

/// Words that start a clause of a rule or claim, and are often left on the line of the clause before.
const CLAUSES: [&str; 15] = [
    "error", "warning", "info", "because", "help", "fix", "needs", "never", "only", "tier", "says", "from",
    "match", "require", "forbid",
];

/// Two operands side by side that are no operation.
pub fn not_an_operator(span: Span, word: Option<&Name>, near: Option<&str>) -> Draft {
    match word {
        Some(word) if near.is_none() && CLAUSES.contains(&word.text.as_str()) => {
            Draft::new(&CODE, span, format!("`{}` starts a clause of its own", word.text))
                .help(format!("write `{}` on a new line, or put `;` before it", word.text))
        }
        Some(word) => {
            let draft = Draft::new(&CODE, span, format!("`{}` is no operator", word.text));
            match word.text.as_str() {
                "between" => draft.help("write `in 18..=30` or `in 2027-01-01..=2027-03-31`"),
                _ => draft.did_you_mean(near),
            }
        }
        None => Draft::new(&CODE, span, "expected an operator before this")
            .help("write `and`, `or`, `==` or another operator"),
    }
}

/// `change only formatting`
pub fn change(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected what changes in brackets")
        .help("write `change only [formatting, metadata]` or `change touches [claims, price]`")
}

/// `prove a beside b`
pub fn not_a_proof(span: Span, near: Option<&str>) -> Draft {
    let draft = Draft::new(&CODE, span, "expected what to prove");
    match near.and_then(|near| PROOFS.into_iter().find(|whole| whole.starts_with(near))) {
        Some(whole) => draft.help(format!("write `{whole}`")),
        None => draft
            .help("write `subset of`, `disjoint from`, `equivalent to`, `cover contact` or `never { … }`"),
    }
}

/// What can be proved, in full.
const PROOFS: [&str; 5] =
    ["subset of", "disjoint from", "equivalent to", "cover contact", "never { age? < 18 }"];

/// A block cannot stand here.
pub fn stray_block(span: Span) -> Draft {
    Draft::new(&CODE, span, "a block cannot stand here")
}

/// This is not a value.
pub fn not_a_value(span: Span) -> Draft {
    Draft::new(&CODE, span, "this is not a value")
}

/// Expected a text in double quotes.
pub fn needs_text(tree: &Expr) -> Draft {
    swallowed(parts(tree)).unwrap_or_else(|| {
        let draft = Draft::new(&CODE, tree.span, "expected a text in double quotes");
        match words(tree) {
            Some(words) => draft.help(format!("write `\"{words}\"`")),
            None => draft.help("write `\"…\"`"),
        }
    })
}

/// Expressions side by side where one phrase or pattern belongs.
pub fn one_needle(items: &[Expr], span: Span) -> Draft {
    let expected = || Draft::new(&CODE, span, "expected a phrase or a pattern");
    swallowed(items).unwrap_or_else(|| expected().help("join several with `|`: `\"new\" | \"now\"`"))
}

/// What stands side by side.
fn parts(tree: &Expr) -> &[Expr] {
    match &tree.kind {
        ExprKind::Phrase(items) => items,
        _ => std::slice::from_ref(tree),
    }
}

/// A clause on the line of the one before: `"…" because "…"`.
fn swallowed(items: &[Expr]) -> Option<Draft> {
    let [first, second, ..] = items else { return None };
    let is_whole = matches!(first.kind, ExprKind::String(_) | ExprKind::Pattern { .. });
    let ExprKind::Word(name) = &second.kind else { return None };
    let draft = not_an_operator(name.span, Some(name), None);
    (is_whole && CLAUSES.contains(&name.text.as_str())).then_some(draft)
}

/// Words that stand without quotes: `act now`.
fn words(tree: &Expr) -> Option<String> {
    let word = |tree: &Expr| match &tree.kind {
        ExprKind::Word(name) => Some(name.text.to_string()),
        _ => None,
    };
    Some(parts(tree).iter().map(word).collect::<Option<Vec<_>>>()?.join(" "))
}

/// Expected `known` or `missing` after `is`.
pub fn is_what(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected `known` or `missing` after `is`")
        .help("write `is known` or `is missing`")
}

/// An operand is missing.
pub fn operand_missing(span: Span) -> Draft {
    Draft::new(&CODE, span, "an operand is missing")
}

/// Expected a phrase or a pattern.
pub fn needs_needle(tree: &Expr) -> Draft {
    swallowed(parts(tree)).unwrap_or_else(|| {
        let draft = Draft::new(&CODE, tree.span, "expected a phrase or a pattern");
        match words(tree) {
            Some(words) => draft.help(format!("write `\"{words}\"`")),
            None => draft.help("write `\"clinically proven\"` or `/clinically (proven|tested)/`"),
        }
    })
}

/// A phrase to look for cannot have values in it.
pub fn no_interpolation(span: Span) -> Draft {
    Draft::new(&CODE, span, "a phrase to look for cannot have values in it")
        .help("write the words, or a pattern `/…/`")
}

/// Expected a field.
pub fn needs_field(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a field").help("write `name: value`")
}

/// Expected a channel.
pub fn needs_channel(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a channel").help("write `email`, `sms` or another channel")
}

/// Expected a level.
pub fn needs_level(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a level").help("write `as error`, `as warning` or `as info`")
}

/// Expected a type.
pub fn needs_type(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a type").help("write `Int`, `Date?`, `List<Text>` or another type")
}

/// A `fact` with a name that no key is read as.
pub fn not_a_key(span: Span, name: &str) -> Draft {
    Draft::new(&CODE, span, format!("no file can give a fact called `{name}`"))
        .help("write it in small letters, with `_` between words, as keys and columns are read")
}

/// A `fact` of a type that no front matter and no column holds.
pub fn not_in_files(span: Span, ty: &Type) -> Draft {
    Draft::new(&CODE, span, format!("a file cannot say a value of type `{ty}`"))
        .help("write `Bool`, `Date?`, `Set<Text>` or another simple type")
}

/// Expected a range.
pub fn needs_range(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a range").help("write `0..=130`")
}

/// Expected countries.
pub fn needs_countries(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected countries").help("write `[DE, AT]` or the name of a `region`")
}

/// Expected a parameter.
pub fn needs_parameter(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a parameter").help("write `name: Type`")
}

/// A SHA-256 digest has 64 hexadecimal digits.
pub fn not_a_digest(span: Span) -> Draft {
    Draft::new(&CODE, span, "a SHA-256 digest has 64 hexadecimal digits")
        .help("run `sha256sum` on the document")
}

/// Expected a list.
pub fn needs_list(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected a list").help("write `[newsletter, lifecycle]`")
}

/// This range is empty.
pub fn empty_range(span: Span) -> Draft {
    Draft::new(&CODE, span, "this range is empty")
}

/// There is no `match` to repair.
pub fn nothing_matched(span: Span) -> Draft {
    Draft::new(&CODE, span, "there is no `match` to repair")
        .help("use `match` in this rule, or `fix replace it with \"…\"`")
}

/// Expected where the rule looks.
pub fn needs_scope(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected where the rule looks")
        .help("write `Email.subject`, `Link`, `Image` or another part")
}

/// Expected the name of a rule.
pub fn needs_rule(span: Span) -> Draft {
    Draft::new(&CODE, span, "expected the name of a rule")
}

/// Something in a body that starts with no word.
pub fn needs_word(span: Span, kind: &str) -> Draft {
    Draft::new(&CODE, span, format!("expected a clause of `{kind}`"))
}
