//! Where and on which channels an asset is used.

use mktlint_asset::{Asset, Kind};

use crate::judge::text_list;

/// The countries of the European Union, since manifests say `EU`.
///
/// Source: Article 52 of the Treaty on European Union, since 2020-02-01.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The members of the European Economic Area that are not in the Union.
const EEA_ONLY: [&str; 3] = ["IS", "LI", "NO"];

/// The countries that `asset` says it goes to, each once, in order of mention; `EU` and `EEA` are written out, and a
/// subdivision (`US-CA`) counts as its country. `None` when it says nothing, the word when one is no country.
pub fn regions(asset: &Asset) -> Option<Result<Vec<String>, String>> {
    let words = text_list(asset, "regions").filter(|words| !words.is_empty())?;
    let mut regions: Vec<String> = Vec::new();
    for word in words {
        let upper = word.to_uppercase();
        let code = upper.split('-').next().unwrap_or_default();
        let members = match code {
            "EU" => EU.to_vec(),
            "EEA" => EU.into_iter().chain(EEA_ONLY).collect(),
            "UK" => vec!["GB"],
            _ if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => vec![code],
            _ => return Some(Err(word.to_owned())),
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
    text_list(asset, "channel").filter(|words| !words.is_empty())
}

/// The channel that all assets of a kind are used on.
const fn channel_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Email => Some("email"),
        Kind::Sms => Some("sms"),
        Kind::Push => Some("push"),
        Kind::SocialPost => Some("social"),
        Kind::Ad => Some("ads"),
        Kind::Post => Some("blog"),
        Kind::Page => Some("web"),
        Kind::Campaign => None,
    }
}
