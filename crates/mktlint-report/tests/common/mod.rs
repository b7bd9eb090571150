//! Reports that several tests show.

#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mktlint_diag::{Diagnostic, Edit, FilePath, Fix, Level, Place, Safety, Waived, WaiverSource};
use mktlint_report::{Format, Options, Report, RuleInfo, Sources, Summary, write};
use mktlint_text::Span;

/// Files by name.
pub struct Files(pub BTreeMap<FilePath, Arc<str>>);

impl Files {
    pub fn new<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.into(), text.into())).collect())
    }
}

impl Sources for Files {
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        self.0.get(file).cloned()
    }
}

/// What a test reports on.
pub struct Case {
    pub files: Files,
    pub findings: Vec<Diagnostic>,
    pub rules: Vec<RuleInfo>,
    pub summary: Summary,
}

impl Case {
    pub fn new(files: Files, findings: Vec<Diagnostic>) -> Self {
        let summary = Summary { n_assets: 2, n_rules: 1, tool_version: "0.1.0".into(), ..Summary::default() };
        Self { files, findings, rules: Vec::new(), summary }
    }

    pub fn write(&self, format: Format) -> String {
        self.write_with(format, Options::default())
    }

    pub fn write_with(&self, format: Format, options: Options) -> String {
        let Self { files, findings, rules, summary } = self;
        let report = Report { findings, rules, summary, sources: files, options };
        let mut out = Vec::new();
        write(format, &report, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("every format is UTF-8")
    }
}

/// The bytes of `words` in `text`.
pub fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).expect("the words are in the text");
    Span::of(at..at + words.len())
}

pub fn place(file: &str, start: u32, end: u32) -> Place {
    Place::new(file.into(), Span::new(start, end))
}

const PAGE: &str = "<h1>Serum</h1>\n<p>Our serum is clinically proven to work.</p>\n";
const POLICY: &str = "claim clinically_proven {\n  needs disclosure study_note within 2 paragraphs\n}\n";
const MAIL: &str = "Subject: Re: our offer\n";

/// One error with everything on it, one undecided and one waived finding: as a small campaign gives them.
pub fn small() -> Case {
    let files = [("email.html", PAGE), ("policy/claims.mkt", POLICY), ("promo.eml", MAIL)];
    let rule = "acme.claims.clinically_proven";
    let mut case = Case::new(Files::new(files), vec![unproven(rule), unknown_region(), waived_reply()]);
    case.rules = vec![RuleInfo {
        id: rule.into(),
        level: Level::Error,
        title: "a claim needs its disclosure".into(),
        help: "# Clinically proven\n\nSay which study.".into(),
        why: Some("FTC substantiation doctrine".into()),
        source: Some(Place::new("policy/claims.mkt".into(), span(POLICY, "clinically_proven"))),
        tags: vec!["claims".into()],
    }];
    case.summary.notes = vec!["3 `cap` declarations were not judged yet".into()];
    case.summary.elapsed = Some(Duration::from_millis(20));
    case
}

fn unproven(rule: &str) -> Diagnostic {
    let claim = Place::new("email.html".into(), span(PAGE, "clinically proven"));
    let needs = Place::new(
        "policy/claims.mkt".into(),
        span(POLICY, "needs disclosure study_note within 2 paragraphs"),
    );
    let message = "`clinically proven` needs its study note within 2 paragraphs";
    let mut finding = Diagnostic::finding(rule, Level::Error, claim, message)
        .label("this claim")
        .also_at(needs, "required here")
        .note("the nearest disclosure is 4 paragraphs away")
        .help("add \"Based on a study.\" after this paragraph");
    finding.why = Some("FTC substantiation doctrine".into());
    let end = span(PAGE, "</p>\n").end();
    let edits = vec![Edit { span: Span::at(end), text: "<p>Based on a study.</p>\n".into() }];
    finding.with_fix(Fix {
        title: "add the note".into(),
        safety: Safety::Safe,
        file: "email.html".into(),
        edits,
    })
}

fn unknown_region() -> Diagnostic {
    let mut finding = Diagnostic::finding(
        "acme.us_only",
        Level::Warning,
        place("email.html", 0, 0),
        "cannot tell where this is sent: `regions` is missing",
    );
    finding.undecided = true;
    finding
}

fn waived_reply() -> Diagnostic {
    let mail = Place::new("promo.eml".into(), span(MAIL, "Re: "));
    let mut finding =
        Diagnostic::finding("std.us.can_spam.no_fake_reply", Level::Error, mail, "`Re: ` on a new message");
    let because = "it does answer".into();
    let (until, owner) = (Some("2027-01-31".into()), Some("brand".into()));
    let (source, place) = (WaiverSource::Declaration, place("policy/claims.mkt", 0, 5));
    finding.waived = Some(Waived { because, until, owner, source, place });
    let edits = vec![Edit { span: span(MAIL, "Re: "), text: String::new() }];
    finding.with_fix(Fix {
        title: "remove `Re: `".into(),
        safety: Safety::Unsafe,
        file: "promo.eml".into(),
        edits,
    })
}

/// Every kind of place and text that breaks reports.
pub fn nasty() -> Case {
    let long = format!("<td>{}guaranteed{}</td>\n", "é<b>x</b>".repeat(4000), "<i>日本</i>".repeat(4000));
    let text = "one\r\ntwo \u{1b}[31mred\u{1b}[0m \u{202e}evil\r\n\tthree 日本語 four\r\n]]>|`</script>\r\n";
    let files = Files::new([("long.html", long.as_str()), ("nasty.md", text), ("empty.txt", "")]);
    let at = |file: &str, span, message: &str| {
        Diagnostic::finding("a.b", Level::Warning, Place::new(file.into(), span), message)
    };
    let mut waived =
        at("nasty.md", Span::at(5), "::error::x, 50% |`<b>`| @all #1 \u{7f}\r\nnext").note("a\nb\n");
    waived.waived = Some(Waived {
        because: "\"<&>\"\u{0}".into(),
        until: None,
        owner: None,
        source: WaiverSource::Directive,
        place: place("nasty.md", 900, 10),
    });
    let mut undecided = at("nowhere.md", Span::new(3, 9), "cannot be shown")
        .label("here")
        .also_at(place("nasty.md", 2, 40), "over lines");
    undecided.undecided = true;
    let edits = vec![Edit { span: span(&long, "guaranteed"), text: "likely \u{1b}".into() }];
    let fix =
        Fix { title: "soften \u{202e}".into(), safety: Safety::Unsafe, file: "long.html".into(), edits };
    let findings = vec![
        at("empty.txt", Span::at(0), "nothing here"),
        at("long.html", span(&long, "guaranteed"), "far to the right").label("this").with_fix(fix),
        at("nasty.md", Span::new(1, 60), "three lines").label("all of it"),
        at("nasty.md", span(text, "\u{1b}[31mred"), "an escape"),
        at("nasty.md", span(text, "日本語"), "wide").label("wide"),
        at("nasty.md", span(text, "]]>|`</script>"), "markup ]]> </script>").label("`"),
        at("nasty.md", Span::new(4_000_000_000, u32::MAX), "past the end"),
        waived,
        undecided,
    ];
    Case::new(files, findings)
}

/// One warning with nothing on it but a fix.
pub fn tiny() -> Case {
    let text = "Get it for free now";
    let at = Place::new("ad.txt".into(), span(text, "free"));
    let edits = vec![Edit { span: span(text, "for free "), text: String::new() }];
    let title = "drop it".into();
    let fix = Fix { title, safety: Safety::Safe, file: "ad.txt".into(), edits };
    let finding = Diagnostic::finding("acme.free", Level::Warning, at, "`free` is not free").with_fix(fix);
    Case::new(Files::new([("ad.txt", text)]), vec![finding])
}
