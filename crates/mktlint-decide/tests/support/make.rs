//! Random schemas and formulas.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date, time};
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Operand, Schema, Shift, Tag, Test,
    TextTest, Unit, Value,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Case, now, tagged};

/// One attribute of every kind; of those that differences are taken of, two.
fn pool() -> Vec<(&'static str, Domain)> {
    let names = |members: &[&str]| -> Arc<[SmolStr]> { members.iter().map(SmolStr::new).collect() };
    let number = |unit, least: Option<i64>, most: Option<i64>, scale| Domain::Number {
        unit,
        least: least.map(Decimal::from),
        most: most.map(Decimal::from),
        scale,
    };
    let month = || Domain::Date { least: Some(date(2026, 11, 16)), most: Some(date(2026, 11, 27)) };
    vec![
        ("vip", Domain::Bool),
        ("stage", Domain::Names { members: names(&["lead", "customer", "lapsed"]), open: false }),
        ("country", Domain::Names { members: names(&["DE", "FR"]), open: true }),
        ("age", number(Unit::Plain, Some(0), Some(9), 0)),
        ("visits", number(Unit::Plain, Some(2), Some(8), 0)),
        ("spend", number(Unit::Money("USD".into()), None, None, 2)),
        ("rate", number(Unit::Percent, Some(0), Some(100), 1)),
        ("first", month()),
        ("last", month()),
        ("born", Domain::Date { least: None, most: None }),
        ("seen", Domain::DateTime),
        ("joined", Domain::DateTime),
        ("hour", Domain::Time),
        ("email", Domain::Text),
        ("tags", Domain::SetOfTexts),
        ("lists", Domain::SetOfNames { members: names(&["a", "b", "ab"]), open: false }),
        ("regions", Domain::SetOfNames { members: names(&["DE"]), open: true }),
    ]
}

/// A schema of two or three attributes.
pub fn schema() -> impl Strategy<Value = Schema> {
    let attributes = (subsequence(pool(), 2..=3), vec(any::<bool>(), 3)).prop_map(|(chosen, optional)| {
        let attribute = |((name, domain), optional): ((&str, Domain), bool)| Attribute {
            name: name.into(),
            domain,
            optional,
            of_contact: true,
        };
        Schema { attributes: chosen.into_iter().zip(optional).map(attribute).collect() }
    });
    attributes.boxed()
}

/// A schema with attributes that differences can be taken of.
pub fn schema_of_pairs() -> impl Strategy<Value = Schema> {
    let pairs = [["age", "visits"], ["first", "last"], ["seen", "joined"]];
    let extra = select(vec!["vip", "stage", "age", "last"]);
    (select(pairs.to_vec()), extra, vec(any::<bool>(), 3)).prop_map(|(pair, extra, optional)| {
        let mut optional = optional.into_iter();
        let mut attribute = |(name, domain): (&str, Domain)| Attribute {
            name: name.into(),
            domain,
            optional: optional.next().unwrap_or_default(),
            of_contact: true,
        };
        let chosen = pool().into_iter().filter(|(name, _)| pair.contains(name) || *name == extra);
        Schema { attributes: chosen.map(&mut attribute).collect() }
    })
}

/// A case with two definitions and `n` formulas of at most so many levels.
pub fn case(schema: impl Strategy<Value = Schema>, n: usize, depth: u32) -> impl Strategy<Value = Case> {
    schema.prop_flat_map(move |schema| {
        let leaf = condition(&schema);
        let first = formula(leaf.clone(), 1);
        let second = formula(or_named(leaf.clone(), &["d0"]), 1);
        let asked = vec(formula(or_named(leaf, &["d0", "d1"]), depth), n);
        (first, second, asked).prop_map(move |(first, second, asked)| {
            let mut next = 0;
            let mut definitions = Definitions::new();
            for (name, formula) in [("d0", first), ("d1", second)] {
                definitions.insert(name.into(), Arc::new(tagged(&formula, &mut next)));
            }
            let formulas = asked.iter().map(|formula| tagged(formula, &mut next)).collect();
            Case { schema: schema.clone(), definitions, formulas }
        })
    })
}

fn or_named(leaf: BoxedStrategy<Formula>, names: &'static [&'static str]) -> BoxedStrategy<Formula> {
    let named = select(names).prop_map(|name| Formula::Named { name: name.into(), tag: Tag(0) });
    prop_oneof![6 => leaf, 1 => named].boxed()
}

/// `and`, `or`, `not` over `leaf`.
pub fn formula(leaf: BoxedStrategy<Formula>, depth: u32) -> BoxedStrategy<Formula> {
    leaf.prop_recursive(depth, 12, 3, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 1..4).prop_map(Formula::And),
            2 => vec(inner.clone(), 1..4).prop_map(Formula::Or),
            2 => inner.prop_map(|inner| Formula::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

/// A condition on one attribute of the schema, or on the difference of two.
pub fn condition(schema: &Schema) -> BoxedStrategy<Formula> {
    let schema = schema.clone();
    let tests = select(schema.attributes.clone()).prop_flat_map(|attribute| {
        let name = attribute.name.clone();
        test(&attribute.domain).prop_map(move |test| Formula::Test {
            attribute: name.clone(),
            test,
            tag: Tag(0),
        })
    });
    let constant = any::<bool>().prop_map(Formula::Const);
    let pairs = pairs(&schema);
    if pairs.is_empty() {
        return prop_oneof![20 => tests, 1 => constant].boxed();
    }
    let difference =
        (select(pairs), comparison(), -8_i64..=8).prop_map(|((left, right), comparison, half)| {
            let gap = Decimal::new(half * 5, 1);
            Formula::Difference { left, right, comparison, gap, tag: Tag(0) }
        });
    prop_oneof![20 => tests, 10 => difference, 1 => constant].boxed()
}

fn pairs(schema: &Schema) -> Vec<(SmolStr, SmolStr)> {
    let groups = [vec!["age", "visits"], vec!["first", "last"], vec!["seen", "joined"]];
    let known = |name: &&str| schema.find(name).is_some();
    let mut pairs = Vec::new();
    for group in groups {
        for left in group.iter().filter(|name| known(name)) {
            for right in group.iter().filter(|name| known(name)) {
                pairs.push((SmolStr::new(left), SmolStr::new(right)));
            }
        }
    }
    pairs
}

pub fn comparison() -> impl Strategy<Value = Comparison> + Clone {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    select(vec![Equal, NotEqual, Less, AtMost, Greater, AtLeast])
}

fn equality() -> impl Strategy<Value = Comparison> {
    select(vec![Comparison::Equal, Comparison::NotEqual])
}

fn test(domain: &Domain) -> BoxedStrategy<Test> {
    let own = match domain {
        Domain::Bool => {
            let compared = (equality(), any::<bool>()).prop_map(|(comparison, value)| {
                Test::Compare(comparison, Operand::Value(Value::Bool(value)))
            });
            prop_oneof![Just(Test::True), compared].boxed()
        }
        Domain::Names { .. } => {
            words(equality().boxed(), &["lead", "lapsed", "DE", "FR", "AT", "PL"], Value::Name)
        }
        Domain::Number { scale, .. } => values(number(*scale), comparison().boxed()),
        Domain::Date { .. } => {
            let day = select(days()).prop_map(Value::Date).boxed();
            prop_oneof![values(day, comparison().boxed()), relative()].boxed()
        }
        Domain::DateTime => {
            let hours =
                select(vec![time(0, 0, 0, 0), time(9, 30, 0, 0), time(9, 29, 59, 0), time(23, 59, 59, 0)]);
            let at = (select(days()), hours).prop_map(|(day, time)| Value::DateTime(day.to_datetime(time)));
            prop_oneof![values(at.boxed(), comparison().boxed()), relative()].boxed()
        }
        Domain::Time => {
            let times = vec![time(0, 0, 0, 0), time(9, 30, 0, 0), time(9, 30, 1, 0), time(23, 59, 59, 0)];
            values(select(times).prop_map(Value::Time).boxed(), comparison().boxed())
        }
        Domain::Text => {
            let like = (text_test(), text_part()).prop_map(|(test, part)| Test::Text(test, part));
            prop_oneof![2 => words(equality().boxed(), &["", "a", "A", "ab", "bca"], Value::Text), 3 => like]
                .boxed()
        }
        Domain::SetOfNames { .. } => set(&["a", "b", "ab", "DE", "AT"], Value::Name),
        Domain::SetOfTexts => set(&["a", "A", "b", "ab"], Value::Text),
    };
    // Of the wrong kind: false, whatever the value.
    let odd = select(vec![
        Test::True,
        Test::OneOf(vec![Value::Number(3.into())]),
        Test::Compare(Comparison::NotEqual, Operand::Value(Value::Bool(true))),
        Test::Compare(Comparison::Less, Operand::FromNow(Shift::default())),
        Test::Size(Comparison::AtLeast, 0),
        Test::Text(TextTest::Contains, "e".into()),
    ]);
    prop_oneof![20 => own, 3 => Just(Test::Known), 1 => odd].boxed()
}

fn values(value: BoxedStrategy<Value>, comparison: BoxedStrategy<Comparison>) -> BoxedStrategy<Test> {
    let compared = (comparison, value.clone())
        .prop_map(|(comparison, value)| Test::Compare(comparison, Operand::Value(value)));
    prop_oneof![4 => compared, 1 => vec(value, 0..4).prop_map(Test::OneOf)].boxed()
}

fn words(
    comparison: BoxedStrategy<Comparison>,
    words: &'static [&'static str],
    value: fn(SmolStr) -> Value,
) -> BoxedStrategy<Test> {
    values(select(words).prop_map(move |word| value(word.into())).boxed(), comparison)
}

/// Constants inside the domains, outside, at their ends and between two values.
fn number(scale: u32) -> BoxedStrategy<Value> {
    let halves = (-4_i64..24).prop_map(|half| Decimal::new(half * 5, 1));
    let fine = select(vec!["5.01", "5.005", "100", "100.05", "-1000000"]);
    let fine = fine.prop_map(|text| text.parse().expect("a number"));
    let weight = if scale == 0 { 1 } else { 4 };
    prop_oneof![4 => halves, weight => fine].prop_map(Value::Number).boxed()
}

fn days() -> Vec<Date> {
    let near = (-8_i32..8).step_by(2).map(|days| now().date() + days.days());
    near.chain([date(2026, 11, 16), date(2026, 11, 27), date(2026, 10, 22)]).collect()
}

fn relative() -> BoxedStrategy<Test> {
    let shift = (select(vec![0, 0, 0, -1, 1]), -6_i32..6, select(vec![0, 0, -3600, 1, 86_400]))
        .prop_map(|(months, days, seconds)| Shift { months, days, seconds });
    (comparison(), shift, any::<bool>())
        .prop_map(|(comparison, shift, day)| {
            let operand = if day { Operand::DayFromNow(shift) } else { Operand::FromNow(shift) };
            Test::Compare(comparison, operand)
        })
        .boxed()
}

fn text_test() -> impl Strategy<Value = TextTest> {
    select(vec![TextTest::StartsWith, TextTest::EndsWith, TextTest::Contains, TextTest::Glob])
}

/// For a pattern `*` and `?` mean something, for the others they are characters.
fn text_part() -> impl Strategy<Value = SmolStr> {
    let parts = ["", "a", "B", "ab", "ba", "c", "a*", "*b", "?", "a?b", "*a*b*"];
    select(parts.to_vec()).prop_map(SmolStr::new)
}

fn set(words: &'static [&'static str], value: fn(SmolStr) -> Value) -> BoxedStrategy<Test> {
    let items = vec(select(words).prop_map(move |word| value(word.into())), 0..3);
    let like = (text_test(), select(vec!["a", "b", "E", "*b"]))
        .prop_map(|(test, part)| ItemTest::Text(test, part.into()));
    let leaf = prop_oneof![4 => items.prop_map(ItemTest::OneOf), 1 => like, 1 => Just(ItemTest::Every)];
    let item = leaf.prop_recursive(1, 4, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| ItemTest::Not(Box::new(inner))),
            vec(inner.clone(), 0..3).prop_map(ItemTest::And),
            vec(inner, 0..3).prop_map(ItemTest::Or),
        ]
    });
    let size = (comparison(), 0_u32..5).prop_map(|(comparison, size)| Test::Size(comparison, size));
    prop_oneof![3 => item.prop_map(Test::Any), 1 => size].boxed()
}
