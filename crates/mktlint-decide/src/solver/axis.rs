//! Values as whole numbers, so that every attribute branches over ranges of them.

use std::sync::Arc;

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::{Comparison, Domain, Value};

/// The place of a value on its axis.
pub type Ordinal = i128;

/// The place of a missing value: before all others.
pub const MISSING: Ordinal = Ordinal::MIN;

/// Digits behind the point that are told apart. Numbers that allow more are compared with constants of at most
/// [`COARSE`] digits, so that there is room between any two constants.
const FINEST: u32 = 8;

/// Digits that a constant may have when its attribute allows more than [`FINEST`].
const COARSE: u32 = 5;

/// The possible places at one level of a diagram.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Whether [`MISSING`] is one of them.
    pub optional: bool,
    /// The first place of a value.
    pub first: Ordinal,
    /// The last place.
    pub last: Ordinal,
    /// What the places stand for.
    pub kind: Kind,
}

/// What the places of an axis stand for.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Members of a closed list, by index.
    Names(Arc<[SmolStr]>),
    /// `false`, `true`.
    Bool,
    /// Numbers, in steps of so many digits behind the point.
    Number { scale: u32, fine: bool },
    /// Days since 1970-01-01.
    Date,
    /// Seconds since 1970-01-01T00:00.
    DateTime,
    /// Seconds since midnight.
    Time,
    /// Texts, or names of an open list, by the number that the solver gave them. The last place stands for all others.
    Words { names: bool },
    /// Sets, by size.
    Size { members: Option<Arc<[SmolStr]>>, names: bool },
    /// Differences between two attributes.
    Difference,
}

/// Where a constant falls: on `floor`, or between it and the next place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The last place that is not above the constant.
    pub floor: Ordinal,
    /// Whether the constant is at that place.
    pub exact: bool,
}

/// Ranges of places, both ends included, in order, apart from each other.
pub type Spans = Vec<(Ordinal, Ordinal)>;

impl Axis {
    /// The axis of an attribute.
    pub fn of(domain: &Domain, optional: bool) -> Self {
        let (kind, first, last) = match domain {
            Domain::Bool => (Kind::Bool, 0, 1),
            Domain::Names { members, open: false } => {
                (Kind::Names(members.clone()), 0, members.len() as Ordinal - 1)
            }
            Domain::Names { open: true, .. } => (Kind::Words { names: true }, 0, OTHERS),
            Domain::Text => (Kind::Words { names: false }, 0, OTHERS),
            Domain::Number { least, most, scale, .. } => {
                return Self::number(*least, *most, *scale, optional);
            }
            Domain::Date { least, most } => {
                (Kind::Date, days(least.unwrap_or(Date::MIN)), days(most.unwrap_or(Date::MAX)))
            }
            Domain::DateTime => (Kind::DateTime, seconds(DateTime::MIN), seconds(DateTime::MAX)),
            Domain::Time => (Kind::Time, 0, 24 * 3600 - 1),
            Domain::SetOfNames { members, open } => {
                let most = if *open { Ordinal::from(u32::MAX) } else { members.len() as Ordinal };
                (Kind::Size { members: (!open).then(|| members.clone()), names: true }, 0, most)
            }
            Domain::SetOfTexts => (Kind::Size { members: None, names: false }, 0, Ordinal::from(u32::MAX)),
        };
        Self { optional, first, last, kind }
    }

    /// A condition that is true or false.
    pub fn truth() -> Self {
        Self { optional: false, first: 0, last: 1, kind: Kind::Bool }
    }

    fn number(least: Option<Decimal>, most: Option<Decimal>, scale: u32, optional: bool) -> Self {
        let steps = scale.min(FINEST);
        let first = number_cut(least.unwrap_or(Decimal::MIN), steps);
        let first = if first.exact { first.floor } else { first.floor + 1 };
        let last = number_cut(most.unwrap_or(Decimal::MAX), steps).floor;
        Self { optional, first, last, kind: Kind::Number { scale: steps, fine: scale > FINEST } }
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.first > self.last
    }

    /// The place of the first run.
    pub fn start(&self) -> Ordinal {
        if self.optional { MISSING } else { self.first }
    }

    /// Where `value` falls; `None` when it is of another kind, and never equal to a value here.
    pub fn cut(&self, value: &Value) -> Option<Cut> {
        let exact = |floor| Some(Cut { floor, exact: true });
        match (&self.kind, value) {
            (Kind::Number { scale, .. }, Value::Number(number)) => Some(number_cut(*number, *scale)),
            (Kind::Date, Value::Date(date)) => exact(days(*date)),
            (Kind::DateTime, Value::DateTime(at)) => {
                Some(Cut { floor: seconds(*at), exact: at.subsec_nanosecond() == 0 })
            }
            (Kind::Time, Value::Time(at)) => {
                Some(Cut { floor: time_seconds(*at), exact: at.subsec_nanosecond() == 0 })
            }
            (Kind::Bool, Value::Bool(value)) => exact(Ordinal::from(*value)),
            (Kind::Names(members), Value::Name(name)) => {
                exact(members.iter().position(|member| member == name)? as Ordinal)
            }
            (Kind::Size { .. }, Value::Set(items)) => exact(items.len() as Ordinal),
            _ => None,
        }
    }

    /// Whether constants like `value` are too fine to be told apart.
    pub fn is_too_fine(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Number { fine: true, .. }, Value::Number(number)) => number.normalize().scale() > COARSE,
            _ => false,
        }
    }

    /// The value at a place of an ordered axis, of Booleans and of closed lists; `None` of others, and where no number
    /// has so many digits.
    pub fn value(&self, place: Ordinal) -> Option<Value> {
        match &self.kind {
            Kind::Bool => Some(Value::Bool(place != 0)),
            Kind::Names(members) => members.get(usize::try_from(place).ok()?).cloned().map(Value::Name),
            Kind::Number { scale, .. } => number_at(place, *scale).map(Value::Number),
            Kind::Date => day_at(place).map(Value::Date),
            Kind::DateTime => moment_at(place).map(Value::DateTime),
            Kind::Time => time_at(place).map(Value::Time),
            Kind::Words { .. } | Kind::Size { .. } | Kind::Difference => None,
        }
    }

    /// The places that compare so with a constant; may reach over the ends of the axis.
    pub fn compared(comparison: Comparison, cut: Cut) -> Spans {
        let Cut { floor, exact } = cut;
        let below = if exact { floor - 1 } else { floor };
        let from = if exact { floor } else { floor + 1 };
        match comparison {
            Comparison::Equal if exact => vec![(floor, floor)],
            Comparison::Equal => Vec::new(),
            Comparison::NotEqual => vec![(LOWEST, below), (floor + 1, HIGHEST)],
            Comparison::Less => vec![(LOWEST, below)],
            Comparison::AtMost => vec![(LOWEST, floor)],
            Comparison::Greater => vec![(floor + 1, HIGHEST)],
            Comparison::AtLeast => vec![(from, HIGHEST)],
        }
    }

    /// `spans` without what lies beyond the ends of the axis, joined where they touch.
    pub fn clip(&self, mut spans: Spans) -> Spans {
        spans.sort_unstable();
        let mut result = Spans::with_capacity(spans.len());
        for (from, to) in spans {
            let (from, to) = (from.max(self.first), to.min(self.last));
            match result.last_mut() {
                _ if from > to => {}
                Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
                _ => result.push((from, to)),
            }
        }
        result
    }
}

/// The place of all words that the solver has not numbered.
pub const OTHERS: Ordinal = u32::MAX as Ordinal;

/// Below and above every place, with room for sums of two.
pub const LOWEST: Ordinal = -(1 << 125);
/// See [`LOWEST`].
pub const HIGHEST: Ordinal = 1 << 125;

/// Where a number falls among steps of `scale` digits.
pub fn number_cut(number: Decimal, scale: u32) -> Cut {
    let number = number.normalize();
    let (mantissa, own) = (number.mantissa(), number.scale());
    if own <= scale {
        let floor = mantissa.saturating_mul(10_i128.saturating_pow(scale - own)).clamp(LOWEST, HIGHEST);
        return Cut { floor, exact: true };
    }
    let step = 10_i128.saturating_pow(own - scale);
    Cut { floor: mantissa.div_euclid(step), exact: mantissa.rem_euclid(step) == 0 }
}

/// The number at a place; `None` when it has more digits than numbers have.
pub fn number_at(mut place: Ordinal, mut scale: u32) -> Option<Decimal> {
    while scale > 0 && place % 10 == 0 {
        (place, scale) = (place / 10, scale - 1);
    }
    Decimal::try_from_i128_with_scale(place, scale).ok()
}

fn days(date: Date) -> Ordinal {
    let epoch = Date::constant(1970, 1, 1);
    Ordinal::from(crate::eval::days_between(epoch, date))
}

fn day_at(place: Ordinal) -> Option<Date> {
    let span = Span::new().try_days(i64::try_from(place).ok()?).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

fn seconds(at: DateTime) -> Ordinal {
    days(at.date()) * 24 * 3600 + time_seconds(at.time())
}

fn moment_at(place: Ordinal) -> Option<DateTime> {
    let day = day_at(place.div_euclid(24 * 3600))?;
    Some(day.to_datetime(time_at(place.rem_euclid(24 * 3600))?))
}

fn time_seconds(at: Time) -> Ordinal {
    Ordinal::from(at.hour()) * 3600 + Ordinal::from(at.minute()) * 60 + Ordinal::from(at.second())
}

fn time_at(place: Ordinal) -> Option<Time> {
    let part = |unit: Ordinal, of: Ordinal| i8::try_from(place / unit % of).ok();
    Time::new(part(3600, 24)?, part(60, 60)?, part(1, 60)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Unit;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn numbers_fall_on_steps_or_between() {
        assert_eq!(number_cut(number("12.50"), 2), Cut { floor: 1250, exact: true });
        assert_eq!(number_cut(number("0.5"), 0), Cut { floor: 0, exact: false });
        assert_eq!(number_cut(number("-0.5"), 0), Cut { floor: -1, exact: false });
        assert_eq!(number_at(1250, 2), Some(number("12.5")));
    }

    #[test]
    fn bounds_between_steps_move_inwards() {
        let domain = Domain::Number {
            unit: Unit::Plain,
            least: Some(number("0.5")),
            most: Some(number("9.5")),
            scale: 0,
        };
        let axis = Axis::of(&domain, false);
        assert_eq!((axis.first, axis.last), (1, 9));
    }

    #[test]
    fn days_and_moments_return() {
        for day in [date(1970, 1, 1), date(1969, 12, 31), date(2026, 11, 22), Date::MIN, Date::MAX] {
            assert_eq!(day_at(days(day)), Some(day));
            let at = day.at(23, 59, 58, 0);
            assert_eq!(moment_at(seconds(at)), Some(at));
        }
        assert_eq!(days(date(2026, 11, 22)), 20_779);
    }

    #[test]
    fn comparisons_with_a_constant_between_two_places() {
        let between = Cut { floor: 4, exact: false };
        assert_eq!(Axis::compared(Comparison::AtLeast, between), vec![(5, HIGHEST)]);
        assert_eq!(Axis::compared(Comparison::Less, between), vec![(LOWEST, 4)]);
        assert_eq!(Axis::compared(Comparison::Equal, between), Spans::new());
    }
}
