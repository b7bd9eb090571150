//! What follows the head of a clause, where it is no expression.

use mktlint_hir::model::change::{ChangeKind, PARTS};
use mktlint_hir::model::expr::Length;
use mktlint_hir::model::item::ItemKind;
use mktlint_measure::channel_group::ChannelGroup;
use mktlint_measure::text::Shape;
use mktlint_measure::utm::Key;
use mktlint_syntax::lex::Kind;

use super::items::{Distance, Draft, Fit, Items};
use super::names::{self, Reach};
use super::wanted::Words;
use super::{header, modules, types, value};
use crate::model::CompletionKind;

const NEAR: Words = &[
    ("within 2 paragraphs", "at most so many paragraphs away"),
    ("within same sentence", "in the sentence of the claim"),
    ("within same paragraph", "in the paragraph of the claim"),
    ("within same document", "anywhere in the asset"),
    ("anywhere", "anywhere in the asset"),
];

const LEVELS: Words =
    &[("error", "a run fails by default"), ("warning", "should be mended"), ("info", "is worth knowing")];

const PARAMETER: Words = &[
    ("=", "exactly this; a text can hold `{campaign.id}`"),
    ("in", "one of these"),
    ("matches", "a shape, or a pattern that finds all of it"),
    ("required", "it must be there; what nothing means"),
    ("optional", "it may be there"),
    ("forbidden", "it must not be there"),
];

const TIER: Words = &[
    ("uses regulated claims", "an asset says a claim that is regulated"),
    ("uses claims", "an asset says one of these claims"),
    ("change only", "nothing else has changed"),
    ("change touches", "one of these has changed"),
    ("audience could include", "the audience can include somebody like that"),
];

/// Offers what can follow the head of the clause; false when an expression does.
pub fn offer(items: &mut Items<'_, '_>, kind: ItemKind) -> bool {
    let at = items.at;
    let Some(head) = at.head().map(str::to_owned) else { return false };
    let words: Vec<String> = at.words(at.frames().len() - 1).into_iter().map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    shared(items, kind, &head, &words) || own(items, kind, &head, &words)
}

/// Clauses that everything enforceable can have.
fn shared(items: &mut Items<'_, '_>, kind: ItemKind, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("waivable", []) => items.words(&[("by", "these roles")]),
        ("waivable", ["by"] | [.., ","]) => names::global(items, ItemKind::Role),
        ("off", []) => items.words(&[("by default", "in force only when enforced by name")]),
        ("off", ["by"]) => items.words(&[("default", "in force only when enforced by name")]),
        ("from", [..]) if kind == ItemKind::QuietHours => quiet(items, words),
        ("from" | "until" | "expires" | "at", []) if kind != ItemKind::Tier && kind != ItemKind::Cap => {
            match head {
                "expires" => value::expiry(items),
                "until" => value::last_day(items),
                _ => value::date(items),
            }
        }
        ("from", [_]) => items.words(&[("until", "the last day in force")]),
        ("from", [_, "until"]) => value::last_day(items),
        ("never", []) if kind != ItemKind::Claim => items.words(&[("waivable", "no exceptions")]),
        ("because" | "help" | "error" | "warning" | "info", _) => {}
        _ => return false,
    }
    true
}

fn quiet(items: &mut Items<'_, '_>, words: &[&str]) {
    match words {
        [_] => items.words(&[("to", "the first moment that is not quiet any more")]),
        [_, "to", _] => items.words(&[("recipient_time", "by the clock of whoever gets it")]),
        _ => {}
    }
}

fn own(items: &mut Items<'_, '_>, kind: ItemKind, head: &str, words: &[&str]) -> bool {
    match kind {
        ItemKind::Rule => rule(items, head, words),
        ItemKind::Claim => claim(items, head, words),
        ItemKind::Term => term(items, head, words),
        ItemKind::Cap => cap(items, head, words),
        ItemKind::Tier => tier(items, head, words),
        ItemKind::Role if head == "revoked" => {
            if words.len() == 1 {
                items.words(&[("from", "the first day on which the key does not count")]);
            }
            true
        }
        ItemKind::Pipeline => pipeline(items, head, words),
        ItemKind::Threshold => threshold(items, head, words),
        ItemKind::Utm => utm(items, head, words),
        ItemKind::Merge => merge(items, head, words),
        ItemKind::Waive if head == "by" && words.is_empty() => {
            names::global(items, ItemKind::Role);
            true
        }
        ItemKind::Test => test(items, head, words),
        ItemKind::Contact | ItemKind::Asset | ItemKind::Part => field(items),
        ItemKind::Lifecycle => stages(items),
        ItemKind::Suppress | ItemKind::QuietHours => false,
        _ => true,
    }
}

fn rule(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("match", _) => {}
        ("fix", [] | ["unsafe"]) => {
            items.words(&[
                ("remove match", "takes the match out"),
                ("replace match with", "in the case of the match"),
                ("replace it with", "the whole text of the field"),
            ]);
            if words.is_empty() {
                items.words(&[("unsafe", "may change what the reader is told")]);
            }
        }
        ("fix", [.., "remove"]) => items.words(&[("match", "what was found")]),
        ("fix", [.., "replace"]) => {
            items.words(&[("match with", "what was found"), ("it with", "the whole text")])
        }
        ("fix", [.., "match" | "it"]) if words.contains(&"replace") => {
            items.words(&[("with", "the new text")])
        }
        ("fix", _) => {}
        _ => return false,
    }
    true
}

fn claim(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("needs", []) => items.words(&[
            ("evidence", "a document that must hold on the day of sending"),
            ("disclosure", "words that must stand near"),
        ]),
        ("needs", ["evidence"]) => names::of_kind(items, ItemKind::Evidence),
        ("needs", ["disclosure"]) => names::of_kind(items, ItemKind::Disclosure),
        ("needs", ["disclosure", _]) => items.words(NEAR),
        ("needs", [.., "within"]) => {
            items.words(&[("2 paragraphs", ""), ("1 sentence", ""), ("20 words", ""), ("same sentence", "")]);
        }
        ("needs", [.., "same"]) => items.words(&[("sentence", ""), ("paragraph", ""), ("document", "")]),
        ("needs", [.., "1"]) => items.words(&[("paragraph", ""), ("sentence", ""), ("word", "")]),
        ("needs", [.., number]) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            items.words(&[("paragraphs", ""), ("sentences", ""), ("words", "")]);
        }
        ("never" | "only", []) => {
            items.words(&[("in", "countries and regions"), ("on", "channels")]);
            if head == "never" {
                items.words(&[("waivable", "no exceptions")]);
            }
        }
        ("never" | "only", ["in"]) => regions(items),
        ("never" | "only", ["on"] | ["on", .., ","]) => names::channels(items),
        ("tier", []) => names::global(items, ItemKind::Tier),
        ("says" | "needs" | "tier" | "regulated" | "absolute", _) => {}
        ("never" | "only", ["in", .., "+" | "-"]) => regions(items),
        _ => {}
    }
    true
}

/// Regions, and a list of countries.
fn regions(items: &mut Items<'_, '_>) {
    items.phrase("[…]", "[$0]", "a list of countries");
    names::offer(items, Reach::Everywhere, |kind| (kind == ItemKind::Region).then_some(Fit::Exact));
}

fn term(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("not", [.., "\"\""]) => {
            items.words(&[("as verb", "only where one does it"), ("as noun", "only where it is a thing")])
        }
        ("not", [.., "as"]) => {
            items.words(&[("verb", "only where one does it"), ("noun", "only where it is a thing")])
        }
        ("case", []) => items.words(&[("sensitive", "`Sign Up` and `sign up` are two")]),
        _ => {}
    }
    true
}

fn cap(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    if head != "at" {
        return false;
    }
    match words {
        [] => items.words(&[("most", "a number of messages")]),
        ["most", _] => {
            items.words(&[("messages", "of whatever channel")]);
            names::channels(items);
        }
        ["most", _, .., ","] => names::channels(items),
        [.., "per"] => items.words(&[("day", ""), ("week", ""), ("7 days", ""), ("30 days", "")]),
        ["most", ..] if words.contains(&"unless") => return false,
        ["most", _, ..] if words.contains(&"per") => {
            let number = words.last().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
            if number { units(items) } else { items.words(&[("unless", "messages that do not count")]) }
        }
        ["most", _, ..] => items.words(&[("per", "a length of time")]),
        _ => {}
    }
    true
}

fn units(items: &mut Items<'_, '_>) {
    for unit in Length::UNITS {
        items.push(Draft::keyword(unit, "a length of time").ranked(Fit::Exact, Distance::Local));
    }
}

fn tier(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("when", [] | [.., "and" | "or" | "not"]) => {
            for (n, (words, docs)) in TIER.iter().enumerate() {
                items.push(Draft::keyword(words, docs).ranked(Fit::Exact, Distance::Local).nth(n));
            }
            return false;
        }
        ("when", [.., "uses", "claims"]) => items.phrase("[…]", "[$0]", "one of these claims"),
        ("when", [.., "change", "only" | "touches"]) => {
            items.phrase("[…]", "[$0]", "what may have changed");
        }
        ("when", [.., "could", "include"]) => items.phrase("{…}", "{ $0 }", "conditions on a contact"),
        ("when", _) => return false,
        ("approve", [] | [.., "and" | "of"]) => {
            names::global(items, ItemKind::Role);
            if words.last() != Some(&"of") {
                items.words(&[("all of", "every member of the role")]);
            }
        }
        ("approve", [.., "for"]) => items.phrase("[…]", "[$0]", "the parts that they speak of"),
        ("approve", [.., "all"]) => items.words(&[("of", "every member of the role")]),
        ("approve", [.., number]) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            items.words(&[("of", "so many of the role")]);
        }
        ("approve", _) => items.words(&[("and", "and these too"), ("for", "only when these parts change")]),
        ("yields", []) => items.words(&[("to", "tiers that go first")]),
        ("yields", ["to"] | [.., ","]) => names::global(items, ItemKind::Tier),
        ("authors", []) => items.words(&[("may approve", "whoever made the change may approve it, too")]),
        ("authors", ["may"]) => items.words(&[("approve", "whoever made the change may approve it, too")]),
        ("expires", []) => items.words(&[("after", "how long an approval holds")]),
        ("expires", ["after", _]) => units(items),
        _ => {}
    }
    true
}

fn pipeline(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("stall", []) | ("target", [] | [_, "to"]) => pipeline_stages(items),
        ("stall", [_]) => items.words(&[("after", "how long work may stay there")]),
        ("target", [_]) => items.words(&[("to", "the stage that is reached")]),
        ("target", [_, "to", _]) => items.words(&[("within", "how long work may take")]),
        (_, [.., "after" | "within", _]) => units(items),
        _ => {}
    }
    true
}

fn pipeline_stages(items: &mut Items<'_, '_>) {
    let (view, file) = (items.at.view, items.at.file);
    let Some((declaration, _)) = view.declaration_at(file, items.at.word.start()) else { return };
    let mktlint_hir::model::item::Meaning::Pipeline(pipeline) = &view.item(declaration).meaning else {
        return;
    };
    for (n, stage) in pipeline.stages.iter().enumerate() {
        items.push(
            Draft::new(stage.as_str(), CompletionKind::Member).ranked(Fit::Exact, Distance::Local).nth(n),
        );
    }
}

fn threshold(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    if matches!(head, "above" | "below") && words.len() == 1 {
        items.words(LEVELS);
    }
    true
}

fn utm(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    let is_param = |name: &str| Key::ALL.iter().any(|key| key.short_name() == name);
    match (head, words) {
        ("others", []) => items.words(&[("allowed", "parameters that are not named may be there")]),
        ("order", [] | [.., ","]) => {
            for key in Key::ALL {
                items.push(Draft::keyword(key.short_name(), "").ranked(Fit::Exact, Distance::Field));
            }
        }
        ("group", []) => items.words(&[("=", "the channel group that GA4 must report")]),
        ("group", ["="]) => {
            for group in ChannelGroup::ALL {
                let draft = Draft::new(format!("\"{}\"", group.name()), CompletionKind::Constant);
                items.push(draft.detail("GA4 channel group").ranked(Fit::Exact, Distance::Local));
            }
        }
        (name, []) if is_param(name) => items.words(PARAMETER),
        (name, ["optional" | "required"]) if is_param(name) => items.words(&[
            ("=", "exactly this"),
            ("in", "one of these"),
            ("matches", "a shape, or a pattern that finds all of it"),
        ]),
        (_, [.., "matches"]) => shapes(items),
        _ => {}
    }
    true
}

/// Offers what `matches` can ask without a pattern.
pub fn shapes(items: &mut Items<'_, '_>) {
    for shape in Shape::ALL {
        let draft = Draft::new(shape.name(), CompletionKind::Constant).detail("shape");
        items.push(draft.ranked(Fit::Exact, Distance::Local));
    }
}

fn merge(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    if head == "fallback" && words.is_empty() {
        items.words(&[("required", "a tag without a fallback of its own is a finding")]);
    }
    true
}

fn test(items: &mut Items<'_, '_>, head: &str, words: &[&str]) -> bool {
    match (head, words) {
        ("fires" | "silent" | "undecided", []) => items.words(&[("on", "what is judged")]),
        ("fires" | "silent" | "undecided", ["on"]) => fixtures(items),
        ("fires", ["on", _, _]) => items.words(&[("fixed", "what people read after the fix")]),
        _ => {}
    }
    true
}

/// Kinds of asset and parts, each with a record to fill.
fn fixtures(items: &mut Items<'_, '_>) {
    let is_fixture = |kind| matches!(kind, ItemKind::Asset | ItemKind::Part);
    for named in names::all(items.at, Reach::File, is_fixture) {
        let draft = named.draft().snippet(format!("{} {{ $0 }}", named.label));
        items.push(draft.ranked(Fit::Exact, named.distance));
    }
}

/// Behind the colon of a field its type, behind the type of a number its range.
fn field(items: &mut Items<'_, '_>) -> bool {
    match items.at.last().map(|last| last.kind) {
        Some(Kind::Colon | Kind::TypeOpen | Kind::Lt) => types::offer(items),
        Some(Kind::Word | Kind::Question | Kind::TypeClose) if items.at.words(1).contains(&":") => {
            items.words(&[("in", "the values that it may take: `in 0..=130`")]);
        }
        _ => {}
    }
    true
}

/// The stages that the lifecycle names so far.
fn stages(items: &mut Items<'_, '_>) -> bool {
    let at = items.at;
    let body = at.frame().at + 1;
    let words = at.tokens(body..at.n_tokens()).iter().filter(|token| token.kind == Kind::Word);
    let stages: std::collections::BTreeSet<String> = words.map(|token| at.str(*token).to_owned()).collect();
    for stage in stages {
        items.push(
            Draft::new(stage, CompletionKind::Member).detail("stage").ranked(Fit::Exact, Distance::Local),
        );
    }
    true
}

/// Offers what can stand in the list at the cursor, where it is no list of values; false when it is one.
pub fn list(items: &mut Items<'_, '_>) -> bool {
    let at = items.at;
    let Some(depth) = at.frames().len().checked_sub(2) else { return false };
    let words = at.words(depth);
    match (at.kind, at.head(), words.as_slice()) {
        (_, _, [.., "uses", "claims"]) => names::of_kind(items, ItemKind::Claim),
        (_, _, [.., "change", "only" | "touches"]) => {
            let words: Vec<(&str, &str)> = ChangeKind::words().map(|word| (word, "")).collect();
            items.words(&words);
        }
        (Some(ItemKind::Tier), Some("approve"), [.., "for"]) => items.words(&PARTS.map(|part| (part, ""))),
        (Some(ItemKind::Enforce), None, [target @ .., "except"]) => {
            let target: String = target
                .iter()
                .take_while(|word| !matches!(**word, "as" | "from" | "until"))
                .copied()
                .collect();
            modules::rules_in(items, &target);
        }
        (Some(ItemKind::Waive), None, _) => modules::rules(items),
        (Some(ItemKind::Prove), None, []) => header::people(items),
        (Some(ItemKind::Role | ItemKind::Utm), Some(_), _) => {}
        _ => return false,
    }
    true
}
