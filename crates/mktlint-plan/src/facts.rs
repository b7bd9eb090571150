//! What the scan of an asset found.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use mktlint_asset::{Asset, TextId, TextRange};
use mktlint_match::{Hit, Scratch, Survey};
use rustc_hash::FxHashMap;

use crate::{PatternId, Plan};

/// Every pattern of the plan that stands in the texts of an asset, with its places.
///
/// Words are looked up at once, for all patterns together. What only a regular expression can tell is searched for
/// when somebody asks, and kept.
#[derive(Debug)]
pub struct Facts<'a> {
    plan: &'a Plan,
    asset: &'a Asset,
    texts: Vec<Found>,
    all: OnceCell<(String, Found)>,
}

/// What is known of one text.
#[derive(Debug)]
struct Found {
    survey: Survey,
    settled: RefCell<FxHashMap<u32, Rc<[Hit]>>>,
}

/// Places of a pattern in a text, in order.
#[derive(Debug)]
pub enum Hits<'f> {
    /// Those that the scan found.
    Scanned(&'f [Hit]),
    /// Those that were searched for.
    Settled(Rc<[Hit]>),
}

impl Deref for Hits<'_> {
    type Target = [Hit];

    fn deref(&self) -> &[Hit] {
        match self {
            Self::Scanned(hits) => hits,
            Self::Settled(hits) => hits,
        }
    }
}

impl Found {
    fn scan(plan: &Plan, text: &str, scratch: &mut Scratch) -> Self {
        Self { survey: plan.matcher.survey(text, scratch), settled: RefCell::default() }
    }

    /// The places of `pattern` in `text`, which was scanned.
    fn of(&self, plan: &Plan, text: &str, pattern: PatternId) -> Option<Hits<'_>> {
        let needle = plan.patterns.get(pattern.index())?.needle;
        if !plan.matcher.is_pattern(needle) {
            return Some(Hits::Scanned(self.survey.literals(needle)));
        }
        let known = self.settled.borrow().get(&pattern.0).cloned();
        let hits = known.unwrap_or_else(|| {
            let hits: Rc<[Hit]> = plan.matcher.settle(&self.survey, text, needle).into();
            self.settled.borrow_mut().insert(pattern.0, Rc::clone(&hits));
            hits
        });
        Some(Hits::Settled(hits))
    }
}

impl<'a> Facts<'a> {
    /// Reads every text of `asset` once. Link targets and the like are read too, for the rules that name them: one scan
    /// costs less than a search for each wording of each rule.
    pub fn scan(plan: &'a Plan, asset: &'a Asset, scratch: &mut Scratch) -> Self {
        let texts = asset.texts.iter().map(|text| Found::scan(plan, text.mapped.text(), scratch));
        Self { plan, asset, texts: texts.collect(), all: OnceCell::new() }
    }

    /// Whether they are about `asset`.
    pub(crate) fn are_of(&self, asset: &Asset) -> bool {
        std::ptr::eq(self.asset, asset)
    }

    /// What people read of the asset, as one text; `words` joins it, when nobody asked before.
    pub(crate) fn all_text(&self, words: impl FnOnce() -> String) -> &str {
        let all = self.all.get_or_init(|| {
            let words = words();
            let found = Found::scan(self.plan, &words, &mut Scratch::default());
            (words, found)
        });
        &all.0
    }

    /// The places of `pattern` in `text`, when it is the one that [`Facts::all_text`] gave.
    pub(crate) fn in_all_text(&self, text: &str, pattern: PatternId) -> Option<Hits<'_>> {
        let (words, found) = self.all.get().filter(|(words, _)| std::ptr::eq(words.as_str(), text))?;
        found.of(self.plan, words, pattern)
    }

    /// The patterns that may stand in a text that people read, each once; none in one that only machines read.
    pub fn possible(&self, text: TextId) -> Vec<PatternId> {
        let is_read = self.asset.text(text).is_some_and(mktlint_asset::Text::is_read);
        let found = self.texts.get(text.0 as usize).filter(|_| is_read);
        let needles = found.map_or_else(Vec::new, |found| self.plan.matcher.possible(&found.survey));
        needles.into_iter().map(|needle| PatternId(needle.index() as u32)).collect()
    }

    /// Whether nobody has looked yet for the places of `pattern`.
    pub fn is_open(&self, pattern: PatternId) -> bool {
        let row = self.plan.patterns.get(pattern.index());
        row.is_some_and(|row| self.plan.matcher.is_pattern(row.needle))
    }

    /// The places of `pattern` in a text, in order; `None` for a text of another asset.
    pub fn of(&self, text: TextId, pattern: PatternId) -> Option<Hits<'_>> {
        let words = self.asset.text(text)?.mapped.text();
        self.texts.get(text.0 as usize)?.of(self.plan, words, pattern)
    }
}

/// Every place of `pattern` in the words of `asset` at `range`, in order, as if they stood alone.
///
/// Looked up in `facts` where the scan of the whole text is known to say the same, else searched.
pub fn find(
    plan: &Plan,
    facts: Option<&Facts<'_>>,
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
pub(crate) fn scanned(
    plan: &Plan,
    facts: Option<&Facts<'_>>,
    asset: &Asset,
    range: TextRange,
    pattern: PatternId,
) -> Option<Vec<Hit>> {
    let text = asset.text(range.text)?.mapped.text();
    let whole = range.start == 0 && range.end as usize == text.len();
    let is_phrase = plan.patterns.get(pattern.index())?.flags.is_none();
    if !(whole || is_phrase && stands_alone(text, range)) {
        return None;
    }
    let hits = facts?.of(range.text, pattern)?;
    let start = hits.partition_point(|hit| hit.start < range.start);
    let len = hits[start..].partition_point(|hit| hit.start < range.end);
    Some(if whole { hits.to_vec() } else { hits[start..start + len].to_vec() })
}

/// Whether the scan of a whole text is sure that `pattern` is not in the words at `range`, standing alone.
///
/// Where white space or an end stands on both sides, a pattern without anchors sees the same neighbours in the part as in
/// the whole, so a match in the part is one in the whole, or is overlapped by one that starts before it.
pub(crate) fn is_surely_absent(
    plan: &Plan,
    facts: Option<&Facts<'_>>,
    asset: &Asset,
    range: TextRange,
    pattern: PatternId,
) -> bool {
    if plan.patterns.get(pattern.index()).is_none_or(|row| row.anchored) {
        return false;
    }
    let is_apart = asset.text(range.text).is_some_and(|text| is_set_apart(text.mapped.text(), range));
    let Some(hits) = facts.filter(|_| is_apart).and_then(|facts| facts.of(range.text, pattern)) else {
        return false;
    };
    // One scan gives the matches of a pattern apart from each other, so their ends are in order, too.
    let near = hits.partition_point(|hit| hit.end <= range.start);
    hits.get(near).is_none_or(|hit| hit.start >= range.end)
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
