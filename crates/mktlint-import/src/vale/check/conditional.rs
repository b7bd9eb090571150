//! `conditional`: what must be there when something else is.

use super::{Passing, Tokens, cases, neutral};
use crate::draft::{Case, string_text};
use crate::pattern::{Edges, samples, token};
use crate::vale::definition::{Built, Definition, Refusal, Surroundings, missing};

/// `first: '\b[A-Z]{3,5}\b'`, `second: '\(([A-Z]{3,5})\)'`
pub(super) fn build(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Built, Refusal> {
    let text = |key: &str, shape: &str| definition.text(key).ok_or_else(|| missing(definition, key, shape));
    let first = text("first", "first: '\\b([A-Z]{3,5})\\b'")?;
    let second = text("second", "second: '\\(([A-Z]{3,5})\\)'")?;
    if definition.text("in").is_some() {
        return Err("it looks for the second in a view (`in`)".into());
    }
    let tokens = Tokens::of("", [first], Edges::Free, false);
    if tokens.found.is_empty() {
        return Err(super::nothing_left(&tokens));
    }
    let passing = Passing::of(definition, around)?;
    let mut built = Built { remarks: tokens.remarks(), ..Built::default() };
    let named = has_group(second);
    let place = definition.place()?;
    let place = if named { place.of_document() } else { place.of_blocks() };
    built.remarks.extend(place.remarks.clone());
    let words = place.text.ok_or("its scopes have nothing in common that can be compared in")?;
    let wanted = if named { captured(second, words, &mut built) } else { None };
    let wanted = match wanted {
        Some(condition) => condition,
        None => {
            let second = token("", second, Edges::Free, false)?;
            built.remarks.extend(second.remarks.iter().cloned());
            if named {
                built.remark("one `second` in the text is enough for all that `first` finds");
            }
            format!("{words} matches {}", second.slashed())
        }
    };
    let mut rule = definition.rule(&place, tokens.judgement(), &["match"]);
    passing.apply(&mut rule, &mut built);
    rule.guards.push(format!("not ({wanted})"));
    let mut all = cases(&tokens, &passing, place.fixture, &mut built.notes);
    all.pop();
    all.push(neutral(place.fixture));
    all.extend(defined(first, second, place.fixture));
    built.rule(&rule, all);
    definition.note_rest(&mut built);
    Ok(built)
}

/// Whether the expression has a group that remembers.
fn has_group(source: &str) -> bool {
    source.matches('(').count() > source.matches("(?").count() + source.matches("\\(").count()
}

/// The condition that what was found is named by `second`: by the signs around its group. The words farther away are
/// not looked at, which no pattern could do for each match.
fn captured(second: &str, words: &str, built: &mut Built) -> Option<String> {
    let open = group_start(second)?;
    let close = open + second.get(open..)?.find(')')?;
    let before = sign(second.get(..open)?.chars().rev().collect::<String>().as_str(), true)?;
    let after = sign(second.get(close + 1..)?, false)?;
    built.remark(format!(
        "`{before}` before and `{after}` behind a match name it, whatever else `second` asks for"
    ));
    Some(format!("{words} contains \"{}{{match}}{}\"", string_text(&before), string_text(&after)))
}

/// Where the first group that remembers starts.
fn group_start(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    (0..bytes.len()).find(|at| {
        bytes[*at] == b'('
            && bytes.get(at + 1) != Some(&b'?')
            && at.checked_sub(1).is_none_or(|before| bytes.get(before) != Some(&b'\\'))
    })
}

/// The sign that stands right beside the group: `\(`, `\)`, a quotation mark. `source` runs away from the group.
fn sign(source: &str, is_backwards: bool) -> Option<String> {
    let mut letters = source.chars();
    let first = letters.next()?;
    match (is_backwards, first) {
        (true, sign) if letters.next() == Some('\\') && sign.is_ascii_punctuation() => Some(sign.to_string()),
        (false, '\\') => letters.next().filter(char::is_ascii_punctuation).map(|sign| sign.to_string()),
        (_, '"' | '\'' | '“' | '”' | '‘' | '’' | ':' | ',' | '=') => Some(first.to_string()),
        _ => None,
    }
}

/// A text in which the second is there, too.
fn defined(first: &str, second: &str, fixture: crate::draft::Fixture) -> Option<Case> {
    let samples_of = |source: &str| token("", source, Edges::Free, false).ok().map(|token| samples(&token));
    let (firsts, seconds) = (samples_of(first)?, samples_of(second)?);
    let case = Case::new("`first` with `second`");
    let case = seconds.iter().fold(case, |case, second| {
        firsts.iter().fold(case, |case, first| {
            case.silent(fixture, &format!("{} {}", second.text(), first.text()))
                .silent(fixture, &second.text())
        })
    });
    (!case.is_empty()).then_some(case)
}
