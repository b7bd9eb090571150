//! Tables: how large they are and whether they have headings.

use mktlint_text::{MappedText, Span};
use smol_str::SmolStr;

use super::super::attributes::{Attributes, Name, Value as Attribute};
use super::super::element::{Class, Element, id};
use super::Page;
use crate::{Context, PartKind, Role, Value, names};

/// An open table.
#[derive(Debug)]
pub(super) struct Grid {
    /// Its part.
    part: usize,
    role: Option<Value>,
    rows: u32,
    /// Cells of the row at hand, and of the longest.
    cells: u32,
    columns: u32,
    has_header: bool,
}

impl Page<'_, '_> {
    /// Counts an element of a table that opens at `span`.
    pub(super) fn open_grid(&mut self, element: Element, attributes: &Attributes, span: Span) {
        match element.class {
            Class::Table => self.table(span, attributes.get(Name::Role)),
            Class::Row => self.row(),
            Class::Cell => self.cell(attributes.colspan.max(1), element.id == id::TH),
            _ => {}
        }
    }

    /// The start of a table at `span`.
    pub fn table(&mut self, span: Span, role: Option<Attribute>) {
        let part = self.part(PartKind::Table, span, None);
        let role = role.map(|role| self.lower(names::ROLE, role));
        self.grids.push(Grid { part, role, rows: 0, cells: 0, columns: 0, has_header: false });
    }

    /// The start of a row.
    pub fn row(&mut self) {
        if let Some(grid) = self.grids.last_mut() {
            grid.rows += 1;
            grid.cells = 0;
        }
    }

    /// A cell over so many columns.
    pub fn cell(&mut self, columns: u32, header: bool) {
        if let Some(grid) = self.grids.last_mut() {
            // A cell without a row makes one.
            grid.rows = grid.rows.max(1);
            grid.cells = grid.cells.saturating_add(columns);
            grid.columns = grid.columns.max(grid.cells);
            grid.has_header |= header;
        }
    }

    /// The end of the innermost table, whose end tag is at `span`.
    pub fn end_table(&mut self, span: Span) {
        let Some(grid) = self.grids.pop() else { return };
        let Some(part) = self.asset.parts.get_mut(grid.part) else { return };
        part.span = part.span.cover(span);
        let number = |number: u32| Value::Int(i64::from(number));
        part.fields.reserve_exact(4);
        // In order of name.
        part.fields.push((SmolStr::new_static(names::COLUMNS), number(grid.columns)));
        part.fields.push((SmolStr::new_static(names::HAS_HEADER), Value::Bool(grid.has_header)));
        part.fields.extend(grid.role.map(|role| (SmolStr::new_static(names::ROLE), role)));
        part.fields.push((SmolStr::new_static(names::ROWS), number(grid.rows)));
    }

    /// An attribute that holds a word of HTML, in lower case, as a text that machines read.
    pub(super) fn lower(&mut self, name: &'static str, value: Attribute) -> Value {
        let word = value.span.slice(self.source).trim();
        let is_lower = !word.bytes().any(|byte| byte.is_ascii_uppercase());
        let word = if is_lower { SmolStr::new(word) } else { word.to_ascii_lowercase().into() };
        self.word(name, word, value.span)
    }

    /// The text that says `word` under `name`, which machines read: one for all parts that need it, since a page of a
    /// hundred tables has the same role for each. It cannot be written back.
    pub(super) fn word(&mut self, name: &'static str, word: SmolStr, span: Span) -> Value {
        let asset = &mut *self.asset;
        let range = self.words.entry((name, word)).or_insert_with_key(|(name, word)| {
            let mut text = MappedText::new();
            text.push_inserted(word, span.start());
            asset.add_text(Role::Machine(SmolStr::new_static(name)), text, vec![Context::Opaque])
        });
        Value::Text(*range)
    }
}
