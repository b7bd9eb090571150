//! A comparison for tools.

use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::compare::{Change, Direction, Fate, Side};
use serde_json::{Value as Json, json};

use super::Outcome;
use super::assets::Assets;
use crate::home::Home;
use crate::people::as_json;
use crate::version::Version;

/// The comparison as JSON.
pub fn shown(outcome: &Outcome, home: &Home) -> Json {
    let plain = |version: &Version| version.name.trim_matches('`').to_owned();
    json!({
        "old": plain(&outcome.old),
        "new": plain(&outcome.new),
        "changes": outcome.changes.iter().map(|it| change(it, outcome, home)).collect::<Vec<_>>(),
        "n_same": outcome.n_same,
        "assets": outcome.assets.as_ref().map(assets),
    })
}

fn change(change: &Change, outcome: &Outcome, home: &Home) -> Json {
    let place = |place: &Option<Place>, version: &Version| {
        let place = place.as_ref();
        place.map(|it| json!({ "file": home.shown(&it.file).as_str(), "line": version.line(it) }))
    };
    json!({
        "kind": change.kind,
        "name": change.name,
        "change": fate(&change.fate),
        "old_name": change.old_name,
        "direction": change.direction.map(direction),
        "may_loosen": change.may_loosen(),
        "undecided": change.undecided,
        "details": change.lines,
        "enter": people(change, Side::Enter),
        "leave": people(change, Side::Leave),
        "old": place(&change.old, &outcome.old),
        "new": place(&change.new, &outcome.new),
    })
}

fn fate(fate: &Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Renamed => "renamed",
        Fate::Altered => "altered",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Stricter => "stricter",
        Direction::Looser => "looser",
        Direction::Both => "both",
    }
}

/// `null` when nobody moves that way; `any_of` is empty when there would be too many conditions.
fn people(change: &Change, side: Side) -> Option<Json> {
    let movement = change.movements.iter().find(|movement| movement.side == side)?;
    Some(json!({ "any_of": movement.conditions, "example": as_json(&movement.witness) }))
}

fn assets(assets: &Assets) -> Json {
    let findings = |all: &[Diagnostic]| all.iter().map(|it| finding(it, assets)).collect::<Vec<_>>();
    let file = |it: &super::assets::Moved| json!({ "file": it.file.as_str(), "old": it.old.word(), "new": it.new.word() });
    json!({
        "n_assets": assets.n_assets,
        "files": assets.files.iter().map(file).collect::<Vec<_>>(),
        "appear": findings(&assets.appear),
        "disappear": findings(&assets.disappear),
    })
}

fn finding(found: &Diagnostic, assets: &Assets) -> Json {
    let place = &found.primary.place;
    let at = assets.at(place);
    json!({
        "file": place.file.as_str(),
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "level": found.level.as_str(),
        "rule": found.code.as_str(),
        "message": found.message,
        "undecided": found.undecided,
    })
}
