//! Questions with answers worked out by hand.

use std::sync::Arc;

use jiff::civil::{DateTime, date};

use super::*;
use crate::Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
use crate::{
    Attribute, Comparison, Domain, Formula, ItemTest, Operand, Shift, Tag, Test, TextTest, Unit, Value, eval,
    show_formula,
};

fn now() -> DateTime {
    date(2026, 11, 22).at(9, 0, 0, 0)
}

fn attribute(name: &str, domain: Domain, optional: bool) -> Attribute {
    Attribute { name: name.into(), domain, optional, of_contact: true }
}

fn names(members: &[&str], open: bool) -> Domain {
    Domain::Names { members: members.iter().map(|name| SmolStr::from(*name)).collect(), open }
}

fn whole(least: i64, most: i64) -> Domain {
    Domain::Number { unit: Unit::Plain, least: Some(least.into()), most: Some(most.into()), scale: 0 }
}

fn day() -> Domain {
    Domain::Date { least: None, most: None }
}

fn schema() -> Schema {
    let money = Domain::Number { unit: Unit::Money("USD".into()), least: None, most: None, scale: 2 };
    Schema {
        attributes: vec![
            attribute("stage", names(&["lead", "customer", "lapsed"], false), false),
            attribute("country", names(&["AT", "DE", "FR", "US"], false), false),
            attribute("age", whole(0, 130), true),
            attribute("member", Domain::Bool, false),
            attribute("spend", money, false),
            attribute("signup", day(), false),
            attribute("last_order", day(), true),
            attribute("email", Domain::Text, true),
            attribute("language", names(&["de", "en"], true), false),
            attribute("tags", Domain::SetOfTexts, false),
            attribute(
                "interests",
                Domain::SetOfNames { members: ["a", "b"].map(SmolStr::from).into(), open: false },
                true,
            ),
        ],
    }
}

fn test(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}

fn tagged(formula: Formula, n: u32) -> Formula {
    match formula {
        Formula::Test { attribute, test, .. } => Formula::Test { attribute, test, tag: Tag(n) },
        other => other,
    }
}

fn is(attribute: &str, name: &str) -> Formula {
    test(attribute, Test::OneOf(vec![Value::Name(name.into())]))
}

fn compare(attribute: &str, comparison: Comparison, number: i64) -> Formula {
    test(attribute, Test::Compare(comparison, Operand::Value(Value::Number(number.into()))))
}

fn ago(attribute: &str, comparison: Comparison, days: i32) -> Formula {
    test(attribute, Test::Compare(comparison, Operand::FromNow(Shift { days: -days, ..Shift::default() })))
}

fn within(attribute: &str, days: i32) -> Formula {
    all([ago(attribute, AtLeast, days), ago(attribute, AtMost, 0)])
}

fn like(attribute: &str, kind: TextTest, part: &str) -> Formula {
    test(attribute, Test::Text(kind, part.into()))
}

fn has(attribute: &str, item: &str) -> Formula {
    test(attribute, Test::Any(ItemTest::OneOf(vec![Value::Text(item.into())])))
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

fn all<const N: usize>(parts: [Formula; N]) -> Formula {
    Formula::And(parts.into())
}

fn any<const N: usize>(parts: [Formula; N]) -> Formula {
    Formula::Or(parts.into())
}

fn opaque(key: &str) -> Formula {
    Formula::Opaque { key: key.into(), why: format!("{key} is odd").into(), tag: Tag(7) }
}

fn named(name: &str) -> Formula {
    Formula::Named { name: name.into(), tag: Tag(9) }
}

/// Somebody of `formula`, as shown; checked by the plain evaluator.
fn somebody(formula: &Formula) -> Option<String> {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let people = solver.people(formula, now()).expect("simple");
    match solver.is_nobody(&people) {
        Verdict::Holds => None,
        Verdict::Fails(witness) => {
            let contact = witness.contact(&schema);
            assert_eq!(eval(formula, &definitions, &contact, now()), Some(true), "{contact:?}");
            assert!(contact.iter().all(|(name, value)| {
                schema.find(name).is_some_and(|attribute| attribute.domain.holds(value))
            }));
            Some(witness.show(&schema, now()))
        }
        Verdict::Undecided(undecided) => panic!("{undecided:?}"),
    }
}

#[track_caller]
fn check(formula: Formula, expected: &str) {
    assert_eq!(somebody(&formula).as_deref(), Some(expected));
}

#[track_caller]
fn check_nobody(formula: Formula) {
    assert_eq!(somebody(&formula), None);
}

#[test]
fn examples_show_what_matters_near_the_boundary() {
    check(all([is("stage", "lapsed"), within("last_order", 7)]), "{ stage: lapsed, last_order: 3 days ago }");
    check(compare("age", Less, 18), "{ age: 17 }");
    check(not(compare("age", AtLeast, 18)), "{ age: 17 }");
    check(compare("spend", Greater, 500), "{ spend: USD 600 }");
    check(not(test("age", Test::Known)), "{ age: missing }");
    check(any([is("stage", "lapsed"), not(is("stage", "lapsed"))]), "{}");
    check(
        test("language", Test::Compare(NotEqual, Operand::Value(Value::Name("en".into())))),
        "{ language: de }",
    );
}

#[test]
fn contradictions_leave_nobody() {
    check_nobody(all([is("stage", "lapsed"), is("stage", "lead")]));
    check_nobody(all([compare("age", Greater, 40), compare("age", Less, 41)]));
    check_nobody(compare("age", Greater, 130));
    check_nobody(is("stage", "nobody_is"));
    check_nobody(all([test("member", Test::True), not(test("member", Test::True))]));
    check_nobody(all([not(test("age", Test::Known)), compare("age", NotEqual, 3)]));
}

#[test]
fn texts_are_judged_together() {
    let is_address =
        |address: &str| test("email", Test::Compare(Equal, Operand::Value(Value::Text(address.into()))));
    check(like("email", TextTest::EndsWith, "@acme.com"), "{ email: \"example@acme.com\" }");
    check_nobody(all([is_address("ana@acme.com"), not(like("email", TextTest::EndsWith, "@ACME.com"))]));
    check_nobody(all([like("email", TextTest::StartsWith, "ab"), like("email", TextTest::StartsWith, "ac")]));
    check_nobody(all([not(test("email", Test::Known)), like("email", TextTest::Contains, "a")]));
    check(not(like("email", TextTest::Contains, "a")), "{ email: missing }");
    check(all([is_address("x@y.z"), like("email", TextTest::Glob, "?@*")]), "{ email: \"x@y.z\" }");
}

#[test]
fn sets_have_items_and_sizes() {
    let size = |attribute, comparison, size| test(attribute, Test::Size(comparison, size));
    check(has("tags", "vip"), "{ tags: [\"vip\"] }");
    check(not(has("tags", "vip")), "{ tags: [] }");
    check_nobody(all([has("tags", "vip"), size("tags", Equal, 0)]));
    check_nobody(all([has("tags", "vip"), has("tags", "new"), size("tags", AtMost, 1)]));
    check(all([not(has("tags", "vip")), size("tags", AtLeast, 1)]), "{ tags: [\"example\"] }");
    let ends = |part: &str| test("tags", Test::Any(ItemTest::Text(TextTest::EndsWith, part.into())));
    check(all([ends("x"), not(has("tags", "x"))]), "{ tags: [\"examplex\"] }");
    let a = |item: &str| test("interests", Test::Any(ItemTest::OneOf(vec![Value::Name(item.into())])));
    check_nobody(all([not(a("a")), not(a("b")), size("interests", AtLeast, 1)]));
    check_nobody(size("interests", AtLeast, 3));
    check(all([not(a("a")), size("interests", AtLeast, 1)]), "{ interests: [b] }");
}

#[test]
fn differences_bound_each_other() {
    let gap = |left: &str, right: &str, comparison, gap: i64| Formula::Difference {
        left: left.into(),
        right: right.into(),
        comparison,
        gap: gap.into(),
        tag: Tag(0),
    };
    check_nobody(all([gap("last_order", "signup", Greater, 30), gap("signup", "last_order", Greater, 0)]));
    check_nobody(all([
        gap("last_order", "signup", Greater, 30),
        ago("signup", AtLeast, 10),
        ago("last_order", AtMost, 0),
    ]));
    check_nobody(gap("signup", "signup", Greater, 0));
    let recent = all([gap("last_order", "signup", Greater, 30), within("last_order", 7)]);
    assert!(somebody(&recent).is_some());
    check_nobody(all([gap("age", "spend", Less, 0), compare("spend", AtMost, 0)]));
}

/// No constant says where the values are: they lie where people do, not at the ends of numbers or of the calendar.
#[test]
fn differences_without_bounds_have_plain_examples() {
    let free = Domain::Number { unit: Unit::Plain, least: None, most: None, scale: 0 };
    let schema = Schema {
        attributes: vec![
            attribute("visits", free.clone(), false),
            attribute("orders", free, false),
            attribute("signup", day(), false),
            attribute("last_order", day(), true),
        ],
    };
    let definitions = Definitions::new();
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let mut example = |left: &str, right: &str, gap: i64| {
        let (left, right) = (left.into(), right.into());
        let formula = Formula::Difference { left, right, comparison: Greater, gap: gap.into(), tag: Tag(0) };
        let people = solver.people(&formula, now()).expect("simple");
        match solver.is_nobody(&people) {
            Verdict::Fails(somebody) => somebody.show(&schema, now()),
            verdict => panic!("{verdict:?}"),
        }
    };
    assert_eq!(example("orders", "visits", 0), "{ visits: 30, orders: 31 }");
    assert_eq!(example("visits", "orders", 0), "{ visits: 30, orders: 29 }");
    assert_eq!(example("last_order", "signup", 30), "{ signup: 2026-01-15, last_order: 2026-02-18 }");
    assert_eq!(example("signup", "last_order", 30), "{ signup: 2026-01-15, last_order: 2025-12-12 }");
}

#[test]
fn what_is_not_understood_is_named_when_it_matters() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let mut ask = |formula: Formula| {
        let people = solver.people(&formula, now()).expect("simple");
        solver.is_nobody(&people)
    };
    let origins = vec![Origin { definition: None, tag: Tag(7) }];
    let kind = UndecidedKind::NotUnderstood(vec!["k is odd".into()]);
    let hangs = Verdict::Undecided(Undecided { kind, origins });
    assert_eq!(ask(all([is("stage", "lead"), opaque("k")])), hangs);
    assert_eq!(ask(all([opaque("k"), not(opaque("k"))])), Verdict::Holds);
    assert!(matches!(ask(any([opaque("k"), is("stage", "lead")])), Verdict::Fails(_)));
    assert!(matches!(ask(any([opaque("k"), not(opaque("k"))])), Verdict::Fails(_)));
}

#[test]
fn equal_people_are_equal_whoever_made_them() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut one = Solver::new(&schema, &definitions, Limits::default());
    let mut other = Solver::new(&schema, &definitions, Limits::default());
    let language = |name: &str| is("language", name);
    let _ = other.people(&any([language("zz"), has("tags", "z")]), now());
    let a = one.people(&all([language("xx"), is("stage", "lead")]), now()).expect("simple");
    let b = other.people(&not(any([not(is("stage", "lead")), not(language("xx"))])), now()).expect("simple");
    assert_eq!(a, b);
    let c = other.people(&any([language("xx"), language("aa")]), now()).expect("simple");
    assert_ne!(a, c);
    assert_eq!(one.is_subset(&a, &c), Verdict::Holds);
    let both = one.or(&a, &c).expect("simple");
    assert_eq!(both, c);
}

#[test]
fn definitions_nest_deeply_and_cycles_end() {
    let schema = schema();
    let mut definitions = Definitions::new();
    definitions.insert("d0".into(), Arc::new(is("stage", "lead")));
    for n in 1..10_000 {
        definitions.insert(format!("d{n}").into(), Arc::new(not(named(&format!("d{}", n - 1)))));
    }
    definitions.insert("own".into(), Arc::new(not(named("own"))));
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let people = solver.people(&named("d9999"), now()).expect("a chain");
    let plain = solver.people(&not(is("stage", "lead")), now()).expect("simple");
    assert_eq!(people, plain);
    let cyclic = solver.people(&named("own"), now()).expect_err("needs itself");
    assert_eq!(cyclic.kind, UndecidedKind::TooComplex);
    assert_eq!(cyclic.origins, vec![Origin { definition: Some("own".into()), tag: Tag(9) }]);
}

#[test]
fn blame_is_the_fewest() {
    let schema = schema();
    let mut definitions = Definitions::new();
    definitions.insert("young".into(), Arc::new(tagged(compare("age", Less, 18), 3)));
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let formula = all([
        tagged(is("stage", "lead"), 1),
        tagged(compare("age", Greater, 40), 2),
        named("young"),
        tagged(is("country", "DE"), 4),
    ]);
    let origins = solver.blame(&formula, now());
    let own = Origin { definition: None, tag: Tag(2) };
    assert_eq!(origins, vec![own, Origin { definition: Some("young".into()), tag: Tag(3) }]);
    assert!(solver.blame(&is("stage", "lead"), now()).is_empty());
}

#[test]
fn idle_parts_are_named() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let formula = all([
        tagged(compare("age", Greater, 18), 1),
        tagged(compare("age", Greater, 20), 2),
        any([tagged(is("stage", "lead"), 3), tagged(is("stage", "lapsed"), 4)]),
        not(tagged(is("stage", "customer"), 5)),
    ]);
    let tags: Vec<u32> = solver.idle(&formula, now()).iter().map(|origin| origin.tag.0).collect();
    assert_eq!(tags, [1, 3, 5]);
}

#[test]
fn a_repair_loses_nobody_else_when_it_can() {
    let schema = schema();
    let mut definitions = Definitions::new();
    definitions.insert("fresh".into(), Arc::new(within("last_order", 7)));
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let mut repair = |formula: &Formula, forbidden: &Formula| {
        let repair = solver.repair(formula, forbidden, now())?;
        Some(show_formula(&repair.condition, &schema, &definitions))
    };
    let lapsed = is("stage", "lapsed");
    assert_eq!(repair(&lapsed, &named("fresh")).as_deref(), Some("not (last_order? within 7 days)"));
    let minors = compare("age", Less, 18);
    assert_eq!(repair(&lapsed, &minors).as_deref(), Some("not (age? < 18)"));
    let unwanted = not(is("country", "DE"));
    assert_eq!(repair(&lapsed, &unwanted).as_deref(), Some("country == DE"));
    assert_eq!(repair(&lapsed, &lapsed), None);
}

#[test]
fn a_repair_behind_an_or_needs_brackets() {
    let schema = schema();
    let either = any([is("stage", "lapsed"), is("stage", "lead")]);
    let definitions = Definitions::from([("either".into(), Arc::new(either.clone()))]);
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let mut needs_brackets =
        |formula: &Formula| Some(solver.repair(formula, &within("last_order", 7), now())?.needs_brackets);
    assert_eq!(needs_brackets(&is("stage", "lead")), Some(false));
    assert_eq!(needs_brackets(&either), Some(true));
    assert_eq!(needs_brackets(&named("either")), Some(true));
    assert_eq!(needs_brackets(&all([named("either"), is("country", "DE")])), Some(false));
}

#[test]
fn many_sets_at_once() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let formulas = [
        compare("age", Less, 30),
        compare("age", Greater, 20),
        is("stage", "lead"),
        all([is("stage", "customer"), has("tags", "vip")]),
    ];
    let sets: Vec<People> =
        formulas.iter().map(|formula| solver.people(formula, now()).expect("simple")).collect();
    let overlap = solver.overlap(3, &sets).expect("decided").expect("somebody");
    assert_eq!(overlap.sets, [0, 1, 2]);
    assert_eq!(overlap.witness.show(&schema, now()), "{ stage: lead, age: 21 }");
    assert_eq!(solver.overlap(4, &sets), Ok(None));
    // Ages: missing, up to 20, 21 to 29, from 30; the stage and the tag make three kinds of each.
    assert_eq!(solver.classes(&sets), Ok(4 * 3));
    let matrix = solver.matrix(&sets);
    assert_eq!(matrix.overlaps, [true, true, true, true, true, false].map(Some));
    assert_eq!((matrix.overlap(3, 2), matrix.overlap(1, 3)), (Some(false), Some(true)));
}

/// Of these no attribute alone tells that they are apart; more ages than one outline has bits for.
#[test]
fn pairs_that_are_apart_only_by_attributes_together() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let aged = |age: i64, stage: &str| all([compare("age", Equal, age), is("stage", stage)]);
    let mut formulas: Vec<Formula> =
        (0..130).map(|age| any([aged(age, "lead"), aged(age + 1, "customer")])).collect();
    let text = |text: &str| test("email", Test::OneOf(vec![Value::Text(text.into())]));
    formulas.extend([
        any([like("email", TextTest::Contains, "ab"), aged(7, "lapsed")]),
        all([text("cd"), is("stage", "lead")]),
        all([text("xabx"), is("stage", "lead")]),
        all([opaque("x"), has("tags", "vip"), is("stage", "customer")]),
    ]);
    let sets: Vec<People> =
        formulas.iter().map(|formula| solver.people(formula, now()).expect("simple")).collect();
    let matrix = solver.matrix(&sets);
    for a in 0..130 {
        for b in a + 1..130 {
            assert_eq!(matrix.overlap(a, b), Some(false), "{a} {b}");
        }
        let others = [130, 131, 132, 133].map(|other| matrix.overlap(a, other));
        assert_eq!(others, [Some(true), Some(true), Some(true), None], "{a}");
    }
    let texts = [(130, 131), (130, 132), (131, 132), (131, 133), (130, 133)];
    let texts = texts.map(|(a, b)| matrix.overlap(a, b));
    assert_eq!(texts, [Some(false), Some(true), Some(false), Some(false), None]);
}

#[test]
fn people_are_described_in_few_words() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let mut describe = |formula: Formula| {
        let people = solver.people(&formula, now()).expect("simple");
        let terms = solver.describe(&people, 10).expect("few");
        let again = solver.people(&Formula::Or(terms.clone()), now()).expect("simple");
        assert_eq!(people, again);
        terms.iter().map(|term| show_formula(term, &schema, &definitions)).collect::<Vec<_>>()
    };
    assert_eq!(describe(is("stage", "lead")), ["stage == lead"]);
    assert_eq!(describe(any([is("country", "DE"), is("country", "FR")])), ["country in [DE, FR]"]);
    assert_eq!(
        describe(any([compare("age", Less, 18), is("stage", "lead")])),
        ["stage == lead", "age? <= 17"]
    );
    assert_eq!(describe(all([compare("age", AtLeast, 18), compare("age", AtMost, 30)])), ["age? in 18..=30"]);
    assert_eq!(describe(not(compare("age", AtLeast, 18))), ["not (age? >= 18)"]);
    assert_eq!(describe(compare("spend", Less, 500)), ["spend < USD 500"]);
    assert_eq!(describe(Formula::Const(false)), [""; 0]);
    assert_eq!(describe(Formula::Const(true)), ["true"]);
}

#[test]
fn reasons_are_the_conditions_that_decide() {
    let (schema, definitions) = (schema(), Definitions::new());
    let mut solver = Solver::new(&schema, &definitions, Limits::default());
    let formula = all([
        tagged(is("stage", "lead"), 1),
        any([tagged(compare("age", Less, 18), 2), tagged(test("member", Test::True), 3)]),
    ]);
    let mut tags = |stage: &str, age: i64, member| {
        let contact = [
            ("stage".into(), Value::Name(stage.into())),
            ("age".into(), Value::Number(age.into())),
            ("member".into(), Value::Bool(member)),
        ];
        let reasons = solver.reasons(&formula, &contact.into(), now());
        reasons.iter().map(|origin| origin.tag.0).collect::<Vec<_>>()
    };
    assert_eq!(tags("lead", 17, true), [1, 2]);
    assert_eq!(tags("lead", 30, false), [2, 3]);
    assert_eq!(tags("lapsed", 30, false), [1]);
}
