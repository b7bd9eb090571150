//! Cases that the laws found once, each as small as it can be.

use std::sync::Arc;

use jiff::civil::{DateTime, date};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Limits, Operand, Schema, Solver, Tag,
    Test, Value, Verdict,
};

fn now() -> DateTime {
    date(2026, 11, 22).at(9, 30, 0, 0)
}

fn schema(name: &str, domain: Domain) -> Schema {
    Schema { attributes: vec![Attribute { name: name.into(), domain, optional: false, of_contact: true }] }
}

fn test(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

fn is_nobody(schema: &Schema, formula: &Formula) -> Verdict {
    let none = Definitions::new();
    let mut solver = Solver::new(schema, &none, Limits::default());
    let people = solver.people(formula, now()).expect("small");
    solver.is_nobody(&people)
}

#[test]
fn two_items_do_not_fit_into_a_set_of_one() {
    let regions = schema("regions", Domain::SetOfNames { members: Arc::new([]), open: true });
    let one_of =
        |names: &[&str]| ItemTest::OneOf(names.iter().map(|name| Value::Name((*name).into())).collect());
    let any = |item| test("regions", Test::Any(item));
    let few = |most| test("regions", Test::Size(Comparison::AtMost, most));
    let both = |most| {
        let other = ItemTest::Not(Box::new(one_of(&["DE", "AT"])));
        Formula::And(vec![any(one_of(&["DE"])), any(other), few(most)])
    };
    assert_eq!(is_nobody(&regions, &both(1)), Verdict::Holds);
    assert!(matches!(is_nobody(&regions, &both(2)), Verdict::Fails(_)));
}

#[test]
fn nobody_is_certain_when_only_the_unknown_decides() {
    let vip = schema("vip", Domain::Bool);
    let odd = Formula::Opaque { key: "k".into(), why: "it is odd".into(), tag: Tag(0) };
    assert!(matches!(is_nobody(&vip, &odd), Verdict::Undecided(_)));
    assert_eq!(is_nobody(&vip, &Formula::And(vec![odd.clone(), not(odd)])), Verdict::Holds);
}

#[test]
fn a_person_in_many_sets_is_in_all_that_are_named() {
    let seen = schema("seen", Domain::DateTime);
    let compare = |comparison, day| {
        let at = Operand::Value(Value::DateTime(date(2026, 11, day).at(0, 0, 0, 0)));
        test("seen", Test::Compare(comparison, at))
    };
    let sets = [Formula::Const(true), compare(Comparison::Less, 1), compare(Comparison::AtLeast, 20)];
    let none = Definitions::new();
    let mut solver = Solver::new(&seen, &none, Limits::default());
    let people: Vec<_> = sets.iter().map(|set| solver.people(set, now()).expect("small")).collect();
    for k in 1..=2 {
        let overlap = solver.overlap(k, &people).expect("small").expect("somebody is in all but one");
        let contact = overlap.witness.contact(&seen);
        let own = (0..3).filter(|at| mktlint_decide::eval(&sets[*at], &none, &contact, now()) == Some(true));
        assert_eq!(own.collect::<Vec<_>>(), overlap.sets);
    }
    assert_eq!(solver.overlap(3, &people), Ok(None));
}
