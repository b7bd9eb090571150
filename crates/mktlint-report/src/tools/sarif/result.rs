//! A finding as a result.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, Fix, Level, Waived, WaiverSource};
use serde::Serialize;

use super::place::{Artifact, Location, Region};
use super::{Text, text};
use crate::text::Texts;

/// SARIF's word for a level.
pub(super) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultOut<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    /// `open`: there was not enough information to decide.
    kind: &'static str,
    /// `none` unless `kind` is `fail`, by section 3.27.10 of the standard.
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    /// `new` or `unchanged`; absent of all results without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[FixOut<'a>; 1]>,
    /// Present and empty on what is not waived, which says that waivers were looked at.
    suppressions: Vec<Suppression<'a>>,
    properties: Properties<'a>,
}

impl<'a> ResultOut<'a> {
    pub(super) fn of(
        finding: &'a Diagnostic,
        fingerprint: String,
        rules: &BTreeMap<&str, usize>,
        has_baseline: bool,
        texts: &Texts<'_>,
    ) -> Self {
        let related = finding.secondary.iter().enumerate();
        let related =
            related.map(|(index, label)| Location::of(&label.place, &label.text, Some(index + 1), texts));
        let level = level_word(finding.level);
        let waived = finding.waived.as_ref();
        Self {
            rule_id: &finding.code,
            rule_index: rules.get(finding.code.as_str()).copied(),
            kind: if finding.undecided { "open" } else { "fail" },
            level: if finding.undecided { "none" } else { level },
            message: text(&finding.message),
            locations: [Location::of(&finding.primary.place, &finding.primary.text, None, texts)],
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints { mktlint: fingerprint },
            baseline_state: has_baseline.then_some(if finding.baselined { "unchanged" } else { "new" }),
            fixes: finding.fix.as_ref().and_then(|fix| FixOut::of(fix, texts)).map(|fix| [fix]),
            suppressions: waived.map(|waived| Suppression::of(waived, texts)).into_iter().collect(),
            properties: Properties {
                level: finding.undecided.then_some(level),
                notes: &finding.notes,
                why: finding.why.as_deref(),
                help: &finding.help,
            },
        }
    }
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "mktlintFingerprint/v1")]
    mktlint: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixOut<'a> {
    description: Text<'a>,
    artifact_changes: [Change<'a>; 1],
    properties: FixProperties,
}

impl<'a> FixOut<'a> {
    /// `None` for a fix without edits, which the standard does not allow.
    fn of(fix: &'a Fix, texts: &Texts<'_>) -> Option<Self> {
        let file = texts.get(&fix.file);
        let edits = fix.edits.iter().map(|edit| Replacement {
            deleted_region: Region::of(edit.span, file.as_deref()),
            inserted_content: text(&edit.text),
        });
        let replacements: Vec<_> = edits.collect();
        let change = Change { artifact_location: Artifact::of(&fix.file), replacements };
        (!fix.edits.is_empty()).then(|| Self {
            description: text(&fix.title),
            artifact_changes: [change],
            properties: FixProperties { safe: fix.safety == mktlint_diag::Safety::Safe },
        })
    }
}

#[derive(Serialize)]
struct FixProperties {
    safe: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
    location: Location<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Terms<'a>>,
}

impl<'a> Suppression<'a> {
    fn of(waived: &'a Waived, texts: &Texts<'_>) -> Self {
        let inline = waived.source == WaiverSource::Directive;
        let (until, owner) = (waived.until.as_deref(), waived.owner.as_deref());
        Self {
            kind: if inline { "inSource" } else { "external" },
            status: "accepted",
            justification: &waived.because,
            location: Location::of(&waived.place, "", None, texts),
            properties: (until.is_some() || owner.is_some()).then_some(Terms { until, owner }),
        }
    }
}

#[derive(Serialize)]
struct Terms<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
}

#[derive(Serialize)]
struct Properties<'a> {
    /// What the level would be if the finding were decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    help: &'a [String],
}
