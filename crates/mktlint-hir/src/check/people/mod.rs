//! Whom audiences and suppressions describe, and whether proofs hold.

mod audience;
mod limits;
mod proof;
mod suppression;

use mktlint_decide::Undecided;
use smol_str::SmolStr;

use crate::analyze::analysis;
use crate::db::{Db, Declaration, Project, SourceFile, declarations};
use crate::draft::{Draft, Found};
use crate::model::item::{Item, Meaning};
use crate::people::{Declared, schema};

pub use audience::same_people;
pub use suppression::shadows;

/// Problems of the people that one file describes.
#[salsa::tracked(returns(ref))]
pub fn people_problems(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Found> {
    let mut problems = Vec::new();
    for &declaration in declarations(db, file) {
        let kind = declaration.kind(db).as_str();
        if !["contact", "audience", "suppress", "prove", "cap", "quiet_hours", "lifecycle"].contains(&kind) {
            continue;
        }
        let own = declaration_problems(db, project, declaration).iter();
        problems.extend(own.map(|draft| Found::new(db, declaration, draft.clone())));
    }
    problems
}

/// Problems of the people that one declaration describes. Nothing is said about one that has another mistake.
#[salsa::tracked(returns(ref))]
pub fn declaration_problems<'db>(
    db: &'db dyn Db,
    project: Project,
    declaration: Declaration<'db>,
) -> Vec<Draft> {
    let analysis = analysis(db, project, declaration);
    let is_error = |draft: &Draft| draft.code.level == mktlint_diag::Level::Error;
    let mut problems = Vec::new();
    if analysis.problems.iter().any(is_error) {
        return problems;
    }
    let asked = Asked { db, project, item: &analysis.item };
    match &analysis.item.meaning {
        Meaning::Audience(id) => asked.audience(*id, &mut problems),
        Meaning::Suppress(suppress) => asked.suppression(suppress, &mut problems),
        Meaning::Prove(prove) => asked.prove(prove, &mut problems),
        Meaning::Record(record) => {
            let schema = schema(&Declared { db, project }, Some(&analysis.item), None);
            limits::ranges(&analysis.item, record, &schema, &mut problems);
        }
        Meaning::Cap(cap) => limits::cap(&analysis.item, cap, &mut problems),
        Meaning::QuietHours(hours) => limits::quiet_hours(hours, &mut problems),
        Meaning::Lifecycle(stages, moves) => {
            limits::lifecycle(declaration.text(db), &analysis.item, (stages, moves), &mut problems);
        }
        _ => {}
    }
    problems
}

/// A declaration that is asked about.
struct Asked<'db, 'i> {
    db: &'db dyn Db,
    project: Project,
    item: &'i Item,
}

/// Whether the reason is a mistake that is reported where it is.
fn is_mistake(undecided: &Undecided) -> bool {
    match &undecided.kind {
        mktlint_decide::UndecidedKind::NotUnderstood(whys) => {
            whys.iter().any(|why| *why == SmolStr::new_static(crate::people::MISTAKE))
        }
        mktlint_decide::UndecidedKind::TooComplex => false,
    }
}
