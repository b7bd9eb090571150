//! Elements: what opens, closes and is implied.

use mktlint_text::Span;

use super::super::attributes::Attributes;
use super::super::element::{self, Class, Element, id};
use super::super::frames::Frame;
use super::Page;
use crate::{Kind, PartKind, Value, names};

impl Page<'_, '_> {
    /// The start tag of `element`.
    pub fn open(&mut self, name: &[u8], attributes: &Attributes, span: Span, self_closing: bool) {
        if self.aside {
            if let Some(element) = element::known(name) {
                self.open_aside(element, attributes, span);
            }
            return;
        }
        if self.frames.top().is_some_and(|frame| frame.element.id == id::MJ_ATTRIBUTES) {
            return self.component(name, attributes);
        }
        let declared = self.declared(name, attributes);
        let Some(element) = self.element(name, attributes, declared.is_some()) else { return };
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
        self.dress(&mut frame, declared.as_ref());
        if self.frames.push(frame) {
            if ends {
                self.close_element(element, span);
            }
        } else {
            self.leave(&frame, span);
        }
    }

    /// What `name` is; `None` when it does not matter here, neither by what it is nor by its look.
    fn element(&mut self, name: &[u8], attributes: &Attributes, looks: bool) -> Option<Element> {
        if let Some(element) = element::known(name) {
            return Some(element);
        }
        if looks || attributes.hidden || attributes.zero_font.is_some() {
            return Some(self.unknown.add(name));
        }
        // Only those with the same name as one that hides or dresses its content need to be told apart.
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
        // A word in another colour is no block to speak for.
        let inline = frame.element.class == Class::Inline && !hides;
        frame.scope = !inline && self.claim_scope(frame.element.class);
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
            Class::Link | Class::Button => {
                // What came before is no word of it.
                self.cut();
                frame.part = self.link(frame.element.class, attributes, span);
            }
            Class::Root => self.root(attributes),
            Class::Label => self.open_label(attributes),
            class if class.is_table() => self.open_grid(frame.element, attributes, span),
            _ => self.open_input(frame.element, attributes, span),
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

    /// The end tag of `name`.
    pub fn close(&mut self, name: &[u8], span: Span) {
        let Some(element) = element::known(name).or_else(|| self.unknown.find(name)) else { return };
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
            if let Some(mut frame) = self.frames.remove(at) {
                frame.style = self.style();
                self.leave(&frame, span);
            }
        } else {
            self.pop_to(at, span);
        }
    }

    /// Closes all elements from the innermost to the one `at`, whose end tag is at `span`.
    pub(super) fn pop_to(&mut self, at: u32, span: Span) {
        while self.frames.depth() > at {
            let last = self.frames.depth() == at + 1;
            match self.frames.pop() {
                Some(Some(frame)) => self.leave(&frame, if last { span } else { Span::at(span.start()) }),
                Some(None) => {}
                None => break,
            }
        }
    }

    pub(super) fn leave(&mut self, frame: &Frame, span: Span) {
        if frame.element.class.breaks() {
            self.boundary(span, false);
        } else if frame.element.class.is_box() {
            self.body.space(Span::at(span.start()));
        }
        self.undress(frame);
        let tiny = self.zero_font;
        self.hidden -= u32::from(frame.hidden);
        self.skipped -= u32::from(frame.skipped);
        self.zero_font = frame.zero_font;
        if frame.preview {
            self.previewing = false;
        }
        match frame.element.class {
            Class::Heading(_) => self.headings -= 1,
            Class::Title => self.titles -= 1,
            Class::Table => self.end_table(span),
            Class::Label => self.close_label(frame.mark),
            Class::SkippedBlock if matches!(frame.element.id, id::STYLE | id::MJ_STYLE) => {
                self.sheet(frame.start, span.start());
            }
            _ => {}
        }
        if let Some(part) = frame.part {
            self.close_parts(part as usize, frame, span);
            self.close_link_look(part as usize, frame.element.class, tiny);
        }
        let depth = self.frames.depth();
        while let Some(&(_, at)) = self.scoped.last().filter(|(own, _)| frame.scope && *own >= depth) {
            self.asset.directives[at].scope = Span::new(frame.start, span.end());
            self.scoped.pop();
        }
    }

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
}
