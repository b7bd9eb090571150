//! The longest text that can be sent.

use mktlint_asset::{Asset, Part, PartKind, TextRange, names};
use mktlint_hir::model::builtin::Builtin;
use mktlint_measure::length;

use super::{TAG, misused, of_text};
use crate::{Context, Datum, Plan, TextValue, Unknown, Value};

/// The longest text that can be sent, for the functions that are not [`is_pure`].
pub fn call_longest<'a>(builtin: Builtin, text: &Value<'a>, context: &Context<'a>) -> Value<'a> {
    let Value::Known(Datum::Text(words)) = text else {
        return if matches!(text, Value::Known(_)) { misused(builtin) } else { text.clone() };
    };
    let measure = match builtin {
        Builtin::LongestSegments => Builtin::Segments,
        Builtin::LongestWidth => Builtin::DisplayWidth,
        _ => Builtin::Length,
    };
    longest(context.plan, words).map_or_else(Value::unknown, |longest| of_text(measure, &longest))
}

/// The words of `asset` at `range` with every merge tag as long as it can get; `None` when a tag has no bound.
pub fn longest_text(plan: &Plan, asset: &Asset, range: TextRange) -> Option<String> {
    longest(plan, &TextValue::at(asset, range)).ok()
}

/// More than any message; a bound of `merge` can be billions.
const LONGEST: usize = 1 << 20;

/// `text` with every merge tag as long as it can get. Tags that print nothing (`{% if … %}`) are no merge tags.
fn longest(plan: &Plan, text: &TextValue<'_>) -> Result<String, Unknown> {
    let mut out = String::with_capacity(text.words.len());
    for (at, character) in text.words.char_indices() {
        match (character, text.origin) {
            (TAG, Some((asset, range))) => {
                if let Some(tag) = tag(asset, range, at as u32) {
                    print_longest(plan, asset, tag, &mut out)?;
                }
            }
            (TAG, None) => return Err(Unknown::NoBound("?".into())),
            _ => out.push(character),
        }
        if out.len() > LONGEST.max(text.words.len()) {
            return Err(Unknown::TooLarge);
        }
    }
    Ok(out)
}

/// The merge tag at byte `at` of `range`.
fn tag(asset: &Asset, range: TextRange, at: u32) -> Option<&Part> {
    let start = range.start + at;
    let span = asset.source(TextRange { start, end: start + TAG.len_utf8() as u32, ..range });
    let from = asset.parts.partition_point(|part| part.span.start() < span.start());
    let here = asset.parts[from..].iter().take_while(|part| part.span.start() == span.start());
    here.into_iter().find(|part| part.kind == PartKind::MergeTag)
}

/// The longest that `tag` prints: as many letters as its `merge` declaration allows, or what it falls back to.
///
/// An ad shows the fallback of a ValueTrack tag (`{KeyWord:shoes}`) whenever the value would make the text too long, so
/// that without a declaration the fallback counts.
fn print_longest(plan: &Plan, asset: &Asset, tag: &Part, out: &mut String) -> Result<(), Unknown> {
    let words = |field| match tag.field(field) {
        Some(mktlint_asset::Value::Text(range)) => Some(asset.slice(*range)),
        _ => None,
    };
    let name = words(names::NAME).unwrap_or("?");
    let own = words(names::FALLBACK);
    let merge = plan.merge(name);
    let most = match merge.and_then(|merge| merge.length) {
        Some((_, most)) => most as usize,
        None if own.is_some() && words(names::DIALECT) == Some("valuetrack") => 0,
        None => return Err(Unknown::NoBound(name.to_owned())),
    };
    let declared = merge.and_then(|merge| merge.fallback).map(|id| plan.str(id));
    let fallback = own.into_iter().chain(declared).max_by_key(|words| length::graphemes(words).get());
    match fallback.filter(|words| length::graphemes(words).get() as usize >= most) {
        Some(words) => out.push_str(words),
        None => out.extend(std::iter::repeat_n('x', most.min(LONGEST))),
    }
    Ok(())
}
