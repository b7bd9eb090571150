//! What changed about the policy itself.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use mktlint_diag::{FilePath, Place};
use mktlint_hir::model::change::ChangeKind;
use mktlint_plan::compare::{Change, Direction, compare};
use mktlint_text::Span;

use super::{Declared, Detail, Draft, Fate, PartChange, PolicyFile, Side, UnitChange};
use crate::{Digest, Item, PartId, PartKind, Unit};

/// How the policy changed; `None` when all of its files are the same.
pub fn change(old: &Side<'_>, new: &Side<'_>, now: DateTime) -> Option<UnitChange> {
    if old.policy == new.policy {
        return None;
    }
    let fate = match (old.policy.is_empty(), new.policy.is_empty()) {
        (true, _) => Fate::Added,
        (_, true) => Fate::Removed,
        _ => Fate::Altered,
    };
    let mut draft = Draft::new(Unit::Policy, fate);
    let told = compare(old.plan, new.plan, now).changes;
    for change in &told {
        declaration(change, &mut draft);
    }
    for file in differing(old, new) {
        other(file, old.policy.get(file), new.policy.get(file), &told, &mut draft);
    }
    if draft.kinds.is_empty() {
        draft.say(ChangeKind::Formatting, id(None), "the policy is written otherwise and means the same");
    } else {
        let digest = |side: &Side<'_>| (!side.policy.is_empty()).then(|| digest(side));
        draft.parts.push(PartChange { part: id(None), before: digest(old), after: digest(new) });
    }
    draft.finish()
}

/// Of all that makes the policy of `side`, formatting apart: what an approval of a change of policy is bound to.
pub fn digest(side: &Side<'_>) -> Digest {
    let lines = side.policy.iter().flat_map(|(file, it)| {
        let declarations = it.declarations.iter().flatten().map(|it| it.canonical.to_string());
        let own = if it.declarations.is_some() { String::new() } else { it.bytes.to_string() };
        [file.as_str().to_owned(), own].into_iter().chain(declarations)
    });
    let lines: Vec<String> = lines.collect();
    Digest::of_all(lines.iter().map(String::as_str))
}

fn id(file: Option<FilePath>) -> PartId {
    PartId { file, kind: PartKind::Policy }
}

fn differing<'s>(old: &'s Side<'_>, new: &'s Side<'_>) -> BTreeSet<&'s FilePath> {
    let all = old.policy.keys().chain(new.policy.keys());
    all.filter(|file| old.policy.get(*file) != new.policy.get(*file)).collect()
}

/// A declaration that means something else.
fn declaration(change: &Change, draft: &mut Draft) {
    let kinds: &[ChangeKind] = match change.direction {
        _ if change.undecided.is_some() => &[ChangeKind::PolicyOther],
        Some(Direction::Stricter) => &[ChangeKind::PolicyStricter],
        Some(Direction::Looser) => &[ChangeKind::PolicyLooser],
        Some(Direction::Both) => &[ChangeKind::PolicyStricter, ChangeKind::PolicyLooser],
        None => &[ChangeKind::PolicyOther],
    };
    let lines =
        if change.lines.is_empty() { String::new() } else { format!(": {}", change.lines.join("; ")) };
    let item = |place: &Option<Place>| {
        let place = place.clone().unwrap_or_else(|| Place::new(FilePath::from(""), Span::new(0, 0)));
        Item { name: change.name.clone(), text: change.lines.join("; "), place }
    };
    for kind in kinds {
        let verdict = change.verdict();
        let undecided = change.undecided.as_ref().map_or_else(String::new, |why| format!(", since {why}"));
        draft.tell(Detail {
            kind: *kind,
            part: id(change.new.as_ref().or(change.old.as_ref()).map(|place| place.file.clone())),
            before: change.old.is_some().then(|| item(&change.old)),
            after: change.new.is_some().then(|| item(&change.new)),
            sentence: format!("{} `{}` {verdict}{lines}{undecided}", change.kind, change.name),
            example: change.movements.first().map(|movement| movement.example.clone()),
        });
    }
}

/// A file that differs in more than formatting: what is not told as a declaration that means something else (messages,
/// tests, members of roles and their keys, the configuration) must still be looked at.
fn other(
    file: &FilePath,
    old: Option<&PolicyFile>,
    new: Option<&PolicyFile>,
    told: &[Change],
    draft: &mut Draft,
) {
    let lists = |it: Option<&PolicyFile>| it.map_or(Some(Vec::new()), |it| it.declarations.clone());
    let (Some(before), Some(after)) = (lists(old), lists(new)) else {
        let words = match (old, new) {
            (None, _) => "is new",
            (_, None) => "is gone",
            _ => "is different",
        };
        return draft.say(ChangeKind::PolicyOther, id(Some(file.clone())), format!("{file} {words}"));
    };
    let untold: BTreeSet<&Declared> =
        only(&before, &after).chain(only(&after, &before)).filter(|it| !is_told(it, told)).collect();
    for it in untold {
        let name = if it.name.is_empty() { String::new() } else { format!(" `{}`", it.name) };
        let words = format!("{}{name} differs in what neither allows nor forbids", it.kind);
        draft.say(ChangeKind::PolicyOther, id(Some(file.clone())), words);
    }
}

/// The declarations of `one` that do not stand in `other`.
fn only<'d>(one: &'d [Declared], other: &[Declared]) -> impl Iterator<Item = &'d Declared> {
    let known: BTreeSet<Declared> = other.iter().cloned().collect();
    one.iter().filter(move |it| !known.contains(*it))
}

/// Whether a declaration is among those that mean something else. Those without a name go by their kind.
fn is_told(it: &Declared, told: &[Change]) -> bool {
    let is_same = |change: &&Change| {
        let old_name = change.old_name.as_deref().unwrap_or_default();
        it.name.is_empty() || change.name == it.name.as_str() || old_name == it.name.as_str()
    };
    told.iter().filter(|change| change.kind == it.kind.as_str()).any(|change| is_same(&change))
}
