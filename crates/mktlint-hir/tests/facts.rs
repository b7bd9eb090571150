//! Facts that several files speak of.

use std::collections::BTreeMap;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics};

/// The messages about the files `a` and `b` of a project, those about `a` first.
fn problems(a: &str, b: &str) -> Vec<String> {
    let db = Database::default();
    let source = |name: &str, text: &str| Source {
        path: format!("policy/{name}.mkt").as_str().into(),
        module: format!("acme.{name}").into(),
        text: text.into(),
    };
    let project = db.project([source("a", a), source("b", b)], date(2026, 11, 22), BTreeMap::new());
    let files = ["acme.a", "acme.b"].map(|module| project.modules(&db)[module]);
    let all = files.into_iter().flat_map(|file| diagnostics(&db, project, file));
    all.map(|problem| problem.message.clone()).collect()
}

#[test]
fn a_fact_is_declared_once_in_a_project() {
    assert_eq!(
        problems("pub fact has_alcohol: Bool", "pub fact has_alcohol: Text"),
        ["`has_alcohol` is declared twice, and manifests give facts by name alone"]
    );
}

#[test]
fn a_fact_is_given_once_in_a_project() {
    let fact = "pub fact kept_for: Duration\ngiven kept_for = 60 days\n";
    assert_eq!(problems(fact, "given kept_for = 14 days"), ["`kept_for` is given twice"]);
    assert_eq!(problems("pub fact kept_for: Duration", "given kept_for = 14 days"), [""; 0]);
}
