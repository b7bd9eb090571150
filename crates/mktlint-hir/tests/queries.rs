//! Which queries an edit runs again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::date;
use mktlint_hir::{Database, Project, Source, diagnostics, program};
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

/// How often each query ran after `edit` of [`POLICY`].
fn ran(edit: impl Fn(&str) -> String) -> BTreeMap<String, usize> {
    ran_in(POLICY, edit)
}

/// How often each query ran after `edit` of a policy.
fn ran_in(policy: &str, edit: impl Fn(&str) -> String) -> BTreeMap<String, usize> {
    let (mut db, project, log) = watched(policy);
    let file = project.modules(&db)["acme.main"];
    diagnostics(&db, project, file);
    log.lock().expect("nobody panicked").clear();
    file.set_text(&mut db).to(edit(policy).into());
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
    // Nothing else that goes over all declarations: not names, not circles, not conflicts.
    let ran: Vec<&str> = counts.keys().map(String::as_str).collect();
    assert_eq!(ran, ["analysis", "declarations", "name_problems", "outline", "parsed"]);
}

#[test]
fn an_edit_that_keeps_the_contact_as_it_was_analyses_the_contact_alone() {
    let counts = ran(|text| text.replace("{ age: Int }", "{ age: Int /* years */ }"));
    assert_eq!(counts.get("parsed"), Some(&1), "{counts:?}");
    assert_eq!(counts.get("analysis"), Some(&1), "{counts:?}");
}

const PEOPLE: &str = "\
contact { age: Int in 0..=130 }
audience adults = age >= 18
audience old = adults and age >= 65
audience kids \"children\" = age < 13
suppress teens { who age in 13..18 }
prove kids disjoint from old
";

/// How often formulas were made, people decided and declarations judged.
fn decided(edit: impl Fn(&str) -> String) -> [usize; 3] {
    let counts = ran_in(PEOPLE, edit);
    ["meaning_of", "decision", "declaration_problems"]
        .map(|name| counts.get(name).copied().unwrap_or_default())
}

#[test]
fn an_edit_of_one_audience_decides_it_and_those_that_name_it() {
    // Its own problems and those of the proof; the others are judged no more.
    assert_eq!(decided(|text| text.replace("age < 13", "age < 12")), [1, 1, 2]);
    // `old` names `adults`. It comes out with the same people, so only `adults` and the proof are judged again.
    assert_eq!(decided(|text| text.replace("age >= 18", "age >= 19")), [1, 2, 2]);
}

#[test]
fn an_edit_that_means_the_same_decides_nothing() {
    assert_eq!(decided(|text| format!("// a comment\n{text}")), [0, 0, 0]);
    // The condition of `kids` is read again, and comes out equal.
    assert_eq!(decided(|text| text.replace("children", "minors")), [1, 0, 1]);
    assert_eq!(decided(|text| text.replace("age < 13", "(age < 13)")), [1, 0, 1]);
}

#[test]
fn an_edit_of_the_schema_decides_everything() {
    assert_eq!(decided(|text| text.replace("130", "120")), [4, 4, 6]);
}

#[test]
fn an_edit_does_not_look_at_the_library_again() {
    let looked = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&looked);
    let mut db = Database::watched(move |event| {
        let is_look = matches!(
            event.kind,
            salsa::EventKind::WillExecute { .. } | salsa::EventKind::DidValidateMemoizedValue { .. }
        );
        if is_look && let Ok(mut looked) = seen.lock() {
            *looked += 1;
        }
    });
    let policy = format!("enforce std.recommended\n{POLICY}");
    let project = db.project([source("main", &policy)], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.main"];
    program(&db, project);
    let cold = std::mem::take(&mut *looked.lock().expect("nobody panicked"));
    db.set_text(file, policy.replace("60", "70").into());
    program(&db, project);
    let warm = *looked.lock().expect("nobody panicked");
    // One look at each declaration in force, and none at what it was made of.
    assert!(warm * 3 < cold * 2, "{warm} of {cold}");
}

fn source(name: &str, text: &str) -> Source {
    let (path, module) = (format!("policy/{name}.mkt"), format!("acme.{name}"));
    Source { path: path.as_str().into(), module: module.into(), text: text.into() }
}

#[test]
fn replaced_sources_are_as_if_they_had_always_been_there() {
    let today = date(2026, 11, 22);
    let rule = |name: &str, word: &str| format!("rule {name} {{ match \"{word}\"  error \"{{mtch}}\" }}\n");
    let states: [&[Source]; 4] = [
        &[source("a", &rule("one", "x"))],
        &[source("a", &rule("one", "y")), source("b", &format!("use acme.a.{{one}}\n{}", rule("two", "z")))],
        &[source("b", &rule("one", "z"))],
        &[source("a", &rule("one", "x")), source("b", "")],
    ];
    let mut db = Database::default();
    let project = db.project(states[0].to_vec(), today, BTreeMap::new());
    for state in states {
        db.replace_sources(project, state.to_vec(), &Default::default());
        let fresh_db = Database::default();
        let fresh = fresh_db.project(state.to_vec(), today, BTreeMap::new());
        let found = |db: &Database, project: Project| -> Vec<_> {
            let own = project.files(db).iter().filter(|file| !file.is_pack(db));
            own.map(|file| diagnostics(db, project, *file)).collect()
        };
        assert_eq!(found(&db, project), found(&fresh_db, fresh));
        assert_eq!(project.files(&db).len(), fresh.files(&fresh_db).len());
    }
}
