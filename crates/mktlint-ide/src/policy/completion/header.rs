//! What stands between the kind of a declaration and its body.

use mktlint_hir::model::item::ItemKind;
use mktlint_syntax::lex::{Kind, Kinds};

use super::items::{Distance, Draft, Fit, Items};
use super::names::{self, Reach, is_people};
use super::wanted::Words;
use super::{modules, types, value};
use crate::asset::names::is_waivable;
use crate::policy::context::Context;

const LEADS: Kinds = Kinds::of(&[
    Kind::On,
    Kind::Where,
    Kind::As,
    Kind::Except,
    Kind::Until,
    Kind::Unless,
    Kind::When,
    Kind::Assign,
    Kind::Arrow,
    Kind::TypeColon,
]);

const LEVELS: Words =
    &[("error", "a run fails by default"), ("warning", "should be mended"), ("info", "is worth knowing")];

const ENFORCE: Words = &[
    ("as", "with this level"),
    ("from", "the first day in force"),
    ("until", "the last day in force"),
    ("except", "without these rules"),
    ("never waivable", "no exceptions"),
    ("waivable by", "exceptions only by these roles"),
];

const PROOFS: Words = &[
    ("subset of", "everybody in it is in the other one"),
    ("disjoint from", "nobody is in both"),
    ("equivalent to", "the same people are in both"),
    ("never", "nobody in it is like that: `never { age < 18 }`"),
];

const ON: (&str, &str) = ("on", "the channels that it speaks of; every channel when it is not said");

/// The last word or sign that introduces a part of the header.
pub fn lead(at: &Context<'_>) -> Option<Kind> {
    let range = at.entry(0);
    let mut found = None;
    let mut n = range.start;
    while n < range.end {
        let kind = at.tokens(n..n + 1).first().map(|token| token.kind);
        found = kind.filter(|kind| LEADS.has(*kind)).or(found);
        n = at.behind(n);
    }
    found
}

/// Offers what can stand in a header.
pub fn offer(items: &mut Items<'_, '_>, kind: ItemKind) {
    let words: Vec<String> = items.at.words(0).into_iter().map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match kind {
        ItemKind::Use => used(items, &words),
        ItemKind::Enforce => enforced(items, &words),
        ItemKind::Waive => waived(items, &words),
        ItemKind::Test if words.is_empty() => tested(items),
        ItemKind::Rule => rule(items, &words),
        ItemKind::Suppress | ItemKind::Threshold | ItemKind::Utm | ItemKind::QuietHours => {
            on_channels(items, kind, &words);
        }
        ItemKind::Prove => proof(items, &words),
        ItemKind::Given if words.is_empty() => names::global(items, ItemKind::Fact),
        ItemKind::Fact if lead(items.at) == Some(Kind::TypeColon) => typed(items),
        ItemKind::Fn if lead(items.at) == Some(Kind::Arrow) => typed(items),
        ItemKind::Fn if words.len() == 2 => items.words(&[("->", "the type of the result")]),
        _ if lead(items.at) == Some(Kind::Assign) => super::expression(items),
        _ => {}
    }
}

/// Offers types where one is wanted: not behind one.
fn typed(items: &mut Items<'_, '_>) {
    let wants =
        |kind| matches!(kind, Kind::TypeColon | Kind::Arrow | Kind::Colon | Kind::TypeOpen | Kind::Lt);
    if items.at.last().is_some_and(|last| wants(last.kind)) {
        types::offer(items);
    }
}

fn used(items: &mut Items<'_, '_>, words: &[&str]) {
    match words {
        [] => {
            modules::offer(items, "");
            modules::whole(items, ".{$0}", |_, _| (Fit::Perhaps, Distance::Pack));
        }
        [.., "as"] => {}
        _ => items.words(&[("as", "another name for it in this file")]),
    }
}

fn enforced(items: &mut Items<'_, '_>, words: &[&str]) {
    match words {
        [] => {
            modules::offer(items, "");
            let view = items.at.view;
            modules::whole(items, "", |module, file| modules::to_enforce(view, module, file));
        }
        [.., "as"] => items.words(LEVELS),
        [.., "from"] => value::date(items),
        [.., "until"] => value::last_day(items),
        [.., "by"] => names::global(items, ItemKind::Role),
        [.., "never"] => items.words(&[("waivable", "no exceptions")]),
        [.., "waivable"] => items.words(&[("by", "these roles")]),
        [.., "except"] => items.phrase("[…]", "[$0]", "these rules"),
        _ => {
            let rest: Vec<_> = ENFORCE.iter().copied().filter(|(word, _)| !has(words, word)).collect();
            items.words(&rest);
        }
    }
}

fn has(words: &[&str], phrase: &str) -> bool {
    phrase.split(' ').next().is_some_and(|first| words.contains(&first))
}

fn waived(items: &mut Items<'_, '_>, words: &[&str]) {
    match words {
        [] | [.., ","] if !words.contains(&"for") => {
            modules::rules(items);
            if words.is_empty() {
                modules::offer(items, "");
            }
        }
        [.., "until"] => value::last_day(items),
        [.., "for" | ","] => {}
        _ => {
            if !words.contains(&"for") {
                items.phrase(
                    "for",
                    "for \"${1:campaigns/**}\"",
                    "the files that it covers; every asset when it is not said",
                );
            }
            if !words.contains(&"until") {
                items.phrase("until", "until $0", "the last day on which it holds");
            }
        }
    }
}

/// What can be tested: what has no test yet first.
fn tested(items: &mut Items<'_, '_>) {
    let (view, file) = (items.at.view, items.at.file);
    let all = mktlint_hir::db::declarations(view.db, file).iter();
    let tested: Vec<&str> =
        all.filter(|own| own.kind(view.db) == "test").map(|own| own.name(view.db).as_str()).collect();
    for ((_, name), entry) in &mktlint_hir::names::file_scope(view.db, file).names {
        if is_waivable(entry.kind) || is_people(entry.kind) {
            let distance = if tested.contains(&name.as_str()) { Distance::Import } else { Distance::File };
            let draft = Draft::new(name.as_str(), names::icon(entry.kind)).names(entry);
            let word = mktlint_hir::names::word_of_kind(entry.kind);
            items.push(draft.detail(word).ranked(Fit::Exact, distance));
        }
    }
    names::offer(items, Reach::File, |kind| is_people(kind).then_some(Fit::Exact));
    modules::rules(items);
}

fn rule(items: &mut Items<'_, '_>, words: &[&str]) {
    match (lead(items.at), words) {
        (Some(Kind::Where), _) => super::expression(items),
        (_, []) => {}
        (Some(Kind::On), [.., "on" | ","]) => scopes(items),
        (Some(Kind::On), _) => items.words(&[("where", "when the rule applies at all")]),
        _ => items.words(&[
            ("on", "where it looks: a kind of asset, a part, a field"),
            ("where", "when the rule applies at all"),
        ]),
    }
}

/// Kinds of asset and parts.
fn scopes(items: &mut Items<'_, '_>) {
    let is_scope = |kind| matches!(kind, ItemKind::Asset | ItemKind::Part);
    names::offer(items, Reach::Everywhere, |kind| is_scope(kind).then_some(Fit::Exact));
}

fn on_channels(items: &mut Items<'_, '_>, kind: ItemKind, words: &[&str]) {
    match words {
        [] if matches!(kind, ItemKind::Utm | ItemKind::QuietHours) => names::channels(items),
        [] => {}
        [.., "on" | ","] => names::channels(items),
        _ if !words.contains(&"on") => items.words(&[ON]),
        _ => {}
    }
}

fn proof(items: &mut Items<'_, '_>, words: &[&str]) {
    match words {
        [] | [.., "of" | "from" | "to"] => people(items),
        [.., "subset"] => items.words(&[("of", "the other one")]),
        [.., "disjoint"] => items.words(&[("from", "the other one")]),
        [.., "equivalent"] => items.words(&[("to", "the other one")]),
        [.., "never"] => items.phrase("{…}", "{ $0 }", "conditions that nobody in it meets"),
        [.., "cover"] => items.words(&[("contact", "everybody"), ("contact where", "everybody like that")]),
        [.., "contact"] => items.words(&[("where", "everybody like that")]),
        ["[]"] => items.words(&[("cover contact", "everybody is in one of them")]),
        _ if lead(items.at) == Some(Kind::Where) => super::expression(items),
        [_] => items.words(PROOFS),
        _ => {}
    }
}

/// Audiences and suppressions.
pub fn people(items: &mut Items<'_, '_>) {
    names::offer(items, Reach::Everywhere, |kind| is_people(kind).then_some(Fit::Exact));
}
