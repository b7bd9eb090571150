//! `consistency`: spellings of which only one may be there.

use std::fmt::Write as _;

use crate::draft::{Case, quoted};
use crate::pattern::{Token, samples, token};
use crate::vale::definition::{Built, Definition, Refusal};

/// How many pairs one function looks for; conditions nest at most 256 deep, those of functions included.
const BRANCHES: usize = 100;

struct Pair<'d> {
    sources: [&'d str; 2],
    tokens: [Token; 2],
}

impl Pair<'_> {
    /// `text mentions "advisor" and text mentions "adviser"`
    fn condition(&self) -> String {
        let [one, other] = &self.tokens;
        format!("text mentions {} and text mentions {}", one.literal(), other.literal())
    }

    fn shown(&self) -> String {
        self.sources.join(" and ")
    }
}

/// `either: { advisor: adviser }`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let place = definition.place()?.of_document();
    if place.on != ["Document"] {
        return Err("it compares headings or other parts with each other".into());
    }
    let mut built = Built { remarks: place.remarks.clone(), ..Built::default() };
    let (pairs, first_reason) = pairs(definition, &mut built)?;
    if pairs.is_empty() {
        return Err(first_reason.into());
    }
    let mixed = format!("{}_mixed", definition.name);
    let is_one = pairs.len() == 1;
    let (judgement, value) = match pairs.as_slice() {
        [pair] => (format!("forbid {}", pair.condition()), quoted(&pair.shown())),
        _ => (format!("forbid {mixed}(text) != \"\""), format!("{mixed}(text)")),
    };
    let mut rule = definition.rule(&place, judgement, &[&value]);
    if is_one {
        rule.message = rule.message.replace(&format!("{{{value}}}"), value.trim_matches('"'));
    } else {
        built.text.push_str(&function(&mixed, &pairs));
    }
    let mut cases: Vec<Case> = pairs.iter().map(both).collect();
    cases.extend(pairs.first().map(one_alone));
    built.rule(&rule, cases);
    definition.note_rest(&mut built);
    Ok(built)
}

fn pairs<'d>(definition: &Definition<'d>, built: &mut Built) -> Result<(Vec<Pair<'d>>, String), Refusal> {
    let ignore_case = definition.is_set("ignorecase", false);
    let edges = definition.edges();
    let mut first_reason = String::new();
    let mut found = Vec::new();
    for (one, other) in definition.pairs("either", "either: { advisor: adviser }")? {
        let tokens =
            token("", one, edges, ignore_case).and_then(|it| Ok([it, token("", other, edges, ignore_case)?]));
        match tokens {
            Ok(tokens) => {
                built.remarks.extend(tokens.iter().flat_map(|token| token.remarks.iter().cloned()));
                found.push(Pair { sources: [one, other], tokens });
            }
            Err(why) => {
                built.remark(format!("`{one}` and `{other}` are left out: {why}"));
                first_reason = why;
            }
        }
    }
    Ok((found, first_reason))
}

/// `fn spelling_mixed(text: Text) -> Text = if … then "advisor and adviser" else ""`
fn function(name: &str, pairs: &[Pair<'_>]) -> String {
    let mut out = String::new();
    let parts: Vec<&[Pair<'_>]> = pairs.chunks(BRANCHES).collect();
    let is_one = parts.len() == 1;
    let own = |at: usize| if is_one { name.to_owned() } else { format!("{name}_{}", at + 1) };
    for (at, part) in parts.iter().enumerate() {
        let _ = write!(out, "fn {}(text: Text) -> Text = ", own(at));
        for pair in *part {
            let _ = write!(out, "if {} then {} else ", pair.condition(), quoted(&pair.shown()));
        }
        let _ = writeln!(out, "\"\"\n");
    }
    if !is_one {
        let choices =
            (0..parts.len()).map(|at| format!("if {0}(text) != \"\" then {0}(text) else ", own(at)));
        let _ = writeln!(out, "fn {name}(text: Text) -> Text = {}\"\"\n", choices.collect::<String>());
    }
    out
}

fn both(pair: &Pair<'_>) -> Case {
    let about = Case::new(format!("`{}` with `{}`", pair.sources[0], pair.sources[1]));
    let [ones, others] = [samples(&pair.tokens[0]), samples(&pair.tokens[1])];
    ones.iter().zip(&others).fold(about, |case, (one, other)| {
        case.fires(crate::draft::Fixture::Text, &format!("{} And: {}", one.text(), other.text()))
    })
}

fn one_alone(pair: &Pair<'_>) -> Case {
    let case = Case::new(format!("`{}` alone", pair.sources[0]));
    let fixture = crate::draft::Fixture::Text;
    let case = samples(&pair.tokens[0]).iter().fold(case, |case, one| case.silent(fixture, &one.text()));
    super::NEUTRAL.iter().fold(case, |case, text| case.silent(fixture, text))
}
