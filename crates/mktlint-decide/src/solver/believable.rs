//! Values that a person would believe.

use smol_str::SmolStr;

use super::axis::{Axis, Kind, Ordinal};
use crate::{Domain, Unit};

/// Names that readers know, most familiar first: countries, languages.
const FAMILIAR: [&str; 12] = ["US", "DE", "GB", "FR", "ES", "IT", "NL", "CA", "en", "de", "fr", "es"];

/// Whether the ends of a range say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Those that are not the ends of the axis do.
    Free,
    /// Both do.
    Close,
}

const DAY: Ordinal = 24 * 3600;

/// The part of an axis that people are in. Where an attribute has no bounds, the ends of its axis are those of numbers and
/// calendars, and somebody close to them is no example.
pub fn near(axis: &Axis) -> Axis {
    // 1900-01-01 to 2200-01-01.
    const DAYS: (Ordinal, Ordinal) = (-25_567, 84_006);
    let (first, last) = match axis.kind {
        Kind::Number { scale, .. } => {
            let most = 10_i128.pow(12 + scale);
            (-most, most)
        }
        Kind::Date => DAYS,
        Kind::DateTime => (DAYS.0 * DAY, DAYS.1 * DAY),
        _ => (axis.first, axis.last),
    };
    Axis { first: axis.first.max(first), last: axis.last.min(last), ..axis.clone() }
}

/// The members of a list, familiar ones first; none of other domains.
pub fn members(domain: &Domain) -> Vec<SmolStr> {
    let (Domain::Names { members, .. } | Domain::SetOfNames { members, .. }) = domain else {
        return Vec::new();
    };
    let familiar = FAMILIAR.iter().filter_map(|name| members.iter().find(|member| member == name));
    let others = members.iter().filter(|member| !FAMILIAR.contains(&member.as_str()));
    familiar.chain(others).cloned().collect()
}

/// A place within `spans`; `None` when they are empty.
pub fn choose(axis: &Axis, domain: &Domain, spans: &[(Ordinal, Ordinal)], anchor: Anchor) -> Option<Ordinal> {
    let (first, last) = (spans.first()?, spans.last()?);
    match &axis.kind {
        Kind::Names(names) => {
            let place = |name: &SmolStr| names.iter().position(|own| own == name).map(|at| at as Ordinal);
            let inside = |place: &Ordinal| spans.iter().any(|span| span.0 <= *place && *place <= span.1);
            members(domain).iter().filter_map(place).find(inside)
        }
        Kind::Bool => Some(last.1),
        _ => {
            let span = likely(axis, spans).unwrap_or(first);
            let low = span.0 > axis.first || anchor == Anchor::Close;
            let high = span.1 < axis.last || anchor == Anchor::Close;
            Some(within(axis, domain, *span, low, high))
        }
    }
}

/// Of several ranges the last one with an end that is a constant; of days and moments one that ends, when there is one:
/// most of what is known of people lies behind them, and `8 days ago` is as much outside of a week as `in 4 days`.
fn likely<'s>(axis: &Axis, spans: &'s [(Ordinal, Ordinal)]) -> Option<&'s (Ordinal, Ordinal)> {
    let ends = |span: &&(Ordinal, Ordinal)| span.1 < axis.last;
    let starts = |span: &&(Ordinal, Ordinal)| span.0 > axis.first;
    let last_of = |wanted: &dyn Fn(&&(Ordinal, Ordinal)) -> bool| spans.iter().rev().find(wanted);
    let is_day = matches!(axis.kind, Kind::Date | Kind::DateTime);
    last_of(&ends).filter(|_| is_day).or_else(|| last_of(&|span| starts(span) || ends(span)))
}

/// A place in a range, near those ends that say something.
fn within(axis: &Axis, domain: &Domain, (from, to): (Ordinal, Ordinal), low: bool, high: bool) -> Ordinal {
    let place = match axis.kind {
        Kind::Date => days(from, to, low, high),
        Kind::DateTime => moments(from, to, low, high),
        Kind::Time => round(middle(from, to), from, to, &[3600, 1800, 900, 60]),
        Kind::Number { scale, .. } => numbers(domain, scale, (from, to), low, high),
        _ => from,
    };
    place.clamp(from, to)
}

fn middle(from: Ordinal, to: Ordinal) -> Ordinal {
    from + (to - from) / 2
}

/// A few days from the end: three where there is room.
fn days(from: Ordinal, to: Ordinal, low: bool, high: bool) -> Ordinal {
    // 2026-01-15, a day like any other.
    const SOME_DAY: Ordinal = 20_468;
    match (low, high) {
        (_, true) if to - from >= 6 || !low => to - 3,
        (true, true) => middle(from, to),
        (true, false) => from + 3,
        (false, true) => to - 3,
        (false, false) => SOME_DAY,
    }
}

fn moments(from: Ordinal, to: Ordinal, low: bool, high: bool) -> Ordinal {
    if to - from >= 7 * DAY {
        let day = days(from.div_euclid(DAY) + 1, to.div_euclid(DAY) - 1, low, high);
        return day * DAY + 12 * 3600;
    }
    round(middle(from, to), from, to, &[DAY, 3600, 900, 60])
}

/// The multiple of the largest step that lies in the range, near `place`.
fn round(place: Ordinal, from: Ordinal, to: Ordinal, steps: &[Ordinal]) -> Ordinal {
    for step in steps {
        let below = place.div_euclid(*step) * step;
        if let Some(found) = [below, below + step].into_iter().find(|found| (from..=to).contains(found)) {
            return found;
        }
    }
    place
}

fn numbers(domain: &Domain, scale: u32, (from, to): (Ordinal, Ordinal), low: bool, high: bool) -> Ordinal {
    let is_money = matches!(domain, Domain::Number { unit: Unit::Money(_), .. });
    let is_length = matches!(domain, Domain::Number { unit: Unit::Seconds, .. });
    if !low && !high {
        let some = if is_money { 100 } else { 30 } * 10_i128.pow(scale);
        return if (from..=to).contains(&some) { some } else { from.max(0).min(to) };
    }
    let near = if low { from } else { to };
    if is_length {
        return round(near, from, to, &[DAY, 3600, 60]);
    }
    // Round, and not more than a quarter away.
    let room = (near.abs() / 4).min(to - from);
    let (least, most) = if low { (from, from + room) } else { (to - room, to) };
    let mut step = 10_i128.pow(30);
    while step > 1 {
        let found = if low { -(-least).div_euclid(step) * step } else { most.div_euclid(step) * step };
        if (least..=most).contains(&found) && (found != 0 || step <= 10) {
            return found;
        }
        step /= 10;
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age() -> (Axis, Domain) {
        let domain =
            Domain::Number { unit: Unit::Plain, least: Some(0.into()), most: Some(130.into()), scale: 0 };
        (Axis::of(&domain, true), domain)
    }

    #[test]
    fn ages_are_near_the_gap() {
        let (axis, domain) = age();
        assert_eq!(choose(&axis, &domain, &[(0, 17)], Anchor::Free), Some(17));
        assert_eq!(choose(&axis, &domain, &[(18, 130)], Anchor::Free), Some(20));
        assert_eq!(choose(&axis, &domain, &[(0, 130)], Anchor::Free), Some(30));
        assert_eq!(choose(&axis, &domain, &[], Anchor::Free), None);
    }

    #[test]
    fn amounts_are_round() {
        let unit = Unit::Money("USD".into());
        let domain = Domain::Number { unit, least: None, most: None, scale: 2 };
        let axis = Axis::of(&domain, false);
        assert_eq!(choose(&axis, &domain, &[(50_001, axis.last)], Anchor::Free), Some(60_000));
        assert_eq!(choose(&axis, &domain, &[(axis.first, 49_999)], Anchor::Free), Some(40_000));
    }

    #[test]
    fn days_are_a_few_from_the_end() {
        let domain = Domain::Date { least: None, most: None };
        let axis = Axis::of(&domain, false);
        assert_eq!(choose(&axis, &domain, &[(100, 107)], Anchor::Free), Some(104));
        assert_eq!(choose(&axis, &domain, &[(axis.first, 107)], Anchor::Free), Some(104));
        assert_eq!(choose(&axis, &domain, &[(100, axis.last)], Anchor::Free), Some(103));
        assert_eq!(choose(&axis, &domain, &[(100, 101)], Anchor::Free), Some(100));
        // Neither last week nor later: before that rather than in some days.
        let outside = [(axis.first, 99), (108, axis.last)];
        assert_eq!(choose(&axis, &domain, &outside, Anchor::Free), Some(96));
        assert_eq!(choose(&axis, &domain, &outside[1..], Anchor::Free), Some(111));
    }

    #[test]
    fn familiar_countries_come_first() {
        let members: std::sync::Arc<[SmolStr]> = ["AD", "DE", "US"].map(SmolStr::from).into();
        let domain = Domain::Names { members, open: false };
        let axis = Axis::of(&domain, false);
        assert_eq!(choose(&axis, &domain, &[(0, 1)], Anchor::Free), Some(1));
        assert_eq!(choose(&axis, &domain, &[(0, 2)], Anchor::Free), Some(2));
    }
}
