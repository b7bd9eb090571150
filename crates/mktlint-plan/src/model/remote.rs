//! How values of other crates are written into a plan file.
//!
//! Those crates promise no format; this one does, for one version of the tool.

use mktlint_asset::PartKind;
use mktlint_diag::Level;
use mktlint_hir::model::expr::{Arithmetic, Comparison, Length, Meeting, Quantifier, Temporal, TextTest};
use mktlint_hir::model::item::{PartOfSpeech, Presence, Proximity, Quorum};
use mktlint_measure::text::Shape;
use serde::{Deserialize, Serialize};

macro_rules! remote {
    ($($def:ident = $name:literal { $($variant:ident $(($ty:ty))?),* $(,)? })*) => {$(
        #[derive(Serialize, Deserialize)]
        #[serde(remote = $name)]
        pub enum $def { $($variant $(($ty))?),* }
    )*};
}

remote! {
    LevelDef = "Level" { Info, Warning, Error }
    PartKindDef = "PartKind" { Document, Heading, Paragraph, Sentence, Link, Image, Button, MergeTag, ControlTag, Utm, Table, Input, Passage }
    ComparisonDef = "Comparison" { Equal, NotEqual, Less, AtMost, Greater, AtLeast }
    ArithmeticDef = "Arithmetic" { Add, Subtract, Multiply, Divide }
    TemporalDef = "Temporal" { Within, OlderThan, Before, After, InTheNext }
    TextTestDef = "TextTest" { Contains, StartsWith, EndsWith }
    QuantifierDef = "Quantifier" { Any, All, None, Count }
    MeetingDef = "Meeting" { Any, All, None }
    ShapeDef = "Shape" { Kebab, Snake, Lower, Upper, Slug, Email, Url, IsoDate }
    PresenceDef = "Presence" { Required, Optional, Forbidden }
    ProximityDef = "Proximity" { Words(u32), Sentences(u32), Paragraphs(u32), Document }
    QuorumDef = "Quorum" { AtLeast(u32), All }
    PartOfSpeechDef = "PartOfSpeech" { Verb, Noun }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Length")]
pub struct LengthDef {
    months: i32,
    days: i32,
    seconds: i64,
}

macro_rules! optional {
    ($($module:ident: $ty:ty as $def:literal;)*) => {$(
        /// The same, when there may be none.
        pub mod $module {
            use super::*;
            use serde::{Deserializer, Serializer};

            #[derive(Serialize, Deserialize)]
            struct Wrapped(#[serde(with = $def)] $ty);

            pub fn serialize<S: Serializer>(value: &Option<$ty>, to: S) -> Result<S::Ok, S::Error> {
                value.map(Wrapped).serialize(to)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$ty>, D::Error> {
                Ok(Option::<Wrapped>::deserialize(from)?.map(|wrapped| wrapped.0))
            }
        }
    )*};
}

optional! {
    optional_date: jiff::civil::Date as "super::date";
    optional_length: Length as "LengthDef";
    optional_part: PartKind as "PartKindDef";
    optional_part_of_speech: PartOfSpeech as "PartOfSpeechDef";
}

/// A number, by its digits and where the point stands.
pub mod decimal {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        (value.mantissa(), value.scale()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let (mantissa, scale) = <(i128, u32)>::deserialize(from)?;
        Decimal::try_from_i128_with_scale(mantissa, scale)
            .map_err(|_| D::Error::custom("a number out of range"))
    }
}

/// A day, by year, month and day.
pub mod date {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &Date, to: S) -> Result<S::Ok, S::Error> {
        (value.year(), value.month(), value.day()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(from)?;
        Date::new(year, month, day).map_err(|_| D::Error::custom("no such day"))
    }
}

/// A time of day, by hour, minute, second and nanosecond.
pub mod time {
    use jiff::civil::Time;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &Time, to: S) -> Result<S::Ok, S::Error> {
        (value.hour(), value.minute(), value.second(), value.subsec_nanosecond()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Time, D::Error> {
        let (hour, minute, second, nano) = Deserialize::deserialize(from)?;
        Time::new(hour, minute, second, nano).map_err(|_| D::Error::custom("no such time"))
    }
}

/// A day and a time.
pub mod datetime {
    use jiff::civil::{Date, DateTime, Time};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Both(#[serde(with = "super::date")] Date, #[serde(with = "super::time")] Time);

    pub fn serialize<S: Serializer>(value: &DateTime, to: S) -> Result<S::Ok, S::Error> {
        Both(value.date(), value.time()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime, D::Error> {
        let Both(date, time) = Deserialize::deserialize(from)?;
        Ok(date.to_datetime(time))
    }
}

/// A function of the library, by its place in the reference.
pub mod builtin {
    use mktlint_hir::model::builtin::{Builtin, SIGNATURES};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &Builtin, to: S) -> Result<S::Ok, S::Error> {
        let at =
            SIGNATURES.iter().position(|signature| signature.builtin == *value).unwrap_or(SIGNATURES.len());
        (at as u16).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Builtin, D::Error> {
        let at = u16::deserialize(from)?;
        let signature = SIGNATURES.get(usize::from(at));
        signature.map(|signature| signature.builtin).ok_or_else(|| D::Error::custom("no such function"))
    }
}
