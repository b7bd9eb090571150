//! The keys of campaign tags.

use std::fmt;

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// A key that Google Analytics reads, in the order in which people write them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Key {
            $($(#[$doc])* $variant,)*
        }

        impl Key {
            /// The nine keys, in the order in which people write them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// As it stands in a link: `utm_source`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

keys! {
    /// Who sends the visitor: `newsletter`, `google`.
    Source "utm_source",
    /// By what means: `email`, `cpc`. Decides the channel group.
    Medium "utm_medium",
    /// For which campaign: `spring_sale`.
    Campaign "utm_campaign",
    /// The campaign's id, by which costs are joined.
    Id "utm_id",
    /// The paid keyword.
    Term "utm_term",
    /// Which link or creative of several: `hero`, `footer`.
    Content "utm_content",
    /// The platform that bought or sent it, as it calls itself: `Search Ads 360`.
    SourcePlatform "utm_source_platform",
    /// `display`, `video`. Accepted, not reported.
    CreativeFormat "utm_creative_format",
    /// `remarketing`, `prospecting`. Accepted, not reported.
    MarketingTactic "utm_marketing_tactic",
}

impl Key {
    /// The key of exactly that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.name() == name)
    }

    /// The name without `utm_`: `source`.
    pub fn short_name(self) -> &'static str {
        self.name().trim_start_matches("utm_")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a key of a link is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Exactly a key: `utm_source`.
    Exact(Key),
    /// A key behind what is left of a `&amp;`: `amp;utm_source`.
    Entity(Key),
    /// A key but for its case: `UTM_Source`.
    WrongCase(Key),
    /// One slip away from a key: `utm_compaign`, `utm-source`.
    Misspelt(Key),
    /// Starts with `utm_` and is near none of the nine: `utm_audience`.
    Unknown,
}

impl Reading {
    /// How to read the decoded key `name`; `None` when it has nothing to do with campaign tags.
    ///
    /// A slip is one letter too many, too few, wrong or swapped with the next, or other separators. A wrong letter is
    /// not a slip in `utm_id`, where it would make `utm_ad` one.
    pub fn of(name: &str) -> Option<Self> {
        // The longest key has 20 letters; a slip adds one, `amp;` four.
        if name.len() > 25 {
            return name.get(..4).filter(|start| start.eq_ignore_ascii_case("utm_")).map(|_| Self::Unknown);
        }
        if let Some(key) = Key::from_name(name) {
            return Some(Self::Exact(key));
        }
        let lower = name.to_ascii_lowercase();
        if let Some(key) = lower.strip_prefix("amp;").and_then(Key::from_name) {
            return Some(Self::Entity(key));
        }
        if let Some(key) = Key::from_name(&lower) {
            return Some(Self::WrongCase(key));
        }
        let joined = lower.replace(['-', '.', ' '], "_");
        let near = Key::ALL.iter().copied().find(|key| is_slip_of(*key, &joined));
        near.map(Self::Misspelt).or(lower.starts_with("utm_").then_some(Self::Unknown))
    }

    /// The key that is written or meant; `None` when it is near none.
    pub const fn key(self) -> Option<Key> {
        match self {
            Self::Exact(key) | Self::Entity(key) | Self::WrongCase(key) | Self::Misspelt(key) => Some(key),
            Self::Unknown => None,
        }
    }
}

fn is_slip_of(key: Key, name: &str) -> bool {
    let (mut name, mut key_name) = (name.as_bytes(), key.name().as_bytes());
    while let ([first, rest @ ..], [key_first, key_rest @ ..]) = (name, key_name)
        && first == key_first
    {
        (name, key_name) = (rest, key_rest);
    }
    while let ([rest @ .., last], [key_rest @ .., key_last]) = (name, key_name)
        && last == key_last
    {
        (name, key_name) = (rest, key_rest);
    }
    match (name, key_name) {
        ([], []) | ([_], []) | ([], [_]) => true,
        ([_], [_]) => key != Key::Id,
        ([one, other], [key_one, key_other]) => one == key_other && other == key_one,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_meant() {
        let check = |name, expected| assert_eq!(Reading::of(name), expected, "{name}");
        check("utm_source", Some(Reading::Exact(Key::Source)));
        check("UTM_Source", Some(Reading::WrongCase(Key::Source)));
        check("amp;utm_medium", Some(Reading::Entity(Key::Medium)));
        for slip in
            ["utm_compaign", "utm-campaign", "utm_campagin", "utm_campaigns", "utm_campain", "utmcampaign"]
        {
            check(slip, Some(Reading::Misspelt(Key::Campaign)));
        }
        check("utm_audience", Some(Reading::Unknown));
        check("utm_a_key_that_is_as_long_as_this", Some(Reading::Unknown));
        check("utm_ad", Some(Reading::Unknown));
        check("utm_source_platform", Some(Reading::Exact(Key::SourcePlatform)));
        for name in ["", "source", "id", "atm_sauce", "é"] {
            check(name, None);
        }
    }
}
