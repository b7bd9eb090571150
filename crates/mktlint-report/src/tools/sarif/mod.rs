//! SARIF 2.1.0, as OASIS defines it and code scanning services read it.

mod place;
mod result;
mod rule;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::tidy;
use crate::fingerprint;
use crate::model::Report;
use crate::text::Texts;
use result::ResultOut;
use rule::RuleOut;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let prints = fingerprint::of_all(report.findings, &texts);
    let mut indexes = BTreeMap::new();
    for (index, rule) in report.rules.iter().enumerate() {
        indexes.entry(rule.id.as_str()).or_insert(index);
    }
    let findings = report.findings.iter().zip(prints);
    let has_baseline = report.summary.n_baselined.is_some();
    let result = |(finding, print)| ResultOut::of(finding, print, &indexes, has_baseline, &texts);
    let run = Run {
        tool: Tool { driver: Driver::of(report, &texts) },
        invocations: [Invocation::of(report)],
        original_uri_base_ids: Bases { srcroot: Base { description: text("the root of the workspace") } },
        column_kind: "utf16CodeUnits",
        newline_sequences: ["\r\n", "\n", "\r"],
        results: findings.map(result).collect(),
    };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    };
    tidy::document(&log, out)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    original_uri_base_ids: Bases,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: Vec<ResultOut<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    rules: Vec<RuleOut<'a>>,
}

impl<'a> Driver<'a> {
    fn of(report: &Report<'a>, texts: &Texts<'_>) -> Self {
        let rules = report.rules.iter().map(|rule| RuleOut::of(rule, texts)).collect();
        Self { name: "mktlint", version: &report.summary.tool_version, rules }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

impl<'a> Invocation<'a> {
    fn of(report: &Report<'a>) -> Self {
        let notes = report.summary.notes.iter();
        let notes = notes.map(|note| Notification { level: "note", message: text(note) });
        Self { execution_successful: true, tool_execution_notifications: notes.collect() }
    }
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text<'a>,
}

#[derive(Serialize)]
struct Bases {
    #[serde(rename = "SRCROOT")]
    srcroot: Base,
}

#[derive(Serialize)]
struct Base {
    description: Text<'static>,
}

/// A message without Markdown.
#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

fn text(text: &str) -> Text<'_> {
    Text { text }
}
