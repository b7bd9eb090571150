//! `existence`: tokens that must not be there.

use super::{Passing, Tokens, cases, group, nothing_left};
use crate::draft::{Case, Fixture, quoted};
use crate::pattern::{Edges, samples, token};
use crate::vale::definition::{Action, Built, Definition, Refusal, Surroundings, missing};

/// `tokens: [very, really]`
pub(super) fn build(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Built, Refusal> {
    let tokens = tokens(definition)?;
    if tokens.found.is_empty() {
        return Err(nothing_left(&tokens));
    }
    let place = definition.place()?;
    let passing = Passing::of(definition, around)?;
    let mut built = Built { remarks: tokens.remarks(), ..Built::default() };
    built.remarks.extend(place.remarks.clone());
    let takes_in = tokens.found.iter().any(|(_, token)| token.takes_in);
    let mut rule = definition.rule(&place, tokens.judgement(), &[super::matched(takes_in)]);
    passing.apply(&mut rule, &mut built);
    rule.fix = fix(&definition.action, takes_in, &mut built);
    let mut all = cases(&tokens, &passing, place.fixture, &mut built.notes);
    if rule.fix.is_some() {
        all.splice(..all.len() - 1, fixed(&tokens, &passing, &definition.action, place.fixture));
    }
    built.rule(&rule, all);
    definition.note_rest(&mut built);
    Ok(built)
}

/// `raw` stands in front of all tokens, or behind with `append`, or alone.
fn tokens(definition: &Definition<'_>) -> Result<Tokens, Refusal> {
    let (tokens, raw) = (definition.texts("tokens")?, definition.texts("raw")?.concat());
    let ignore_case = definition.is_set("ignorecase", false);
    let edges = definition.edges();
    if tokens.is_empty() && raw.trim().is_empty() {
        return Err(missing(definition, "tokens", "tokens: [very, really]"));
    }
    if tokens.is_empty() {
        return Ok(Tokens::of("", [raw.as_str()], Edges::Free, ignore_case));
    }
    if !definition.is_set("append", false) || raw.is_empty() {
        return Ok(Tokens::of(&raw, tokens, edges, ignore_case));
    }
    let mut all = Tokens::default();
    for source in tokens {
        let edged = match edges {
            Edges::Word => format!("\\b(?:{source})\\b{raw}"),
            Edges::Free => format!("(?:{source}){raw}"),
        };
        match token("", &edged, Edges::Free, ignore_case) {
            Ok(token) => all.add(source, token),
            Err(why) => group(&mut all.left_out, &why, source),
        }
    }
    Ok(all)
}

/// What repairs a match. It may change what the reader is told, so it is never applied unasked.
fn fix(action: &Action, takes_in: bool, built: &mut Built) -> Option<String> {
    let fix = match action {
        Action::Remove => "unsafe remove match".to_owned(),
        Action::Replace(words) => match words.as_slice() {
            [word] => format!("unsafe replace match with {}", quoted(word)),
            _ => {
                built.notes.push("its action offers several words, so it has no fix".to_owned());
                return None;
            }
        },
        _ => return None,
    };
    if takes_in {
        built.remark("it has no fix, since a match takes in what stands around it");
        return None;
    }
    Some(fix)
}

fn fixed(tokens: &Tokens, passing: &Passing, action: &Action, fixture: Fixture) -> Vec<Case> {
    let of_token = |(source, token): &(String, crate::pattern::Token)| {
        let mut case = Case::new(super::named(source));
        let all = samples(token);
        let all: Vec<_> = all.iter().filter(|sample| !passing.holds(&sample.found)).collect();
        for sample in &all {
            let after = match action {
                Action::Replace(words) => {
                    format!("{}{}{}", sample.before, words.first().map_or("", String::as_str), sample.after)
                }
                _ => format!("{}{}", sample.before.trim_end(), sample.after),
            };
            case = case.fixed(fixture, &sample.text(), &after);
        }
        all.iter().fold(case, |case, sample| case.fires_without_fix(fixture, &sample.text()))
    };
    tokens.found.iter().map(of_token).collect()
}
