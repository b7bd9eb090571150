//! `substitution`: words to write instead of others.

use std::fmt::Write as _;

use super::{Passing, Tokens, listed, nothing_left};
use crate::draft::{Case, RuleText, quoted, string_text};
use crate::pattern::{Edges, Finder, Sample, Token, samples, token, whole};
use crate::vale::definition::{Action, Built, Definition, Refusal, Surroundings};
use crate::vale::scope::Place;

/// How many words one function decides between; conditions nest at most 256 deep.
const BRANCHES: usize = 150;

/// What to write instead of a token.
struct Swap<'d> {
    source: &'d str,
    token: Token,
    /// Several words are a choice for whoever writes.
    words: Vec<&'d str>,
}

impl Swap<'_> {
    /// `OK or okay`
    fn shown(&self) -> String {
        self.words.join(" or ")
    }

    /// Whether a program can put the words in.
    fn can_fix(&self) -> bool {
        !self.token.takes_in && matches!(self.words.as_slice(), [word] if !is_expression(word))
    }

    /// Whether a match is this one.
    fn condition(&self) -> String {
        match (&self.token.phrase, self.token.takes_in) {
            (Some(words), _) => format!("found mentions {}", quoted(words)),
            (None, false) => format!("found matches {}", whole(&self.token)),
            (None, true) => format!("found matches {}", self.token.slashed()),
        }
    }
}

/// `swap: { utilize: use }`
pub(super) fn build(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Built, Refusal> {
    let pairs = definition.pairs("swap", "swap: { utilize: use }")?;
    let ignore_case = definition.is_set("ignorecase", false);
    let edges = definition.edges();
    let tokens = Tokens::of("", pairs.iter().map(|(source, _)| *source), edges, ignore_case);
    if tokens.found.is_empty() {
        return Err(nothing_left(&tokens));
    }
    if definition.text("pos").is_some_and(|pos| !pos.trim().is_empty()) {
        return Err("it asks for parts of speech (`pos`)".into());
    }
    let place = definition.place()?;
    let passing = Passing::of(definition, around)?;
    let mut built = Built { remarks: tokens.remarks(), ..Built::default() };
    built.remarks.extend(place.remarks.clone());
    let mut swaps: Vec<Swap<'_>> = tokens
        .found
        .iter()
        .filter_map(|(source, token)| {
            let (source, words) = pairs.iter().find(|(own, _)| own == source)?;
            Some(Swap { source, token: token.clone(), words: choices(words) })
        })
        .collect();
    // Of two that a match can be the longer one is meant.
    swaps.sort_by_key(|swap| std::cmp::Reverse(swap.source.len()));
    let replaces = matches!(&definition.action, Action::Replace(words) if words.is_empty());
    let (fixable, by_hand): (Vec<_>, Vec<_>) =
        swaps.into_iter().partition(|swap| !replaces || swap.can_fix());
    let mut writer = Writer { definition, place: &place, passing: &passing, ignore_case, built };
    writer.rule(&definition.name, &fixable, replaces);
    let name =
        if fixable.is_empty() { definition.name.clone() } else { format!("{}_by_hand", definition.name) };
    if !fixable.is_empty() && !by_hand.is_empty() {
        writer.built.notes.push(format!("what a program cannot repair is a rule of its own, `{name}`"));
    }
    writer.rule(&name, &by_hand, false);
    let mut built = writer.built;
    definition.note_rest(&mut built);
    Ok(built)
}

struct Writer<'w, 'd> {
    definition: &'w Definition<'d>,
    place: &'w Place,
    passing: &'w Passing,
    ignore_case: bool,
    built: Built,
}

impl Writer<'_, '_> {
    /// Writes one rule with the function that knows the words.
    fn rule(&mut self, name: &str, swaps: &[Swap<'_>], replaces: bool) {
        let Some(first) = swaps.first() else { return };
        let is_one = swaps.iter().all(|swap| swap.words == first.words);
        let instead = format!("{name}_instead");
        let (call, with) = match is_one {
            true => (quoted(&first.shown()), quoted(&first.shown())),
            false => (format!("{instead}(match)"), format!("\"{{{instead}(match)}}\"")),
        };
        let judgement = {
            let literals: Vec<String> = swaps.iter().map(|swap| swap.token.literal()).collect();
            format!("match {}", literals.join(" | "))
        };
        let shown = if is_one { string_text(&first.shown()) } else { String::new() };
        let takes_in = swaps.iter().any(|swap| swap.token.takes_in);
        let mut rule = self.definition.rule(self.place, judgement, &[&call, super::matched(takes_in)]);
        if is_one {
            // A value that is always the same is part of the words.
            rule.message = rule.message.replace(&format!("{{{call}}}"), &shown);
        } else {
            self.built.text.push_str(&function(&instead, swaps));
        }
        rule.name = name.to_owned();
        self.passing.apply(&mut rule, &mut self.built);
        rule.guards.extend(self.is_right_already(swaps));
        let patterns = Self::right_patterns(swaps);
        rule.guards.extend(patterns.iter().map(|pattern| format!("not match matches {pattern}")));
        rule.fix = replaces.then(|| format!("unsafe replace match with {with}"));
        let cases = self.cases(swaps, &rule);
        self.built.rule(&rule, cases);
    }

    /// Those that a match can be, where Vale writes them as a regular expression.
    fn right_patterns(swaps: &[Swap<'_>]) -> Vec<String> {
        let of_swap = |swap: &Swap<'_>| match swap.words.as_slice() {
            [word] if is_expression(word) => {
                token("", word, Edges::Free, false).ok().map(|token| whole(&token))
            }
            _ => None,
        };
        swaps.iter().filter_map(of_swap).collect()
    }

    /// What a match can be that needs no repair: `javascript: JavaScript` also finds `JavaScript`.
    fn right<'s>(&self, swap: &'s Swap<'_>) -> impl Iterator<Item = &'s str> {
        let finder = Finder::new(&swap.token.source, swap.token.flags());
        swap.words
            .iter()
            .copied()
            .filter(move |word| finder.as_ref().is_some_and(|finder| finder.is_all(word)))
    }

    fn is_right_already(&self, swaps: &[Swap<'_>]) -> Option<String> {
        let mut right: Vec<&str> = swaps.iter().flat_map(|swap| self.right(swap)).collect();
        right.sort_unstable();
        right.dedup();
        let right: Vec<String> = right.into_iter().map(quoted).collect();
        (!right.is_empty()).then(|| format!("match not in [{}]", right.join(", ")))
    }

    fn cases(&mut self, swaps: &[Swap<'_>], rule: &RuleText) -> Vec<Case> {
        let right: Vec<&str> = swaps.iter().flat_map(|swap| self.right(swap)).collect();
        let mut cases = Vec::new();
        let mut untested = Vec::new();
        for swap in swaps {
            let all = self.samples(swap, &right);
            let mut case = Case::new(super::named(swap.source));
            for sample in all.iter().filter(|_| rule.fix.is_some()) {
                let fixed = format!("{}{}{}", sample.before, swap.shown(), sample.after);
                case = case.fixed(self.place.fixture, &sample.text(), &fixed);
            }
            for sample in &all {
                case = match rule.fix.is_some() {
                    true => case.fires_without_fix(self.place.fixture, &sample.text()),
                    false => case.fires(self.place.fixture, &sample.text()),
                };
            }
            if case.is_empty() {
                untested.push(swap.source.to_owned());
            }
            cases.push(case);
        }
        if !untested.is_empty() {
            self.built.notes.push(format!("no test for {}", listed(&untested)));
        }
        cases.push(super::neutral(self.place.fixture));
        cases
    }

    /// Texts with a match that needs repair.
    fn samples(&self, swap: &Swap<'_>, right: &[&str]) -> Vec<Sample> {
        let mut all = samples(&swap.token);
        if self.ignore_case {
            let capital: Vec<Sample> = all
                .iter()
                .map(|sample| Sample { found: sample.found.to_uppercase(), ..sample.clone() })
                .collect();
            all.extend(capital);
        }
        all.retain(|sample| !right.contains(&sample.found.as_str()) && !self.passing.holds(&sample.found));
        all
    }
}

/// `phone|mobile phone` is a choice, unless it is an expression.
fn choices(words: &str) -> Vec<&str> {
    if is_expression(words) { vec![words] } else { words.split('|').map(str::trim).collect() }
}

fn is_expression(words: &str) -> bool {
    words.contains("(?") || words.contains('\\') || words.contains('[')
}

/// `fn utilize_instead(found: Text) -> Text = if found mentions "utilize" then "use" else ""`
///
/// Functions are put in where they are called, so that one which ended in a call of the next would nest too deep: many
/// words are split between functions that give nothing for those of the others, and what they give is joined.
fn function(name: &str, swaps: &[Swap<'_>]) -> String {
    let mut out = String::new();
    let parts: Vec<&[Swap<'_>]> = swaps.chunks(BRANCHES).collect();
    let is_one = parts.len() == 1;
    let own = |at: usize| if is_one { name.to_owned() } else { format!("{name}_{}", at + 1) };
    for (at, part) in parts.iter().enumerate() {
        let _ = write!(out, "fn {}(found: Text) -> Text = ", own(at));
        for swap in *part {
            let _ = write!(out, "if {} then {} else ", swap.condition(), quoted(&swap.shown()));
        }
        let _ = writeln!(out, "{}\n", if is_one { "found" } else { "\"\"" });
    }
    if !is_one {
        let calls: Vec<String> = (0..parts.len()).map(|at| format!("{}(found)", own(at))).collect();
        let _ = writeln!(out, "fn {name}(found: Text) -> Text = {}\n", calls.join(" + "));
    }
    out
}
