//! What can change about a declaration.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use jiff::civil::Time;

use super::Direction;

/// One thing about a declaration that can change.
pub enum Facet {
    /// Some things, or everything (`None`).
    Set {
        /// What they are: `channels`.
        label: String,
        /// The things, as people write them.
        items: Option<BTreeSet<String>>,
        /// What it means when there are more.
        more: Option<Direction>,
    },
    /// A step on a ladder.
    Rank {
        /// What it is: `level`.
        label: String,
        /// Where on the ladder.
        rank: i128,
        /// The step, as people write it.
        shown: String,
        /// What it means to go up.
        up: Direction,
    },
    /// Something of which one can only say that it is different.
    Text {
        /// What it is: `condition`.
        label: String,
        /// Equal when it is the same.
        text: String,
        /// Whether people can read the text.
        is_readable: bool,
    },
    /// The part of the day, perhaps over midnight, in which nothing is sent.
    Hours {
        /// Where it begins.
        from: Time,
        /// Where it is over.
        to: Time,
    },
}

impl Facet {
    /// Things of which more mean `more`; none means none.
    pub fn set<T: Into<String>>(label: &str, items: impl IntoIterator<Item = T>, more: Direction) -> Self {
        let items = items.into_iter().map(Into::into).collect();
        Self::Set { label: label.to_owned(), items: Some(items), more: Some(more) }
    }

    /// Things of which none means everything.
    pub fn all_when_empty<T: Into<String>>(
        label: &str,
        items: impl IntoIterator<Item = T>,
        more: Direction,
    ) -> Self {
        let items: BTreeSet<String> = items.into_iter().map(Into::into).collect();
        let items = (!items.is_empty()).then_some(items);
        Self::Set { label: label.to_owned(), items, more: Some(more) }
    }

    /// Things of which more or fewer mean nothing that can be said.
    pub fn things<T: Into<String>>(label: &str, items: impl IntoIterator<Item = T>) -> Self {
        let items = items.into_iter().map(Into::into).collect();
        Self::Set { label: label.to_owned(), items: Some(items), more: None }
    }

    /// A step on a ladder on which going up means `up`.
    pub fn rank(label: &str, rank: impl Into<i128>, shown: impl Into<String>, up: Direction) -> Self {
        Self::Rank { label: label.to_owned(), rank: rank.into(), shown: shown.into(), up }
    }

    /// Yes or no, where yes means `yes`.
    pub fn flag(label: &str, is_set: bool, yes: Direction) -> Self {
        Self::rank(label, i128::from(is_set), if is_set { "yes" } else { "no" }, yes)
    }

    /// Something that is the same or different; empty when there is none.
    pub fn text(label: &str, text: impl Into<String>) -> Self {
        Self::Text { label: label.to_owned(), text: text.into(), is_readable: true }
    }

    /// As [`Facet::text`], where only the computer can read the text.
    pub fn condition(label: &str, text: impl Into<String>) -> Self {
        Self::Text { label: label.to_owned(), text: text.into(), is_readable: false }
    }

    /// All of it in words that are equal for facets that say the same.
    pub fn canonical(&self) -> String {
        match self {
            Self::Set { label, items: None, .. } => format!("{label}: everything"),
            Self::Set { label, items: Some(items), .. } => format!("{label}: {items:?}"),
            Self::Rank { label, rank, .. } => format!("{label}: {rank}"),
            Self::Text { label, text, .. } => format!("{label}: {text:?}"),
            Self::Hours { from, to } => format!("hours: {from} to {to}"),
        }
    }

    fn label(&self) -> &str {
        match self {
            Self::Set { label, .. } | Self::Rank { label, .. } | Self::Text { label, .. } => label,
            Self::Hours { .. } => "hours",
        }
    }
}

/// What is different in one facet: what that means, when it can be said, and a line about it.
type Difference = (Option<Direction>, String);

/// What is different, with the direction when all of it has one; `None` when nothing is.
///
/// A facet that only one of the two has is one of a parameter of a link that the other does not name, and leaves free
/// unless it allows no others; or a detail of something that another facet says came or went.
pub fn compare(old: &[Facet], new: &[Facet]) -> Option<(Option<Direction>, Vec<String>)> {
    let twin = |facet: &Facet, of| -> Option<&Facet> { find(of, facet.label()) };
    let changed = new.iter().filter_map(|after| match twin(after, old) {
        Some(before) => difference(before, after),
        None if allows_others(old) => {
            bound(after).map(|(more, words)| (more.map(Direction::opposite), words))
        }
        None => None,
    });
    let is_freed = |before: &&Facet| allows_others(new) && twin(before, new).is_none();
    let freed = old.iter().filter(is_freed).filter_map(|before| {
        let (more, _) = bound(before)?;
        Some((more, format!("{}: now anything", before.label())))
    });
    let (directions, lines): (Vec<_>, Vec<_>) = changed.chain(freed).unzip();
    if lines.is_empty() {
        return None;
    }
    let all: Option<Vec<Direction>> = directions.into_iter().collect();
    let direction = all.and_then(|all| all.into_iter().reduce(Direction::and));
    Some((direction, lines))
}

/// What a link may carry; everything when it may carry parameters that are not named.
pub const PARAMETERS: &str = "parameters";

fn allows_others(facets: &[Facet]) -> bool {
    !matches!(find(facets, PARAMETERS), Some(Facet::Set { items: Some(_), .. }))
}

fn find<'f>(facets: &'f [Facet], label: &str) -> Option<&'f Facet> {
    facets.iter().find(|facet| facet.label() == label)
}

/// What it means to be free of `facet`, and what it asks for; `None` when it asks for nothing.
fn bound(facet: &Facet) -> Option<Difference> {
    match facet {
        Facet::Set { label, items: Some(items), more } => {
            Some((*more, format!("{label}: now only {}", listed(items.iter()))))
        }
        Facet::Text { label, text, .. } if !text.is_empty() => {
            Some((Some(Direction::Looser), format!("{label}: {}", now(facet))))
        }
        _ => None,
    }
}

fn difference(old: &Facet, new: &Facet) -> Option<Difference> {
    match (old, new) {
        (Facet::Set { items: before, .. }, Facet::Set { label, items: after, more }) => {
            let (direction, words) = set_difference(before.as_ref(), after.as_ref(), *more)?;
            Some((direction, format!("{label}: {words}")))
        }
        (Facet::Rank { rank: before, shown: was, .. }, Facet::Rank { label, rank, shown, up }) => {
            let direction = match rank.cmp(before) {
                Ordering::Equal => return None,
                Ordering::Greater => *up,
                Ordering::Less => up.opposite(),
            };
            Some((Some(direction), format!("{label}: {was}, now {shown}")))
        }
        (Facet::Text { text: before, .. }, Facet::Text { text, .. }) if before == text => None,
        (Facet::Hours { from, to }, Facet::Hours { from: begin, to: end }) => {
            hours_difference((*from, *to), (*begin, *end))
        }
        // Of one parameter of links, which may be free.
        (Facet::Set { items: None, .. }, after) => {
            bound(after).map(|(more, words)| (more.map(Direction::opposite), words))
        }
        (before, Facet::Set { label, items: None, .. }) => {
            bound(before).map(|(more, _)| (more, format!("{label}: now anything")))
        }
        (before, after) => Some((None, format!("{}: {}", after.label(), was_and_is(before, after)))),
    }
}

/// `high, now low`
fn was_and_is(old: &Facet, new: &Facet) -> String {
    match old {
        Facet::Text { text, .. } if text.is_empty() => now(new),
        Facet::Text { text, is_readable: true, .. } => format!("{text}, {}", now(new)),
        Facet::Text { .. } if matches!(new, Facet::Text { text, is_readable: false, .. } if !text.is_empty()) => {
            "another condition".to_owned()
        }
        Facet::Set { items: Some(items), .. } => format!("{}, {}", listed(items.iter()), now(new)),
        _ => now(new),
    }
}

fn now(new: &Facet) -> String {
    match new {
        Facet::Text { text, .. } if text.is_empty() => "now none".to_owned(),
        Facet::Text { text, is_readable: true, .. } => format!("now {text}"),
        Facet::Set { items: Some(items), .. } => format!("now {}", listed(items.iter())),
        _ => "now a condition".to_owned(),
    }
}

fn set_difference(
    before: Option<&BTreeSet<String>>,
    after: Option<&BTreeSet<String>>,
    more: Option<Direction>,
) -> Option<Difference> {
    let less = more.map(Direction::opposite);
    match (before, after) {
        (None, None) => None,
        (Some(before), None) => Some((more, format!("{}, now all", listed(before.iter())))),
        (None, Some(after)) => {
            let only = if after.is_empty() { "" } else { "only " };
            Some((less, format!("all, now {only}{}", listed(after.iter()))))
        }
        (Some(before), Some(after)) => {
            let added = listed(after.difference(before));
            let removed = listed(before.difference(after));
            match (before.is_superset(after), after.is_superset(before)) {
                (true, true) => None,
                (false, true) => Some((more, format!("also {added}"))),
                (true, false) => Some((less, format!("no longer {removed}"))),
                (false, false) => {
                    Some((more.map(|_| Direction::Both), format!("also {added}; no longer {removed}")))
                }
            }
        }
    }
}

/// `a, b`; `none` for none.
fn listed<'i>(items: impl Iterator<Item = &'i String>) -> String {
    let items: Vec<&str> = items.map(String::as_str).collect();
    let shown = items.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    match items.len().checked_sub(MOST_NAMED) {
        _ if items.is_empty() => "none".to_owned(),
        Some(rest @ 1..) => format!("{shown} and {rest} more"),
        _ => shown,
    }
}

/// More names than these in one line say nothing to anybody.
const MOST_NAMED: usize = 8;

fn hours_difference(old: (Time, Time), new: (Time, Time)) -> Option<Difference> {
    let direction = match (covers(old, new), covers(new, old)) {
        (true, true) => return None,
        (true, false) => Direction::Looser,
        (false, true) => Direction::Stricter,
        (false, false) => Direction::Both,
    };
    let shown = |(from, to): (Time, Time)| format!("{} to {}", from.strftime("%H:%M"), to.strftime("%H:%M"));
    Some((Some(direction), format!("hours: {}, now {}", shown(old), shown(new))))
}

/// Whether the hours `one` contain the hours `other`, around the clock.
fn covers(one: (Time, Time), other: (Time, Time)) -> bool {
    let second =
        |time: Time| i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    let way = |from: Time, to: Time| (second(to) - second(from)).rem_euclid(24 * 3600);
    way(one.0, other.0) + way(other.0, other.1) <= way(one.0, one.1)
}
