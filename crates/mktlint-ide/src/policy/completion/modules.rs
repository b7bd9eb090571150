//! Modules, packs and what is in them: behind `use`, `enforce` and `waive`, segment by segment.

use std::collections::BTreeMap;

use mktlint_hir::SourceFile;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::{self, Entry, Namespace, word_of_kind};
use smol_str::SmolStr;

use super::items::{Distance, Draft, Fit, Items};
use super::names::icon;
use crate::asset::names::is_waivable;
use crate::model::CompletionKind;
use crate::view::View;

/// What a pack says of itself: the first line of its `//!`.
pub fn title(view: View<'_>, file: SourceFile) -> Option<String> {
    let lines = file.text(view.db).lines().map(str::trim_start);
    lines.take_while(|line| line.is_empty() || line.starts_with("//")).find_map(|line| {
        let text = line.strip_prefix("//!")?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    })
}

/// The first paragraph that a pack says of itself.
pub fn summary(view: View<'_>, file: SourceFile) -> String {
    let lines = file.text(view.db).lines().map(str::trim).take_while(|line| line.starts_with("//!"));
    let words: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    words.join(" ")
}

/// How many rules a module and the folder of its name hold.
pub fn n_rules(view: View<'_>, module: &str) -> usize {
    let files = names::module_members(view.db, view.project, module);
    let entries = files.iter().flat_map(|file| names::file_scope(view.db, *file).names.values());
    entries.filter(|entry| is_waivable(entry.kind)).count()
}

/// Offers the words that can follow `prefix` in the name of a module; the first words when it is empty.
pub fn offer(items: &mut Items<'_, '_>, prefix: &str) {
    let view = items.at.view;
    let mut found: BTreeMap<SmolStr, Option<SourceFile>> = BTreeMap::new();
    for (module, file) in view.project.modules(view.db) {
        let rest = if prefix.is_empty() { Some(module.as_str()) } else { behind(module, prefix) };
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else { continue };
        let (word, is_file) = rest.split_once('.').map_or((rest, true), |(word, _)| (word, false));
        let own = found.entry(word.into()).or_default();
        *own = own.or(is_file.then_some(*file));
    }
    for (word, file) in found {
        let distance = if word == "std" { Distance::Pack } else { Distance::Project };
        let title = file.and_then(|file| title(view, file)).unwrap_or_default();
        let draft = Draft::new(word.as_str(), CompletionKind::Module).detail("module").docs(title);
        items.push(draft.ranked(Fit::Exact, distance));
    }
}

fn behind<'m>(module: &'m str, prefix: &str) -> Option<&'m str> {
    module.strip_prefix(prefix)?.strip_prefix('.')
}

/// Offers the rules of every module that is called `words` or ends so.
pub fn rules_called(items: &mut Items<'_, '_>, words: &str) {
    let view = items.at.view;
    let is_called =
        |module: &str| module.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    for (module, file) in view.project.modules(view.db) {
        if is_called(module) {
            rules_of(items, *file, Distance::Field, |entry| entry.path.name());
        }
    }
}

/// Offers the declarations of a module that others can name and `is_wanted` wants.
pub fn members(items: &mut Items<'_, '_>, module: &str, is_wanted: impl Fn(ItemKind) -> bool) {
    let view = items.at.view;
    let Some(file) = view.project.modules(view.db).get(module).copied() else { return };
    for ((space, name), entry) in &names::file_scope(view.db, file).names {
        let reachable = entry.public || file == items.at.file || *space != Namespace::Values;
        if reachable && is_wanted(entry.kind) {
            let draft = Draft::new(name.as_str(), icon(entry.kind)).detail(word_of_kind(entry.kind));
            items.push(draft.names(entry).ranked(Fit::Exact, Distance::Field));
        }
    }
}

/// Where a list of what can be enforced has the module `name`: what every team wants, the packs that hold rules, the rest.
pub fn to_enforce(view: View<'_>, name: &str, file: SourceFile) -> (Fit, Distance) {
    match name {
        "std.recommended" => (Fit::Exact, Distance::Local),
        _ if file.is_pack(view.db) && n_rules(view, name) > 0 => (Fit::Exact, Distance::File),
        _ => (Fit::Perhaps, Distance::Pack),
    }
}

/// Offers every module by its full name, for those who know the last word of it: `can_spam`.
pub fn whole(items: &mut Items<'_, '_>, ending: &str, rank: impl Fn(&str, SourceFile) -> (Fit, Distance)) {
    let view = items.at.view;
    for (module, file) in view.project.modules(view.db) {
        if *file == items.at.file || !module.contains('.') {
            continue;
        }
        let title = title(view, *file).unwrap_or_default();
        let draft = Draft::new(module.as_str(), CompletionKind::Module).detail("module").docs(title);
        let draft = draft.snippet(format!("{module}{ending}"));
        let (fit, distance) = rank(module, *file);
        items.push(draft.ranked(fit, distance));
    }
}

/// Offers rules by as many of their last words as tell them apart: those of the project first, then those of packs.
pub fn rules(items: &mut Items<'_, '_>) {
    let view = items.at.view;
    let called = Called::of(view);
    for file in view.project.files(view.db) {
        let distance = match (*file == items.at.file, file.is_pack(view.db)) {
            (true, _) => Distance::File,
            (false, false) => Distance::Project,
            (false, true) => Distance::Pack,
        };
        rules_of(items, *file, distance, |entry| called.label(entry, distance == Distance::Pack));
    }
}

/// How many rules of packs, and of the project, can be called by each of their endings.
#[derive(Default)]
struct Called<'a> {
    of_packs: BTreeMap<&'a str, u32>,
    own: BTreeMap<&'a str, u32>,
}

impl<'a> Called<'a> {
    fn of(view: View<'a>) -> Self {
        let mut called = Self::default();
        for file in view.project.files(view.db) {
            let counts = if file.is_pack(view.db) { &mut called.of_packs } else { &mut called.own };
            let entries = names::file_scope(view.db, *file).names.values();
            for entry in entries.filter(|entry| is_waivable(entry.kind)) {
                endings(&entry.path.0).for_each(|ending| *counts.entry(ending).or_default() += 1);
            }
        }
        called
    }

    /// The shortest ending that means this rule and no other. One of the project hides those of packs.
    fn label<'e>(&self, entry: &'e Entry, is_pack: bool) -> &'e str {
        let means_it = |ending: &&str| match is_pack {
            true => self.of_packs.get(ending) == Some(&1) && !self.own.contains_key(ending),
            false => self.own.get(ending) == Some(&1),
        };
        endings(&entry.path.0).find(means_it).unwrap_or(&entry.path.0)
    }
}

/// `reply`, `can_spam.reply`, `us.can_spam.reply`, …
fn endings(path: &str) -> impl Iterator<Item = &str> {
    let dots = path.rmatch_indices('.').filter_map(|(at, _)| path.get(at + 1..));
    dots.chain(std::iter::once(path))
}

/// Offers the rules of a module and of the folder of its name.
pub fn rules_in(items: &mut Items<'_, '_>, module: &str) {
    let view = items.at.view;
    for file in names::module_members(view.db, view.project, module) {
        rules_of(items, file, Distance::File, |entry| entry.path.name());
    }
}

/// Offers the rules of a file, each as `label` calls it.
fn rules_of(
    items: &mut Items<'_, '_>,
    file: SourceFile,
    distance: Distance,
    label: impl for<'e> Fn(&'e Entry) -> &'e str,
) {
    let view = items.at.view;
    for entry in names::file_scope(view.db, file).names.values().filter(|entry| is_waivable(entry.kind)) {
        let draft = Draft::new(label(entry), icon(entry.kind)).detail(entry.path.module());
        items.push(draft.names(entry).ranked(Fit::Exact, distance));
    }
}
