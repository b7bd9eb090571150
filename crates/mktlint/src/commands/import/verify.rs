//! Whether the tests of a draft hold.

use jiff::civil::{Date, date};
use mktlint_check::run_tests;
use mktlint_hir::db::declarations;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::Placed;
use mktlint_hir::people::Declared;
use mktlint_hir::{Source, analysis};
use mktlint_host::policy::{self, Compiled};
use mktlint_host::workspace::Workspace;
use mktlint_import::{Draft, Written};

/// Where the draft seems to be. A test names no file.
const PATH: &str = "policy/imported.mkt";
/// The day of the compiler; tests have one of their own.
const DAY: Date = date(2026, 1, 1);
/// How often what does not hold is replaced. Each expectation has at most some ten texts.
const ROUNDS: usize = 60;

/// Compiles the draft by itself and runs its tests, until all hold that are left.
///
/// # Errors
///
/// Says what is wrong when that does not come to an end.
pub fn verify(draft: &mut Draft) -> Result<Written, String> {
    let mut left = "its tests".to_owned();
    for _ in 0..ROUNDS {
        let written = draft.write();
        let compiled = compile(&written.text);
        let is_clean = match refuse(draft, &written, &compiled)? {
            0 => reject(draft, &compiled, &mut left) == 0,
            _ => false,
        };
        // Dropping the database takes as long as building it.
        std::mem::forget(compiled);
        if is_clean {
            return Ok(written);
        }
    }
    Err(format!("{left} did not hold however they were written"))
}

fn compile(text: &str) -> Compiled {
    let source = Source { path: PATH.into(), module: "policy.imported".into(), text: text.into() };
    policy::compile(&Workspace::with(std::path::Path::new("."), None), &[source], DAY)
}

/// Takes out what does not compile; how many that were.
fn refuse(draft: &mut Draft, written: &Written, compiled: &Compiled) -> Result<usize, String> {
    let mut n = 0;
    for problem in compiled.diagnostics.iter().filter(|problem| policy::is_broken(problem)) {
        let at = problem.primary.place.span.start() as usize;
        match written.entry_at(at) {
            Some(entry) => draft.refuse(entry, &problem.message),
            None => return Err(problem.message.clone()),
        }
        n += 1;
    }
    Ok(n)
}

/// Replaces the expectations that do not hold; how many that were.
fn reject(draft: &mut Draft, compiled: &Compiled, left: &mut String) -> usize {
    let (db, project) = (&compiled.db, compiled.project);
    let own = project.files(db).iter().filter(|file| file.path(db).as_str() == PATH);
    let tests: Vec<Placed> = own
        .flat_map(|file| declarations(db, *file).iter().copied())
        .filter_map(|declaration| {
            let item = &analysis(db, project, declaration).item;
            let is_test = item.kind == ItemKind::Test && matches!(item.meaning, Meaning::Test(_));
            let file = declaration.file(db).path(db).clone();
            is_test.then(|| Placed { item: item.clone(), file, offset: declaration.offset(db), force: None })
        })
        .collect();
    let (results, _) = run_tests(&tests, &compiled.program(), &Declared { db, project });
    let mut n = 0;
    for result in &results {
        let target = result.target.rsplit('.').next().unwrap_or_default();
        // From the end, so that the numbers of those before stay right.
        for (at, _) in result.cases.iter().enumerate().filter(|(_, case)| case.failure.is_some()).rev() {
            draft.reject(target, at);
            *left = format!("tests of `{target}`");
            n += 1;
        }
    }
    n
}
