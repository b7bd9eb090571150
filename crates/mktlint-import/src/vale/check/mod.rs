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
use crate::draft::{Case, Fixture, RuleText};
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

/// The first of many, and how many more there are: `` `a`, `b` and 3 more``.
pub(super) fn listed(words: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
    let more = words.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// Tokens that can be looked for, and a remark for each that cannot.
#[derive(Debug, Default)]
struct Tokens {
    found: Vec<(String, Token)>,
    remarks: Vec<String>,
    first_reason: Option<String>,
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
                Err(why) => {
                    tokens.remarks.push(format!("`{source}` is left out: {why}"));
                    tokens.first_reason.get_or_insert(why);
                }
            }
        }
        if n_tokens > MOST_TOKENS {
            tokens.remarks.push(format!("only the first {MOST_TOKENS} of {n_tokens} tokens were taken"));
        }
        tokens
    }

    fn add(&mut self, source: &str, token: Token) {
        if self.found.iter().any(|(_, own)| own.source == token.source) {
            return;
        }
        self.remarks.extend(token.remarks.iter().map(|remark| format!("`{source}`: {remark}")));
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
            .fold(Case::new(format!("`{source}`")), |case, sample| case.fires(fixture, &sample.text()));
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
    Refusal::Inexpressible(tokens.first_reason.clone().unwrap_or_else(|| "it has no token".to_owned()))
}

fn missing_tokens(definition: &Definition<'_>) -> Refusal {
    super::definition::missing(definition, "tokens", "tokens: ['[^\\s]+']")
}
