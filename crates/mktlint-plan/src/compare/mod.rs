//! What a change of policy means: which declarations came, went, and became stricter or looser.
//!
//! Each kind of declaration says in a file of its own what can change about it, as [`Facet`]s; the comparison of facets
//! is the same for all. Audiences and suppressions are compared by decision instead, with the people who move.

mod claim;
mod facet;
mod head;
mod limit;
mod link;
mod meaning;
mod people;
mod region;
mod rule;
mod term;
mod tier;

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_diag::Place;

use crate::Plan;
use facet::Facet;

pub use people::{Movement, Side};

/// What became of a policy.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Declarations whose meaning changed, in order of kind and name.
    pub changes: Vec<Change>,
    /// How many mean the same.
    pub n_same: usize,
}

/// One declaration whose meaning changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// The word that starts it: `claim`. Attributes of contacts have `attribute`.
    pub kind: &'static str,
    /// Its full name, in the new policy when it is there.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
    /// Whether more or less is allowed now; `None` when that cannot be said.
    pub direction: Option<Direction>,
    /// What changed, a line each.
    pub lines: Vec<String>,
    /// Who enters and who leaves, of audiences and suppressions.
    pub movements: Vec<Movement>,
    /// Where it was.
    pub old: Option<Place>,
    /// Where it is.
    pub new: Option<Place>,
}

/// What became of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new, or in force now.
    Added,
    /// It is gone, or not in force any more.
    Removed,
    /// It had this full name, and means the same.
    Renamed(String),
    /// It means something else.
    Altered,
}

/// Whether more or less is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Less is allowed, or fewer people can be written to.
    Stricter,
    /// More is allowed, or more people can be written to.
    Looser,
    /// Some of both.
    Both,
}

impl Direction {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stricter => "stricter",
            Self::Looser => "looser",
            Self::Both => "stricter and looser",
        }
    }

    /// The other way.
    fn opposite(self) -> Self {
        match self {
            Self::Stricter => Self::Looser,
            Self::Looser => Self::Stricter,
            Self::Both => Self::Both,
        }
    }

    /// Two changes together.
    fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Both }
    }
}

/// One declaration of a plan, as far as a change of it can be noticed.
struct Row {
    name: String,
    /// Regions are known by name alone.
    place: Option<Place>,
    facets: Vec<Facet>,
}

/// What is different in `new`. Days of law and lengths of time are looked at from `now`.
pub fn compare(old: &Plan, new: &Plan, now: DateTime) -> Comparison {
    let mut found = Comparison::default();
    people::compare(old, new, now, &mut found);
    let old_words = meaning::Words::of(old);
    let new_words = meaning::Words::of(new);
    for (kind, when_added, rows) in KINDS {
        let (before, after) = (rows(old, &old_words), rows(new, &new_words));
        compare_rows(kind, *when_added, before, after, &mut found);
    }
    found.changes.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    found
}

/// Reads the declarations of one kind.
type Rows = fn(&Plan, &meaning::Words) -> Vec<Row>;

/// Each kind, what it means when one is added, and how to read it.
const KINDS: &[(&str, Option<Direction>, Rows)] = &[
    ("cap", Some(Direction::Stricter), limit::caps),
    ("claim", Some(Direction::Stricter), claim::claims),
    ("disclosure", None, claim::disclosures),
    ("evidence", None, claim::evidences),
    ("merge", Some(Direction::Stricter), link::merges),
    ("quiet_hours", Some(Direction::Stricter), limit::quiet_hours),
    ("region", None, region::regions),
    ("rule", Some(Direction::Stricter), rule::rules),
    ("term", Some(Direction::Stricter), term::terms),
    ("tier", None, tier::tiers),
    ("utm", Some(Direction::Stricter), link::utms),
    ("waive", Some(Direction::Looser), rule::waivers),
];

fn compare_rows(
    kind: &'static str,
    when_added: Option<Direction>,
    old: Vec<Row>,
    new: Vec<Row>,
    found: &mut Comparison,
) {
    let mut old: BTreeMap<String, Row> = old.into_iter().map(|row| (row.name.clone(), row)).collect();
    for row in new {
        match old.remove(&row.name) {
            Some(before) => match facet::compare(&before.facets, &row.facets) {
                None => found.n_same += 1,
                Some((direction, lines)) => found.changes.push(Change {
                    kind,
                    name: row.name,
                    fate: Fate::Altered,
                    direction,
                    lines,
                    movements: Vec::new(),
                    old: before.place,
                    new: row.place,
                }),
            },
            None => found.changes.push(alone(kind, row, Fate::Added, when_added)),
        }
    }
    let when_removed = when_added.map(Direction::opposite);
    found.changes.extend(old.into_values().map(|row| alone(kind, row, Fate::Removed, when_removed)));
}

fn alone(kind: &'static str, row: Row, fate: Fate, direction: Option<Direction>) -> Change {
    let place = row.place;
    let (old, new) = if fate == Fate::Added { (None, place) } else { (place, None) };
    Change { kind, name: row.name, fate, direction, lines: Vec::new(), movements: Vec::new(), old, new }
}
