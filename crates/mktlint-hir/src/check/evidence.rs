//! Claims that rely on evidence that has run out or is not there.

use crate::analyze::analysis;
use crate::codes;
use crate::db::{Db, Document, Project, SourceFile, declarations};
use crate::draft::{Found, Target};
use crate::model::item::{ItemKind, Meaning};
use crate::names;

/// Problems of the evidence that a file declares, and of the claims of the file that rely on some.
#[salsa::tracked(returns(ref))]
pub fn evidence_problems(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Found> {
    let mut problems = Vec::new();
    let today = project.today(db);
    for &declaration in declarations(db, file) {
        match &analysis(db, project, declaration).item.meaning {
            Meaning::Evidence(evidence) => {
                if let Some((path, span)) = &evidence.document
                    && project.documents(db).get(path) == Some(&Document::Absent)
                {
                    problems.push(Found::new(
                        db,
                        declaration,
                        codes::evidence_without_file::absent(*span, path),
                    ));
                }
            }
            Meaning::Claim(claim) => {
                for (path, span) in &claim.evidence {
                    let found = names::declaration_at(db, project, ItemKind::Evidence, path.0.clone());
                    let Some(found) = found else { continue };
                    let Meaning::Evidence(evidence) = &analysis(db, project, found).item.meaning else {
                        continue;
                    };
                    if let Some((expires, at)) = evidence.expires
                        && expires < today
                    {
                        let target = Target::There(ItemKind::Evidence, path.clone(), at);
                        problems.push(Found::new(
                            db,
                            declaration,
                            codes::evidence_expired::of(*span, path, expires, target),
                        ));
                    }
                }
            }
            _ => {}
        }
    }
    problems
}
