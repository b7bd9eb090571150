//! The function library, as the type checker sees it.

use super::types::Type;

/// What a parameter takes, and what a function gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A value of this type.
    One(Type),
    /// A list or set of such values.
    Many(Type),
    /// A text, or phrases and patterns: `"a" | /b/`.
    Sought,
}

impl Slot {
    /// The type of the values that fit.
    pub fn ty(&self) -> Type {
        match self {
            Self::One(ty) => ty.clone(),
            Self::Many(item) => Type::List(Box::new(item.clone())),
            Self::Sought => Type::Text,
        }
    }
}

/// The signature and documentation of a function.
#[derive(Debug)]
pub struct Signature {
    /// Which.
    pub builtin: Builtin,
    /// The name that policies call.
    pub name: &'static str,
    /// Parameter names and types. `length` also takes a list, and a link or a record passes for its text.
    pub params: &'static [(&'static str, Slot)],
    /// The type of the result.
    pub result: Slot,
    /// One line for hover and the reference.
    pub docs: &'static str,
}

impl Builtin {
    /// The function that policies call `name`.
    pub fn from_name(name: &str) -> Option<&'static Signature> {
        SIGNATURES.iter().find(|signature| signature.name == name)
    }

    /// Its signature.
    pub fn signature(self) -> Option<&'static Signature> {
        SIGNATURES.get(self as usize)
    }
}

macro_rules! slot {
    ([$item:ident]) => {
        Slot::Many(Type::$item)
    };
    (Sought) => {
        Slot::Sought
    };
    ($ty:ident) => {
        Slot::One(Type::$ty)
    };
}

macro_rules! signatures {
    ($($builtin:ident $name:literal ($($param:literal: $slot:tt),*) -> $result:tt, $docs:literal;)*) => {
        /// A function of the library.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Builtin {
            $(#[doc = $docs] $builtin,)*
        }

        // INVARIANT: the signature of a function stands at its number.
        /// Every function.
        pub static SIGNATURES: &[Signature] = &[$(Signature {
            builtin: Builtin::$builtin,
            name: $name,
            params: &[$(($param, slot!($slot))),*],
            result: slot!($result),
            docs: $docs,
        }),*];
    };
}

signatures! {
    Length "length" ("text": Text) -> Int, "characters as people count them; of a list, its items";
    Utf16Length "utf16_length" ("text": Text) -> Int, "UTF-16 code units, which most platforms count";
    CodePoints "code_points" ("text": Text) -> Int, "Unicode code points";
    Bytes "bytes" ("text": Text) -> Int, "bytes in UTF-8";
    DisplayWidth "display_width" ("text": Text) -> Int, "columns: characters, where full-width ones and emoji count two (Unicode UAX 11)";
    WeightedLength "weighted_length" ("text": Text) -> Int, "length as X counts it: at most 280; CJK and emoji count two, links 23 (twitter-text, configuration 3)";
    Words "words" ("text": Text) -> Int, "words";
    Sentences "sentences" ("text": Text) -> Int, "sentences";
    Letters "letters" ("text": Text) -> Int, "letters";
    Characters "characters" ("text": Text) -> Int, "letters and digits";
    Segments "segments" ("text": Text) -> Int, "SMS segments (3GPP TS 23.038, TS 23.040)";
    SmsUnits "sms_units" ("text": Text) -> Int, "septets, or UTF-16 units, that an SMS takes";
    IsGsm7 "is_gsm7" ("text": Text) -> Bool, "whether an SMS fits the GSM 7-bit alphabet";
    NotGsm7 "not_gsm7" ("text": Text) -> Text, "the characters outside the GSM 7-bit alphabet, each once, joined by spaces; at most 64";
    ReadingGrade "reading_grade" ("text": Text) -> Decimal, "Flesch-Kincaid grade; 0 for text without words";
    ReadingEase "reading_ease" ("text": Text) -> Decimal, "Flesch reading ease; 100 for text without words";
    GunningFog "gunning_fog" ("text": Text) -> Decimal, "Gunning fog index; 0 for text without words";
    Syllables "syllables" ("text": Text) -> Int, "syllables of English words; a number counts as one";
    Polysyllables "polysyllables" ("text": Text) -> Int, "English words of three syllables or more (SMOG)";
    HardWords "hard_words" ("text": Text) -> Int, "the same without names and endings (Gunning)";
    LongWords "long_words" ("text": Text) -> Int, "words of more than six letters (LIX)";
    Capitals "capitals" ("text": Text) -> Percent, "share of letters that are capitals; 0% without letters";
    IsTitleCase "is_title_case" ("text": Text) -> Bool, "whether more than four in five words start as in a headline; true without words";
    IsSentenceCase "is_sentence_case" ("text": Text) -> Bool, "whether more than four in five words start as in a sentence; true without words";
    RepeatedWords "repeated_words" ("text": Text) -> [Text], "words that follow upon themselves in any case: `the the`";
    CountOf "count_of" ("text": Text, "part": Sought) -> Int, "how often `part` is found in `text`: a text as it is written, or phrases and patterns";
    EmojiCount "emoji_count" ("text": Text) -> Int, "number of emoji (Unicode UTS 51)";
    Emojis "emojis" ("text": Text) -> [Text], "the emoji, in order (Unicode UTS 51)";
    Hashtags "hashtags" ("text": Text) -> [Text], "the hashtags, without `#` (twitter-text)";
    Mentions "mentions" ("text": Text) -> [Text], "the accounts that are mentioned, without `@` (twitter-text)";
    Cashtags "cashtags" ("text": Text) -> [Text], "the cashtags, without `$` (twitter-text)";
    Urls "urls" ("text": Text) -> [Text], "the links that networks make of a text, those without `https://` too (twitter-text)";
    Percents "percents" ("text": Text) -> [Percent], "every percentage, without its sign: `20 %`, `12,5%`, `3 percent`";
    First "first" ("text": Text, "n": Int) -> Text, "the first `n` characters, as people count them; all when it has fewer";
    Last "last" ("text": Text, "n": Int) -> Text, "the last `n` characters, as people count them; all when it has fewer";
    Lower "lower" ("text": Text) -> Text, "in lower case";
    Upper "upper" ("text": Text) -> Text, "in upper case";
    Trim "trim" ("text": Text) -> Text, "without white space at both ends";
    Join "join" ("list": [Text], "separator": Text) -> Text, "the items as one text, `separator` between them";
    Distinct "distinct" ("list": [Text]) -> Int, "how many items differ, ignoring case, white space and punctuation";
    Host "host" ("link": Url) -> Text, "host of a link in lower case; empty when it has none";
    Site "site" ("link": Url) -> Text, "registrable domain of a link or host in lower case (public suffix list); empty when it has none";
    Scheme "scheme" ("link": Url) -> Text, "scheme of a link in lower case; empty when it has none";
    PathOf "path" ("link": Url) -> Text, "path of a link";
    Query "query" ("link": Url, "name": Text) -> Text, "a query parameter of a link, decoded; empty when absent";
    ChannelGroup "channel_group" ("link": Url) -> Text, "GA4 default channel group of a link";
    UnsubscribeLinks "unsubscribe_links" ("header": Text) -> [Text], "the links of a `List-Unsubscribe` header that can be followed (RFC 2369)";
    IsOneClick "is_one_click" ("list_unsubscribe": Text, "list_unsubscribe_post": Text) -> Bool, "whether the two headers offer one-click unsubscription (RFC 8058)";
    HasPersonalData "has_personal_data" ("text": Text) -> Bool, "whether it holds an email address or phone number";
    Round "round" ("number": Decimal) -> Int, "the nearest whole number, half away from zero";
    Sqrt "sqrt" ("number": Decimal) -> Decimal, "the square root; 0 of what is below 0";
    Min "min" ("a": Decimal, "b": Decimal) -> Decimal, "the smaller of two";
    Max "max" ("a": Decimal, "b": Decimal) -> Decimal, "the greater of two";
    BusinessDays "business_days" ("from": DateTime, "to": DateTime) -> Int, "days after `from`, up to and with `to`, that are Monday to Friday; negative when `to` is earlier";
    LongestLength "longest_length" ("text": Text) -> Int, "length when every merge tag prints its longest value (`merge`); unknown when one has no bound";
    LongestWidth "longest_width" ("text": Text) -> Int, "display width when every merge tag prints its longest value";
    LongestSegments "longest_segments" ("text": Text) -> Int, "SMS segments when every merge tag prints its longest value";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_lists_every_function() {
        let reference = include_str!("../../../../grammar/reference.md");
        for signature in SIGNATURES {
            let params: Vec<&str> = signature.params.iter().map(|(name, _)| *name).collect();
            let written = format!("`{}(", signature.name);
            assert!(reference.contains(&written), "{written}{}", params.join(", "));
        }
    }
}
