//! Clauses that are missing, misplaced or too many.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, Edit, FilePath};
use mktlint_hir::Meant;
use mktlint_text::Span;

use super::super::Repair;
use super::super::edit::{at_end, insert, line_break, replace, ticked, with_clause, without, without_clause};
use super::super::site::{Own, Site, in_file};
use super::written;
use crate::policy::references::references_to;

/// The help between the backticks.
fn example(found: &Diagnostic) -> Option<&str> {
    let help = found.help.first()?;
    let start = help.find('`')? + 1;
    let end = help.rfind('`')?;
    help.get(start..end)
}

/// A clause that the kind does not know, where none was meant that it is close to.
pub fn unknown(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    if found.fix.is_some() {
        return Vec::new();
    }
    clause_at(site, found.primary.place.span, "remove this clause").into_iter().collect()
}

/// The second of two clauses.
pub fn duplicate(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    clause_at(site, found.primary.place.span, "remove this one").into_iter().collect()
}

fn clause_at(site: &Site<'_>, head: Span, title: &str) -> Option<Repair> {
    let own = site.own(head.start())?;
    let clause = own.clauses().find(|clause| own.at(clause.head.span) == head)?;
    Some(Repair::here(site, title, [without_clause(site.text, &own, clause.span)]))
}

/// A clause that a declaration cannot do without.
pub fn missing(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some((own, example)) = site.own(found.primary.place.span.start()).zip(example(found)) else {
        return Vec::new();
    };
    let words = placeholder(example);
    let edit = match example.split(' ').next() {
        Some("contact") => at_end(site.text, words),
        Some("disclosure") => insert(own.name().end(), format!(" {words}")),
        _ => with_clause(site.text, &own, words),
    };
    vec![Repair::here(site, format!("add `{words}`"), [edit])]
}

/// What is written for an example of the help: nobody wants the words of an example in a policy, but to be told which
/// words belong there. What has no words in it is written as it is.
fn placeholder(example: &str) -> &str {
    let head = example.split(' ').next().unwrap_or_default();
    PLACEHOLDERS.iter().find(|(own, _)| *own == head).map_or(example, |(_, words)| words)
}

const PLACEHOLDERS: &[(&str, &str)] = &[
    ("because", "because \"why this exception is right\""),
    ("disclosure", "\"the words that readers must see\""),
    ("error", "error \"what is wrong, and what to do\""),
    ("members", "members [\"name@example.com\"]"),
    ("not", "not \"the wording to avoid\""),
    ("require", "match \"the words to find\""),
    ("says", "says \"the words that make this claim\""),
    ("who", "who false"),
];

/// A tier that claims what another claims, too.
pub fn yields(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let clause = found.help.first().and_then(|help| ticked(help).first().copied());
    let Some((own, clause)) = site.own(found.primary.place.span.start()).zip(clause) else {
        return Vec::new();
    };
    vec![Repair::here(site, format!("add `{clause}`"), [with_clause(site.text, &own, clause)])]
}

/// No `document`.
pub fn document(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some(own) = site.own(found.primary.place.span.start()) else { return Vec::new() };
    if own.clause("document").is_some() {
        return Vec::new();
    }
    let clause = format!("document \"evidence/{}.pdf\"", own.item.path.name());
    let edit = with_clause(site.text, &own, &clause);
    vec![Repair::here(site, format!("add `{clause}`"), [edit])]
}

/// Words that are not written as expected.
pub fn malformed(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some(help) = found.help.first() else { return Vec::new() };
    let span = found.primary.place.span;
    if help.ends_with("on a new line, or put `;` before it") {
        let before = site.text.get(..span.start() as usize).unwrap_or_default();
        let gap = Span::new(before.trim_end().len() as u32, span.start());
        let newline = format!("{}  ", line_break(site.text));
        return vec![Repair::here(site, "put it on a new line", [replace(gap, newline)])];
    }
    if found.message.starts_with("no file can give a fact called") {
        return key(site, span).into_iter().collect();
    }
    let is_text = help.starts_with("write `\"") && ticked(help).len() == 1;
    let is_clause = found.message.ends_with("is not written as expected") && found.message.starts_with('`');
    // A shape with words in it is an example: they would take the place of the author's.
    let is_one_shape = is_clause && !help.contains(", or ") && !help.contains('"');
    if is_text || is_one_shape { written(site, found) } else { Vec::new() }
}

/// A `fact` called as keys are, and called so by all that name it.
fn key(site: &Site<'_>, name: Span) -> Option<Repair> {
    let own = site.own(name.start())?;
    let words = name.slice(site.text);
    let mut snake = String::new();
    for letter in words.chars() {
        if letter.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    let view = site.view;
    let what = Meant::Declaration(own.item.kind, own.item.path.clone());
    let mut edits: BTreeMap<FilePath, Vec<Edit>> = BTreeMap::new();
    for place in references_to(view, own.declaration, &[&what], true) {
        if view.policy(&place.file).is_some_and(|file| !file.is_pack(view.db)) {
            edits.entry(place.file).or_default().push(replace(place.span, snake.clone()));
        }
    }
    let edits = edits.iter().map(|(file, edits)| in_file(file, edits.iter().cloned())).collect();
    Some(Repair { title: format!("call it `{snake}`"), edits })
}

/// A declaration without a name.
pub fn nameless(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let span = found.primary.place.span;
    let name = if span.slice(site.text) == "quiet_hours" { "sms" } else { "new_name" };
    vec![Repair::here(site, format!("call it `{name}`"), [insert(span.end(), format!(" {name}"))])]
}

/// ``compare it with something: `length(it) <= 60` ``, and texts in quotes.
pub fn compared(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let help = found.help.first().map_or("", String::as_str);
    let Some(words) = example(found).filter(|_| help.starts_with("compare it with something: `")) else {
        return Vec::new();
    };
    let span = found.primary.place.span;
    let words = words.replace('…', span.slice(site.text));
    vec![Repair::here(site, format!("write `{words}`"), [replace(span, words)])]
}

/// A declaration that is better not there.
pub fn declaration(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    site.own(found.primary.place.span.start()).map(|own| removed(site, &own)).into_iter().collect()
}

/// Without the declaration.
pub fn removed(site: &Site<'_>, own: &Own<'_>) -> Repair {
    Repair::here(site, format!("remove this `{}`", own.tree.kind.text), [without(site.text, own.span)])
}
