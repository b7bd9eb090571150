//! What is approved.

use mktlint_diag::closest;
use mktlint_gate::Unit;
use mktlint_host::gate::{Compared, UnitGate};
use mktlint_host::workspace::relative;

use crate::home::Home;
use crate::status::Stop;

/// The unit that `what` names: a campaign by its id, a path that belongs to one thing that changed, `policy`; the only one
/// that changed when nothing is named.
pub fn unit<'c>(compared: &'c Compared, what: Option<&str>, home: &Home) -> Result<&'c UnitGate, Stop> {
    let units = &compared.units;
    let base = &compared.pair.base.name;
    let Some(what) = what else {
        return match units.as_slice() {
            [] => Err(Stop::Usage(format!("nothing changed since {base}, so there is nothing to approve"))),
            [only] => Ok(only),
            several => {
                Err(Stop::Usage(format!("several things changed; name one of them: {}", names(several))))
            }
        };
    };
    let named: Vec<&UnitGate> = units.iter().filter(|unit| is_called(unit.unit(), what)).collect();
    let found = if named.is_empty() { at(units, what, home) } else { named };
    match found.as_slice() {
        [only] => Ok(only),
        [] => Err(Stop::Usage(none(units, what, base))),
        several => {
            let all =
                several.iter().map(|unit| format!("`{}`", name(unit.unit()))).collect::<Vec<_>>().join(", ");
            Err(Stop::Usage(format!(
                "`{what}` belongs to several things that changed; name one of them: {all}"
            )))
        }
    }
}

fn is_called(unit: &Unit, what: &str) -> bool {
    unit.to_string() == what || name(unit) == what
}

/// What people call it: `2026-11-serum`, `blog/spf.md`, `policy`.
pub fn name(unit: &Unit) -> String {
    match unit {
        Unit::Campaign(id) => id.to_string(),
        Unit::Asset(path) => path.to_string(),
        Unit::Policy => "policy".to_owned(),
    }
}

/// The units with a file at or below the path `what`.
fn at<'u>(units: &'u [UnitGate], what: &str, home: &Home) -> Vec<&'u UnitGate> {
    let full = home.folder.join(what);
    let full = full.canonicalize().unwrap_or(full);
    let path = relative(&home.workspace.root, &full);
    let below = format!("{}/", path.trim_end_matches('/'));
    let has = |unit: &&UnitGate| unit.files.iter().any(|file| *file == path || file.starts_with(&below));
    units.iter().filter(has).collect()
}

fn none(units: &[UnitGate], what: &str, base: &str) -> String {
    let all: Vec<String> = units.iter().map(|unit| name(unit.unit())).collect();
    let near = closest(what, all.iter().map(String::as_str));
    match near {
        _ if units.is_empty() => format!("nothing changed since {base}, so there is nothing to approve"),
        Some(near) => format!("nothing called `{what}` changed since {base}; did you mean `{near}`?"),
        None => format!("nothing of `{what}` changed since {base}; what did: {}", names(units)),
    }
}

fn names(units: &[UnitGate]) -> String {
    const MOST: usize = 10;
    let mut all: Vec<String> =
        units.iter().take(MOST).map(|unit| format!("`{}`", name(unit.unit()))).collect();
    if units.len() > MOST {
        all.push(format!("and {} more", units.len() - MOST));
    }
    all.join(", ")
}
