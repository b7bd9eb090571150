//! Who comes and who goes, by decision.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use mktlint_check::Crowds;
use mktlint_decide::Formula;
use mktlint_hir::model::change::ChangeKind;
use mktlint_plan::Plan;
use mktlint_plan::compare::{Movement, Side, compare_people};
use smol_str::SmolStr;

use super::file::Pair;
use super::{Detail, Draft, items, show};
use crate::content::{Audience, is_of_people};
use crate::{Item, PartId};

/// Two audiences to compare.
pub struct Task {
    part: PartId,
    channel: Option<SmolStr>,
    before: Option<Item>,
    after: Option<Item>,
    /// Who got it and who gets it; else why nobody knows.
    people: Result<(Formula, Formula), String>,
}

/// Notes that the audience of a manifest differs, for each channel.
pub fn open(pair: &Pair<'_>, part: PartId, draft: &mut Draft) {
    let of = |said: Option<&crate::content::Said>| said.and_then(|said| said.audience.clone());
    let old = of(pair.old.as_ref().and_then(|old| old.said));
    let new = of(pair.new.as_ref().and_then(|new| new.said));
    let item = |part: Option<(&PartId, &crate::Part)>, channel: &Option<SmolStr>| {
        let items = part.map_or(&[][..], |(_, part)| part.items.as_slice());
        let name = channel.as_deref().unwrap_or_default();
        items
            .iter()
            .find(|item| item.name == name)
            .or_else(|| items.iter().find(|item| item.name.is_empty()))
            .cloned()
    };
    fields(pair, &part, draft);
    for channel in channels(old.as_ref(), new.as_ref()) {
        let before = crowd(old.as_ref(), &channel);
        let people = before.and_then(|before| Ok((before, crowd(new.as_ref(), &channel)?)));
        draft.audiences.push(Task {
            part: part.clone(),
            before: item(pair.old_part(part.kind), &channel),
            after: item(pair.new_part(part.kind), &channel),
            channel,
            people,
        });
    }
}

/// Adds the fields that decide who gets something and differ: other programs read them, so nobody knows who that is.
fn fields(pair: &Pair<'_>, part: &PartId, draft: &mut Draft) {
    let of = |part: Option<(&PartId, &crate::Part)>| -> Vec<Item> {
        let items = part.map_or(&[][..], |(_, part)| part.items.as_slice());
        items.iter().filter(|item| is_of_people(&item.name)).cloned().collect()
    };
    let (before, after) = (of(pair.old_part(part.kind)), of(pair.new_part(part.kind)));
    for (before, after) in items::difference(&before, &after).pairs {
        draft.tell(show::detail(ChangeKind::AudienceOther, part.clone(), before, after));
    }
}

/// The channels that either side names; everyone when none does. Where one side names channels and the other does not,
/// each is compared with everyone.
fn channels(old: Option<&Audience>, new: Option<&Audience>) -> BTreeSet<Option<SmolStr>> {
    let all = [old, new].into_iter().flatten().flat_map(|audience| audience.crowds.keys().cloned());
    let mut all: BTreeSet<Option<SmolStr>> = all.collect();
    if all.len() > 1 {
        all.remove(&None);
    }
    all
}

/// Who gets messages on `channel`: nobody without an audience.
fn crowd(audience: Option<&Audience>, channel: &Option<SmolStr>) -> Result<Formula, String> {
    let find = |crowds: &Crowds| crowds.get(channel).or_else(|| crowds.get(&None)).cloned();
    audience.and_then(|audience| find(&audience.crowds)).unwrap_or(Ok(Formula::Const(false)))
}

/// Decides all audiences that were left open, in one go, since what both policies know of people is put together once.
pub fn decide(old: &Plan, new: &Plan, drafts: &mut [Draft], now: DateTime) {
    let tasks = drafts.iter().flat_map(|draft| &draft.audiences);
    let pairs: Vec<(Formula, Formula)> = tasks.filter_map(|task| task.people.clone().ok()).collect();
    if pairs.is_empty() && drafts.iter().all(|draft| draft.audiences.is_empty()) {
        return;
    }
    let mut found = compare_people(old, new, &pairs, now).into_iter();
    for draft in drafts {
        for task in std::mem::take(&mut draft.audiences) {
            let movements = match &task.people {
                Ok(_) => found.next().unwrap_or(Ok(Vec::new())),
                Err(why) => Err(why.clone()),
            };
            tell(task, movements, draft);
        }
    }
}

fn tell(task: Task, movements: Result<Vec<Movement>, String>, draft: &mut Draft) {
    let on = task.channel.as_ref().map_or_else(String::new, |channel| format!(" on {channel}"));
    let named = match (&task.before, &task.after) {
        (Some(before), Some(after)) if before.text != after.text => {
            format!("{} is now {}", show::quoted(&before.text), show::quoted(&after.text))
        }
        (Some(before), None) => format!("{} is gone", show::quoted(&before.text)),
        (None, Some(after)) => format!("{} is new", show::quoted(&after.text)),
        (Some(same), Some(_)) => format!("{} means other people", show::quoted(&same.text)),
        (None, None) => "it".to_owned(),
    };
    let (kind, who, example) = match movements {
        Err(why) => {
            (ChangeKind::AudienceOther, format!("it cannot be decided who comes and goes: {why}"), None)
        }
        // The same people on every channel that both sides have, and another way to say so.
        Ok(movements) if movements.is_empty() => return,
        Ok(movements) => {
            let has = |side: Side| movements.iter().find(|movement| movement.side == side);
            let (kind, who, shown) = match (has(Side::Enter), has(Side::Leave)) {
                (Some(enter), None) => (ChangeKind::AudienceWider, "more people get it", enter),
                (None, Some(leave)) => (ChangeKind::AudienceNarrower, "fewer people get it", leave),
                (Some(enter), Some(_)) => (ChangeKind::AudienceOther, "some come and some go", enter),
                (None, None) => return,
            };
            (kind, who.to_owned(), Some(shown.example.clone()))
        }
    };
    let sentence = format!("the audience{on}: {named}; {who}");
    draft.tell(Detail { kind, part: task.part, before: task.before, after: task.after, sentence, example });
}
