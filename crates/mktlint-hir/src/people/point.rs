//! Days and moments, and how they compare: whole days, unless two moments meet.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use mktlint_decide::{Comparison, Formula, Operand, Shift, Tag, Test, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use smol_str::SmolStr;

use super::Why;
use super::linear::seconds;
use super::term::{and, or};
use crate::model::expr::{Length, Temporal};

/// A day or a moment.
#[derive(Clone, Debug)]
pub enum Point {
    /// A day of the calendar.
    Day(Date),
    /// A moment.
    Moment(DateTime),
    /// The day so far from the day of `now`.
    Today(Shift),
    /// The moment so far from `now`.
    Now(Shift),
    /// An attribute that is a day, and so many days after it.
    DayOf(SmolStr, i32),
    /// An attribute that is a moment.
    MomentOf(SmolStr),
}

/// The longest length that is put into a formula; the calendar ends before.
const LONGEST: Length = Length { months: 120_000, days: 3_700_000, seconds: 320_000_000_000 };

/// A length as a shift into the future, or the past.
pub fn shift(length: Length, past: bool) -> Result<Shift, Why> {
    let fits = length.months.abs() <= LONGEST.months
        && length.days.abs() <= LONGEST.days
        && length.seconds.abs() <= LONGEST.seconds;
    if !fits {
        return Err("the length of time is longer than the calendar".into());
    }
    let sign = if past { -1 } else { 1 };
    Ok(Shift {
        months: sign * length.months,
        days: sign * length.days,
        seconds: i64::from(sign) * length.seconds,
    })
}

/// Whole days in seconds that are no whole number of days, rounded away from zero.
fn in_days(shift: Shift) -> Shift {
    let days = i32::try_from(shift.whole_days()).unwrap_or(i32::MAX);
    Shift { months: shift.months, days, seconds: 0 }
}

impl Point {
    /// So many days later.
    fn later(&self, days: i32) -> Result<Self, Why> {
        let moved = |day: Date| day.checked_add(days.days()).map_err(|_| outside());
        Ok(match self {
            Self::Day(day) => Self::Day(moved(*day)?),
            Self::Moment(at) => Self::Moment(moved(at.date())?.to_datetime(at.time())),
            Self::Today(shift) => Self::Today(later(*shift, days)?),
            Self::Now(shift) => Self::Now(later(*shift, days)?),
            Self::DayOf(name, own) => Self::DayOf(name.clone(), own.checked_add(days).ok_or_else(outside)?),
            Self::MomentOf(name) => return Err(format!("it moves `{name}`, which has a time of day").into()),
        })
    }

    /// So much later, or earlier.
    pub fn moved(&self, length: Length, past: bool) -> Result<Self, Why> {
        let by = shift(length, past)?;
        match self {
            Self::Today(own) => joined(*own, in_days(by)).map(Self::Today),
            Self::Now(own) => joined(*own, by).map(Self::Now),
            Self::Day(_) | Self::DayOf(..) if by.months == 0 => self.later(in_days(by).days),
            _ => Err("it moves a day by something else than days".into()),
        }
    }

    /// Its day, where only the day counts.
    fn day(&self) -> Result<Self, Why> {
        Ok(match self {
            Self::Moment(at) => Self::Day(at.date()),
            Self::Now(shift) if shift.seconds == 0 => Self::Today(*shift),
            Self::Now(_) => return Err("it asks for the day of a moment".into()),
            other => other.clone(),
        })
    }

    /// The attribute in it.
    pub fn attribute(&self) -> Option<&SmolStr> {
        match self {
            Self::DayOf(name, _) | Self::MomentOf(name) => Some(name),
            _ => None,
        }
    }
}

fn later(shift: Shift, days: i32) -> Result<Shift, Why> {
    Ok(Shift { days: shift.days.checked_add(days).ok_or_else(outside)?, ..shift })
}

/// One shift after another, where that is one shift.
fn joined(first: Shift, second: Shift) -> Result<Shift, Why> {
    let months_are_first = second.months == 0 || (first.days == 0 && first.seconds == 0);
    let days_are_first = second.days == 0 || first.seconds == 0;
    let one = || {
        Some(Shift {
            months: first.months.checked_add(second.months)?,
            days: first.days.checked_add(second.days)?,
            seconds: first.seconds.checked_add(second.seconds)?,
        })
    };
    let found =
        one().filter(|_| months_are_first && days_are_first && (first.months == 0 || second.months == 0));
    found.ok_or_else(|| "it adds lengths of several units".into())
}

fn outside() -> Why {
    "it leaves the calendar".into()
}

/// Makes tests of days and moments, all written at one place.
#[derive(Clone, Copy)]
pub struct Days(pub Tag);

impl Days {
    /// `left <comparison> right`
    pub fn compare(self, comparison: Comparison, left: &Point, right: &Point) -> Result<Formula, Why> {
        match (left, right) {
            (Point::DayOf(name, days), other) => self.day(name, *days, comparison, &other.day()?),
            (Point::MomentOf(name), other) => self.moment(name, comparison, other),
            (_, Point::DayOf(..) | Point::MomentOf(_)) => self.compare(comparison.mirrored(), right, left),
            (Point::Moment(left), Point::Moment(right)) => {
                Ok(Formula::Const(comparison.fits(left.cmp(right))))
            }
            _ => match (left.day()?, right.day()?) {
                (Point::Day(left), Point::Day(right)) => {
                    Ok(Formula::Const(comparison.fits(left.cmp(&right))))
                }
                _ => Err("it depends on the date alone".into()),
            },
        }
    }

    /// `name + days <comparison> other`
    fn day(self, name: &SmolStr, days: i32, comparison: Comparison, other: &Point) -> Result<Formula, Why> {
        if let Point::DayOf(right, more) = other {
            let gap = Decimal::from(*more) - Decimal::from(days);
            return Ok(self.difference(name, right, comparison, gap));
        }
        let operand = match other.later(days.checked_neg().ok_or_else(outside)?)? {
            Point::Day(day) => Operand::Value(Value::Date(day)),
            Point::Today(shift) => Operand::FromNow(shift),
            _ => return Err(format!("it compares `{name}`, a day, with a moment").into()),
        };
        Ok(self.test(name, Test::Compare(comparison, operand)))
    }

    /// `name <comparison> other`, exact against a moment.
    fn moment(self, name: &SmolStr, comparison: Comparison, other: &Point) -> Result<Formula, Why> {
        let operand = match other {
            Point::Moment(at) => Operand::Value(Value::DateTime(*at)),
            Point::Now(shift) => Operand::FromNow(*shift),
            Point::MomentOf(right) => return Ok(self.difference(name, right, comparison, Decimal::ZERO)),
            Point::DayOf(..) => return Err(format!("it compares `{name}`, a moment, with a day").into()),
            Point::Day(_) | Point::Today(_) => return self.day_of_moment(name, comparison, other),
        };
        Ok(self.test(name, Test::Compare(comparison, operand)))
    }

    /// The day of a moment against a day.
    fn day_of_moment(self, name: &SmolStr, comparison: Comparison, day: &Point) -> Result<Formula, Why> {
        let start = |comparison, day: Point| {
            let operand = match day {
                Point::Day(day) => Operand::Value(Value::DateTime(day.at(0, 0, 0, 0))),
                Point::Today(shift) => Operand::DayFromNow(shift),
                _ => return Err(outside()),
            };
            Ok(self.test(name, Test::Compare(comparison, operand)))
        };
        let (from, before) = (Comparison::AtLeast, Comparison::Less);
        Ok(match comparison {
            Comparison::Less => start(before, day.clone())?,
            Comparison::AtMost => start(before, day.later(1)?)?,
            Comparison::Greater => start(from, day.later(1)?)?,
            Comparison::AtLeast => start(from, day.clone())?,
            Comparison::Equal => and([start(from, day.clone())?, start(before, day.later(1)?)?]),
            Comparison::NotEqual => or([start(before, day.clone())?, start(from, day.later(1)?)?]),
        })
    }

    /// `day within length` and its kin.
    pub fn temporal(self, test: Temporal, day: &Point, length: Length) -> Result<Formula, Why> {
        let exact = matches!(day, Point::MomentOf(_)) && length.seconds != 0;
        let at = |shift: Shift| if exact { Point::Now(shift) } else { Point::Today(in_days(shift)) };
        let now = at(Shift::default());
        let ago = at(shift(length, true)?);
        let ahead = at(shift(length, false)?);
        let between = |first: &Point, last: &Point| {
            Ok(and([
                self.compare(Comparison::AtLeast, day, first)?,
                self.compare(Comparison::AtMost, day, last)?,
            ]))
        };
        match test {
            Temporal::Within => between(&ago, &now),
            Temporal::InTheNext => between(&now, &ahead),
            Temporal::OlderThan => self.compare(Comparison::Less, day, &ago),
            Temporal::Before | Temporal::After => Err("it compares a day with a length".into()),
        }
    }

    /// `left - right <comparison> length`: whole days, as a difference of days is.
    pub fn gap(
        self,
        comparison: Comparison,
        (left, right): (&Point, &Point),
        length: Length,
    ) -> Result<Formula, Why> {
        let days = seconds(length) / Decimal::from(24 * 3600);
        let (left, right) = (left.day()?, right.day()?);
        match comparison.of_whole(days) {
            Ok((comparison, days)) => {
                let days = days.to_i32().ok_or_else(outside)?;
                match right {
                    Point::MomentOf(_) => self.compare(comparison, &left.later(-days)?, &right),
                    _ => self.compare(comparison, &left, &right.later(days)?),
                }
            }
            Err(always) => {
                let known = [&left, &right].into_iter().filter_map(|point| point.attribute());
                let known = and(known.map(|name| self.test(name, Test::Known)));
                Ok(if always { known } else { and([known, Formula::Const(false)]) })
            }
        }
    }

    /// A test of one attribute.
    pub fn test(self, name: &SmolStr, test: Test) -> Formula {
        Formula::Test { attribute: name.clone(), test, tag: self.0 }
    }

    /// `left - right <comparison> gap`
    pub fn difference(
        self,
        left: &SmolStr,
        right: &SmolStr,
        comparison: Comparison,
        gap: Decimal,
    ) -> Formula {
        if left == right {
            let known = self.test(left, Test::Known);
            return if comparison.fits(Decimal::ZERO.cmp(&gap)) { known } else { Formula::Const(false) };
        }
        Formula::Difference { left: left.clone(), right: right.clone(), comparison, gap, tag: self.0 }
    }
}
