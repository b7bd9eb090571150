//! Percentages in running text.

use rust_decimal::Decimal;

/// Returns every percentage in `text`, in order, as the number before the sign: 20 for `20%`, `20 %`, `-20%`,
/// `20 percent`, `20 Prozent`; 12.5 for `12.5%` and `12,5 %`; both ends of `20-30%`.
///
/// Behind a comma three digits are thousands (`1,000%`), behind a full stop they are a fraction. A number written as a
/// word, and one of more than 28 digits, is none. The escapes of links (`%20`) are none either.
pub fn percents(text: &str) -> Vec<Decimal> {
    let mut found = Vec::new();
    // The end and value of a number with a dash behind it, which may be the lower end of a range.
    let mut lower: Option<(usize, Decimal)> = None;
    let mut at = 0;
    while let Some(skipped) = text[at..].find(|it: char| it.is_ascii_digit()) {
        let digits = at + skipped;
        let end = number_end(text, digits);
        let start = number_start(text, digits);
        at = end;
        let Some(value) = number(&text[start..end]) else { continue };
        let rest = &text[end..];
        if is_percent(rest) && !text[..start].ends_with('%') {
            found
                .extend(lower.filter(|(own, least)| *own == start && *least < value).map(|(_, least)| least));
            found.push(value);
        }
        let dash = rest.chars().next().filter(|it| matches!(it, '-' | '–' | '—'));
        lower = dash.filter(|_| value <= Decimal::ONE_HUNDRED).map(|dash| (end + dash.len_utf8(), value));
    }
    found
}

/// Where the number with its first digit at `at` ends: behind its last digit.
fn number_end(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    let len = bytes.iter().take_while(|it| it.is_ascii_digit() || matches!(it, b'.' | b',')).count();
    let last = bytes[..len].iter().rposition(u8::is_ascii_digit).unwrap_or(0);
    at + last + 1
}

/// Where it starts: `.5%` has no zero.
fn number_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let stands_alone = |rest: &str| !rest.ends_with(|it: char| it.is_alphanumeric() || it == '.');
    match before.strip_suffix('.') {
        Some(rest) if stands_alone(rest) => rest.len(),
        _ => at,
    }
}

fn is_percent(rest: &str) -> bool {
    let is_space = |it| matches!(it, ' ' | '\u{a0}' | '\u{202f}');
    let word = rest.strip_prefix(is_space).unwrap_or(rest);
    let word = word.strip_prefix(is_space).unwrap_or(word);
    word.starts_with(['%', '٪', '％', '﹪'])
        || (word.len() < rest.len() && WORDS.iter().any(|it| starts_with_word(word, it)))
}

static WORDS: &[&str] = &[
    "percent",
    "per cent",
    "pct",
    "Prozent",
    "procent",
    "pour cent",
    "por ciento",
    "per cento",
    "por cento",
];

fn starts_with_word(text: &str, word: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(word.len()) else { return false };
    start.eq_ignore_ascii_case(word) && !rest.starts_with(char::is_alphanumeric)
}

/// Digits with their separators.
fn number(written: &str) -> Option<Decimal> {
    let commas = written.matches(',').count();
    let stops = written.matches('.').count();
    let plain = match (commas, stops) {
        (0, 0 | 1) => written.to_owned(),
        (0, _) if are_thousands(written, '.') => written.replace('.', ""),
        (_, 0) if are_thousands(written, ',') => written.replace(',', ""),
        (1, 0) => written.replace(',', "."),
        (_, 1) if written.rfind(',') < written.rfind('.') => written.replace(',', ""),
        (1, _) => written.replace('.', "").replace(',', "."),
        _ => return None,
    };
    Decimal::from_str_exact(&plain).ok().map(|value| value.normalize())
}

fn are_thousands(written: &str, separator: char) -> bool {
    let mut groups = written.split(separator);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = percents(text).iter().map(Decimal::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_way_to_write_one() {
        check("", &[]);
        check("Save 20%, 12.5 % or 12,5\u{a0}%!", &["20", "12.5", "12.5"]);
        check("-30% .5% 0.10%", &["30", "0.5", "0.1"]);
        check("5 percent, 5 per cent, 5 Prozent, 5 pour cent.", &["5", "5", "5", "5"]);
        check(
            "1,000% 1.000,5% 1,000.5% 6.125% 1.000.000%",
            &["1000", "1000.5", "1000.5", "6.125", "1000000"],
        );
        check("20-30% off, 5–7 %", &["20", "30", "5", "7"]);
    }

    #[test]
    fn what_only_looks_like_one() {
        check("20 off, 5 percentage points, 5   %, v1.2.3%, a%20b%30%, 5percent, 2026-11-22", &[]);
        check("July 4 - 50%", &["50"]);
        check(&format!("{}%", "9".repeat(40)), &[]);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for unit in ["1", "1,", "1.", "1-", "1 ", "1    ", "%", "1%", "1per cen"] {
            assert!(percents(&unit.repeat(200_000)).len() <= 200_000, "{unit}");
        }
    }
}
