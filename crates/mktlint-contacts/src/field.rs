//! The attributes that are read, and how their values are kept in columns.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use mktlint_decide::{Attribute, Definitions, Domain, Formula, Unit, Value, needed};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::spelling::DAY;
use crate::{Job, Reason};

/// An attribute that is read.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The attribute.
    pub attribute: &'a Attribute,
    /// How its values are kept.
    pub kind: Kind,
    /// Whether an audience needs it.
    pub is_needed: bool,
}

/// How values of an attribute are kept in a column.
#[derive(Clone, Debug)]
pub enum Kind {
    /// 0 or 1.
    Bool,
    /// Whole numbers, ten to the power of `scale` times the number.
    Number {
        /// Digits behind the point.
        scale: u32,
        /// The least, as it is kept.
        least: i128,
        /// The greatest, as it is kept.
        most: i128,
        /// The currency of an amount.
        currency: Option<SmolStr>,
        /// Whether `%` may stand behind.
        is_percent: bool,
    },
    /// Days from 1970-01-01.
    Day {
        /// The first.
        least: i64,
        /// The last.
        most: i64,
    },
    /// Seconds from 1970-01-01T00:00:00.
    Moment,
    /// Seconds from midnight.
    Time,
    /// Codes of names; all names when `None`.
    Name(Option<FxHashSet<SmolStr>>),
    /// Codes of texts.
    Text,
    /// Codes of sets of names; of all names when `None`.
    Names(Option<FxHashSet<SmolStr>>),
    /// Codes of sets of texts.
    Texts,
}

/// The greatest number that a decimal holds.
pub const MOST: i128 = (1 << 96) - 1;

impl Kind {
    /// How values of `domain` are kept.
    pub fn of(domain: &Domain) -> Self {
        let closed = |members: &[SmolStr], open: bool| (!open).then(|| members.iter().cloned().collect());
        match domain {
            Domain::Bool => Self::Bool,
            Domain::Number { unit, least, most, scale } => Self::Number {
                scale: *scale,
                // The least that is kept is the next whole number above.
                least: least.map_or(-MOST, |least| {
                    let (floor, is_exact) = scaled(least, *scale);
                    floor.saturating_add(i128::from(!is_exact))
                }),
                most: most.map_or(MOST, |most| scaled(most, *scale).0),
                currency: if let Unit::Money(currency) = unit { Some(currency.clone()) } else { None },
                is_percent: *unit == Unit::Percent,
            },
            Domain::Date { least, most } => {
                Self::Day { least: days(least.unwrap_or(Date::MIN)), most: days(most.unwrap_or(Date::MAX)) }
            }
            Domain::DateTime => Self::Moment,
            Domain::Time => Self::Time,
            Domain::Names { members, open } => Self::Name(closed(members, *open)),
            Domain::Text => Self::Text,
            Domain::SetOfNames { members, open } => Self::Names(closed(members, *open)),
            Domain::SetOfTexts => Self::Texts,
        }
    }

    /// Whether the column holds codes of values in a dictionary.
    pub fn is_coded(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Text | Self::Names(_) | Self::Texts)
    }

    /// Whether it is a set.
    pub fn is_set(&self) -> bool {
        matches!(self, Self::Names(_) | Self::Texts)
    }

    /// What the schema wants, for messages.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Number { .. } => "a number",
            Self::Day { .. } => "a day",
            Self::Moment => "a moment",
            Self::Time => "a time of day",
            Self::Name(_) => "a name",
            Self::Text => "a text",
            Self::Names(_) => "a list of names",
            Self::Texts => "a list of texts",
        }
    }

    /// `number` if it lies in the domain.
    pub fn bounded(&self, number: i128, domain: &Domain) -> Result<i128, Reason> {
        let Self::Number { least, most, .. } = self else { return Ok(number) };
        match (number.abs() > MOST, number < *least, number > *most) {
            (true, ..) => Err(Reason::TooLarge),
            (_, true, _) => Err(Reason::Below { least: bound(domain, false) }),
            (.., true) => Err(Reason::Above { most: bound(domain, true) }),
            _ => Ok(number),
        }
    }

    /// `day` if it lies in the domain.
    pub fn bounded_day(&self, day: i64, domain: &Domain) -> Result<i64, Reason> {
        let Self::Day { least, most } = self else { return Ok(day) };
        match (day < days(Date::MIN) || day > days(Date::MAX), day < *least, day > *most) {
            (true, ..) => Err(Reason::NotDate),
            (_, true, _) => Err(Reason::Below { least: bound(domain, false) }),
            (.., true) => Err(Reason::Above { most: bound(domain, true) }),
            _ => Ok(day),
        }
    }

    /// The value that is kept as `number`; `None` of codes.
    pub fn value(&self, number: i128) -> Option<Value> {
        let small = i64::try_from(number).ok();
        match self {
            Self::Bool => Some(Value::Bool(number != 0)),
            Self::Number { scale, .. } => {
                Decimal::try_from_i128_with_scale(number, *scale).ok().map(Value::Number)
            }
            Self::Day { .. } => Some(Value::Date(date(small?)?)),
            Self::Moment => Some(Value::DateTime(moment(small?)?)),
            Self::Time => Some(Value::Time(moment(small?)?.time())),
            Self::Name(_) | Self::Text | Self::Names(_) | Self::Texts => None,
        }
    }

    /// As what `value` would be kept: the greatest whole number that is not above it, and whether it is exactly that.
    /// `None` when values of this kind never equal it and are not compared with it.
    pub fn threshold(&self, value: &Value) -> Option<(i128, bool)> {
        match (self, value) {
            (Self::Bool, Value::Bool(value)) => Some((i128::from(*value), true)),
            (Self::Number { scale, .. }, Value::Number(value)) => Some(scaled(*value, *scale)),
            (Self::Day { .. }, Value::Date(value)) => Some((days(*value).into(), true)),
            (Self::Moment, Value::DateTime(value)) => {
                Some((seconds(*value).into(), value.subsec_nanosecond() == 0))
            }
            (Self::Time, Value::Time(value)) => {
                let at = seconds(DateTime::from_parts(EPOCH, *value));
                Some((at.into(), value.subsec_nanosecond() == 0))
            }
            _ => None,
        }
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn days(date: Date) -> i64 {
    date.duration_since(EPOCH).as_hours() / 24
}

fn date(days: i64) -> Option<Date> {
    EPOCH.checked_add(SignedDuration::from_hours(days.checked_mul(24)?)).ok()
}

/// The seconds from 1970 to the last whole second that is not behind `at`.
fn seconds(at: DateTime) -> i64 {
    let whole = at.date().to_datetime(Time::constant(at.hour(), at.minute(), at.second(), 0));
    whole.duration_since(EPOCH.to_datetime(Time::midnight())).as_secs()
}

/// The moment so many seconds from 1970; `None` outside the calendar.
pub fn moment(seconds: i64) -> Option<DateTime> {
    EPOCH.to_datetime(Time::midnight()).checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// Whether there is such a moment. Cheaper than [`moment`].
pub fn is_moment(seconds: i64) -> bool {
    // From the year -5930 to 9870; the calendar has more on either side.
    const YEARS: i64 = 365 * DAY * 7_900;
    (-YEARS..=YEARS).contains(&seconds) || moment(seconds).is_some()
}

/// `number` times ten to the power of `scale`, rounded down, and whether nothing was lost. Beyond what is kept, it is
/// beyond all values.
pub fn scaled(number: Decimal, scale: u32) -> (i128, bool) {
    let (mantissa, own) = (number.mantissa(), number.scale());
    if own > scale {
        // At most 28 digits behind the point.
        let factor = 10_i128.pow(own - scale);
        return (mantissa.div_euclid(factor), mantissa.rem_euclid(factor) == 0);
    }
    let factor = 10_i128.checked_pow(scale - own);
    match factor.and_then(|factor| mantissa.checked_mul(factor)) {
        Some(scaled) => (scaled, true),
        None => (if mantissa < 0 { i128::MIN } else { i128::MAX }, false),
    }
}

/// The least or greatest value of `domain` as policies write it.
fn bound(domain: &Domain, is_most: bool) -> String {
    let show = mktlint_decide::show_value;
    match domain {
        Domain::Number { unit, least, most, .. } => {
            let bound = if is_most { most } else { least };
            bound.map(|bound| show(&Value::Number(bound), Some(unit)))
        }
        Domain::Date { least, most } => {
            let bound = if is_most { most } else { least };
            bound.map(|bound| show(&Value::Date(bound), None))
        }
        _ => None,
    }
    .unwrap_or_default()
}

/// The attributes that a job reads: those that audiences need, and all of a contact when all are checked.
pub fn fields<'a>(job: &Job<'a>) -> Vec<Field<'a>> {
    let mut needed = BTreeSet::new();
    for audience in job.audiences {
        needed.extend(mentioned(&audience.formula, job.definitions));
    }
    let of_contact = job.schema.attributes.iter().filter(|attribute| attribute.of_contact);
    let fields = of_contact.map(|attribute| Field {
        attribute,
        kind: Kind::of(&attribute.domain),
        is_needed: needed.contains(attribute.name.as_str()),
    });
    fields.filter(|field| field.is_needed || job.check_all).collect()
}

/// The attributes that `formula` speaks of, in its definitions too.
pub fn mentioned<'a>(formula: &'a Formula, definitions: &'a Definitions) -> BTreeSet<&'a str> {
    let meanings = needed(formula, definitions).into_iter().map(|(_, meaning)| meaning);
    let parts = meanings.chain([formula]).flat_map(Formula::parts);
    parts.flat_map(Formula::tested).map(SmolStr::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_between_two_kept_ones_are_rounded_down() {
        let check = |text: &str, scale, expected| {
            let number: Decimal = text.parse().expect("it is a number");
            assert_eq!(scaled(number, scale), expected, "{text}");
        };
        check("17.5", 0, (17, false));
        check("-17.5", 0, (-18, false));
        check("17.50", 1, (175, true));
        check("17", 2, (1700, true));
        check("79228162514264337593543950335", 28, (i128::MAX, false));
    }

    #[test]
    fn what_is_kept_comes_back() {
        let moments =
            ["-009999-01-01T00:00:00", "1969-12-31T23:59:59", "2026-11-22T09:30:00", "9999-12-31T23:59:59"];
        for text in moments {
            let at: DateTime = text.parse().expect("it is a moment");
            let kept = Kind::Moment.threshold(&Value::DateTime(at)).expect("moments are kept").0;
            assert_eq!(Kind::Moment.value(kept), Some(Value::DateTime(at)));
            let kind = Kind::of(&Domain::Date { least: None, most: None });
            let kept = kind.threshold(&Value::Date(at.date())).expect("days are kept").0;
            assert_eq!(kind.value(kept), Some(Value::Date(at.date())));
        }
    }
}
