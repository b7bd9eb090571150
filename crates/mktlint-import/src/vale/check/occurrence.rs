//! `occurrence`: how often a token may be there.

use super::neutral;
use crate::draft::{Case, Fixture};
use crate::pattern::{Edges, samples, token};
use crate::vale::definition::{Built, Definition, Refusal, missing};

/// The most tokens that a test writes.
const MOST: u32 = 400;

/// `max: 3`, `min: 1`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let source = definition.text("token").filter(|token| !token.trim().is_empty());
    let source = source.ok_or_else(|| missing(definition, "token", "token: ','"))?;
    let (most, least) = (definition.number("max")?, definition.number("min")?);
    if most == 0 && least == 0 {
        return Err(missing(definition, "max", "max: 3"));
    }
    let place = definition.place()?.of_blocks();
    let text = place.text.ok_or("its scopes have nothing in common that can be counted in")?;
    let token = token("", source, Edges::Free, definition.is_set("ignorecase", false))?;
    if token.takes_in {
        return Err("it counts what stands before or behind something else".into());
    }
    let counted = format!("count_of({text}, {})", token.slashed());
    let conditions = [(most, format!("{counted} > {most}")), (least, format!("{counted} < {least}"))];
    let conditions: Vec<String> =
        conditions.into_iter().filter(|(limit, _)| *limit > 0).map(|(_, condition)| condition).collect();
    let mut built = Built { remarks: place.remarks.clone(), ..Built::default() };
    built.remarks.extend(token.remarks.iter().cloned());
    let rule = definition.rule(&place, format!("forbid {}", conditions.join(" or ")), &[]);
    if definition.message.n_values() > 0 {
        built.notes.push("its message shows `…` where Vale shows `%s`".to_owned());
    }
    let one = samples(&token).first().map(|sample| sample.found.clone());
    built.rule(&rule, cases(one.as_deref(), most, least, place.fixture));
    definition.note_rest(&mut built);
    Ok(built)
}

fn cases(one: Option<&str>, most: u32, least: u32, fixture: Fixture) -> Vec<Case> {
    let Some(one) = one else { return vec![neutral(fixture)] };
    let times = |n: u32, between: &str| vec![one; n as usize].join(between);
    let several = |case: Case, n: u32, fires: bool| {
        ["", " ", " and ", ", "].iter().fold(case, |case, between| {
            let text = format!("{}{}", times(n, between), if one.ends_with('.') { "" } else { "." });
            if fires { case.fires(fixture, &text) } else { case.silent(fixture, &text) }
        })
    };
    let mut cases = Vec::new();
    if most > 0 && most < MOST {
        cases.push(several(Case::new("one too many"), most + 1, true));
        cases.push(several(Case::new("as many as there may be"), most.max(least), false));
    } else if least > 0 && least < MOST {
        cases.push(several(Case::new("as many as there must be"), least, false));
    }
    if least > 0 {
        cases.push(super::NEUTRAL.iter().fold(Case::new("too few"), |case, text| case.fires(fixture, text)));
    } else {
        cases.push(neutral(fixture));
    }
    cases
}
