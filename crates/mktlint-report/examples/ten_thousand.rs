//! Times `pretty` on ten thousand findings: `cargo run --release -p mktlint-report --example ten_thousand`.
//!
//! Each finding has a second label, in a policy. On one core of a busy server, without colour:
//!
//! | text | seconds |
//! |---|---|
//! | 10 000 lines of 60 columns | 0.27 |
//! | 10 000 lines of 600 columns | 0.21 |
//! | 1 000 000 lines of 60 columns | 0.24 |
//! | one line of 6 MB | 0.21 |
//! | 100 000 lines above one long line | 0.30 |
//!
//! In the last, most findings are shown without their line: each needs 100 000 lines above a window of its own.

use std::sync::Arc;
use std::time::Instant;

use mktlint_diag::{Diagnostic, FilePath, Level, Place};
use mktlint_report::{Format, Options, Report, Sources, Summary, write};
use mktlint_text::Span;

const N: usize = 10_000;
const POLICY: &str = "claim free {\n  needs disclosure terms\n}\n";

struct Files(Arc<str>);

impl Sources for Files {
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        Some(if &**file == "policy.mkt" { POLICY.into() } else { self.0.clone() })
    }
}

/// Findings on the five bytes at each of `offsets` in `text`.
fn time(name: &str, text: String, offsets: impl Iterator<Item = usize>) {
    let finding = |at: usize| {
        let place = Place::new("a.md".into(), Span::of(at..at + 5));
        let needs = Place::new("policy.mkt".into(), Span::of(15..37));
        let finding = Diagnostic::finding("acme.free", Level::Error, place, "`free` needs its terms");
        finding.label("this claim").also_at(needs, "required here").help("add the terms")
    };
    let findings: Vec<Diagnostic> = offsets.map(finding).collect();
    let sources = Files(text.into());
    let summary = Summary::default();
    let report = Report {
        findings: &findings,
        rules: &[],
        summary: &summary,
        sources: &sources,
        options: Options::default(),
    };
    let start = Instant::now();
    let mut out = Vec::new();
    write(Format::Pretty, &report, &mut out).expect("a vector takes everything");
    println!("{name}: {:.2} s, {} bytes", start.elapsed().as_secs_f64(), out.len());
}

/// `n` lines of `width` bytes with their break.
fn lines(n: usize, width: usize) -> String {
    format!("{}\n", "word ".repeat(width / 5 - 1) + "four").repeat(n)
}

fn main() {
    let spread = |step: usize| (0..N).map(move |n| n * step + step / 2);
    time("10 000 lines of 60 columns", lines(N, 60), spread(60));
    time("10 000 lines of 600 columns", lines(N, 600), spread(600));
    time("1 000 000 lines of 60 columns", lines(100 * N, 60), spread(6000));
    time("one line of 6 MB", "word ".repeat(120 * N), spread(600));
    let above = lines(10 * N, 60);
    let at = above.len();
    let below = "word ".repeat(120 * N);
    time("100 000 lines above one long line", above + &below, spread(600).map(|n| at + n));
}
