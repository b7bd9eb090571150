//! Claims that rely on evidence that has run out or is not there.

use crate::analyze::analysis;
use crate::codes;
use crate::db::{Db, Declaration, Document, Project, SourceFile, declarations};
use crate::draft::{Draft, Found, Target};
use crate::model::item::{Claim, Evidence, ItemKind, Meaning};
use crate::names;

/// Problems of the evidence that a file declares, and of the claims of the file that rely on some.
#[salsa::tracked(returns(ref))]
pub fn evidence_problems(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Found> {
    let mut problems = Vec::new();
    // The kind first: what asks about every declaration runs again after every edit.
    let has_evidence = |own: &&Declaration<'_>| matches!(own.kind(db).as_str(), "evidence" | "claim");
    for &declaration in declarations(db, file).iter().filter(has_evidence) {
        let drafts = match &analysis(db, project, declaration).item.meaning {
            Meaning::Evidence(evidence) => absent(db, project, evidence).into_iter().collect(),
            Meaning::Claim(claim) => expired(db, project, claim),
            _ => continue,
        };
        problems.extend(drafts.into_iter().map(|draft| Found::new(db, declaration, draft)));
    }
    problems
}

/// The document that the host has looked for in vain.
fn absent(db: &dyn Db, project: Project, evidence: &Evidence) -> Option<Draft> {
    let (path, span) = evidence.document.as_ref()?;
    let is_absent = project.documents(db).get(path) == Some(&Document::Absent);
    is_absent.then(|| codes::evidence_without_file::absent(*span, path))
}

/// What `claim` relies on that has run out.
fn expired(db: &dyn Db, project: Project, claim: &Claim) -> Vec<Draft> {
    let expired = claim.evidence.iter().filter_map(|(path, span)| {
        let found = names::declaration_at(db, project, ItemKind::Evidence, path.0.clone())?;
        let Meaning::Evidence(evidence) = &analysis(db, project, found).item.meaning else { return None };
        let (expires, at) = evidence.expires.filter(|(expires, _)| *expires < project.today(db))?;
        let target = Target::There(ItemKind::Evidence, path.clone(), at);
        Some(codes::evidence_expired::of(*span, path, expires, target))
    });
    expired.collect()
}
