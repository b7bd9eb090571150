//! Policies that are wrong, and what is said about them.

use std::collections::BTreeMap;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics};
use mktlint_text::LineIndex;

/// The problems of one policy file, one per line: `line:column code message`.
fn problems(text: &str) -> String {
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.main"];
    let lines = LineIndex::new(text);
    let shown = diagnostics(&db, project, file).into_iter().map(|found| {
        let at = lines.line_column(text, found.primary.place.span.start());
        let help = found.help.first().map(|help| format!(" [{help}]")).unwrap_or_default();
        format!("{}:{} {} {}{help}\n", at.line, at.column, found.code, found.message)
    });
    shown.collect()
}

#[test]
fn the_tour_only_lacks_what_it_does_not_show() {
    let tour = include_str!("../../../tests/syntax/tour.mkt");
    insta::assert_snapshot!(problems(tour), @r#"
    3:22 MKT0115 nothing in this file uses `EEA` [remove it from the `use`]
    4:5 MKT0115 nothing in this file uses `email` [remove it from the `use`]
    43:8 MKT0110 nothing here is called `prospects`
    43:19 MKT0110 nothing here is called `active`
    43:27 MKT0110 nothing here is called `lapsed_any` [did you mean `lapsed_eu`?]
    47:12 MKT0105 a SHA-256 digest has 64 hexadecimal digits [run `sha256sum` on the document]
    96:28 MKT0110 no `role` is called `marketing`
    99:21 MKT0110 no `role` is called `brand`
    "#);
}
