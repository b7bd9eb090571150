//! Fields, and the values of attributes and targets.

use mktlint_text::{MappedText, Span};

use super::super::attributes::{Attributes, Name, Value as Attribute};
use super::super::entity::{Decode, unescape};
use super::super::flow::Flow;
use super::Page;
use crate::template::{TagKind, tag_part};
use crate::{Context, Field, Role, TextRange, Value, names};

impl<'s> Page<'s, '_> {
    /// The attribute `name` as it is written; empty without one.
    pub(super) fn written(&self, attributes: &Attributes, name: Name) -> &'s str {
        attributes.get(name).map_or("", |value| value.span.slice(self.source))
    }

    /// Sets the field `name` unless it is set.
    pub fn field(&mut self, name: &str, span: Span, value: Value) {
        self.asset.fields.entry(name.into()).or_insert(Field { span, value });
    }

    pub(super) fn root(&mut self, attributes: &Attributes) {
        if let Some(lang) = attributes.get(Name::Lang).filter(|lang| !lang.span.is_empty()) {
            let range = self.url("lang", lang);
            self.field("lang", lang.span, Value::Text(range));
        }
    }

    /// `<meta name="description" content="…">`, `<meta name="mktlint:subject" content="…">`.
    pub(super) fn meta(&mut self, attributes: &Attributes) {
        let Some(content) = attributes.get(Name::Content) else { return };
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
    pub(super) fn url(&mut self, name: &str, value: Attribute) -> TextRange {
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
    pub(super) fn read(&mut self, name: &str, value: Attribute) -> Option<TextRange> {
        Some(self.read_all(name, value)).filter(|range| range.start < range.end)
    }

    pub(super) fn read_all(&mut self, name: &str, value: Attribute) -> TextRange {
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

    pub(super) fn merge_tag(&mut self, tag: u32, place: TextRange, in_attribute: bool) {
        let Some(tag) = self.tags.covering(tag).copied() else { return };
        let source = self.source;
        let words = |span: Span| MappedText::verbatim(source, span);
        if let Some(mut part) = tag_part(self.asset, self.tags, &tag, place, words) {
            part.set(names::IN_ATTRIBUTE, Value::Bool(in_attribute));
            self.asset.parts.push(part);
        }
    }
}

/// Decodes `source` at `span`, part of an attribute's value.
fn unescape_attribute(mapped: &mut MappedText, source: &str, span: Span) {
    unescape(mapped, source, span, Decode::Attribute);
}
