//! Times the questions that a compiler asks, on made-up policies: `cargo run --release -p mktlint-decide --example measure`.
//!
//! `-- smt2 FOLDER` writes the equivalence questions as SMT-LIB for a solver to compare with.

#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::{DateTime, date};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Limits, Operand, People, Schema, Shift,
    Solver, Tag, Test, TextTest, Unit, Value, Verdict,
};
use smol_str::SmolStr;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, folder] = arguments.as_slice()
        && command == "smt2"
    {
        for (n, name, is_changed) in questions() {
            let (a, b) = rule_sets(n, is_changed);
            let path = format!("{folder}/{name}_{n}.smt2");
            std::fs::write(&path, smt2(&a, &b)).expect("the folder can be written");
        }
        return;
    }
    for (n, name, is_changed) in questions() {
        equivalence(n, name, is_changed);
    }
    audiences(1_000);
    println!("peak memory {}", peak());
}

/// Sizes of sets of rules, and whether the second differs in one condition.
fn questions() -> impl Iterator<Item = (usize, &'static str, bool)> {
    [200, 1_000, 5_000, 20_000].into_iter().flat_map(|n| [(n, "changed", true), (n, "same", false)])
}

/// Numbers that look random and are the same everywhere (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

fn now() -> DateTime {
    date(2026, 11, 22).at(9, 0, 0, 0)
}

fn members(prefix: &str, n: usize) -> Arc<[SmolStr]> {
    (0..n).map(|at| SmolStr::from(format!("{prefix}{at}"))).collect()
}

/// Twenty attributes, half of them optional.
fn schema() -> Schema {
    let listed = |prefix, n| Domain::Names { members: members(prefix, n), open: false };
    let number = |unit, most: Option<i64>, scale| Domain::Number {
        unit,
        least: Some(0.into()),
        most: most.map(Into::into),
        scale,
    };
    let day = || Domain::Date { least: None, most: None };
    let domains = [
        ("brand", listed("brand", 40)),
        ("country", listed("c", 200)),
        ("purpose", listed("purpose", 8)),
        ("stage", listed("stage", 6)),
        ("consent", listed("consent", 4)),
        ("age", number(Unit::Plain, Some(130), 0)),
        ("spend", number(Unit::Money("USD".into()), None, 2)),
        ("orders", number(Unit::Plain, None, 0)),
        ("last_order", day()),
        ("signup", day()),
        ("last_open", day()),
        ("member", Domain::Bool),
        ("employee", Domain::Bool),
        ("bounced", Domain::Bool),
        ("language", Domain::Names { members: members("l", 20), open: true }),
        ("email", Domain::Text),
        ("city", Domain::Text),
        ("tags", Domain::SetOfTexts),
        ("channel", listed("channel", 5)),
        ("score", number(Unit::Plain, Some(1_000), 0)),
    ];
    let attribute = |(at, (name, domain)): (usize, (&str, Domain))| Attribute {
        name: name.into(),
        domain,
        optional: at % 2 == 1,
        of_contact: true,
    };
    Schema { attributes: domains.into_iter().enumerate().map(attribute).collect() }
}

fn test(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}

fn one_of(attribute: &str, prefix: &str, of: usize, n: usize, random: &mut Random) -> Formula {
    let names = (0..n).map(|_| Value::Name(format!("{prefix}{}", random.below(of)).into()));
    test(attribute, Test::OneOf(names.collect()))
}

fn compare(attribute: &str, comparison: Comparison, number: usize) -> Formula {
    let number = Operand::Value(Value::Number((number as u64).into()));
    test(attribute, Test::Compare(comparison, number))
}

fn ago(attribute: &str, comparison: Comparison, days: usize) -> Formula {
    let shift = Shift { days: -(days as i32), ..Shift::default() };
    test(attribute, Test::Compare(comparison, Operand::FromNow(shift)))
}

/// A condition such as audiences have.
fn condition(random: &mut Random) -> Formula {
    use Comparison::{AtLeast, AtMost, Less};
    let text = |word: String| Operand::Value(Value::Text(word.into()));
    match random.below(16) {
        0 => one_of("country", "c", 200, 1 + random.below(30), random),
        1 => one_of("stage", "stage", 6, 1 + random.below(3), random),
        2 => one_of("consent", "consent", 4, 1 + random.below(2), random),
        3 => one_of("brand", "brand", 40, 1 + random.below(5), random),
        4 => compare("age", AtLeast, 16 + random.below(50)),
        5 => compare("age", Less, 18 + random.below(60)),
        6 => compare("spend", AtLeast, 10 * random.below(100)),
        7 => compare("orders", AtLeast, random.below(20)),
        8 => ago("last_order", Less, 30 * (1 + random.below(12))),
        9 => Formula::And(vec![
            ago("last_open", AtLeast, 7 * (1 + random.below(12))),
            ago("last_open", AtMost, 0),
        ]),
        10 => test("member", Test::True),
        11 => one_of("language", "l", 20, 1 + random.below(4), random),
        12 => test(
            "tags",
            Test::Any(ItemTest::OneOf(vec![Value::Text(format!("t{}", random.below(30)).into())])),
        ),
        13 => test("email", Test::Text(TextTest::EndsWith, format!("@d{}.example", random.below(5)).into())),
        14 => test("city", Test::Compare(Comparison::Equal, text(format!("city{}", random.below(50))))),
        _ => compare("score", AtLeast, random.below(900)),
    }
}

/// An audience of 10 to 30 conditions: alternatives and exceptions around a few that must all hold.
fn audience(random: &mut Random) -> Formula {
    let n = 10 + random.below(21);
    let mut left = n;
    let mut parts = Vec::new();
    while left > 0 {
        let take = (1 + random.below(4)).min(left);
        left -= take;
        let some: Vec<Formula> = (0..take).map(|_| condition(random)).collect();
        parts.push(match random.below(3) {
            0 if take > 1 => Formula::Not(Box::new(Formula::And(some))),
            _ => Formula::Or(some),
        });
    }
    Formula::And(parts)
}

/// One of many suppressions: who must not get what in one market.
fn rule(at: usize, random: &mut Random) -> Formula {
    let market = test("country", Test::OneOf(vec![Value::Name(format!("c{}", at % 200).into())]));
    let brand = one_of("brand", "brand", 40, 1 + random.below(2), random);
    let purpose = one_of("purpose", "purpose", 8, 1 + random.below(3), random);
    let person = match random.below(5) {
        0 => ago("last_order", Comparison::AtLeast, 1 + random.below(30)),
        1 => compare("age", Comparison::Less, 13 + random.below(9)),
        2 => Formula::Not(Box::new(one_of("consent", "consent", 4, 1, random))),
        3 => compare("spend", Comparison::Less, 10 * random.below(20)),
        _ => test("bounced", Test::True),
    };
    Formula::And(vec![market, brand, purpose, person])
}

/// Two sets of rules of which the second is shuffled and each rule turned around; when it `is_changed`, one condition of
/// one rule differs.
fn rule_sets(n: usize, is_changed: bool) -> (Formula, Formula) {
    let mut random = Random(n as u64);
    let rules: Vec<Formula> = (0..n).map(|at| rule(at, &mut random)).collect();
    let mut other: Vec<Formula> = rules
        .iter()
        .map(|rule| match rule {
            Formula::And(parts) => Formula::And(parts.iter().rev().cloned().collect()),
            other => other.clone(),
        })
        .collect();
    if is_changed && let Some(Formula::And(parts)) = other.get_mut(n / 2) {
        parts[0] = compare("orders", Comparison::AtLeast, 3);
    }
    for at in (1..n).rev() {
        other.swap(at, random.below(at + 1));
    }
    (Formula::Or(rules), Formula::Or(other))
}

/// Time that this thread has had on a processor: the machine may do other things. Wall time where the system does not
/// say.
struct Clock(f64, Instant);

impl Clock {
    fn start() -> Self {
        Self(Self::now().unwrap_or(0.0), Instant::now())
    }

    fn now() -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
        Some(nanoseconds / 1e6)
    }

    /// In milliseconds.
    fn elapsed(&self) -> f64 {
        Self::now().map_or_else(|| self.wall(), |now| now - self.0)
    }

    /// In milliseconds, with the time that the machine did other things.
    fn wall(&self) -> f64 {
        self.1.elapsed().as_secs_f64() * 1_000.0
    }
}

fn equivalence(n: usize, name: &str, is_changed: bool) {
    let (schema, none) = (schema(), Definitions::new());
    let (a, b) = rule_sets(n, is_changed);
    let mut found = String::new();
    // The clock of a thread may stand still between two beats of the system, so short ones are asked often.
    let times = 20_000 / n;
    let start = Clock::start();
    for _ in 0..times {
        let mut solver = Solver::new(&schema, &none, Limits::default());
        let sets = [&a, &b].map(|formula| solver.people(formula, now()));
        found = match sets {
            [Ok(a), Ok(b)] => match solver.is_equivalent(&a, &b) {
                Verdict::Fails(witness) => witness.show(&schema, now()),
                other => format!("{other:?}"),
            },
            _ => "too complex".to_owned(),
        };
    }
    let time = start.elapsed() / times as f64;
    println!("two sets of {n} rules, {name}: {time:.1} ms; {found}");
}

fn audiences(n: usize) {
    let (schema, none) = (schema(), Definitions::new());
    let mut random = Random(7);
    let formulas: Vec<Formula> = (0..n).map(|_| audience(&mut random)).collect();
    let mut solver = Solver::new(&schema, &none, Limits::default());
    let start = Clock::start();
    let sets: Vec<People> =
        formulas.iter().filter_map(|formula| solver.people(formula, now()).ok()).collect();
    println!("{n} audiences, {} decided: {:.1} ms", sets.len(), start.elapsed());
    let start = Clock::start();
    let apart: usize = formulas
        .iter()
        .filter(|formula| Solver::new(&schema, &none, Limits::default()).people(formula, now()).is_ok())
        .count();
    println!("the same, a solver each: {:.1} ms ({apart})", start.elapsed());
    let start = Clock::start();
    let empty = sets.iter().filter(|set| solver.is_nobody(set) == Verdict::Holds).count();
    println!("which are empty: {:.1} ms ({empty})", start.elapsed());
    let start = Clock::start();
    let matrix = solver.matrix(&sets);
    let count = |wanted| matrix.overlaps.iter().filter(|found| **found == wanted).count();
    println!(
        "all {} pairs: {:.1} ms, {:.1} ms by the clock on the wall ({} overlap, {} do not, {} cannot be said)",
        matrix.overlaps.len(),
        start.elapsed(),
        start.wall(),
        count(Some(true)),
        count(Some(false)),
        count(None)
    );
    let start = Clock::start();
    let subsets = sets.iter().take(100).flat_map(|a| sets.iter().take(100).map(move |b| (a, b)));
    let subsets = subsets.filter(|(a, b)| solver.is_subset(a, b) == Verdict::Holds).count();
    println!("10 000 times, is one part of the other, with a person: {:.1} ms ({subsets})", start.elapsed());
    let start = Clock::start();
    let idle: usize = formulas.iter().map(|formula| solver.idle(formula, now()).len()).sum();
    println!("conditions that change nothing in {n} audiences: {:.1} ms ({idle})", start.elapsed());
    let start = Clock::start();
    let idle = |formula| Solver::new(&schema, &none, Limits::default()).idle(formula, now()).len();
    let idle: usize = formulas.iter().map(idle).sum();
    println!("the same, a solver each: {:.1} ms ({idle})", start.elapsed());
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

/// The question whether two formulas differ, with integers; a missing value is a Boolean beside the attribute.
fn smt2(a: &Formula, b: &Formula) -> String {
    let mut text = String::from("(set-logic QF_LIA)\n");
    for attribute in schema().attributes {
        let name = attribute.name;
        let _ = writeln!(text, "(declare-const {name} Int)\n(declare-const {name}.known Bool)");
        if !attribute.optional {
            let _ = writeln!(text, "(assert {name}.known)");
        }
        match attribute.domain {
            Domain::Names { members, .. } => {
                let _ = writeln!(text, "(assert (and (<= 0 {name}) (< {name} {})))", members.len());
            }
            Domain::Bool => {
                let _ = writeln!(text, "(assert (and (<= 0 {name}) (<= {name} 1)))");
            }
            Domain::Number { .. } => {
                let _ = writeln!(text, "(assert (<= 0 {name}))");
            }
            _ => {}
        }
    }
    let _ = writeln!(text, "(assert (xor {} {}))\n(check-sat)\n(get-model)", smt(a), smt(b));
    text
}

fn smt(formula: &Formula) -> String {
    let all = |word: &str, parts: &[Formula]| {
        format!("({word} {})", parts.iter().map(smt).collect::<Vec<_>>().join(" "))
    };
    match formula {
        Formula::And(parts) => all("and", parts),
        Formula::Or(parts) => all("or", parts),
        Formula::Not(inner) => format!("(not {})", smt(inner)),
        Formula::Test { attribute, test, .. } => {
            format!("(and {attribute}.known {})", smt_test(attribute, test))
        }
        other => format!("{other:?}"),
    }
}

fn smt_test(name: &str, test: &Test) -> String {
    let sign = |comparison: &Comparison| match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal | Comparison::NotEqual => "=",
    };
    let number = |value: &Value| match value {
        Value::Name(name) => name.trim_start_matches(|char: char| char.is_ascii_alphabetic()).to_owned(),
        Value::Number(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    match test {
        Test::True => format!("(= {name} 1)"),
        Test::OneOf(values) => {
            let each: Vec<String> =
                values.iter().map(|value| format!("(= {name} {})", number(value))).collect();
            format!("(or {})", each.join(" "))
        }
        Test::Compare(comparison, Operand::Value(value)) => {
            format!("({} {name} {})", sign(comparison), number(value))
        }
        Test::Compare(comparison, Operand::FromNow(shift)) => {
            format!("({} {name} (- {}))", sign(comparison), shift.days.abs())
        }
        other => format!("{other:?}"),
    }
}
