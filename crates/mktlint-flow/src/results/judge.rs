//! Results against what is known: campaigns, thresholds, the day.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, closest};
use smol_str::SmolStr;

use super::row::{Line, Row};
use super::threshold::Threshold;
use crate::codes;

/// What results are held against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The channels of each campaign, by id.
    pub campaigns: &'k BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The thresholds in force.
    pub thresholds: &'k [Threshold],
    /// Now.
    pub now: Timestamp,
}

/// What came of the results of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Those that were understood and belong to a campaign that is here, files in order of path.
    pub rows: Vec<Row>,
    /// Slips in the files, and what is beyond a threshold.
    pub findings: Vec<Diagnostic>,
}

impl Results {
    /// When the first result of the campaign `id` was measured.
    pub fn first_of(&self, id: &str) -> Option<Timestamp> {
        self.rows.iter().filter(|row| row.campaign == id).map(|row| row.time).min()
    }
}

/// What of one campaign, metric and channel there can be one value of, at a time.
type Key<'r> = (&'r SmolStr, &'r SmolStr, Option<&'r SmolStr>);

/// Holds `lines` against what is known. Of a campaign, metric and channel the newest value counts; of two of the same
/// time the last.
pub fn judge<'l>(lines: impl IntoIterator<Item = &'l Line>, known: Known<'_>) -> Results {
    let mut results = Results::default();
    for line in lines {
        match line.row(known.now) {
            Err(problem) => results.findings.push(*problem),
            Ok(row) if known.campaigns.contains_key(&row.campaign) => results.rows.push(row),
            Ok(row) => {
                let ids = known.campaigns.keys().map(SmolStr::as_str);
                results.findings.push(codes::result_campaign::of(row.campaign_place, &row.campaign, ids));
            }
        }
    }
    let mut found = twice(&results.rows);
    found.extend(misspelt(&results.rows, known.thresholds));
    found.extend(beyond(&results.rows, known));
    results.findings.extend(found);
    results.findings.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    results
}

fn key(row: &Row) -> Key<'_> {
    (&row.campaign, &row.metric, row.channel.as_ref())
}

fn twice(rows: &[Row]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(Key<'_>, Timestamp), &Row> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows {
        match first.get(&(key(row), row.time)) {
            Some(other) => {
                let differs = (other.value, other.unit) != (row.value, row.unit);
                found.push(codes::result_twice::of(row.place.clone(), other.place.clone(), differs));
            }
            None => _ = first.insert((key(row), row.time), row),
        }
    }
    found
}

/// Metrics that nothing watches but whose name is nearly that of a threshold; each name once.
fn misspelt(rows: &[Row], thresholds: &[Threshold]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&SmolStr, &Row> = BTreeMap::new();
    for row in rows {
        first.entry(&row.metric).or_insert(row);
    }
    let is_watched = |metric: &str| thresholds.iter().any(|it| it.metric() == metric || it.name == metric);
    let unwatched = first.into_iter().filter(|(metric, _)| !is_watched(metric));
    let found = unwatched.filter_map(|(metric, row)| {
        let near = closest(metric, thresholds.iter().map(Threshold::metric))?;
        Some(codes::result_metric::of(row.metric_place.clone(), metric, near))
    });
    found.collect()
}

/// What the newest values call for.
fn beyond(rows: &[Row], known: Known<'_>) -> Vec<Diagnostic> {
    let mut newest: BTreeMap<Key<'_>, &Row> = BTreeMap::new();
    for row in rows {
        let kept = newest.entry(key(row)).or_insert(row);
        if row.time >= kept.time {
            *kept = row;
        }
    }
    let mut found = Vec::new();
    for row in newest.into_values() {
        let own = known.campaigns.get(&row.campaign).map_or(&[][..], Vec::as_slice);
        let watching = known.thresholds.iter().filter(|threshold| threshold.watches(row, own));
        found.extend(watching.filter_map(|threshold| threshold.judge(row)));
    }
    found
}

#[cfg(test)]
mod tests {
    use mktlint_diag::{Level, Place};
    use mktlint_text::Span;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::results::{Bound, read};

    /// `complaint_rate` above 0.1% and 0.3%, `click_rate` below 0.5%, both on email; `visits` below 100 anywhere.
    fn thresholds() -> Vec<Threshold> {
        let place = || Place::new("policy/main.mkt".into(), Span::at(0));
        let bound =
            |is_above, value, is_percent, level| Bound { is_above, value, is_percent, level, place: place() };
        let threshold = |name: &str, channels: &[&str], bounds| Threshold {
            name: format!("acme.{name}").into(),
            channels: channels.iter().map(|name| SmolStr::from(*name)).collect(),
            bounds,
            action: Some("pause it".into()),
            because: None,
        };
        let complaints = vec![
            bound(true, Decimal::new(1, 3), true, Level::Warning),
            bound(true, Decimal::new(3, 3), true, Level::Error),
        ];
        vec![
            threshold("complaint_rate", &["email"], complaints),
            threshold("click_rate", &["email"], vec![bound(false, Decimal::new(5, 3), true, Level::Warning)]),
            threshold("visits", &[], vec![bound(false, Decimal::new(100, 0), false, Level::Info)]),
        ]
    }

    /// What is found in `text`: level, code, message and the words that it stands at.
    fn check(file: &str, text: &str) -> Vec<String> {
        let (lines, mut found) = read(&file.into(), text);
        let campaigns = BTreeMap::from([
            ("serum".into(), vec!["email".into(), "sms".into()]),
            ("sun".into(), vec!["sms".into()]),
        ]);
        let now = "2026-11-22T00:00:00Z".parse().expect("a moment");
        let thresholds = thresholds();
        let known = Known { campaigns: &campaigns, thresholds: &thresholds, now };
        found.extend(judge(&lines, known).findings);
        let show = |it: &Diagnostic| {
            format!("{} {}: {} `{}`", it.level, it.code, it.message, it.primary.place.span.slice(text))
        };
        found.iter().map(show).collect()
    }

    fn csv(rows: &str) -> Vec<String> {
        check("results/a.csv", &format!("metric,campaign,time,value\n{rows}"))
    }

    #[test]
    fn the_gravest_bound_that_is_crossed_speaks() {
        let expected = [
            "error acme.complaint_rate: campaign `serum` has a complaint rate of 0.35%, above 0.3%: pause it `0.35%`",
        ];
        assert_eq!(csv("complaint_rate,serum,2026-11-20,0.35%\n"), expected);
        let warned = csv("complaint_rate,serum,2026-11-20,0.2%\n");
        assert!(warned[0].starts_with("warning acme.complaint_rate"), "{warned:?}");
        assert_eq!(
            csv("complaint_rate,serum,2026-11-20,0.1%\n"),
            [""; 0],
            "the bound itself is not beyond it"
        );
    }

    #[test]
    fn the_newest_value_counts() {
        assert_eq!(
            csv("complaint_rate,serum,2026-11-19,0.9%\ncomplaint_rate,serum,2026-11-20,0.05%\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_threshold_watches_its_channels() {
        assert_eq!(csv("complaint_rate,sun,2026-11-20,0.9%\n"), [""; 0], "`sun` is sent by sms alone");
        let by_channel = "metric,campaign,channel,time,value\ncomplaint_rate,serum,sms,2026-11-20,0.9%\n\
                          complaint_rate,serum,Email,2026-11-20,0.9%\n";
        assert_eq!(check("results/a.csv", by_channel).len(), 1);
    }

    #[test]
    fn a_value_without_a_unit_is_not_guessed_at() {
        // 0.2 is 20% or 0.2%: an error or a warning. 0.0005 is 0.05% or 0.0005%: nothing either way.
        let asked = csv("complaint_rate,serum,2026-11-20,0.2\n");
        let expected = "error MKT0977: `0.2` of `complaint_rate` can be 0.2% or a share of 1, and the verdicts differ `0.2`";
        assert_eq!(asked, [expected]);
        assert_eq!(csv("complaint_rate,serum,2026-11-20,0.0005\n"), [""; 0]);
        // 30 is no share, so it is 30%.
        assert!(csv("complaint_rate,serum,2026-11-20,30\n")[0].starts_with("error acme.complaint_rate"));
        assert_eq!(csv("visits,serum,2026-11-20,30%\n").len(), 1);
        assert!(csv("visits,serum,2026-11-20,30%\n")[0].starts_with("error MKT0977"));
    }

    #[test]
    fn units_and_denominators_have_columns() {
        let with_unit = "metric,campaign,time,value,unit\ncomplaint_rate,serum,2026-11-20,0.2,%\n";
        assert!(check("a.csv", with_unit)[0].contains("a complaint rate of 0.2%, above 0.1%"));
        let with_whole = "metric,campaign,time,value,of\ncomplaint_rate,serum,2026-11-20,7,2000\n";
        assert!(check("a.csv", with_whole)[0].contains("a complaint rate of 7 of 2000, above 0.3%"));
        let by_nothing = "metric,campaign,time,value,of\ncomplaint_rate,serum,2026-11-20,7,0\n";
        assert_eq!(check("a.csv", by_nothing), ["error MKT0977: a value cannot be divided by this `0`"]);
    }

    #[test]
    fn slips_are_said_where_they_stand() {
        let found = csv("complaint_rate,seurm,2026-11-20,0%\ncomplaints_rate,serum,2026-11-20,0%\n\
                         complaint_rate,serum,20.11.,0%\ncomplaint_rate,serum,2026-12-24,0%\n\
                         complaint_rate,serum,2026-11-20,n/a\ncomplaint_rate,serum,,0%\n");
        let expected = [
            "warning MKT0975: no campaign has the id `seurm` `seurm`",
            "warning MKT0976: no threshold watches `complaints_rate` `complaints_rate`",
            "error MKT0978: `20.11.` is no time `20.11.`",
            "error MKT0978: `2026-12-24` lies in the future `2026-12-24`",
            "error MKT0977: `n/a` is no number `n/a`",
            "error MKT0974: this result has no `time` `complaint_rate,serum,,0%`",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_value_that_is_there_twice_is_named() {
        let found =
            csv("visits,serum,2026-11-20,500\nvisits,serum,2026-11-20,500\nvisits,serum,2026-11-20,501\n");
        let expected = [
            "warning MKT0979: a second result for the same campaign, metric, channel and time `500`",
            "warning MKT0979: a second result for the same campaign, metric, channel and time, with another value `501`",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn json_says_the_same() {
        let row =
            r#"{"metric": "complaint_rate", "campaign": "serum", "time": "2026-11-20", "value": "0.35%"}"#;
        let expected = [
            "error acme.complaint_rate: campaign `serum` has a complaint rate of 0.35%, above 0.3%: pause it `\"0.35%\"`",
        ];
        assert_eq!(check("a.json", &format!("[{row}]")), expected);
        assert_eq!(check("a.json", &format!("{{\"results\": [{row}]}}")), expected);
        assert_eq!(check("a.jsonl", &format!("\n{row}\n")), expected);
        let number = r#"[{"metric": "visits", "campaign": "serum", "time": "2026-11-20", "value": 7}]"#;
        assert!(check("a.json", number)[0].ends_with("below 100: pause it `7`"));
    }

    #[test]
    fn what_is_no_file_of_results_says_so() {
        let header = "kpi,when,value\n";
        assert_eq!(
            check("a.csv", header),
            ["error MKT0974: no column is called `campaign` `kpi,when,value`"]
        );
        assert_eq!(check("a.csv", ""), [""; 0]);
        assert_eq!(check("a.json", "3"), ["error MKT0974: results in JSON are a list of objects `3`"]);
        assert!(check("a.json", "[{]")[0].starts_with("error MKT0974: this is not JSON: "));
        assert!(check("a.json", &"[".repeat(100_000))[0].contains("nested more than 64 deep"));
        assert_eq!(check("a.jsonl", "[]\n"), ["error MKT0974: a result in JSON is an object `[]`"]);
    }

    proptest! {
        /// Whatever a file holds, places lie in it and nothing panics.
        #[test]
        fn places_lie_in_the_file(
            text in "(metric,campaign,time,value,of,unit\n)?([\\[\\]{}\":,.%0-9a-e\n é\\\\-]|serum|visits|2026-11-20){0,40}",
            extension in prop::sample::select(vec!["csv", "json", "jsonl"]),
        ) {
            let (lines, mut found) = read(&format!("a.{extension}").as_str().into(), &text);
            let campaigns = BTreeMap::from([("serum".into(), Vec::new())]);
            let now = "2026-11-22T00:00:00Z".parse().expect("a moment");
            let thresholds = thresholds();
            found.extend(judge(&lines, Known { campaigns: &campaigns, thresholds: &thresholds, now }).findings);
            for place in found.iter().map(|it| &it.primary.place).chain(lines.iter().map(|line| &line.place)) {
                prop_assert!(text.get(place.span.range()).is_some(), "{place:?} in {text:?}");
            }
        }
    }
}
