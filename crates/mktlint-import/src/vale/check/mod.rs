//! The checks of Vale, one file each.

mod capitalization;
mod conditional;
mod consistency;
mod existence;
mod metric;
mod occurrence;
mod readability;
mod repetition;
mod sequence;
mod spelling;
mod substitution;

use super::definition::{Built, Definition, Refusal, Surroundings};
use super::vocabulary::Excepted;
use crate::draft::{self, Case, Fixture, RuleText};
use crate::pattern::{Edges, Token, samples, token};

/// The checks of Vale.
pub(super) const NAMES: [&str; 12] = [
    "existence",
    "substitution",
    "occurrence",
    "repetition",
    "consistency",
    "conditional",
    "capitalization",
    "metric",
    "readability",
    "spelling",
    "sequence",
    "script",
];

/// The most tokens of one rule. The longest rule that people publish has two thousand.
const MOST_TOKENS: usize = 10_000;

/// Texts in which few rules find anything, to show that one is silent.
const NEUTRAL: [&str; 7] = ["Our serum is back.", "Tea at noon", "tea", "Tea", "7", "日本", "."];

/// The rule in the language of policies; `None` when Vale has no check of that name.
pub(super) fn build(
    check: &str,
    definition: &Definition<'_>,
    around: &Surroundings<'_>,
) -> Option<Result<Built, Refusal>> {
    Some(match check {
        "existence" => existence::build(definition, around),
        "substitution" => substitution::build(definition, around),
        "occurrence" => occurrence::build(definition),
        "repetition" => repetition::build(definition),
        "consistency" => consistency::build(definition),
        "conditional" => conditional::build(definition, around),
        "capitalization" => capitalization::build(definition, around),
        "metric" => metric::build(definition),
        "readability" => readability::build(definition),
        "spelling" => spelling::build(definition, around),
        "sequence" => sequence::build(definition),
        "script" => Err("it is a program (`script`)".into()),
        _ => return None,
    })
}

/// The first of many words in backticks, and how many more there are.
pub(super) fn listed(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| named(word)).collect();
    draft::listed(&quoted)
}

/// A token in backticks, cut short when it is long.
fn named(token: &str) -> String {
    const SHOWN: usize = 60;
    match token.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", token.get(..end).unwrap_or_default()),
        None => format!("`{token}`"),
    }
}

/// Tokens that can be looked for, and those that cannot.
#[derive(Debug, Default)]
struct Tokens {
    found: Vec<(String, Token)>,
    /// Why some are left out, with those, in order.
    left_out: Vec<(String, Vec<String>)>,
    /// What differs, with the tokens, in order.
    differ: Vec<(String, Vec<String>)>,
    /// How many there were when they were too many.
    n_all: Option<usize>,
}

/// Adds `source` to those that share `reason`.
fn group(groups: &mut Vec<(String, Vec<String>)>, reason: &str, source: &str) {
    match groups.iter_mut().find(|(own, _)| own == reason) {
        Some((_, sources)) => sources.push(source.to_owned()),
        None => groups.push((reason.to_owned(), vec![source.to_owned()])),
    }
}

impl Tokens {
    /// Translates `sources`, each once; `before` goes in front of each.
    fn of<'s>(
        before: &str,
        sources: impl IntoIterator<Item = &'s str>,
        edges: Edges,
        ignore_case: bool,
    ) -> Self {
        let mut tokens = Self::default();
        let mut n_tokens = 0;
        for source in sources {
            n_tokens += 1;
            if n_tokens > MOST_TOKENS {
                continue;
            }
            match token(before, source, edges, ignore_case) {
                Ok(token) => tokens.add(source, token),
                Err(why) => group(&mut tokens.left_out, &why, source),
            }
        }
        tokens.n_all = (n_tokens > MOST_TOKENS).then_some(n_tokens);
        tokens
    }

    /// What differs, and what is left out.
    fn remarks(&self) -> Vec<String> {
        let differ = self.differ.iter().map(|(remark, sources)| format!("{}: {remark}", listed(sources)));
        let left_out = self.left_out.iter().map(|(why, sources)| {
            let verb = if sources.len() == 1 { "is" } else { "are" };
            format!("{} {verb} left out: {why}", listed(sources))
        });
        let too_many = self.n_all.map(|n| format!("only the first {MOST_TOKENS} of {n} tokens were taken"));
        differ.chain(left_out).chain(too_many).collect()
    }

    fn add(&mut self, source: &str, token: Token) {
        if self.found.iter().any(|(_, own)| own.source == token.source) {
            return;
        }
        token.remarks.iter().for_each(|remark| group(&mut self.differ, remark, source));
        self.found.push((source.to_owned(), token));
    }

    /// `match "a" | /b/`
    fn judgement(&self) -> String {
        let literals: Vec<String> = self.found.iter().map(|(_, token)| token.literal()).collect();
        format!("match {}", literals.join(" | "))
    }
}

/// What a rule on matches passes over: its own exceptions, and the words that are accepted everywhere.
struct Passing {
    own: Excepted,
    accepted: Option<Excepted>,
}

impl Passing {
    fn of(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Self, Refusal> {
        let heeds = definition.is_set("vocab", true) && !definition.is_set("nonword", false);
        let accept = &around.vocabulary.accept;
        Ok(Self {
            own: Excepted::of(definition.texts("exceptions")?),
            accepted: (heeds && !accept.is_empty()).then(|| Excepted::of(accept.iter().map(String::as_str))),
        })
    }

    fn holds(&self, found: &str) -> bool {
        self.own.holds(found) || self.accepted.as_ref().is_some_and(|it| it.holds(found))
    }

    /// The conditions, and what cannot be said.
    fn apply(&self, rule: &mut RuleText, built: &mut Built) {
        rule.guards.extend(self.own.pattern().map(|pattern| format!("not match matches {pattern}")));
        built.remarks.extend(self.own.remark());
        if let Some(accepted) = &self.accepted {
            rule.guards.extend(accepted.pattern().map(|_| format!("not {}(match)", super::ACCEPTED)));
            built.remarks.extend(accepted.remark());
        }
    }
}

/// The words of a match in a message, without the space that it takes in.
const fn matched(takes_in: bool) -> &'static str {
    if takes_in { "trim(match)" } else { "match" }
}

/// A case that fires for each token, and one that is silent.
fn cases(tokens: &Tokens, passing: &Passing, fixture: Fixture, notes: &mut Vec<String>) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut untested = Vec::new();
    for (source, token) in &tokens.found {
        let all = samples(token);
        let is_passed = !all.is_empty() && all.iter().all(|sample| passing.holds(&sample.found));
        let case = all
            .iter()
            .filter(|sample| !passing.holds(&sample.found))
            .fold(Case::new(named(source)), |case, sample| case.fires(fixture, &sample.text()));
        if case.is_empty() && !is_passed {
            untested.push(source.clone());
        }
        cases.push(case);
    }
    if !untested.is_empty() {
        notes.push(format!("no test for {}", listed(&untested)));
    }
    cases.push(neutral(fixture));
    cases
}

/// A case that is silent on a text of no importance.
fn neutral(fixture: Fixture) -> Case {
    let case = Case::new("a plain text");
    NEUTRAL.iter().fold(case, |case, text| case.silent(fixture, text))
}

/// The refusal when no token could be carried.
fn nothing_left(tokens: &Tokens) -> Refusal {
    let why = tokens.left_out.first().map(|(why, _)| why.clone());
    Refusal::Inexpressible(why.unwrap_or_else(|| "it has no token".to_owned()))
}

fn missing_tokens(definition: &Definition<'_>) -> Refusal {
    super::definition::missing(definition, "tokens", "tokens: ['[^\\s]+']")
}
