//! Campaign tags in links: the nine `utm_` keys, and what is wrong with them whatever the convention.

mod find;
mod key;
mod problem;
mod tidy;

use crate::channel_group::Tags;
use crate::link::{Link, Pair};

pub use find::problems;
pub use key::{Key, Reading};
pub use problem::{Leak, Problem};
pub use tidy::tidy_value;

/// The pairs of the query that are campaign tags, or are meant to be, in order.
///
/// Source: Google Analytics Help 10917952 for the keys.
pub fn tags(link: &Link) -> impl Iterator<Item = (Reading, &Pair)> {
    link.query.iter().filter_map(|pair| Some((Reading::of(pair.key.text())?, pair)))
}

/// What Google Analytics reads out of the query to group the visit: the first value of each exact key.
pub fn group_tags(link: &Link) -> Tags<'_> {
    let value = |key: Key| link.value(key.name()).unwrap_or_default();
    Tags { source: value(Key::Source), medium: value(Key::Medium), campaign: value(Key::Campaign) }
}
