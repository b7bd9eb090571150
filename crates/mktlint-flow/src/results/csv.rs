//! Results in CSV.

use std::collections::BTreeMap;

use mktlint_text::Span;

use super::Reader;
use super::row::{Cell, Column, Line};
use crate::codes;

/// Reads every row behind the header of `text`.
pub(super) fn rows(text: &str, reader: &mut Reader<'_>) {
    let mut rows = mktlint_asset::rows(text, None);
    let Some(header) = rows.next() else { return };
    let columns: Vec<Option<Column>> =
        header.iter().map(|span| Column::named(&decoded(*span, text))).collect();
    let missing: Vec<Column> =
        Column::NEEDED.into_iter().filter(|needed| !columns.contains(&Some(*needed))).collect();
    if let (Some(first), Some(_)) = (missing.first(), header.first()) {
        let place = reader.place(row_span(&header));
        return reader.problems.push(codes::result_file::no_column(place, first.name()));
    }
    for cells in rows {
        let span = row_span(&cells);
        if !reader.has_room(span) {
            break;
        }
        let mut found: BTreeMap<Column, Cell> = BTreeMap::new();
        for (column, span) in columns.iter().zip(&cells) {
            let said = decoded(*span, text);
            if let (Some(column), false) = (column, said.is_empty()) {
                let cell = Cell { text: said, place: reader.place(trimmed(*span, text)) };
                found.entry(*column).or_insert(cell);
            }
        }
        reader.lines.push(Line { place: reader.place(span), cells: found });
    }
}

fn row_span(cells: &[Span]) -> Span {
    let first = cells.first().copied().unwrap_or(Span::at(0));
    cells.iter().fold(first, |row, cell| row.cover(*cell))
}

/// What the cell at `span` says: without its quotes and without white space around it.
fn decoded(span: Span, text: &str) -> String {
    let raw = span.slice(text).trim();
    match raw.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\"").trim().to_owned(),
        None => raw.to_owned(),
    }
}

/// `span` without white space around it.
fn trimmed(span: Span, text: &str) -> Span {
    let raw = span.slice(text);
    let start = span.start() + (raw.len() - raw.trim_start().len()) as u32;
    Span::new(start, start + raw.trim().len() as u32)
}
