//! Values as people write them in files.

use mktlint_hir::model::expr::Length;
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

/// `7 days`, `1 hour 30 minutes`, `2 weeks`; seconds too, which policies do not write.
pub fn duration(text: &str) -> Option<Length> {
    let mut words = text.split_whitespace();
    let mut sum = None;
    while let Some(count) = words.next() {
        let count: i32 = count.parse().ok()?;
        let length = match words.next()? {
            "second" | "seconds" => Length { seconds: i64::from(count), ..Length::default() },
            unit => Length::of(i64::from(count), unit)?,
        };
        sum = Some(sum.unwrap_or_else(Length::default).plus(length)?);
    }
    sum
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
