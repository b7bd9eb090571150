//! `mktlint: waive RULE until DATE because "…"` in a comment.

use jiff::ToSpan as _;
use jiff::civil::Date;
use mktlint_asset::{Format, front_matter};

use super::items::{Items, escaped};
use crate::CompletionKind;
use crate::asset::at::findings;
use crate::asset::hover::about;
use crate::asset::{heads, prose};
use crate::policy::completion::{MOST, is_meant};

/// How comments open and close.
const MARKUP: &[(&str, &str)] = &[("<!--", "-->"), ("{#", "#}"), ("{% comment %}", "{% endcomment %}")];
const HASHES: &[(&str, &str)] = &[("#", "\n")];
const SLASHES: &[(&str, &str)] = &[("//", "\n"), ("/*", "*/")];

/// The words of a waiver, when the place is in a comment that is one or becomes one.
pub fn offer(items: &mut Items<'_>) -> bool {
    let Some(comment) = comment(items) else { return false };
    let words = comment.trim_start();
    if let Some(directive) = words.strip_prefix("mktlint:") {
        let rest = directive.trim_start();
        match rest.strip_prefix("waive").filter(|rest| rest.starts_with(char::is_whitespace)) {
            Some(rest) => self::words(items, rest),
            None => {
                items.replace_last(rest.len());
                verb(items, "waive ");
            }
        }
    } else if "mktlint:".starts_with(words) {
        items.replace_last(words.len());
        verb(items, "mktlint: waive ");
    }
    true
}

fn verb(items: &mut Items<'_>, text: &str) {
    let docs = "Waives a rule for what stands below: `mktlint: waive RULE until DATE because \"…\"`.";
    items.add(text.trim_end(), CompletionKind::Keyword).insert = text.to_owned();
    items.add(text.trim_end(), CompletionKind::Keyword).docs = Some(docs.to_owned());
}

/// The words of the comment before the place; `None` outside of comments.
fn comment<'a>(items: &Items<'a>) -> Option<&'a str> {
    let format = items.file.spec.format;
    let in_front = || front_matter(&items.file.text).is_some_and(|(inner, _)| inner.touches(items.offset));
    let marks = match format {
        Format::Json => SLASHES,
        Format::Yaml | Format::Toml => HASHES,
        Format::Csv => return None,
        _ if in_front() => HASHES,
        _ => MARKUP,
    };
    let line = items.line();
    let opened = marks.iter().filter_map(|(open, close)| Some((line.rfind(open)? + open.len(), *close)));
    let (start, close) = opened.max_by_key(|(start, _)| *start)?;
    let words = line.get(start..)?;
    // `#` within a value, `//` within an address.
    let before = line.get(..start)?;
    let is_mark = matches!(marks, MARKUP)
        || before.trim_end_matches(['#', '/', '*']).chars().next_back().is_none_or(char::is_whitespace);
    let is_meant = !matches!(marks, MARKUP) || words.starts_with([' ', 'm']) || words.is_empty();
    (is_mark && is_meant && !words.contains(close)).then_some(words)
}

/// What can follow `typed`, the words behind `waive`.
pub fn words(items: &mut Items<'_>, typed: &str) {
    let (done, word) = typed.rsplit_once([' ', ',', '\t']).map_or(("", typed), |(done, word)| (done, word));
    items.replace_last(word.len());
    let at_rule = typed.get(..typed.len() - word.len()).unwrap_or_default().trim_end();
    let done = done.trim_end();
    if done.contains("because") {
        return;
    }
    match done.rsplit([' ', ',']).next().unwrap_or_default() {
        _ if at_rule.is_empty() || at_rule.ends_with(',') => rules(items),
        "until" => until(items),
        _ => {
            if !done.contains("until") {
                clause(items, "until", "until $1", "The last day on which it holds.");
            }
            clause(items, "because", "because \"$1\"", "The reason.");
        }
    }
}

fn clause(items: &mut Items<'_>, word: &str, snippet: &str, docs: &str) {
    let own = items.add(word, CompletionKind::Keyword);
    own.insert = snippet.to_owned();
    own.is_snippet = true;
    own.docs = Some(docs.to_owned());
}

fn later(items: &Items<'_>, days: i32) -> Option<Date> {
    items.view.project.today(items.view.db).checked_add(days.days()).ok()
}

fn until(items: &mut Items<'_>) {
    for n in [90, 30, 180, 365] {
        if let Some(day) = later(items, n) {
            items.add(day.to_string(), CompletionKind::Constant).detail = Some(format!("in {n} days"));
        }
    }
}

/// The rules that may be waived: those with findings in this file first.
fn rules(items: &mut Items<'_>) {
    let Some(plan) = items.view.assets.plan() else { return };
    let file = items.file;
    let found = findings(items.view, file).filter(|found| found.counts()).map(|found| found.code.as_str());
    let found: Vec<&str> = found.filter(|code| heads::find(plan, code).is_some()).collect();
    let all = heads::all(plan).map(|head| plan.str(head.name));
    let Some(until) = later(items, 90) else { return };
    let rest = items.line_after();
    let is_alone =
        rest.trim_start().is_empty() || rest.trim_start().starts_with(['-', '*', '#', '%', '"', ',']);
    // With as many rules as no list holds, only those are looked at that the letters can mean: each look costs the more,
    // the more rules there are.
    let (typed, is_long) = (items.typed(), heads::all(plan).count() > MOST);
    let all = found.iter().copied().chain(all).filter(|name| !is_long || is_meant(typed, name));
    for name in all {
        if items.is_full() {
            break;
        }
        if !heads::is_waivable(plan, name) || !heads::roles(plan, name).is_empty() {
            continue;
        }
        let short = heads::short_name(plan, name);
        let docs = about(items.view, name).filter(|_| found.contains(&name));
        let title =
            heads::find(plan, name).and_then(|head| head.title).map(|title| prose::escaped(plan.str(title)));
        let own = items.add(short, CompletionKind::Declaration);
        own.detail =
            Some(if found.contains(&name) { "has findings here".to_owned() } else { name.to_owned() });
        own.docs = docs.or(title);
        if is_alone {
            own.insert = format!("{} until {until} because \"$1\"", escaped(short));
            own.is_snippet = true;
        }
    }
}
