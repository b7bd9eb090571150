//! Days and moments relative to `now`: `within 7 days`, `older than 2 hours`, `>= 3 days ago`.
//!
//! In the language a length in days speaks of whole days, a length in hours or minutes of the very second. An attribute
//! that is a day, and [`Operand::DayFromNow`] of a moment, speak of days; [`Operand::FromNow`] of a moment of seconds.

use super::value::{clock_length, count};
use crate::{Comparison, Domain, Operand, Shift};

/// What a comparison with something relative to `now` speaks of.
#[derive(Clone, Copy)]
enum Step {
    /// Whole days of an attribute that is a day.
    Days(Shift),
    /// The start of a day, of an attribute that is a moment.
    Starts(Shift),
    /// Seconds; months are none.
    Seconds(i64),
}

/// The words behind the attribute for `attribute <comparison> operand`; `None` when the operand is a value.
pub fn compared(comparison: Comparison, operand: &Operand, domain: Option<&Domain>) -> Option<String> {
    if let (Comparison::Less, Some(Step::Days(shift) | Step::Starts(shift))) =
        (comparison, step(operand, domain))
        && shift != Shift::default()
        && let Some(length) = past(shift)
    {
        return Some(format!("older than {length}"));
    }
    if let (Comparison::Less, Some(Step::Seconds(seconds))) = (comparison, step(operand, domain))
        && let Some(length) = minutes(-seconds)
    {
        return Some(format!("older than {length}"));
    }
    let word = match (operand, step(operand, domain)) {
        (Operand::Value(_), _) => return None,
        (_, Some(Step::Days(shift))) => day_word(shift),
        (_, Some(Step::Starts(shift))) => starts_word(comparison, shift),
        (Operand::FromNow(shift), _) => sum("now", *shift),
        (Operand::DayFromNow(shift), _) => format!("the start of {}", sum("today", *shift)),
    };
    Some(format!("{} {word}", sign(comparison)))
}

/// The words behind the attribute for `attribute <a> left and attribute <b> right`, when one phrase says both.
pub fn between(
    (a, left): (Comparison, &Operand),
    (b, right): (Comparison, &Operand),
    domain: Option<&Domain>,
) -> Option<String> {
    use Comparison::{AtLeast, AtMost, Less};
    let (from, to) = (step(left, domain)?, step(right, domain)?);
    match (a, from, b, to) {
        (AtLeast, Step::Days(from), AtMost, Step::Days(to)) => days(from, to),
        (AtLeast, Step::Starts(from), Less, Step::Starts(end)) => {
            days(from, Shift { days: end.days.checked_sub(1)?, ..end })
        }
        (AtLeast, Step::Seconds(from), AtMost, Step::Seconds(0)) => {
            Some(format!("within {}", minutes(-from)?))
        }
        (AtLeast, Step::Seconds(0), AtMost, Step::Seconds(to)) => {
            Some(format!("within the next {}", minutes(to)?))
        }
        _ => None,
    }
}

/// From one day up to and with another.
fn days(from: Shift, to: Shift) -> Option<String> {
    if to == Shift::default() {
        Some(format!("within {}", past(from)?))
    } else if from == Shift::default() {
        Some(format!("within the next {}", single(to)?))
    } else {
        None
    }
}

/// `==`, `<`
pub fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

fn step(operand: &Operand, domain: Option<&Domain>) -> Option<Step> {
    match (operand, domain?) {
        (Operand::FromNow(shift) | Operand::DayFromNow(shift), Domain::Date { .. }) => {
            Some(Step::Days(whole(*shift)?))
        }
        (Operand::DayFromNow(shift), Domain::DateTime) => Some(Step::Starts(whole(*shift)?)),
        (Operand::FromNow(shift), Domain::DateTime) if shift.months == 0 => {
            Some(Step::Seconds(i64::from(shift.days).checked_mul(86_400)?.checked_add(shift.seconds)?))
        }
        _ => None,
    }
}

/// The shift in months and days, as [`crate::day_from`] takes it.
fn whole(shift: Shift) -> Option<Shift> {
    let days = i32::try_from(shift.whole_days()).ok()?;
    Some(Shift { months: shift.months, days, seconds: 0 })
}

/// A shift into the past, or none, as a length of one unit.
fn past(shift: Shift) -> Option<String> {
    single(Shift { months: shift.months.checked_neg()?, days: shift.days.checked_neg()?, seconds: 0 })
}

/// A shift that is not negative as a length of one unit: `2 years`, `7 days`, `0 days`.
fn single(shift: Shift) -> Option<String> {
    match (shift.months, shift.days) {
        (0, days) if days >= 0 => Some(count(days.into(), "day")),
        (months, 0) if months > 0 && months % 12 == 0 => Some(count((months / 12).into(), "year")),
        (months, 0) if months > 0 => Some(count(months.into(), "month")),
        _ => None,
    }
}

/// So many seconds that the language would count by the second: `48 hours`, not `2 days`.
fn minutes(seconds: i64) -> Option<String> {
    (seconds > 0 && seconds % 60 == 0).then(|| clock_length(seconds))
}

/// `today`, `7 days ago`, `1 month from now`, `today - 1 month - 3 days`
fn day_word(shift: Shift) -> String {
    if shift == Shift::default() {
        return "today".to_owned();
    }
    if let Some(length) = past(shift) {
        return format!("{length} ago");
    }
    single(shift).map_or_else(|| sum("today", shift), |length| format!("{length} from now"))
}

/// The same for the start of a day. The language compares a moment with a day by its day, which for `<` and `>=` is
/// what the start of the day means; for the others the words say more than the language has.
fn starts_word(comparison: Comparison, shift: Shift) -> String {
    let word = day_word(shift);
    match comparison {
        Comparison::Less | Comparison::AtLeast => word,
        _ => format!("the start of {word}"),
    }
}

/// `now - 2 hours`, `today + 1 month - 3 days`
fn sum(start: &str, shift: Shift) -> String {
    let parts = [
        (i64::from(shift.months), count(i64::from(shift.months).abs(), "month")),
        (i64::from(shift.days), count(i64::from(shift.days).abs(), "day")),
        (shift.seconds, clock_length(shift.seconds.saturating_abs())),
    ];
    let mut result = start.to_owned();
    for (n, length) in parts.into_iter().filter(|(n, _)| *n != 0) {
        result.push_str(if n < 0 { " - " } else { " + " });
        result.push_str(&length);
    }
    result
}
