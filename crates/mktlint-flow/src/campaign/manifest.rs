//! What a campaign's manifest says about its way: `stages`, `live_at`, `corrections`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use mktlint_asset::{Asset, Kind, Value};
use mktlint_diag::{Diagnostic, Place};
use mktlint_measure::zones::Zone;
use smol_str::SmolStr;

use super::{Correction, Reached, Source};
use crate::moment::utc;
use crate::{Pipeline, codes, moment};

/// What a manifest says about the way of its campaign. What is wrong in it is left out, and a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The id of the campaign.
    pub id: SmolStr,
    /// Stamped stages that the pipeline knows, in its order.
    pub stages: Vec<Reached>,
    /// When it went live, where `live_at` says so.
    pub live_at: Option<Timestamp>,
    /// When its first message is sent. Without `time_zone` the clock of UTC is meant.
    pub send_at: Option<Timestamp>,
    /// Its channels; may be empty.
    pub channels: Vec<SmolStr>,
    /// Corrections after it went live, as written.
    pub corrections: Vec<Correction>,
}

/// Reads `asset`, the manifest of a campaign; `None` of anything else, and of one without an id. `now` tells what has
/// happened from what is planned.
pub fn read(asset: &Asset, pipeline: &Pipeline, now: Timestamp) -> Option<(Manifest, Vec<Diagnostic>)> {
    if asset.kind != Kind::Campaign {
        return None;
    }
    let mut reader = Reader { asset, now, problems: Vec::new() };
    let id = reader.text(asset.fields.get("id").map(|field| &field.value)?)?;
    let manifest = Manifest {
        id: id.into(),
        stages: reader.stages(pipeline),
        live_at: reader.live_at(),
        send_at: reader.send_at(),
        channels: reader.channels(),
        corrections: reader.corrections(),
    };
    Some((manifest, reader.problems))
}

struct Reader<'a> {
    asset: &'a Asset,
    now: Timestamp,
    problems: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn value(&self, key: &str) -> Option<&'a Value> {
        self.asset.fields.get(key).map(|field| &field.value)
    }

    fn text(&self, value: &Value) -> Option<&'a str> {
        match value {
            Value::Text(range) => Some(self.asset.slice(*range).trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Where `value` stands; of what is no text, where `key` does.
    fn place(&self, value: &Value, key: &str) -> Place {
        let span = match value {
            Value::Text(range) => self.asset.source(*range),
            _ => self.asset.fields.get(key).map_or(self.asset.span, |field| field.span),
        };
        Place::new(self.asset.file.clone(), span)
    }

    /// The moment that `value` of `key` stands for, when it is one and has passed.
    fn past(&mut self, value: &Value, key: &str) -> Option<Timestamp> {
        let words = self.text(value).unwrap_or_default();
        let place = self.place(value, key);
        match moment(words) {
            None => self.problems.push(codes::stage_time::not_a_time(place, key, words)),
            Some(at) if at > self.now => self.problems.push(codes::stage_time::future(place, key, words)),
            at => return at,
        }
        None
    }

    fn stages(&mut self, pipeline: &Pipeline) -> Vec<Reached> {
        let Some(value) = self.value("stages") else { return Vec::new() };
        let Value::Record(stamps) = value else {
            let place = self.place(value, "stages");
            self.problems.push(codes::stage_time::not_stamps(place));
            return Vec::new();
        };
        let mut found: Vec<(usize, Reached)> = Vec::new();
        for (name, value) in stamps {
            let Some(position) = pipeline.position(name) else {
                if pipeline.is_declared {
                    let place = self.place(value, "stages");
                    self.problems.push(codes::unknown_stage::of(place, name, &pipeline.stages));
                }
                continue;
            };
            let Some(at) = self.past(value, &format!("stages.{name}")) else { continue };
            let stage = pipeline.stages.get(position).unwrap_or(name).clone();
            found.push((
                position,
                Reached { stage, at, source: Source::Stamped(self.place(value, "stages")) },
            ));
        }
        found.sort_by_key(|(position, _)| *position);
        let stages: Vec<Reached> = found.into_iter().map(|(_, reached)| reached).collect();
        self.problems.extend(out_of_order(&stages));
        stages
    }

    fn live_at(&mut self) -> Option<Timestamp> {
        let value = self.value("live_at")?;
        self.past(value, "live_at")
    }

    /// The first moment of `sends`, else `send_at`.
    fn send_at(&self) -> Option<Timestamp> {
        let listed = match self.value("sends") {
            Some(Value::List(items)) => items.iter().filter_map(send).min(),
            _ => None,
        };
        let local = listed.or_else(|| self.value("send_at").and_then(local))?;
        let zone = self.value("time_zone").and_then(|value| self.text(value)).and_then(Zone::find);
        match zone {
            Some(zone) => zone.moment(local),
            None => utc(local),
        }
    }

    fn channels(&self) -> Vec<SmolStr> {
        let names: Vec<&str> = match self.value("channel") {
            Some(Value::List(items)) => items.iter().filter_map(|item| self.text(item)).collect(),
            Some(value) => self.text(value).into_iter().collect(),
            None => Vec::new(),
        };
        let mut names: Vec<SmolStr> =
            names.into_iter().map(|name| name.to_ascii_lowercase().into()).collect();
        names.sort();
        names.dedup();
        names
    }

    fn corrections(&mut self) -> Vec<Correction> {
        let Some(value) = self.value("corrections") else { return Vec::new() };
        match value {
            Value::List(items) => items.iter().filter_map(|item| self.correction(item)).collect(),
            one => self.correction(one).into_iter().collect(),
        }
    }

    /// `{detected_at: 2026-11-20T09:00, fixed_at: 2026-11-20T11:30, reason: "wrong price"}`
    fn correction(&mut self, item: &Value) -> Option<Correction> {
        let Value::Record(members) = item else {
            self.problems.push(codes::correction::shape(self.place(item, "corrections")));
            return None;
        };
        let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let Some(detected) = member("detected_at") else {
            self.problems.push(codes::correction::shape(self.first_place(members)));
            return None;
        };
        let detected_at = self.past(detected, "corrections.detected_at")?;
        let fixed = member("fixed_at");
        let fixed_at = fixed.and_then(|fixed| self.past(fixed, "corrections.fixed_at"));
        if let (Some(value), Some(at)) = (fixed, fixed_at)
            && at < detected_at
        {
            self.problems.push(codes::correction::order(self.place(value, "corrections")));
            return None;
        }
        let reason = member("reason").and_then(|value| self.text(value)).unwrap_or_default().to_owned();
        Some(Correction { detected: detected_at, fixed: fixed_at, reason })
    }

    fn first_place(&self, members: &[(SmolStr, Value)]) -> Place {
        let texts = members.iter().map(|(_, value)| value).find(|value| matches!(value, Value::Text(_)));
        self.place(texts.unwrap_or(&Value::List(Vec::new())), "corrections")
    }
}

/// Stamps that are earlier than one of an earlier stage.
fn out_of_order(stages: &[Reached]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut latest: Option<&Reached> = None;
    for reached in stages {
        match latest {
            Some(before) if reached.at < before.at => {
                problems.extend(codes::stages_out_of_order::of(before, reached));
            }
            _ => latest = Some(reached),
        }
    }
    problems
}

fn send(item: &Value) -> Option<DateTime> {
    match item {
        Value::Record(members) => members.iter().find(|(key, _)| key == "at").and_then(|(_, at)| local(at)),
        item => local(item),
    }
}

/// Of a day alone its start.
fn local(value: &Value) -> Option<DateTime> {
    match value {
        Value::Date(date) => Some(date.at(0, 0, 0, 0)),
        Value::DateTime(at) => Some(*at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use mktlint_asset::{Format, Spec, extract};

    use super::*;

    fn check(text: &str, stages: &[&str]) -> (Manifest, Vec<String>) {
        let stages = stages.iter().map(|name| SmolStr::from(*name)).collect();
        let pipeline = Pipeline { stages, is_declared: true, ..Pipeline::default() };
        let spec = Spec::new(Kind::Campaign, Format::Yaml);
        let found = extract(&"campaign.yaml".into(), text, &spec);
        let now = "2026-11-22T00:00:00Z".parse().expect("a moment");
        let (manifest, problems) = read(&found.assets[0], &pipeline, now).expect("a manifest with an id");
        let shown =
            |it: &Diagnostic| format!("{} {} `{}`", it.code, it.message, it.primary.place.span.slice(text));
        (manifest, problems.iter().map(shown).collect())
    }

    #[test]
    fn stamps_are_moments_with_a_zone() {
        let text = "id: a\nstages: {brief: 2026-11-03T10:00+01:00, live: 2026-11-10}\n";
        let (manifest, problems) = check(text, &["brief", "live"]);
        let times: Vec<String> = manifest.stages.iter().map(|it| format!("{} {}", it.stage, it.at)).collect();
        assert_eq!(times, ["brief 2026-11-03T09:00:00Z", "live 2026-11-10T00:00:00Z"]);
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn what_is_wrong_with_a_stamp_is_said_where_it_stands() {
        let text = "id: a\nstages:\n  brief: soon\n  biuld: 2026-11-04\n  live: 2026-12-24\n";
        let (manifest, problems) = check(text, &["brief", "build", "live"]);
        assert_eq!(manifest.stages, []);
        let expected = [
            "MKT0972 `stages.brief` must be a time, but `soon` is none `soon`",
            "MKT0970 the pipeline has no stage `biuld` `2026-11-04`",
            "MKT0972 `stages.live` lies in the future `2026-12-24`",
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn a_stage_before_an_earlier_one_is_out_of_order() {
        let text = "id: a\nstages: {brief: 2026-11-05, build: 2026-11-04, live: 2026-11-04}\n";
        let (_, problems) = check(text, &["brief", "build", "live"]);
        let expected = [
            "MKT0971 `build` was reached before `brief` `2026-11-04`",
            "MKT0971 `live` was reached before `brief` `2026-11-04`",
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn corrections_say_when_they_were_noticed_and_fixed() {
        let text = "id: a\ncorrections:\n- {detected_at: 2026-11-20T09:00Z, fixed_at: 2026-11-20T11:30Z, reason: price}\n\
                    - {fixed_at: 2026-11-20}\n- {detected_at: 2026-11-20, fixed_at: 2026-11-19}\n- typo\n";
        let (manifest, problems) = check(text, &["live"]);
        let [only] = manifest.corrections.as_slice() else { panic!("{:?}", manifest.corrections) };
        assert_eq!(
            (only.detected.to_string().as_str(), only.reason.as_str()),
            ("2026-11-20T09:00:00Z", "price")
        );
        assert_eq!(only.fixed.map(|at| at.to_string()).as_deref(), Some("2026-11-20T11:30:00Z"));
        let expected = [
            "MKT0973 a correction says when it was noticed `2026-11-20`",
            "MKT0973 a correction was fixed before it was noticed `2026-11-19`",
            "MKT0973 a correction says when it was noticed `typo`",
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn the_first_message_is_sent_on_the_clock_of_the_sender() {
        let text = "id: a\nchannel: [sms, Email]\ntime_zone: Europe/Berlin\nsends:\n- {channel: sms, at: 2026-11-28T09:00}\n\
                    - {channel: email, at: 2026-11-27T09:00}\n";
        let (manifest, _) = check(text, &["live"]);
        assert_eq!(manifest.send_at.map(|at| at.to_string()).as_deref(), Some("2026-11-27T08:00:00Z"));
        assert_eq!(manifest.channels, ["email", "sms"]);
    }
}
