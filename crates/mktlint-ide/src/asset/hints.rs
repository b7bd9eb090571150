//! Measures between the words: segments of a text message, lengths against limits, channel groups of links.

mod limit;

use mktlint_asset::{Asset, Format, Kind, Part, Role, TextId, TextRange, Value};
use mktlint_measure::channel_group::ChannelGroup;
use mktlint_measure::length::graphemes;
use mktlint_measure::readability::Counts;
use mktlint_measure::sms::{Encoding, encoding, segments, septets, units};
use mktlint_measure::utm::{group_tags, tags};
use mktlint_plan::{Plan, longest_text};
use mktlint_text::Span;

use super::at::{Address, At, field};
use super::prose;
use crate::policy::lens::counted;
use crate::{AssetFile, Hint, HintKind, View};
use limit::Limit;

/// The most hints of one answer: nobody looks at more, and a file of ads has thousands of rows.
const MOST_HINTS: usize = 2_000;

/// Posts longer than this have no reading grade, since it is counted anew at every change.
const LONGEST_GRADED: usize = 200_000;

/// The fields of each kind whose length matters.
const fn measured(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Email => &["subject", "preheader"],
        Kind::Push => &["title", "body"],
        Kind::Ad => &["headlines", "long_headlines", "descriptions", "body", "path1", "path2"],
        Kind::SocialPost => &["title", "body", "card_title"],
        Kind::AppListing => &["name", "subtitle", "keywords", "short_description", "promotional_text"],
        Kind::Post | Kind::Page => &["title", "description"],
        Kind::Campaign | Kind::Sms => &[],
    }
}

/// Those of them that are worth a number without a limit.
const ALWAYS: [&str; 7] =
    ["subject", "preheader", "title", "headlines", "descriptions", "description", "body"];

/// Those that are worth one in a cell, where numbers push the columns apart.
const ALWAYS_IN_CELLS: [&str; 2] = ["subject", "preheader"];

fn is_worth_a_number(format: Format, name: &str) -> bool {
    if format == Format::Csv { ALWAYS_IN_CELLS.contains(&name) } else { ALWAYS.contains(&name) }
}

/// The hints of the assets that `range` touches, in order of place.
pub fn hints(view: View<'_>, file: &AssetFile, range: Span) -> Vec<Hint> {
    let mut hints = Vec::new();
    for asset in &file.extraction.assets {
        let touches = asset.span.touches(range.start()) || range.touches(asset.span.start());
        if touches && hints.len() < MOST_HINTS {
            let at = At { view, file, asset, offset: asset.span.start() };
            of_asset(&at, &mut hints);
        }
    }
    hints.retain(|hint| range.touches(hint.offset));
    hints.sort_by_key(|hint| hint.offset);
    hints.truncate(MOST_HINTS);
    hints
}

fn of_asset(at: &At<'_>, hints: &mut Vec<Hint>) {
    if at.asset.kind == Kind::Sms {
        hints.extend(message(at));
    }
    for name in measured(at.asset.kind) {
        lengths(at, name, hints);
    }
    hints.extend(grade(at));
    let links = at.asset.parts.iter().filter_map(|part| group(at, part));
    hints.extend(links);
}

fn note(at: &At<'_>, span: Span, label: String, tooltip: Option<String>) -> Hint {
    let rest = at.file.text.get(span.end() as usize..).unwrap_or_default();
    // Behind the quote that ends the value, not inside of it.
    let offset = span.end() + u32::from(rest.starts_with(['"', '\'']));
    Hint { offset, label, kind: HintKind::Note, tooltip, before: false }
}

/// `1 segment, 23 left`.
fn message(at: &At<'_>) -> Option<Hint> {
    let body = body(at.asset)?;
    let (text, is_longest) = longest(at.plan(), at.asset, body);
    if text.trim().is_empty() {
        return None;
    }
    let (alphabet, used, n) = (encoding(&text), units(&text).get(), segments(&text).get());
    let room = if n <= 1 { alphabet.single() } else { n.saturating_mul(alphabet.part()) };
    let least = if is_longest { "" } else { "at least " };
    let noun = if n == 1 { "segment" } else { "segments" };
    let label = format!("{least}{n} {noun}, {} left", room.saturating_sub(used));
    let why = match alphabet {
        Encoding::Gsm7 => format!("{used} septets in GSM-7"),
        Encoding::Ucs2 => format!("{used} units in UCS-2, because of {}", prose::code(&outside(&text))),
    };
    let tags = if is_longest { "" } else { "\n\nmerge tags without a `merge` declaration count as nothing" };
    Some(note(at, at.asset.source(body), label, Some(format!("{why}{tags}"))))
}

/// The first characters that make a text message UCS-2.
fn outside(text: &str) -> String {
    let mut found: Vec<char> = Vec::new();
    for letter in text.chars() {
        let is_outside = septets(letter.encode_utf8(&mut [0; 4])).is_none();
        if is_outside && !found.contains(&letter) && found.len() < 10 {
            found.push(letter);
        }
    }
    found.into_iter().collect()
}

/// The running text.
fn body(asset: &Asset) -> Option<TextRange> {
    let at = asset.texts.iter().position(|text| text.role == Role::Body)?;
    Some(TextRange { text: TextId(at as u32), start: 0, end: asset.texts.get(at)?.mapped.len() })
}

/// The words at `range` with every merge tag as long as it can get, and whether that is known of all of them.
fn longest(plan: Option<&Plan>, asset: &Asset, range: TextRange) -> (String, bool) {
    let words = asset.slice(range);
    match plan.and_then(|plan| longest_text(plan, asset, range)) {
        Some(text) => (text, true),
        None => (words.replace('\u{FFFC}', ""), !words.contains('\u{FFFC}')),
    }
}

/// The lengths of the values of a field, against the tightest limit that a rule sets.
fn lengths(at: &At<'_>, name: &str, hints: &mut Vec<Hint>) {
    let value = at.asset.fields.get(name).map(|field| &field.value);
    let ranges: Vec<TextRange> = match value {
        Some(Value::Text(range)) => vec![*range],
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|item| match item {
                Value::Text(range) => Some(*range),
                _ => None,
            })
            .collect(),
        _ => body(at.asset).filter(|_| name == "body").into_iter().collect(),
    };
    let limit = if ranges.is_empty() { None } else { limit::of(at, name) };
    if limit.is_none() && !is_worth_a_number(at.asset.format, name) {
        return;
    }
    let of_range = |range: TextRange| length(at, range, limit.as_ref());
    hints.extend(ranges.into_iter().filter_map(of_range));
}

fn length(at: &At<'_>, range: TextRange, limit: Option<&Limit<'_>>) -> Option<Hint> {
    let span = at.asset.source(range);
    let words = at.asset.slice(range);
    if words.trim().is_empty() {
        return None;
    }
    let Some(limit) = limit else {
        let (text, is_longest) = longest(at.plan(), at.asset, range);
        let least = if is_longest { "" } else { "at least " };
        return Some(note(at, span, format!("{least}{} characters", graphemes(&text).get()), None));
    };
    let (text, is_longest) =
        if limit.is_longest() { longest(at.plan(), at.asset, range) } else { (words.to_owned(), true) };
    let least = if is_longest { "" } else { "at least " };
    let label = format!("{least}{} of {}", limit.measure(&text), limit.most);
    Some(note(at, span, label, Some(format!("the limit of {}", prose::code(limit.rule)))))
}

/// The reading grade of a post in English, behind its title.
fn grade(at: &At<'_>) -> Option<Hint> {
    let asset = at.asset;
    if asset.kind != Kind::Post || !is_english(at) {
        return None;
    }
    let text = asset.slice(body(asset)?);
    let counts = Counts::of(Some(text).filter(|text| text.len() <= LONGEST_GRADED)?);
    let grade = counts.grade().filter(|_| counts.words >= 100)?;
    let heading = || asset.parts.iter().find(|part| part.kind == mktlint_asset::PartKind::Heading);
    let span = match field(asset, "title") {
        Some((_, range)) => asset.source(range),
        None => heading()?.span,
    };
    let tooltip = format!(
        "{} in {}; Flesch-Kincaid grade, in years of school",
        counted(counts.words as usize, "word"),
        counted(counts.sentences as usize, "sentence")
    );
    Some(note(at, span, format!("reading grade {grade:.1}"), Some(tooltip)))
}

/// Whether nothing says that the asset is in another language: syllables are counted as in English.
fn is_english(at: &At<'_>) -> bool {
    let said = |asset: &Asset| {
        ["lang", "languages"].iter().find_map(|name| match &asset.fields.get(*name)?.value {
            Value::Text(range) => Some(asset.slice(*range).to_owned()),
            Value::List(items) => match items.as_slice() {
                [Value::Text(range)] => Some(asset.slice(*range).to_owned()),
                _ => None,
            },
            _ => None,
        })
    };
    let language = said(at.asset).or_else(|| at.campaign().and_then(said));
    language.is_none_or(|language| language.to_lowercase().starts_with("en"))
}

/// The channel group that a tagged link is reported under.
fn group(at: &At<'_>, part: &Part) -> Option<Hint> {
    let address = Address::of(at.asset, part).filter(|address| address.text.contains("utm_"))?;
    let link = address.link();
    tags(&link).next()?;
    let group = ChannelGroup::of(group_tags(&link));
    let tooltip = "what Google Analytics reports visits by this link under".to_owned();
    Some(note(at, address.span, group.to_string(), Some(tooltip)))
}

#[cfg(test)]
mod tests;
