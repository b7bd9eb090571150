//! Random schemas, conditions and contacts, made to meet: values come from small pools, which hold what databases and
//! quoting get wrong.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, date, time};
use mktlint_decide::{
    Attribute, Comparison, Contact, Definitions, Domain, Formula, ItemTest, Operand, Schema, Shift, Tag,
    Test, TextTest, Unit, Value,
};
use mktlint_sql::Columns;
use rust_decimal::Decimal;
use smol_str::SmolStr;

const NAMES: [&str; 16] = [
    "age",
    "order",
    "Last Order",
    "a\"b",
    "value",
    "id",
    "type",
    "item",
    "items",
    "größe",
    "select",
    "isn't",
    "date",
    "path",
    "lastOrder",
    "x",
];

/// Texts that databases, quoting and patterns get wrong.
pub const TEXTS: [&str; 30] = [
    "",
    "a",
    "A",
    "Ana@ACME.example",
    "ana@acme.example",
    "it's",
    "100%",
    "100x",
    "a_b",
    "axb",
    "back\\slash",
    "line\nbreak",
    "ÄÖ",
    "äö",
    "İstanbul",
    "istanbul",
    "\u{212a}im",
    "kim",
    "ΟΔΟΣ",
    "Straße",
    "STRASSE",
    "!bang",
    "\"q\"",
    "${env:HOME}",
    "😀 x",
    "a*b?c",
    "ab ",
    "'; DROP TABLE people; --",
    "ǅep",
    "NULL",
];

const MEMBERS: [&str; 5] = ["DE", "FR", "AT", "new_member", "o'neil"];

/// The moments that `now` can be: ends of months, a leap day, the turn of the year.
const NOWS: [DateTime; 5] = [
    date(2026, 1, 31).at(9, 30, 0, 0),
    date(2026, 11, 22).at(0, 0, 0, 0),
    date(2028, 2, 29).at(23, 59, 59, 0),
    date(2026, 3, 31).at(12, 0, 0, 0),
    date(2027, 1, 1).at(0, 0, 1, 0),
];

/// A source of numbers that are always the same for one seed (SplitMix64).
pub struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("less than a usize")
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = usize::try_from(most - least + 1).expect("least first");
        least + i64::try_from(self.below(width)).expect("small")
    }
}

/// People, what is said of them, and when.
pub struct Case {
    pub schema: Schema,
    pub definitions: Definitions,
    pub columns: Columns,
    pub formulas: Vec<Formula>,
    pub contacts: Vec<Contact>,
    pub now: DateTime,
}

impl Case {
    /// The case with a schema that has all attributes optional, or none.
    pub fn with_optional(self, optional: bool) -> Self {
        let as_is = |attribute: &Attribute| Attribute { optional, ..attribute.clone() };
        let attributes = self.schema.attributes.iter().map(as_is).collect();
        Self { schema: Schema { attributes }, ..self }
    }
}

/// The case of `seed`.
pub fn case(seed: u64, formulas: usize, contacts: usize) -> Case {
    let mut rng = Rng(seed);
    let now = rng.pick(&NOWS);
    let schema = schema(&mut rng);
    let mut maker = Maker { rng, schema: &schema, now, definitions: Definitions::new() };
    for n in 0..maker.rng.below(4) {
        let formula = maker.formula(2);
        maker.definitions.insert(format!("policy.part_{n}").into(), Arc::new(formula));
    }
    let formulas = (0..formulas).map(|_| maker.formula(4)).collect();
    let contacts = (0..contacts).map(|_| maker.contact()).collect();
    let definitions = maker.definitions;
    let columns = match schema.attributes.first() {
        Some(first) if seed.is_multiple_of(3) => Columns::from([(first.name.clone(), "The Column".into())]),
        _ => Columns::new(),
    };
    Case { schema, definitions, columns, formulas, contacts, now }
}

fn schema(rng: &mut Rng) -> Schema {
    let mut names = NAMES.to_vec();
    let attributes = (0..4 + rng.below(6)).map(|_| {
        let name = names.swap_remove(rng.below(names.len()));
        Attribute { name: name.into(), domain: domain(rng), optional: rng.chance(65), of_contact: true }
    });
    Schema { attributes: attributes.collect() }
}

fn domain(rng: &mut Rng) -> Domain {
    let open = rng.chance(50);
    match rng.below(12) {
        0 => Domain::Bool,
        1 => Domain::Names { members: MEMBERS.map(SmolStr::from).into(), open },
        2 => number(Unit::Plain, rng.chance(50).then_some(130), 0),
        3 | 4 => number(Unit::Money("EUR".into()), None, 2),
        5 | 6 => Domain::Date { least: None, most: None },
        7 => Domain::DateTime,
        8 => Domain::Time,
        9 => Domain::SetOfNames { members: MEMBERS.map(SmolStr::from).into(), open },
        10 => Domain::SetOfTexts,
        _ => Domain::Text,
    }
}

fn number(unit: Unit, most: Option<i64>, scale: u32) -> Domain {
    Domain::Number { unit, least: None, most: most.map(Decimal::from), scale }
}

struct Maker<'a> {
    rng: Rng,
    schema: &'a Schema,
    now: DateTime,
    definitions: Definitions,
}

impl Maker<'_> {
    fn contact(&mut self) -> Contact {
        let mut contact = Contact::new();
        for attribute in &self.schema.attributes {
            if !(attribute.optional && self.rng.chance(30)) {
                contact.insert(attribute.name.clone(), self.value(&attribute.domain));
            }
        }
        contact
    }

    fn value(&mut self, domain: &Domain) -> Value {
        let rng = &mut self.rng;
        match domain {
            Domain::Bool => Value::Bool(rng.chance(50)),
            Domain::Names { members, .. } => Value::Name(rng.pick(members)),
            Domain::Number { scale: 0, .. } => Value::Number(rng.between(-3, 12).into()),
            Domain::Number { .. } => {
                Value::Number(Decimal::new(rng.between(-3, 12) * 10 + rng.between(0, 1), 2))
            }
            Domain::Date { .. } => Value::Date(self.day()),
            Domain::DateTime => {
                let time = self.time();
                Value::DateTime(self.day().to_datetime(time))
            }
            Domain::Time => Value::Time(self.time()),
            Domain::Text => Value::Text(rng.pick(&TEXTS).into()),
            Domain::SetOfNames { members, .. } => {
                let n = rng.below(4);
                Value::Set((0..n).map(|_| Value::Name(rng.pick(members))).collect())
            }
            Domain::SetOfTexts => {
                let n = rng.below(4);
                Value::Set((0..n).map(|_| Value::Text(rng.pick(&TEXTS).into())).collect())
            }
        }
    }

    fn day(&mut self) -> Date {
        let far = self.rng.chance(30);
        let days = if far { self.rng.between(-70, 70) } else { self.rng.between(-3, 3) };
        self.now.date() + days.days()
    }

    fn time(&mut self) -> Time {
        let now = self.now.time();
        self.rng.pick(&[now, time(0, 0, 0, 0), time(9, 30, 0, 0), time(9, 29, 59, 0), time(23, 59, 59, 0)])
    }

    fn formula(&mut self, depth: usize) -> Formula {
        let tag = Tag(u32::try_from(self.rng.below(1000)).expect("small"));
        let parts = |own: &mut Self| {
            let n = if own.rng.chance(3) { 0 } else { 1 + own.rng.below(4) };
            (0..n).map(|_| own.formula(depth - 1)).collect::<Vec<_>>()
        };
        match self.rng.below(if depth == 0 { 4 } else { 12 }) {
            0 if self.rng.chance(5) => Formula::Const(self.rng.chance(50)),
            0 if !self.definitions.is_empty() => {
                let names: Vec<SmolStr> = self.definitions.keys().cloned().collect();
                Formula::Named { name: self.rng.pick(&names), tag }
            }
            1 => self.difference(tag).unwrap_or_else(|| self.test(tag)),
            4..=6 => Formula::Not(Box::new(self.formula(depth - 1))),
            7 | 8 => Formula::And(parts(self)),
            9..=11 => Formula::Or(parts(self)),
            _ => self.test(tag),
        }
    }

    fn test(&mut self, tag: Tag) -> Formula {
        let attribute = self.rng.pick(&self.schema.attributes);
        let test = if self.rng.chance(8) { Test::Known } else { self.test_of(&attribute.domain) };
        Formula::Test { attribute: attribute.name, test, tag }
    }

    fn test_of(&mut self, domain: &Domain) -> Test {
        let few = self.rng.below(4);
        match domain {
            Domain::Bool if self.rng.chance(70) => Test::True,
            Domain::Names { .. } | Domain::Text if self.rng.chance(50) => {
                Test::Text(self.text_test(), self.part())
            }
            Domain::SetOfNames { .. } | Domain::SetOfTexts if self.rng.chance(70) => {
                Test::Any(self.item(domain, 2))
            }
            Domain::SetOfNames { .. } | Domain::SetOfTexts => Test::Size(self.comparison(), few as u32),
            _ if self.rng.chance(25) => Test::OneOf((0..few).map(|_| self.value(domain)).collect()),
            Domain::Bool | Domain::Names { .. } | Domain::Text => {
                let comparison = self.rng.pick(&[Comparison::Equal, Comparison::NotEqual]);
                Test::Compare(comparison, Operand::Value(self.value(domain)))
            }
            Domain::Date { .. } | Domain::DateTime if self.rng.chance(70) => {
                let shift = self.shift();
                let operand =
                    if self.rng.chance(50) { Operand::FromNow(shift) } else { Operand::DayFromNow(shift) };
                Test::Compare(self.comparison(), operand)
            }
            _ => Test::Compare(self.comparison(), Operand::Value(self.value(domain))),
        }
    }

    fn shift(&mut self) -> Shift {
        let rng = &mut self.rng;
        let mut some = |most: i64| if rng.chance(60) { 0 } else { rng.between(-most, most) };
        let (months, days) = (some(2), some(40));
        let seconds = [0, 0, 0, 1, -1, 3600, -86_400, -90_000][some(7).unsigned_abs() as usize];
        Shift { months: months as i32, days: days as i32, seconds }
    }

    fn comparison(&mut self) -> Comparison {
        use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
        self.rng.pick(&[Equal, NotEqual, Less, AtMost, Greater, AtLeast])
    }

    fn text_test(&mut self) -> TextTest {
        self.rng.pick(&[TextTest::StartsWith, TextTest::EndsWith, TextTest::Contains, TextTest::Glob])
    }

    /// Some of a text, in another case, some of its characters as `*` or `?`.
    fn part(&mut self) -> SmolStr {
        let text: Vec<char> = self.rng.pick(&TEXTS).chars().collect();
        let start = self.rng.below(text.len() + 1);
        let end = start + self.rng.below(text.len() + 1 - start);
        let wild = if self.rng.chance(40) { 25 } else { 0 };
        let mut out = String::new();
        for c in &text[start..end] {
            match self.rng.below(4) {
                _ if self.rng.chance(wild) => out.push(self.rng.pick(&['*', '?'])),
                0 => out.extend(c.to_uppercase()),
                1 => out.extend(c.to_lowercase()),
                _ => out.push(*c),
            }
        }
        out.into()
    }

    fn item(&mut self, domain: &Domain, depth: usize) -> ItemTest {
        let parts = |own: &mut Self| {
            let n = own.rng.below(3);
            (0..n).map(|_| own.item(domain, depth - 1)).collect::<Vec<_>>()
        };
        match self.rng.below(if depth == 0 { 5 } else { 9 }) {
            0 => ItemTest::Every,
            1 | 2 => ItemTest::Text(self.text_test(), self.part()),
            5 | 6 => ItemTest::Not(Box::new(self.item(domain, depth - 1))),
            7 => ItemTest::And(parts(self)),
            8 => ItemTest::Or(parts(self)),
            _ => ItemTest::OneOf(self.items(domain)),
        }
    }

    fn items(&mut self, domain: &Domain) -> Vec<Value> {
        let mut values = Vec::new();
        for _ in 0..self.rng.below(3) {
            if let Value::Set(items) = self.value(domain) {
                values.extend(items);
            }
        }
        values
    }

    /// Of two attributes that have one, when there are.
    fn difference(&mut self, tag: Tag) -> Option<Formula> {
        let comparison = self.comparison();
        let (left, right) = (self.rng.pick(&self.schema.attributes), self.rng.pick(&self.schema.attributes));
        let gap = match (&left.domain, &right.domain) {
            (Domain::Number { unit, .. }, Domain::Number { unit: other, .. }) if unit == other => {
                Decimal::new(self.rng.between(-4, 4) * 10 + self.rng.between(0, 1), 2)
            }
            (Domain::Date { .. }, Domain::Date { .. }) => self.rng.between(-4, 4).into(),
            (Domain::DateTime, Domain::DateTime) => {
                Decimal::from(self.rng.between(-2, 2) * 86_400 + self.rng.between(-1, 1))
            }
            _ => return None,
        };
        Some(Formula::Difference { left: left.name, right: right.name, comparison, gap, tag })
    }
}
