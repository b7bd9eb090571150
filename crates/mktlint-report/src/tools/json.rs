//! Our own JSON, one document or one line per finding; described by `schema/findings-1.json`.

use std::io::{self, Write};

use mktlint_diag::{Diagnostic, Edit, Fix, Label, Level, Place, Safety, Waived, WaiverSource};
use mktlint_text::Span;
use serde::{Serialize, Serializer};

use super::tidy;
use crate::fingerprint;
use crate::model::{Report, RuleInfo, Summary};
use crate::text::{FileText, Texts, Unit};

/// The name and version of the format. What is added keeps the number; what is removed or changed raises it.
const SCHEMA: &str = "mktlint/findings/1";

pub(crate) fn document(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let prints = fingerprint::of_all(report.findings, &texts);
    let findings = report.findings.iter().zip(&prints);
    let document = DocumentOut {
        schema: SCHEMA,
        tool: ToolOut::of(report.summary),
        findings: findings.map(|(finding, print)| FindingOut::of(finding, print, &texts)).collect(),
        summary: SummaryOut::of(report),
        rules: report.rules.iter().map(|rule| RuleOut::of(rule, &texts)).collect(),
    };
    tidy::document(&document, out)
}

pub(crate) fn lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let prints = fingerprint::of_all(report.findings, &texts);
    for (finding, print) in report.findings.iter().zip(&prints) {
        let value = FindingOut::of(finding, print, &texts);
        tidy::line(&Line { r#type: "finding", schema: None, tool: None, value }, out)?;
    }
    let tool = ToolOut::of(report.summary);
    let value = SummaryOut::of(report);
    tidy::line(&Line { r#type: "summary", schema: Some(SCHEMA), tool: Some(tool), value }, out)
}

#[derive(Serialize)]
struct DocumentOut<'a> {
    schema: &'static str,
    tool: ToolOut<'a>,
    findings: Vec<FindingOut<'a>>,
    summary: SummaryOut<'a>,
    rules: Vec<RuleOut<'a>>,
}

#[derive(Serialize)]
struct Line<'a, T> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool: Option<ToolOut<'a>>,
    #[serde(flatten)]
    value: T,
}

#[derive(Serialize)]
struct ToolOut<'a> {
    name: &'static str,
    version: &'a str,
}

impl<'a> ToolOut<'a> {
    fn of(summary: &'a Summary) -> Self {
        Self { name: "mktlint", version: &summary.tool_version }
    }
}

#[derive(Serialize)]
struct FindingOut<'a> {
    rule: &'a str,
    #[serde(serialize_with = "level")]
    level: Level,
    message: &'a str,
    place: PlaceOut<'a>,
    label: &'a str,
    related: Vec<LabelOut<'a>>,
    notes: &'a [String],
    why: Option<&'a str>,
    help: &'a [String],
    fix: Option<FixOut<'a>>,
    undecided: bool,
    waived: Option<WaivedOut<'a>>,
    baselined: bool,
    fingerprint: &'a str,
}

impl<'a> FindingOut<'a> {
    fn of(finding: &'a Diagnostic, fingerprint: &'a str, texts: &Texts<'_>) -> Self {
        Self {
            rule: &finding.code,
            level: finding.level,
            message: &finding.message,
            place: PlaceOut::of(&finding.primary.place, texts),
            label: &finding.primary.text,
            related: finding.secondary.iter().map(|label| LabelOut::of(label, texts)).collect(),
            notes: &finding.notes,
            why: finding.why.as_deref(),
            help: &finding.help,
            fix: finding.fix.as_ref().map(|fix| FixOut::of(fix, texts)),
            undecided: finding.undecided,
            waived: finding.waived.as_ref().map(|waived| WaivedOut::of(waived, texts)),
            baselined: finding.baselined,
            fingerprint,
        }
    }
}

fn level<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level.as_str())
}

#[derive(Serialize)]
struct PlaceOut<'a> {
    path: &'a str,
    start: PointOut,
    end: PointOut,
}

impl<'a> PlaceOut<'a> {
    fn of(place: &'a Place, texts: &Texts<'_>) -> Self {
        let (start, end) = PointOut::of(place.span, texts.get(&place.file).as_deref());
        Self { path: &place.file, start, end }
    }
}

/// Line and column are absent when the text is not known.
#[derive(Serialize)]
struct PointOut {
    offset: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

impl PointOut {
    fn of(span: Span, file: Option<&FileText>) -> (Self, Self) {
        let span = file.map_or(span, |file| file.clamp(span));
        (Self::at(span.start(), file), Self::at(span.end(), file))
    }

    fn at(offset: u32, file: Option<&FileText>) -> Self {
        let point = file.map(|file| file.point(offset, Unit::Chars));
        Self { offset, line: point.map(|at| at.line), column: point.map(|at| at.column) }
    }
}

#[derive(Serialize)]
struct LabelOut<'a> {
    place: PlaceOut<'a>,
    label: &'a str,
}

impl<'a> LabelOut<'a> {
    fn of(label: &'a Label, texts: &Texts<'_>) -> Self {
        Self { place: PlaceOut::of(&label.place, texts), label: &label.text }
    }
}

#[derive(Serialize)]
struct FixOut<'a> {
    title: &'a str,
    safety: &'static str,
    path: &'a str,
    edits: Vec<EditOut<'a>>,
}

impl<'a> FixOut<'a> {
    fn of(fix: &'a Fix, texts: &Texts<'_>) -> Self {
        let safety = match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        };
        let file = texts.get(&fix.file);
        let edits = fix.edits.iter().map(|edit| EditOut::of(edit, file.as_deref())).collect();
        Self { title: &fix.title, safety, path: &fix.file, edits }
    }
}

#[derive(Serialize)]
struct EditOut<'a> {
    start: PointOut,
    end: PointOut,
    text: &'a str,
}

impl<'a> EditOut<'a> {
    fn of(edit: &'a Edit, file: Option<&FileText>) -> Self {
        let (start, end) = PointOut::of(edit.span, file);
        Self { start, end, text: &edit.text }
    }
}

#[derive(Serialize)]
struct WaivedOut<'a> {
    because: &'a str,
    until: Option<&'a str>,
    owner: Option<&'a str>,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    place: PlaceOut<'a>,
}

impl<'a> WaivedOut<'a> {
    fn of(waived: &'a Waived, texts: &Texts<'_>) -> Self {
        Self {
            because: &waived.because,
            until: waived.until.as_deref(),
            owner: waived.owner.as_deref(),
            source: waived.source.as_str(),
            record: match &waived.source {
                WaiverSource::Record(id) => Some(id),
                WaiverSource::Declaration | WaiverSource::Directive => None,
            },
            place: PlaceOut::of(&waived.place, texts),
        }
    }
}

#[derive(Serialize)]
struct SummaryOut<'a> {
    assets: usize,
    policies: usize,
    rules: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    undecided: usize,
    waived: usize,
    baselined: usize,
    fixable: usize,
    unsafely_fixable: usize,
    notes: &'a [String],
}

impl<'a> SummaryOut<'a> {
    fn of(report: &Report<'a>) -> Self {
        let (summary, counts) = (report.summary, report.counts());
        Self {
            assets: summary.n_assets,
            policies: summary.n_policies,
            rules: summary.n_rules,
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            undecided: counts.undecided,
            waived: counts.waived,
            baselined: counts.baselined,
            fixable: counts.fixable,
            unsafely_fixable: counts.unsafely_fixable,
            notes: &summary.notes,
        }
    }
}

#[derive(Serialize)]
struct RuleOut<'a> {
    id: &'a str,
    #[serde(serialize_with = "level")]
    level: Level,
    title: &'a str,
    why: Option<&'a str>,
    tags: Vec<&'a str>,
    declared: Option<PlaceOut<'a>>,
    help: &'a str,
}

impl<'a> RuleOut<'a> {
    fn of(rule: &'a RuleInfo, texts: &Texts<'_>) -> Self {
        Self {
            id: &rule.id,
            level: rule.level,
            title: &rule.title,
            why: rule.why.as_deref(),
            tags: rule.tags.iter().map(|tag| tag.as_str()).collect(),
            declared: rule.source.as_ref().map(|place| PlaceOut::of(place, texts)),
            help: &rule.help,
        }
    }
}
