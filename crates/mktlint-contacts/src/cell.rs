//! One value as a file has it, and as a column keeps it.

use crate::Reason;
use crate::field::{Field, Kind, is_moment};
use crate::spelling::{self, DAY, Digits, NumberError};

/// One value as a file has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// None.
    Missing,
    /// Text, which may spell anything.
    Text(&'a [u8]),
    /// A Boolean.
    Bool(bool),
    /// A number as JSON writes it.
    JsonNumber(&'a str),
    /// A number.
    Number(Digits),
    /// A number in binary.
    Float(f64),
    /// A day, from 1970-01-01.
    Day(i64),
    /// A moment, in seconds from 1970-01-01T00:00:00.
    Moment(i64),
    /// A time of day, in seconds from midnight.
    Time(i64),
    /// A list of texts.
    Items(&'a [&'a [u8]]),
    /// Something that is none of these.
    Other,
    /// Two values for one attribute.
    Twice,
}

/// What a column keeps of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kept<'a> {
    /// The value is missing.
    Missing,
    /// Of kinds that are kept as numbers.
    Number(i128),
    /// Of kinds that are kept as codes: a text that spells the value.
    Spelled(&'a [u8]),
    /// Of sets: the items.
    Items(&'a [&'a [u8]]),
}

/// The longest text that is one value, in bytes. Dictionaries keep them.
const LONGEST: usize = 32 << 10;

impl Field<'_> {
    /// What the column of this attribute keeps of `cell`.
    pub fn keep<'c>(&self, cell: Cell<'c>) -> Result<Kept<'c>, Reason> {
        match (cell, &self.kind) {
            (Cell::Missing, _) => Ok(Kept::Missing),
            (Cell::Text(text), Kind::Text) => short(text).map(Kept::Spelled),
            (Cell::Text(text), _) => match text.trim_ascii() {
                [] => Ok(Kept::Missing),
                text if self.kind.is_coded() => short(text).map(Kept::Spelled),
                text => self.spelled(text).map(Kept::Number),
            },
            (Cell::Items(items), Kind::Names(_) | Kind::Texts) => {
                let len: usize = items.iter().map(|item| item.len() + 4).sum();
                if len > LONGEST { Err(Reason::TooLong) } else { Ok(Kept::Items(items)) }
            }
            (Cell::Float(number), Kind::Number { .. }) => {
                // The shortest text that means this number: what was written before it became binary.
                self.spelled(number.to_string().as_bytes()).map(Kept::Number)
            }
            (Cell::Twice, _) => Err(Reason::Twice),
            _ => self.typed(cell).map(Kept::Number),
        }
    }

    fn typed(&self, cell: Cell<'_>) -> Result<i128, Reason> {
        let domain = &self.attribute.domain;
        match (cell, &self.kind) {
            (Cell::Bool(value), Kind::Bool) => Ok(value.into()),
            (Cell::JsonNumber(text), Kind::Bool | Kind::Number { .. }) => self.spelled(text.as_bytes()),
            (Cell::Number(number), Kind::Number { scale, .. }) => {
                self.kind.bounded(rescaled(number, *scale)?, domain)
            }
            (Cell::Number(Digits { mantissa: 0 | 1, scale: 0 }), Kind::Bool) => self.digit(cell),
            (Cell::Day(day), Kind::Day { .. }) => self.kind.bounded_day(day, domain).map(i128::from),
            (Cell::Day(day), Kind::Moment) => checked_moment(day.saturating_mul(DAY)),
            (Cell::Moment(seconds), Kind::Moment) => checked_moment(seconds),
            (Cell::Moment(seconds), Kind::Day { .. }) if seconds.rem_euclid(DAY) == 0 => {
                self.kind.bounded_day(seconds.div_euclid(DAY), domain).map(i128::from)
            }
            (Cell::Moment(_), Kind::Day { .. }) => Err(Reason::NotDate),
            (Cell::Time(seconds), Kind::Time) if (0..DAY).contains(&seconds) => Ok(seconds.into()),
            (Cell::Time(_), Kind::Time) => Err(Reason::NotTime),
            _ => Err(Reason::OtherKind { wanted: self.kind.words() }),
        }
    }

    fn digit(&self, cell: Cell<'_>) -> Result<i128, Reason> {
        match cell {
            Cell::Number(Digits { mantissa, .. }) => Ok(mantissa),
            _ => Err(Reason::NotBoolean),
        }
    }

    fn spelled(&self, text: &[u8]) -> Result<i128, Reason> {
        let domain = &self.attribute.domain;
        match &self.kind {
            Kind::Bool => spelling::boolean(text).map(i128::from).ok_or(Reason::NotBoolean),
            Kind::Number { scale, .. } => self.kind.bounded(rescaled(self.number(text)?, *scale)?, domain),
            Kind::Day { .. } => {
                let day = spelling::day(text).ok_or(Reason::NotDate)?;
                self.kind.bounded_day(day, domain).map(i128::from)
            }
            Kind::Moment => checked_moment(spelling::moment(text).ok_or(Reason::NotMoment)?),
            Kind::Time => spelling::time(text).map(i128::from).ok_or(Reason::NotTime),
            Kind::Name(_) | Kind::Text | Kind::Names(_) | Kind::Texts => {
                Err(Reason::OtherKind { wanted: self.kind.words() })
            }
        }
    }

    /// A number with its unit: `12.50`, `USD 12.50`, `12.50 USD`, `3%`.
    fn number(&self, text: &[u8]) -> Result<Digits, Reason> {
        let Kind::Number { currency, is_percent, .. } = &self.kind else { return Err(Reason::NotNumber) };
        let bare = match currency {
            Some(currency) => amount(text, currency)?,
            None if *is_percent => text.strip_suffix(b"%").map_or(text, <[u8]>::trim_ascii_end),
            None => text,
        };
        spelling::number(bare).map_err(|error| match error {
            NumberError::NotNumber => Reason::NotNumber,
            NumberError::TooLarge => Reason::TooLarge,
        })
    }
}

/// The amount without the letters of `currency` before or behind it.
fn amount<'t>(text: &'t [u8], currency: &str) -> Result<&'t [u8], Reason> {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
    let before = text.iter().take_while(|byte| is_letter(byte)).count();
    let behind = text.iter().rev().take_while(|byte| is_letter(byte)).count();
    let (letters, rest) = match (before, behind) {
        (3, 0) => text.split_at(3),
        (0, 3) => {
            let (rest, letters) = text.split_at(text.len() - 3);
            (letters, rest)
        }
        _ => return Ok(text),
    };
    if letters.eq_ignore_ascii_case(currency.as_bytes()) {
        Ok(rest.trim_ascii())
    } else {
        Err(Reason::OtherCurrency { wanted: currency.into() })
    }
}

fn rescaled(number: Digits, scale: u32) -> Result<i128, Reason> {
    let wanted = i32::try_from(scale).unwrap_or(i32::MAX);
    let missing = wanted.saturating_sub(number.scale);
    if number.mantissa == 0 {
        return Ok(0);
    }
    let factor = 10_i128.checked_pow(missing.unsigned_abs());
    match (missing < 0, factor) {
        (false, Some(factor)) => number.mantissa.checked_mul(factor).ok_or(Reason::TooLarge),
        (false, None) => Err(Reason::TooLarge),
        (true, Some(factor)) if number.mantissa % factor == 0 => Ok(number.mantissa / factor),
        (true, _) => Err(Reason::TooFine { scale }),
    }
}

fn checked_moment(seconds: i64) -> Result<i128, Reason> {
    if is_moment(seconds) { Ok(seconds.into()) } else { Err(Reason::NotMoment) }
}

fn short(text: &[u8]) -> Result<&[u8], Reason> {
    if text.len() > LONGEST { Err(Reason::TooLong) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use mktlint_decide::{Attribute, Domain, Unit};

    use super::*;

    #[track_caller]
    fn check(domain: Domain, cells: &[(Cell<'_>, Result<i128, Reason>)]) {
        let attribute = Attribute { name: "x".into(), domain, optional: true, of_contact: true };
        let field = Field { attribute: &attribute, kind: Kind::of(&attribute.domain), is_needed: true };
        for (cell, expected) in cells {
            assert_eq!(field.keep(*cell), expected.clone().map(Kept::Number), "{cell:?}");
        }
    }

    fn number(unit: Unit, scale: u32, most: Option<u32>) -> Domain {
        Domain::Number { unit, least: Some(0.into()), most: most.map(Into::into), scale }
    }

    #[test]
    fn numbers_keep_to_their_domain() {
        let above = Reason::Above {
            most: mktlint_decide::show_value(&mktlint_decide::Value::Number(120.into()), Some(&Unit::Plain)),
        };
        check(
            number(Unit::Plain, 0, Some(120)),
            &[
                (Cell::Text(b" 31 "), Ok(31)),
                (Cell::Text(b"120"), Ok(120)),
                (Cell::Text(b"200"), Err(above)),
                (Cell::Text(b"31.0"), Ok(31)),
                (Cell::Text(b"31.5"), Err(Reason::TooFine { scale: 0 })),
                (Cell::Float(31.0), Ok(31)),
                (Cell::Float(f64::NAN), Err(Reason::NotNumber)),
                (Cell::JsonNumber("3.1e1"), Ok(31)),
                (Cell::Number(Digits { mantissa: 3100, scale: 2 }), Ok(31)),
                (Cell::Bool(true), Err(Reason::OtherKind { wanted: "a number" })),
                (Cell::Text(b"1e39"), Err(Reason::TooLarge)),
            ],
        );
    }

    #[test]
    fn amounts_with_and_without_their_currency() {
        let wanted = || Reason::OtherCurrency { wanted: "USD".into() };
        check(
            number(Unit::Money("USD".into()), 2, None),
            &[
                (Cell::Text(b"12.50"), Ok(1250)),
                (Cell::Text(b"USD 12.5"), Ok(1250)),
                (Cell::Text(b"12.5 usd"), Ok(1250)),
                (Cell::Text(b"EUR 12.50"), Err(wanted())),
                (Cell::Text(b"12,50"), Err(Reason::NotNumber)),
                (Cell::Text(b"12.505"), Err(Reason::TooFine { scale: 2 })),
            ],
        );
        check(number(Unit::Percent, 1, None), &[(Cell::Text(b"0.3 %"), Ok(3)), (Cell::Text(b"0.3"), Ok(3))]);
    }

    #[test]
    fn days_and_moments_stand_for_each_other_at_midnight_alone() {
        let day = Domain::Date { least: None, most: None };
        check(
            day,
            &[
                (Cell::Day(5), Ok(5)),
                (Cell::Moment(5 * DAY), Ok(5)),
                (Cell::Moment(5 * DAY + 1), Err(Reason::NotDate)),
                (Cell::Day(i64::MAX), Err(Reason::NotDate)),
                (Cell::Text(b"31/12/2025"), Err(Reason::NotDate)),
            ],
        );
        check(
            Domain::DateTime,
            &[
                (Cell::Day(5), Ok(i128::from(5 * DAY))),
                (Cell::Moment(i64::MAX), Err(Reason::NotMoment)),
                (Cell::Text(b"1970-01-02T01:00:00+01:00"), Ok(i128::from(DAY))),
            ],
        );
    }
}
