//! Claims and their proofs, over all files of a unit.
//!
//! A claim that moves from one email of a campaign to another is made as before, so claims are compared for the unit as a
//! whole.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_hir::model::change::ChangeKind;

use super::file::Pair;
use super::{Draft, items, show};
use crate::{Item, PartId, PartKind};

/// An item of a part, and the part.
type Made<'i> = (&'i Item, PartId);

/// Adds what changed about the claims of a unit, and the proofs of those that are made before and after.
pub fn compare(pairs: &[Pair<'_>], draft: &mut Draft) {
    let before = changed(pairs, PartKind::Claims, true);
    let after = changed(pairs, PartKind::Claims, false);
    let (mut gone, mut come) = (refs(&before), refs(&after));
    items::cancel(&mut gone, &mut come);
    if gone.is_empty() && come.is_empty() && !(before.is_empty() && after.is_empty()) {
        let part = after.first().or(before.first()).map(|(_, part)| part.clone());
        if let Some(part) = part {
            draft.say(ChangeKind::Copy, part, "the same claims stand elsewhere");
        }
    }
    let parts: BTreeMap<*const Item, &PartId> =
        before.iter().chain(&after).map(|(item, part)| (std::ptr::from_ref(*item), part)).collect();
    for (before_item, after_item) in pair_by_name(gone, come) {
        let kind = match (before_item, after_item) {
            (None, _) => ChangeKind::ClaimAdded,
            (_, None) => ChangeKind::ClaimRemoved,
            _ => ChangeKind::ClaimReworded,
        };
        let Some(part) = after_item.or(before_item).and_then(|item| parts.get(&std::ptr::from_ref(item)))
        else {
            continue;
        };
        draft.claims.extend(after_item.map(|item| item.name.as_str().into()));
        draft.tell(show::detail(kind, (*part).clone(), before_item, after_item));
    }
    proofs(pairs, draft);
}

/// The items of `kind` in the files of one state whose part differs.
fn changed<'i>(pairs: &'i [Pair<'_>], kind: PartKind, is_old: bool) -> Vec<Made<'i>> {
    let differing = pairs.iter().filter(|pair| pair.differs(kind));
    let parts = differing.filter_map(|pair| if is_old { pair.old_part(kind) } else { pair.new_part(kind) });
    parts.flat_map(|(id, part)| part.items.iter().map(move |item| (item, id.clone()))).collect()
}

fn refs<'i>(made: &[Made<'i>]) -> Vec<&'i Item> {
    made.iter().map(|(item, _)| *item).collect()
}

/// Sentences with the same claim are wordings of each other, however little they share: those that share most first, then
/// in order.
fn pair_by_name<'i>(gone: Vec<&'i Item>, come: Vec<&'i Item>) -> Vec<(Option<&'i Item>, Option<&'i Item>)> {
    let mut pairs = Vec::new();
    let (mut lost, mut found) = (Vec::new(), Vec::new());
    for pair in items::pair(gone, come) {
        match pair {
            (Some(before), None) => lost.push(before),
            (None, Some(after)) => found.push(after),
            both => pairs.push(both),
        }
    }
    lost.sort_by(|one, other| one.name.cmp(&other.name));
    found.sort_by(|one, other| one.name.cmp(&other.name));
    let mut rest = found.into_iter().peekable();
    for before in lost {
        while let Some(after) = rest.next_if(|after| after.name < before.name) {
            pairs.push((None, Some(after)));
        }
        pairs.push((Some(before), rest.next_if(|after| after.name == before.name)));
    }
    pairs.extend(rest.map(|after| (None, Some(after))));
    pairs
}

/// Proofs of claims that are made before and after; of others the claim says it all. Facts that the files give count by
/// themselves.
fn proofs(pairs: &[Pair<'_>], draft: &mut Draft) {
    let before = changed(pairs, PartKind::Evidence, true);
    let after = changed(pairs, PartKind::Evidence, false);
    let made = |is_old: bool| -> BTreeSet<&str> {
        let parts = pairs.iter().filter_map(|pair| {
            if is_old { pair.old_part(PartKind::Claims) } else { pair.new_part(PartKind::Claims) }
        });
        parts.flat_map(|(_, part)| &part.items).map(|item| item.name.as_str()).collect()
    };
    let (made_before, made_after) = (made(true), made(false));
    let counts = |item: &Item| {
        let name = item.name.as_str();
        made_before.contains(name) == made_after.contains(name)
    };
    // How often a claim is made says nothing about its proof.
    let distinct = |made: &[Made<'_>]| -> BTreeSet<(String, String)> {
        made.iter().map(|(item, _)| (item.name.clone(), item.text.clone())).collect()
    };
    let (old_set, new_set) = (distinct(&before), distinct(&after));
    let only = |made: &[Made<'_>], others: &BTreeSet<(String, String)>| -> Vec<Item> {
        let mut seen = BTreeSet::new();
        let own = made.iter().filter(|(item, _)| counts(item));
        let own = own.filter(|(item, _)| !others.contains(&(item.name.clone(), item.text.clone())));
        own.filter(|(item, _)| seen.insert((item.name.clone(), item.text.clone())))
            .map(|(item, _)| (*item).clone())
            .collect()
    };
    let (gone, come) = (only(&before, &new_set), only(&after, &old_set));
    let part = after.first().or(before.first()).map(|(_, part)| part.clone());
    let Some(part) = part else { return };
    for (before, after) in pair_by_name(gone.iter().collect(), come.iter().collect()) {
        draft.tell(show::detail(ChangeKind::Evidence, part.clone(), before, after));
    }
}
