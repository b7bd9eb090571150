//! Findings as editors show them.

use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};

use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Message,
};
use mktlint_diag::{self as diag, Level, Place};

use super::Lines;

/// What stands for our name in the list of problems.
pub const SOURCE: &str = "mktlint";

/// `found` in the text `lines`; `locate` tells where its other places are, and leaves out those that no editor can
/// open.
///
/// One that is waived or in the baseline is shown as a hint, faded: it is there for who looks, and in nobody's way.
pub fn diagnostic(
    found: &diag::Diagnostic,
    lines: &Lines,
    locate: &dyn Fn(&Place) -> Option<Location>,
) -> Diagnostic {
    let related: Vec<DiagnosticRelatedInformation> = found
        .secondary
        .iter()
        .filter_map(|label| {
            let location = locate(&label.place)?;
            Some(DiagnosticRelatedInformation { location, message: label.text.clone() })
        })
        .collect();
    let tags = is_faded(found).then(|| vec![DiagnosticTag::Unnecessary]);
    Diagnostic {
        range: lines.range(found.primary.place.span),
        severity: Some(severity(found)),
        code: Some(Code::String(found.code.to_string())),
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: Message::String(message(found)),
        tags,
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// Names a list of diagnostics, so that a client can say which it has.
pub fn digest(diagnostics: &[Diagnostic]) -> String {
    let mut hash = rustc_hash::FxHasher::default();
    // The types of the protocol know no hash of their own.
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hash);
    format!("{:016x}", hash.finish())
}

fn severity(found: &diag::Diagnostic) -> DiagnosticSeverity {
    match found.level {
        _ if !found.counts() => DiagnosticSeverity::Hint,
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Info => DiagnosticSeverity::Information,
    }
}

/// What nobody would miss: findings that do not count, and declarations that nothing uses.
fn is_faded(found: &diag::Diagnostic) -> bool {
    let unused = || mktlint_hir::codes::CODES.iter().find(|code| code.slug == "unused-declaration");
    !found.counts() || unused().is_some_and(|code| found.code == code.id)
}

/// Everything that the command prints around the words: editors have one text for all of it.
///
/// Of a finding that does not count, why comes first: it is what makes the rest harmless.
fn message(found: &diag::Diagnostic) -> String {
    let waived = found.waived.as_ref().map(|waived| {
        let until = waived.until.as_ref().map_or(String::new(), |until| format!(" until {until}"));
        format!("waived{until}: {}\n", waived.because)
    });
    let held = found.baselined.then(|| "in the baseline\n".to_owned());
    let mut text = waived.or(held).unwrap_or_default() + &found.message;
    let mut line = |what: &str, words: &str| {
        let _ = write!(text, "\n{what}: {words}");
    };
    if !found.primary.text.is_empty() && !found.message.contains(&found.primary.text) {
        line("here", &found.primary.text);
    }
    for note in &found.notes {
        line("note", note);
    }
    if let Some(why) = &found.why {
        line("why", why);
    }
    for help in &found.help {
        line("help", help);
    }
    text
}

#[cfg(test)]
mod tests {
    use mktlint_text::Span;

    use super::*;
    use crate::convert::Encoding;

    fn found() -> diag::Diagnostic {
        let place = |start, end| Place::new("a.md".into(), Span::new(start, end));
        diag::Diagnostic::finding("acme.no_free", Level::Error, place(4, 8), "no `free` here")
            .also_at(place(0, 3), "required here")
            .note("seen once")
            .help("write `included`")
    }

    fn shown(found: &diag::Diagnostic) -> Diagnostic {
        let lines = Lines::new("is\n😀free".into(), Encoding::Utf16);
        let locate = |place: &Place| {
            let uri = gen_lsp_types::Uri::parse("file:///a.md").ok()?;
            Some(Location { uri, range: lines.range(place.span) })
        };
        diagnostic(found, &lines, &locate)
    }

    #[test]
    fn everything_that_the_command_prints_is_there() {
        let shown = shown(&found());
        assert_eq!(shown.severity, Some(DiagnosticSeverity::Error));
        let words = "no `free` here\nnote: seen once\nhelp: write `included`";
        assert_eq!(shown.message, Message::String(words.into()));
        let related = shown.related_information.expect("a second place");
        assert_eq!(related[0].message, "required here");
        assert_eq!(shown.tags, None);
    }

    #[test]
    fn what_is_waived_is_a_faded_hint() {
        let waived = diag::Waived {
            because: "legal agreed".into(),
            until: Some("2027-01-31".into()),
            owner: None,
            source: diag::WaiverSource::Directive,
            place: Place::new("a.md".into(), Span::at(0)),
        };
        let shown = shown(&diag::Diagnostic { waived: Some(waived), ..found() });
        assert_eq!(shown.severity, Some(DiagnosticSeverity::Hint));
        assert_eq!(shown.tags, Some(vec![DiagnosticTag::Unnecessary]));
        let Message::String(words) = shown.message else { panic!("plain words") };
        assert!(words.starts_with("waived until 2027-01-31: legal agreed\nno `free` here"), "{words}");
    }

    #[test]
    fn what_was_there_before_is_a_faded_hint() {
        let shown = shown(&diag::Diagnostic { baselined: true, ..found() });
        assert_eq!(shown.severity, Some(DiagnosticSeverity::Hint));
        assert_eq!(shown.tags, Some(vec![DiagnosticTag::Unnecessary]));
        let Message::String(words) = shown.message else { panic!("plain words") };
        assert!(words.starts_with("in the baseline\nno `free` here"), "{words}");
    }
}
