//! `run test`: the tests and proofs of one declaration.

use mktlint_check::{CaseResult, run_tests};
use mktlint_diag::Place;
use mktlint_hir::analysis;
use mktlint_hir::codes::{PROOF_REFUTED, too_complex, undecided_proof};
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::Placed;
use mktlint_hir::people::Declared;
use mktlint_hir::{diagnostics, program};
use mktlint_text::LineIndex;

use super::counted;
use crate::View;

/// Runs the tests and proofs that are called `name` or are about what has that full name, and says in plain lines what
/// came of them, the sum last.
pub fn run_test(view: View<'_>, name: &str) -> String {
    let all: Vec<Declaration<'_>> =
        view.own_files().flat_map(|file| declarations(view.db, file)).copied().collect();
    let (mut tests, mut proofs) = (Vec::new(), Vec::new());
    for declaration in all {
        let analysis = analysis(view.db, view.project, declaration);
        let is_own = analysis.item.path.0 == name;
        match (&analysis.item.meaning, analysis.item.kind) {
            (Meaning::Test(test), _) if is_own || test.target.0 == name => {
                tests.push(placed(view, declaration))
            }
            (_, ItemKind::Prove) if is_own || analysis.used().any(|(_, path)| path.0 == name) => {
                proofs.push(declaration);
            }
            _ => {}
        }
    }
    if tests.is_empty() && proofs.is_empty() {
        return format!("there is no test or proof of `{name}`\n");
    }
    let mut said = Said::default();
    said.tests(view, &tests);
    proofs.iter().for_each(|proof| said.proof(view, *proof));
    said.finish()
}

fn placed(view: View<'_>, declaration: Declaration<'_>) -> Placed {
    Placed {
        item: analysis(view.db, view.project, declaration).item.clone(),
        file: declaration.file(view.db).path(view.db).clone(),
        offset: declaration.offset(view.db),
        force: None,
    }
}

/// What is said of a run.
#[derive(Default)]
struct Said {
    text: String,
    n_cases: usize,
    n_unmet: usize,
    n_proofs: usize,
    n_refuted: usize,
    n_undecided: usize,
}

impl Said {
    fn tests(&mut self, view: View<'_>, tests: &[Placed]) {
        if tests.is_empty() {
            return;
        }
        let declared = Declared { db: view.db, project: view.project };
        let (results, _) = run_tests(tests, &program(view.db, view.project), &declared);
        for (target, case) in
            results.iter().flat_map(|it| it.cases.iter().map(move |case| (&it.target, case)))
        {
            self.n_cases += 1;
            self.case(view, target, case);
        }
    }

    fn case(&mut self, view: View<'_>, target: &str, case: &CaseResult) {
        let Some(failure) = &case.failure else { return };
        self.n_unmet += 1;
        self.line(view, &case.place, &format!("`{target}`: {}", failure.message));
        let observed = failure.observed.iter();
        let lines = observed.map(|it| it.line(&view.texts.text(&it.place.file).unwrap_or_default()));
        for note in lines.chain(failure.notes.iter().cloned()) {
            self.text.push_str(&format!("  {note}\n"));
        }
    }

    /// A proof has been judged by the compiler.
    fn proof(&mut self, view: View<'_>, declaration: Declaration<'_>) {
        self.n_proofs += 1;
        let file = declaration.file(view.db);
        let base = declaration.offset(view.db);
        let own = base..base.saturating_add(declaration.text(view.db).len() as u32);
        let undecided = [&undecided_proof::CODE, &too_complex::CODE];
        for found in diagnostics(view.db, view.project, file) {
            let is_refuted = PROOF_REFUTED.iter().any(|code| code.id == found.code);
            let is_undecided = undecided.iter().any(|code| code.id == found.code);
            if !own.contains(&found.primary.place.span.start()) || !(is_refuted || is_undecided) {
                continue;
            }
            self.n_refuted += usize::from(is_refuted);
            self.n_undecided += usize::from(is_undecided);
            self.line(view, &found.primary.place, &found.message);
            for note in &found.notes {
                self.text.push_str(&format!("  {note}\n"));
            }
            for help in &found.help {
                self.text.push_str(&format!("  help: {help}\n"));
            }
        }
    }

    /// `policy/main.mkt:3:1: message`
    fn line(&mut self, view: View<'_>, place: &Place, message: &str) {
        let text = view.texts.text(&place.file).unwrap_or_default();
        let at = LineIndex::new(&text).line_column(&text, place.span.start());
        self.text.push_str(&format!("{}:{}:{}: {message}\n", place.file, at.line, at.column));
    }

    /// `3 expectations, 1 proof: 1 not met`
    fn finish(mut self) -> String {
        let judged = [(self.n_cases, "expectation"), (self.n_proofs, "proof")];
        let judged: Vec<String> =
            judged.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| counted(*n, noun)).collect();
        let wrong = [(self.n_unmet, "not met"), (self.n_refuted, "refuted"), (self.n_undecided, "undecided")];
        let wrong: Vec<String> =
            wrong.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
        let wrong = if wrong.is_empty() { "all met".to_owned() } else { wrong.join(", ") };
        self.text.push_str(&format!("{}: {wrong}\n", judged.join(", ")));
        self.text
    }
}
