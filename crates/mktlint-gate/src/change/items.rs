//! Which items of a part came, went, and were reworded.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::Item;

/// More items than these are compared as sets, since the time to find out which of them stayed in order grows with the
/// square of what differs.
const MOST_ORDERED: usize = 2000;

/// More pairs than these are not looked through for one that is alike.
const MOST_PAIRS: usize = 40_000;

/// How much of their words two sentences share when one is the other, reworded; a half.
const ALIKE: (usize, usize) = (1, 2);

/// What differs between two lists of items.
#[derive(Debug, Default)]
pub struct Difference<'i> {
    /// Items that are gone or new, and those that are another wording of each other; in order of the new list, what is gone
    /// first.
    pub pairs: Vec<(Option<&'i Item>, Option<&'i Item>)>,
    /// Whether items that are the same stand in another order.
    pub is_moved: bool,
}

/// What differs between `old` and `new`.
pub fn difference<'i>(old: &'i [Item], new: &'i [Item]) -> Difference<'i> {
    let (mut gone, mut come, mut is_moved) = if old.len().max(new.len()) > MOST_ORDERED {
        (old.iter().collect(), new.iter().collect(), false)
    } else {
        in_order(old, new)
    };
    let n_before = gone.len();
    cancel(&mut gone, &mut come);
    is_moved |= gone.len() < n_before;
    Difference { pairs: pair(gone, come), is_moved }
}

/// What tells items apart. Whether a text looks like a heading does not.
pub fn key(item: &Item) -> (&str, &str) {
    let name = if matches!(item.name.as_str(), "heading" | "button") { "" } else { item.name.as_str() };
    (name, item.text.as_str())
}

fn in_order<'i>(old: &'i [Item], new: &'i [Item]) -> (Vec<&'i Item>, Vec<&'i Item>, bool) {
    let before: Vec<_> = old.iter().map(key).collect();
    let after: Vec<_> = new.iter().map(key).collect();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        if op.tag() != DiffTag::Equal {
            gone.extend(old.get(op.old_range()).unwrap_or_default());
            come.extend(new.get(op.new_range()).unwrap_or_default());
        }
    }
    (gone, come, false)
}

/// Drops from both lists what is in both, as often as it is.
pub fn cancel(gone: &mut Vec<&Item>, come: &mut Vec<&Item>) {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let own = |item: &Item| {
        let (name, text) = key(item);
        (name.to_owned(), text.to_owned())
    };
    for item in gone.iter() {
        *counts.entry(own(item)).or_default() += 1;
    }
    let mut both: BTreeMap<(String, String), usize> = BTreeMap::new();
    come.retain(|item| match counts.get_mut(&own(item)).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            *both.entry(own(item)).or_default() += 1;
            false
        }
        None => true,
    });
    gone.retain(|item| match both.get_mut(&own(item)).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    });
}

/// Puts together what is another wording of the same thing: of one name, and with enough words in common. The first that is
/// gone takes the one that is most like it.
pub fn pair<'i>(gone: Vec<&'i Item>, come: Vec<&'i Item>) -> Vec<(Option<&'i Item>, Option<&'i Item>)> {
    let is_small = gone.len().saturating_mul(come.len()) <= MOST_PAIRS;
    let mut open: Vec<Option<&Item>> = come.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for before in gone {
        let best = if is_small { best(before, &open) } else { None };
        let after = best.and_then(|at| open.get_mut(at)).and_then(Option::take);
        pairs.push((Some(before), after));
    }
    pairs.extend(open.into_iter().flatten().map(|after| (None, Some(after))));
    pairs
}

fn best(before: &Item, open: &[Option<&Item>]) -> Option<usize> {
    let alike = open.iter().enumerate().filter_map(|(at, after)| {
        let after = (*after).filter(|after| key(after).0 == key(before).0)?;
        let (shared, all) = shared_words(&before.text, &after.text);
        (shared * ALIKE.1 >= all * ALIKE.0 && shared > 0).then_some((shared * 1000 / all.max(1), at))
    });
    // Of those that are as much alike the first.
    alike.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at))).map(|(_, at)| at)
}

/// Twice the words that two texts share, and the words of both together; addresses are taken apart, too.
fn shared_words(one: &str, other: &str) -> (usize, usize) {
    let words = |text: &str| {
        let pieces = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        pieces.for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
        counts
    };
    let (one, other) = (words(one), words(other));
    let shared: usize = one.iter().map(|(word, n)| (*n).min(other.get(word).copied().unwrap_or(0))).sum();
    (2 * shared, one.values().sum::<usize>() + other.values().sum::<usize>())
}

#[cfg(test)]
mod tests {
    use mktlint_diag::Place;
    use mktlint_text::Span;

    use super::*;

    fn items(texts: &[&str]) -> Vec<Item> {
        let place = Place::new("a.md".into(), Span::new(0, 0));
        let item = |text: &&str| Item { name: String::new(), text: (*text).to_owned(), place: place.clone() };
        texts.iter().map(item).collect()
    }

    /// `-a +b` for what is gone and new, `a>b` for another wording, `~` for another order.
    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: &str) {
        let (old, new) = (items(old), items(new));
        let found = difference(&old, &new);
        let text = |item: Option<&Item>| item.map(|item| item.text.clone());
        let shown = found.pairs.iter().map(|(before, after)| match (text(*before), text(*after)) {
            (Some(before), Some(after)) => format!("{before}>{after}"),
            (before, after) => {
                before.map_or_else(String::new, |it| format!("-{it}"))
                    + &after.map_or_else(String::new, |it| format!("+{it}"))
            }
        });
        let mut shown: Vec<String> = shown.collect();
        shown.extend(found.is_moved.then(|| "~".to_owned()));
        assert_eq!(shown.join(" | "), expected);
    }

    #[test]
    fn items_are_paired_by_their_words() {
        check(&["a", "b"], &["a", "b"], "");
        check(&["a"], &["a", "b"], "+b");
        check(&["two drops a day", "b"], &["three drops a day", "b"], "two drops a day>three drops a day");
        check(&["two drops", "b"], &["b", "something else"], "-two drops | +something else");
        check(&["a", "b"], &["b", "a"], "~");
        check(&["a b c d", "a b x y"], &["a b x z", "a b c e"], "a b c d>a b c e | a b x y>a b x z");
    }

    #[test]
    fn ten_thousand_sentences_take_no_time() {
        let texts: Vec<String> = (0..10_000).map(|at| format!("sentence {at}")).collect();
        let others: Vec<String> = (0..10_000).map(|at| format!("other {at}")).collect();
        let (old, new): (Vec<&str>, Vec<&str>) =
            (texts.iter().map(String::as_str).collect(), others.iter().map(String::as_str).collect());
        assert_eq!(difference(&items(&old), &items(&new)).pairs.len(), 20_000);
    }
}
