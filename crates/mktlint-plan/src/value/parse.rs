//! Values as people write them in files.

use jiff::civil;
use mktlint_hir::model::expr::Length;
use rust_decimal::Decimal;

/// `2026-11-22`.
pub fn date(text: &str) -> Option<civil::Date> {
    let digits = |range| text.get(range).filter(|part: &&str| part.bytes().all(|byte| byte.is_ascii_digit()));
    let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let date = civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.ok().filter(|_| dashes)
}

/// `21:00`, `21:00:30`.
pub fn time(text: &str) -> Option<civil::Time> {
    let mut parts = text.split(':').map(|part| part.parse::<i8>().ok().filter(|_| part.len() == 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    parts.next().is_none().then(|| civil::Time::new(hour, minute, second, 0).ok()).flatten()
}

/// `2026-11-22T09:00`, `2026-11-22 09:00:30`; a day alone is its first moment.
pub fn datetime(text: &str) -> Option<civil::DateTime> {
    let day = date(text.get(..10)?)?;
    match text.get(10..)? {
        "" => Some(day.at(0, 0, 0, 0)),
        rest => Some(day.to_datetime(time(rest.strip_prefix(['T', 't', ' '])?)?)),
    }
}

/// `12`, `-0.5`, `1_000`.
pub fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-._".contains(&byte));
    plain.then(|| text.replace('_', "").parse().ok()).flatten()
}

/// `12.5%`, `12.5 %`; a number alone is so many percent.
pub fn percent(text: &str) -> Option<Decimal> {
    decimal(text.trim().trim_end_matches('%'))
}

/// `EUR 20`, `20 EUR`, `20.00EUR`.
pub fn money(text: &str) -> Option<(Decimal, String)> {
    let text = text.trim();
    let is_currency = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    let first = text.get(..3).filter(|part| is_currency(part)).map(|part| (part, &text[3..]));
    let last = || {
        let cut = text.len().checked_sub(3)?;
        text.get(cut..).filter(|part| is_currency(part)).map(|part| (part, &text[..cut]))
    };
    let (currency, amount) = first.or_else(last)?;
    Some((decimal(amount)?, currency.to_owned()))
}

/// `7 days`, `1 hour 30 minutes`, `2 weeks`.
pub fn duration(text: &str) -> Option<Length> {
    let mut words = text.split_whitespace();
    let mut sum = Length::default();
    let mut any = false;
    while let Some(count) = words.next() {
        let count: i32 = count.parse().ok()?;
        add_unit(&mut sum, count, words.next()?)?;
        any = true;
    }
    any.then_some(sum)
}

fn add_unit(sum: &mut Length, count: i32, unit: &str) -> Option<()> {
    let days = |n: i32| count.checked_mul(n).and_then(|n| sum.days.checked_add(n));
    let months = |n: i32| count.checked_mul(n).and_then(|n| sum.months.checked_add(n));
    let seconds = |n: i64| i64::from(count).checked_mul(n).and_then(|n| sum.seconds.checked_add(n));
    match unit.strip_suffix('s').unwrap_or(unit) {
        "second" => sum.seconds = seconds(1)?,
        "minute" => sum.seconds = seconds(60)?,
        "hour" => sum.seconds = seconds(3600)?,
        "day" => sum.days = days(1)?,
        "week" => sum.days = days(7)?,
        "month" => sum.months = months(1)?,
        "year" => sum.months = months(12)?,
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times() {
        assert_eq!(date("2026-11-22"), Some(civil::date(2026, 11, 22)));
        assert_eq!(date("2026-02-30"), None);
        assert_eq!(date("22.11.2026"), None);
        assert_eq!(time("21:00"), Some(civil::time(21, 0, 0, 0)));
        assert_eq!(time("24:00"), None);
        assert_eq!(time("9:00"), None);
        assert_eq!(datetime("2026-11-22T09:30"), Some(civil::date(2026, 11, 22).at(9, 30, 0, 0)));
        assert_eq!(datetime("2026-11-22"), Some(civil::date(2026, 11, 22).at(0, 0, 0, 0)));
        assert_eq!(datetime("2026-11-22é"), None);
    }

    #[test]
    fn amounts() {
        assert_eq!(percent("0.1 %"), Some(Decimal::new(1, 1)));
        assert_eq!(money("EUR 20"), Some((Decimal::from(20), "EUR".into())));
        assert_eq!(money("20.50 USD"), Some((Decimal::new(2050, 2), "USD".into())));
        assert_eq!(money("20"), None);
        assert_eq!(money("é20"), None);
        assert_eq!(decimal("1e3"), None);
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(duration("2 weeks"), Some(Length { months: 0, days: 14, seconds: 0 }));
        assert_eq!(duration("1 hour 30 minutes"), Some(Length { months: 0, days: 0, seconds: 5400 }));
        assert_eq!(duration("7"), None);
        assert_eq!(duration(""), None);
        assert_eq!(duration("2000000000 years"), None);
    }
}
