//! Which queries an edit runs again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::date;
use mktlint_hir::{Database, Project, Source, diagnostics};
use salsa::Setter as _;

const POLICY: &str = "contact { age: Int }\naudience adults = age >= 18\nrule long on Email.subject {\n  require length(it) <= 60\n  error \"too long\"\n}\n";

type Log = Arc<Mutex<Vec<String>>>;

fn watched(text: &str) -> (Database, Project, Log) {
    let log = Log::default();
    let seen = Arc::clone(&log);
    let db = Database::watched(move |event| {
        if let salsa::EventKind::WillExecute { database_key } = event.kind
            && let Ok(mut log) = seen.lock()
        {
            log.push(format!("{database_key:?}"));
        }
    });
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    (db, project, log)
}

/// How often each query ran after `edit` of the policy.
fn ran(edit: impl Fn(&str) -> String) -> BTreeMap<String, usize> {
    let (mut db, project, log) = watched(POLICY);
    let file = project.modules(&db)["acme.main"];
    diagnostics(&db, project, file);
    log.lock().expect("nobody panicked").clear();
    file.set_text(&mut db).to(edit(POLICY).into());
    diagnostics(&db, project, file);
    let mut counts = BTreeMap::new();
    for query in log.lock().expect("nobody panicked").iter() {
        let name = query.split('(').next().unwrap_or_default().to_owned();
        *counts.entry(name).or_default() += 1;
    }
    counts
}

#[test]
fn a_comment_above_runs_no_parse_and_no_analysis() {
    let counts = ran(|text| format!("// a comment\n{text}"));
    assert_eq!(counts.get("parsed"), None, "{counts:?}");
    assert_eq!(counts.get("analysis"), None, "{counts:?}");
}

#[test]
fn an_edit_of_one_rule_analyses_that_rule_alone() {
    let counts = ran(|text| text.replace("60", "70"));
    assert_eq!(counts.get("parsed"), Some(&1), "{counts:?}");
    assert_eq!(counts.get("analysis"), Some(&1), "{counts:?}");
}

#[test]
fn an_edit_that_keeps_the_contact_as_it_was_analyses_the_contact_alone() {
    let counts = ran(|text| text.replace("{ age: Int }", "{ age: Int /* years */ }"));
    assert_eq!(counts.get("parsed"), Some(&1), "{counts:?}");
    assert_eq!(counts.get("analysis"), Some(&1), "{counts:?}");
}
