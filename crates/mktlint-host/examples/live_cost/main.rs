//! What a kept workspace costs: opening, a key in a policy, a key in an asset, and memory.
//!
//! `cargo run --release -p mktlint-host --example live_cost`

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock and makes its files")]
#![allow(dead_code, reason = "the workspace is shared with the program that writes it")]

#[path = "../big_workspace/content.rs"]
mod content;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use mktlint_check::Judge;
use mktlint_diag::FilePath;
use mktlint_host::live::Live;
use mktlint_host::policy;
use mktlint_host::workspace::Workspace;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in content::files() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    let started = Instant::now();
    let mut live = Live::open(folder.path(), None, date(2026, 11, 22)).expect("a workspace");
    println!("open: {:?}", started.elapsed());
    let mut first = None;
    let started = Instant::now();
    let mut tell = |news: Vec<(FilePath, Vec<_>)>| {
        first.get_or_insert_with(|| (started.elapsed(), news.len()));
    };
    live.snapshot().work(&|| false, &mut tell).expect("nobody stops it");
    let found: usize = live.snapshot().all_findings().values().map(Vec::len).sum();
    println!("work: {:?}, first news {first:?}, {found} findings, {}", started.elapsed(), memory());
    stages(folder.path());
    let policy = folder.path().join(content::POLICY);
    keys(&mut live, &policy, &content::policy(), "match \"skin 42\"", "a policy");
    let (name, text) = content::asset(8);
    keys(&mut live, &folder.path().join(name), &text, "</h1>", "an asset of 50 KB");
    let (name, text) = content::asset(4);
    keys(&mut live, &folder.path().join(name), &text, "# Post 4", "another of 50 KB");
    println!("{}", memory());
}

/// What each step of compiling takes, cold.
fn stages(folder: &Path) {
    let workspace = Workspace::open(folder, Some(&folder.join("mktlint.toml"))).expect("a workspace");
    let sources = policy::read(&workspace).sources;
    let mut started = Instant::now();
    let mut lap = |what: &str| {
        println!("  {what}: {:?}", started.elapsed());
        started = Instant::now();
    };
    let compiled = policy::compile(&workspace, &sources, date(2026, 11, 22));
    lap("analysis");
    let program = compiled.program();
    lap("program");
    let plan = mktlint_plan::lower(&program);
    lap("plan");
    let bytes = mktlint_plan::file::to_bytes(&plan).len();
    lap("digest");
    std::hint::black_box(Judge::new(Arc::new(plan)));
    lap("judge");
    println!("  {bytes} bytes of plan");
}

/// Types behind `place`, one letter at a time, and asks for the findings after each.
fn keys(live: &mut Live, path: &Path, text: &str, place: &str, what: &str) {
    let at = text.find(place).expect("the place") + place.len() - 1;
    let file = live.file(path).expect("in the workspace");
    let mut costs: Vec<[Duration; 2]> = Vec::new();
    let mut typed = String::new();
    for letter in "abcdefghijklmnopqrstuvwxyz".chars().cycle().take(100) {
        typed.push(letter);
        let edited = format!("{}{typed}{}", &text[..at], &text[at..]);
        let started = Instant::now();
        live.set_text(path, edited.into());
        let set = started.elapsed();
        std::hint::black_box(live.snapshot().findings(&file));
        costs.push([set, started.elapsed()]);
    }
    let started = Instant::now();
    live.snapshot().work(&|| false, &mut |_| ()).expect("nobody stops it");
    let work = started.elapsed();
    let rank = |part: usize, percent: usize| {
        let mut sorted: Vec<Duration> = costs.iter().map(|cost| cost[part]).collect();
        sorted.sort();
        sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
    };
    println!(
        "a key in {what}: least {:?}, median {:?}, p99 {:?} (of it to tell: {:?}); the work behind: {work:?}, {}",
        rank(1, 0),
        rank(1, 50),
        rank(1, 99),
        rank(0, 50),
        memory()
    );
}

/// What the process holds, where the system says so.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| status.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    format!("{} {}", line("VmRSS"), line("VmHWM")).replace('\t', " ")
}
