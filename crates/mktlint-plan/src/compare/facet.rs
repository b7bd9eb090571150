//! What can change about a declaration.

use std::collections::BTreeSet;

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
        up: Option<Direction>,
    },
    /// Something of which one can only say that it is different.
    Text {
        /// What it is: `condition`.
        label: String,
        /// Equal when it is the same.
        text: String,
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

    /// A step on a ladder on which going up means `up`.
    pub fn rank(label: &str, rank: impl Into<i128>, shown: impl Into<String>, up: Direction) -> Self {
        Self::Rank { label: label.to_owned(), rank: rank.into(), shown: shown.into(), up: Some(up) }
    }

    /// Yes or no, where yes means `yes`.
    pub fn flag(label: &str, is_set: bool, yes: Direction) -> Self {
        Self::rank(label, i128::from(is_set), if is_set { "yes" } else { "no" }, yes)
    }

    /// Something that is the same or different.
    pub fn text(label: &str, text: impl Into<String>) -> Self {
        Self::Text { label: label.to_owned(), text: text.into() }
    }

    fn label(&self) -> &str {
        match self {
            Self::Set { label, .. } | Self::Rank { label, .. } | Self::Text { label, .. } => label,
        }
    }
}

/// What is different, with the direction when all of it has one; `None` when nothing is.
pub fn compare(old: &[Facet], new: &[Facet]) -> Option<(Option<Direction>, Vec<String>)> {
    let mut lines = Vec::new();
    let mut directions: Vec<Option<Direction>> = Vec::new();
    for after in new {
        let before = old.iter().find(|facet| facet.label() == after.label());
        if let Some((direction, line)) = before.and_then(|before| difference(before, after)) {
            directions.push(direction);
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return None;
    }
    let all: Option<Vec<Direction>> = directions.into_iter().collect();
    let direction = all.and_then(|all| all.into_iter().reduce(Direction::and));
    Some((direction, lines))
}

fn difference(old: &Facet, new: &Facet) -> Option<(Option<Direction>, String)> {
    match (old, new) {
        (Facet::Set { items: before, .. }, Facet::Set { label, items: after, more }) => {
            let (direction, words) = set_difference(before.as_ref(), after.as_ref(), *more)?;
            Some((direction, format!("{label}: {words}")))
        }
        (Facet::Rank { rank: before, shown: was, .. }, Facet::Rank { label, rank, shown, up }) => {
            let direction = match rank.cmp(before) {
                std::cmp::Ordering::Equal => return None,
                std::cmp::Ordering::Greater => *up,
                std::cmp::Ordering::Less => up.map(Direction::opposite),
            };
            Some((direction, format!("{label}: {was}, now {shown}")))
        }
        (Facet::Text { text: before, .. }, Facet::Text { label, text }) => {
            (before != text).then(|| (None, format!("{label}: changed")))
        }
        // A facet is of one kind for all declarations of a kind but the values of link parameters.
        (_, new) => Some((None, format!("{}: changed", new.label()))),
    }
}

fn set_difference(
    before: Option<&BTreeSet<String>>,
    after: Option<&BTreeSet<String>>,
    more: Option<Direction>,
) -> Option<(Option<Direction>, String)> {
    let listed = |items: Vec<&String>| {
        let mut words: Vec<&str> = items.iter().take(MOST_NAMED).map(|item| item.as_str()).collect();
        let rest = format!("{} more", items.len().saturating_sub(MOST_NAMED));
        if items.len() > MOST_NAMED {
            words.push(&rest);
        }
        words.join(", ")
    };
    match (before, after) {
        (None, None) => None,
        (Some(before), None) => Some((more, format!("{}, now all", listed(before.iter().collect())))),
        (None, Some(after)) => {
            let words = format!("all, now only {}", listed(after.iter().collect()));
            Some((more.map(Direction::opposite), words))
        }
        (Some(before), Some(after)) => {
            let added: Vec<&String> = after.difference(before).collect();
            let removed: Vec<&String> = before.difference(after).collect();
            match (added.is_empty(), removed.is_empty()) {
                (true, true) => None,
                (false, true) => Some((more, format!("also {}", listed(added)))),
                (true, false) => {
                    Some((more.map(Direction::opposite), format!("no longer {}", listed(removed))))
                }
                (false, false) => Some((
                    more.map(|_| Direction::Both),
                    format!("also {}; no longer {}", listed(added), listed(removed)),
                )),
            }
        }
    }
}

/// More names than these in one line say nothing to anybody.
const MOST_NAMED: usize = 8;
