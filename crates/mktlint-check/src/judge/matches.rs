//! Where the wordings of a `match` rule stand, as its scope sees them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use mktlint_asset::TextRange;
use mktlint_plan::{RuleId, Sought};

use super::Run;
use super::said::{Occurrence, rule_wordings};
use super::scoped::Scoped;
use crate::index::is_anchored;
use crate::words::speech;

/// A wording that a `match` rule found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The subject, by its number.
    pub subject: usize,
    /// The words.
    pub range: TextRange,
}

/// The wordings of the rule `id` in the subjects of `scoped`, in order; of two that overlap only the first, and of two
/// that start together the longer. `hits` is what the scan found of the rule in the whole asset.
///
/// A pattern sees a part of a text as if it stood alone, so that `^` is the start of a heading; patterns are looked for
/// again in parts. Takes time in proportion to the hits and to the texts that are read again.
pub fn matches<'a>(
    run: &Run<'a>,
    id: RuleId,
    scoped: &Scoped<'a>,
    hits: &[Occurrence<RuleId>],
) -> Vec<Match> {
    let search = Search { run, sought: rule_wordings(run.plan, id), scoped };
    let mut found = Vec::new();
    search.by_hits(hits, &mut found);
    search.by_search(&mut found);
    found.sort_by_key(|it| (it.subject, it.range.text, it.range.start, Reverse(it.range.end)));
    let mut last: Option<Match> = None;
    found.retain(|it| {
        let overlaps = last.is_some_and(|last| last.subject == it.subject && it.range.start < last.range.end);
        let is_same = last == Some(*it);
        if !overlaps && !is_same {
            last = Some(*it);
        }
        !overlaps && !is_same
    });
    found
}

struct Search<'r, 'a> {
    run: &'r Run<'a>,
    sought: &'r [Sought],
    scoped: &'r Scoped<'a>,
}

impl Search<'_, '_> {
    /// Takes over what the scan found.
    fn by_hits(&self, hits: &[Occurrence<RuleId>], found: &mut Vec<Match>) {
        let mut again = BTreeSet::new();
        for hit in hits {
            let is_pattern = self.is_pattern(hit.wording);
            for (row, subject) in self.scoped.around(hit.range) {
                if is_pattern && !self.is_whole(*row) {
                    again.insert((*subject, *row, hit.wording));
                } else if row.start <= hit.range.start && hit.range.end <= row.end {
                    found.push(Match { subject: *subject, range: hit.range });
                    break;
                }
            }
        }
        for (subject, row, wording) in again {
            if !self.is_anchored(wording) {
                self.search(subject, row, wording, found);
            }
        }
    }

    /// Searches where the scan did not look, or could not see the start of a part.
    fn by_search(&self, found: &mut Vec<Match>) {
        let wordings = 0..self.sought.len() as u32;
        let anchored: Vec<u32> = wordings.clone().filter(|wording| self.is_anchored(*wording)).collect();
        if !self.scoped.has_unread && anchored.is_empty() {
            return;
        }
        for (row, subject) in &self.scoped.rows {
            let is_read = self.run.asset.text(row.text).is_some_and(mktlint_asset::Text::is_read);
            let is_whole = self.is_whole(*row);
            for wording in wordings.clone() {
                if !is_read || !is_whole && anchored.contains(&wording) {
                    self.search(*subject, *row, wording, found);
                }
            }
        }
    }

    /// The places of a wording in a part, as if the part stood alone; taken from the scan where that says the same.
    fn search(&self, subject: usize, row: TextRange, wording: u32, found: &mut Vec<Match>) {
        let Some(sought) = self.sought.get(wording as usize) else { return };
        let words = self.run.asset.slice(row);
        let facts = Some(self.run.facts);
        for range in mktlint_plan::find(self.run.plan, facts, self.run.asset, row, sought.pattern) {
            let (start, end) = (range.start - row.start, range.end - row.start);
            let fits = |part| speech::is_used_as(part, words, start, end);
            if sought.part_of_speech.is_none_or(fits) {
                found.push(Match { subject, range });
            }
        }
    }

    fn is_whole(&self, row: TextRange) -> bool {
        row.start == 0 && self.run.asset.text(row.text).is_some_and(|text| text.mapped.len() == row.end)
    }

    fn is_pattern(&self, wording: u32) -> bool {
        let plan = self.run.plan;
        let row =
            self.sought.get(wording as usize).and_then(|sought| plan.patterns.get(sought.pattern.index()));
        row.is_some_and(|row| row.flags.is_some())
    }

    fn is_anchored(&self, wording: u32) -> bool {
        self.sought.get(wording as usize).is_some_and(|sought| is_anchored(self.run.plan, sought.pattern))
    }
}
