//! Tables: how large they are and whether they have headings.

use mktlint_text::{MappedText, Span};

use super::super::attributes::{Attributes, Value as Attribute};
use super::super::element::{Class, Element, id};
use super::Page;
use crate::{Context, PartKind, Role, Value, names};

/// An open table.
#[derive(Debug)]
pub(super) struct Grid {
    /// Its part.
    part: usize,
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
            Class::Table => self.table(span, attributes.role),
            Class::Row => self.row(),
            Class::Cell => self.cell(attributes.colspan.max(1), element.id == id::TH),
            _ => {}
        }
    }

    /// The start of a table at `span`.
    pub fn table(&mut self, span: Span, role: Option<Attribute>) {
        let part = self.part(PartKind::Table, span, None);
        if let Some(role) = role.map(|role| self.lower(names::ROLE, role)) {
            self.asset.parts[part].set(names::ROLE, role);
        }
        self.grids.push(Grid { part, rows: 0, cells: 0, columns: 0, has_header: false });
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
        part.set(names::ROWS, Value::Int(i64::from(grid.rows)));
        part.set(names::COLUMNS, Value::Int(i64::from(grid.columns)));
        part.set(names::HAS_HEADER, Value::Bool(grid.has_header));
    }

    /// An attribute that holds a word of HTML, in lower case, as a text that machines read.
    pub(super) fn lower(&mut self, name: &str, value: Attribute) -> Value {
        let mut word = MappedText::new();
        word.push_replaced(&value.span.slice(self.source).trim().to_lowercase(), value.span);
        Value::Text(self.asset.add_text(Role::Machine(name.into()), word, vec![Context::Opaque]))
    }
}
