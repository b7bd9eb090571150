//! How long a plan takes to lower, write and load: `cargo run --release -p mktlint-plan --example load -- 1000`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use mktlint_hir::{Database, Source, program};
use mktlint_plan::file::{from_bytes, to_bytes};
use mktlint_plan::{lower, verify};

/// `n` rules, of which every tenth has a condition and a message with values.
fn policy(n: usize) -> String {
    let mut text = String::new();
    for at in 0..n {
        let clauses = match at % 10 {
            0 => format!("require length(it) <= {at}\n  error \"{{length(it)}} of {at} characters\""),
            _ => format!("match \"phrase number {at}\"\n  error \"do not say {{match}}\""),
        };
        // Writing to a string cannot fail.
        let _ =
            writeln!(text, "rule r{at} on Email.subject {{\n  {clauses}\n  because \"source {at}\"\n}}\n");
    }
    text
}

fn timed<T>(what: &str, mut run: impl FnMut() -> T) -> T {
    let n = 50;
    let mut times = Vec::new();
    for _ in 0..n {
        let start = Instant::now();
        black_box(run());
        times.push(start.elapsed());
    }
    times.sort();
    println!("{what}: {:?} at best, {:?} in the middle", times[0], times[n / 2]);
    run()
}

fn main() {
    let n = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1000);
    let db = Database::default();
    let text = policy(n).into();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text };
    let project = db.project([source], jiff::civil::date(2026, 11, 22), BTreeMap::new());
    let program = program(&db, project);
    let plan = timed("lower", || lower(&program));
    let bytes = timed("write", || to_bytes(&plan));
    println!("{} rules, {} bytes", plan.rules.len(), bytes.len());
    timed("load", || from_bytes(&bytes).map(|plan| plan.rules.len()).ok());
    timed("verify", || verify(&plan).is_ok());
}
