//! Whole queries as people read them, and what has none.

use std::sync::Arc;

use jiff::civil::date;
use mktlint_decide::{
    Attribute, Comparison, Definitions, Domain, Formula, ItemTest, Operand, Origin, Schema, Shift, Tag, Test,
    TextTest, Unit, Value,
};
use mktlint_sql::{Columns, Dialect, Now, Part, Source, condition, condition_of, create_table, query};

fn attribute(name: &str, domain: Domain, optional: bool) -> Attribute {
    Attribute { name: name.into(), domain, optional, of_contact: true }
}

fn schema() -> Schema {
    let names = |members: &[&str]| Domain::Names {
        members: members.iter().map(|name| (*name).into()).collect(),
        open: false,
    };
    let number = |unit, scale| Domain::Number { unit, least: None, most: None, scale };
    Schema {
        attributes: vec![
            attribute("stage", names(&["customer", "lapsed"]), false),
            attribute("country", names(&["AT", "DE", "FR"]), false),
            attribute("last_order", Domain::Date { least: None, most: None }, true),
            attribute("email_consent", names(&["granted", "withdrawn"]), true),
            attribute("age", number(Unit::Plain, 0), true),
            attribute("spend", number(Unit::Money("EUR".into()), 2), false),
            attribute("seen", Domain::DateTime, true),
            attribute("wakes", Domain::Time, true),
            attribute("vip", Domain::Bool, false),
            attribute("tags", Domain::SetOfTexts, false),
            attribute("path", Domain::SetOfTexts, true),
            Attribute { of_contact: false, ..attribute("campaign.purpose", names(&["promotion"]), false) },
        ],
    }
}

fn test_of(attribute: &str, test: Test) -> Formula {
    Formula::Test { attribute: attribute.into(), test, tag: Tag(7) }
}

fn one_of(attribute: &str, names: &[&str]) -> Formula {
    test_of(attribute, Test::OneOf(names.iter().map(|name| Value::Name((*name).into())).collect()))
}

fn days_ago(attribute: &str, comparison: Comparison, days: i32) -> Formula {
    let operand = Operand::FromNow(Shift { days: -days, ..Shift::default() });
    test_of(attribute, Test::Compare(comparison, operand))
}

fn named(name: &str) -> Formula {
    Formula::Named { name: name.into(), tag: Tag(3) }
}

fn why(formula: &Formula, definitions: &Definitions) -> (Origin, String) {
    let error =
        condition(formula, definitions, &schema(), Dialect::Sqlite, Now::Database).expect_err("no SQL");
    (error.origin, error.why.to_string())
}

fn refused(formula: &Formula) -> String {
    why(formula, &Definitions::new()).1
}

#[test]
fn a_query_reads_like_the_policy() {
    let unconsented = one_of("email_consent", &["withdrawn"]);
    let fresh = Formula::And(vec![
        days_ago("last_order", Comparison::AtLeast, 7),
        days_ago("last_order", Comparison::AtMost, 0),
    ]);
    let lapsed = Formula::And(vec![one_of("stage", &["lapsed"]), named("policy.dach")]);
    let definitions = Definitions::from([("policy.dach".into(), Arc::new(one_of("country", &["AT", "DE"])))]);
    let columns = Columns::from([("country".into(), "Country Code".into())]);
    let source = Source {
        schema: &schema(),
        definitions: &definitions,
        dialect: Dialect::Postgres,
        now: Now::At(date(2026, 11, 22).at(0, 0, 0, 0)),
        table: "crm.people",
        columns: &columns,
    };
    let part = |title, formula| Part { title, formula };
    let minus = [part("unconsented", &unconsented), part("fresh_buyers", &fresh)];
    let sql = query(&source, &part("lapsed_dach: who stopped buying", &lapsed), &minus).expect("SQL");
    insta::assert_snapshot!(sql, @r#"
    SELECT *
    FROM crm.people
    WHERE
      -- lapsed_dach: who stopped buying
      stage = 'lapsed'
      AND ( -- policy.dach
        "Country Code" IN ('AT', 'DE')
      )
      -- not unconsented
      AND (email_consent IS NULL OR email_consent <> 'withdrawn')
      -- not fresh_buyers
      AND (
        last_order IS NULL
        OR last_order < DATE '2026-11-15'
        OR last_order > DATE '2026-11-22'
      )
    "#);
}

#[test]
fn a_table_has_a_column_for_each_attribute_of_the_contact() {
    let columns = Columns::from([("country".into(), "Country Code".into())]);
    let create = |dialect| create_table(&schema(), dialect, "crm.people", &columns);
    insta::assert_snapshot!(create(Dialect::Postgres), @r#"
    CREATE TABLE crm.people (
      stage TEXT NOT NULL,
      "Country Code" TEXT NOT NULL,
      last_order DATE,
      email_consent TEXT,
      age BIGINT,
      spend DECIMAL(20, 2) NOT NULL,
      seen TIMESTAMP,
      wakes TIME,
      vip BOOLEAN NOT NULL,
      tags TEXT[] NOT NULL,
      path TEXT[]
    )
    "#);
    insta::assert_snapshot!(create(Dialect::BigQuery), @r#"
    CREATE TABLE crm.people (
      stage STRING NOT NULL,
      `Country Code` STRING NOT NULL,
      last_order DATE,
      email_consent STRING,
      age INT64,
      spend NUMERIC NOT NULL,
      seen DATETIME,
      wakes TIME,
      vip BOOL NOT NULL,
      tags ARRAY<STRING>,
      path ARRAY<STRING>
    )
    "#);
}

#[test]
fn what_is_not_understood_is_named() {
    let opaque = Formula::Opaque { key: "k".into(), why: "it asks for the weather".into(), tag: Tag(9) };
    let definitions = Definitions::from([("odd".into(), Arc::new(Formula::Not(Box::new(opaque))))]);
    let outer = Formula::Or(vec![one_of("stage", &["lapsed"]), named("odd")]);
    let origin = Origin { definition: Some("odd".into()), tag: Tag(9) };
    assert_eq!(why(&outer, &definitions), (origin, "it asks for the weather".into()));
}

#[test]
fn what_does_not_fit_the_schema_is_refused() {
    assert_eq!(refused(&one_of("stag", &["lapsed"])), "there is no attribute `stag`");
    let purpose = one_of("campaign.purpose", &["promotion"]);
    assert_eq!(refused(&purpose), "`campaign.purpose` is known of the message, not of the contact");
    assert_eq!(refused(&one_of("age", &["old"])), "it does not fit what `age` holds");
    assert_eq!(refused(&test_of("vip", Test::Size(Comparison::Less, 1))), "`vip` is no set");
    assert_eq!(refused(&days_ago("vip", Comparison::Equal, 1)), "it compares a day with what is none");
    let less = Test::Compare(Comparison::Less, Operand::Value(Value::Name("lapsed".into())));
    assert_eq!(refused(&test_of("stage", less)), "it does not fit what `stage` holds");
}

#[test]
fn what_a_database_cannot_hold_is_refused() {
    let nul = test_of("tags", Test::Any(ItemTest::OneOf(vec![Value::Text("a\0b".into())])));
    assert_eq!(refused(&nul), "texts of databases hold no U+0000");
    let sigma = test_of("stage", Test::Text(TextTest::Contains, "ΟΔΟΣ".into()));
    assert_eq!(refused(&sigma), "the lower case of `Σ` depends on where in a word it stands");
    let far = days_ago("last_order", Comparison::Less, 800_000);
    assert_eq!(refused(&far), "it reaches beyond the years that databases know");
}

#[test]
fn a_column_that_json_each_has_too_needs_its_table() {
    let vip = test_of("path", Test::Any(ItemTest::OneOf(vec![Value::Text("vip".into())])));
    assert!(refused(&vip).starts_with("SQLite takes `path` for a column of `json_each`"));
    let source = Source {
        schema: &schema(),
        definitions: &Definitions::new(),
        dialect: Dialect::Sqlite,
        now: Now::Database,
        table: "crm.people",
        columns: &Columns::new(),
    };
    let expected = "EXISTS (SELECT 1 FROM json_each(people.path) WHERE value = 'vip')";
    assert_eq!(condition_of(&source, &vip).as_deref(), Ok(expected));
}

#[test]
fn definitions_that_grow_or_turn_in_circles_end() {
    let lapsed = one_of("stage", &["lapsed"]);
    let mut definitions = Definitions::from([("d0".into(), Arc::new(lapsed.clone()))]);
    for n in 1..18 {
        let before = named(&format!("d{}", n - 1));
        let many = vec![Formula::Or(vec![before.clone(), one_of("country", &["DE"])]); 9];
        definitions.insert(format!("d{n}").into(), Arc::new(Formula::And(many)));
    }
    definitions.insert("self".into(), Arc::new(Formula::Not(Box::new(named("self")))));
    assert_eq!(why(&named("d8"), &definitions).1, "it makes the query longer than a megabyte");
    assert_eq!(why(&named("d17"), &definitions).1, "it makes the query longer than a megabyte");
    assert_eq!(why(&named("self"), &definitions).1, "`self` needs itself");
    assert_eq!(why(&named("nowhere"), &definitions).1, "there is no definition `nowhere`");
}

#[test]
fn depth_is_bounded_and_length_is_not() {
    let country = || one_of("country", &["DE"]);
    let alternating = (0..50).fold(country(), |inner, n| {
        let parts = vec![inner, one_of("stage", &["lapsed"])];
        if n % 2 == 0 { Formula::And(parts) } else { Formula::Or(parts) }
    });
    assert_eq!(refused(&alternating), "it nests deeper than 20 levels");
    let chain = (0..2_000).fold(country(), |inner, _| {
        Formula::And(vec![Formula::Not(Box::new(Formula::Not(Box::new(inner))))])
    });
    let sql = condition(&chain, &Definitions::new(), &schema(), Dialect::Spark, Now::Database);
    assert_eq!(sql.as_deref(), Ok("country = 'DE'"));
    let items = (0..20).fold(ItemTest::Every, |inner, _| ItemTest::Not(Box::new(inner)));
    assert_eq!(refused(&test_of("tags", Test::Any(items))), "it nests deeper than 8 levels");
}
