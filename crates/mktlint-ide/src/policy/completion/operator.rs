//! What goes on with an operand: words that test it, as its type allows, and those that join conditions.

use std::ops::Range;

use mktlint_hir::model::expr::Length;
use mktlint_hir::model::types::Type;
use mktlint_syntax::lex::{Kind, Kinds};

use super::items::{Distance, Draft, Fit, Items};
use super::wanted::Words;
use crate::policy::context::Context;

const TIMES: Words = &[
    ("within", "from so long before now up to now: `within 7 days`"),
    ("within the next", "from now up to so long after: `within the next 7 days`"),
    ("older than", "more than so long before now: `older than 7 days`"),
    ("before", "earlier than another day"),
    ("after", "later than another day"),
];

const TEXTS: Words = &[
    ("contains", "holds a text, ignoring case"),
    ("starts with", "begins with a text, ignoring case"),
    ("ends with", "ends with a text, ignoring case"),
    ("matches", "a pattern is found in it, or it has a shape: `matches /x/`, `matches kebab`"),
    ("mentions", "phrases or patterns are found in it: `mentions (\"a\" | /b/)`"),
];

const LISTS: Words = &[
    ("has", "holds an item"),
    ("has any of", "they share an item"),
    ("has all of", "every item on the right is on the left"),
    ("has none of", "they share no item"),
    ("touch", "the two share an item"),
];

const MEMBERS: Words =
    &[("in", "is one of a list, a set or a range"), ("not in", "is none of a list or set")];

const OPTIONAL: Words = &[
    ("is known", "there is a value"),
    ("is missing", "there is none"),
    ("or else", "what counts where the value is missing"),
];

pub const CONDITIONS: Words = &[("and", "both hold"), ("or", "at least one holds")];

const DAYS: Words = &[("ago", "so long before now"), ("from now", "so long after now")];

const COMPARISONS: Words = &[
    ("==", "the same"),
    ("!=", "not the same"),
    ("<", "less"),
    ("<=", "at most"),
    (">", "more"),
    (">=", "at least"),
];

const COMPARES: Kinds =
    Kinds::of(&[Kind::EqEq, Kind::NotEq, Kind::Lt, Kind::Le, Kind::Gt, Kind::Ge, Kind::In]);

/// Offers what can follow the operand in `range`.
pub fn offer(items: &mut Items<'_, '_>, range: Range<usize>) {
    branches(items);
    if is_compared(items.at, range.start) {
        return items.words(CONDITIONS);
    }
    let last = items.at.tokens(range.clone()).last().copied();
    if last.is_some_and(|last| items.at.str(last) == "audience") {
        items.phrase("could include", "could include { $0 }", "whether it can include somebody like that");
    }
    let ty = items.at.type_of(range.clone());
    if ty.is_optional() {
        items.words(OPTIONAL);
    }
    tests_of(items, ty.present());
    let is_condition = range.len() > 1 || matches!(ty.present(), Type::Bool | Type::Error);
    if is_condition {
        low(items, CONDITIONS);
    }
}

/// Offers the word that an `if` around waits for.
fn branches(items: &mut Items<'_, '_>) {
    let at = items.at;
    let range = at.entry(at.frames().len() - 1);
    let tokens = at.tokens(range);
    let count = |kind| tokens.iter().filter(|token| token.kind == kind).count();
    let defaults =
        tokens.windows(2).filter(|pair| pair[0].kind == Kind::OrElse && pair[1].kind == Kind::Else);
    let (ifs, thens, elses) = (count(Kind::If), count(Kind::Then), count(Kind::Else) - defaults.count());
    if ifs > thens {
        items.words(&[("then", "the value where the condition holds")]);
    } else if thens > elses {
        items.words(&[("else", "the value where the condition does not hold")]);
    }
}

/// Whether the operand at `start` is the right side of a comparison, which do not chain.
fn is_compared(at: &Context<'_>, start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|n| at.tokens(n..start).first().copied());
    before.is_some_and(|token| COMPARES.has(token.kind))
}

fn tests_of(items: &mut Items<'_, '_>, ty: &Type) {
    match ty {
        Type::Date | Type::DateTime => items.words(TIMES),
        Type::Text | Type::Url => items.words(TEXTS),
        Type::List(_) | Type::Set(_) => items.words(LISTS),
        _ => {}
    }
    if *ty == Type::Error {
        [MEMBERS, TEXTS, OPTIONAL].into_iter().for_each(|words| low(items, words));
    }
    let compares = !matches!(ty, Type::Bool | Type::List(_) | Type::Set(_) | Type::Record(_) | Type::Error);
    if compares {
        items.words(MEMBERS);
        low(items, COMPARISONS);
    }
}

/// Offers words behind those that are more likely.
pub fn low(items: &mut Items<'_, '_>, words: Words) {
    for (n, (word, docs)) in words.iter().enumerate() {
        items.push(Draft::keyword(word, docs).ranked(Fit::Exact, Distance::File).nth(n));
    }
}

/// Offers the units of the number in `range`, or what can follow them.
pub fn units(items: &mut Items<'_, '_>, range: Range<usize>) {
    let at = items.at;
    let tokens = at.tokens(range.clone());
    let words: Vec<&str> = tokens.iter().map(|token| at.str(*token)).collect();
    let has_unit = words.last().is_some_and(|word| Length::UNITS.contains(word));
    if has_unit {
        items.words(DAYS);
    } else {
        let one = words.last() == Some(&"1");
        let fitting = Length::UNITS.iter().filter(|unit| unit.ends_with('s') != one);
        for (n, unit) in fitting.enumerate() {
            items.push(Draft::keyword(unit, "a length of time").ranked(Fit::Exact, Distance::Local).nth(n));
        }
    }
    if words.len() > 1 || is_compared(at, range.start) {
        low(items, CONDITIONS);
    }
    branches(items);
}
