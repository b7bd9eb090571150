//! In which language an asset is written.

use mktlint_asset::{Asset, Value};
use mktlint_measure::language::tag;

/// Whether nothing says that `asset` is written in another language than English: neither it nor its campaign.
pub fn may_be_english(asset: &Asset, campaign: Option<&Asset>) -> bool {
    let own = ["lang", "languages"].into_iter().find_map(|field| languages(asset, field));
    let given = own.or_else(|| campaign.and_then(|campaign| languages(campaign, "languages")));
    given.is_none_or(|languages| languages.iter().all(|tag| tag == "en" || tag.starts_with("en-")))
}

/// The tags in `field`; `None` when there are none.
fn languages(asset: &Asset, field: &str) -> Option<Vec<String>> {
    let word = |value: &Value| match value {
        Value::Text(range) => Some(asset.slice(*range)),
        _ => None,
    };
    let words: Vec<&str> = match &asset.fields.get(field)?.value {
        Value::List(items) => items.iter().filter_map(word).collect(),
        value => word(value).into_iter().collect(),
    };
    let pieces = words.into_iter().flat_map(|words| words.split([',', ';', '|'])).map(str::trim);
    let tags: Vec<String> = pieces.filter_map(tag).collect();
    (!tags.is_empty()).then_some(tags)
}
