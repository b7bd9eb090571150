//! Whether each change has one tier, and whether somebody can approve it.

mod approval;
mod example;
mod proof;
mod yields;

use std::collections::BTreeSet;

use mktlint_diag::Level;

use crate::analyze::{Analysis, analysis};
use crate::codes;
use crate::db::{Db, Declaration, Project, SourceFile, declarations};
use crate::draft::{Draft, Found};
use crate::model::DeclPath;
use crate::model::item::{Item, Meaning, Tier};
use crate::names;

/// More tiers than anybody tells apart. The question whether two overlap is asked of each two.
const MOST_TIERS: usize = 64;

/// A tier in force.
#[derive(Clone, Copy)]
struct Declared<'db> {
    declaration: Declaration<'db>,
    item: &'db Item,
    tier: &'db Tier,
}

impl Declared<'_> {
    fn name(&self) -> &str {
        self.item.path.name()
    }
}

/// What is wrong with the tiers of a project, taken together. Nothing is said while one of them has another mistake.
#[salsa::tracked(returns(ref))]
pub fn tier_problems(db: &dyn Db, project: Project) -> Vec<Found> {
    let mut problems = Problems { db, found: Vec::new() };
    let Some(tiers) = tiers(db, project) else { return Vec::new() };
    if let Some(one_more) = tiers.get(MOST_TIERS) {
        let draft = codes::too_complex::of(one_more.item.name_span, "a policy of so many tiers", Vec::new());
        problems.add(one_more, draft);
        return problems.found;
    }
    for tier in &tiers {
        approval::judge(db, project, tier, &mut problems);
    }
    yields::judge(&tiers, &mut problems);
    if problems.found.is_empty() {
        proof::judge(db, project, &tiers, &mut problems);
    }
    problems.found
}

/// What was found so far.
struct Problems<'db> {
    db: &'db dyn Db,
    found: Vec<Found>,
}

impl Problems<'_> {
    fn add(&mut self, tier: &Declared<'_>, draft: Draft) {
        self.found.push(Found::new(self.db, tier.declaration, draft));
    }
}

/// The tiers in force, in order of place; `None` when one has a mistake.
fn tiers<'db>(db: &'db dyn Db, project: Project) -> Option<Vec<Declared<'db>>> {
    let mut tiers = Vec::new();
    let (files, except) = files_in_force(db, project);
    let all = files.into_iter().flat_map(|file| declarations(db, file));
    for &declaration in all.filter(|own| own.kind(db) == "tier") {
        let Analysis { item, problems, .. } = analysis(db, project, declaration);
        let has_mistake = problems.iter().any(|draft| draft.code.level == Level::Error)
            || !crate::db::parsed(db, declaration).problems.is_empty();
        if has_mistake {
            return None;
        }
        if let Meaning::Tier(tier) = &item.meaning
            && !except.contains(&item.path)
        {
            tiers.push(Declared { declaration, item, tier });
        }
    }
    Some(tiers)
}

/// The project's own files, and those of the packs that these put in force; and what they leave out.
fn files_in_force(db: &dyn Db, project: Project) -> (Vec<SourceFile>, BTreeSet<DeclPath>) {
    let mut files: Vec<SourceFile> =
        project.files(db).iter().copied().filter(|file| !file.is_pack(db)).collect();
    let mut except = BTreeSet::new();
    let mut next = 0;
    while let Some(file) = files.get(next).copied() {
        next += 1;
        for &declaration in declarations(db, file).iter().filter(|own| own.kind(db) == "enforce") {
            let Meaning::Enforce(enforce) = &analysis(db, project, declaration).item.meaning else {
                continue;
            };
            except.extend(enforce.except.iter().cloned());
            let members = names::module_members(db, project, &enforce.target.0);
            let new: Vec<SourceFile> = members.into_iter().filter(|file| !files.contains(file)).collect();
            files.extend(new);
        }
    }
    (files, except)
}
