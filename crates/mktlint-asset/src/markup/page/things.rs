//! Links, buttons and images.

use mktlint_text::Span;

use super::super::attributes::{Attributes, Name};
use super::super::element::Class;
use super::super::frames::Frame;
use super::{BODY, Page};
use crate::{Part, PartKind, TextRange, Value, names};

impl Page<'_, '_> {
    /// Adds the parts of a link or button; returns the first.
    pub(super) fn link(&mut self, class: Class, attributes: &Attributes, span: Span) -> Option<u32> {
        let first = self.asset.parts.len();
        if let Some(href) = attributes.get(Name::Href) {
            let url = self.url(names::URL, href);
            let title = attributes.get(Name::Title).and_then(|title| self.read(names::TITLE, title));
            let at = self.part(PartKind::Link, span, None);
            self.asset.parts[at].set(names::URL, Value::Text(url));
            title.into_iter().for_each(|title| self.asset.parts[at].set(names::TITLE, Value::Text(title)));
            if self.hidden > 0 {
                self.asset.parts[at].set(names::HIDDEN, Value::Bool(true));
            }
            if class == Class::Button || attributes.button {
                let at = self.part(PartKind::Button, span, None);
                self.asset.parts[at].set(names::URL, Value::Text(url));
            }
        } else if class == Class::Button || attributes.button {
            self.part(PartKind::Button, span, None);
        }
        (self.asset.parts.len() > first).then_some(first as u32)
    }

    /// Gives the parts of `frame` their end and words. A link without words is read by its image's alternative text.
    pub(super) fn close_parts(&mut self, first: usize, frame: &Frame, span: Span) {
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
            // A heading without words is still a text, of none.
            part.text = words.or_else(|| {
                (part.kind == PartKind::Heading).then_some(TextRange {
                    text: BODY,
                    start: range.start,
                    end: range.start,
                })
            });
            if part.kind != PartKind::Heading
                && let Some(spoken) = spoken
            {
                part.set(names::TEXT, Value::Text(spoken));
            }
        }
    }

    /// Gives the link that is the part `first` the look of its words; `tiny` when the font size in it is zero.
    pub(super) fn close_link_look(&mut self, first: usize, class: Class, tiny: bool) {
        // More words in one link than anyone reads; deep nesting of links would be quadratic.
        const ENOUGH: usize = 100;
        let parts = self.asset.parts.get(first..).unwrap_or_default();
        let parts = parts.get(..ENOUGH).unwrap_or(parts);
        let is_link = parts.first().is_some_and(|part| part.kind == PartKind::Link);
        if !is_link || !matches!(class, Class::Link | Class::Button) {
            return;
        }
        let pictured = parts.iter().any(|part| part.kind == PartKind::Image);
        let start = parts.first().map_or(0, |part| part.span.start());
        let weakest = self.weakest(start);
        let Some(link) = self.asset.parts.get_mut(first) else { return };
        let wordless = link.text.is_none();
        for (name, value) in weakest.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            link.set(name, value);
        }
        if wordless && pictured {
            link.set(names::IS_IMAGE, Value::Bool(true));
        } else if wordless && tiny {
            link.set(names::HIDDEN, Value::Bool(true));
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

    pub(super) fn void(&mut self, class: Class, attributes: &Attributes, span: Span) {
        match class {
            Class::Break => self.line(span),
            Class::Image => self.image(attributes, span),
            Class::Area => self.area(attributes, span),
            Class::Input if attributes.submits => {
                let at = self.part(PartKind::Button, span, None);
                if let Some(words) =
                    attributes.get(Name::Value).and_then(|value| self.read(names::TEXT, value))
                {
                    self.asset.parts[at].text = Some(words);
                    self.asset.parts[at].set(names::TEXT, Value::Text(words));
                }
            }
            Class::Input => self.plain_input(attributes, span),
            Class::Meta => self.meta(attributes),
            Class::Relation if attributes.stylesheet => {
                self.foreign_sheet(self.written(attributes, Name::Href));
            }
            Class::Relation if attributes.canonical => {
                if let Some(href) = attributes.get(Name::Href) {
                    let url = self.url("canonical", href);
                    self.field("canonical", href.span, Value::Text(url));
                }
            }
            Class::Include => {
                if let Some(path) = attributes.get(Name::Path) {
                    let value = Value::Text(self.url("includes", path));
                    self.includes.push((value, path.span));
                }
            }
            _ => {}
        }
    }

    fn image(&mut self, attributes: &Attributes, span: Span) {
        let words = attributes.get(Name::Alt).map(|alt| self.read_all(names::ALT, alt));
        if let Some(href) = attributes.get(Name::Href) {
            let url = self.url(names::URL, href);
            let at = self.part(PartKind::Link, span, None);
            self.asset.parts[at].set(names::URL, Value::Text(url));
            self.asset.parts[at].set(names::IS_IMAGE, Value::Bool(true));
            if let Some(words) = words.filter(|words| words.start < words.end) {
                self.asset.parts[at].set(names::TEXT, Value::Text(words));
            }
        }
        let tiny = |pixels: Option<i64>| pixels.is_some_and(|pixels| pixels <= 2);
        let empty = words.is_some_and(|words| words.start == words.end);
        let unseen =
            attributes.hidden || self.hidden > 0 || (tiny(attributes.width) && tiny(attributes.height));
        let decorative = attributes.decoration || empty || unseen;
        let source = attributes.get(Name::Src).map(|src| self.url(names::SOURCE, src));
        let title = attributes.get(Name::Title).and_then(|title| self.read(names::TITLE, title));
        let at = self.part(PartKind::Image, span, None);
        let part = &mut self.asset.parts[at];
        part.set(names::DECORATIVE, Value::Bool(decorative));
        if unseen {
            part.set(names::IS_PIXEL, Value::Bool(true));
        }
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
        let Some(href) = attributes.get(Name::Href) else { return };
        let url = self.url(names::URL, href);
        let words = attributes.get(Name::Alt).and_then(|alt| self.read(names::TEXT, alt));
        let at = self.part(PartKind::Link, span, None);
        let part = &mut self.asset.parts[at];
        part.set(names::URL, Value::Text(url));
        part.set(names::IS_IMAGE, Value::Bool(true));
        words.into_iter().for_each(|words| part.set(names::TEXT, Value::Text(words)));
    }
}
