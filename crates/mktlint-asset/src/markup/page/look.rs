//! How the text of a document looks: styles that elements set, and the passages that they cut it into.

use mktlint_text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::super::attributes::{Attributes, Name, Value as Attribute};
use super::super::element::{Class, id};
use super::super::flow::Flow;
use super::super::frames::Frame;
use super::super::mjml;
use super::super::style::sheet::{self, Sheet};
use super::super::style::{Declared, Known, Rgb, Size, Style};
use super::{BODY, Page};
use crate::template::{TagKind, Tags};
use crate::{Part, PartKind, Role, TextId, TextRange, Value, names};

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
    /// The passages so far, in order of position. Apart from the other parts, which they would keep from being nearly
    /// in order.
    passages: Vec<Part>,
    /// The fields that show a style.
    shown: FxHashMap<Style, Vec<(SmolStr, Value)>>,
}

impl Page<'_, '_> {
    /// What the start tag of the element `name` says of the look of its text; `None` when it says nothing.
    pub(super) fn declared(&self, name: &[u8], attributes: &Attributes) -> Option<Declared> {
        if name.starts_with(b"mj-") {
            return Some(self.of_component(name, attributes)).filter(Declared::is_set);
        }
        let sheet = self.of_sheet(name, attributes);
        let own = self.default_look(name);
        if !attributes.dress() && sheet.is_none() {
            return own;
        }
        let own = own.unwrap_or_default();
        let own = if attributes.dress() { own.then(hint(name, attributes)) } else { own };
        let (style, sheet) = (self.own(attributes), sheet.unwrap_or_default());
        // Each overrules those before it, as CSS cascades: importance, then what stands at the element itself.
        let order = [sheet.normal, style.normal, sheet.important, style.important];
        let declared = order.into_iter().fold(own, Declared::then);
        Some(declared).filter(Declared::is_set)
    }

    /// What style sheets say of an element.
    fn of_sheet(&self, name: &[u8], attributes: &Attributes) -> Option<sheet::Look> {
        if self.look.sheet.is_empty() {
            return None;
        }
        let name = std::str::from_utf8(name).unwrap_or_default();
        self.look.sheet.look(name, self.written(attributes, Name::Class), self.written(attributes, Name::Id))
    }

    fn of_component(&self, name: &[u8], attributes: &Attributes) -> Declared {
        let class = self.written(attributes, Name::MjClass);
        let own = self.look.components.of(name, class, !self.includes.is_empty()).then(attributes.hint);
        let sheet = self.look.sheet.look("", self.written(attributes, Name::Class), "");
        sheet.map_or(own, |sheet| own.then(sheet.normal.perhaps()))
    }

    /// What browsers make of an element by themselves; of its size where something else set one.
    fn default_look(&self, name: &[u8]) -> Option<Declared> {
        let own = default_look(name)?;
        Some(if self.look.style.is_sized() { own } else { Declared { size: Known::Unset, ..own } })
    }

    /// What `style` says; perhaps only, when a template decides whether.
    fn own(&self, attributes: &Attributes) -> sheet::Look {
        let decides =
            |style: Attribute| self.tags.within(style.span).iter().any(|tag| tag.kind == TagKind::Control);
        let look = sheet::Look { normal: attributes.look, important: attributes.important };
        match attributes.get(Name::Style) {
            Some(style) if decides(style) => look.perhaps(),
            _ => look,
        }
    }

    /// Starts the look of the element that `frame` opens.
    pub(super) fn dress(&mut self, frame: &mut Frame, declared: Option<&Declared>) {
        let outer = self.look.style;
        frame.style = outer;
        let nothing = Declared::default();
        let inner = match (frame.element.id, declared) {
            (id::A, own) if frame.part.is_some() => outer.in_link(own.unwrap_or(&nothing)),
            (id::BODY, own) if self.look.sheet.foreign => {
                outer.inherit(&Declared::UNKNOWN).inherit(own.unwrap_or(&nothing))
            }
            (_, Some(declared)) => outer.inherit(declared),
            (_, None) => return,
        };
        if inner != outer {
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
        let mut fields = self.shown(span);
        if hidden {
            fields.push((SmolStr::new_static(names::HIDDEN), Value::Bool(true)));
        }
        self.look.passages.push(Part { kind: PartKind::Passage, span, text: Some(range), fields });
    }

    /// The fields of a passage at `span` with the style at hand, in order of name.
    fn shown(&mut self, span: Span) -> Vec<(SmolStr, Value)> {
        let style = self.look.style;
        if let Some(fields) = self.look.shown.get(&style) {
            return fields.clone();
        }
        let mut color = |name, color: Rgb| self.word(name, color.hex(), span);
        let fields = [
            (names::BACKGROUND, style.background().map(|own| color(names::BACKGROUND, own))),
            (names::BOLD, style.bold.then_some(Value::Bool(true))),
            (names::COLOR, style.color().map(|own| color(names::COLOR, own))),
            (names::CONTRAST, style.contrast().map(Value::Decimal)),
            (names::FONT_SIZE, style.font_size().map(Value::Decimal)),
        ];
        let set = fields.into_iter().filter_map(|(name, value)| Some((SmolStr::new_static(name), value?)));
        let fields: Vec<(SmolStr, Value)> = set.collect();
        self.look.shown.insert(style, fields.clone());
        fields
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

    /// Adds the passages to the parts, and gives those that are hidden the text that they are of.
    pub(super) fn finish_look(&mut self) {
        let mut passages = std::mem::take(&mut self.look.passages);
        let (mapped, _) = std::mem::take(&mut self.look.veiled).finish();
        if !mapped.is_empty() {
            let role = Role::Machine(SmolStr::new_static(names::HIDDEN));
            let text = self.asset.add_text(role, mapped, vec![self.context]).text;
            let ranges = passages.iter_mut().filter_map(|part| part.text.as_mut());
            ranges.filter(|range| range.text == VEILED).for_each(|range| range.text = text);
        }
        self.asset.parts.append(&mut passages);
    }

    /// The lowest contrast and the smallest size of the words from `start` on that people see.
    pub(super) fn weakest(&self, start: u32) -> [(&'static str, Option<Value>); 2] {
        let first = self.look.passages.partition_point(|part| part.span.start() < start);
        let inside = self.look.passages.get(first..).unwrap_or_default();
        // More than one link has; deep nesting of links would be quadratic.
        let inside = inside.iter().take(100).filter(|part| part.field(names::HIDDEN).is_none());
        let least = |name: &'static str| {
            let numbers = inside.clone().filter_map(move |part| match part.field(name) {
                Some(Value::Decimal(number)) => Some(*number),
                _ => None,
            });
            (name, numbers.min().map(Value::Decimal))
        };
        [least(names::CONTRAST), least(names::FONT_SIZE)]
    }
}

/// What browsers make of an element by themselves.
fn default_look(name: &[u8]) -> Option<Declared> {
    let (bold, share) = match name {
        b"b" | b"strong" | b"th" => (true, None),
        b"small" => (false, Some(83)),
        b"big" => (false, Some(120)),
        b"h1" => (true, Some(200)),
        b"h2" => (true, Some(150)),
        b"h3" => (true, Some(117)),
        b"h4" => (true, Some(100)),
        b"h5" => (true, Some(83)),
        b"h6" => (true, Some(67)),
        _ => return None,
    };
    let size = share.map_or(Known::Unset, |share| Known::Is(Size::Relative(share)));
    Some(Declared { bold: bold.then_some(true), size, ..Declared::default() })
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
