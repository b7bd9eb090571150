//! The fused matcher.

use serde::{Deserialize, Serialize};

use crate::literal::{Form, Literal};
use crate::needle::{Hit, NeedleId};
use crate::pattern::Pattern;
use crate::scratch::{Candidate, Scratch, Window};
use crate::symbols::Symbols;
use crate::table::{AnchorTable, Target};
use crate::text::words::{for_each_word, hash_stem};

/// All needles of all rules, found in one pass over a text.
///
/// Flat arrays, so that a plan file can carry it and loading is a copy. After
/// deserialising call [`verify`](Self::verify) before anything else. Shared
/// between threads; each thread brings its own [`Scratch`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Matcher {
    /// By needle.
    pub(crate) kinds: Vec<Kind>,
    /// Grouped by needle, in order of preference.
    pub(crate) literals: Vec<Literal>,
    /// The texts of the literals.
    pub(crate) pool: String,
    pub(crate) patterns: Vec<Pattern>,
    /// The patterns without an anchor, in order.
    pub(crate) anywhere: Vec<u32>,
    pub(crate) symbols: Symbols,
    pub(crate) words: AnchorTable,
    /// By how a word starts, where its end is not known.
    pub(crate) stems: AnchorTable,
}

/// Bytes of a text in which every literal of a list may be tried at every place. A guess: two sentences.
const SHORT: usize = 256;

/// What a needle is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// Fixed texts; of those that start at the same place the first one wins.
    Literals { first: u32, end: u32 },
    /// A pattern that a regex confirms.
    Pattern(u32),
}

impl Matcher {
    /// The number of different needles; their ids are `0..len`.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Finds every needle in `text` and replaces `hits` by what was found,
    /// sorted by start, end, needle.
    ///
    /// Each needle alone gives its leftmost matches without overlap, exactly as
    /// one regex would; hits of different needles may overlap. Takes time
    /// linear in the text. A text longer than 4 GiB is scanned up to there.
    pub fn scan(&self, text: &str, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        let text = clipped(text);
        hits.clear();
        self.read(text, scratch);
        for &pattern in &self.anywhere {
            scratch.windows.push(Window { pattern, start: 0, end: text.len() as u32 });
        }
        scratch.take_literals(hits);
        scratch.merge_windows();
        for window in &scratch.windows {
            self.search(window, text, hits);
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.end, hit.needle));
    }

    /// Looks up every word of `text`: what it may be part of comes to `scratch`.
    pub(crate) fn read(&self, text: &str, scratch: &mut Scratch) {
        let text = clipped(text);
        scratch.clear();
        for_each_word(text, |hash, at| {
            if self.words.may_hold(hash) {
                self.anchor(self.words.targets(hash), text, at, scratch);
            }
            if !self.stems.is_empty() {
                let hash = hash_stem(text, at);
                if self.stems.may_hold(hash) {
                    self.anchor(self.stems.targets(hash), text, at, scratch);
                }
            }
        });
        self.symbols.for_each(text, |literal, at| self.confirm(literal, text, at, scratch));
    }

    /// A word of the text is the anchor of something, or at least looks so.
    #[inline(never)]
    fn anchor(&self, targets: &[Target], text: &str, at: usize, scratch: &mut Scratch) {
        for target in targets {
            match *target {
                Target::Literal(literal, peek) => {
                    if peek.allows(text.as_bytes(), at) {
                        self.confirm(literal, text, at, scratch);
                    }
                }
                Target::Pattern(pattern) => {
                    scratch.windows.push(Window::around(
                        at,
                        self.patterns[pattern as usize].reach,
                        pattern,
                        text,
                    ));
                }
            }
        }
    }

    fn confirm(&self, literal: u32, text: &str, at: usize, scratch: &mut Scratch) {
        let literal = &self.literals[literal as usize];
        if let Some((start, end)) = literal.confirm(&self.pool, text, at) {
            let (needle, order) = (literal.needle, literal.order);
            scratch.candidates.push(Candidate { needle, order, start: start as u32, end: end as u32 });
        }
    }

    pub(crate) fn search(&self, window: &Window, text: &str, hits: &mut Vec<Hit>) {
        let pattern = &self.patterns[window.pattern as usize];
        let matches = pattern.matches(text, window.start as usize..window.end as usize);
        hits.extend(matches.map(|(start, end)| hit(pattern.needle, start, end)));
    }

    /// Finds one needle in a (small) text; the same hits, in the same order, as
    /// [`scan`](Self::scan) gives for it. An id of another matcher finds nothing.
    pub fn find(&self, needle: NeedleId, text: &str) -> Vec<Hit> {
        match self.looked_up(needle, text) {
            Some(hits) => hits,
            None => self.find_iter(needle, clipped(text)).collect(),
        }
    }

    /// Whether `needle` is anywhere in `text`.
    pub fn is_match(&self, needle: NeedleId, text: &str) -> bool {
        if let Some(hits) = self.looked_up(needle, text) {
            return !hits.is_empty();
        }
        self.find_iter(needle, clipped(text)).next().is_some()
    }

    /// The hits of a pattern that was written out as many texts: in a text that is not short, looking up all words costs
    /// less than trying each of them at every place.
    fn looked_up(&self, needle: NeedleId, text: &str) -> Option<Vec<Hit>> {
        let kind = self.kinds.get(needle.index())?;
        let is_list = matches!(kind, Kind::Literals { first, end } if end - first > 1);
        let survey = || self.survey(text, &mut Scratch::default()).literals(needle).to_vec();
        (is_list && text.len() > SHORT).then(survey)
    }

    fn find_iter<'t>(&'t self, needle: NeedleId, text: &'t str) -> Box<dyn Iterator<Item = Hit> + 't> {
        match self.kinds.get(needle.index()) {
            None => Box::new(std::iter::empty()),
            Some(&Kind::Pattern(pattern)) => {
                let matches = self.patterns[pattern as usize].matches(text, 0..text.len());
                Box::new(matches.map(move |(start, end)| hit(needle.0, start, end)))
            }
            Some(Kind::Literals { first, end }) => {
                let literals = &self.literals[*first as usize..*end as usize];
                let starts = Starts::of(literals, &self.pool);
                let mut free_from = 0;
                let places = text.char_indices().filter(move |&(at, _)| starts.has(text.as_bytes()[at]));
                Box::new(places.filter_map(move |(at, _)| {
                    let starts = |literal: &Literal| literal.starts_at(&self.pool, text, at);
                    let (start, end) = (at >= free_from).then(|| literals.iter().find_map(starts))??;
                    free_from = end;
                    Some(hit(needle.0, start, end))
                }))
            }
        }
    }
}

/// The bytes that one of some literals can start with.
struct Starts([u64; 4]);

impl Starts {
    /// All bytes, when another character of the text can stand for the first one of a literal: the variants that phrases
    /// allow, `ſ` for `s` and the Kelvin sign for `k`.
    fn of(literals: &[Literal], pool: &str) -> Self {
        let mut bytes = [0; 4];
        for literal in literals {
            let first =
                pool.as_bytes().get(literal.start as usize..literal.end as usize).and_then(<[u8]>::first);
            let folds = literal.form == Form::RawAnyCase;
            let is_raw = folds || literal.form == Form::RawExact;
            let Some(first) = first.filter(|first| {
                is_raw && first.is_ascii() && !(folds && matches!(first, b's' | b'S' | b'k' | b'K'))
            }) else {
                return Self([u64::MAX; 4]);
            };
            for byte in [first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
                bytes[usize::from(byte / 64)] |= 1 << (byte % 64);
            }
        }
        Self(bytes)
    }

    fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] >> (byte % 64) & 1 != 0
    }
}

fn hit(needle: u32, start: usize, end: usize) -> Hit {
    Hit { needle: NeedleId(needle), start: start as u32, end: end as u32 }
}

/// As much of `text` as 32-bit offsets reach.
fn clipped(text: &str) -> &str {
    const REACH: usize = u32::MAX as usize;
    if text.len() <= REACH {
        return text;
    }
    let end = (0..=REACH).rev().find(|&end| text.is_char_boundary(end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}
