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

const CONTACT: &str = "enum Plan { free, basic, plus, pro }\nlifecycle Stage { lead -> customer -> lapsed -> customer }\n\
    region dach = [DE, AT, CH]\ncontact {\n";

/// Attributes of the contact: five of each type.
const ATTRIBUTES: u64 = 60;

/// The type of the attribute `at`.
fn ty(at: u64) -> &'static str {
    [
        "Country",
        "Language",
        "Int? in 0..=130",
        "Plan?",
        "Stage",
        "Date?",
        "Bool?",
        "Money<EUR>",
        "Int in 0..=10_000",
        "Decimal?",
        "Set<String>",
        "Date",
    ][at as usize % 12]
}

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
    match at % 12 {
        0 => format!("a{at} in {}", countries[n as usize % 5]),
        1 => format!("a{at} == {}", ["en", "de", "fr", "de-AT"][n as usize % 4]),
        2 => format!("a{at}? >= {}", n + 18),
        3 => format!("a{at}? in [{}, pro]", ["free", "basic", "plus"][n as usize % 3]),
        4 => format!("a{at} != {}", ["lead", "customer", "lapsed"][n as usize % 3]),
        5 => format!("a{at}? older than {n} days"),
        6 => format!("not a{at}?"),
        7 => format!("a{at} > EUR {}", n * 10),
        8 => format!("a{at} in {n}..=5000"),
        9 => format!("(a{at} or else 0) < {}.5", n + 9),
        10 => format!("not (a{at} has \"t{}\")", n % 20),
        _ => format!("a{at} before 20{:02}-01-01", 10 + n % 15),
    }
}

/// A condition of ten to thirty atoms, joined; one in four is a group of alternatives. Sometimes another audience.
fn condition(dice: &mut Dice, known: u64) -> String {
    let mut left = 10 + dice.roll(21);
    let mut parts: Vec<String> = Vec::new();
    if known > 0 && dice.roll(3) == 0 {
        parts.push(format!("group_{}", dice.roll(known)));
    }
    let mut at = dice.roll(ATTRIBUTES);
    while left > 0 {
        let n = if dice.roll(4) > 0 { 1 } else { (2 + dice.roll(3)).min(left) };
        let alternatives: Vec<String> = (0..n)
            .map(|_| {
                at = (at + 7) % ATTRIBUTES;
                atom(dice, at)
            })
            .collect();
        parts.push(if n == 1 { alternatives.concat() } else { format!("({})", alternatives.join(" or ")) });
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
    (0..ATTRIBUTES).for_each(|at| text.push_str(&format!("  a{at}: {}\n", ty(at))));
    text.push_str("}\n");
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
        let edited = text.replacen("audience group_500 =\n  ", "audience group_500 =\n  a2 is known and ", 1);
        for text in [edited.as_str(), text.as_str()] {
            file.set_text(&mut db).to(text.into());
            let (started, used) = (Instant::now(), cpu());
            diagnostics(&db, project, file);
            println!("after an edit: {:.4} s CPU, {:?}", cpu() - used, started.elapsed());
        }
    }
}
