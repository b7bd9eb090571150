//! Long policies cost as much more as they are longer.

use std::collections::BTreeMap;
use std::time::Instant;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics};

/// Seconds that `text` takes, at best, and how many problems it has.
fn cost(text: &str) -> (f64, usize) {
    let mut best = f64::INFINITY;
    let mut n_problems = 0;
    for _ in 0..3 {
        let db = Database::default();
        let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.into() };
        let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
        let file = project.modules(&db)["acme.main"];
        let start = Instant::now();
        n_problems = diagnostics(&db, project, file).len();
        best = best.min(start.elapsed().as_secs_f64());
    }
    (best, n_problems)
}

/// Eight times the text takes less than thirty times as long; quadratic would be sixty-four.
fn is_about_linear(text: impl Fn(usize) -> String) -> bool {
    let (short, long) = (text(500), text(4000));
    cost(&long).0 < cost(&short).0 * 30.0
}

#[test]
fn many_problems_find_their_declarations_quickly() {
    let twice = |n: usize| "let a = 1\n".repeat(n);
    assert_eq!(cost(&twice(100)).1, 99 + 100, "declared twice, and nothing uses them");
    assert!(is_about_linear(twice));
    assert!(is_about_linear(|n| (0..n).map(|i| format!("let a{i} = 1\n")).collect()));
}

#[test]
fn a_long_chain_is_followed_once() {
    let rest = |i: usize| format!("let a{i} = a{} + 1\n", i - 1);
    let up = |n: usize| (1..n).map(rest).fold("let a0 = 1\n".to_owned(), |all, one| all + &one);
    let down = |n: usize| (1..n).rev().map(rest).collect::<String>() + "let a0 = 1\n";
    let round = |n: usize| format!("let a0 = a{}\n", n - 1) + &(1..n).map(rest).collect::<String>();
    assert_eq!(cost(&up(100)).1, 1, "nothing uses the last one");
    assert_eq!(cost(&down(5_000)).1, 1, "and no stack is deep enough for all at once");
    assert_eq!(cost(&round(100)).1, 1, "one circle, told once");
    assert!(is_about_linear(up));
    assert!(is_about_linear(down));
    assert!(is_about_linear(round));
}
