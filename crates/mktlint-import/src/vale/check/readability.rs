//! `readability`: school years that a text needs.

use super::metric::shown;
use crate::vale::definition::{Built, Definition, Refusal, missing};

/// The metrics that policies can say, as expressions of `text`.
const METRICS: [(&str, &str); 4] = [
    ("flesch-kincaid", "reading_grade(text)"),
    ("gunning fog", "gunning_fog(text)"),
    (
        "coleman-liau",
        "5.89 * (characters(text) / words(text)) - 29.6 * (sentences(text) / words(text)) - 15.8",
    ),
    (
        "automated readability",
        "4.71 * (characters(text) / words(text)) + 0.5 * (words(text) / sentences(text)) - 21.43",
    ),
];

/// `metrics: [Flesch-Kincaid]`, `grade: 8`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let metrics = definition.texts("metrics")?;
    let grade = definition.text("grade").and_then(|grade| grade.trim().parse::<f32>().ok());
    let grade = grade.ok_or_else(|| missing(definition, "grade", "grade: 8"))?;
    if metrics.is_empty() {
        return Err(missing(definition, "metrics", "metrics: [Flesch-Kincaid]"));
    }
    let mut terms = Vec::new();
    for metric in &metrics {
        let known = METRICS.iter().find(|(name, _)| metric.eq_ignore_ascii_case(name));
        let (_, term) = known.ok_or_else(|| format!("policies have no `{metric}`"))?;
        terms.push(*term);
    }
    let formula = match terms.as_slice() {
        [one] => (*one).to_owned(),
        _ => format!("(({})) / {}", terms.join(") + ("), terms.len()),
    };
    let mut built = Built::default();
    shown(definition, &formula, &format!("> {grade}"), &mut built);
    Ok(built)
}
