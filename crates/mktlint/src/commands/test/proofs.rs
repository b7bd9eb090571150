//! Proofs among the tests of policies.

use mktlint_diag::{Code, Diagnostic};
use mktlint_hir::analysis;
use mktlint_hir::codes::{PROOF_REFUTED, too_complex, undecided_proof};
use mktlint_hir::db::Declaration;
use mktlint_hir::model::item::ItemKind;
use mktlint_host::policy::Compiled;

use crate::catalog::names;
use crate::policies::Policies;

/// What came of the proofs that are wanted.
#[derive(Debug, Default)]
pub struct Proofs {
    /// How many there are.
    pub n: usize,
    /// One finding for each that does not hold.
    pub refuted: Vec<Diagnostic>,
    /// One for each that cannot be decided.
    pub undecided: Vec<Diagnostic>,
}

/// The proofs of the project that name something called `filter`, or all. The compiler has judged them.
pub fn proofs(filter: Option<&str>, compiled: &Compiled, policies: &Policies<'_>) -> Proofs {
    let (db, project) = (&compiled.db, compiled.project);
    let mut proofs = Proofs::default();
    for declaration in policies.declarations(|file| policies.is_own(file)) {
        let analysis = analysis(db, project, declaration);
        let is_wanted = |filter: &str| analysis.used().any(|(_, path)| names(filter, &path.0));
        if analysis.item.kind != ItemKind::Prove || !filter.is_none_or(is_wanted) {
            continue;
        }
        proofs.n += 1;
        let own = |codes: &[&Code]| about(declaration, codes, compiled);
        proofs.refuted.extend(own(PROOF_REFUTED));
        proofs.undecided.extend(own(&[&undecided_proof::CODE, &too_complex::CODE]));
    }
    proofs
}

/// The first problem with one of `codes` in the declaration.
fn about(declaration: Declaration<'_>, codes: &[&Code], compiled: &Compiled) -> Option<Diagnostic> {
    let db = &compiled.db;
    let file = declaration.file(db).path(db);
    let start = declaration.offset(db);
    let end = start + u32::try_from(declaration.text(db).len()).unwrap_or(u32::MAX - start);
    let is_own = |found: &&Diagnostic| {
        let place = &found.primary.place;
        place.file == *file && (start..end).contains(&place.span.start())
    };
    let is_one = |found: &&Diagnostic| codes.iter().any(|code| code.id == found.code);
    compiled.diagnostics.iter().filter(is_own).find(is_one).cloned()
}
