//! The end of a document.

use std::cmp::Reverse;

use mktlint_diag::{Diagnostic, Place};
use mktlint_text::Span;

use super::super::flow::Flow;
use super::{BODY, Page};
use crate::codes::unclosed_tag;
use crate::template::TagKind;
use crate::{Context, Part, PartKind, Role, TextRange, Value, directive};

impl Page<'_, '_> {
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
        self.control_tags();
        self.finish_includes();
        self.finish_inputs();
        let problems = self.unclosed();
        self.finish_look();
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

    fn control_tags(&mut self) {
        let nowhere = TextRange { text: BODY, start: 0, end: 0 };
        let all = self.tags.within(self.asset.span).iter();
        let control: Vec<u32> =
            all.filter(|tag| tag.kind == TagKind::Control).map(|tag| tag.span.start()).collect();
        for tag in control {
            self.merge_tag(tag, nowhere, false);
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
