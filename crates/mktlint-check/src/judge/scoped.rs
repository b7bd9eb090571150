//! The things that one scope speaks of in an asset.

use std::cmp::Reverse;

use mktlint_asset::{Asset, Text, TextId, TextRange};
use mktlint_plan::Subject;

/// How many rows that do not fit a search looks back over; parts of one kind do not nest deeper than a few.
const MOST_MISSES: u32 = 64;

/// The things that one scope speaks of in an asset, with their texts in order of place.
#[derive(Debug)]
pub struct Scoped<'a> {
    /// In the order of the asset.
    pub subjects: Vec<Subject<'a>>,
    /// Texts of subjects with the number of the subject; by text, start, the longer first.
    pub rows: Vec<(TextRange, usize)>,
    /// Whether one of the texts was not scanned, since only machines read it.
    pub has_unread: bool,
}

impl<'a> Scoped<'a> {
    /// Orders the texts of `subjects`.
    pub fn new(asset: &Asset, subjects: Vec<Subject<'a>>) -> Self {
        let texts = subjects.iter().enumerate().filter_map(|(at, subject)| Some((subject.text?, at)));
        let mut rows: Vec<(TextRange, usize)> = texts.collect();
        rows.sort_by_key(|(range, at)| (range.text, range.start, Reverse(range.end), *at));
        let is_unread = |range: &TextRange| !asset.text(range.text).is_some_and(Text::is_read);
        let has_unread = rows.iter().any(|(range, _)| is_unread(range));
        Self { subjects, rows, has_unread }
    }

    /// Whether a subject has words of `text`.
    pub fn reads(&self, text: TextId) -> bool {
        let start = self.rows.partition_point(|(row, _)| row.text < text);
        self.rows.get(start).is_some_and(|(row, _)| row.text == text)
    }

    /// The rows that share a byte with `range`, innermost first.
    pub fn around(&self, range: TextRange) -> impl Iterator<Item = &(TextRange, usize)> {
        let limit = (range.text, range.end.max(range.start + 1));
        let end = self.rows.partition_point(|(row, _)| (row.text, row.start) < limit);
        let rows = self.rows.get(..end).unwrap_or_default().iter().rev();
        let mut misses = 0;
        let near = rows.take_while(move |(row, _)| {
            misses += u32::from(row.end <= range.start);
            row.text == range.text && misses <= MOST_MISSES
        });
        near.filter(move |(row, _)| row.end > range.start || row.start == range.start)
    }

    /// The subject with this number.
    pub fn subject(&self, at: usize) -> Option<&Subject<'a>> {
        self.subjects.get(at)
    }
}
