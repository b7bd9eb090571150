//! Lengths of time in the units of the language.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Span};

macro_rules! time_units {
    ($($(#[$doc:meta])* $variant:ident $one:literal $many:literal,)*) => {
        /// A unit of time, shortest first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Unit {
            $($(#[$doc])* $variant,)*
        }

        impl Unit {
            /// Every unit, shortest first.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The unit that `word` names, in singular or plural and lower case: `day`, `days`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($one | $many => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// What it is called in the plural: `days`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $many,)*
                }
            }

            /// What one of it is called: `day`.
            pub const fn singular(self) -> &'static str {
                match self {
                    $(Self::$variant => $one,)*
                }
            }
        }
    };
}

time_units! {
    /// 60 seconds.
    Minutes "minute" "minutes",
    /// 60 minutes.
    Hours "hour" "hours",
    /// From midnight to midnight on the wall calendar, whatever the clocks do in between.
    Days "day" "days",
    /// 7 days.
    Weeks "week" "weeks",
    /// To the same day of another month, or to its last one: a month before March 31 is February 28 or 29.
    Months "month" "months",
    /// 12 months.
    Years "year" "years",
}

/// A length of time: `7 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

impl Duration {
    /// `amount` of `unit`.
    pub const fn new(amount: u32, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// Reads `7 days`, `1 month`: digits, one or more spaces, a unit.
    pub fn parse(text: &str) -> Option<Self> {
        let (amount, unit) = text.split_once(' ')?;
        let is_number = amount.bytes().all(|digit| digit.is_ascii_digit());
        let amount = is_number.then(|| amount.parse().ok())??;
        Some(Self { amount, unit: Unit::from_word(unit.trim_start_matches(' '))? })
    }

    /// Whether `date` is `today` or at most this long ago: `within 7 days` holds from today to the 7th day before it,
    /// both included, and not in the future.
    ///
    /// Days are whole. Minutes and hours are rounded up to whole days, since a date has no time: `within 36 hours`
    /// means within 2 days.
    pub fn is_within(self, date: Date, today: Date) -> bool {
        self.before(today) <= date && date <= today
    }

    /// Whether `date` is longer ago than this: `older than 7 days` holds from the 8th day before `today` on.
    ///
    /// Of a past date or today, exactly one of this and [`Self::is_within`] holds; of a future date neither.
    pub fn is_older(self, date: Date, today: Date) -> bool {
        date < self.before(today)
    }

    /// The day this long before `date`, or the first day there is (in the year -9999). Minutes and hours are rounded
    /// up to whole days.
    pub fn before(self, date: Date) -> Date {
        self.span().and_then(|span| date.checked_sub(span).ok()).unwrap_or(Date::MIN)
    }

    /// The day this long after `date`, or the last day there is (in the year 9999). Minutes and hours are rounded up
    /// to whole days.
    pub fn after(self, date: Date) -> Date {
        self.span().and_then(|span| date.checked_add(span).ok()).unwrap_or(Date::MAX)
    }

    /// The moment this long after `moment`, to the minute; the last there is when that is beyond it.
    pub fn after_moment(self, moment: DateTime) -> DateTime {
        let after = match self.clock() {
            Some(clock) => moment.checked_add(clock).ok(),
            None => self.span().and_then(|span| moment.checked_add(span).ok()),
        };
        after.unwrap_or(DateTime::MAX)
    }

    /// How the two compare; `None` when that depends on the calendar, as between `30 days` and `1 month`.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self.minutes(), other.minutes()) {
            (Some(minutes), Some(others)) => Some(minutes.cmp(&others)),
            (None, None) => Some(self.months().cmp(&other.months())),
            _ => {
                let ((low, high), (other_low, other_high)) = (self.days_range(), other.days_range());
                (high < other_low)
                    .then_some(Ordering::Less)
                    .or((low > other_high).then_some(Ordering::Greater))
            }
        }
    }

    /// The length in minutes, of a day that is 24 hours; `None` for months and years, which differ.
    pub fn minutes(self) -> Option<u64> {
        let each = match self.unit {
            Unit::Minutes => 1,
            Unit::Hours => 60,
            Unit::Days => 24 * 60,
            Unit::Weeks => 7 * 24 * 60,
            Unit::Months | Unit::Years => return None,
        };
        Some(u64::from(self.amount) * each)
    }

    /// The length in months; 0 for shorter units.
    fn months(self) -> u64 {
        u64::from(self.amount)
            * match self.unit {
                Unit::Years => 12,
                Unit::Months => 1,
                _ => 0,
            }
    }

    /// The fewest and the most days that it can take; a month has 28 to 31.
    fn days_range(self) -> (u64, u64) {
        match self.minutes() {
            Some(minutes) => (minutes / (24 * 60), minutes.div_ceil(24 * 60)),
            None => (self.months() * 28, self.months() * 31),
        }
    }

    fn clock(self) -> Option<SignedDuration> {
        let is_clock = matches!(self.unit, Unit::Minutes | Unit::Hours);
        self.minutes().filter(|_| is_clock).map(|minutes| SignedDuration::from_mins(minutes as i64))
    }

    /// In whole days or months; `None` when longer than any calendar.
    fn span(self) -> Option<Span> {
        let days = self.minutes().map(|minutes| minutes.div_ceil(24 * 60));
        match days {
            Some(days) => Span::new().try_days(i64::try_from(days).ok()?).ok(),
            None => Span::new().try_months(i64::try_from(self.months()).ok()?).ok(),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.amount == 1 { self.unit.singular() } else { self.unit.name() };
        write!(f, "{} {unit}", self.amount)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn duration(text: &str) -> Duration {
        Duration::parse(text).expect(text)
    }

    #[test]
    fn durations_read_and_print_alike() {
        for text in ["0 days", "1 day", "7 days", "1 month", "2 years", "90 minutes"] {
            assert_eq!(duration(text).to_string(), text);
        }
        for text in ["7", "days", "-1 days", "+1 days", "7 fortnights", "7days", "99999999999 days", " days"]
        {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn within_includes_the_last_day() {
        let today = date(2026, 11, 22);
        let check = |text, day, expected| {
            let found = (duration(text).is_within(day, today), duration(text).is_older(day, today));
            assert_eq!(found, expected, "{text} {day}");
        };
        check("7 days", date(2026, 11, 22), (true, false));
        check("7 days", date(2026, 11, 15), (true, false));
        check("7 days", date(2026, 11, 14), (false, true));
        check("7 days", date(2026, 11, 23), (false, false));
        check("0 days", date(2026, 11, 22), (true, false));
        check("36 hours", date(2026, 11, 20), (true, false));
        check("1 month", date(2026, 10, 22), (true, false));
        check("1 month", date(2026, 10, 21), (false, true));
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(duration("1 month").before(date(2026, 3, 31)), date(2026, 2, 28));
        assert_eq!(duration("1 year").after(date(2024, 2, 29)), date(2025, 2, 28));
        assert_eq!(duration("4294967295 years").before(date(2026, 1, 1)), Date::MIN);
        assert_eq!(duration("4294967295 weeks").after(date(2026, 1, 1)), Date::MAX);
        let noon = date(2026, 11, 22).at(12, 0, 0, 0);
        assert_eq!(duration("90 minutes").after_moment(noon), date(2026, 11, 22).at(13, 30, 0, 0));
        assert_eq!(duration("1 month").after_moment(noon), date(2026, 12, 22).at(12, 0, 0, 0));
    }

    #[test]
    fn only_the_calendar_compares_days_with_months() {
        let check = |one, other, expected| assert_eq!(duration(one).compare(duration(other)), expected);
        check("1 week", "7 days", Some(Ordering::Equal));
        check("12 months", "1 year", Some(Ordering::Equal));
        check("30 days", "1 month", None);
        check("32 days", "1 month", Some(Ordering::Greater));
        check("27 days", "1 month", Some(Ordering::Less));
    }

    proptest! {
        #[test]
        fn a_past_day_is_either_within_or_older(n in 0u32..400, unit in 0usize..6, ago in 0i64..4000) {
            let today = date(2026, 11, 22);
            let day = today.checked_sub(Span::new().days(ago)).expect("in range");
            let duration = Duration::new(n, Unit::ALL[unit]);
            prop_assert!(duration.is_within(day, today) != duration.is_older(day, today));
        }
    }
}
