//! HTML from its tokens to a page.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use memchr::memmem;
use mktlint_text::Span;

use super::attributes::{Attributes, Value};
use super::entity::Decode;
use super::page::Page;

/// Tells `page` what the HTML in `text` holds. `text` is its source from `base` on, with tags masked.
pub(crate) fn read(page: &mut Page<'_, '_>, text: &str, base: u32) {
    let mut reader =
        Reader { page, attributes: Attributes::default(), name: Vec::new(), start: 0, text, base };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
        reader.event(event, span);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
}

struct Reader<'p, 's, 'a> {
    page: &'p mut Page<'s, 'a>,
    text: &'p str,
    attributes: Attributes,
    /// The start tag at hand.
    name: Vec<u8>,
    start: u32,
    base: u32,
}

impl Reader<'_, '_, '_> {
    fn event(&mut self, event: CallbackEvent<'_>, span: html5gum::Span<usize>) {
        let span = Span::of(span.start..span.end).shift(self.base);
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.attributes.clear();
                self.name.clear();
                self.name.extend_from_slice(name);
                self.start = span.start();
            }
            CallbackEvent::AttributeName { name } => self.attributes.name(name, span.end()),
            CallbackEvent::AttributeValue { value } => {
                let quote = self.quote(span);
                self.attributes.value(Value { span, quote }, value);
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let span = Span::new(self.start, span.end());
                self.page.open(&self.name, &self.attributes, span, self_closing);
            }
            CallbackEvent::EndTag { name } => self.page.close(name, span),
            CallbackEvent::String { .. } => self.page.text(span, Decode::Text),
            CallbackEvent::Comment { .. } => self.comment(span),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn quote(&self, value: Span) -> Option<char> {
        let before = value.start().checked_sub(1)?;
        match self.page.source.as_bytes().get(before as usize)? {
            b'"' => Some('"'),
            b'\'' => Some('\''),
            _ => None,
        }
    }

    /// `<!-- … -->`, and what of its bytes is HTML for Outlook.
    fn comment(&mut self, span: Span) {
        let source = self.page.source;
        let whole = span.slice(source);
        let inner = whole.strip_prefix("<!--").unwrap_or(whole);
        let start = whole.len() - inner.len();
        let inner = inner.strip_suffix("-->").unwrap_or(inner);
        let place = |from: usize, to: usize| Span::of(from..to).shift(span.start() + start as u32);
        if self.page.is_aside() {
            // Only an unclosed comment holds another; reading on would be quadratic.
            return;
        }
        if !inner.trim_start().starts_with("[if") {
            return self.page.comment(place(0, inner.len()), span);
        }
        let Some(open) = memmem::find(inner.as_bytes(), b"]>") else { return };
        let close = memmem::rfind(inner.as_bytes(), b"<![endif]").unwrap_or(inner.len()).max(open + 2);
        let part = place(open + 2, close);
        self.page.set_aside(true);
        let masked = Span::new(part.start() - self.base, part.end() - self.base).slice(self.text);
        read(self.page, masked, part.start());
        self.page.set_aside(false);
    }
}
