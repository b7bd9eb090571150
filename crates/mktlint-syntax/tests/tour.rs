//! The tour of the language, whole and damaged.

mod common;

use std::collections::BTreeSet;

use common::{TOUR, check, n_problems};
use mktlint_syntax::{chunks, dump, format, parse_file};

#[test]
fn the_tour_has_no_problem() {
    assert_eq!(check(TOUR).lines().filter(|line| line.starts_with('!')).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(parse_file(TOUR).declarations.len(), 32);
}

#[test]
fn formatting_the_tour_keeps_its_trees_and_settles() {
    let once = format(TOUR).text;
    assert_eq!(check(&once), check(TOUR));
    assert_eq!(format(&once).text, once);
}

#[test]
fn windows_line_ends_change_nothing() {
    let windows = TOUR.replace('\n', "\r\n");
    assert_eq!(check(&windows), check(TOUR));
    assert_eq!(format(&windows).text, format(TOUR).text.replace('\n', "\r\n"));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let marked = format!("\u{FEFF}{TOUR}");
    assert_eq!(check(&marked), check(TOUR));
    assert_eq!(format(&marked).text, format(TOUR).text);
}

#[test]
fn indentation_is_free() {
    let unindented: String = TOUR.lines().flat_map(|line| [line.trim_start(), "\n"]).collect();
    assert_eq!(n_problems(&unindented), 0);
    let indented: String = TOUR.lines().flat_map(|line| ["    ", line, "\n"]).collect();
    assert_eq!(check(&indented), check(TOUR));
}

/// The trees of all declarations without a problem.
fn sound(text: &str) -> BTreeSet<String> {
    let parsed = parse_file(text).declarations;
    let sound = parsed.iter().filter(|(_, parse)| parse.problems.is_empty());
    sound.filter_map(|(_, parse)| parse.declaration.as_ref().map(dump)).collect()
}

/// Copies of the tour with one bracket or quote too few or too many, each with the number of the chunk at fault.
fn damaged() -> impl Iterator<Item = (usize, String)> {
    let chunks = chunks(TOUR);
    let home = move |at: usize| chunks.iter().rposition(|it| it.offset as usize <= at).unwrap_or(0);
    let marks = TOUR.match_indices(['(', ')', '[', ']', '{', '}', '"']);
    let home_of = home.clone();
    let lost = marks.clone().map(move |(at, _)| (home_of(at), [&TOUR[..at], &TOUR[at + 1..]].concat()));
    let home_of = home.clone();
    let doubled = marks.map(move |(at, mark)| (home_of(at), [&TOUR[..at], mark, &TOUR[at..]].concat()));
    let words = TOUR.match_indices(' ').step_by(5);
    let added = words.flat_map(move |(at, _)| {
        let home = home(at);
        ["(", ")", "[", "]", "{", "}", "\""].map(|mark| (home, [&TOUR[..at], mark, &TOUR[at..]].concat()))
    });
    lost.chain(doubled).chain(added)
}

/// What a person needs to see of a failure: the problems, and the lines that differ from the tour.
fn around(text: &str) -> String {
    let problems = check(text).lines().filter(|line| line.starts_with('!')).collect::<Vec<_>>().join("\n");
    let lines =
        text.lines().filter(|line| !TOUR.lines().any(|it| it == *line)).collect::<Vec<_>>().join("\n");
    format!("{lines}\n{problems}")
}

#[test]
fn one_bracket_or_quote_costs_at_most_two_errors_and_its_own_declaration() {
    let whole: Vec<String> = parse_file(TOUR)
        .declarations
        .iter()
        .filter_map(|(_, it)| it.declaration.as_ref().map(dump))
        .collect();
    let (mut copies, mut lost_elsewhere) = (0, 0);
    for (home, text) in damaged() {
        let found = n_problems(&text);
        assert!(found <= 2, "{found} problems in:\n{}", around(&text));
        let sound = sound(&text);
        let lost =
            whole.iter().enumerate().filter(|(at, tree)| *at != home && !sound.contains(*tree)).count();
        assert!(lost <= 1, "{lost} other declarations lost in:\n{}", around(&text));
        lost_elsewhere += lost;
        copies += 1;
    }
    assert!(copies > 1_000, "only {copies} copies");
    assert!(lost_elsewhere * 100 <= copies, "{lost_elsewhere} declarations lost in {copies} copies");
}

#[test]
fn a_file_that_is_cut_off_has_at_most_two_errors() {
    for (at, _) in TOUR.char_indices() {
        let found = n_problems(&TOUR[..at]);
        assert!(found <= 2, "{found} problems when cut at {at}:\n{}", check(&TOUR[..at]));
    }
}

#[test]
fn formatting_damaged_copies_settles() {
    for (_, text) in damaged().step_by(7) {
        let once = format(&text).text;
        assert_eq!(format(&once).text, once, "from:\n{}", around(&text));
    }
}
