//! Figures for tools.

use jiff::Timestamp;
use mktlint_flow::campaign::Reached;
use mktlint_flow::metrics::{Definition, Figure, Measure, Outcome, Progress, TargetOutcome};
use mktlint_host::flow::Gathered;
use serde_json::{Value as Json, json};

use super::csv::{value, word};

/// What a reader must know; raised when something in the document comes to mean something else or goes away.
const SCHEMA: u32 = 1;

/// Everything that was computed.
pub fn document(gathered: &Gathered) -> String {
    let metrics = &gathered.metrics;
    let document = json!({
        "schema": SCHEMA,
        "since": metrics.window.since.map(moment),
        "until": moment(metrics.window.until),
        "stages": metrics.pipeline.stages,
        "figures": metrics.figures.iter().map(figure).collect::<Vec<_>>(),
        "targets": metrics.targets.iter().map(target).collect::<Vec<_>>(),
        "campaigns": metrics.progress.iter().map(campaign).collect::<Vec<_>>(),
        "notes": gathered.notes,
    });
    format!("{document:#}\n")
}

/// Without the fraction of a second, which nobody stamps.
fn moment(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).map_or_else(|_| at.to_string(), |at| at.to_string())
}

fn figure(figure: &Figure) -> Json {
    let labels: serde_json::Map<String, Json> =
        figure.labels.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let unit = Definition::of(figure.name).map(|definition| word(definition.unit));
    let mut own = json!({
        "name": figure.name,
        "labels": labels,
        "unit": unit,
        "n": figure.measure.n(),
        "known": figure.measure.is_known(),
    });
    match figure.measure {
        Measure::Spread(spread) => {
            own["median"] = json!(spread.map(|it| it.median));
            own["p90"] = json!(spread.map(|it| it.p90));
            own["least"] = json!(spread.map(|it| it.least));
            own["greatest"] = json!(spread.map(|it| it.greatest));
        }
        measure => own["value"] = number(&value(measure)),
    }
    if let Measure::Share { part, whole } = figure.measure {
        own["part"] = json!(part);
        own["whole"] = json!(whole);
    }
    own
}

/// A decimal as a number of JSON; `null` when it is not known.
fn number(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or(Json::Null)
}

fn target(outcome: &TargetOutcome) -> Json {
    json!({
        "from": outcome.target.from,
        "to": outcome.target.to,
        "within": outcome.target.within.in_words(),
        "outcome": word_of(outcome.outcome),
        "n": outcome.took.map_or(0, |took| took.n),
        "met": outcome.n_met,
        "median_seconds": outcome.took.map(|took| took.median),
        "p90_seconds": outcome.took.map(|took| took.p90),
        "late": outcome.late,
    })
}

const fn word_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Missed => "missed",
        Outcome::NotKnown => "not known",
    }
}

fn campaign(progress: &Progress) -> Json {
    json!({
        "id": progress.id,
        "tier": progress.tier,
        "stage": progress.stage,
        "waits_seconds": progress.stage.as_ref().map(|_| progress.waits),
        "stalled": progress.is_stalled,
        "reached": progress.reached.iter().map(reached).collect::<Vec<_>>(),
    })
}

fn reached(reached: &Reached) -> Json {
    json!({
        "stage": reached.stage,
        "at": moment(reached.at),
        "stamped": reached.source.is_stamped(),
        "from": reached.source.words(),
    })
}
