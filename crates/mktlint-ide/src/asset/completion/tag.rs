//! Merge tags: `{{ first_name | default: "there" }}`, `*|FNAME|*`.

use mktlint_asset::{PartKind, names};
use mktlint_plan::Merge;

use super::items::{Items, escaped};
use crate::CompletionKind;
use crate::asset::at::words;
use crate::asset::{prose, schema};

/// How tags open and close.
const TAGS: [(&str, &str); 4] = [("{{", "}}"), ("*|", "|*"), ("%%", "%%"), ("<%=", "%>")];

/// The names that the policy knows and the file uses; false when the place is in no tag.
pub fn offer(items: &mut Items<'_>) -> bool {
    let line = items.line();
    let opened = TAGS.iter().filter_map(|(open, close)| Some((last_open(line, open, close)?, *open, *close)));
    let Some((start, open, close)) = opened.max_by_key(|(start, ..)| *start) else { return false };
    let inside = line.get(start..).unwrap_or_default();
    let typed = inside.trim_start();
    // Behind the name stand filters, which are none of ours; `{{#if` and `{{/if` decide.
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '@' | '$');
    if !typed.chars().all(is_name) {
        return true;
    }
    items.replace_last(typed.len());
    let dialect = dialect(items, open);
    let is_closed =
        items.line_after().trim_start_matches(|letter| is_name(letter) || letter == ' ').starts_with(close);
    let space = if inside.len() == typed.len() && open == "{{" && dialect != "handlebars" { " " } else { "" };
    let tail = if is_closed { String::new() } else { tail(open, close, dialect) };
    declared(items, dialect, space, &tail);
    used(items, space, &tail);
    true
}

/// Behind the last opener that is not closed again.
fn last_open(line: &str, open: &str, close: &str) -> Option<usize> {
    let start = line.rfind(open)? + open.len();
    let is_pair = open != close || line.matches(open).count() % 2 == 1;
    (is_pair && !line.get(start..)?.contains(close)).then_some(start)
}

/// The language of tags that open so in this file.
fn dialect(items: &Items<'_>, open: &str) -> &'static str {
    match open {
        "*|" => return "mailchimp",
        "%%" => return "ampscript",
        "<%=" => return "erb",
        _ => {}
    }
    let assets = &items.file.extraction.assets;
    let all = assets.iter().flat_map(|asset| asset.parts.iter().map(move |part| (asset, part)));
    let tags = all.filter(|(_, part)| matches!(part.kind, PartKind::MergeTag | PartKind::ControlTag));
    let mut known =
        tags.filter_map(|(asset, part)| words(asset, part, names::DIALECT)).map(|(dialect, _)| dialect);
    known
        .find_map(|dialect| ["jinja", "handlebars"].into_iter().find(|known| *known == dialect))
        .unwrap_or("liquid")
}

fn tail(open: &str, close: &str, dialect: &str) -> String {
    let space = if matches!(open, "{{" | "<%=") && dialect != "handlebars" { " " } else { "" };
    format!("{space}{close}")
}

/// The tags that policies declare, with a fallback where one is asked for.
fn declared(items: &mut Items<'_>, dialect: &str, space: &str, tail: &str) {
    let Some(plan) = items.view.assets.plan() else { return };
    for merge in &plan.merges {
        let name = plan.str(merge.name);
        let shown = if dialect == "mailchimp" { name.to_uppercase() } else { name.to_owned() };
        let filter = filter(plan, merge, dialect);
        let docs = schema::clause(items.view, &plan.place(merge.place));
        let own = items.add(shown.as_str(), CompletionKind::Value);
        own.detail = Some(if merge.fallback_required { "needs a fallback" } else { "merge tag" }.to_owned());
        own.docs = docs.map(|text| prose::block("mkt", &text, 6));
        own.is_snippet = filter.contains('$');
        own.insert = match own.is_snippet {
            true => format!("{space}{}{filter}{}", escaped(&shown), escaped(tail)),
            false => format!("{space}{shown}{filter}{tail}"),
        };
    }
}

/// ` | default: "there"`, where the language has such.
fn filter(plan: &mktlint_plan::Plan, merge: &Merge, dialect: &str) -> String {
    if !merge.fallback_required {
        return String::new();
    }
    let known = merge.fallback.map(|id| plan.str(id).replace('"', "'"));
    let words = known.map_or_else(|| "$1".to_owned(), |words| words.replace('$', ""));
    match dialect {
        "liquid" => format!(" | default: \"{words}\""),
        "jinja" => format!(" | default(\"{words}\")"),
        _ => String::new(),
    }
}

/// The tags that this file has already.
fn used(items: &mut Items<'_>, space: &str, tail: &str) {
    let offset = items.offset;
    let assets = &items.file.extraction.assets;
    let all = assets.iter().flat_map(|asset| asset.parts.iter().map(move |part| (asset, part)));
    let others = all.filter(|(_, part)| part.kind == PartKind::MergeTag && !part.span.touches(offset));
    let names: Vec<String> = others
        .filter_map(|(asset, part)| words(asset, part, names::NAME))
        .map(|(name, _)| name.to_owned())
        .filter(|name| !name.is_empty() && name.len() <= 60)
        .take(200)
        .collect();
    for name in names {
        let own = items.add(name.as_str(), CompletionKind::Value);
        if own.detail.is_none() {
            own.insert = format!("{space}{name}{tail}");
            own.detail = Some("used in this file".to_owned());
        }
    }
}
