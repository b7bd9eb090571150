//! What conditions look like.

use std::sync::Arc;

use super::show_formula;
use crate::Comparison::{self, AtLeast, AtMost, Equal, Greater, Less, NotEqual};
use crate::{
    Attribute, Definitions, Domain, Formula, ItemTest, Operand, Schema, Shift, Tag, Test, TextTest, Unit,
    Value,
};

fn schema() -> Schema {
    let attribute =
        |name: &str, domain, optional| Attribute { name: name.into(), domain, optional, of_contact: true };
    let number = |unit, scale| Domain::Number { unit, least: None, most: None, scale };
    let names = || Domain::Names { members: Arc::from(["lead".into(), "lapsed".into()]), open: false };
    let date = || Domain::Date { least: None, most: None };
    let attributes = vec![
        attribute("stage", names(), false),
        attribute("country", names(), true),
        attribute("age", number(Unit::Plain, 0), true),
        attribute("visits", number(Unit::Plain, 0), false),
        attribute("spend", number(Unit::Money("USD".into()), 2), false),
        attribute("last_order", date(), true),
        attribute("signup", date(), false),
        attribute("seen", Domain::DateTime, true),
        attribute("joined", Domain::DateTime, false),
        attribute("vip", Domain::Bool, false),
        attribute("trial", Domain::Bool, true),
        attribute("email", Domain::Text, true),
        attribute("tags", Domain::SetOfTexts, false),
        attribute("lists", Domain::SetOfTexts, true),
    ];
    Schema { attributes }
}

fn check(formula: &Formula, expected: &str) {
    assert_eq!(show_formula(formula, &schema(), &Definitions::new()), expected);
}

fn test(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(0) }
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

fn name(name: &str) -> Value {
    Value::Name(name.into())
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

fn number(attribute: &str, comparison: Comparison, number: i64) -> Formula {
    test(attribute, Test::Compare(comparison, Operand::Value(Value::Number(number.into()))))
}

fn from_now(attribute: &str, comparison: Comparison, days: i32) -> Formula {
    let shift = Shift { days, ..Shift::default() };
    test(attribute, Test::Compare(comparison, Operand::FromNow(shift)))
}

fn day_from_now(attribute: &str, comparison: Comparison, days: i32) -> Formula {
    let shift = Shift { days, ..Shift::default() };
    test(attribute, Test::Compare(comparison, Operand::DayFromNow(shift)))
}

fn any(attribute: &str, items: &[&str]) -> Formula {
    test(attribute, Test::Any(ItemTest::OneOf(items.iter().map(|item| text(item)).collect())))
}

fn and<const N: usize>(parts: [Formula; N]) -> Formula {
    Formula::And(parts.into())
}

fn or<const N: usize>(parts: [Formula; N]) -> Formula {
    Formula::Or(parts.into())
}

#[test]
fn names_and_optional_values() {
    let german = Test::OneOf(vec![name("DE"), name("AT")]);
    check(&test("stage", Test::OneOf(vec![name("lapsed")])), "stage == lapsed");
    check(&not(test("stage", Test::OneOf(vec![name("lapsed")]))), "stage != lapsed");
    check(&test("country", german.clone()), "country? in [DE, AT]");
    check(&not(test("country", german)), "country? not in [DE, AT]");
    check(&not(test("country", Test::OneOf(vec![name("DE")]))), "country? not in [DE]");
    check(&test("country", Test::Compare(NotEqual, Operand::Value(name("DE")))), "country? != DE");
    check(&not(test("age", Test::Known)), "age is missing");
    check(
        &or([test("stage", Test::OneOf(vec![name("a")])), test("stage", Test::OneOf(vec![name("b")]))]),
        "stage in [a, b]",
    );
}

#[test]
fn what_is_known_needs_no_question_mark() {
    check(&and([test("age", Test::Known), number("age", AtLeast, 18)]), "age is known and age >= 18");
    check(&or([not(test("age", Test::Known)), number("age", AtLeast, 18)]), "age is missing or age >= 18");
    check(&or([test("age", Test::Known), number("age", AtLeast, 18)]), "age is known or age? >= 18");
    let tags = and([test("lists", Test::Known), not(any("lists", &["x"])), any("lists", &["y"])]);
    check(&tags, "lists? has none of [\"x\"] and lists? has \"y\"");
}

#[test]
fn negation_turns_a_comparison_only_when_nothing_can_miss() {
    check(&not(number("visits", Less, 3)), "visits >= 3");
    check(&not(number("age", Less, 18)), "not (age? < 18)");
    check(&not(not(number("age", Less, 18))), "age? < 18");
    check(&not(test("vip", Test::True)), "not vip");
    check(&not(test("trial", Test::True)), "not trial?");
    check(&not(test("stage", Test::Compare(Less, Operand::Value(name("lead"))))), "not (stage < lead)");
}

#[test]
fn parentheses_where_they_are_needed() {
    let vip = || test("vip", Test::True);
    let trial = || test("trial", Test::True);
    check(&or([and([vip(), trial()]), vip()]), "vip and trial? or vip");
    check(&and([or([vip(), trial()]), vip()]), "(vip or trial?) and vip");
    check(&and([and([vip(), trial()]), vip()]), "vip and trial? and vip");
    check(&not(and([vip(), trial()])), "not (vip and trial?)");
    check(&and([]), "true");
    check(&or([vip()]), "vip");
}

#[test]
fn ranges() {
    check(&and([number("age", AtLeast, 18), number("age", AtMost, 30)]), "age? in 18..=30");
    check(&and([number("spend", Less, 9), number("spend", AtLeast, -5)]), "spend in -USD 5..USD 9");
    check(&and([number("age", Greater, 18), number("age", AtMost, 30)]), "age? > 18 and age? <= 30");
    check(&and([number("age", AtLeast, 18), number("visits", AtMost, 30)]), "age? >= 18 and visits <= 30");
}

#[test]
fn days() {
    let order = |comparison, days| from_now("last_order", comparison, days);
    check(&and([order(AtLeast, -7), order(AtMost, 0)]), "last_order? within 7 days");
    check(&and([order(AtMost, 1), order(AtLeast, 0)]), "last_order? within the next 1 day");
    check(&order(Less, -180), "last_order? older than 180 days");
    check(&order(AtLeast, -1), "last_order? >= 1 day ago");
    check(&order(Equal, 0), "last_order? == today");
    check(&order(Less, 3), "last_order? < 3 days from now");
    check(&not(from_now("signup", Less, -7)), "signup >= 7 days ago");
    let months = Operand::FromNow(Shift { months: -13, days: -2, seconds: -3600 });
    check(&test("signup", Test::Compare(Less, months)), "signup < today - 13 months - 3 days");
    let years = Operand::FromNow(Shift { months: -24, ..Shift::default() });
    check(&test("signup", Test::Compare(Less, years)), "signup older than 2 years");
}

#[test]
fn moments() {
    let seen = |comparison, days| day_from_now("seen", comparison, days);
    check(&and([seen(AtLeast, -7), seen(Less, 1)]), "seen? within 7 days");
    check(&and([seen(AtLeast, 0), seen(Less, 8)]), "seen? within the next 7 days");
    check(&seen(Less, -7), "seen? older than 7 days");
    check(&seen(AtLeast, -7), "seen? >= 7 days ago");
    let exact = |comparison, days| from_now("seen", comparison, days);
    check(&and([exact(AtLeast, -2), exact(AtMost, 0)]), "seen? within 48 hours");
    check(&exact(Less, -2), "seen? older than 48 hours");
    check(&exact(Greater, 0), "seen? > now");
    let month = Operand::FromNow(Shift { months: 1, ..Shift::default() });
    check(&test("seen", Test::Compare(Less, month)), "seen? < now + 1 month");
}

#[test]
fn sets() {
    check(&any("tags", &["vip"]), "tags has \"vip\"");
    check(&not(any("tags", &["vip"])), "tags has none of [\"vip\"]");
    check(&not(any("lists", &["vip"])), "not (lists? has \"vip\")");
    check(&and([any("tags", &["a"]), any("tags", &["b"])]), "tags has all of [\"a\", \"b\"]");
    check(&or([any("tags", &["a"]), any("tags", &["b", "a"])]), "tags has any of [\"a\", \"b\"]");
    check(&test("lists", Test::Size(Greater, 2)), "length(lists?) > 2");
    let starts = ItemTest::Text(TextTest::StartsWith, "x".into());
    let both = ItemTest::And(vec![starts, ItemTest::Not(Box::new(ItemTest::OneOf(vec![text("xy")])))]);
    let shown = "(any item in lists? where item starts with \"x\" and not (item == \"xy\"))";
    check(&test("lists", Test::Any(both.clone())), shown);
    check(&not(test("lists", Test::Any(both))), &format!("not {shown}"));
}

#[test]
fn texts() {
    let like = |pattern: &str| test("email", Test::Text(TextTest::Glob, pattern.into()));
    check(&like("*@acme.example"), "email? ends with \"@acme.example\"");
    check(&like("ana*"), "email? starts with \"ana\"");
    check(&like("*ana*"), "email? contains \"ana\"");
    check(&like("a*/b?.c"), "email? matches /^a.*\\/b.\\.c$/is");
    check(&test("email", Test::Compare(Equal, Operand::Value(text("a{b}")))), "email? == \"a\\{b\\}\"");
}

#[test]
fn differences() {
    let difference = |left: &str, right: &str, comparison, gap: i64| Formula::Difference {
        left: left.into(),
        right: right.into(),
        comparison,
        gap: gap.into(),
        tag: Tag(0),
    };
    check(&difference("last_order", "signup", Greater, 30), "last_order? - signup > 30 days");
    check(&difference("last_order", "signup", Greater, -30), "signup - last_order? < 30 days");
    check(&difference("last_order", "signup", Less, 0), "last_order? < signup");
    check(&difference("seen", "joined", AtMost, 5400), "seen? - joined <= 90 minutes");
    check(&difference("spend", "spend", AtMost, 5), "spend - spend <= USD 5");
}

#[test]
fn definitions_by_their_last_word_when_that_is_enough() {
    let named = |name: &str| Formula::Named { name: name.into(), tag: Tag(0) };
    let names = ["acme.main.lapsed", "acme.main.fresh", "acme.other.fresh", "acme.main.vip"];
    let definitions: Definitions =
        names.iter().map(|name| ((*name).into(), Arc::new(Formula::Const(true)))).collect();
    let check = |name, expected: &str| {
        assert_eq!(show_formula(&not(named(name)), &schema(), &definitions), expected);
    };
    check("acme.main.lapsed", "not lapsed");
    check("acme.main.fresh", "not acme.main.fresh");
    check("acme.main.vip", "not acme.main.vip");
}

#[test]
fn depth_is_bounded() {
    let deep = (0..400).fold(test("vip", Test::True), |inner, n| {
        let vip = test("trial", Test::True);
        if n % 2 == 0 { and([vip, inner]) } else { or([vip, inner]) }
    });
    assert!(show_formula(&deep, &schema(), &Definitions::new()).contains('…'));
}
