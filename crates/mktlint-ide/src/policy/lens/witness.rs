//! `show example`: somebody who is in an audience, or for whom a proof does not hold.

use mktlint_decide::{Solver, Verdict};
use mktlint_hir::codes::PROOF_REFUTED;
use mktlint_hir::db::Declaration;
use mktlint_hir::diagnostics;
use mktlint_hir::model::item::{Item, ItemKind};
use mktlint_hir::people::query::{LIMITS, Shape, decision, definitions, meaning_of, now, schema_of};

use crate::View;

/// In Markdown, somebody who is in the audience or suppression called `name`, or why nobody can be shown; of a proof
/// somebody for whom it does not hold. `None` for anything else.
pub fn witness(view: View<'_>, name: &str) -> Option<String> {
    let declaration = view.find_rule(name)?;
    let item = view.item(declaration);
    match item.kind {
        ItemKind::Prove => refuted(view, declaration),
        ItemKind::Audience | ItemKind::Suppress => people(view, item),
        _ => None,
    }
}

fn people(view: View<'_>, item: &Item) -> Option<String> {
    let name = item.path.name();
    let decided = decision(view.db, view.project, item.path.0.clone())?;
    let is_suppression = item.kind == ItemKind::Suppress;
    Some(match (&decided.shape, is_suppression) {
        (Shape::Nobody(_), false) => format!("nobody can be in `{name}`\n"),
        (Shape::Nobody(_), true) => format!("`{name}` can never keep anybody out\n"),
        (Shape::Everyone, false) => format!("everybody is in `{name}`\n"),
        (Shape::Everyone, true) => format!("`{name}` keeps everybody out\n"),
        (Shape::Unknown, _) => format!("it cannot be said who is in `{name}`\n"),
        (Shape::Some(_), _) => {
            let verb = if is_suppression { "is kept out by" } else { "is in" };
            let person = example(view, item)?;
            format!("for example, this person {verb} `{name}`:\n\n```mkt\n{person}\n```\n")
        }
    })
}

fn example(view: View<'_>, item: &Item) -> Option<String> {
    let View { db, project, .. } = view;
    let meaning = meaning_of(db, project, item.path.0.clone())?;
    let schema = schema_of(db, project);
    let definitions = definitions(db, project, &[&meaning])?;
    let mut solver = Solver::new(&schema, &definitions, LIMITS);
    let people = solver.people(&meaning, now(db, project)).ok()?;
    match solver.is_nobody(&people) {
        Verdict::Fails(witness) => Some(witness.show(&schema, now(db, project))),
        _ => None,
    }
}

/// What the compiler has found of a proof that does not hold.
fn refuted(view: View<'_>, declaration: Declaration<'_>) -> Option<String> {
    let base = declaration.offset(view.db);
    let own = base..base.saturating_add(declaration.text(view.db).len() as u32);
    let all = diagnostics(view.db, view.project, declaration.file(view.db));
    let mut all = all.into_iter().filter(|found| own.contains(&found.primary.place.span.start()));
    let Some(found) = all.find(|found| PROOF_REFUTED.iter().any(|code| code.id == found.code)) else {
        return Some("it holds\n".to_owned());
    };
    let mut lines = vec![found.message];
    lines.extend(found.notes);
    lines.extend(found.help.iter().map(|help| format!("help: {help}")));
    Some(format!("{}\n", lines.join("\n\n")))
}
