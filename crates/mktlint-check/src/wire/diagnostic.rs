//! Findings.

use mktlint_diag::{Diagnostic, Edit, FilePath, Fix, Label, Level, Place, Safety, Waived, WaiverSource};
use mktlint_text::Span;
use serde::{Deserialize, Serialize};

pub(super) type WireSpan = (u32, u32);

#[derive(Serialize, Deserialize)]
pub(super) struct WirePlace(String, WireSpan);

#[derive(Serialize, Deserialize)]
struct WireLabel(WirePlace, String);

#[derive(Serialize, Deserialize)]
pub(super) struct WireWaived {
    because: String,
    until: Option<String>,
    owner: Option<String>,
    source: WireSource,
    place: WirePlace,
}

#[derive(Serialize, Deserialize)]
enum WireSource {
    Declaration,
    Directive,
    Record(String),
}

#[derive(Serialize, Deserialize)]
struct WireFix {
    title: String,
    is_unsafe: bool,
    file: String,
    edits: Vec<(WireSpan, String)>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireDiagnostic {
    code: String,
    level: u8,
    message: String,
    primary: WireLabel,
    secondary: Vec<WireLabel>,
    notes: Vec<String>,
    why: Option<String>,
    help: Vec<String>,
    fix: Option<WireFix>,
    undecided: bool,
    waived: Option<WireWaived>,
}

pub(super) fn span_to_wire(span: Span) -> WireSpan {
    (span.start(), span.end())
}

pub(super) fn span_from_wire((start, end): WireSpan) -> Span {
    Span::new(start, end)
}

impl From<&Place> for WirePlace {
    fn from(place: &Place) -> Self {
        Self(place.file.as_str().to_owned(), span_to_wire(place.span))
    }
}

impl From<WirePlace> for Place {
    fn from(WirePlace(file, span): WirePlace) -> Self {
        Self::new(FilePath::new(&file), span_from_wire(span))
    }
}

impl From<&Label> for WireLabel {
    fn from(label: &Label) -> Self {
        Self((&label.place).into(), label.text.clone())
    }
}

impl From<WireLabel> for Label {
    fn from(WireLabel(place, text): WireLabel) -> Self {
        Self { place: place.into(), text }
    }
}

impl From<&WaiverSource> for WireSource {
    fn from(source: &WaiverSource) -> Self {
        match source {
            WaiverSource::Declaration => Self::Declaration,
            WaiverSource::Directive => Self::Directive,
            WaiverSource::Record(id) => Self::Record(id.to_string()),
        }
    }
}

impl From<WireSource> for WaiverSource {
    fn from(wire: WireSource) -> Self {
        match wire {
            WireSource::Declaration => Self::Declaration,
            WireSource::Directive => Self::Directive,
            WireSource::Record(id) => Self::Record(id.into()),
        }
    }
}

impl From<&Waived> for WireWaived {
    fn from(waived: &Waived) -> Self {
        Self {
            because: waived.because.clone(),
            until: waived.until.as_ref().map(ToString::to_string),
            owner: waived.owner.as_ref().map(ToString::to_string),
            source: (&waived.source).into(),
            place: (&waived.place).into(),
        }
    }
}

impl From<WireWaived> for Waived {
    fn from(wire: WireWaived) -> Self {
        Self {
            because: wire.because,
            until: wire.until.map(Into::into),
            owner: wire.owner.map(Into::into),
            source: wire.source.into(),
            place: wire.place.into(),
        }
    }
}

impl From<&Fix> for WireFix {
    fn from(fix: &Fix) -> Self {
        Self {
            title: fix.title.clone(),
            is_unsafe: fix.safety == Safety::Unsafe,
            file: fix.file.as_str().to_owned(),
            edits: fix.edits.iter().map(|edit| (span_to_wire(edit.span), edit.text.clone())).collect(),
        }
    }
}

impl From<WireFix> for Fix {
    fn from(wire: WireFix) -> Self {
        let edit = |(span, text)| Edit { span: span_from_wire(span), text };
        Self {
            title: wire.title,
            safety: if wire.is_unsafe { Safety::Unsafe } else { Safety::Safe },
            file: FilePath::new(&wire.file),
            edits: wire.edits.into_iter().map(edit).collect(),
        }
    }
}

impl From<&Diagnostic> for WireDiagnostic {
    fn from(finding: &Diagnostic) -> Self {
        Self {
            code: finding.code.to_string(),
            level: finding.level as u8,
            message: finding.message.clone(),
            primary: (&finding.primary).into(),
            secondary: finding.secondary.iter().map(Into::into).collect(),
            notes: finding.notes.clone(),
            why: finding.why.clone(),
            help: finding.help.clone(),
            fix: finding.fix.as_ref().map(Into::into),
            undecided: finding.undecided,
            waived: finding.waived.as_ref().map(Into::into),
        }
    }
}

impl From<WireDiagnostic> for Diagnostic {
    fn from(wire: WireDiagnostic) -> Self {
        Self {
            code: wire.code.into(),
            level: [Level::Info, Level::Warning]
                .get(usize::from(wire.level))
                .copied()
                .unwrap_or(Level::Error),
            message: wire.message,
            primary: wire.primary.into(),
            secondary: wire.secondary.into_iter().map(Into::into).collect(),
            notes: wire.notes,
            why: wire.why,
            help: wire.help,
            fix: wire.fix.map(Into::into),
            undecided: wire.undecided,
            waived: wire.waived.map(Into::into),
            // A run says so of what it finds; what is kept is what it found.
            baselined: false,
        }
    }
}
