//! Formulas made to be hard: each question ends soon, with an answer or with "too complex".

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::{DateTime, date};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Limits, Operand, People, Schema, Shift,
    Solver, Tag, Test, TextTest, Undecided, UndecidedKind, Unit, Value, Verdict, eval, show_formula,
};
use rust_decimal::Decimal;

/// Far more than any of these takes, on a slow machine that does other things too.
const SOON: Duration = Duration::from_secs(10);

fn now() -> DateTime {
    date(2026, 11, 22).at(9, 30, 0, 0)
}

fn soon<T>(question: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let answer = question();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    answer
}

fn schema(n: usize, domain: &Domain, optional: bool) -> Schema {
    let attribute =
        |at| Attribute { name: format!("x{at}").into(), domain: domain.clone(), optional, of_contact: true };
    Schema { attributes: (0..n).map(attribute).collect() }
}

fn test(at: usize, test: Test) -> Formula {
    Formula::Test { attribute: format!("x{at}").into(), test, tag: Tag(at as u32) }
}

fn compare(at: usize, comparison: Comparison, number: i64) -> Formula {
    test(at, Test::Compare(comparison, Operand::Value(Value::Number(number.into()))))
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

fn whole(least: Option<i64>, most: Option<i64>) -> Domain {
    Domain::Number {
        unit: Unit::Plain,
        least: least.map(Decimal::from),
        most: most.map(Decimal::from),
        scale: 0,
    }
}

fn named(name: impl Into<smol_str::SmolStr>) -> Formula {
    Formula::Named { name: name.into(), tag: Tag(0) }
}

/// A tenth of the default: what it takes to see that a limit ends the work.
const LOW: Limits = Limits { nodes: 20_000 };

/// Asks with the default limits.
fn ask<T>(
    schema: &Schema,
    definitions: &Definitions,
    formula: &Formula,
    question: impl FnOnce(&mut Solver<'_>, Result<People, Undecided>) -> T,
) -> T {
    soon(|| {
        let mut solver = Solver::new(schema, definitions, Limits::default());
        let people = solver.people(formula, now());
        question(&mut solver, people)
    })
}

fn is_too_complex(found: Result<People, Undecided>) {
    assert_eq!(found.map_err(|undecided| undecided.kind).err(), Some(UndecidedKind::TooComplex));
}

fn nobody(solver: &mut Solver<'_>, people: Result<People, Undecided>) {
    assert_eq!(solver.is_nobody(&people.expect("small")), Verdict::Holds);
}

fn somebody(solver: &mut Solver<'_>, people: Result<People, Undecided>) {
    assert!(matches!(solver.is_nobody(&people.expect("small")), Verdict::Fails(_)));
}

/// `a` or `b`, not both, without writing either twice.
fn parity_definitions(n: usize) -> Definitions {
    let mut definitions = Definitions::new();
    definitions.insert("p0".into(), Arc::new(test(0, Test::True)));
    for at in 1..n {
        let (a, b) = (named(format!("p{}", at - 1)), test(at, Test::True));
        let differs =
            Formula::Or(vec![Formula::And(vec![a.clone(), not(b.clone())]), Formula::And(vec![not(a), b])]);
        definitions.insert(format!("p{at}").into(), Arc::new(differs));
    }
    definitions
}

#[test]
fn parity_of_forty_attributes_is_no_problem_of_its_own() {
    let (schema, definitions) = (schema(40, &Domain::Bool, true), parity_definitions(40));
    ask(&schema, &definitions, &named("p39"), |solver, people| {
        let people = people.expect("two nodes for each attribute");
        let Verdict::Fails(witness) = solver.is_nobody(&people) else { panic!("somebody is odd") };
        let contact = witness.contact(&schema);
        assert_eq!(eval(&named("p39"), &definitions, &contact, now()), Some(true));
        let even = solver.not(&people).expect("small");
        assert_eq!(solver.is_disjoint(&people, &even), Verdict::Holds);
    });
}

#[test]
fn a_parity_of_parts_of_a_text_ends() {
    let schema = schema(1, &Domain::Text, true);
    let mut definitions = Definitions::new();
    let part = |at: usize| test(0, Test::Text(TextTest::Contains, format!("w{at}y").into()));
    definitions.insert("p0".into(), Arc::new(part(0)));
    for at in 1..40 {
        let (a, b) = (named(format!("p{}", at - 1)), part(at));
        let differs =
            Formula::Or(vec![Formula::And(vec![a.clone(), not(b.clone())]), Formula::And(vec![not(a), b])]);
        definitions.insert(format!("p{at}").into(), Arc::new(differs));
    }
    ask(&schema, &definitions, &named("p39"), |solver, people| {
        if let Ok(people) = people {
            let verdict = solver.is_nobody(&people);
            assert!(!matches!(verdict, Verdict::Holds), "a text with one of the words is there");
        }
    });
}

/// Pairs that stand far apart in the order of attributes: every diagram of this has 2^30 nodes.
#[test]
fn what_no_diagram_can_hold_is_too_complex() {
    let schema = schema(60, &Domain::Bool, false);
    let same = |at: usize| {
        let (a, b) = (test(at, Test::True), test(at + 30, Test::True));
        Formula::Or(vec![Formula::And(vec![a.clone(), b.clone()]), Formula::And(vec![not(a), not(b)])])
    };
    let formula = Formula::And((0..30).map(same).collect());
    ask(&schema, &Definitions::new(), &formula, |_, people| is_too_complex(people));
    soon(|| {
        let none = Definitions::new();
        let mut solver = Solver::new(&schema, &none, LOW);
        is_too_complex(solver.people(&formula, now()));
        assert!(solver.people(&test(0, Test::True), now()).is_ok(), "the solver goes on after it gave up");
        assert_eq!(solver.blame(&formula, now()), []);
        assert_eq!(solver.idle(&formula, now()), []);
        assert_eq!(solver.repair(&formula, &test(0, Test::True), now()), None);
    });
}

#[test]
fn questions_about_many_large_sets_end() {
    let schema = schema(60, &Domain::Bool, false);
    let pair = |at: usize| Formula::And(vec![test(at, Test::True), test(at + 30, Test::True)]);
    soon(|| {
        let none = Definitions::new();
        let mut solver = Solver::new(&schema, &none, LOW);
        let sets: Vec<People> = (0..30).map(|at| solver.people(&pair(at), now()).expect("small")).collect();
        let _ = solver.classes(&sets);
        let all = solver.overlap(30, &sets).expect("everybody who has all sixty");
        assert_eq!(all.map(|overlap| overlap.sets.len()), Some(30));
        assert!(solver.matrix(&sets).overlaps.iter().all(|found| *found == Some(true)));
        let _ = solver.is_cover(&sets[..29], &sets[29]);
    });
}

#[test]
fn two_hundred_attributes() {
    let schema = schema(200, &whole(Some(0), Some(100)), true);
    let grown = (0..200).map(|at| compare(at, Comparison::AtLeast, at as i64 % 90));
    let formula = Formula::And(grown.collect());
    ask(&schema, &Definitions::new(), &formula, |solver, people| {
        let people = people.expect("a chain");
        let Verdict::Fails(witness) = solver.is_nobody(&people) else { panic!("somebody is in it") };
        assert_eq!(witness.values.len(), 200);
        assert_eq!(eval(&formula, &Definitions::new(), &witness.contact(&schema), now()), Some(true));
        assert!(solver.describe(&people, 3).is_none_or(|conditions| conditions.len() == 1));
    });
    let young = Test::Compare(Comparison::Less, Operand::Value(Value::Number(5.into())));
    let young = Formula::Test { attribute: "x100".into(), test: young, tag: Tag(1_000) };
    let contradiction = Formula::And(vec![formula, young]);
    ask(&schema, &Definitions::new(), &contradiction, |solver, people| {
        nobody(solver, people);
        assert_eq!(solver.blame(&contradiction, now()).len(), 2);
    });
}

#[test]
fn five_thousand_clauses() {
    let schema = schema(20, &whole(None, None), true);
    let clause = |at: usize| {
        let low = at as i64 * 7 % 10_000;
        Formula::And(vec![
            compare(at % 20, Comparison::AtLeast, low),
            compare(at % 20, Comparison::AtMost, low + 2),
        ])
    };
    let formula = Formula::Or((0..5_000).map(clause).collect());
    ask(&schema, &Definitions::new(), &formula, |solver, people| {
        let people = people.expect("twenty attributes");
        assert!(matches!(solver.is_nobody(&people), Verdict::Fails(_)));
        assert!(matches!(solver.is_everyone(&people), Verdict::Fails(_)));
        assert_eq!(solver.describe(&people, 50), None);
    });
    let outside = Formula::And((0..5_000).map(|at| not(clause(at))).collect());
    ask(&schema, &Definitions::new(), &outside, |solver, people| {
        let people = people.expect("twenty attributes");
        assert!(matches!(solver.is_nobody(&people), Verdict::Fails(_)));
        let _ = solver.idle(&outside, now());
    });
}

#[test]
fn five_thousand_words() {
    let schema = schema(1, &Domain::Names { members: Arc::new([]), open: true }, false);
    let word = |at: usize| Test::OneOf(vec![Value::Name(format!("w{at}").into())]);
    let formula = Formula::And((0..5_000).map(|at| not(test(0, word(at)))).collect());
    ask(&schema, &Definitions::new(), &formula, somebody);
}

/// A formula of 20 000 levels is dropped level by level by its own type, so it is made of definitions.
#[test]
fn a_chain_of_definitions() {
    let schema = schema(2, &Domain::Bool, false);
    let mut definitions = Definitions::new();
    definitions.insert("d0".into(), Arc::new(test(0, Test::True)));
    for at in 1..20_000 {
        let before = named(format!("d{}", at - 1));
        let both = Formula::And(vec![before.clone(), Formula::Or(vec![before, test(1, Test::True)])]);
        definitions.insert(format!("d{at}").into(), Arc::new(both));
    }
    let last = named("d19999");
    ask(&schema, &definitions, &last, |solver, people| {
        let people = people.expect("it is `x0`");
        assert_eq!(people, solver.people(&test(0, Test::True), now()).expect("small"));
        let _ = solver.blame(&last, now());
        let contact = [("x0".into(), Value::Bool(true)), ("x1".into(), Value::Bool(true))].into();
        assert!(!solver.reasons(&last, &contact, now()).is_empty());
    });
}

#[test]
fn deep_nesting() {
    let schema = schema(3, &Domain::Bool, true);
    let deep = (0..450).fold(test(0, Test::True), |inner, at| match at % 3 {
        0 => not(inner),
        1 => Formula::And(vec![inner, test(1, Test::Known)]),
        _ => Formula::Or(vec![test(2, Test::True), inner]),
    });
    ask(&schema, &Definitions::new(), &deep, |solver, people| {
        let people = people.expect("three attributes");
        let _ = (solver.is_everyone(&people), solver.idle(&deep, now()), solver.blame(&deep, now()));
        assert!(show_formula(&deep, &schema, &Definitions::new()).len() < 100_000);
    });
}

#[test]
fn definitions_that_need_themselves_or_are_not_there() {
    let schema = schema(1, &Domain::Bool, false);
    let mut definitions = Definitions::new();
    definitions.insert("a".into(), Arc::new(Formula::Or(vec![test(0, Test::True), named("b")])));
    definitions.insert("b".into(), Arc::new(not(named("a"))));
    ask(&schema, &definitions, &named("a"), |_, people| is_too_complex(people));
    ask(&schema, &definitions, &named("nowhere"), |solver, people| {
        if let Ok(people) = people {
            assert!(matches!(solver.is_nobody(&people), Verdict::Undecided(_)));
        }
    });
}

#[test]
fn ranges_that_contradict_and_constants_beyond_the_domain() {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    let schema = schema(1, &whole(Some(0), Some(130)), false);
    let none = Definitions::new();
    let both = |a, b| Formula::And(vec![a, b]);
    ask(&schema, &none, &both(compare(0, Greater, 17), compare(0, Less, 18)), nobody);
    ask(&schema, &none, &both(compare(0, AtLeast, 20), compare(0, AtMost, 10)), nobody);
    ask(&schema, &none, &compare(0, Greater, 130), nobody);
    ask(&schema, &none, &compare(0, Equal, -1), nobody);
    ask(&schema, &none, &not(compare(0, NotEqual, 131)), nobody);
    ask(&schema, &none, &compare(0, AtLeast, 130), somebody);
    for huge in [Decimal::MAX, Decimal::MIN] {
        let test = test(0, Test::Compare(Equal, Operand::Value(Value::Number(huge))));
        ask(&schema, &none, &test, nobody);
    }
}

#[test]
fn the_ends_of_numbers_and_calendars() {
    let number = Domain::Number { unit: Unit::Plain, least: None, most: None, scale: 28 };
    let none = Definitions::new();
    for value in [Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)] {
        for comparison in [Comparison::Less, Comparison::Greater, Comparison::Equal] {
            let formula = test(0, Test::Compare(comparison, Operand::Value(Value::Number(value))));
            // Whether there is a greater number than the greatest is not asked; that it ends is.
            ask(&schema(1, &number, false), &none, &formula, |solver, people| {
                people.map(|people| solver.is_nobody(&people)).is_ok()
            });
        }
    }
    let all = Shift { months: i32::MAX, days: i32::MAX, seconds: i64::MAX };
    for domain in [Domain::DateTime, Domain::Date { least: None, most: None }] {
        for shift in [all, Shift { months: i32::MIN, days: i32::MIN, seconds: i64::MIN }] {
            let formula = test(0, Test::Compare(Comparison::AtLeast, Operand::FromNow(shift)));
            ask(&schema(1, &domain, false), &none, &formula, somebody);
        }
    }
    let formula = Formula::Difference {
        left: "x0".into(),
        right: "x1".into(),
        comparison: Comparison::Greater,
        gap: Decimal::MAX,
        tag: Tag(0),
    };
    ask(&schema(2, &Domain::DateTime, false), &none, &formula, nobody);
}

#[test]
fn a_domain_without_values_has_nobody() {
    let empty = [
        whole(Some(5), Some(4)),
        Domain::Names { members: Arc::new([]), open: false },
        Domain::Date { least: Some(date(2026, 2, 1)), most: Some(date(2026, 1, 1)) },
    ];
    for domain in empty {
        ask(&schema(1, &domain, false), &Definitions::new(), &test(0, Test::Known), nobody);
        ask(&schema(1, &domain, true), &Definitions::new(), &test(0, Test::Known), nobody);
        ask(&schema(1, &domain, true), &Definitions::new(), &not(test(0, Test::Known)), somebody);
    }
}

#[test]
fn many_differences_in_a_ring() {
    let n = 40;
    let schema = schema(n, &whole(None, None), false);
    let less = |left: usize, right: usize| Formula::Difference {
        left: format!("x{left}").into(),
        right: format!("x{right}").into(),
        comparison: Comparison::Less,
        gap: Decimal::ZERO,
        tag: Tag(left as u32),
    };
    let none = Definitions::new();
    let chain: Vec<Formula> = (1..n).map(|at| less(at - 1, at)).collect();
    ask(&schema, &none, &Formula::And(chain.clone()), somebody);
    let ring = Formula::And(chain.into_iter().chain([less(n - 1, 0)]).collect());
    ask(&schema, &none, &ring, nobody);
    let all = Formula::And((0..12).flat_map(|a| (0..12).map(move |b| not(less(a, b)))).collect());
    ask(&schema, &none, &all, somebody);
}

/// Which of many pairs is the earlier one: more orders than anyone can try.
#[test]
fn differences_that_need_a_search_end() {
    let schema = schema(14, &whole(None, None), false);
    let less = |left: usize, right: usize| Formula::Difference {
        left: format!("x{left}").into(),
        right: format!("x{right}").into(),
        comparison: Comparison::Less,
        gap: Decimal::ZERO,
        tag: Tag((left * 100 + right) as u32),
    };
    let pairs = (0..14_usize).flat_map(|a| (0..a).map(move |b| (a, b)));
    // Of any three that follow in some order one comes before the other two, and nobody is the first of all.
    let clauses =
        pairs.map(|(a, b)| Formula::Or(vec![less(a, b), less(b, (a + b) % 14), less((a * b) % 14, a)]));
    let formula = Formula::And(clauses.collect());
    ask(&schema, &Definitions::new(), &formula, |solver, people| {
        if let Ok(people) = people {
            let _ = solver.is_nobody(&people);
        }
    });
}

#[test]
fn sets_with_many_kinds_of_items_end() {
    let schema = schema(1, &Domain::SetOfTexts, true);
    let has = |at: usize| test(0, Test::Any(ItemTest::Text(TextTest::Contains, format!("w{at}").into())));
    let none_of = |at: usize| {
        let like = |kind, at: usize| ItemTest::Text(kind, format!("w{at}").into());
        let both =
            vec![like(TextTest::StartsWith, at), ItemTest::Not(Box::new(like(TextTest::EndsWith, at + 1)))];
        not(test(0, Test::Any(ItemTest::And(both))))
    };
    let few = test(0, Test::Size(Comparison::AtMost, 3));
    let formula = Formula::And((0..25).map(has).chain((0..25).map(none_of)).chain([few]).collect());
    ask(&schema, &Definitions::new(), &formula, |solver, people| {
        if let Ok(people) = people {
            let _ = solver.is_nobody(&people);
        }
    });
}

#[test]
fn patterns_that_need_long_texts_end() {
    let schema = schema(1, &Domain::Text, false);
    let like = |pattern: String| test(0, Test::Text(TextTest::Glob, pattern.into()));
    let none = Definitions::new();
    let long = like("?".repeat(3_000));
    let longer = like(format!("{}*", "?".repeat(3_001)));
    ask(&schema, &none, &Formula::And(vec![long.clone(), longer]), |solver, people| {
        if let Ok(people) = people {
            assert!(!matches!(solver.is_nobody(&people), Verdict::Fails(_)));
        }
    });
    let stars = like("*a".repeat(400));
    ask(&schema, &none, &Formula::And(vec![stars, not(like("*b*".into()))]), |solver, people| {
        if let Ok(people) = people {
            assert!(!matches!(solver.is_nobody(&people), Verdict::Holds));
        }
    });
    let words: Vec<Formula> = (0..40).map(|at| like(format!("*{at}?{at}*{at}*"))).collect();
    ask(&schema, &none, &Formula::And(words), |solver, people| {
        if let Ok(people) = people {
            assert!(!matches!(solver.is_nobody(&people), Verdict::Holds));
        }
    });
}
