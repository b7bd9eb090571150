//! Nothing in an asset or a finding breaks a report.

mod common;

use common::{Case, Files, nasty, place};
use mktlint_diag::{Diagnostic, Edit, Fix, Level, Safety, Waived, WaiverSource};
use mktlint_report::{Format, Options, fingerprints};
use mktlint_text::Span;
use proptest::prelude::*;

/// Whether a terminal or a reader could be deceived by `c`.
fn deceives(c: char) -> bool {
    c != '\n'
        && (c.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c))
}

#[test]
fn no_format_lets_a_control_character_through() {
    for format in Format::ALL {
        let out = nasty().write(format);
        assert_eq!(out.chars().find(|&c| deceives(c)), None, "{format}");
    }
}

#[test]
fn every_format_shows_every_finding() {
    let case = nasty();
    for format in Format::ALL {
        let out = case.write(format);
        let messages = [
            "nothing here",
            "far to the right",
            "three lines",
            "an escape",
            "wide",
            "markup",
            "past the end",
        ];
        for message in messages.into_iter().chain(["next", "cannot be shown"]) {
            assert!(out.contains(message), "{format} does not say `{message}`");
        }
    }
}

#[test]
fn lines_of_a_terminal_are_kept_short() {
    let out = nasty().write_with(Format::Pretty, Options { width: 60, ..Options::default() });
    let longest = out.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
    assert!(longest.chars().count() < 130, "{longest}");
}

#[test]
fn a_workflow_command_is_one_line_each() {
    let out = nasty().write(Format::Github);
    assert_eq!(out.lines().count(), nasty().findings.len());
    assert!(out.lines().all(|line| line.starts_with("::")), "{out}");
}

#[test]
fn html_and_xml_hold_no_markup_of_an_asset() {
    let html = nasty().write(Format::Html);
    assert!(!html.contains("</script>") && html.contains("&lt;/script&gt;"));
    assert!(!nasty().write(Format::Junit).contains("]]>"));
}

#[test]
fn a_comment_stays_within_what_a_platform_takes() {
    let message = "`a|b` ".repeat(200);
    let finding = Diagnostic::finding("r", Level::Error, place("a.md", 0, 1), message);
    let case = Case::new(Files::new([("a.md", "text")]), vec![finding; 500]);
    let out = case.write(Format::Markdown);
    assert!(out.len() < 65_536, "{} bytes", out.len());
    assert!(out.contains("\nand 4"), "{}", &out[out.len() - 300..]);
}

/// Seconds that all formats take for 1000 findings in 600 kB of `words`.
fn seconds(words: &str) -> f64 {
    let text = words.repeat(100_000);
    let finding =
        |n: u32| Diagnostic::finding("r", Level::Error, place("a.md", n * 600, n * 600 + 5), "no").label("x");
    let case = Case::new(Files::new([("a.md", text.as_str())]), (0..1000).map(finding).collect());
    let start = std::time::Instant::now();
    for format in Format::ALL {
        assert!(!case.write(format).is_empty());
    }
    start.elapsed().as_secs_f64()
}

#[test]
fn many_findings_on_one_huge_line_cost_no_more_than_on_many() {
    let (on_many, on_one) = (seconds("wörd\n"), seconds("wörd "));
    // One scan of the line for each finding makes this several hundred.
    assert!(on_one / on_many < 25.0, "{on_one} s against {on_many} s");
}

#[test]
fn a_moved_line_keeps_its_fingerprint() {
    let print = |text: &str| {
        let at = common::span(text, "Free  gift");
        let finding =
            Diagnostic::finding("r", Level::Error, mktlint_diag::Place::new("a.md".into(), at), "no");
        fingerprints(&[finding.clone(), finding], &Files::new([("a.md", text)]))
    };
    let before = print("A Free  gift.\n");
    assert_eq!(before, print("More above.\n\nA Free  gift.\n"));
    assert_ne!(before[0], before[1]);
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word ",
        "é",
        "日本",
        "😀",
        "e\u{301}",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u{1b}[2J",
        "\u{202e}",
        "\0",
        "`",
        "|",
        "<b>",
        "&",
        "]]>",
        "%",
        "::",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn spans() -> impl Strategy<Value = Span> {
    prop_oneof![
        8 => (0..300_u32, 0..300_u32).prop_map(|(start, end)| Span::new(start.min(end), end.max(start))),
        1 => any::<(u32, u32)>().prop_map(|(start, end)| Span::new(start, end)),
    ]
}

prop_compose! {
    fn findings()(
        message in texts(),
        places in prop::collection::vec((0..3_usize, spans(), texts()), 1..5),
        edits in prop::collection::vec((spans(), texts()), 0..4),
        marks in any::<(bool, bool)>(),
    ) -> Diagnostic {
        let file = |index: usize| ["a.md", "b\n.html", "gone"][index];
        let at = |index, span: Span| place(file(index), span.start(), span.end());
        let mut labels = places.into_iter();
        let (index, span, text) = labels.next().unwrap_or_default();
        let mut finding = Diagnostic::finding("r", Level::Info, at(index, span), message).label(text);
        for (index, span, text) in labels {
            finding = finding.also_at(at(index, span), text.clone()).note(text);
        }
        finding.undecided = marks.0;
        let because = finding.message.clone();
        let (owner, source) = (Some(because.as_str().into()), WaiverSource::Record(because.as_str().into()));
        finding.waived = marks.1.then(|| Waived { because, until: None, owner, source, place: at(index, span) });
        let edits: Vec<Edit> = edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
        finding.with_fix(Fix { title: "t".into(), safety: Safety::Safe, file: file(index).into(), edits })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn no_place_and_no_text_breaks_any_format(
        a in texts(),
        b in texts(),
        findings in prop::collection::vec(findings(), 0..4),
        width in 0..90_u16,
    ) {
        let case = Case::new(Files::new([("a.md", a.as_str()), ("b\n.html", b.as_str())]), findings);
        for format in Format::ALL {
            let out = case.write_with(format, Options { width, ..Options::default() });
            prop_assert!(!out.chars().any(deceives), "{}", format);
            prop_assert_eq!(&out, &case.write_with(format, Options { width, ..Options::default() }));
        }
        for format in [Format::Json, Format::Sarif, Format::Gitlab, Format::Rdjson] {
            let out = case.write(format);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "{}", out);
        }
    }
}
