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

/// Whether `range` is a whole block: blank lines or the ends of the text stand around it.
fn stands_alone(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    (before.is_empty() || before.ends_with("\n\n")) && (after.is_empty() || after.starts_with("\n\n"))
}
