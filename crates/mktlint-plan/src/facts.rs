//! What the scan of an asset found.

use mktlint_asset::{Asset, TextId, TextRange};
use mktlint_match::{Hit, Scratch};

use crate::{PatternId, Plan};

/// Every pattern of the plan that stands in the texts of an asset, with its places.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    texts: Vec<Found>,
}

/// The hits of one text.
#[derive(Clone, Debug, Default)]
struct Found {
    /// Whether people read the text.
    is_read: bool,
    /// As the matcher gives them: by start, end, pattern.
    in_order: Vec<Hit>,
    /// The same by pattern, then start.
    by_pattern: Vec<Hit>,
}

impl Facts {
    /// Reads every text of `asset` once. Link targets and the like are read too, for the rules that name them: one scan
    /// costs less than a search for each wording of each rule.
    pub fn scan(plan: &Plan, asset: &Asset, scratch: &mut Scratch) -> Self {
        let texts = asset.texts.iter().map(|text| {
            let mut in_order = Vec::new();
            plan.matcher.scan(text.mapped.text(), scratch, &mut in_order);
            let mut by_pattern = in_order.clone();
            by_pattern.sort_by_key(|hit| (hit.needle, hit.start));
            Found { is_read: text.is_read(), in_order, by_pattern }
        });
        Self { texts: texts.collect() }
    }

    fn text(&self, text: TextId) -> Option<&Found> {
        self.texts.get(text.0 as usize)
    }

    /// All hits in a text, by start, end, pattern; none in one that only machines read.
    pub fn hits(&self, text: TextId) -> &[Hit] {
        self.text(text).filter(|found| found.is_read).map_or(&[], |found| &found.in_order)
    }

    /// The hits of `pattern` in a text, in order; `None` for a text of another asset.
    pub fn of(&self, text: TextId, pattern: PatternId) -> Option<&[Hit]> {
        let hits = &self.text(text)?.by_pattern;
        let start = hits.partition_point(|hit| hit.needle.index() < pattern.index());
        let len = hits[start..].partition_point(|hit| hit.needle.index() == pattern.index());
        Some(&hits[start..start + len])
    }
}

/// Every place of `pattern` in the words of `asset` at `range`, in order, as if they stood alone.
///
/// Looked up in `facts` where the scan of the whole text is known to say the same, else searched.
pub fn find(
    plan: &Plan,
    facts: Option<&Facts>,
    asset: &Asset,
    range: TextRange,
    pattern: PatternId,
) -> Vec<TextRange> {
    let Some(row) = plan.patterns.get(pattern.index()) else { return Vec::new() };
    if let Some(hits) = scanned(plan, facts, asset, range, pattern) {
        return hits.iter().map(|hit| TextRange { start: hit.start, end: hit.end, ..range }).collect();
    }
    let hits = plan.matcher.find(row.needle, asset.slice(range));
    let shift = |at: u32| at.saturating_add(range.start);
    hits.iter().map(|hit| TextRange { start: shift(hit.start), end: shift(hit.end), ..range }).collect()
}

/// What the scan knows about the words at `range`; `None` when it may know other than a search of just these words.
///
/// Anchors (`^`), word boundaries and overlaps depend on what stands around. They do not for the whole text, nor, for a
/// phrase, between two blank lines, since no phrase crosses one.
pub(crate) fn scanned<'f>(
    plan: &Plan,
    facts: Option<&'f Facts>,
    asset: &Asset,
    range: TextRange,
    pattern: PatternId,
) -> Option<&'f [Hit]> {
    let hits = facts?.of(range.text, pattern)?;
    let text = asset.text(range.text)?.mapped.text();
    let whole = range.start == 0 && range.end as usize == text.len();
    if whole {
        return Some(hits);
    }
    let is_phrase = plan.patterns.get(pattern.index())?.flags.is_none();
    if !is_phrase || !stands_alone(text, range) {
        return None;
    }
    let start = hits.partition_point(|hit| hit.start < range.start);
    let len = hits[start..].partition_point(|hit| hit.start < range.end);
    Some(&hits[start..start + len])
}

/// Whether the scan of a whole text is sure that `pattern` is not in the words at `range`, standing alone.
///
/// Where white space or an end stands on both sides, a pattern without anchors sees the same neighbours in the part as in
/// the whole, so a match in the part is one in the whole, or is overlapped by one that starts before it.
pub(crate) fn is_surely_absent(
    plan: &Plan,
    facts: Option<&Facts>,
    asset: &Asset,
    range: TextRange,
    pattern: PatternId,
) -> bool {
    let hits = facts.and_then(|facts| facts.of(range.text, pattern));
    let (Some(hits), Some(row)) = (hits, plan.patterns.get(pattern.index())) else { return false };
    // One scan gives the matches of a pattern apart from each other, so their ends are in order, too.
    let near = hits.partition_point(|hit| hit.end <= range.start);
    if row.anchored || hits.get(near).is_some_and(|hit| hit.start < range.end) {
        return false;
    }
    asset.text(range.text).is_some_and(|text| is_set_apart(text.mapped.text(), range))
}

/// Whether white space or the ends of the text stand around `range`.
fn is_set_apart(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start as usize).and_then(|before| before.chars().next_back());
    let after = text.get(range.end as usize..).and_then(|after| after.chars().next());
    before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
}

/// Whether `range` is a whole block: blank lines or the ends of the text stand around it.
fn stands_alone(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    (before.is_empty() || before.ends_with("\n\n")) && (after.is_empty() || after.starts_with("\n\n"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mktlint_asset::{Asset, Format, Kind, Spec, extract};
    use mktlint_diag::FilePath;
    use mktlint_hir::{Database, Source, program};

    use super::*;
    use crate::lower;

    const POLICY: &str = r#"
rule a on Post {
  forbid body? matches /a b/ or body? matches /b.?c/ or body? matches /\bab\b/ or body? matches /a+/
    or body? matches /b\s+a.*c/s or body? matches /\Ba/ or body? mentions "ab a"
  error "x"
}
"#;

    /// Every text of up to six letters, and every part of it between two words.
    #[test]
    fn what_is_surely_absent_is_not_found() {
        let db = Database::default();
        let source = Source { path: "a.mkt".into(), module: "acme.a".into(), text: POLICY.into() };
        let today = jiff::civil::date(2026, 11, 22);
        let plan = lower(&program(&db, db.project([source], today, BTreeMap::new())));
        assert_eq!(plan.patterns.len(), 7);
        let mut n_absent = 0;
        for number in 0..4_u32.pow(6) {
            let letters = (0..6).map(|at| ['a', 'b', 'c', ' '][(number / 4_u32.pow(at) % 4) as usize]);
            n_absent += absent_parts(&plan, letters.collect::<String>().trim());
        }
        assert!(n_absent > 1000, "{n_absent}");
    }

    /// How many parts of `text` are surely without one of the patterns; fails where one is there.
    fn absent_parts(plan: &Plan, text: &str) -> usize {
        let spec = Spec::new(Kind::Post, Format::Text);
        let extraction = extract(&FilePath::new("a.txt"), text, &spec);
        let asset: &Asset = &extraction.assets[0];
        let facts = Facts::scan(plan, asset, &mut Scratch::default());
        let body = TextId(0);
        let words = asset.text(body).map_or("", |body| body.mapped.text());
        let mut n_absent = 0;
        for start in 0..words.len() {
            for end in start + 1..=words.len() {
                let range = TextRange { text: body, start: start as u32, end: end as u32 };
                for (row, at) in plan.patterns.iter().zip(0..) {
                    if is_surely_absent(plan, Some(&facts), asset, range, PatternId(at)) {
                        n_absent += 1;
                        let part = &words[start..end];
                        assert!(!plan.matcher.is_match(row.needle, part), "{words:?} {part:?} {at}");
                    }
                }
            }
        }
        n_absent
    }
}
