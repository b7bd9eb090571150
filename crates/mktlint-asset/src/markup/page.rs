//! A document in the making: its running text, parts and fields.

use std::cmp::Reverse;

use mktlint_diag::{Diagnostic, Place};
use mktlint_text::{MappedText, PieceKind, Span};

use super::attributes::{Attributes, Value as Attribute};
use super::element::{Class, Element, Unknown, id};
use super::entity::{Decode, reference};
use super::flow::Flow;
use super::frames::{Frame, Frames};
use crate::codes::unclosed_tag;
use crate::directive;
use crate::template::{TagKind, Tags, merge_tag};
use crate::{Asset, Context, Field, Kind, Part, PartKind, Role, TextId, TextRange, Value, names};

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
            previewing: false,
            aside: false,
            aside_part: None,
            waiting: Vec::new(),
            scoped: Vec::new(),
            shown: Vec::new(),
            includes: Vec::new(),
        }
    }

    // What is said.

    /// Text at `span`.
    pub fn text(&mut self, span: Span, decode: Decode) {
        let (source, tags) = (self.source, self.tags);
        if let Some(flow) = self.sink() {
            flow.tagged(source, tags, span, decode);
        }
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

    // Blocks.

    /// The start, or with `opens` unset the end, of a block, by the tag at `span`.
    pub fn boundary(&mut self, span: Span, opens: bool) {
        let range = self.body.since(self.block.0);
        if !range.is_empty() && self.headings == 0 {
            self.paragraphs(range, span, opens);
        }
        self.body.block();
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
        for piece in text.split("\n\n") {
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

    // Elements.

    /// The start tag of `element`.
    pub fn open(&mut self, name: &[u8], attributes: &Attributes, span: Span, self_closing: bool) {
        let element = self.element(name, attributes);
        let Some(element) = element else { return };
        if self.aside {
            return self.open_aside(element, attributes, span);
        }
        self.implied(element, span.start());
        if element.class.is_box() {
            self.body.space(Span::at(span.start()));
        }
        let ends = self_closing && (name.starts_with(b"mj-") || memchr::memchr(b':', name).is_some());
        if element.class.breaks() {
            self.boundary(span, true);
        }
        if element.class.is_void() {
            self.scope(span);
            return self.void(element.class, attributes, span);
        }
        let mut frame = Frame::new(element, span.start(), self.body.len());
        frame.zero_font = self.zero_font;
        self.enter(&mut frame, attributes, span);
        if self.frames.push(frame) {
            if ends {
                self.close_element(element, span);
            }
        } else {
            self.leave(&frame, span);
        }
    }

    /// What `name` is; `None` when it does not matter here.
    fn element(&mut self, name: &[u8], attributes: &Attributes) -> Option<Element> {
        if let Some(element) = super::element::known(name) {
            return Some(element);
        }
        if attributes.hidden || attributes.zero_font.is_some() {
            return Some(self.unknown.add(name));
        }
        // Only those with the same name as one that hides its content need to be told apart.
        self.unknown.find(name).filter(|element| self.frames.has(element.id))
    }

    /// Closes what the start tag of `element` ends, as browsers do.
    fn implied(&mut self, element: Element, at: u32) {
        let class = element.class;
        match class {
            Class::Link if element.id == id::A => self.close_if_open(id::A, Class::Link, at),
            Class::Item => self.close_if_open(id::LI, Class::Item, at),
            Class::Cell => self.close_cell(at),
            Class::Row | Class::Section => {
                self.close_cell(at);
                self.close_if_open(id::TR, Class::Row, at);
            }
            Class::Heading(_) => {
                let heading = self.frames.top().map(|frame| frame.element);
                if let Some(open @ Element { class: Class::Heading(_), .. }) = heading {
                    self.close_element(open, Span::at(at));
                }
            }
            _ => {}
        }
        if class.breaks() && !class.is_table() {
            self.close_if_open(id::P, Class::Paragraph, at);
        }
    }

    fn close_if_open(&mut self, id: u16, class: Class, at: u32) {
        if self.frames.has(id) {
            self.close_element(Element { id, class }, Span::at(at));
        }
    }

    fn close_cell(&mut self, at: u32) {
        if let Some(cell) = self.frames.cell_before() {
            self.pop_to(cell, Span::at(at));
        }
    }

    fn enter(&mut self, frame: &mut Frame, attributes: &Attributes, span: Span) {
        let first = self.body.is_empty() && self.preheader.is_empty() && !self.previewing;
        frame.hidden = attributes.hidden || frame.element.class == Class::Preview;
        self.zero_font = attributes.zero_font.unwrap_or(self.zero_font);
        let hides = frame.hidden || (self.zero_font && !frame.zero_font);
        frame.preview =
            hides && first && (self.asset.kind == Kind::Email || frame.element.class == Class::Preview);
        frame.skipped = matches!(frame.element.class, Class::Skipped | Class::SkippedBlock)
            || (frame.element.class == Class::Title && (self.skipped > 0 || !self.title.is_empty()));
        frame.scope = self.claim_scope(frame.element.class);
        if frame.preview {
            self.previewing = true;
        }
        self.hidden += u32::from(frame.hidden);
        self.skipped += u32::from(frame.skipped);
        match frame.element.class {
            Class::Heading(level) => {
                self.headings += 1;
                let at = self.part(PartKind::Heading, span, None);
                self.asset.parts[at].set(names::LEVEL, Value::Int(i64::from(level)));
                frame.part = Some(at as u32);
            }
            Class::Title => self.titles += 1,
            Class::Link | Class::Button => frame.part = self.link(frame.element.class, attributes, span),
            Class::Root => self.root(attributes),
            _ => {}
        }
    }

    /// Gives the directives that wait to the element that opens.
    fn claim_scope(&mut self, class: Class) -> bool {
        let claims = !self.waiting.is_empty() && class != Class::Root;
        if claims {
            let depth = self.frames.depth();
            let waiting = std::mem::take(&mut self.waiting);
            self.scoped.extend(waiting.into_iter().map(|at| (depth, at)));
        }
        claims
    }

    /// Adds the parts of a link or button; returns the first.
    fn link(&mut self, class: Class, attributes: &Attributes, span: Span) -> Option<u32> {
        let first = self.asset.parts.len();
        if let Some(href) = attributes.href {
            let url = self.url(names::URL, href);
            let title = attributes.title.and_then(|title| self.read(names::TITLE, title));
            let at = self.part(PartKind::Link, span, None);
            self.asset.parts[at].set(names::URL, Value::Text(url));
            title.into_iter().for_each(|title| self.asset.parts[at].set(names::TITLE, Value::Text(title)));
            if class == Class::Button || attributes.button {
                let at = self.part(PartKind::Button, span, None);
                self.asset.parts[at].set(names::URL, Value::Text(url));
            }
        } else if class == Class::Button || attributes.button {
            self.part(PartKind::Button, span, None);
        }
        (self.asset.parts.len() > first).then_some(first as u32)
    }

    /// The end tag of `name`.
    pub fn close(&mut self, name: &[u8], span: Span) {
        let Some(element) = super::element::known(name).or_else(|| self.unknown.find(name)) else { return };
        if self.aside {
            self.close_aside(element, span);
        } else if element.class == Class::Break {
            self.line(span);
        } else {
            self.close_element(element, span);
        }
    }

    fn close_element(&mut self, element: Element, span: Span) {
        let Some(at) = self.frames.closes(element) else {
            if element.class.breaks() {
                self.boundary(span, false);
            }
            return;
        };
        if element.class.floats() && at + 1 != self.frames.depth() {
            if let Some(frame) = self.frames.remove(at) {
                self.leave(&frame, span);
            }
        } else {
            self.pop_to(at, span);
        }
    }

    /// Closes all elements from the innermost to the one `at`, whose end tag is at `span`.
    fn pop_to(&mut self, at: u32, span: Span) {
        while self.frames.depth() > at {
            let last = self.frames.depth() == at + 1;
            match self.frames.pop() {
                Some(Some(frame)) => self.leave(&frame, if last { span } else { Span::at(span.start()) }),
                Some(None) => {}
                None => break,
            }
        }
    }

    fn leave(&mut self, frame: &Frame, span: Span) {
        if frame.element.class.breaks() {
            self.boundary(span, false);
        } else if frame.element.class.is_box() {
            self.body.space(Span::at(span.start()));
        }
        self.hidden -= u32::from(frame.hidden);
        self.skipped -= u32::from(frame.skipped);
        self.zero_font = frame.zero_font;
        if frame.preview {
            self.previewing = false;
        }
        match frame.element.class {
            Class::Heading(_) => self.headings -= 1,
            Class::Title => self.titles -= 1,
            _ => {}
        }
        if let Some(part) = frame.part {
            self.close_parts(part as usize, frame, span);
        }
        let depth = self.frames.depth();
        while let Some(&(_, at)) = self.scoped.last().filter(|(own, _)| frame.scope && *own >= depth) {
            self.asset.directives[at].scope = Span::new(frame.start, span.end());
            self.scoped.pop();
        }
    }

    /// Gives the parts of `frame` their end and words. A link without words is read by its image's alternative text.
    fn close_parts(&mut self, first: usize, frame: &Frame, span: Span) {
        let range = self.body.since(frame.mark);
        let words = TextRange { text: BODY, start: range.start, end: range.end };
        let words = Some(words).filter(|words| words.start < words.end);
        let parts = self.asset.parts.get(first..).unwrap_or_default();
        let spoken = words.or_else(|| parts.iter().find_map(|part| self.alternative(part)));
        for (index, part) in self.asset.parts.iter_mut().skip(first).take(2).enumerate() {
            if index > 0 && (part.span.start() != frame.start || part.kind != PartKind::Button) {
                break;
            }
            part.span = part.span.cover(Span::new(frame.start, span.end()));
            part.text = words;
            if part.kind != PartKind::Heading
                && let Some(spoken) = spoken
            {
                part.set(names::TEXT, Value::Text(spoken));
            }
        }
    }

    fn alternative(&self, part: &Part) -> Option<TextRange> {
        match part.field(names::ALT) {
            Some(Value::Text(range)) if part.kind == PartKind::Image && range.start < range.end => {
                Some(*range)
            }
            _ => None,
        }
    }

    fn void(&mut self, class: Class, attributes: &Attributes, span: Span) {
        match class {
            Class::Break => self.line(span),
            Class::Image => self.image(attributes, span),
            Class::Area => self.area(attributes, span),
            Class::Input if attributes.submits => {
                let at = self.part(PartKind::Button, span, None);
                if let Some(words) = attributes.value.and_then(|value| self.read(names::TEXT, value)) {
                    self.asset.parts[at].text = Some(words);
                    self.asset.parts[at].set(names::TEXT, Value::Text(words));
                }
            }
            Class::Meta => self.meta(attributes),
            Class::Relation if attributes.canonical => {
                if let Some(href) = attributes.href {
                    let url = self.url("canonical", href);
                    self.field("canonical", href.span, Value::Text(url));
                }
            }
            Class::Include => {
                if let Some(path) = attributes.path {
                    let value = Value::Text(self.url("includes", path));
                    self.includes.push((value, path.span));
                }
            }
            _ => {}
        }
    }

    fn image(&mut self, attributes: &Attributes, span: Span) {
        let words = attributes.alt.map(|alt| self.read_all(names::ALT, alt));
        if let Some(href) = attributes.href {
            let url = self.url(names::URL, href);
            let at = self.part(PartKind::Link, span, None);
            self.asset.parts[at].set(names::URL, Value::Text(url));
            if let Some(words) = words.filter(|words| words.start < words.end) {
                self.asset.parts[at].set(names::TEXT, Value::Text(words));
            }
        }
        let tiny = |pixels: Option<i64>| pixels.is_some_and(|pixels| pixels <= 2);
        let empty = words.is_some_and(|words| words.start == words.end);
        let decorative =
            attributes.decoration || empty || (tiny(attributes.width) && tiny(attributes.height));
        let source = attributes.src.map(|src| self.url(names::SOURCE, src));
        let title = attributes.title.and_then(|title| self.read(names::TITLE, title));
        let at = self.part(PartKind::Image, span, None);
        let part = &mut self.asset.parts[at];
        part.set(names::DECORATIVE, Value::Bool(decorative));
        let texts = [(names::ALT, words), (names::SOURCE, source), (names::TITLE, title)];
        for (name, range) in texts.into_iter().filter_map(|(name, range)| Some((name, range?))) {
            part.set(name, Value::Text(range));
        }
        let sizes = [(names::WIDTH, attributes.width), (names::HEIGHT, attributes.height)];
        for (name, pixels) in sizes.into_iter().filter_map(|(name, pixels)| Some((name, pixels?))) {
            part.set(name, Value::Int(pixels));
        }
    }

    fn area(&mut self, attributes: &Attributes, span: Span) {
        let Some(href) = attributes.href else { return };
        let url = self.url(names::URL, href);
        let words = attributes.alt.and_then(|alt| self.read(names::TEXT, alt));
        let at = self.part(PartKind::Link, span, None);
        let part = &mut self.asset.parts[at];
        part.set(names::URL, Value::Text(url));
        words.into_iter().for_each(|words| part.set(names::TEXT, Value::Text(words)));
    }

    // Outlook.

    /// Starts or ends a conditional comment for Outlook.
    ///
    /// Some readers follow its links and see its images, so these are parts. Its words are not in the body: they
    /// nearly always repeat, for one program, what stands beside the comment for all others, and would be found twice.
    pub fn set_aside(&mut self, aside: bool) {
        self.aside = aside;
        self.aside_part = None;
    }

    /// Whether it is in one.
    pub fn is_aside(&self) -> bool {
        self.aside
    }

    fn open_aside(&mut self, element: Element, attributes: &Attributes, span: Span) {
        match element.class {
            Class::Link | Class::Button => {
                self.aside_part = self.link(element.class, attributes, span).map(|part| part as usize);
            }
            Class::Image | Class::Area => self.void(element.class, attributes, span),
            _ => {}
        }
    }

    fn close_aside(&mut self, element: Element, span: Span) {
        if !matches!(element.class, Class::Link | Class::Button) {
            return;
        }
        let Some(first) = self.aside_part.take() else { return };
        let start = self.asset.parts.get(first).map(|part| part.span.start());
        for part in self.asset.parts.iter_mut().skip(first).take(2) {
            if Some(part.span.start()) == start {
                part.span = part.span.cover(span);
            }
        }
    }

    // Fields.

    /// Sets the field `name` unless it is set.
    pub fn field(&mut self, name: &str, span: Span, value: Value) {
        self.asset.fields.entry(name.into()).or_insert(Field { span, value });
    }

    fn root(&mut self, attributes: &Attributes) {
        if let Some(lang) = attributes.lang.filter(|lang| !lang.span.is_empty()) {
            let range = self.url("lang", lang);
            self.field("lang", lang.span, Value::Text(range));
        }
    }

    /// `<meta name="description" content="…">`, `<meta name="mktlint:subject" content="…">`.
    fn meta(&mut self, attributes: &Attributes) {
        let Some(content) = attributes.content else { return };
        let name = attributes.name.trim();
        let own = name.strip_prefix("mktlint:");
        let known = ["description", "subject", "preheader", "from_name"];
        let Some(name) = own.or_else(|| known.into_iter().find(|known| *known == name)) else { return };
        let name = name.trim().replace(['-', ' '], "_");
        if name.is_empty() || self.asset.fields.contains_key(name.as_str()) {
            return;
        }
        let range = self.add_value(Role::Field(name.as_str().into()), content);
        self.field(&name, content.span, Value::Text(range));
    }

    /// Adds an attribute that only machines read, white space around it cut.
    fn url(&mut self, name: &str, value: Attribute) -> TextRange {
        let text = value.span.slice(self.source);
        let start = text.len() - text.trim_start().len();
        let span = Span::of(start..start.max(text.trim_end().len())).shift(value.span.start());
        self.machine(name, span, value.context(), unescape_attribute)
    }

    /// Adds what machines read at `span`, decoded by `unescape`; tags in it stay as they are.
    pub fn machine(
        &mut self,
        name: &str,
        span: Span,
        context: Context,
        unescape: fn(&mut MappedText, &str, Span),
    ) -> TextRange {
        let mut mapped = MappedText::new();
        let mut places = Vec::new();
        let mut at = span.start();
        for tag in self.tags.within(span) {
            unescape(&mut mapped, self.source, Span::new(at, tag.span.start()));
            let start = mapped.len();
            mapped.push_verbatim(self.source, tag.span);
            if tag.kind == TagKind::Print {
                places.push((tag.span.start(), start, mapped.len()));
            }
            at = tag.span.end();
        }
        unescape(&mut mapped, self.source, Span::new(at, span.end().max(at)));
        let range = self.asset.add_text(Role::Machine(name.into()), mapped, vec![context]);
        let place = |(tag, start, end)| (tag, TextRange { text: range.text, start, end });
        self.shown.extend(places.into_iter().map(place));
        range
    }

    /// Adds an attribute that people read; `None` when it is empty.
    fn read(&mut self, name: &str, value: Attribute) -> Option<TextRange> {
        Some(self.read_all(name, value)).filter(|range| range.start < range.end)
    }

    fn read_all(&mut self, name: &str, value: Attribute) -> TextRange {
        self.add_value(Role::PartField(name.into()), value)
    }

    fn add_value(&mut self, role: Role, value: Attribute) -> TextRange {
        let mut flow = Flow::default();
        flow.tagged(self.source, self.tags, value.span, Decode::Attribute);
        self.add_flow(role, flow, value.context(), true)
    }

    /// Adds `flow` as a text of its own.
    pub fn add_flow(&mut self, role: Role, flow: Flow, context: Context, attribute: bool) -> TextRange {
        let (mapped, objects) = flow.finish();
        let range = self.asset.add_text(role, mapped, vec![context]);
        for (start, tag) in objects {
            let end = start + crate::template::OBJECT.len() as u32;
            let place = TextRange { text: range.text, start, end };
            match attribute {
                true => self.shown.push((tag, place)),
                false => self.merge_tag(tag, place, false),
            }
        }
        range
    }

    fn merge_tag(&mut self, tag: u32, place: TextRange, in_attribute: bool) {
        let Some(tag) = self.tags.covering(tag).copied() else { return };
        let source = self.source;
        let words = |span: Span| MappedText::verbatim(source, span);
        if let Some(mut part) = merge_tag(self.asset, self.tags, &tag, place, words) {
            part.set(names::IN_ATTRIBUTE, Value::Bool(in_attribute));
            self.asset.parts.push(part);
        }
    }

    // Markdown, which has no tags.

    /// The start of a heading whose first byte is at `span`.
    pub fn heading(&mut self, level: u8, span: Span) -> Frame {
        self.boundary(span, true);
        self.headings += 1;
        let at = self.part(PartKind::Heading, span, None);
        self.asset.parts[at].set(names::LEVEL, Value::Int(i64::from(level)));
        self.frame(Class::Heading(level), span, Some(at))
    }

    /// The start of a link whose first byte is at `span`.
    pub fn open_link(&mut self, span: Span) -> Frame {
        let at = self.part(PartKind::Link, span, None);
        self.frame(Class::Link, span, Some(at))
    }

    /// The end of the link that started `frame`; it leads to `url`.
    pub fn close_link(&mut self, frame: &Frame, span: Span, url: TextRange, title: Option<TextRange>) {
        if let Some(part) = frame.part.and_then(|at| self.asset.parts.get_mut(at as usize)) {
            part.set(names::URL, Value::Text(url));
            title.into_iter().for_each(|title| part.set(names::TITLE, Value::Text(title)));
        }
        self.leave(frame, Span::at(span.end()));
    }

    fn frame(&mut self, class: Class, span: Span, part: Option<usize>) -> Frame {
        let mut frame = Frame::new(Element { id: u16::MAX, class }, span.start(), self.body.len());
        frame.part = part.map(|part| part as u32);
        frame.zero_font = self.zero_font;
        frame
    }

    /// The end of what [`Page::heading`] started.
    pub fn end(&mut self, frame: &Frame, span: Span) {
        self.leave(frame, Span::at(span.end()));
    }

    /// Whether what is said is the alternative text of an image.
    pub fn in_image(&self) -> bool {
        self.images > 0
    }

    /// Adds a text that machines read and that cannot be written back.
    pub fn opaque(&mut self, name: &str, mapped: MappedText) -> TextRange {
        self.asset.add_text(Role::Machine(name.into()), mapped, vec![Context::Opaque])
    }

    /// The start of an image: what is said until its end is its alternative text.
    pub fn open_image(&mut self) {
        if self.images == 0 {
            self.alt = Flow::default();
        }
        self.images += 1;
    }

    /// The end of an image at `span`, loaded from `source`.
    pub fn close_image(&mut self, span: Span, source: TextRange, title: Option<TextRange>) {
        self.images = self.images.saturating_sub(1);
        if self.images > 0 {
            return;
        }
        let alt = std::mem::take(&mut self.alt);
        let alt = self.add_flow(Role::PartField(names::ALT.into()), alt, Context::Markdown, true);
        let at = self.part(PartKind::Image, span, None);
        let part = &mut self.asset.parts[at];
        part.set(names::ALT, Value::Text(alt));
        part.set(names::DECORATIVE, Value::Bool(alt.start == alt.end));
        part.set(names::SOURCE, Value::Text(source));
        title.into_iter().for_each(|title| part.set(names::TITLE, Value::Text(title)));
    }

    /// Adds a link for each address in the body that `find` sees and that no link holds yet.
    pub fn bare_links(&mut self, find: impl Fn(&str) -> Vec<std::ops::Range<usize>>) {
        let links = self.asset.parts.iter().filter(|part| part.kind == PartKind::Link);
        let held: Vec<Span> = links.map(|part| part.span).collect();
        for range in find(self.body.mapped().text()) {
            let (start, end) = (range.start as u32, range.end as u32);
            let span = self.body.mapped().source(start..end);
            let before = held.partition_point(|link| link.start() <= span.start());
            if before.checked_sub(1).and_then(|at| held.get(at)).is_some_and(|link| link.contains(span)) {
                continue;
            }
            let url = self.address(start..end);
            let url = self.asset.add_text(Role::Machine(names::URL.into()), url, vec![self.context]);
            let words = TextRange { text: BODY, start, end };
            let at = self.part(PartKind::Link, span, Some(words));
            self.asset.parts[at].set(names::URL, Value::Text(url));
            self.asset.parts[at].set(names::TEXT, Value::Text(words));
        }
    }

    /// The words of the body at `range`, tags as they are.
    fn address(&self, range: std::ops::Range<u32>) -> MappedText {
        let shown = self.body.mapped().slice(range);
        let mut address = MappedText::new();
        let ends = shown.pieces().iter().skip(1).map(|piece| piece.decoded).chain([shown.len()]);
        for (piece, end) in shown.pieces().iter().zip(ends) {
            let words = Span::new(piece.decoded, end).slice(shown.text());
            match piece.kind {
                PieceKind::Verbatim => address.push_verbatim(self.source, piece.source),
                _ if words == crate::template::OBJECT => address.push_verbatim(self.source, piece.source),
                _ => address.push_replaced(words, piece.source),
            }
        }
        address
    }

    /// Adds the text at `span` with its tags, decoded, as one that people read.
    pub fn words(&mut self, name: &str, span: Span, context: Context) -> TextRange {
        let mut flow = Flow::default();
        flow.tagged(self.source, self.tags, span, Decode::Text);
        self.add_flow(Role::PartField(name.into()), flow, context, true)
    }

    // The end.

    /// Completes the asset and returns what is wrong with its tags.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let end = self.asset.span.end();
        self.pop_to(0, Span::at(end));
        self.boundary(Span::at(end), true);
        self.finish_body();
        let title = std::mem::take(&mut self.title);
        self.finish_field("title", title);
        let mut preheader = std::mem::take(&mut self.preheader);
        preheader.trim_padding();
        self.finish_field("preheader", preheader);
        for (tag, place) in std::mem::take(&mut self.shown) {
            self.merge_tag(tag, place, true);
        }
        self.finish_includes();
        let problems = self.unclosed();
        // Stable, and nearly in order already.
        self.asset.parts.sort_by_key(|part| (part.span.start(), Reverse(part.span.end()), part.kind));
        let document = TextRange { text: BODY, start: 0, end: self.asset.texts[0].mapped.len() };
        let span = self.asset.span;
        let whole = Part { kind: PartKind::Document, span, text: Some(document), fields: Vec::new() };
        self.asset.parts.insert(0, whole);
        self.tag_comments();
        problems
    }

    /// The openers of tags that never close, where anyone reads them: not in code, not in scripts.
    fn unclosed(&self) -> Vec<Diagnostic> {
        // More say nothing new; a file of a million openers is not worth a million messages.
        const ENOUGH: usize = 100;
        if self.tags.unclosed.is_empty() {
            return Vec::new();
        }
        let Some((body, others)) = self.asset.texts.split_first() else { return Vec::new() };
        let mut read: Vec<Span> =
            others.iter().map(|text| text.mapped.source(0..text.mapped.len())).collect();
        read.sort_unstable();
        let is_read = |at: u32| {
            let before = read.partition_point(|span| span.start() <= at);
            body.mapped.decoded_at(at).is_some()
                || before.checked_sub(1).and_then(|index| read.get(index)).is_some_and(|span| at < span.end())
        };
        let openers = self.tags.unclosed.iter().filter(|span| is_read(span.start())).take(ENOUGH);
        let place = |span: &Span| Place::new(self.asset.file.clone(), *span);
        openers.map(|span| unclosed_tag(place(span), span.slice(self.source))).collect()
    }

    /// Directives in comments of the template language: they speak for the next paragraph or heading.
    fn tag_comments(&mut self) {
        let whole = self.asset.span;
        for tag in self.tags.within(whole).iter().filter(|tag| tag.kind == TagKind::Comment) {
            let words = tag.name.slice(self.source);
            if memchr::memmem::find(words.as_bytes(), b"mktlint:").is_none() {
                continue;
            }
            let at = self.asset.parts.partition_point(|part| part.span.start() < tag.span.end());
            let mut after = self.asset.parts.get(at..).unwrap_or_default().iter();
            let block = after.find(|part| matches!(part.kind, PartKind::Paragraph | PartKind::Heading));
            let rest = Span::new(tag.span.start(), whole.end());
            let scope = if at <= 1 { whole } else { block.map_or(rest, |part| part.span) };
            self.asset.directives.extend(directive::parse(words, tag.name, tag.span, scope));
        }
    }

    fn finish_body(&mut self) {
        let (mapped, objects) = std::mem::take(&mut self.body).finish();
        if let Some(text) = self.asset.texts.first_mut() {
            text.mapped = mapped;
            text.contexts = vec![self.context];
        }
        for (start, tag) in objects {
            let end = start + crate::template::OBJECT.len() as u32;
            self.merge_tag(tag, TextRange { text: BODY, start, end }, false);
        }
    }

    fn finish_field(&mut self, name: &str, flow: Flow) {
        if flow.is_empty() || self.asset.fields.contains_key(name) {
            return;
        }
        let own = flow.mapped().source(0..flow.len());
        let range = self.add_flow(Role::Field(name.into()), flow, Context::HtmlText, false);
        self.field(name, own, Value::Text(range));
    }

    fn finish_includes(&mut self) {
        let includes = std::mem::take(&mut self.includes);
        let Some(span) = includes.iter().map(|(_, span)| *span).reduce(Span::cover) else { return };
        let list = includes.into_iter().map(|(value, _)| value).collect();
        self.field("includes", span, Value::List(list));
    }
}

/// Decodes `source` at `span`, part of an attribute's value.
fn unescape_attribute(mapped: &mut MappedText, source: &str, span: Span) {
    unescape(mapped, source, span, Decode::Attribute);
}

/// Decodes the references of `source` at `span` and changes nothing else.
pub(crate) fn unescape(mapped: &mut MappedText, source: &str, span: Span, decode: Decode) {
    let text = span.slice(source);
    let place = |from: usize, to: usize| Span::of(from..to).shift(span.start());
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr(b'&', rest.as_bytes())) {
        let mark = at + found;
        mapped.push_verbatim(source, place(at, mark));
        at = match reference(&text[mark..], decode) {
            Some((decoded, taken)) => {
                mapped.push_replaced(&decoded, place(mark, mark + taken));
                mark + taken
            }
            None => {
                mapped.push_verbatim(source, place(mark, mark + 1));
                mark + 1
            }
        };
    }
    mapped.push_verbatim(source, place(at, text.len()));
}
