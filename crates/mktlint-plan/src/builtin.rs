//! The function library on values.

mod list;
mod longest;

use mktlint_hir::model::builtin::Builtin;
use mktlint_measure::channel_group::ChannelGroup;
use mktlint_measure::readability::Counts;
use mktlint_measure::utm::group_tags;
use mktlint_measure::{date, length, link, link::Link, personal, sms, text, tweet, unsubscribe};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::value::compare::{compare, first_unknown, mismatch};
use crate::{Datum, Truth, Unknown, Value};

pub use longest::{call_longest, longest_text};

/// Whether `builtin` looks at nothing but its arguments.
pub fn is_pure(builtin: Builtin) -> bool {
    !matches!(builtin, Builtin::LongestLength | Builtin::LongestSegments | Builtin::LongestWidth)
}

/// Calls a function that [`is_pure`]: unknown when an argument is unknown, missing when one is missing.
pub fn call<'a>(builtin: Builtin, args: &[Value<'a>]) -> Value<'a> {
    if let Some(unknown) = first_unknown(args) {
        return unknown;
    }
    let data: Vec<&Datum<'a>> = args.iter().filter_map(Value::datum).collect();
    if data.len() < args.len() {
        return Value::Missing;
    }
    match (builtin, data.as_slice()) {
        (Builtin::Length, [Datum::List(list)]) => Value::count(list.len()),
        (Builtin::Distinct, [Datum::List(list)]) => list::distinct(list),
        (Builtin::Join, [Datum::List(list), separator]) => {
            with_words(separator, builtin, |separator| list::join(list, separator))
        }
        (Builtin::First | Builtin::Last, [text, Datum::Int(n)]) => {
            with_words(text, builtin, |words| cut(builtin, words, *n))
        }
        (Builtin::BusinessDays, [from, to]) => business_days(from, to),
        (Builtin::Round, [number]) => number.number().map_or_else(|| misused(builtin), round),
        (Builtin::Sqrt, [number]) => number.number().map_or_else(|| misused(builtin), root),
        (Builtin::Min, [_, _]) => choose(args, true),
        (Builtin::Max, [_, _]) => choose(args, false),
        (_, [first]) => with_words(first, builtin, |words| {
            list::of_text(builtin, words).unwrap_or_else(|| of_text(builtin, words))
        }),
        (_, [first, second]) => match (words(first), words(second)) {
            (Some(first), Some(second)) => of_texts(builtin, first, second),
            _ => Value::unknown(mismatch(first, second)),
        },
        _ => misused(builtin),
    }
}

fn misused(builtin: Builtin) -> Value<'static> {
    let name = builtin.signature().map_or("function", |signature| signature.name);
    Value::unknown(Unknown::Mismatch(format!("`{name}` and its arguments")))
}

fn words<'v>(datum: &'v Datum<'_>) -> Option<&'v str> {
    match datum {
        Datum::Text(text) => Some(text.as_str()),
        Datum::Member(word) | Datum::Country(word) | Datum::Language(word) => Some(word),
        _ => None,
    }
}

fn with_words<'a>(datum: &Datum<'a>, builtin: Builtin, compute: impl FnOnce(&str) -> Value<'a>) -> Value<'a> {
    words(datum).map_or_else(|| misused(builtin), compute)
}

fn of_text(builtin: Builtin, words: &str) -> Value<'static> {
    let number = |count: u32| Value::int(i64::from(count));
    let link = |part: fn(&Link) -> String| Value::text(part(&Link::parse(words)));
    match builtin {
        Builtin::Length => number(length::graphemes(words).get()),
        Builtin::Utf16Length => number(length::utf16_units(words).get()),
        Builtin::Bytes => number(length::utf8_bytes(words).get()),
        Builtin::CodePoints => number(length::code_points(words).get()),
        Builtin::DisplayWidth => number(length::display_width(words).get()),
        Builtin::WeightedLength => number(tweet::weighted_length(words, &tweet::Weights::CURRENT).get()),
        Builtin::Words => Value::count(length::words(words).count()),
        Builtin::Sentences => Value::count(length::sentences(words).count()),
        Builtin::Segments => number(sms::segments(&without_tags(words)).get()),
        Builtin::SmsUnits => number(sms::units(&without_tags(words)).get()),
        Builtin::IsGsm7 => Value::bool(sms::encoding(&without_tags(words)) == sms::Encoding::Gsm7),
        Builtin::NotGsm7 => Value::text(not_gsm7(&without_tags(words))),
        Builtin::ReadingGrade => measured(Counts::of(words).grade(), 0),
        Builtin::ReadingEase => measured(Counts::of(words).reading_ease(), 100),
        Builtin::GunningFog => measured(Counts::of(words).fog(), 0),
        Builtin::Syllables => number(Counts::of(words).syllables),
        Builtin::Polysyllables => number(Counts::of(words).polysyllables),
        Builtin::HardWords => number(Counts::of(words).hard_words),
        Builtin::LongWords => number(Counts::of(words).long_words),
        Builtin::Letters => number(Counts::of(words).letters),
        Builtin::Characters => number(Counts::of(words).characters),
        Builtin::IsTitleCase => Value::bool(text::is_title_case(words)),
        Builtin::IsSentenceCase => Value::bool(text::is_sentence_case(words)),
        Builtin::Capitals => Value::Known(Datum::Percent(capitals(words))),
        Builtin::EmojiCount => number(text::emoji_count(words)),
        Builtin::Lower => Value::text(words.to_lowercase()),
        Builtin::Upper => Value::text(words.to_uppercase()),
        Builtin::Trim => Value::text(words.trim().to_owned()),
        Builtin::Host => link(|link| link.host().unwrap_or_default().to_owned()),
        Builtin::Site => Value::text(link::site(words).unwrap_or_default()),
        Builtin::Scheme => link(|link| link.scheme.as_ref().map_or("", |scheme| scheme.text()).to_owned()),
        Builtin::PathOf => link(|link| link.path.text().to_owned()),
        Builtin::ChannelGroup => Value::text(channel_group(&Link::parse(words))),
        Builtin::HasPersonalData => Value::bool(!personal::personal(words).is_empty()),
        _ => misused(builtin),
    }
}

/// What a template tag shows as in a text: U+FFFC, the object replacement character.
const TAG: char = '\u{FFFC}';

/// What is sent when no merge tag prints anything: a tag stands in a text as one U+FFFC, which nobody sends.
fn without_tags(words: &str) -> std::borrow::Cow<'_, str> {
    match words.contains(TAG) {
        true => words.replace(TAG, "").into(),
        false => words.into(),
    }
}

fn of_texts(builtin: Builtin, first: &str, second: &str) -> Value<'static> {
    match builtin {
        Builtin::CountOf if second.is_empty() => Value::int(0),
        Builtin::CountOf => Value::count(first.matches(second).count()),
        Builtin::IsOneClick => Value::bool(unsubscribe::is_one_click(first, second)),
        Builtin::Query => Value::text(Link::parse(first).value(second).unwrap_or_default().to_owned()),
        _ => misused(builtin),
    }
}

/// The start or the end of a text. It stands in no asset any more: what the scan found there is found anew.
fn cut(builtin: Builtin, words: &str, n: i64) -> Value<'static> {
    let n = usize::try_from(n).unwrap_or(0);
    let part = if builtin == Builtin::First { text::first(words, n) } else { text::last(words, n) };
    Value::text(part.to_owned())
}

fn business_days(from: &Datum<'_>, to: &Datum<'_>) -> Value<'static> {
    match (from.day(), to.day()) {
        (Some(from), Some(to)) => Value::int(i64::from(date::business_days(from, to))),
        _ => Value::unknown(mismatch(from, to)),
    }
}

/// How often `count` finds something in a text; missing when the text is missing.
pub fn count_matches<'a>(text: &Value<'a>, count: impl FnOnce(&str) -> usize) -> Value<'a> {
    match text {
        Value::Known(datum) => with_words(datum, Builtin::CountOf, |words| Value::count(count(words))),
        other => other.clone(),
    }
}

/// Each once, in order, joined by spaces.
fn not_gsm7(words: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for (at, character) in words.char_indices() {
        let character = words.get(at..at + character.len_utf8()).unwrap_or_default();
        // 64 is plenty for a message; without a bound a long Chinese text would cost the square of its length.
        if seen.len() < 64 && !seen.contains(&character) && sms::encoding(character) == sms::Encoding::Ucs2 {
            seen.push(character);
        }
    }
    seen.join(" ")
}

/// A measure with one decimal; `otherwise` for text without words.
fn measured(measure: Option<f64>, otherwise: i64) -> Value<'static> {
    let exact = measure.and_then(Decimal::from_f64).map(|value| value.round_dp(1).normalize());
    Value::Known(Datum::Decimal(exact.unwrap_or_else(|| Decimal::from(otherwise))))
}

/// The share of letters that are capitals, in percent, with one decimal; 0 without letters.
fn capitals(words: &str) -> Decimal {
    let counts = text::upper_case(words);
    let share = Decimal::from(counts.upper) * Decimal::ONE_HUNDRED;
    share.checked_div(Decimal::from(counts.letters)).unwrap_or_default().round_dp(1).normalize()
}

/// The GA4 default channel group of a link.
pub fn channel_group(link: &Link) -> &'static str {
    ChannelGroup::of(group_tags(link)).name()
}

fn round(number: Decimal) -> Value<'static> {
    let whole = number.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    whole.try_into().map_or_else(|_| Value::unknown(Unknown::TooLarge), Value::int)
}

/// The square root, to some fifteen digits. The root of a `f64` is rounded alike on every machine.
fn root(number: Decimal) -> Value<'static> {
    let root = f64::try_from(number).unwrap_or(0.0).max(0.0).sqrt();
    Decimal::try_from(root)
        .map_or_else(|_| Value::unknown(Unknown::TooLarge), |root| Value::Known(Datum::Decimal(root)))
}

fn choose<'a>(args: &[Value<'a>], least: bool) -> Value<'a> {
    let [first, second] = args else { return Value::Missing };
    let is_less = compare(mktlint_hir::model::expr::Comparison::AtMost, first, second);
    match is_less.truth() {
        Truth::Unknown => is_less,
        truth => {
            if (truth == Truth::True) == least {
                first.clone()
            } else {
                second.clone()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_by_example() {
        let text =
            |builtin, words: &'static str| crate::value::show::value(&call(builtin, &[Value::text(words)]));
        assert_eq!(text(Builtin::Length, "👩‍👩‍👧 é"), "3");
        assert_eq!(text(Builtin::Capitals, "ABc d"), "50%");
        assert_eq!(text(Builtin::Capitals, "123"), "0%");
        assert_eq!(text(Builtin::NotGsm7, "ab“c” “"), "“ ”");
        assert_eq!(call(Builtin::IsGsm7, &[Value::text("Hi \u{FFFC}!")]), Value::bool(true));
        assert_eq!(text(Builtin::ReadingGrade, ""), "0");
        assert_eq!(text(Builtin::Host, "https://Acme.Example/x"), "acme.example");
        assert_eq!(text(Builtin::ChannelGroup, "https://a.example/?utm_medium=email"), "Email");
        let decimal = |value: &str| Value::Known(Datum::Decimal(value.parse().unwrap()));
        assert_eq!(call(Builtin::Round, &[decimal("-2.5")]), Value::int(-3));
        assert_eq!(call(Builtin::Sqrt, &[decimal("2.25")]), decimal("1.5"));
        assert_eq!(call(Builtin::Sqrt, &[Value::int(-4)]), decimal("0"));
        assert_eq!(call(Builtin::Min, &[decimal("2.5"), Value::int(2)]), Value::int(2));
        assert_eq!(call(Builtin::CountOf, &[Value::text("banana"), Value::text("an")]), Value::int(2));
        assert_eq!(call(Builtin::CountOf, &[Value::text("banana"), Value::text("")]), Value::int(0));
        assert_eq!(call(Builtin::Lower, &[Value::Missing]), Value::Missing);
        assert_eq!(text(Builtin::DisplayWidth, "セール"), "6");
        assert_eq!(text(Builtin::WeightedLength, "Hi https://acme.example.com/a"), "26");
        assert_eq!(text(Builtin::Site, "https://shop.acme.co.uk/"), "acme.co.uk");
        assert_eq!(text(Builtin::Site, "co.uk"), "");
        assert_eq!(text(Builtin::HardWords, "We saw Jennifer, remarkable."), "1");
    }

    #[test]
    fn functions_of_several_values() {
        let call = |builtin, args: &[Value<'static>]| crate::value::show::value(&call(builtin, args));
        let day = |text: &str| Value::Known(Datum::Date(date::parse_date(text).unwrap()));
        let moment = |text: &str| Value::Known(Datum::DateTime(date::parse_datetime(text).unwrap()));
        assert_eq!(call(Builtin::First, &[Value::text("👩‍👩‍👧 été"), Value::int(3)]), "👩‍👩‍👧 é");
        assert_eq!(call(Builtin::Last, &[Value::text("abc"), Value::int(-1)]), "");
        assert_eq!(call(Builtin::BusinessDays, &[day("2026-11-20"), moment("2026-11-23T09:00")]), "1");
        assert_eq!(
            call(
                Builtin::IsOneClick,
                &[Value::text("<https://a.example/u>"), Value::text("list-unsubscribe=one-click")]
            ),
            "true"
        );
        assert_eq!(
            call(Builtin::IsOneClick, &[Value::text("<https://a.example/u>"), Value::Missing]),
            "missing"
        );
    }
}
