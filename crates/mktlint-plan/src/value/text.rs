//! Words, and where they stand.

use std::borrow::Cow;

use mktlint_asset::{Asset, TextRange};

/// Words, and the range of the asset that they are, when they are one.
#[derive(Clone, Debug)]
pub struct TextValue<'a> {
    /// The words, decoded.
    pub words: Cow<'a, str>,
    /// Where they stand. Facts of the scan and bounds of merge tags are looked up there.
    pub origin: Option<(&'a Asset, TextRange)>,
}

impl<'a> TextValue<'a> {
    /// Words that stand in no asset.
    pub fn new(words: impl Into<Cow<'a, str>>) -> Self {
        Self { words: words.into(), origin: None }
    }

    /// The words of `asset` at `range`.
    pub fn at(asset: &'a Asset, range: TextRange) -> Self {
        Self { words: Cow::Borrowed(asset.slice(range)), origin: Some((asset, range)) }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.words
    }
}

/// Two texts are one when their words are; where they stand does not count.
impl PartialEq for TextValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}
