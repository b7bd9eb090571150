//! The stages that work passes, how long it may stay in one, and how long the way may take.

mod kind;

use jiff::{Span, Timestamp, tz::TimeZone};
use mktlint_plan::Plan;
use smol_str::SmolStr;

pub use kind::StageKind;

/// `pipeline { stages brief -> build -> live  stall build after 2 days  target brief to live within 10 days }`.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// In order, each once.
    pub stages: Vec<SmolStr>,
    /// How long work may stay in a stage.
    pub stalls: Vec<(SmolStr, Limit)>,
    /// How long the way between two stages may take.
    pub targets: Vec<Target>,
    /// Whether the policy declares it. Stages that nobody declared cannot be misspelt.
    pub is_declared: bool,
}

/// `target brief to live within 10 days`.
#[derive(Clone, Debug)]
pub struct Target {
    /// Where the way starts.
    pub from: SmolStr,
    /// Where it ends.
    pub to: SmolStr,
    /// How long it may take.
    pub within: Limit,
}

/// A length of time as policies write it: a month is as long as the calendar has it.
#[derive(Clone, Copy, Debug)]
pub struct Limit(Span);

impl Limit {
    /// Of whole months, whole days, and seconds.
    pub fn new(months: i32, days: i32, seconds: i64) -> Self {
        let span = Span::new().try_months(months).and_then(|span| span.try_days(days));
        Self(span.and_then(|span| span.try_seconds(seconds)).unwrap_or_default())
    }

    /// Whether `until` is later than the limit after `from`, counted on the calendar of UTC.
    pub fn is_over(self, from: Timestamp, until: Timestamp) -> bool {
        let end = from.to_zoned(TimeZone::UTC).checked_add(self.0);
        end.is_ok_and(|end| until > end.timestamp())
    }

    /// `10 days`, `1 month 2 hours`, as people write it.
    pub fn in_words(self) -> String {
        let hours = self.0.get_seconds() / 3600;
        let minutes = self.0.get_seconds() % 3600 / 60;
        let parts = [
            (i64::from(self.0.get_months()), "month"),
            (i64::from(self.0.get_days()), "day"),
            (hours, "hour"),
            (minutes, "minute"),
        ];
        let words = parts.iter().filter(|(n, _)| *n != 0);
        let words = words.map(|(n, unit)| format!("{n} {unit}{}", if *n == 1 { "" } else { "s" }));
        let words: Vec<String> = words.collect();
        if words.is_empty() { "0 days".to_owned() } else { words.join(" ") }
    }
}

impl Default for Pipeline {
    /// The usual stages, for a policy that declares none: those that can be told from history.
    fn default() -> Self {
        let stages = ["brief", "build", "qa", "approve", "live", "measured"];
        let (stalls, targets) = (Vec::new(), Vec::new());
        Self { stages: stages.map(SmolStr::from).to_vec(), stalls, targets, is_declared: false }
    }
}

impl Pipeline {
    /// The first pipeline of `plan`; the usual stages when it declares none.
    pub fn of(plan: &Plan) -> Self {
        let Some(declared) = plan.pipelines.first() else { return Self::default() };
        let name = |id| SmolStr::from(plan.str(id));
        let stalls = plan.list(declared.stalls).iter().map(|stall| {
            let after = stall.after;
            (name(stall.stage), Limit::new(after.months, after.days, after.seconds))
        });
        let targets = plan.list(declared.targets).iter().map(|target| {
            let within = target.within;
            let within = Limit::new(within.months, within.days, within.seconds);
            Target { from: name(target.from), to: name(target.to), within }
        });
        Self {
            stages: plan.strs(declared.stages).map(SmolStr::from).collect(),
            stalls: stalls.collect(),
            targets: targets.collect(),
            is_declared: true,
        }
    }

    /// The place of the stage `name` among the stages, from 0; `-`, `_`, upper and lower case are the same.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.stages.iter().position(|stage| kind::is_same(stage, name))
    }

    /// The first stage of `kind`.
    pub fn of_kind(&self, kind: StageKind) -> Option<&SmolStr> {
        self.stages.iter().find(|stage| StageKind::of(stage) == Some(kind))
    }

    /// Where work begins: the first stage.
    pub fn first(&self) -> Option<&SmolStr> {
        self.stages.first()
    }

    /// The stage in which people can see it.
    pub fn live(&self) -> Option<&SmolStr> {
        self.of_kind(StageKind::Live)
    }

    /// How long work may stay in `stage`.
    pub fn stall(&self, stage: &str) -> Option<Limit> {
        self.stalls.iter().find(|(name, _)| kind::is_same(name, stage)).map(|(_, limit)| *limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_limit_is_over_after_its_last_moment() {
        let two_days = Limit::new(0, 2, 0);
        assert!(!two_days.is_over(at("2026-11-03T10:00:00Z"), at("2026-11-05T10:00:00Z")));
        assert!(two_days.is_over(at("2026-11-03T10:00:00Z"), at("2026-11-05T10:00:01Z")));
        // February has 28 days, so a month after its first day is the first of March.
        assert!(Limit::new(1, 0, 0).is_over(at("2027-02-01T00:00:00Z"), at("2027-03-01T00:00:01Z")));
    }

    #[test]
    fn limits_read_as_they_are_written() {
        assert_eq!(Limit::new(0, 10, 0).in_words(), "10 days");
        assert_eq!(Limit::new(1, 0, 5400).in_words(), "1 month 1 hour 30 minutes");
    }

    #[test]
    fn stages_are_found_under_their_usual_names() {
        let stages = ["idea", "briefing", "launched"].map(SmolStr::from).to_vec();
        let pipeline = Pipeline { stages, ..Pipeline::default() };
        assert_eq!(pipeline.of_kind(StageKind::Brief).map(SmolStr::as_str), Some("briefing"));
        assert_eq!(pipeline.live().map(SmolStr::as_str), Some("launched"));
        assert_eq!(pipeline.of_kind(StageKind::Qa), None);
        assert_eq!(pipeline.position("Briefing"), Some(1));
    }
}
