//! What Markdown and plain text have instead of tags.

use mktlint_text::{MappedText, PieceKind, Span};

use super::super::element::{Class, Element};
use super::super::entity::Decode;
use super::super::flow::Flow;
use super::super::frames::Frame;
use super::{BODY, Page};
use crate::{Context, PartKind, Role, TextRange, Value, names};

impl Page<'_, '_> {
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
        frame.style = self.style();
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
}
