//! Ranges, caps, quiet hours and lifecycles that cannot be meant.

use std::collections::BTreeSet;

use mktlint_decide::{Domain, Schema};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::codes;
use crate::draft::Draft;
use crate::model::expr::Length;
use crate::model::item::{Cap, Item, QuietHours, Record};

/// `at most 0`, and a window without length.
pub fn cap(item: &Item, cap: &Cap, problems: &mut Vec<Draft>) {
    if cap.at_most == 0 {
        problems.push(codes::impossible_limit::cap(cap.at_most_span, item.path.name()));
    } else if cap.per == Length::default() {
        problems.push(codes::impossible_limit::window(cap.at_most_span));
    }
}

/// Ranges that no value lies in.
pub fn ranges(item: &Item, record: &Record, schema: &Schema, problems: &mut Vec<Draft>) {
    for field in &record.fields {
        let Some((least, most, _)) = field.range else { continue };
        let is_empty = match schema.find(&field.name).map(|found| &found.domain) {
            Some(Domain::Number { least: Some(least), most: Some(most), .. }) => least > most,
            Some(Domain::Date { least: Some(least), most: Some(most) }) => least > most,
            _ => false,
        };
        if is_empty {
            let ends = least.into_iter().chain(most).map(|end| item.body.get(end).span);
            let span = ends.reduce(Span::cover).unwrap_or(field.span);
            problems.push(codes::impossible_limit::range(span, &field.name));
        }
    }
}

/// Hours that end when they start.
pub fn quiet_hours(hours: &QuietHours, problems: &mut Vec<Draft>) {
    if let (Some(from), Some(to)) = (hours.from, hours.to)
        && from == to
    {
        problems.push(codes::impossible_limit::hours(hours.hours_span, from));
    }
}

/// Stages that no contact can come to: nothing leads there from the first stage. Where people stay, at the end of a
/// lifecycle, is no mistake.
pub fn lifecycle(
    text: &str,
    item: &Item,
    (stages, moves): (&[SmolStr], &[(SmolStr, SmolStr)]),
    problems: &mut Vec<Draft>,
) {
    let Some(first) = stages.first() else { return };
    let mut reached: BTreeSet<&SmolStr> = BTreeSet::from([first]);
    let mut open = vec![first];
    while let Some(stage) = open.pop() {
        let next = moves.iter().filter(|(from, _)| from == stage).map(|(_, to)| to);
        open.extend(next.filter(|to| reached.insert(to)));
    }
    for stage in stages.iter().filter(|stage| !reached.contains(stage)) {
        let span = mention(text, stage).unwrap_or(item.name_span);
        problems.push(codes::unreachable_stage::of(span, stage, first));
    }
}

/// The first mention of a word behind the opening brace.
fn mention(text: &str, word: &str) -> Option<Span> {
    let body = text.find('{')?;
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    text[body..].match_indices(word).map(|(at, _)| body + at).find_map(|at| {
        let end = at + word.len();
        let alone = !text[..at].ends_with(is_letter) && !text[end..].starts_with(is_letter);
        alone.then(|| Span::of(at..end))
    })
}
