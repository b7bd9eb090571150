//! `metric`: a formula over counts.

use crate::draft::{Case, Fixture};
use crate::vale::definition::{Built, Definition, Refusal, missing};
use crate::vale::formula;
use crate::vale::scope::place;

/// Texts that are easy and hard to read, for either side of a limit.
const EASY: &str = "Our serum is back. It is light. It is fast. Use two drops. Pat them in. Wait a bit.";
const HARD: &str = "Notwithstanding considerable methodological heterogeneity, dermatological investigations \
    demonstrate substantial improvements regarding hydration characteristics following continuous administration of \
    concentrated formulations, although interdisciplinary collaborations between manufacturers and independent academic \
    institutions occasionally underestimate environmental determinants, behavioural modifications and nutritional \
    optimisation.";

/// `formula: 0.4 * (words / sentences)`, `condition: "> 8"`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let text = |key: &str, shape: &str| {
        let text = definition.text(key).filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| missing(definition, key, shape))
    };
    let source = text("formula", "formula: words / sentences")?;
    let condition = text("condition", "condition: \"> 20\"")?;
    let formula = formula::formula(source)?;
    let condition = formula::condition(condition)?;
    let mut built = Built::default();
    shown(definition, &formula, &condition, &mut built);
    Ok(built)
}

/// Writes the rule: a function for the value, and the limit.
pub(super) fn shown(definition: &Definition<'_>, formula: &str, condition: &str, built: &mut Built) {
    let Ok(mut summary) = place(&["summary"]) else { return };
    summary.guards.push("words > 0".to_owned());
    let value = format!("{}_value", definition.name);
    // Parts belong to the asset, so a function that sees only a text cannot count them.
    let call = if formula.contains("headings") || formula.contains("paragraphs") {
        format!("({formula})")
    } else {
        built.text.push_str(&format!("fn {value}(text: Text) -> Decimal = {formula}\n\n"));
        format!("{value}(text)")
    };
    built.remark("words, sentences and syllables are counted as mktlint counts them");
    let rule = definition.rule(&summary, format!("forbid {call} {condition}"), &[&format!("round({call})")]);
    let both = |case: Case, fires: bool| {
        [HARD, EASY, "Tea.", "7"].iter().fold(case, |case, text| match fires {
            true => case.fires(Fixture::Text, text),
            false => case.silent(Fixture::Text, text),
        })
    };
    let cases =
        vec![both(Case::new("a text beyond the limit"), true), both(Case::new("a text within it"), false)];
    built.rule(&rule, cases);
    definition.note_rest(built);
}
