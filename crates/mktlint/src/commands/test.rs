//! `mktlint test`.

mod proofs;

use std::collections::BTreeMap;

use mktlint_check::{CaseResult, Coverage, TestResult, run_tests};
use mktlint_diag::{Diagnostic, FilePath, Level, Place};
use mktlint_hir::analysis;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::Placed;
use mktlint_hir::people::Declared;
use mktlint_host::policy::{self, Compiled};
use mktlint_host::system;
use mktlint_text::LineIndex;

use crate::args::Global;
use crate::catalog::names;
use crate::console::Console;
use crate::home::Home;
use crate::policies::Policies;
use crate::problems;
use crate::status::{Reason, Status, Stop};
use crate::texts::Given;
use crate::words::counted;
use proofs::Proofs;

/// What a test is called that failed.
const CODE: &str = "test";

/// Flags of `test`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint test\n  mktlint test claims\n  mktlint test std.us.can_spam --coverage\n\n\
    Tests run on the day they name with `at`, else on 2026-01-01, whatever today is.\n\n\
    Exit status:\n  \
      0  all pass\n  \
      1  one fails\n  \
      3  a policy does not compile\n  \
      4  a proof cannot be decided\n  \
      5  there is no test and no proof\n  \
      7  a proof is refuted"
)]
pub struct Args {
    /// Only tests and proofs of what has this name, or a name that starts or ends with it; packs are tested when named
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// Show which conditions no test has seen both true and false
    #[arg(long)]
    coverage: bool,
}

impl Args {
    /// Whether the filter names the standard library or something in it.
    fn names_library(&self) -> bool {
        self.filter.as_ref().is_some_and(|filter| filter.split('.').next() == Some("std"))
    }

    /// Whether the filter names a pack or something in it.
    fn names_packs(&self, policies: &Policies<'_>) -> bool {
        let Some(filter) = &self.filter else { return false };
        let first = filter.split('.').next().unwrap_or_default();
        self.names_library() || policies.packs().any(|pack| pack == first)
    }
}

/// Runs the tests that policies contain, and says what came of their proofs.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    // Packs of the library are tested by themselves: a `given` or a `contact` of the project would change what is tested.
    let is_of_library = args.names_library() && home.workspace.config.name != "std";
    let compiled = match is_of_library {
        true => Ok(policy::library(&home.workspace, system::today())),
        false => home.compile(global, console)?,
    };
    let compiled = match compiled {
        Ok(compiled) => compiled,
        Err(status) => return Ok(status),
    };
    let policies = Policies::new(&home, &compiled);
    let tests = tests(args, &compiled, &policies);
    let proofs = proofs::proofs(args.filter.as_deref(), &compiled, &policies);
    if tests.is_empty() && proofs.n == 0 {
        console.note(&match &args.filter {
            Some(filter) => format!("there is no test or proof of `{filter}`"),
            None => "there is no test; `test` and `prove` declarations in policies are run".to_owned(),
        });
        return Ok(Reason::NothingChecked.into());
    }
    let program = if args.names_packs(&policies) || policies.is_library() {
        policies.everything()
    } else {
        compiled.program()
    };
    let (results, coverage) =
        run_tests(&tests, &program, &Declared { db: &compiled.db, project: compiled.project });
    let failures = failures(&results, &policies);
    let mut found = failures.clone();
    found.extend(proofs.refuted.iter().chain(&proofs.undecided).map(|it| moved(it, &policies)));
    found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    show(&found, &policies, console)?;
    if args.coverage {
        console.show(&covered(&coverage, &policies, console))?;
    }
    if !console.quiet {
        console.show(&sum(&results, failures.len(), &proofs))?;
    }
    Ok(Status::OK
        .when(!failures.is_empty(), Reason::Findings)
        .when(!proofs.undecided.is_empty(), Reason::Undecided)
        .when(!proofs.refuted.is_empty(), Reason::Refuted))
}

/// `2 tests, 3 expectations, 4 proofs: 1 not met, 1 refuted`
fn sum(results: &[TestResult], n_failures: usize, proofs: &Proofs) -> String {
    let n_cases: usize = results.iter().map(|result| result.cases.len()).sum();
    let judged = [
        (results.len(), counted(results.len(), "test")),
        (results.len(), counted(n_cases, "expectation")),
        (proofs.n, counted(proofs.n, "proof")),
    ];
    let wrong =
        [(n_failures, "not met"), (proofs.refuted.len(), "refuted"), (proofs.undecided.len(), "undecided")];
    let judged: Vec<String> = judged.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    let wrong: Vec<String> =
        wrong.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let wrong = if wrong.is_empty() { "all met".to_owned() } else { wrong.join(", ") };
    format!("{}: {wrong}\n", judged.join(", "))
}

/// The problem with paths as they are shown.
fn moved(problem: &Diagnostic, policies: &Policies<'_>) -> Diagnostic {
    let mut moved = problem.clone();
    for label in std::iter::once(&mut moved.primary).chain(&mut moved.secondary) {
        label.place = Place::new(policies.shown(&label.place.file), label.place.span);
    }
    moved
}

/// The tests that are wanted: of the project, and of packs when a filter names one.
fn tests(args: &Args, compiled: &Compiled, policies: &Policies<'_>) -> Vec<Placed> {
    let with_packs = args.names_packs(policies);
    let declarations = policies.declarations(|file| with_packs || policies.is_own(file));
    let (db, project) = (&compiled.db, compiled.project);
    let mut tests = Vec::new();
    for declaration in declarations {
        let item = &analysis(db, project, declaration).item;
        let Meaning::Test(test) = &item.meaning else { continue };
        let is_wanted = args.filter.as_ref().is_none_or(|filter| names(filter, &test.target.0));
        if item.kind == ItemKind::Test && is_wanted {
            let file = declaration.file(db).path(db).clone();
            tests.push(Placed { item: item.clone(), file, offset: declaration.offset(db), force: None });
        }
    }
    tests
}

/// Each expectation that was not met, as a finding.
fn failures(results: &[TestResult], policies: &Policies<'_>) -> Vec<Diagnostic> {
    let cases = results.iter().flat_map(|result| result.cases.iter().map(move |case| (result, case)));
    let mut failures: Vec<Diagnostic> =
        cases.filter_map(|(result, case)| failure(result, case, policies)).collect();
    failures.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    failures
}

fn failure(result: &TestResult, case: &CaseResult, policies: &Policies<'_>) -> Option<Diagnostic> {
    let failure = case.failure.as_ref()?;
    let place = Place::new(policies.shown(&case.place.file), case.place.span);
    let message = format!("`{}`: {}", result.target, failure.message);
    let mut found = Diagnostic::finding(CODE, Level::Error, place, message);
    found.notes = failure.observed.iter().map(|it| it.line(policies.text(&it.place.file))).collect();
    found.notes.extend(failure.notes.iter().cloned());
    Some(found)
}

/// Shows failures with what expressions gave, whatever the format.
fn show(failures: &[Diagnostic], policies: &Policies<'_>, console: &Console) -> Result<(), Stop> {
    let mut given = Given::default();
    for file in policies.files() {
        given.add(policies.shown(file), policies.text(file));
    }
    if console.is_terminal {
        return problems::show(failures, &given, console);
    }
    for failure in failures {
        problems::show(std::slice::from_ref(failure), &given, console)?;
        for note in &failure.notes {
            console.show(&format!("  {note}\n"))?;
        }
        for help in &failure.help {
            console.show(&format!("  help: {help}\n"))?;
        }
    }
    Ok(())
}

/// What no test has seen.
fn covered(coverage: &Coverage, policies: &Policies<'_>, console: &Console) -> String {
    let mut lines = Lines::default();
    let mut text = String::new();
    for rule in coverage.rules.iter().filter(|rule| !(rule.fired && rule.held)) {
        let missing = if rule.fired {
            "never silent"
        } else if rule.held {
            "never fired"
        } else {
            "not tested"
        };
        text.push_str(&format!("{}: `{}` {missing}\n", lines.at(&rule.place, policies), rule.rule));
    }
    for condition in coverage.conditions.iter().filter(|it| !(it.was_true && it.was_false)) {
        let missing = match (condition.was_true, condition.was_false) {
            (true, _) => "never false",
            (_, true) => "never true",
            _ => "never evaluated",
        };
        let words = condition.place.span.slice(policies.text(&condition.place.file));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        text.push_str(&format!("{}: `{words}` {missing}\n", lines.at(&condition.place, policies)));
    }
    let seen = coverage.conditions.iter().filter(|it| it.was_true && it.was_false).count();
    let rules = coverage.rules.iter().filter(|rule| rule.fired && rule.held).count();
    let sum = format!(
        "coverage: {rules} of {} rules and {seen} of {} conditions seen both ways",
        coverage.rules.len(),
        coverage.conditions.len()
    );
    text.push_str(&format!("{}\n", console.bold(&sum)));
    text
}

/// Line indexes of policies, each made once.
#[derive(Default)]
struct Lines(BTreeMap<FilePath, LineIndex>);

impl Lines {
    fn at(&mut self, place: &Place, policies: &Policies<'_>) -> String {
        let text = policies.text(&place.file);
        let index = self.0.entry(place.file.clone()).or_insert_with(|| LineIndex::new(text));
        let at = index.line_column(text, place.span.start());
        format!("{}:{}:{}", policies.shown(&place.file), at.line, at.column)
    }
}
