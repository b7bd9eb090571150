//! How work flows: where it stands, how long it takes, what went wrong.

use mktlint_flow::metrics::{DEFINITIONS, Definition, Figure, Measure, Metrics, Outcome, Progress, Unit};

use super::super::chart::bars::{Row, bars};
use super::super::chart::histogram::{bins, histogram};
use super::super::data::{Dashboard, Flow};
use super::part;
use crate::commands::metrics::decimal::{duration, ratio};
use crate::page::{Escaped, push};

/// The most campaigns that a list names.
const MOST: usize = 100;

const DAY: i64 = 24 * 3600;

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    let flow = match &dashboard.flow {
        Ok(flow) => flow,
        Err(why) => return part::nothing(&format!("It cannot be said how work flows: {why}."), out),
    };
    if !flow.metrics.pipeline.is_declared {
        push!(out, "<p>The policy declares no <code>pipeline</code>, so the usual stages are shown.</p>\n");
    }
    for note in &flow.notes {
        push!(out, "<p class=\"soft\">{}</p>\n", Escaped(note));
    }
    standing(&flow.metrics, out);
    stage_times(&flow.metrics, out);
    lead_times(flow, out);
    targets(&flow.metrics, out);
    figures(&flow.metrics, out);
}

/// How much work stands in each stage, and how much of it too long.
fn standing(metrics: &Metrics, out: &mut String) {
    let count = |name: &str, stage: &str| {
        let figure = metrics.by_label(name).find(|it| it.labels.iter().any(|(_, value)| value == stage));
        figure.map_or(0, |it| it.measure.n() as u64)
    };
    let rows: Vec<(String, u64, u64)> = metrics
        .pipeline
        .stages
        .iter()
        .map(|stage| (stage.to_string(), count("work_in_stage", stage), count("stalled", stage)))
        .collect();
    let bar = |(stage, n, stalled): &(String, u64, u64)| Row {
        label: stage.clone(),
        sum: if *stalled > 0 { format!("{n}, {stalled} stalled") } else { n.to_string() },
        parts: vec![
            (
                "bar",
                format!("{stage}: {} on the way", n.saturating_sub(*stalled)),
                n.saturating_sub(*stalled),
            ),
            ("error", format!("{stage}: {stalled} stalled"), *stalled),
        ],
    };
    push!(out, "<h3>Where work stands</h3>\n");
    part::legend(&[("bar", "", "on the way"), ("error", "", "stalled")], out);
    let cells =
        rows.iter().map(|(stage, n, stalled)| vec![stage.clone(), n.to_string(), stalled.to_string()]);
    let table = part::table("Campaigns by stage", &["Stage", "Campaigns", "Stalled"], cells);
    let drawn: Vec<Row> = rows.iter().map(bar).collect();
    part::figure(&bars(&drawn), "Campaigns by stage", &table, out);
    stalled(metrics, out);
}

fn stalled(metrics: &Metrics, out: &mut String) {
    let mut all: Vec<&Progress> = metrics.progress.iter().filter(|it| it.is_stalled).collect();
    if all.is_empty() {
        return;
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.waits));
    let rows = all
        .iter()
        .take(MOST)
        .map(|it| vec![it.id.to_string(), it.stage.as_deref().unwrap_or("–").to_owned(), duration(it.waits)]);
    out.push_str(&part::table("Stalled", &["Campaign", "Stage", "Since"], rows));
    part::more(all.len(), MOST, "campaign", "mktlint metrics", out);
}

/// How long stages took: the median, and what nine of ten did not exceed.
fn stage_times(metrics: &Metrics, out: &mut String) {
    let spreads: Vec<(String, i64, i64, usize)> = metrics
        .by_label("stage_time")
        .filter_map(|figure| {
            let Measure::Spread(Some(spread)) = figure.measure else { return None };
            let stage = figure.labels.first().map_or("", |(_, stage)| stage.as_str());
            Some((stage.to_owned(), spread.median, spread.p90, spread.n))
        })
        .collect();
    push!(out, "<h3>Time in each stage</h3>\n");
    if spreads.is_empty() {
        return part::nothing("No campaign is known to have left a stage.", out);
    }
    let (unit, word) =
        if spreads.iter().any(|(_, _, p90, _)| *p90 >= 2 * DAY) { (DAY, "days") } else { (3600, "hours") };
    let whole = |seconds: i64| u64::try_from((seconds + unit / 2) / unit).unwrap_or(0);
    let rows: Vec<Row> = spreads
        .iter()
        .map(|(stage, median, p90, n)| Row {
            label: stage.clone(),
            sum: format!("{} / {}", duration(*median), duration(*p90)),
            parts: vec![
                ("bar", format!("{stage}: median of {n}: {}", duration(*median)), whole(*median)),
                (
                    "rest",
                    format!("{stage}: nine of ten within {}", duration(*p90)),
                    whole(*p90).saturating_sub(whole(*median)),
                ),
            ],
        })
        .collect();
    push!(out, "<p>In {word}: the median, and what nine of ten did not exceed.</p>\n");
    part::legend(&[("bar", "", "median"), ("rest", "", "nine of ten")], out);
    let cells = spreads
        .iter()
        .map(|(stage, median, p90, n)| vec![stage.clone(), duration(*median), duration(*p90), n.to_string()]);
    let table =
        part::table("Time in each stage", &["Stage", "Median", "Nine of ten within", "Campaigns"], cells);
    part::figure(&bars(&rows), "Time in each stage", &table, out);
}

/// From the first stage to live.
fn lead_times(flow: &Flow, out: &mut String) {
    let pipeline = &flow.metrics.pipeline;
    let (Some(first), Some(live)) = (pipeline.first(), pipeline.live()) else { return };
    push!(out, "<h3>From {} to {}</h3>\n", Escaped(first), Escaped(live));
    let days = flow.lead_days();
    if days.is_empty() {
        return part::nothing("Of no campaign both times are known.", out);
    }
    let bins = bins(&days);
    let cells = bins.iter().map(|bin| vec![format!("{} to {}", bin.from, bin.to - 1), bin.count.to_string()]);
    let table = part::table("Lead times", &["Days", "Campaigns"], cells);
    part::figure(&histogram(&bins, "days"), "Lead times in days", &table, out);
    let by_tier = flow.metrics.by_label("lead_time").filter_map(|figure| {
        let Measure::Spread(Some(spread)) = figure.measure else { return None };
        let tier = figure.labels.first().map_or("", |(_, tier)| tier.as_str());
        Some(vec![tier.to_owned(), duration(spread.median), duration(spread.p90), spread.n.to_string()])
    });
    out.push_str(&part::table(
        "Lead time by tier",
        &["Tier", "Median", "Nine of ten within", "Campaigns"],
        by_tier,
    ));
}

fn targets(metrics: &Metrics, out: &mut String) {
    if metrics.targets.is_empty() {
        return;
    }
    let rows = metrics.targets.iter().map(|it| {
        let outcome = match it.outcome {
            Outcome::Met => "met",
            Outcome::Missed => "missed",
            Outcome::NotKnown => "not known",
        };
        let late: Vec<&str> = it.late.iter().take(5).map(smol_str::SmolStr::as_str).collect();
        let more = if it.late.len() > 5 { ", …" } else { "" };
        vec![
            format!("{} to {} within {}", it.target.from, it.target.to, it.target.within.in_words()),
            outcome.to_owned(),
            format!("{} of {}", it.n_met, it.took.map_or(0, |took| took.n)),
            format!("{}{more}", late.join(", ")),
        ]
    });
    out.push_str(&part::table("Targets", &["Target", "Outcome", "In time", "Late now"], rows));
}

/// Every figure that is one number, with what it means.
fn figures(metrics: &Metrics, out: &mut String) {
    let rows = DEFINITIONS.iter().filter_map(|definition| {
        let figure = metrics.figure(definition.name)?;
        Some(vec![
            definition.title.to_owned(),
            value(figure),
            figure.measure.n().to_string(),
            definition.meaning.to_owned(),
        ])
    });
    out.push_str(&part::table("Figures", &["Figure", "Value", "Of", "What it means"], rows));
}

fn value(figure: &Figure) -> String {
    let unit = Definition::of(figure.name).map_or(Unit::Count, |it| it.unit);
    let shown = |value: i64| if unit == Unit::Seconds { duration(value) } else { value.to_string() };
    match figure.measure {
        Measure::Spread(Some(spread)) => {
            format!("{}, nine of ten within {}", shown(spread.median), shown(spread.p90))
        }
        Measure::Share { part, whole } if whole > 0 => {
            format!("{}% ({part} of {whole})", ratio(part as i128 * 100, whole as i128, 0))
        }
        Measure::Rate { count, seconds } if seconds > 0 => {
            format!("{} a week", ratio(count as i128 * 7 * i128::from(DAY), i128::from(seconds), 1))
        }
        Measure::Count(n) => n.to_string(),
        Measure::Spread(None) | Measure::Share { .. } | Measure::Rate { .. } => "not known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_is_not_nought() {
        let value = |measure| value(&Figure { name: "rework_rate", labels: Vec::new(), measure });
        assert_eq!(value(Measure::Share { part: 2, whole: 3 }), "67% (2 of 3)");
        assert_eq!(value(Measure::Share { part: 0, whole: 0 }), "not known");
        assert_eq!(value(Measure::Spread(None)), "not known");
        assert_eq!(value(Measure::Rate { count: 3, seconds: 14 * DAY }), "1.5 a week");
    }
}
