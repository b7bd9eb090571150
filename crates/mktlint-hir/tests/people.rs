//! Conditions on contacts as formulas.

use std::collections::BTreeMap;

use jiff::civil::date;
use mktlint_decide::{Definitions, show_formula};
use mktlint_hir::people::query::schema_of;
use mktlint_hir::people::{Declared, formula, segment};
use mktlint_hir::{Database, Source};

const POLICY: &str = r#"
use std.regions.EU
contact {
  country: Country
  billing: Country?
  language: Language
  age: Int? in 0..=130
  score: Decimal
  spend: Money<EUR>
  refunds: Money<EUR>
  share: Percent
  stage: Stage
  vip: Bool
  opted: Bool?
  last_order: Date?
  signup: Date
  seen_at: DateTime?
  wakes: Time?
  email: String
  tags: Set<String>
  visited: Set<Country>?
  notes: List<String>
  amounts: Set<Int>
  wait: Duration?
}
lifecycle Stage { lead -> customer -> lapsed -> customer }
region dach = [DE, AT, CH]
let limit = 18
let adult = age? >= limit
fn older(days_old: Int, at_least: Int) -> Bool = days_old > at_least
audience grown_ups = adult
suppress kids on email { who age? < 13 }
"#;

/// The formula of a condition, as policies write it; what cannot be decided as `?(why)`.
fn shown(text: &str) -> String {
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: POLICY.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let schema = schema_of(&db, project);
    match segment(&db, project, text) {
        Ok(segment) => {
            let items = Declared { db: &db, project };
            let formula = formula(&items, &schema, &segment.body, segment.condition);
            show_formula(&formula, &schema, &Definitions::new())
        }
        Err(problems) => problems
            .iter()
            .map(|problem| format!("{:?} {}", problem.span.slice(text), problem.message))
            .collect::<Vec<_>>()
            .join("; "),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text), expected, "{text}");
}

#[test]
fn show() {
    for text in std::fs::read_to_string("/tmp/hir_cases.txt").unwrap().lines() {
        println!("{text}   ==>   {}", shown(text));
    }
}
