//! A document in the making: its running text, parts and fields.

mod elements;
mod finish;
mod inline;
mod inputs;
mod look;
mod tables;
mod things;
mod values;

use mktlint_text::{MappedText, Span};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::element::Unknown;
use super::entity::Decode;
use super::flow::Flow;
use super::frames::Frames;
use crate::template::Tags;
use crate::{Asset, Context, Part, PartKind, Role, TextId, TextRange, Value, directive};

/// The text that stands for itself in an asset until the body is complete.
const BODY: TextId = TextId(0);

/// A document in the making. Readers of formats tell it what opens, closes and is said, in the order of the file;
/// what that means for the asset is decided here, once for all formats.
pub(crate) struct Page<'s, 'a> {
    /// The file, or the decoded text in it, that spans refer to.
    pub source: &'s str,
    tags: &'s Tags,
    asset: &'a mut Asset,
    /// Context of the body.
    context: Context,
    body: Flow,
    title: Flow,
    preheader: Flow,
    alt: Flow,
    /// How many images, whose text is their alternative, are open.
    images: u32,
    /// Length of the body where the block at hand starts, and the first byte of the tag that opened it.
    block: (u32, Option<u32>),
    frames: Frames,
    unknown: Unknown,
    hidden: u32,
    skipped: u32,
    headings: u32,
    titles: u32,
    zero_font: bool,
    look: look::Look,
    /// Open tables.
    grids: Vec<tables::Grid>,
    inputs: inputs::Inputs,
    /// Texts that several parts share.
    words: FxHashMap<(&'static str, SmolStr), TextRange>,
    previewing: bool,
    /// In a conditional comment for Outlook.
    aside: bool,
    aside_part: Option<usize>,
    /// Directives that wait for the next block, and those whose block is open, with its depth.
    waiting: Vec<usize>,
    scoped: Vec<(u32, usize)>,
    /// Tags in values: the tag's first byte and where it shows.
    shown: Vec<(u32, TextRange)>,
    includes: Vec<(Value, Span)>,
}

impl<'s, 'a> Page<'s, 'a> {
    /// An empty document. Its body becomes the first text of `asset`, which must have none.
    pub fn new(source: &'s str, tags: &'s Tags, asset: &'a mut Asset, context: Context) -> Self {
        asset.add_text(Role::Body, MappedText::new(), vec![context]);
        Self {
            source,
            tags,
            asset,
            context,
            body: Flow::default(),
            title: Flow::default(),
            preheader: Flow::default(),
            alt: Flow::default(),
            images: 0,
            block: (0, None),
            frames: Frames::new(),
            unknown: Unknown::default(),
            hidden: 0,
            skipped: 0,
            headings: 0,
            titles: 0,
            zero_font: false,
            look: look::Look::default(),
            grids: Vec::new(),
            inputs: inputs::Inputs::default(),
            words: FxHashMap::default(),
            previewing: false,
            aside: false,
            aside_part: None,
            waiting: Vec::new(),
            scoped: Vec::new(),
            shown: Vec::new(),
            includes: Vec::new(),
        }
    }

    /// Text at `span`.
    pub fn text(&mut self, span: Span, decode: Decode) {
        let (source, tags) = (self.source, self.tags);
        if let Some(flow) = self.sink() {
            flow.tagged(source, tags, span, decode);
        }
        if self.is_veiled() {
            self.look.veiled.tagged(source, tags, span, decode);
        }
    }

    /// Whether text at this place is in the document and yet nobody sees it.
    fn is_veiled(&self) -> bool {
        let unread = self.aside || self.images > 0 || self.skipped > 0 || self.titles > 0;
        (self.hidden > 0 || self.zero_font) && !unread
    }

    /// `decoded`, which the bytes at `span` stand for.
    pub fn atom(&mut self, decoded: &str, span: Span) {
        let source = self.source;
        if let Some(flow) = self.sink() {
            flow.atom(source, decoded, span);
        }
    }

    /// Text at `span` in which white space shows as it is.
    pub fn exact(&mut self, span: Span) {
        let source = self.source;
        self.body.exact(source, self.tags, span);
    }

    /// White space at `span`.
    pub fn space(&mut self, span: Span) {
        if let Some(flow) = self.sink() {
            flow.space(span);
        }
    }

    /// A line break at `span`.
    pub fn line(&mut self, span: Span) {
        if let Some(flow) = self.sink() {
            flow.line(span);
        }
    }

    /// Where text goes at this place; `None` when nobody sees it.
    fn sink(&mut self) -> Option<&mut Flow> {
        if self.images > 0 {
            Some(&mut self.alt)
        } else if self.aside || self.skipped > 0 {
            None
        } else if self.titles > 0 {
            Some(&mut self.title)
        } else if self.hidden > 0 || self.zero_font {
            // A cell without font size may hold all that is seen; what is hidden after that is no preheader.
            Some(&mut self.preheader).filter(|_| self.previewing && self.body.is_empty())
        } else {
            Some(&mut self.body)
        }
    }

    /// The comment at `whole`, whose words are at `inner`.
    pub fn comment(&mut self, inner: Span, whole: Span) {
        let words = inner.slice(self.source);
        if memchr::memmem::find(words.as_bytes(), b"mktlint:").is_none() {
            return;
        }
        let first = self.body.is_empty() && self.asset.parts.is_empty();
        let scope = if first { self.asset.span } else { Span::new(whole.start(), self.asset.span.end()) };
        for found in directive::parse(words, inner, whole, scope) {
            if !first {
                self.waiting.push(self.asset.directives.len());
            }
            self.asset.directives.push(found);
        }
    }

    /// Sets the scope of directives that wait to `span`, the next block.
    pub fn scope(&mut self, span: Span) {
        for at in std::mem::take(&mut self.waiting) {
            self.asset.directives[at].scope = span;
        }
    }

    /// The start, or with `opens` unset the end, of a block, by the tag at `span`.
    pub fn boundary(&mut self, span: Span, opens: bool) {
        self.cut();
        let range = self.body.since(self.block.0);
        if !range.is_empty() && self.headings == 0 {
            self.paragraphs(range, span, opens);
        }
        self.body.block();
        self.look.veiled.block();
        self.preheader.space(Span::at(if opens { span.start() } else { span.end() }));
        self.block = (self.body.len(), opens.then_some(span.start()));
    }

    /// Adds the paragraphs of the block at hand; two line breaks in a row part them.
    fn paragraphs(&mut self, range: std::ops::Range<u32>, closer: Span, opens: bool) {
        let whole = self.body.mapped().source(range.clone());
        let span = match self.block.1 {
            Some(start) if !opens => Span::new(start, closer.end()),
            Some(start) => Span::new(start, whole.end()),
            None => whole,
        };
        let text =
            self.body.mapped().text().get(range.start as usize..range.end as usize).unwrap_or_default();
        let mut found = Vec::new();
        let mut at = range.start;
        for piece in pieces(text) {
            let lead = (piece.len() - piece.trim_start().len()) as u32;
            let words = piece.trim().len() as u32;
            if words > 0 {
                found.push((at + lead, at + lead + words));
            }
            at += piece.len() as u32 + 2;
        }
        let single = found.len() == 1;
        for (start, end) in found {
            let span = if single { span } else { self.body.mapped().source(start..end) };
            let range = TextRange { text: BODY, start, end };
            self.part(PartKind::Paragraph, span, Some(range));
        }
    }

    fn part(&mut self, kind: PartKind, span: Span, text: Option<TextRange>) -> usize {
        self.asset.parts.push(Part { kind, span, text, fields: Vec::new() });
        self.asset.parts.len() - 1
    }
}

/// The pieces of `text` between empty lines; nearly always one.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let has_line = memchr::memchr(b'\n', text.as_bytes()).is_some();
    let split = has_line.then(|| text.split("\n\n"));
    (!has_line).then_some(text).into_iter().chain(split.into_iter().flatten())
}
