//! Types, for where one is wanted.

use mktlint_hir::model::item::ItemKind;

use super::items::{Distance, Draft, Fit, Items};
use super::names::{self, Reach};
use crate::model::CompletionKind;

/// What each built-in type holds.
const DOCS: [(&str, &str); 15] = [
    ("Bool", "`true` or `false`"),
    ("Int", "a whole number: `60`"),
    ("Decimal", "an exact number with a fraction: `2.50`"),
    ("Percent", "`0.1%`"),
    ("Money", "a sum of any currency: `EUR 20`"),
    ("Duration", "a length of time: `7 days`"),
    ("Date", "a day: `2027-01-31`"),
    ("DateTime", "a day and a time: `2027-01-31T09:00`"),
    ("Time", "a time of day: `21:00`"),
    ("Country", "ISO 3166-1 alpha-2: `DE`"),
    ("Language", "BCP 47: `en`, `de-AT`"),
    ("Text", "words: `\"words\"`"),
    ("String", "the same as `Text`"),
    ("Url", "where a link leads"),
    ("Pattern", "`/…/`, or phrases joined by `|`"),
];

/// What the built-in type `name` holds.
pub fn docs_of(name: &str) -> Option<&'static str> {
    match name {
        "List" => Some("values in order, repeats allowed"),
        "Set" => Some("values without order or repeats"),
        _ => DOCS.iter().find(|(own, _)| *own == name).map(|(_, docs)| *docs),
    }
}

/// Offers every type that can be named here.
pub fn offer(items: &mut Items<'_, '_>) {
    if items.at.is_behind("Money") {
        for own in super::value::CURRENCIES {
            let draft = Draft::new(own, CompletionKind::Constant).detail("currency");
            items.push(draft.ranked(Fit::Exact, Distance::Local));
        }
        return;
    }
    for (n, (name, _)) in mktlint_hir::SIMPLE_TYPES.iter().enumerate() {
        let draft = Draft::new(*name, CompletionKind::Type).docs(docs_of(name).unwrap_or_default());
        items.push(draft.ranked(Fit::Exact, Distance::Import).nth(n));
    }
    for (label, snippet) in [("List<…>", "List<$0>"), ("Set<…>", "Set<$0>"), ("Money<…>", "Money<${1:EUR}>")]
    {
        let draft = Draft::new(label, CompletionKind::Type).snippet(snippet);
        items.push(draft.ranked(Fit::Exact, Distance::Prelude));
    }
    let is_type = |kind| matches!(kind, ItemKind::Enum | ItemKind::Lifecycle);
    let is_record = |kind| matches!(kind, ItemKind::Asset | ItemKind::Part);
    names::offer(items, Reach::Everywhere, |kind| (is_type(kind) || is_record(kind)).then_some(Fit::Exact));
}
