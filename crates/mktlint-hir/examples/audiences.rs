//! How long it takes to decide a thousand audiences of ten to thirty conditions, and to do so again after one edit.
//!
//! `cargo run --release -p mktlint-hir --example audiences`

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics};
use salsa::Setter as _;

const CONTACT: &str = "contact {\n  country: Country\n  language: Language\n  age: Int? in 0..=130\n  stage: Stage\n  \
    vip: Bool\n  opted: Bool?\n  last_order: Date?\n  signup: Date\n  spend: Money<EUR>\n  orders: Int in 0..=10_000\n  \
    score: Decimal?\n  email: String\n  tags: Set<String>\n  gender: Gender?\n  plan: Plan\n}\n\
    enum Gender { female, male, other }\nenum Plan { free, basic, plus, pro }\n\
    lifecycle Stage { lead -> customer -> lapsed -> customer }\nregion dach = [DE, AT, CH]\n";

/// Small and repeatable choices.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A condition on the attribute `at`.
fn atom(dice: &mut Dice, at: u64) -> String {
    let n = dice.roll(60);
    let countries = ["[DE, AT, CH]", "[US, CA]", "[FR, BE, LU]", "dach", "[GB, IE]"];
    match at % 14 {
        0 => format!("country in {}", countries[n as usize % 5]),
        1 => format!("language == {}", ["en", "de", "fr", "de-AT"][n as usize % 4]),
        2 => format!("age? >= {}", n + 18),
        3 => format!("gender? == {}", ["female", "male", "other"][n as usize % 3]),
        4 => format!("stage != {}", ["lead", "customer", "lapsed"][n as usize % 3]),
        5 => format!("last_order? older than {n} days"),
        6 => ["opted?", "not opted?"][n as usize % 2].to_owned(),
        7 => format!("spend > EUR {}", n * 10),
        8 => format!("orders in {n}..=5000"),
        9 => format!("(score or else 0) < {}.5", n + 9),
        10 => format!("not (tags has \"t{}\")", n % 20),
        11 => format!("signup before 20{:02}-01-01", 10 + n % 15),
        12 => format!("plan in [{}, pro]", ["free", "basic", "plus"][n as usize % 3]),
        _ => ["vip", "not vip"][n as usize % 2].to_owned(),
    }
}

/// A condition of ten to thirty atoms: groups of alternatives, joined.
fn condition(dice: &mut Dice, known: u64) -> String {
    let mut left = 10 + dice.roll(21);
    let mut parts: Vec<String> = Vec::new();
    if known > 0 && dice.roll(3) == 0 {
        parts.push(format!("group_{}", dice.roll(known)));
    }
    while left > 0 {
        let n = (2 + dice.roll(3)).min(left);
        let first = dice.roll(14);
        let alternatives: Vec<String> = (0..n).map(|at| atom(dice, first + at * 3)).collect();
        parts.push(format!("({})", alternatives.join(" or ")));
        left -= n;
    }
    parts.join("\n  and ")
}

/// Seconds that this thread has run, where the system tells: other programs do not count.
fn cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

fn policy(n: u64) -> String {
    let mut dice = Dice(7);
    let mut text = String::from(CONTACT);
    for at in 0..n {
        let _ = write!(text, "audience group_{at} =\n  {}\n", condition(&mut dice, at.min(50)));
    }
    for at in 0..30 {
        let _ = write!(text, "suppress out_{at} on email {{\n  who {}\n}}\n", atom(&mut dice, at));
    }
    for at in 0..50 {
        let _ = writeln!(text, "prove group_{at} disjoint from out_{}", at % 30);
    }
    text
}

fn main() {
    let text = policy(1_000);
    println!("{} lines, {} bytes", text.lines().count(), text.len());
    let mut db = Database::default();
    let source =
        Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.as_str().into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.main"];
    let (started, used) = (Instant::now(), cpu());
    let found = diagnostics(&db, project, file);
    println!("cold: {:.3} s CPU, {:?}, {} problems", cpu() - used, started.elapsed(), found.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    found.iter().for_each(|found| *counts.entry(&found.code).or_default() += 1);
    println!("{counts:?}");
    for _ in 0..3 {
        let edited =
            text.replacen("audience group_500 =\n  ", "audience group_500 =\n  age is known and ", 1);
        for text in [edited.as_str(), text.as_str()] {
            file.set_text(&mut db).to(text.into());
            let (started, used) = (Instant::now(), cpu());
            diagnostics(&db, project, file);
            println!("after an edit: {:.4} s CPU, {:?}", cpu() - used, started.elapsed());
        }
    }
}
