//! Figures as a page for people.

use jiff::Timestamp;
use mktlint_flow::metrics::{Definition, Figure, Measure, Metrics, Outcome, Progress, TargetOutcome, Unit};
use mktlint_host::flow::Gathered;

use super::decimal::{duration, ratio};
use crate::console::Console;
use crate::words::counted;

/// How many rules and campaigns are listed; the rest is counted.
const MOST: usize = 10;

/// The figures in blocks, those first that a lead asks for first.
pub fn page(gathered: &Gathered, console: &Console) -> String {
    let metrics = &gathered.metrics;
    let mut page = format!("{}\n{}\n", window(gathered), sources(metrics));
    let blocks = [
        ("Lead time", rows(metrics, &["lead_time"])),
        ("Time in each stage", rows(metrics, &["stage_time"])),
        ("Targets", metrics.targets.iter().map(target).collect()),
        ("Work now", standing(metrics)),
        (
            "Approval",
            rows(metrics, &["first_verdict_wait", "approval_wait", "review_rounds", "first_pass_yield"]),
        ),
        (
            "After release",
            rows(
                metrics,
                &["rework_rate", "escape_rate", "change_fail_rate", "time_to_correct", "open_corrections"],
            ),
        ),
        ("Releases", rows(metrics, &["releases_per_week", "tier_share"])),
        ("Rules", rules(metrics)),
    ];
    if metrics.progress.iter().all(|it| it.reached.is_empty()) {
        return page;
    }
    for (title, lines) in blocks.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        page.push_str(&format!("\n{}\n{}", console.bold(title), columns(&lines)));
    }
    page
}

/// A line of a block: what, how much, and what else there is to say.
type Line = [String; 3];

fn window(gathered: &Gathered) -> String {
    let window = gathered.metrics.window;
    let since = window.since.map(|since| format!("from {} ", day(since))).unwrap_or_default();
    format!("{}, {since}until {}", counted(gathered.n_campaigns, "campaign"), day(window.until))
}

/// How much somebody stamped, and how much is inferred.
fn sources(metrics: &Metrics) -> String {
    let all = || metrics.progress.iter().flat_map(|it| &it.reached);
    let stamped = all().filter(|reached| reached.source.is_stamped()).count();
    format!(
        "{} known: {stamped} stamped, {} inferred",
        counted(all().count(), "time"),
        all().count() - stamped
    )
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// Lines as columns, the widest cell of each giving its width.
fn columns(lines: &[Line]) -> String {
    let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let shown = lines.iter().map(|[what, how_much, more]| {
        let line = format!("  {what:first$}  {how_much:second$}  {more}");
        format!("{}\n", line.trim_end())
    });
    shown.collect()
}

fn rows(metrics: &Metrics, names: &[&str]) -> Vec<Line> {
    let figures = || metrics.figures.iter().filter(|figure| names.contains(&figure.name));
    let has_whole = figures().any(|figure| figure.labels.is_empty());
    figures().map(|figure| row(figure, has_whole)).collect()
}

/// A figure; one by label is a part of the one above it when `has_whole`.
fn row(figure: &Figure, has_whole: bool) -> Line {
    let title = Definition::of(figure.name).map_or(figure.name, |definition| definition.title);
    let what = match figure.labels.first() {
        Some((label, value)) if has_whole => format!("  {label} {value}"),
        Some((label, value)) => format!("{label} {value}"),
        None => title.to_owned(),
    };
    let unit = Definition::of(figure.name).map_or(Unit::Count, |definition| definition.unit);
    let case = if figure.name == "time_to_correct" { "correction" } else { "campaign" };
    let (how_much, more) = measure(figure.measure, unit, case);
    [what, how_much, more]
}

/// How much, and of how many cases, each of which is a `case`.
fn measure(measure: Measure, unit: Unit, case: &str) -> (String, String) {
    let value = |value: i64| if unit == Unit::Seconds { duration(value) } else { value.to_string() };
    match measure {
        _ if !measure.is_known() => ("not known".to_owned(), String::new()),
        Measure::Spread(None) => ("not known".to_owned(), String::new()),
        Measure::Spread(Some(it)) => {
            let cases = counted(it.n, case);
            (format!("median {}", value(it.median)), format!("9 of 10 within {}  ({cases})", value(it.p90)))
        }
        Measure::Share { part, whole } => (percent(part, whole), format!("{part} of {whole}")),
        Measure::Rate { count, seconds } => {
            let rate = ratio(count as i128 * 604_800, i128::from(seconds), 1);
            (format!("{rate} a week"), format!("{count} in {}", duration(seconds)))
        }
        Measure::Count(count) => (count.to_string(), String::new()),
    }
}

fn percent(part: usize, whole: usize) -> String {
    format!("{}%", ratio(part as i128 * 100, whole as i128, 0))
}

fn target(outcome: &TargetOutcome) -> Line {
    let target = &outcome.target;
    let what = format!("{} to {} within {}", target.from, target.to, target.within.in_words());
    let (word, took) = match (outcome.outcome, outcome.took) {
        (Outcome::Met, Some(took)) => ("met", format!("{} of {} in time", outcome.n_met, took.n)),
        (Outcome::Missed, Some(took)) => ("missed", format!("{} of {} in time", outcome.n_met, took.n)),
        _ => ("not known", String::new()),
    };
    let late = match outcome.late.as_slice() {
        [] => String::new(),
        late => {
            let names: Vec<String> = late.iter().take(MOST).map(|id| format!("`{id}`")).collect();
            format!("on the way for longer: {}{}", names.join(", "), and_more(late.len()))
        }
    };
    let more: Vec<String> = [took, late].into_iter().filter(|words| !words.is_empty()).collect();
    [what, word.to_owned(), more.join("; ")]
}

fn and_more(n: usize) -> String {
    if n > MOST { format!(" and {} more", n - MOST) } else { String::new() }
}

/// How much work is in each stage that has some, and what has stalled.
fn standing(metrics: &Metrics) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let unknown = metrics.progress.iter().filter(|it| it.stage.is_none()).count();
    for figure in metrics.figures.iter().filter(|figure| figure.name == "work_in_stage") {
        let (Measure::Count(count @ 1..), Some((_, stage))) = (figure.measure, figure.labels.first()) else {
            continue;
        };
        lines.push([stage.to_string(), counted(count, "campaign"), longest(metrics, stage)]);
    }
    if unknown > 0 {
        lines.push(["no stage known".to_owned(), counted(unknown, "campaign"), String::new()]);
    }
    let mut stalled: Vec<&Progress> = metrics.progress.iter().filter(|it| it.is_stalled).collect();
    stalled.sort_by(|one, other| other.waits.cmp(&one.waits).then_with(|| one.id.cmp(&other.id)));
    lines.extend(stalled.iter().take(MOST).map(|it| stalled_line(it, metrics)));
    if stalled.len() > MOST {
        lines.push([format!("and {} more that stall", stalled.len() - MOST), String::new(), String::new()]);
    }
    lines
}

/// Who has been in `stage` the longest; nobody in the last one, where work may rest.
fn longest(metrics: &Metrics, stage: &str) -> String {
    if metrics.pipeline.stages.last().is_some_and(|last| last == stage) {
        return String::new();
    }
    let there = metrics.progress.iter().filter(|it| it.stage.as_deref() == Some(stage));
    let longest = there.max_by(|one, other| one.waits.cmp(&other.waits).then_with(|| other.id.cmp(&one.id)));
    longest.map(|it| format!("`{}` for {}", it.id, duration(it.waits))).unwrap_or_default()
}

fn stalled_line(progress: &Progress, metrics: &Metrics) -> Line {
    let stage = progress.stage.as_deref().unwrap_or_default();
    let limit = metrics.pipeline.stall(stage).map(|limit| format!("{} are meant", limit.in_words()));
    let since =
        progress.reached.last().map(|reached| format!("since {}", day(reached.at))).unwrap_or_default();
    let how = format!("{since}, {}", limit.unwrap_or_default());
    [format!("`{}` stalls in {stage}", progress.id), format!("for {}", duration(progress.waits)), how]
}

/// The rules that found most.
fn rules(metrics: &Metrics) -> Vec<Line> {
    let mut lines = rows(metrics, &["waiver_rate"]);
    lines.truncate(1);
    let hits = metrics.figures.iter().filter(|figure| figure.name == "rule_hits");
    let count = |figure: &Figure| if let Measure::Count(count) = figure.measure { count } else { 0 };
    let mut hits: Vec<(&Figure, usize)> = hits.map(|figure| (figure, count(figure))).collect();
    hits.sort_by(|(one, n), (other, m)| m.cmp(n).then_with(|| one.labels.cmp(&other.labels)));
    for (figure, count) in hits.iter().take(MOST) {
        let rule = figure.labels.first().map(|(_, rule)| rule.to_string()).unwrap_or_default();
        let waived = metrics.by_label("waiver_rate").find(|waived| waived.labels == figure.labels);
        let waived = match waived.map(|waived| waived.measure) {
            Some(Measure::Share { part: part @ 1.., .. }) => format!("{part} waived"),
            _ => String::new(),
        };
        lines.push([rule, counted(*count, "finding"), waived]);
    }
    if hits.len() > MOST {
        lines.push([
            format!("and {}", counted(hits.len() - MOST, "more rule")),
            String::new(),
            String::new(),
        ]);
    }
    if hits.is_empty() { Vec::new() } else { lines }
}
