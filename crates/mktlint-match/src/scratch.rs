//! What a scan has seen so far.

use crate::needle::{Hit, NeedleId};

/// Memory that scans reuse; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Places where a literal matches; those of one needle may overlap.
    pub(crate) candidates: Vec<Candidate>,
    /// Parts of the text to run a regex over.
    pub(crate) windows: Vec<Window>,
}

/// A place where a literal matches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub needle: u32,
    pub order: u32,
    pub start: u32,
    pub end: u32,
}

/// A part of the text that no match of a pattern leaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub pattern: u32,
    pub start: u32,
    pub end: u32,
}

impl Window {
    /// The window of a match that contains the byte at `at` and takes at most
    /// `reach` bytes; all of `text` when there is no such bound.
    pub(crate) fn around(at: usize, reach: Option<u32>, pattern: u32, text: &str) -> Window {
        let Some(reach) = reach else { return Window { pattern, start: 0, end: text.len() as u32 } };
        let mut start = at.saturating_sub(reach as usize);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = at.saturating_add(reach as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Window { pattern, start: start as u32, end: end as u32 }
    }
}

impl Scratch {
    pub(crate) fn clear(&mut self) {
        self.candidates.clear();
        self.windows.clear();
    }

    /// Chooses among overlapping candidates of each needle as a regex does: the
    /// leftmost, at the same place the preferred, and on from its end.
    pub(crate) fn take_literals(&mut self, hits: &mut Vec<Hit>) {
        self.candidates.sort_unstable_by_key(|it| (it.needle, it.start, it.order));
        let mut last = None;
        for it in &self.candidates {
            if last.is_some_and(|(needle, end)| needle == it.needle && it.start < end) {
                continue;
            }
            last = Some((it.needle, it.end));
            hits.push(Hit { needle: NeedleId(it.needle), start: it.start, end: it.end });
        }
    }

    /// Joins the windows of each pattern that touch. A match that starts in one
    /// of the joined windows ends in it, so that searching them in order finds
    /// what searching the whole text would.
    pub(crate) fn merge_windows(&mut self) {
        self.windows.sort_unstable_by_key(|window| (window.pattern, window.start));
        self.windows.dedup_by(|next, joined| {
            let touch = next.pattern == joined.pattern && next.start <= joined.end;
            if touch {
                joined.end = joined.end.max(next.end);
            }
            touch
        });
    }
}
