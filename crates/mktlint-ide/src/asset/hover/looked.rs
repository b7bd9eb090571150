//! Which rules look at a place.

use mktlint_check::{Explanation, Outcome, Scratch, conditions_at};

use super::Section;
use crate::asset::at::{At, judge, source};
use crate::asset::prose;

/// The most rules that are named.
const MOST_RULES: usize = 8;

/// The most values of a rule that are shown.
const MOST_VALUES: usize = 3;

/// A part of an asset of so many bytes or more is no place: every word of a page is in its body.
const MOST_BYTES: u32 = 600;

/// The rules that look at just these words: those that fired or are undecided with what they saw, and how many hold.
pub fn section(at: &At<'_>) -> Option<Section> {
    let (judge, inputs) = judge(at.view)?;
    let all = conditions_at(judge, &source(at.file), inputs, at.offset, &mut Scratch::default());
    let mut here: Vec<&Explanation> = all.iter().filter(|it| is_about_words(at, it)).collect();
    // What the project says itself matters most; packs say a lot.
    here.sort_by_key(|it| at.view.policy(&it.place.file).is_none_or(|file| file.is_pack(at.view.db)));
    let span = here
        .iter()
        .filter_map(|it| it.about.as_ref())
        .map(|place| place.span)
        .min_by_key(|span| span.len())?;
    let n_held = here.iter().filter(|it| it.outcome == Outcome::Held).count();
    here.retain(|it| it.outcome != Outcome::Held);
    let more = here.len().saturating_sub(MOST_RULES);
    here.truncate(MOST_RULES);
    let mut lines: Vec<String> = here.into_iter().map(|it| line(at, it)).collect();
    if more > 0 {
        lines.push(format!("- and {more} more"));
    }
    let held = (n_held > 0).then(|| held(at, n_held));
    let told = (!lines.is_empty()).then(|| format!("rules that look here\n\n{}", lines.join("\n")));
    Some((span, told.into_iter().chain(held).collect::<Vec<_>>().join("\n\n")))
}

/// Rules that hold in numbers: what they saw would be all that is said of most words.
fn held(at: &At<'_>, n: usize) -> String {
    let before = at.file.text.get(..at.offset as usize).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let command = prose::code(&format!("mktlint explain {}:{line}", at.file.path));
    match n {
        1 => format!("1 rule holds here; {command} shows it"),
        _ => format!("{n} rules hold here; {command} lists them"),
    }
}

fn is_about_words(at: &At<'_>, it: &Explanation) -> bool {
    let is_said = match &it.outcome {
        Outcome::Fired | Outcome::Undecided(_) => true,
        Outcome::Held => !it.observed.is_empty(),
        Outcome::NotApplicable(_) => false,
    };
    let is_small = |place: &mktlint_diag::Place| place.span.len() < MOST_BYTES && place.span != at.asset.span;
    is_said && it.about.as_ref().is_some_and(is_small)
}

fn line(at: &At<'_>, it: &Explanation) -> String {
    let name = prose::code(&it.rule);
    let seen = it.observed.iter().filter_map(|observed| {
        let policy = at.view.policy(&observed.place.file)?;
        Some(prose::code(&observed.line(policy.text(at.view.db))))
    });
    let seen: Vec<String> = seen.take(MOST_VALUES).collect();
    let end = match &it.outcome {
        Outcome::Fired => "fired",
        Outcome::Held => "holds",
        Outcome::Undecided(input) => return format!("- {name} needs a person: {}", prose::inline(input)),
        Outcome::NotApplicable(_) => "does not apply",
    };
    match seen.is_empty() {
        true => format!("- {name} {end}"),
        false => format!("- {name} {end}: {}", seen.join(", ")),
    }
}
