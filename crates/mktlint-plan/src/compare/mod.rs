//! What a change of policy means: which declarations came, went, and became stricter or looser.
//!
//! Each kind of declaration says in a file of its own what can change about it, as [`Facet`]s; the comparison of facets
//! is the same for all. Audiences and suppressions are compared by decision instead, with the people who move.

mod canon;
mod claim;
mod contact;
mod facet;
mod flow;
mod head;
mod limit;
mod link;
mod meaning;
mod people;
mod region;
mod rule;
mod said;
mod term;
mod tier;

use std::collections::{BTreeMap, VecDeque};

use jiff::civil::DateTime;
use mktlint_diag::Place;

use crate::Plan;

pub use canon::Canon;
pub use facet::Facet;
pub use people::{Movement, Side, compare_people};
pub use said::{Meaning, meanings};

/// What became of a policy.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Declarations whose meaning changed, in order of kind and name.
    pub changes: Vec<Change>,
    /// How many mean the same; attributes and regions are not counted.
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
    /// Its full name before, when that was another.
    pub old_name: Option<String>,
    /// Whether more or less is allowed now; `None` when that cannot be said.
    pub direction: Option<Direction>,
    /// Why it cannot be said what changed, or not all of it.
    pub undecided: Option<String>,
    /// What changed, a line each.
    pub lines: Vec<String>,
    /// Who enters and who leaves, of audiences and suppressions.
    pub movements: Vec<Movement>,
    /// Where it was.
    pub old: Option<Place>,
    /// Where it is.
    pub new: Option<Place>,
}

impl Change {
    /// What became of it, in words for people: `added, stricter`.
    pub fn verdict(&self) -> String {
        let fate = match &self.fate {
            Fate::Added => "added",
            Fate::Removed => "removed",
            Fate::Renamed => "renamed",
            Fate::Altered => "",
        };
        let direction = match (&self.undecided, self.direction) {
            (Some(_), _) => "undecided",
            (None, Some(direction)) => direction.word(),
            (None, None) if fate.is_empty() => "changed",
            (None, None) => "",
        };
        let words: Vec<&str> = [fate, direction].into_iter().filter(|word| !word.is_empty()).collect();
        words.join(", ")
    }

    /// Whether more may be allowed now: where that cannot be said, too. Attributes and audiences allow nothing by
    /// being declared; whatever uses them is compared itself.
    pub fn may_loosen(&self) -> bool {
        match self.direction {
            _ if self.undecided.is_some() => true,
            Some(direction) => direction != Direction::Stricter,
            None if matches!(self.kind, "attribute" | "audience") => false,
            None => matches!(self.fate, Fate::Altered | Fate::Removed),
        }
    }
}

/// What became of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new, or in force now.
    Added,
    /// It is gone, or not in force any more.
    Removed,
    /// It had another name, and means the same.
    Renamed,
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
    let (old_words, new_words) = (meaning::Words::of(old), meaning::Words::of(new));
    for (kind, when_added, rows) in KINDS {
        let (before, after) = (rows(old, &old_words), rows(new, &new_words));
        compare_rows(kind, *when_added, before, after, &mut found);
    }
    found.changes.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    found
}

/// What changed about something that is no declaration, as the configuration; `None` when nothing did.
pub fn compare_facets(kind: &'static str, name: &str, old: &[Facet], new: &[Facet]) -> Option<Change> {
    let (direction, lines) = facet::compare(old, new)?;
    Some(Change { direction, lines, ..change(kind, name.to_owned(), Fate::Altered, None) })
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
    ("pipeline", None, flow::pipelines),
    ("region", None, region::regions),
    ("role", None, tier::roles),
    ("rule", Some(Direction::Stricter), rule::rules),
    ("term", Some(Direction::Stricter), term::terms),
    ("threshold", Some(Direction::Stricter), flow::thresholds),
    ("tier", None, tier::tiers),
    ("utm", Some(Direction::Stricter), link::utms),
    ("waive", Some(Direction::Looser), rule::waivers),
];

/// Rows by name; several of one name, as waivers can have, in the order in which they stand.
type ByName = BTreeMap<String, VecDeque<Row>>;

fn compare_rows(
    kind: &'static str,
    when_added: Option<Direction>,
    old: Vec<Row>,
    new: Vec<Row>,
    found: &mut Comparison,
) {
    let mut gone = ByName::new();
    old.into_iter().for_each(|row| gone.entry(row.name.clone()).or_default().push_back(row));
    let mut come = Vec::new();
    for row in new {
        match gone.get_mut(&row.name).and_then(VecDeque::pop_front) {
            Some(before) => match facet::compare(&before.facets, &row.facets) {
                // Regions, most of which are the standard library's, are not counted.
                None => found.n_same += usize::from(row.place.is_some()),
                Some((direction, lines)) => found.changes.push(Change {
                    direction,
                    lines,
                    old: before.place,
                    ..change(kind, row.name, Fate::Altered, row.place)
                }),
            },
            None => come.push(row),
        }
    }
    for row in come {
        found.changes.push(match moved(&row, &mut gone) {
            Some(before) => {
                let renamed = change(kind, row.name, Fate::Renamed, row.place);
                let altered = facet::compare(&before.facets, &row.facets);
                let change = altered.map_or(renamed.clone(), |(direction, lines)| Change {
                    fate: Fate::Altered,
                    direction,
                    lines,
                    ..renamed
                });
                Change { old: before.place, old_name: Some(before.name), ..change }
            }
            None => Change { direction: when_added, ..change(kind, row.name, Fate::Added, row.place) },
        });
    }
    let when_removed = when_added.map(Direction::opposite);
    let removed = gone.into_values().flatten().map(|row| Change {
        direction: when_removed,
        old: row.place,
        ..change(kind, row.name, Fate::Removed, None)
    });
    found.changes.extend(removed);
}

/// The row of `gone` that has the same last word in another module, when only one has.
fn moved(row: &Row, gone: &mut ByName) -> Option<Row> {
    let name = only_alike(&row.name, gone.iter().filter(|(_, rows)| !rows.is_empty()).map(|(name, _)| name))?;
    gone.get_mut(&name)?.pop_front()
}

/// The one of `others` with the last word of `name`, when only one has it.
fn only_alike<'n>(name: &str, others: impl Iterator<Item = &'n String>) -> Option<String> {
    let last = last_word(name)?;
    let mut alike = others.filter(|other| last_word(other) == Some(last));
    alike.next().filter(|_| alike.next().is_none()).cloned()
}

/// `vegan` of `acme.claims.vegan`; `None` for what is called otherwise than by words and full stops.
fn last_word(name: &str) -> Option<&str> {
    let is_path = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    name.rsplit_once('.').filter(|_| is_path).map(|(_, last)| last)
}

/// A change about which nothing more is known yet.
fn change(kind: &'static str, name: String, fate: Fate, new: Option<Place>) -> Change {
    Change {
        kind,
        name,
        fate,
        old_name: None,
        direction: None,
        undecided: None,
        lines: Vec::new(),
        movements: Vec::new(),
        old: None,
        new,
    }
}
