//! The function library, as the type checker sees it.

use super::types::Type;

/// A function of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Builtin {
    /// Characters as people count them (grapheme clusters); of a list its items.
    Length,
    /// UTF-16 code units, which most platforms count.
    Utf16Length,
    /// Bytes in UTF-8.
    Bytes,
    /// Words.
    Words,
    /// Sentences.
    Sentences,
    /// SMS segments.
    Segments,
    /// Septets or UTF-16 units that an SMS takes.
    SmsUnits,
    /// Whether an SMS fits the GSM 7-bit alphabet.
    IsGsm7,
    /// Characters that force an SMS out of the GSM 7-bit alphabet, each once, joined by spaces; at most 64.
    NotGsm7,
    /// Flesch–Kincaid grade; 0 for text without words.
    ReadingGrade,
    /// Flesch reading ease; 100 for text without words.
    ReadingEase,
    /// Gunning fog index; 0 for text without words.
    GunningFog,
    /// Share of letters that are capitals, in percent; 0 without letters.
    Capitals,
    /// How often the second text is found in the first, case and all, without overlap; 0 for an empty one.
    CountOf,
    /// Number of emoji.
    EmojiCount,
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// Without white space at both ends.
    Trim,
    /// Host of a link, in lower case; empty when it has none.
    Host,
    /// Scheme of a link, in lower case; empty when it has none.
    Scheme,
    /// Path of a link.
    PathOf,
    /// The value of a query parameter of a link, decoded; empty when it is not there.
    Query,
    /// GA4 default channel group of a link.
    ChannelGroup,
    /// Whether a text holds an email address or phone number.
    HasPersonalData,
    /// Rounds to a whole number, half away from zero.
    Round,
    /// The smaller of two.
    Min,
    /// The greater of two.
    Max,
    /// The longest that a text can get when its merge tags print their longest value (`merge` declarations); unknown
    /// when a tag has no declared bound.
    LongestLength,
    /// [`Builtin::Segments`] of that longest text.
    LongestSegments,
}

/// The signature and documentation of a function.
#[derive(Debug)]
pub struct Signature {
    /// Which.
    pub builtin: Builtin,
    /// The name that policies call.
    pub name: &'static str,
    /// Parameter names and types. `length` also takes a list, and a link or a record passes for its text.
    pub params: &'static [(&'static str, Type)],
    /// The type of the result.
    pub result: Type,
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
        SIGNATURES.iter().find(|signature| signature.builtin == self)
    }
}

macro_rules! signatures {
    ($($builtin:ident $name:literal ($($param:literal: $ty:ident),*) -> $result:expr, $docs:literal;)*) => {
        /// Every function, in the order of the reference.
        pub static SIGNATURES: &[Signature] = &[$(Signature {
            builtin: Builtin::$builtin,
            name: $name,
            params: &[$(($param, Type::$ty)),*],
            result: $result,
            docs: $docs,
        }),*];
    };
}

signatures! {
    Length "length" ("text": Text) -> Type::Int, "characters as people count them; of a list, its items";
    Utf16Length "utf16_length" ("text": Text) -> Type::Int, "UTF-16 code units, which most platforms count";
    Bytes "bytes" ("text": Text) -> Type::Int, "bytes in UTF-8";
    Words "words" ("text": Text) -> Type::Int, "words";
    Sentences "sentences" ("text": Text) -> Type::Int, "sentences";
    Segments "segments" ("text": Text) -> Type::Int, "SMS segments (3GPP TS 23.038, TS 23.040)";
    SmsUnits "sms_units" ("text": Text) -> Type::Int, "septets, or UTF-16 units, that an SMS takes";
    IsGsm7 "is_gsm7" ("text": Text) -> Type::Bool, "whether an SMS fits the GSM 7-bit alphabet";
    NotGsm7 "not_gsm7" ("text": Text) -> Type::Text, "the characters outside the GSM 7-bit alphabet";
    ReadingGrade "reading_grade" ("text": Text) -> Type::Decimal, "Flesch-Kincaid grade; 0 for text without words";
    ReadingEase "reading_ease" ("text": Text) -> Type::Decimal, "Flesch reading ease; 100 for text without words";
    GunningFog "gunning_fog" ("text": Text) -> Type::Decimal, "Gunning fog index; 0 for text without words";
    Capitals "capitals" ("text": Text) -> Type::Percent, "share of letters that are capitals";
    CountOf "count_of" ("text": Text, "part": Text) -> Type::Int, "how often `part` is found in `text`";
    EmojiCount "emoji_count" ("text": Text) -> Type::Int, "number of emoji";
    Lower "lower" ("text": Text) -> Type::Text, "in lower case";
    Upper "upper" ("text": Text) -> Type::Text, "in upper case";
    Trim "trim" ("text": Text) -> Type::Text, "without white space at both ends";
    Host "host" ("link": Url) -> Type::Text, "host of a link in lower case; empty when it has none";
    Scheme "scheme" ("link": Url) -> Type::Text, "scheme of a link in lower case; empty when it has none";
    PathOf "path" ("link": Url) -> Type::Text, "path of a link";
    Query "query" ("link": Url, "name": Text) -> Type::Text, "a query parameter of a link, decoded; empty when absent";
    ChannelGroup "channel_group" ("link": Url) -> Type::Text, "GA4 default channel group of a link";
    HasPersonalData "has_personal_data" ("text": Text) -> Type::Bool, "whether it holds an email address or phone number";
    Round "round" ("number": Decimal) -> Type::Int, "the nearest whole number, half away from zero";
    Min "min" ("a": Decimal, "b": Decimal) -> Type::Decimal, "the smaller of two";
    Max "max" ("a": Decimal, "b": Decimal) -> Type::Decimal, "the greater of two";
    LongestLength "longest_length" ("text": Text) -> Type::Int, "length when every merge tag prints its longest value";
    LongestSegments "longest_segments" ("text": Text) -> Type::Int, "SMS segments when every merge tag prints its longest value";
}
