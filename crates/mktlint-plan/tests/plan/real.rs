//! Plans of real policies.

use std::collections::BTreeMap;

use mktlint_asset::{Kind, PartKind, names};
use mktlint_hir::{Database, Source, program};
use mktlint_plan::file::{from_bytes, to_bytes};
use mktlint_plan::{Context, Plan, Record, RecordDef, Value, dump, lower, verify};

use crate::assets::Draft;

pub fn compiled(text: &str) -> Plan {
    compiled_in("acme.main", text)
}

/// The plan of one file, which makes the module `module`.
pub fn compiled_in(module: &str, text: &str) -> Plan {
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: module.into(), text: text.into() };
    let project = db.project([source], jiff::civil::date(2026, 11, 22), BTreeMap::new());
    lower(&program(&db, project))
}

/// Every pack of the standard library in force.
fn everything() -> Plan {
    let modules = mktlint_hir::db::STANDARD_LIBRARY.iter().map(|(_, module, _)| *module);
    let packs = modules.filter(|module| !["std.prelude", "std.regions"].contains(module));
    compiled(&packs.map(|module| format!("enforce {module}\n")).collect::<String>())
}

#[test]
fn the_standard_library_lowers_to_a_sound_plan() {
    let plan = everything();
    assert_eq!(verify(&plan), Ok(()));
    assert!(plan.rules.len() > 50, "{} rules", plan.rules.len());
    assert_eq!(plan.notes, []);
    assert_eq!(to_bytes(&plan), to_bytes(&everything()));
    let back = from_bytes(&to_bytes(&plan)).expect("what was written");
    assert_eq!(dump::text(&back), dump::text(&plan));
}

#[test]
fn what_is_not_in_force_is_not_looked_for() {
    let plan = compiled("");
    assert_eq!((plan.rules.len(), plan.patterns.len(), plan.notes.len()), (0, 0, 0));
}

#[test]
fn the_tour_lowers_to_a_sound_plan() {
    let plan = compiled(include_str!("../../../../tests/syntax/tour.mkt"));
    assert_eq!(verify(&plan), Ok(()));
    assert!(
        !plan.rules.is_empty() && !plan.claims.is_empty() && !plan.terms.is_empty() && !plan.tiers.is_empty()
    );
}

/// Fields that extractors fill: `names` of the asset model.
const FILLED: &[&str] = &[
    names::LEVEL,
    names::URL,
    names::TEXT,
    names::TITLE,
    names::SOURCE,
    names::ALT,
    names::DECORATIVE,
    names::WIDTH,
    names::HEIGHT,
    names::DIALECT,
    names::NAME,
    names::FALLBACK,
    names::ROWS,
    names::COLUMNS,
    names::HAS_HEADER,
];

#[test]
fn every_needed_field_of_a_part_is_filled_or_derived() {
    let plan = compiled("");
    let mut draft = Draft::new(Kind::Email);
    draft.body(&["One sentence."]);
    draft.link("words", "https://a.example/?utm_source=x");
    let words = draft.asset.parts[0].text.expect("words");
    let bare = [
        PartKind::Document,
        PartKind::Heading,
        PartKind::Image,
        PartKind::Table,
        PartKind::Input,
        PartKind::Passage,
    ];
    for kind in bare {
        draft.part(kind, words, Vec::new());
    }
    let asset = draft.asset;
    let context = Context::new(&plan, &asset, jiff::civil::date(2026, 11, 22).at(0, 0, 0, 0));
    let records = [
        (PartKind::Document, Record::Part(&asset, 2)),
        (PartKind::Heading, Record::Part(&asset, 3)),
        (PartKind::Paragraph, Record::Part(&asset, 0)),
        (PartKind::Sentence, Record::Sentence(&asset, words)),
        (PartKind::Link, Record::Part(&asset, 1)),
        (PartKind::Utm, Record::Utm(&asset, 1)),
        (PartKind::Image, Record::Part(&asset, 4)),
        (PartKind::Table, Record::Part(&asset, 5)),
        (PartKind::Input, Record::Part(&asset, 6)),
        (PartKind::Passage, Record::Part(&asset, 7)),
    ];
    for (kind, record) in records {
        let fields = plan.list(plan.records[RecordDef::of_part(kind)].fields);
        assert!(!fields.is_empty(), "{kind:?}");
        for field in fields.iter().filter(|field| !field.optional) {
            let name = plan.str(field.name);
            let value = mktlint_plan::field(&context, &Value::record(record), field.name);
            let is_there = matches!(value, Value::Known(_)) || FILLED.contains(&name);
            assert!(is_there, "{kind:?}.{name} is {value:?}");
        }
    }
}
