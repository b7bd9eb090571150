//! The elements that are open at one place of a document.

use super::element::{COUNT, Class, Element};
use super::style::Style;

/// No frame.
const NONE: u32 = u32::MAX;

/// How deep elements are tracked. Browsers stop at 512; what is deeper is read as if it were not nested.
const DEPTH: usize = 10_000;

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Which element.
    pub element: Element,
    /// Its first byte.
    pub start: u32,
    /// Length of the body when it opened.
    pub mark: u32,
    /// The first of its parts among those of the asset.
    pub part: Option<u32>,
    /// Nothing in it shows.
    pub hidden: bool,
    /// Nothing in it is text.
    pub skipped: bool,
    /// Its text is the preheader.
    pub preview: bool,
    /// Whether the font size outside is zero.
    pub zero_font: bool,
    /// How text outside looks.
    pub style: Style,
    /// A directive speaks for it.
    pub scope: bool,
    /// Its end tag came while elements in it were open.
    closed: bool,
    /// The one before it with the same number.
    previous: u32,
    /// The innermost cell and table around it.
    cell: u32,
    table: u32,
}

impl Frame {
    /// An element that opens at `start`.
    pub fn new(element: Element, start: u32, mark: u32) -> Self {
        Self {
            element,
            start,
            mark,
            part: None,
            hidden: false,
            skipped: false,
            preview: false,
            zero_font: false,
            style: Style::default(),
            scope: false,
            closed: false,
            previous: NONE,
            cell: NONE,
            table: NONE,
        }
    }
}

/// The stack of open elements. Every question is answered in constant time, since broken files can make it deep.
#[derive(Debug)]
pub(crate) struct Frames {
    list: Vec<Frame>,
    /// The innermost open element of each number.
    heads: Vec<u32>,
    cell: u32,
    table: u32,
}

impl Frames {
    /// No element.
    pub fn new() -> Self {
        Self { list: Vec::new(), heads: vec![NONE; COUNT], cell: NONE, table: NONE }
    }

    /// Whether an element called so is open anywhere.
    pub fn has(&self, id: u16) -> bool {
        self.head(id) != NONE
    }

    /// The innermost element.
    pub fn top(&self) -> Option<&Frame> {
        self.list.last()
    }

    /// Opens an element; does nothing when too many are open.
    pub fn push(&mut self, mut frame: Frame) -> bool {
        if self.list.len() >= DEPTH {
            return false;
        }
        let at = self.list.len() as u32;
        frame.previous = self.head(frame.element.id);
        frame.cell = self.cell;
        frame.table = self.table;
        if let Some(head) = self.heads.get_mut(frame.element.id as usize) {
            *head = at;
        }
        match frame.element.class {
            Class::Cell => self.cell = at,
            Class::Table => (self.table, self.cell) = (at, NONE),
            _ => {}
        }
        self.list.push(frame);
        true
    }

    /// The element that an end tag of `element` closes; `None` when it closes none. A cell keeps end tags inside.
    pub fn closes(&self, element: Element) -> Option<u32> {
        let head = self.head(element.id);
        let inside = |barrier: u32| barrier == NONE || head >= barrier;
        let fits = match element.class {
            Class::Table => true,
            class if class.is_table() => inside(self.table),
            _ => inside(self.barrier()),
        };
        (head != NONE && fits).then_some(head)
    }

    /// The open row, section or cell that a start tag of such a class closes.
    pub fn cell_before(&self) -> Option<u32> {
        (self.cell != NONE).then_some(self.cell)
    }

    /// What an end tag cannot reach past.
    fn barrier(&self) -> u32 {
        match (self.cell, self.table) {
            (NONE, table) => table,
            (cell, _) => cell,
        }
    }

    /// How many are open.
    pub fn depth(&self) -> u32 {
        self.list.len() as u32
    }

    /// Closes the innermost element; `None` inside when it was closed before.
    pub fn pop(&mut self) -> Option<Option<Frame>> {
        let frame = self.list.pop()?;
        if frame.closed {
            return Some(None);
        }
        if let Some(head) = self.heads.get_mut(frame.element.id as usize) {
            *head = frame.previous;
        }
        match frame.element.class {
            Class::Cell | Class::Table => (self.cell, self.table) = (frame.cell, frame.table),
            _ => {}
        }
        Some(Some(frame))
    }

    /// Closes the element `at`, the innermost of its name, and leaves what is open inside, with its looks.
    pub fn remove(&mut self, at: u32) -> Option<Frame> {
        let frame = self.list.get_mut(at as usize)?;
        frame.closed = true;
        let frame = *frame;
        if let Some(inner) = self.list.get_mut(at as usize + 1) {
            inner.style = frame.style;
        }
        if let Some(head) = self.heads.get_mut(frame.element.id as usize) {
            *head = frame.previous;
        }
        Some(frame)
    }

    fn head(&self, id: u16) -> u32 {
        self.heads.get(id as usize).copied().unwrap_or(NONE)
    }
}
