//! How long it takes to analyse a policy of ten thousand lines, and to do so again after one edit.
//!
//! `cargo run --release -p mktlint-hir --example compile`

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics, program};
use salsa::Setter as _;

/// A policy of about ten thousand lines: rules, claims, terms and audiences.
fn policy() -> String {
    let mut text = String::from(
        "contact {\n  country: Country\n  age: Int? in 0..=130\n  stage: Stage\n  last_order: Date?\n}\n\n\
         lifecycle Stage { lead -> customer -> lapsed -> customer }\n\nregion dach = [DE, AT, CH]\n\n",
    );
    for n in 0..450 {
        let _ = write!(
            text,
            "/// People of group {n}.\naudience group_{n} =\n  stage == lapsed and country in dach and last_order? older than {n} days\n\n\
             claim claim_{n} {{\n  says \"surely proven {n}\" | \"tested {n} times\" | /approved by {n}/\n  never in [DE, FR]\n  because \"house rule {n}\"\n}}\n\n\
             /// Keeps subjects short.\nrule length_{n} on Email.subject where purpose != transactional {{\n  require length(it) <= {n} and not (it contains \"{n}\")\n  warning \"the subject is {{length(it)}} characters\"\n  help \"write less\"\n}}\n\n\
             term \"word {n}\" {{\n  not \"wort {n}\", \"werd {n}\"\n}}\n\n",
        );
    }
    text
}

fn main() {
    let text = policy();
    println!("{} lines, {} bytes", text.lines().count(), text.len());
    let started = Instant::now();
    let mut db = Database::default();
    let source =
        Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.as_str().into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.main"];
    let found = diagnostics(&db, project, file);
    println!("cold check: {:?}, {} problems", started.elapsed(), found.len());
    for found in found.iter().take(3) {
        println!("  {} {} {:?}", found.code, found.message, found.primary.place);
    }
    let started = Instant::now();
    let program = program(&db, project);
    println!("program: {:?}, {} declarations", started.elapsed(), program.items.len());
    for edit in [text.replace("<= 300 ", "<= 301 "), format!("// a comment\n{text}")] {
        file.set_text(&mut db).to(edit.into());
        let started = Instant::now();
        diagnostics(&db, project, file);
        println!("check after an edit: {:?}", started.elapsed());
    }
}
