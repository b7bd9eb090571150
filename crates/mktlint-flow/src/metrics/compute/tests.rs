use super::*;
use crate::campaign::{Correction, Need, Reached, Source, Traces, Verdict, VerdictKind};
use crate::metrics::{DEFINITIONS, Definition, Outcome, RuleHits};
use crate::pipeline::{Limit, Target};

const DAY: i64 = 24 * 3600;

fn at(text: &str) -> Timestamp {
    crate::moment(text).expect("a moment")
}

/// `brief -> build -> qa -> live -> measured`, `stall qa after 2 days`, `target brief to live within 10 days`.
fn pipeline() -> Pipeline {
    let stages = ["brief", "build", "qa", "live", "measured"].map(SmolStr::from).to_vec();
    let targets = vec![Target { from: "brief".into(), to: "live".into(), within: Limit::new(0, 10, 0) }];
    Pipeline { stages, stalls: vec![("qa".into(), Limit::new(0, 2, 0))], targets, is_declared: true }
}

fn work(id: &str, tier: &str, reached: &[(&str, &str)]) -> Work {
    let reached = reached.iter().map(|(stage, time)| Reached {
        stage: (*stage).into(),
        at: at(time),
        source: Source::Inferred("a test"),
    });
    Work { id: id.into(), tier: Some(tier.into()), reached: reached.collect(), ..Work::default() }
}

fn verdict(time: &str, role: &str, kind: VerdictKind) -> Verdict {
    Verdict { at: at(time), role: role.into(), person: format!("{role}@acme.example").into(), kind }
}

fn input(works: Vec<Work>) -> Input {
    let window = Window { since: None, until: at("2026-11-30") };
    Input { window, pipeline: pipeline(), works, rules: Vec::new(), n_assets: 0 }
}

/// Four campaigns: 4, 8 and 12 days from brief to live, and one that waits in qa since the 25th.
fn story() -> Vec<Work> {
    vec![
        work("a", "low", &[("brief", "2026-11-01"), ("build", "2026-11-02"), ("live", "2026-11-05")]),
        work(
            "b",
            "low",
            &[("brief", "2026-11-02"), ("build", "2026-11-05"), ("qa", "2026-11-08"), ("live", "2026-11-10")],
        ),
        work("c", "high", &[("brief", "2026-11-03"), ("live", "2026-11-15"), ("measured", "2026-11-20")]),
        work("d", "high", &[("brief", "2026-11-21"), ("qa", "2026-11-25")]),
    ]
}

/// A figure in days, as `n: median p90`, or a share, as `part/whole`.
fn show(figure: &Figure) -> String {
    let labels: Vec<&str> = figure.labels.iter().map(|(_, value)| value.as_str()).collect();
    let measure = match figure.measure {
        Measure::Spread(None) => "not known".to_owned(),
        Measure::Spread(Some(it)) => {
            let unit = if figure.name == "review_rounds" { 1 } else { DAY };
            format!("{}: {} {}", it.n, it.median as f64 / unit as f64, it.p90 as f64 / unit as f64)
        }
        Measure::Share { part, whole } => format!("{part}/{whole}"),
        Measure::Rate { count, seconds } => format!("{count} in {} days", seconds / DAY),
        Measure::Count(count) => count.to_string(),
    };
    format!("{} {measure}", labels.join(" to ")).trim().to_owned()
}

fn figures(metrics: &Metrics, name: &str) -> Vec<String> {
    assert!(Definition::of(name).is_some(), "{name}");
    metrics.figures.iter().filter(|figure| figure.name == name).map(show).collect()
}

#[test]
fn lead_time_runs_from_the_first_stage_to_live() {
    let metrics = compute(&input(story()));
    assert_eq!(figures(&metrics, "lead_time"), ["3: 8 12", "high 1: 12 12", "low 2: 4 8"]);
}

#[test]
fn a_stage_ends_with_the_next_that_is_known() {
    let metrics = compute(&input(story()));
    // brief: a 1, b 3, c 12 (straight to live), d 4; build: a 3 (no check is known), b 3; qa: b 2; live: c 5.
    let expected = ["brief 4: 3 12", "build 2: 3 3", "qa 1: 2 2", "live 1: 5 5"];
    assert_eq!(figures(&metrics, "stage_time"), expected);
}

#[test]
fn work_stalls_where_it_stays_too_long() {
    let metrics = compute(&input(story()));
    assert_eq!(figures(&metrics, "stalled"), ["qa 1"]);
    assert_eq!(figures(&metrics, "work_in_stage"), ["brief 0", "build 0", "qa 1", "live 2", "measured 1"]);
    let waiting: Vec<_> =
        metrics.progress.iter().filter(|it| it.is_stalled).map(|it| (it.id.as_str(), it.waits)).collect();
    assert_eq!(waiting, [("d", 5 * DAY)]);
    let mut early = input(story());
    early.window.until = at("2026-11-26");
    assert_eq!(figures(&compute(&early), "stalled"), ["qa 0"]);
}

#[test]
fn a_target_is_met_when_nine_of_ten_are_in_time() {
    let metrics = compute(&input(story()));
    let [outcome] = metrics.targets.as_slice() else { panic!("one target") };
    assert_eq!((outcome.n_met, outcome.outcome), (2, Outcome::Missed));
    assert_eq!(figures(&metrics, "target_met"), ["brief to live 2/3"]);
    assert_eq!(outcome.late, [""; 0], "`d` is on the way for 9 days");
    let mut later = input(story());
    later.window.until = at("2026-12-02");
    assert_eq!(compute(&later).targets[0].late, ["d"]);
    let in_time: Vec<Work> = (0..10)
        .map(|n| {
            let end = if n == 0 { "2026-11-25" } else { "2026-11-05" };
            work(&format!("w{n}"), "low", &[("brief", "2026-11-01"), ("live", end)])
        })
        .collect();
    assert_eq!(compute(&input(in_time)).targets[0].outcome, Outcome::Met);
    assert_eq!(compute(&input(Vec::new())).targets[0].outcome, Outcome::NotKnown);
}

#[test]
fn approval_is_waited_for_from_the_last_change_before_the_first_verdict() {
    use VerdictKind::{Approved, Rejected};
    let mut plain = work("a", "high", &[("live", "2026-11-20")]);
    plain.needs = vec![Need { role: "legal".into(), count: 1 }, Need { role: "brand".into(), count: 1 }];
    plain.traces = Traces {
        edits: vec![at("2026-11-01"), at("2026-11-03"), at("2026-11-12")],
        verdicts: vec![verdict("2026-11-05", "legal", Approved), verdict("2026-11-09", "brand", Approved)],
        ..Traces::default()
    };
    let mut turned = work("b", "high", &[("live", "2026-11-20")]);
    turned.needs = vec![Need { role: "legal".into(), count: 1 }];
    turned.traces = Traces {
        edits: vec![at("2026-11-01"), at("2026-11-06")],
        verdicts: vec![verdict("2026-11-05", "legal", Rejected), verdict("2026-11-07", "legal", Approved)],
        ..Traces::default()
    };
    let metrics = compute(&input(vec![plain, turned]));
    // From the 3rd to the 5th and to the 9th; from the 1st to the 5th and to the 7th.
    assert_eq!(figures(&metrics, "first_verdict_wait"), ["2: 2 4"]);
    assert_eq!(figures(&metrics, "approval_wait"), ["2: 6 6"]);
    assert_eq!(figures(&metrics, "review_rounds"), ["2: 1 2"]);
    assert_eq!(figures(&metrics, "first_pass_yield"), ["1/2"]);
}

#[test]
fn an_approval_that_was_needed_again_is_no_first_pass() {
    use VerdictKind::Approved;
    let mut work = work("a", "high", &[]);
    work.needs = vec![Need { role: "legal".into(), count: 1 }];
    work.traces = Traces {
        edits: vec![at("2026-11-01"), at("2026-11-06")],
        verdicts: vec![verdict("2026-11-05", "legal", Approved), verdict("2026-11-08", "legal", Approved)],
        ..Traces::default()
    };
    let metrics = compute(&input(vec![work]));
    assert_eq!(figures(&metrics, "first_pass_yield"), ["0/1"]);
    // The first approval no longer held, so the one of the 8th was the last that was needed.
    assert_eq!(figures(&metrics, "approval_wait"), ["1: 7 7"]);
}

#[test]
fn what_goes_wrong_after_live_counts() {
    let mut works = story();
    works[0].traces.edits = vec![at("2026-11-04"), at("2026-11-06")];
    works[1].traces.edits = vec![at("2026-11-09")];
    works[0].violations = 1;
    works[3].violations = 3;
    let correction = |fixed: Option<&str>| Correction {
        detected: at("2026-11-06T09:00Z"),
        fixed: fixed.map(at),
        reason: String::new(),
    };
    works[2].corrections = vec![correction(Some("2026-11-06T21:00Z")), correction(None)];
    let metrics = compute(&input(works));
    assert_eq!(figures(&metrics, "rework_rate"), ["1/3"]);
    assert_eq!(figures(&metrics, "escape_rate"), ["1/4"]);
    assert_eq!(figures(&metrics, "change_fail_rate"), ["1/3"]);
    assert_eq!(figures(&metrics, "time_to_correct"), ["1: 0.5 0.5"]);
    assert_eq!(figures(&metrics, "open_corrections"), ["1"]);
}

#[test]
fn releases_are_counted_by_week_channel_and_tier() {
    let mut works = story();
    works[0].channels = vec!["email".into()];
    works[2].channels = vec!["email".into(), "sms".into()];
    let metrics = compute(&input(works));
    // From the first release on the 5th to the 30th.
    assert_eq!(
        figures(&metrics, "releases_per_week"),
        ["3 in 25 days", "email 2 in 25 days", "sms 1 in 25 days"]
    );
    assert_eq!(figures(&metrics, "tier_share"), ["high 1/3", "low 2/3"]);
    let mut week = input(story());
    week.window.since = Some(at("2026-11-09"));
    let metrics = compute(&week);
    assert_eq!(figures(&metrics, "releases_per_week"), ["2 in 21 days"]);
    assert_eq!(figures(&metrics, "lead_time"), ["2: 8 12", "high 1: 12 12", "low 1: 8 8"]);
}

#[test]
fn rules_are_counted_with_their_waivers() {
    let hits = |rule: &str, findings, waived, files| RuleHits { rule: rule.into(), findings, waived, files };
    let rules = vec![hits("acme.a", 4, 1, 2), hits("acme.b", 1, 0, 1)];
    let metrics = compute(&Input { rules, n_assets: 8, ..input(Vec::new()) });
    assert_eq!(figures(&metrics, "rule_hits"), ["acme.a 4", "acme.b 1"]);
    assert_eq!(figures(&metrics, "rule_hit_rate"), ["acme.a 2/8", "acme.b 1/8"]);
    assert_eq!(figures(&metrics, "waiver_rate"), ["1/5", "acme.a 1/4", "acme.b 0/1"]);
}

#[test]
fn of_nothing_nothing_is_known() {
    let metrics = compute(&input(Vec::new()));
    let known = metrics.figures.iter().filter(|figure| figure.measure.is_known());
    // How many there are of something is known even when there are none.
    assert!(
        known.clone().all(|figure| figure.measure == Measure::Count(0)),
        "{:?}",
        known.collect::<Vec<_>>()
    );
}

#[test]
fn figures_come_in_the_order_of_their_definitions() {
    let metrics = compute(&input(story()));
    let position = |name: &str| DEFINITIONS.iter().position(|it| it.name == name).expect("it is defined");
    assert!(metrics.figures.is_sorted_by_key(|figure| position(figure.name)));
}

#[test]
fn an_approval_that_came_late_was_waited_for_all_the_same() {
    let mut late = work("a", "high", &[("live", "2026-11-10")]);
    late.traces = Traces {
        edits: vec![at("2026-11-01")],
        verdicts: vec![verdict("2026-11-12", "legal", VerdictKind::Approved)],
        ..Traces::default()
    };
    assert_eq!(figures(&compute(&input(vec![late])), "approval_wait"), ["1: 11 11"]);
}
