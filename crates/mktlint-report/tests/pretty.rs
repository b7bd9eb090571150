//! How labels are laid out for a terminal.

mod common;

use common::{Case, Files, span};
use insta::assert_snapshot;
use mktlint_diag::{Diagnostic, Level, Place};
use mktlint_report::{Format, Options};
use mktlint_text::Span;

/// `text` with a finding labelled at each of the given words.
fn labelled(text: &str, labels: &[(&str, &str)], options: Options) -> String {
    let at = |words: &str| Place::new("a.md".into(), span(text, words));
    let ((first, says), others) = labels.split_first().expect("a test labels something");
    let mut finding = Diagnostic::finding("r", Level::Error, at(first), "no").label(*says);
    for (words, says) in others {
        finding = finding.also_at(at(words), *says);
    }
    shown(text, finding, options)
}

fn shown(text: &str, finding: Diagnostic, options: Options) -> String {
    let options = Options { show_summary: false, ..options };
    Case::new(Files::new([("a.md", text)]), vec![finding]).write_with(Format::Pretty, options)
}

#[test]
fn no_label_crosses_the_words_of_another() {
    let out = labelled("buy one get two", &[("one", "first"), ("two", "second")], Options::default());
    assert_snapshot!(out, @r##"
    error[r]: no
       ╭─[ a.md:1:5 ]
       │
     1 │ buy one get two
       │     ─┬─     ─┬─
       │      │       ╰─── second
       │      │
       │      ╰─────────── first
    ───╯
    "##);
}

#[test]
fn two_labels_at_one_place_both_speak() {
    let out = labelled("buy one", &[("one", "first"), ("one", "second")], Options::default());
    assert_snapshot!(out, @r##"
    error[r]: no
       ╭─[ a.md:1:5 ]
       │
     1 │ buy one
       │     ─┬─
       │      ╰─── first
       │      │
       │      ╰─── second
    ───╯
    "##);
}

#[test]
fn a_label_over_a_few_lines_is_bracketed() {
    let out = labelled("a\n\tb c\r\nd\ne f\n", &[("b c\r\nd\ne", "this"), ("f", "that")], Options::default());
    assert_snapshot!(out, @r##"
    error[r]: no
       ╭─[ a.md:2:2 ]
       │
     2 │ ╭─▶     b c
       ┆ ┆
     4 │ ├─▶ e f
       │ │     ┬
       │ │     ╰─── that
       │ │
       │ ╰───────── this
    ───╯
    "##);
}

#[test]
fn a_label_over_many_lines_is_shown_on_its_first() {
    let text = format!("ab\n{}z", "c\n".repeat(12));
    let finding = |end| {
        let place = Place::new("a.md".into(), Span::new(1, end));
        Diagnostic::finding("r", Level::Error, place, "no").label("this")
    };
    let out = shown(&text, finding(27), Options::default());
    assert_snapshot!(out, @r##"
    error[r]: no
       ╭─[ a.md:1:2 ]
       │
     1 │ ab
       │  ┬
       │  ╰── this
    ───╯
    "##);
    let out = shown(&text, finding(24), Options::default());
    assert!(out.contains("12 │ ├─▶ c\n"), "{out}");
}

#[test]
fn places_far_apart_get_a_frame_each_with_the_primary_one_first() {
    let text = format!("é defined{}\nused", "\n".repeat(5000));
    let out = labelled(&text, &[("used", "this"), ("defined", "by that")], Options::default());
    assert_snapshot!(out, @r##"
    error[r]: no
          ╭─[ a.md:5002:1 ]
          │
     5002 │ used
          │ ──┬─
          │   ╰─── this
          │
          ├─[ a.md:1:3 ]
          │
        1 │ é defined
          │   ───┬───
          │      ╰───── by that
    ──────╯
    "##);
}

#[test]
fn a_second_file_is_measured_in_its_own_characters() {
    let (one, two) = ("x", "ééééé ü\nöö here");
    let finding = Diagnostic::finding("r", Level::Info, Place::new("a".into(), Span::new(0, 1)), "no")
        .also_at(Place::new("b".into(), span(two, "here")), "there");
    let out = Case::new(Files::new([("a", one), ("b", two)]), vec![finding]).write(Format::Pretty);
    assert_snapshot!(out, @r##"
    info[r]: no
       ╭─[ a:1:1 ]
       │
     1 │ x
       │ ┬
       │ ╰── here
       │
       ├─[ b:2:4 ]
       │
     2 │ öö here
       │    ──┬─
       │      ╰─── there
    ───╯

    2 assets judged: 1 info; 1 rule in force
    "##);
}

#[test]
fn words_far_apart_on_a_long_line_get_a_window_each() {
    let text = format!("\n\nAA{}BB\n", "-".repeat(400));
    let out = labelled(&text, &[("AA", "one"), ("BB", "two")], Options { width: 40, ..Options::default() });
    assert_snapshot!(out, @r##"
    error[r]: no
       ╭─[ a.md:3:1 ]
       │
     3 │ AA--------------------------…
       │ ─┬
       │  ╰── one
       │
       ├─[ a.md:3:403 ]
       │
     3 │ …----------BB
       │            ─┬
       │             ╰── two
    ───╯
    "##);
}

#[test]
fn findings_that_cut_a_line_differently_keep_its_number() {
    let text = format!("\n\nAA{}BB\n", "-".repeat(400));
    let at = |words| Diagnostic::finding("r", Level::Error, Place::new("a".into(), span(&text, words)), "no");
    let case = Case::new(Files::new([("a", text.as_str())]), vec![at("AA"), at("BB")]);
    let out = case.write_with(Format::Pretty, Options { width: 40, ..Options::default() });
    assert_eq!(out.matches("\n 3 │ ").count(), 2, "{out}");
    assert!(out.contains("[ a:3:1 ]") && out.contains("[ a:3:403 ]"), "{out}");
}

#[test]
fn nothing_is_left_when_no_text_can_be_shown_but_words() {
    let finding =
        Diagnostic::finding("r", Level::Error, common::place("gone.md", 3, 9), "no").note("so it is");
    assert_snapshot!(shown("", finding, Options::default()), @r##"
    error[r]: no
      gone.md: (there is no text to show)
      note: so it is
    "##);
}

#[test]
fn colours_follow_the_level() {
    let painted = |level, code: &str| {
        let finding = Diagnostic::finding("r", level, Place::new("a.md".into(), Span::new(0, 1)), "no");
        let out = shown("x", finding, Options { color: true, ..Options::default() });
        assert!(out.contains(&format!("\u{1b}[{code}mx\u{1b}[0m")), "{out:?}");
    };
    painted(Level::Error, "31");
    painted(Level::Warning, "33");
    painted(Level::Info, "36");
}
