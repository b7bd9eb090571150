//! Where and on which channels an asset is used.

use mktlint_asset::{Asset, Kind};
use mktlint_hir::places::country;
use mktlint_plan::Plan;

use crate::judge::text_list;

/// The countries that `asset` says it goes to, each once, in order of mention; a region of the policies (`EU`) is written
/// out, and a subdivision (`US-CA`) counts as its country. `None` when it says nothing, the word when one is neither.
pub fn regions(plan: &Plan, asset: &Asset) -> Option<Result<Vec<String>, String>> {
    let words = words(asset, "regions")?;
    let mut regions: Vec<String> = Vec::new();
    for word in words {
        let upper = word.to_uppercase();
        let code = upper.split('-').next().unwrap_or_default();
        let members: Vec<&str> = match (country(code), plan.region(word)) {
            (Some(country), _) => vec![country],
            (None, Some(members)) => members.collect(),
            (None, None) => return Some(Err(word.to_owned())),
        };
        for member in members {
            if !regions.iter().any(|known| known == member) {
                regions.push(member.to_owned());
            }
        }
    }
    Some(Ok(regions))
}

/// The channels that `asset` is used on, in lower case: what it says itself, else that of its kind, else what its
/// campaign says. None when nobody says.
pub fn channels(asset: &Asset, campaign: Option<&Asset>) -> Vec<String> {
    let lower = |words: Vec<&str>| words.into_iter().map(str::to_lowercase).collect();
    match (given(asset), channel_of(asset.kind)) {
        (Some(words), _) => lower(words),
        (None, Some(channel)) => vec![channel.into()],
        (None, None) => campaign.and_then(given).map(lower).unwrap_or_default(),
    }
}

fn given(asset: &Asset) -> Option<Vec<&str>> {
    words(asset, "channel")
}

/// The words of a field; of `US, DE` both. `None` when there is none.
fn words<'a>(asset: &'a Asset, field: &str) -> Option<Vec<&'a str>> {
    let texts = text_list(asset, field)?;
    let pieces = texts.into_iter().flat_map(|text| text.split([',', ';', '|'])).map(str::trim);
    let words: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    (!words.is_empty()).then_some(words)
}

/// The channel that all assets of a kind are used on.
pub const fn channel_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Email => Some("email"),
        Kind::Sms => Some("sms"),
        Kind::Push => Some("push"),
        Kind::SocialPost => Some("social"),
        Kind::Ad => Some("ads"),
        Kind::Post => Some("blog"),
        Kind::Page => Some("web"),
        Kind::Campaign | Kind::AppListing => None,
    }
}
