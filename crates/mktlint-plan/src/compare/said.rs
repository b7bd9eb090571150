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
        found.extend(rows(plan, &words).into_iter().map(|row| of_row(kind, row)));
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

fn of_row(kind: &'static str, row: Row) -> Meaning {
    let lines = row.facets.iter().map(super::Facet::canonical).collect();
    Meaning { kind, name: row.name, lines }
}
