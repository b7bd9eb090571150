//! Declared names: of the file, of what it brings in, of the prelude, and of every other module.

use std::collections::BTreeSet;

use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::{self, Entry, Found, Namespace, PRELUDE, word_of_kind};
use smol_str::SmolStr;

use super::items::{Distance, Draft, Fit, Items};
use crate::model::CompletionKind;
use crate::policy::context::Context;

/// Which modules are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The file, what it brings in, and the prelude.
    File,
    /// All others too; what is found there is brought in.
    Everywhere,
}

/// A name that can be written here.
#[derive(Clone, Debug)]
pub struct Named {
    /// How it is written.
    pub label: SmolStr,
    /// What it names.
    pub entry: Entry,
    /// Where that is declared.
    pub distance: Distance,
}

impl Named {
    /// The name as something to be listed.
    pub fn draft(&self) -> Draft {
        let word = word_of_kind(self.entry.kind);
        let draft = Draft::new(self.label.as_str(), icon(self.entry.kind)).names(&self.entry);
        if self.is_far() {
            return draft.detail(self.entry.path.module()).brings(&self.entry.path);
        }
        draft.detail(word)
    }

    /// Whether it has to be brought in.
    pub fn is_far(&self) -> bool {
        self.distance >= Distance::Project
    }
}

/// Whether it is a condition on contacts that has a name.
pub const fn is_people(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Audience | ItemKind::Suppress)
}

/// The icon of a declaration.
pub const fn icon(kind: ItemKind) -> CompletionKind {
    match kind {
        ItemKind::Fn => CompletionKind::Function,
        ItemKind::Enum | ItemKind::Lifecycle | ItemKind::Asset | ItemKind::Part | ItemKind::Contact => {
            CompletionKind::Type
        }
        ItemKind::Let | ItemKind::Fact => CompletionKind::Value,
        _ => CompletionKind::Declaration,
    }
}

/// The names that mean something in expressions and headers at `at`, nearest first. Each label once.
pub fn all(at: &Context<'_>, reach: Reach, is_wanted: impl Fn(ItemKind) -> bool) -> Vec<Named> {
    let (db, project, file) = (at.view.db, at.view.project, at.file);
    let mut found = Vec::new();
    let mut seen: BTreeSet<SmolStr> = BTreeSet::new();
    let own = names::file_scope(db, file).names.iter();
    let own = own.filter(|((space, _), _)| *space == Namespace::Values);
    for ((_, name), entry) in own {
        seen.insert(name.clone());
        found.push(Named { label: name.clone(), entry: entry.clone(), distance: Distance::File });
    }
    for import in names::imports(db, file) {
        let target = names::find_path(db, project, import.target.clone(), Namespace::Values);
        if let Some(Found::Declaration(entry)) = target
            && seen.insert(import.local.clone())
        {
            found.push(Named { label: import.local.clone(), entry, distance: Distance::Import });
        }
    }
    for other in project.files(db) {
        let is_prelude = other.module(db) == PRELUDE;
        if *other == file || (reach == Reach::File && !is_prelude) {
            continue;
        }
        let distance = match (is_prelude, other.is_pack(db)) {
            (true, _) => Distance::Prelude,
            (false, true) => Distance::Pack,
            (false, false) => Distance::Project,
        };
        let scope = &names::file_scope(db, *other).names;
        let public = scope.iter().filter(|((space, _), entry)| *space == Namespace::Values && entry.public);
        for ((_, name), entry) in public.filter(|(_, entry)| is_wanted(entry.kind)) {
            if is_prelude || !seen.contains(name) {
                found.push(Named { label: name.clone(), entry: entry.clone(), distance });
            }
        }
    }
    found.retain(|named| is_wanted(named.entry.kind));
    found
}

/// Offers names of the kinds that fit.
pub fn offer(items: &mut Items<'_, '_>, reach: Reach, fit: impl Fn(ItemKind) -> Option<Fit>) {
    for named in all(items.at, reach, |kind| fit(kind).is_some()) {
        let fit = fit(named.entry.kind).unwrap_or(Fit::Poor);
        items.push(named.draft().ranked(fit, named.distance));
    }
}

/// Offers the names of `kind`.
pub fn of_kind(items: &mut Items<'_, '_>, kind: ItemKind) {
    offer(items, Reach::Everywhere, |own| (own == kind).then_some(Fit::Exact));
}

/// Offers what goes by its last word in the whole project: roles, tiers, merge tags, facts.
pub fn global(items: &mut Items<'_, '_>, kind: ItemKind) {
    let (db, project) = (items.at.view.db, items.at.view.project);
    for file in project.files(db) {
        let entries = names::file_scope(db, *file).names.iter();
        for ((_, name), entry) in entries.filter(|(_, entry)| entry.kind == kind) {
            let distance = match (*file == items.at.file, file.is_pack(db)) {
                (true, _) => Distance::File,
                (false, false) => Distance::Project,
                (false, true) => Distance::Pack,
            };
            let draft = Draft::new(name.as_str(), icon(kind)).detail(entry.path.module()).names(entry);
            items.push(draft.ranked(Fit::Exact, distance));
        }
    }
}

/// Offers the members of the enum or the stages of the lifecycle `path`.
pub fn members(items: &mut Items<'_, '_>, path: &mktlint_hir::model::DeclPath) {
    let (db, project) = (items.at.view.db, items.at.view.project);
    let found = mktlint_hir::signature::signature(db, project, path.0.clone());
    let Some(mktlint_hir::signature::Signature::Members(members)) = found.as_deref() else { return };
    for (n, member) in members.iter().enumerate() {
        let draft = Draft::new(member.as_str(), CompletionKind::Member).detail(path.name());
        items.push(draft.ranked(Fit::Exact, Distance::Local).nth(n));
    }
}

/// Offers the channels.
pub fn channels(items: &mut Items<'_, '_>) {
    members(items, &mktlint_hir::model::DeclPath(format!("{PRELUDE}.Channel").into()));
}
