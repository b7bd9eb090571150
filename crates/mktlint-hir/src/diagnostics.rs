//! Problems with their places.

use mktlint_diag::{Diagnostic, Level, Place};
use mktlint_syntax::Origin;
use mktlint_text::{LineIndex, Span};

use crate::analyze::analysis;
use crate::check::cycle::settle;
use crate::check::{conflict, evidence, names as name_checks, people, tier};
use crate::db::{Db, Declaration, Project, SourceFile, declarations, parsed};
use crate::draft::{Draft, Target};
use crate::names;
use crate::program::{idle, place, weakened};

/// Everything wrong with one policy file, in order of position.
///
/// Not a query: cheap, and it depends on every offset.
pub fn diagnostics(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Diagnostic> {
    settle(db, project);
    let mut found = Vec::new();
    let mut drafts: Vec<(Declaration<'_>, Draft)> = Vec::new();
    for &declaration in declarations(db, file) {
        let syntax = &parsed(db, declaration).problems;
        let origin = Origin { file: file.path(db), offset: declaration.offset(db) };
        found.extend(syntax.iter().map(|problem| problem.show(origin)));
        let own = analysis(db, project, declaration).problems.iter();
        if syntax.is_empty() {
            drafts.extend(own.map(|draft| (declaration, draft.clone())));
            continue;
        }
        // A warning may only be there because of the mistake, and so may anything on the same line.
        let lines = LineIndex::new(declaration.text(db));
        let line = |span: Span| lines.line(span.start());
        let broken: Vec<u32> = syntax.iter().map(|problem| line(problem.span())).collect();
        let kept =
            own.filter(|draft| draft.code.level == Level::Error && !broken.contains(&line(draft.span)));
        drafts.extend(kept.map(|draft| (declaration, draft.clone())));
    }
    let shared = name_checks::name_problems(db, project, file)
        .iter()
        .chain(evidence::evidence_problems(db, project, file))
        .chain(people::people_problems(db, project, file));
    let together = conflict::conflicts(db, project).iter().chain(tier::tier_problems(db, project));
    drafts.extend(
        shared
            .chain(together.filter(|found| found.file == file))
            .filter_map(|found| Some((found.declaration(db)?, found.draft.clone()))),
    );
    drafts.extend(weakened(db, project, file));
    drafts.extend(idle(db, project, file));
    found.extend(drafts.iter().map(|(declaration, draft)| show(db, project, *declaration, draft)));
    found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    found.dedup();
    found
}

fn show(db: &dyn Db, project: Project, declaration: Declaration<'_>, draft: &Draft) -> Diagnostic {
    draft.place(|span| place(db, declaration, span), |target| find(db, project, declaration, target))
}

fn find(db: &dyn Db, project: Project, declaration: Declaration<'_>, target: &Target) -> Option<Place> {
    match target {
        Target::Here(span) => Some(place(db, declaration, *span)),
        Target::Name(kind, path) => {
            let found = names::declaration_at(db, project, *kind, path.0.clone())?;
            Some(place(db, found, analysis(db, project, found).item.name_span))
        }
        Target::There(kind, path, span) => {
            let found = names::declaration_at(db, project, *kind, path.0.clone())?;
            Some(place(db, found, *span))
        }
    }
}
