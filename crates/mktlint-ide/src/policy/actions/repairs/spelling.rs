//! Slips of the pen.

use jiff::civil::Date;
use mktlint_diag::Diagnostic;
use mktlint_hir::model::expr::Length;
use mktlint_syntax::lex::{Kind, TRIVIA, lex};
use mktlint_text::Span;

use super::super::Repair;
use super::super::edit::{insert, line_break, line_end, remove, replace, ticked};
use super::super::site::Site;

/// ``expected `)` after `x` ``
pub fn missing_sign(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let expected = found.message.strip_prefix("expected `").and_then(|rest| rest.split_once("` after `"));
    let Some((sign, _)) = expected.filter(|(sign, _)| span.is_empty() && !sign.contains('`')) else {
        return Vec::new();
    };
    let is_word = sign.starts_with(char::is_alphabetic);
    let words = if is_word { format!(" {sign}") } else { sign.to_owned() };
    vec![Repair::here(site, format!("add `{sign}`"), [insert(span.start(), words)])]
}

/// ``add `}` where it should end``
pub fn unclosed_bracket(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let Some(close) = found.help.first().and_then(|help| ticked(help).first().copied()) else {
        return Vec::new();
    };
    let edit = match (close, site.own(span.start())) {
        ("}", Some(own)) => {
            let words = Span::new(span.start(), own.span.end()).slice(site.text);
            let gap = if words.contains(['\n', '\r']) { line_break(site.text) } else { " " };
            insert(own.span.end(), format!("{gap}}}"))
        }
        _ => insert(code_end(site, span.start()), close),
    };
    vec![Repair::here(site, format!("add `{close}`"), [edit])]
}

/// Where the code on the line of `offset` ends, before remarks.
fn code_end(site: &Site<'_>, offset: u32) -> u32 {
    let end = line_end(site.text, offset);
    let tokens = lex(site.text);
    let mut before = tokens.iter().rev().filter(|token| token.span.end() <= end && !token.span.is_empty());
    before.find(|token| !TRIVIA.has(token.kind)).map_or(end, |token| token.span.end().max(offset))
}

/// `}` that closes nothing.
pub fn stray(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    vec![Repair::here(site, format!("remove `{}`", span.slice(site.text)), [remove(span)])]
}

/// `"text` without its end.
pub fn unclosed_string(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    vec![at_line_end(site, found, "\"")]
}

/// `/^(re` without its end.
pub fn unclosed_pattern(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    vec![at_line_end(site, found, "/")]
}

/// `/* remark` without its end.
pub fn unclosed_comment(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    vec![at_line_end(site, found, " */")]
}

fn at_line_end(site: &Site<'_>, found: &Diagnostic, sign: &str) -> Repair {
    let start = found.primary.place.span.start();
    let line = Span::new(start, line_end(site.text, start)).slice(site.text);
    let end = start + line.trim_end().len() as u32;
    Repair::here(site, format!("add `{}`", sign.trim()), [insert(end, sign)])
}

/// A character that means nothing here.
pub fn character(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let words = span.slice(site.text);
    let before = site.text.get(..span.start() as usize).unwrap_or_default();
    let gap = before.len() - before.trim_end_matches([' ', '\t']).len();
    let one = |title: &str, edit| vec![Repair::here(site, title, [edit])];
    match words {
        "$" => one("write `USD`", replace(span, "USD ")),
        "€" => one("write `EUR`", replace(span, "EUR ")),
        "£" => one("write `GBP`", replace(span, "GBP ")),
        "&" => one("write `and`", replace(span, "and")),
        "%" => one("take the space away", remove(Span::new(span.start() - gap as u32, span.start()))),
        _ if words.chars().any(|c| "'“”‘’„`".contains(c)) => Vec::new(),
        _ => one("remove it", remove(span)),
    }
}

/// `&&`, `'text'`, `# remark`
pub fn foreign(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let words = span.slice(site.text);
    if words.starts_with('#') {
        let sign = Span::new(span.start(), span.start() + 1);
        return vec![Repair::here(site, "write `//`", [replace(sign, "//")])];
    }
    if let Some(inner) = unquoted(words) {
        let text = format!("\"{}\"", inner.replace('"', "\\\"").replace('{', "\\{"));
        return vec![Repair::here(site, "write straight double quotes", [replace(span, text)])];
    }
    super::written(site, found)
}

/// The words between quotes of another kind.
fn unquoted(words: &str) -> Option<&str> {
    let mut inner = words.chars();
    let (first, last) = (inner.next()?, inner.next_back()?);
    ("'‘“„".contains(first) && "'’”“".contains(last)).then_some(inner.as_str())
}

/// `31.01.2027`, `2027-02-29`
pub fn day(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let words = span.slice(site.text);
    let date = match words.contains('.') {
        true => numbers(words, '.')
            .and_then(|[day, month, year]| Date::new(year, small(month)?, small(day)?).ok()),
        false => numbers(words, '-')
            .and_then(|[year, month, _]| Some(Date::new(year, small(month)?, 1).ok()?.last_of_month())),
    };
    let write = |date: Date| Repair::here(site, format!("write `{date}`"), [replace(span, date.to_string())]);
    date.map(write).into_iter().collect()
}

fn numbers(words: &str, sign: char) -> Option<[i16; 3]> {
    let numbers: Option<Vec<i16>> = words.split(sign).map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

/// `\q`
pub fn escape(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    vec![Repair::here(site, "write a backslash", [insert(found.primary.place.span.start(), "\\")])]
}

/// `///` with nothing behind it: every line of it.
pub fn stray_doc(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let last = found.primary.place.span;
    let tokens = lex(site.text);
    let before = tokens.iter().rev().skip_while(|token| token.span.start() > last.start());
    let run = before.take_while(|token| matches!(token.kind, Kind::Doc | Kind::Space));
    let lines = run.filter(|token| token.kind == Kind::Doc);
    let edits = lines.map(|token| remove(Span::new(token.span.start(), token.span.start() + 1)));
    vec![Repair::here(site, "write `//`", edits)]
}

/// `older than 7`, `7 dayz`
pub fn unit(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let words = span.slice(site.text);
    if found.message == "a number has no length of time" {
        let add = |unit: &str| {
            Repair::here(site, format!("write `{words} {unit}`"), [insert(span.end(), format!(" {unit}"))])
        };
        return ["days", "hours", "months"].into_iter().map(add).collect();
    }
    let is_meant =
        |unit: &&str| found.fix.is_none() && words.get(..1) == unit.get(..1) && unit.ends_with('s');
    let write = |unit: &str| Repair::here(site, format!("write `{unit}`"), [replace(span, unit)]);
    let meant = Length::UNITS.into_iter().filter(is_meant);
    if found.message.ends_with("is no unit") { meant.map(write).collect() } else { Vec::new() }
}

/// The `g` of `/x/g`.
pub fn flag(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    match found.message.starts_with("a pattern has no flag") {
        true => vec![Repair::here(site, "remove the flag", [remove(found.primary.place.span)])],
        false => Vec::new(),
    }
}

/// `at most 0 email`, `130..=0`
pub fn limit(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let words = span.slice(site.text);
    if let Some(rest) = words.strip_prefix("at most 0") {
        let number = Span::at(span.end() - rest.len() as u32);
        let number = Span::new(number.start() - 1, number.start());
        return vec![Repair::here(site, "write `at most 1`", [replace(number, "1")])];
    }
    let sign = if words.contains("..=") { "..=" } else { ".." };
    match words.split_once(sign) {
        Some((least, most)) if found.message.ends_with("lies in this range") => {
            let turned = format!("{most}{sign}{least}");
            vec![Repair::here(site, format!("write `{turned}`"), [replace(span, turned)])]
        }
        _ => Vec::new(),
    }
}
