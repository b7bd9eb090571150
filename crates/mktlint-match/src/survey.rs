//! What one pass over a text tells before any regular expression has run.

use crate::matcher::{Kind, Matcher};
use crate::needle::{Hit, NeedleId};
use crate::scratch::{Scratch, Window};

/// What one pass over a text found: every literal, and where patterns would have to be searched for.
///
/// Most patterns of a large policy are asked for in few texts, so each is
/// searched for when somebody asks, with [`Matcher::settle`].
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// By needle, then start.
    literals: Vec<Hit>,
    /// By pattern, then start; apart from each other.
    windows: Vec<Window>,
}

impl Survey {
    /// The literals of `needle`; none for a pattern.
    pub fn literals(&self, needle: NeedleId) -> &[Hit] {
        let start = self.literals.partition_point(|hit| hit.needle < needle);
        let len = self.literals[start..].partition_point(|hit| hit.needle == needle);
        &self.literals[start..start + len]
    }

    fn windows(&self, pattern: u32) -> &[Window] {
        let start = self.windows.partition_point(|window| window.pattern < pattern);
        let len = self.windows[start..].partition_point(|window| window.pattern == pattern);
        &self.windows[start..start + len]
    }
}

impl Matcher {
    /// Reads `text` once. Takes time linear in it; one longer than 4 GiB is read up to there.
    pub fn survey(&self, text: &str, scratch: &mut Scratch) -> Survey {
        self.read(text, scratch);
        let mut literals = Vec::new();
        scratch.take_literals(&mut literals);
        scratch.merge_windows();
        Survey { literals, windows: scratch.windows.clone() }
    }

    /// The needles that may be in the text of `survey`: the literals that are, and the patterns that have to be searched
    /// for, each once.
    pub fn possible(&self, survey: &Survey) -> Vec<NeedleId> {
        let of_pattern = |pattern: u32| self.patterns.get(pattern as usize).map(|it| NeedleId(it.needle));
        let mut needles: Vec<NeedleId> = survey.literals.iter().map(|hit| hit.needle).collect();
        needles.extend(survey.windows.iter().filter_map(|window| of_pattern(window.pattern)));
        needles.dedup();
        needles.extend(self.anywhere.iter().filter_map(|pattern| of_pattern(*pattern)));
        needles
    }

    /// Whether `needle` is found by a regular expression, which a survey leaves for later.
    pub fn is_pattern(&self, needle: NeedleId) -> bool {
        matches!(self.kinds.get(needle.index()), Some(Kind::Pattern(_)))
    }

    /// The hits of a pattern in the `text` of `survey`, the same as [`Matcher::scan`] gives; none for a literal.
    pub fn settle(&self, survey: &Survey, text: &str, needle: NeedleId) -> Vec<Hit> {
        let Some(&Kind::Pattern(pattern)) = self.kinds.get(needle.index()) else { return Vec::new() };
        if self.anywhere.binary_search(&pattern).is_ok() {
            return self.find(needle, text);
        }
        let mut hits = Vec::new();
        survey.windows(pattern).iter().for_each(|window| self.search(window, text, &mut hits));
        hits
    }
}
