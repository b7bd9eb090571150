//! What every declaration in force carries.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mktlint_diag::Level;

use super::Direction::{Looser, Stricter};
use super::facet::Facet;
use crate::{Head, Plan, Waivable};

/// Level, dates and waivers.
pub fn facets(plan: &Plan, head: &Head) -> Vec<Facet> {
    let (level, shown) = match head.level {
        Level::Info => (0, "info"),
        Level::Warning => (1, "warning"),
        Level::Error => (2, "error"),
    };
    let by_whom = match head.waivable {
        Waivable::Anyone => None,
        Waivable::By(roles) => Some(plan.strs(roles).map(str::to_owned).collect()),
        Waivable::Never | Waivable::Absolute => Some(BTreeSet::new()),
    };
    vec![
        Facet::rank("level", level, shown, Stricter),
        day("from", head.from, Date::MIN, Looser),
        day("until", head.until, Date::MAX, Stricter),
        Facet::Set { label: "waivable by".to_owned(), items: by_whom, more: Some(Looser) },
        Facet::flag("absolute", head.waivable == Waivable::Absolute, Stricter),
    ]
}

/// A day that may be open; a later one means `later`.
pub fn day(label: &str, day: Option<Date>, open: Date, later: super::Direction) -> Facet {
    let shown = day.map_or_else(|| "open".to_owned(), |day| day.to_string());
    let at = day.unwrap_or(open);
    let rank = i128::from(at.year()) * 10_000 + i128::from(at.month()) * 100 + i128::from(at.day());
    Facet::rank(label, rank, shown, later)
}
