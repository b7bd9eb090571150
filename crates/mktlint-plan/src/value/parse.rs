//! Values as people write them in files.

use mktlint_hir::model::expr::Length;
use mktlint_measure::date::Unit;
use rust_decimal::Decimal;

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
    let unit = match unit {
        "second" | "seconds" => return add_seconds(sum, i64::from(count)),
        _ => Unit::from_word(unit)?,
    };
    let (months, days, seconds) = match unit {
        Unit::Minutes => (0, 0, 60),
        Unit::Hours => (0, 0, 3600),
        Unit::Days => (0, 1, 0),
        Unit::Weeks => (0, 7, 0),
        Unit::Months => (1, 0, 0),
        Unit::Years => (12, 0, 0),
    };
    sum.months = sum.months.checked_add(count.checked_mul(months)?)?;
    sum.days = sum.days.checked_add(count.checked_mul(days)?)?;
    add_seconds(sum, i64::from(count) * seconds)
}

fn add_seconds(sum: &mut Length, seconds: i64) -> Option<()> {
    sum.seconds = sum.seconds.checked_add(seconds)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
