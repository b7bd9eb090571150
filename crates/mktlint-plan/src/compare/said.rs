//! What each declaration of one policy means, in words that are equal for the same meaning.

use super::canon::Canon;
use super::{KINDS, Row, meaning, people};
use crate::Plan;

/// What a declaration means. Positions, comments and messages are no part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meaning {
    /// The word that starts it: `claim`.
    pub kind: &'static str,
    /// Its full name.
    pub name: String,
    /// Equal for declarations that mean the same, line by line.
    pub lines: Vec<String>,
}

/// All declarations in force but audiences, whose meaning is that of whoever names them; in order of kind and name. Costs
/// as much as comparing two policies.
pub fn meanings(plan: &Plan) -> Vec<Meaning> {
    let words = meaning::Words::of(plan);
    let mut found = Vec::new();
    for (kind, _, rows) in KINDS {
        let rows = rows(plan, &words).into_iter().enumerate();
        found.extend(rows.map(|(at, row)| of_row(kind, at, row)));
    }
    let mut canon = Canon::new(plan);
    for (name, formula, facets) in people::suppressions(plan) {
        let mut lines: Vec<String> = facets.iter().map(super::Facet::canonical).collect();
        lines.push(canon.text(&formula));
        found.push(Meaning { kind: "suppress", name, lines });
    }
    found.sort();
    found
}

fn of_row(kind: &'static str, at: usize, row: Row) -> Meaning {
    let mut lines: Vec<String> = row.facets.iter().map(super::Facet::canonical).collect();
    // Tiers are graver the later they are declared.
    lines.extend((kind == "tier").then(|| format!("tier {at}")));
    Meaning { kind, name: row.name, lines }
}
