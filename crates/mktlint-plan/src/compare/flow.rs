//! How work flows, and which results call for a change.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Direction::{Looser, Stricter};
use super::Row;
use super::facet::Facet;
use super::limit::{length, seconds};
use super::meaning::Words;
use crate::dump::ops;
use crate::{Bound, Const, Pipeline, Plan, Threshold};

/// All pipelines: less time is stricter.
pub fn pipelines(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |pipeline: &Pipeline| {
        let stages: Vec<&str> = plan.strs(pipeline.stages).collect();
        let mut facets = vec![Facet::text("stages", stages.join(" -> "))];
        let stalls = plan.list(pipeline.stalls).iter();
        let stalls = stalls.map(|it| (format!("stall {}", plan.str(it.stage)), it.after));
        let targets = plan.list(pipeline.targets).iter();
        let targets =
            targets.map(|it| (format!("target {} to {}", plan.str(it.from), plan.str(it.to)), it.within));
        let limits: Vec<_> = stalls.chain(targets).collect();
        facets.push(Facet::set("limits", limits.iter().map(|(label, _)| label.clone()), Stricter));
        let rank = |(label, time): &(String, _)| Facet::rank(label, seconds(*time), length(*time), Looser);
        facets.extend(limits.iter().map(rank));
        Row { name: plan.str(pipeline.name).to_owned(), place: Some(plan.place(pipeline.place)), facets }
    };
    plan.pipelines.iter().map(row).collect()
}

/// All thresholds: more bounds that leave less room are stricter.
pub fn thresholds(plan: &Plan, _: &Words) -> Vec<Row> {
    plan.thresholds.iter().map(|threshold| threshold_row(plan, threshold)).collect()
}

fn threshold_row(plan: &Plan, threshold: &Threshold) -> Row {
    let mut facets = vec![Facet::all_when_empty("channels", plan.strs(threshold.channels), Stricter)];
    // Of two bounds to one side the one that is met first counts.
    let mut first: BTreeMap<String, (i128, &Bound)> = BTreeMap::new();
    for bound in plan.list(threshold.bounds) {
        let (unit, amount) = amount(plan, &bound.value);
        let word = if bound.above { "above" } else { "below" };
        let strictness = if bound.above { -amount } else { amount };
        let known = first.entry(format!("{word}{unit} {}", bound.level)).or_insert((strictness, bound));
        if known.0 < strictness {
            *known = (strictness, bound);
        }
    }
    facets.push(Facet::set("bounds", first.keys().cloned(), Stricter));
    for (label, (strictness, bound)) in first {
        facets.push(Facet::rank(&label, strictness, ops::constant(plan, &bound.value), Stricter));
    }
    facets.push(Facet::text("action", threshold.action.map_or("", |action| plan.str(action))));
    Row { name: plan.str(threshold.name).to_owned(), place: Some(plan.place(threshold.place)), facets }
}

/// The unit and the amount, in billionths: only which is more matters.
fn amount(plan: &Plan, value: &Const) -> (String, i128) {
    let scaled = |value: Decimal| {
        let mut value = value;
        value.rescale(9);
        value.mantissa() * 10_i128.pow(9 - value.scale().min(9))
    };
    match value {
        Const::Int(value) => (String::new(), scaled(Decimal::from(*value))),
        Const::Decimal(value) => (String::new(), scaled(*value)),
        Const::Percent(value) => (" %".to_owned(), scaled(*value)),
        Const::Money(value, currency) => (format!(" {}", plan.str(*currency)), scaled(*value)),
        _ => (String::new(), 0),
    }
}
