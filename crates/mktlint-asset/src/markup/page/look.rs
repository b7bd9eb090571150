//! How the text of a document looks: styles that elements set, and the passages that they cut it into.

use mktlint_text::{MappedText, Span};
use rustc_hash::FxHashMap;

use super::super::attributes::{Attributes, Value as Attribute};
use super::super::element::{Class, Element, id};
use super::super::flow::Flow;
use super::super::frames::Frame;
use super::super::mjml;
use super::super::style::sheet::Sheet;
use super::super::style::{Declared, Known, Rgb, Size, Style};
use super::{BODY, Page};
use crate::template::{TagKind, Tags};
use crate::{Context, Part, PartKind, Role, TextId, TextRange, Value, names};

/// The text that stands for itself until it is known whether any text is hidden.
const VEILED: TextId = TextId(u32::MAX);

/// What of a document has which look.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// At this place.
    style: Style,
    /// Length of the body and of the hidden text where the passage at hand starts.
    run: (u32, u32),
    /// The text that nobody sees.
    pub veiled: Flow,
    sheet: Sheet,
    components: mjml::Defaults,
    /// The texts that name a colour.
    colors: FxHashMap<Rgb, TextRange>,
}

impl Page<'_, '_> {
    /// What the start tag of the element `name` says of the look of its text.
    pub(super) fn declared(&mut self, name: &[u8], attributes: &Attributes) -> Declared {
        let is_component = name.starts_with(b"mj-");
        if !is_component && self.look.sheet.is_empty() {
            return self.default_look(name).then(hint(name, attributes)).then(self.own(attributes));
        }
        let text = |value: Option<Attribute>| value.map_or("", |value| value.span.slice(self.source));
        let (class, id) = (text(attributes.class), text(attributes.id));
        if is_component {
            let own = self.look.components.of(name, text(attributes.mj_class), !self.includes.is_empty());
            let sheet = self.look.sheet.look("", class, "").normal.perhaps();
            return own.then(attributes.hint).then(sheet);
        }
        let sheet = self.look.sheet.look(std::str::from_utf8(name).unwrap_or_default(), class, id);
        let outside = self.default_look(name).then(hint(name, attributes)).then(sheet.normal);
        outside.then(self.own(attributes)).then(sheet.important)
    }

    /// What browsers make of an element by themselves; of its size where something else set one.
    fn default_look(&self, name: &[u8]) -> Declared {
        let own = default_look(name);
        if self.look.style.is_sized() { own } else { Declared { size: Known::Unset, ..own } }
    }

    /// What `style` says; perhaps only, when a template decides whether.
    fn own(&self, attributes: &Attributes) -> Declared {
        let decides =
            |style: Attribute| self.tags.within(style.span).iter().any(|tag| tag.kind == TagKind::Control);
        match attributes.styled {
            Some(style) if decides(style) => attributes.look.perhaps(),
            _ => attributes.look,
        }
    }

    /// Starts the look of the element that `frame` opens.
    pub(super) fn dress(&mut self, frame: &mut Frame, declared: &Declared) {
        frame.style = self.look.style;
        let Element { id, .. } = frame.element;
        if !declared.is_set() && id != id::A && id != id::BODY {
            return;
        }
        let inner = match id {
            id::A if frame.part.is_some() => self.look.style.in_link(declared),
            id::BODY if self.look.sheet.foreign => {
                self.look.style.inherit(&Declared::UNKNOWN).inherit(declared)
            }
            _ => self.look.style.inherit(declared),
        };
        if inner != self.look.style {
            self.cut();
            self.look.style = inner;
        }
    }

    /// Ends the look of the element that `frame` opened.
    pub(super) fn undress(&mut self, frame: &Frame) {
        if frame.style != self.look.style || matches!(frame.element.class, Class::Link | Class::Button) {
            self.cut();
            self.look.style = frame.style;
        }
    }

    /// The look at this place.
    pub(super) fn style(&self) -> Style {
        self.look.style
    }

    /// Ends the passage at hand.
    pub(super) fn cut(&mut self) {
        let now = (self.body.len(), self.look.veiled.len());
        let (seen, veiled) = std::mem::replace(&mut self.look.run, now);
        if now.0 > seen && !self.look.style.is_plain() {
            let range = self.body.since(seen);
            self.passage(TextRange { text: BODY, start: range.start, end: range.end }, false);
        }
        if now.1 > veiled {
            let range = self.look.veiled.since(veiled);
            self.passage(TextRange { text: VEILED, start: range.start, end: range.end }, true);
        }
    }

    fn passage(&mut self, range: TextRange, hidden: bool) {
        let mapped = if hidden { self.look.veiled.mapped() } else { self.body.mapped() };
        let words = Span::new(range.start, range.end).slice(mapped.text()).trim_end().len() as u32;
        if words == 0 {
            return;
        }
        let range = TextRange { end: range.start + words, ..range };
        let span = mapped.source(range.start..range.end);
        let style = self.look.style;
        let color = style.color().map(|color| self.color(names::COLOR, color, span));
        let background = style.background().map(|color| self.color(names::BACKGROUND, color, span));
        let flag = |is: bool| is.then_some(Value::Bool(true));
        // In order of name.
        let fields = [
            (names::BACKGROUND, background),
            (names::BOLD, flag(style.bold)),
            (names::COLOR, color),
            (names::CONTRAST, style.contrast().map(Value::Decimal)),
            (names::FONT_SIZE, style.font_size().map(Value::Decimal)),
            (names::HIDDEN, flag(hidden)),
        ];
        let set = fields.into_iter().filter_map(|(name, value)| Some((name.into(), value?)));
        let part = Part { kind: PartKind::Passage, span, text: Some(range), fields: set.collect() };
        self.asset.parts.push(part);
    }

    /// The text that names `color`: one for all passages that have it.
    fn color(&mut self, name: &str, color: Rgb, span: Span) -> Value {
        let asset = &mut *self.asset;
        let add = || {
            let mut word = MappedText::new();
            word.push_inserted(&color.hex(), span.start());
            asset.add_text(Role::Machine(name.into()), word, vec![Context::Opaque])
        };
        Value::Text(*self.look.colors.entry(color).or_insert_with(add))
    }

    /// Notes that rules which are not in the file may apply.
    pub(super) fn foreign_sheet(&mut self, href: &str) {
        // Services that only deliver type faces.
        self.look.sheet.foreign |= !href.contains("fonts.");
    }

    /// Reads the style sheet between the start tag at `start` and the end tag at `end`.
    pub(super) fn sheet(&mut self, start: u32, end: u32) {
        let whole = Span::new(start, end.max(start)).slice(self.source);
        let Some((tag, _)) = whole.split_once('>') else { return };
        // `<style media="(max-width: 600px)">`
        if tag.contains("media") && tag.contains('(') {
            return;
        }
        let inner = Span::new(start + tag.len() as u32 + 1, end);
        let text = without_tags(self.source, self.tags, inner);
        self.look.sheet.read(&text);
    }

    /// Notes what `<mj-attributes>` says of the component `name`.
    pub(super) fn component(&mut self, name: &[u8], attributes: &Attributes) {
        self.look.components.set(name, &attributes.name, attributes.hint);
    }

    /// Gives hidden passages the text that they are of.
    pub(super) fn finish_look(&mut self) {
        let (mapped, _) = std::mem::take(&mut self.look.veiled).finish();
        if mapped.is_empty() {
            return;
        }
        let text = self.asset.add_text(Role::Machine(names::HIDDEN.into()), mapped, vec![self.context]).text;
        let ranges = self.asset.parts.iter_mut().filter_map(|part| part.text.as_mut());
        ranges.filter(|range| range.text == VEILED).for_each(|range| range.text = text);
    }
}

/// What browsers make of an element by themselves.
fn default_look(name: &[u8]) -> Declared {
    let relative = |share: u32| Known::Is(Size::Relative(share));
    let of =
        |bold: bool, size: Known<Size>| Declared { bold: bold.then_some(true), size, ..Declared::default() };
    match name {
        b"b" | b"strong" | b"th" => of(true, Known::Unset),
        b"small" => of(false, relative(83)),
        b"big" => of(false, relative(120)),
        b"h1" => of(true, relative(200)),
        b"h2" => of(true, relative(150)),
        b"h3" => of(true, relative(117)),
        b"h4" => of(true, relative(100)),
        b"h5" => of(true, relative(83)),
        b"h6" => of(true, relative(67)),
        _ => Declared::default(),
    }
}

/// What attributes say that mean something on the element `name`.
fn hint(name: &[u8], attributes: &Attributes) -> Declared {
    let Declared { color, background, pictured, size, .. } = attributes.hint;
    match name {
        b"font" => Declared { color, size, ..Declared::default() },
        b"table" | b"tbody" | b"thead" | b"tfoot" | b"tr" | b"td" | b"th" | b"body" => {
            Declared { background, pictured, ..Declared::default() }
        }
        _ => Declared::default(),
    }
}

/// `source` at `span`, each tag that prints as a word that means nothing, other tags as white space.
fn without_tags(source: &str, tags: &Tags, span: Span) -> String {
    let mut out = String::with_capacity(span.len() as usize);
    let mut at = span.start();
    for tag in tags.within(span) {
        out.push_str(Span::new(at, tag.span.start().max(at)).slice(source));
        out.push_str(if tag.kind == TagKind::Print { "x" } else { " " });
        at = at.max(tag.span.end());
    }
    out.push_str(Span::new(at, span.end().max(at)).slice(source));
    out
}

/// The lowest contrast and the smallest size among `parts` that are passages which people see.
pub(super) fn weakest(parts: &[Part]) -> [(&'static str, Option<Value>); 2] {
    let seen =
        || parts.iter().filter(|part| part.kind == PartKind::Passage && part.field(names::HIDDEN).is_none());
    let least = |name: &'static str| {
        let numbers = seen().filter_map(move |part| match part.field(name) {
            Some(Value::Decimal(number)) => Some(*number),
            _ => None,
        });
        (name, numbers.min().map(Value::Decimal))
    };
    [least(names::CONTRAST), least(names::FONT_SIZE)]
}

#[cfg(test)]
mod tests {
    use super::super::super::style::Color;
    use super::*;

    #[test]
    fn colours_of_attributes_need_the_right_element() {
        let mut attributes = Attributes::default();
        attributes.hint.color = Known::Is(Color::TRANSPARENT);
        assert!(hint(b"font", &attributes).is_set());
        assert!(!hint(b"p", &attributes).is_set());
    }
}
