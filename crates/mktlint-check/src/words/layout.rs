//! Where blocks, sentences and words of an asset lie, and how far apart two places are.

use std::cell::OnceCell;

use mktlint_asset::{Asset, Role, Text, TextRange};
use mktlint_hir::model::item::Proximity;
use mktlint_measure::length::{sentences, words};

/// Further apart than so many words is far: counting on would read the same text again for every claim.
pub const MOST_WORDS: u32 = 1000;

/// The blocks and sentences of an asset's texts. Found once, when first asked for.
pub struct Layout<'a> {
    asset: &'a Asset,
    texts: OnceCell<Vec<TextLayout>>,
    /// Where each block of the asset starts in the file, in order.
    blocks: OnceCell<Vec<u32>>,
}

/// Byte offsets in one decoded text, each in order.
#[derive(Default)]
struct TextLayout {
    blocks: Vec<(u32, u32)>,
    sentences: OnceCell<Vec<(u32, u32)>>,
}

/// How far apart two places are, in the unit of the proximity that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance(pub u32);

impl<'a> Layout<'a> {
    /// The layout of `asset`; nothing is computed yet.
    pub fn new(asset: &'a Asset) -> Self {
        Self { asset, texts: OnceCell::new(), blocks: OnceCell::new() }
    }

    /// How far `one` and `other` are apart, in the unit of `unit`; `None` when that cannot be said, because they stand
    /// in different texts (words, sentences) or in two versions of the same message (an email's HTML and plain text).
    ///
    /// Words are those between the two; sentences and paragraphs are counted from 0 for the same one. Each field that
    /// people read is a paragraph of its own, in the order of the file.
    pub fn distance(&self, unit: Proximity, one: TextRange, other: TextRange) -> Option<Distance> {
        if !self.same_version(one, other) {
            return None;
        }
        match unit {
            Proximity::Document => Some(Distance(0)),
            Proximity::Paragraphs(_) => {
                let [one, other] = [one, other].map(|range| self.block_of(range));
                Some(Distance(one.abs_diff(other)))
            }
            Proximity::Sentences(_) if one.text == other.text => {
                let [one, other] = [one, other].map(|range| self.sentence_of(range));
                Some(Distance(one.abs_diff(other)))
            }
            Proximity::Words(n) if one.text == other.text => {
                Some(Distance(self.words_between(one, other, n.max(MOST_WORDS))))
            }
            Proximity::Sentences(_) | Proximity::Words(_) => None,
        }
    }

    /// The sentences of the text that `at` lies in, as ranges of it, in order.
    pub fn sentences(&self, at: TextRange) -> &[(u32, u32)] {
        let Some(text) = self.texts().get(at.text.0 as usize) else { return &[] };
        text.sentences.get_or_init(|| {
            let whole = self.asset.text(at.text).map_or("", |text| text.mapped.text());
            sentences(whole).map(|range| (range.start as u32, range.end as u32)).collect()
        })
    }

    fn same_version(&self, one: TextRange, other: TextRange) -> bool {
        let version = |range: TextRange| match self.asset.text(range.text).map(|text| &text.role) {
            Some(Role::Body) => 1,
            Some(Role::PlainPart) => 2,
            _ => 0,
        };
        let (one, other) = (version(one), version(other));
        one == other || one == 0 || other == 0
    }

    fn texts(&self) -> &[TextLayout] {
        let lay_out =
            |text: &Text| TextLayout { blocks: blocks(text.mapped.text()), ..TextLayout::default() };
        self.texts.get_or_init(|| self.asset.texts.iter().map(lay_out).collect())
    }

    /// Starts of all blocks in the file. A field of a part (an alternative text) is no block: it belongs to the block
    /// before it.
    fn starts(&self) -> &[u32] {
        self.blocks.get_or_init(|| {
            let is_block = |text: &&(&Text, &TextLayout)| {
                matches!(text.0.role, Role::Body | Role::PlainPart | Role::Field(_))
            };
            let texts = self.asset.texts.iter().zip(self.texts());
            let starts = texts.filter(|text| is_block(&text)).flat_map(|(text, layout)| {
                layout.blocks.iter().map(|(start, end)| text.mapped.source(*start..*end).start())
            });
            let mut starts: Vec<u32> = starts.collect();
            starts.sort_unstable();
            starts.dedup();
            starts
        })
    }

    fn block_of(&self, range: TextRange) -> u32 {
        let at = self.asset.source(range).start();
        self.starts().partition_point(|start| *start <= at).saturating_sub(1) as u32
    }

    fn sentence_of(&self, range: TextRange) -> u32 {
        self.sentences(range).partition_point(|(start, _)| *start <= range.start).saturating_sub(1) as u32
    }

    /// Counts no further than to one more than `most`.
    fn words_between(&self, one: TextRange, other: TextRange, most: u32) -> u32 {
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        let gap = TextRange { start: first.end, end: second.start.max(first.end), ..first };
        words(self.asset.slice(gap)).take(most as usize + 1).count() as u32
    }
}

/// Runs between empty lines.
fn blocks(text: &str) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (end, _) in text.match_indices("\n\n") {
        found.push((start, end as u32));
        start = end as u32 + 2;
    }
    found.push((start, text.len() as u32));
    found
}

#[cfg(test)]
mod tests {
    use mktlint_asset::{Context, Format, Kind, TextId};
    use mktlint_diag::FilePath;
    use mktlint_text::{MappedText, Span};

    use super::*;

    const BODY: &str = "It works. It is proven.\n\nRead on, please.\n\nBased on a study.";

    fn asset() -> Asset {
        let len = BODY.len() as u32;
        let mut asset =
            Asset::new(FilePath::new("a.md"), Kind::Post, Format::Markdown, Span::new(0, len + 20));
        asset.add_text(Role::Body, MappedText::verbatim(BODY, Span::new(0, len)), vec![Context::Plain]);
        let mut plain = MappedText::verbatim("a study", Span::new(0, 7));
        plain.shift(len + 2);
        asset.add_text(Role::PlainPart, plain, vec![Context::Plain]);
        asset
    }

    fn find(text: u32, words: &str) -> TextRange {
        let start = if text == 0 { BODY.find(words) } else { "a study".find(words) }.unwrap() as u32;
        TextRange { text: TextId(text), start, end: start + words.len() as u32 }
    }

    #[test]
    fn distances_in_each_unit() {
        let asset = asset();
        let layout = Layout::new(&asset);
        let (claim, note) = (find(0, "proven"), find(0, "Based on"));
        let check = |unit, expected: Option<u32>| {
            assert_eq!(layout.distance(unit, claim, note).map(|it| it.0), expected, "{unit:?}");
            assert_eq!(layout.distance(unit, note, claim).map(|it| it.0), expected, "{unit:?}");
        };
        check(Proximity::Words(0), Some(3));
        check(Proximity::Sentences(0), Some(2));
        check(Proximity::Paragraphs(0), Some(2));
        check(Proximity::Document, Some(0));
        assert_eq!(layout.distance(Proximity::Sentences(0), find(0, "works"), claim), Some(Distance(1)));
        assert_eq!(layout.distance(Proximity::Paragraphs(0), find(0, "works"), claim), Some(Distance(0)));
    }

    #[test]
    fn two_versions_of_a_message_are_no_neighbours() {
        let asset = asset();
        let layout = Layout::new(&asset);
        assert_eq!(layout.distance(Proximity::Document, find(0, "proven"), find(1, "study")), None);
    }
}
