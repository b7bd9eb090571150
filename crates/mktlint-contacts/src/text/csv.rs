//! CSV.

use std::io::Read;

use super::chunks::{Chunk, Chunks, MOST_RECORD, beginning};
use super::split::{Rows, Split};
use crate::batch::Lines;
use crate::cell::Cell;
use crate::layout::{Layout, layout};
use crate::parallel::{self, Emit, Worker};
use crate::part::Part;
use crate::setup::{Consume, Desk, Setup};
use crate::{ColumnNote, ReadError, Reason};

/// Reads CSV; comes back with what is odd about its columns.
pub fn run<'r>(
    mut read: Box<dyn Read + Send + 'r>,
    setup: &Setup<'_>,
    consume: &mut Consume<'_>,
) -> Result<Vec<ColumnNote>, ReadError> {
    let start = beginning(&mut read)?;
    let delimiter = delimiter(&start);
    let names = header(&start, delimiter)?;
    let layout = layout(&setup.job, &setup.fields, &names)?;
    let sheet = Sheet::new(setup, &layout, names.len(), delimiter);
    let chunks = Chunks::new(start, read, Rows::new(delimiter));
    let desk = || CsvDesk { sheet: &sheet, desk: setup.desk(), cells: Vec::new(), plain: Vec::new() };
    parallel::run(chunks, setup.job.threads, desk, consume)?;
    Ok(layout.notes)
}

/// The one of `,`, `;` and tab that the first line has most of outside of quotation marks; the comma when none is there.
fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in text {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            byte if !is_quoted => {
                counts.iter_mut().filter(|(own, _)| own == byte).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // The first of those that are equally many.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

fn header(start: &[u8], delimiter: u8) -> Result<Vec<String>, ReadError> {
    let (mut rows, mut records) = (Rows::new(delimiter), Vec::new());
    let too_long = |_| ReadError::TooLong { line: 1, most: MOST_RECORD };
    rows.scan(start, 0, &mut records).map_err(too_long)?;
    rows.finish(start, &mut records).map_err(too_long)?;
    let (from, to) = records.first().copied().ok_or(ReadError::Empty)?;
    let row = &start[from as usize..to as usize];
    let (mut cells, mut plain) = (Vec::new(), Vec::new());
    Rows::cells(delimiter, row, &mut cells);
    let name = |(from, to, is_quoted): (usize, usize, bool)| {
        let cell = unquoted(&row[from..to], is_quoted, &mut plain);
        String::from_utf8_lossy(cell).trim().to_owned()
    };
    Ok(cells.into_iter().map(name).collect())
}

/// A cell without its quotation marks.
fn unquoted<'c>(cell: &'c [u8], is_quoted: bool, plain: &'c mut Vec<u8>) -> &'c [u8] {
    if !is_quoted {
        return cell;
    }
    plain.clear();
    // Of two in a row the second stays.
    let mut was_mark = false;
    for byte in &cell[1..] {
        let is_mark = *byte == b'"' && !was_mark;
        if !is_mark {
            plain.push(*byte);
        }
        was_mark = is_mark;
    }
    plain
}

/// What is known of all rows.
struct Sheet<'s> {
    setup: &'s Setup<'s>,
    /// For each column the fields that it holds; more than one when the caller's mapping says so.
    fields: Vec<Vec<usize>>,
    /// Fields without a column.
    absent: Vec<usize>,
    /// Of each field, whether an empty cell is an empty set.
    is_empty_set: Vec<bool>,
    key: Option<usize>,
    delimiter: u8,
}

impl<'s> Sheet<'s> {
    fn new(setup: &'s Setup<'s>, layout: &Layout, n_columns: usize, delimiter: u8) -> Self {
        let holds = |column: usize| {
            let fields = layout.columns.iter().enumerate().filter(|(_, own)| **own == Some(column));
            fields.map(|(field, _)| field).collect()
        };
        let absent = layout.columns.iter().enumerate().filter(|(_, column)| column.is_none());
        Self {
            setup,
            fields: (0..n_columns).map(holds).collect(),
            absent: absent.map(|(field, _)| field).collect(),
            is_empty_set: setup
                .fields
                .iter()
                .map(|field| field.kind.is_set() && !field.attribute.optional)
                .collect(),
            key: layout.key.filter(|_| setup.wants_members),
            delimiter,
        }
    }
}

struct CsvDesk<'s> {
    sheet: &'s Sheet<'s>,
    desk: Desk<'s>,
    cells: Vec<(usize, usize, bool)>,
    plain: Vec<u8>,
}

impl Worker for CsvDesk<'_> {
    type Work = Chunk;
    type Part = Part;

    fn work(&mut self, chunk: Chunk, emit: &mut Emit<'_, Part>) -> Result<(), ReadError> {
        let (header, rows) = chunk.records.split_at(usize::from(chunk.records_before == 0));
        let mut rows_before = chunk.records_before + header.len() as u64 - 1;
        for rows in rows.chunks(self.sheet.setup.batch_rows()) {
            let lines = Lines { text: &chunk.text, first: chunk.line, starts: rows };
            self.desk.batch.begin(rows_before);
            rows.iter().for_each(|(from, to)| self.row(&chunk.text[*from as usize..*to as usize], lines));
            rows_before += rows.len() as u64;
            if !self.desk.judge(Some(lines), emit) {
                return Ok(());
            }
        }
        self.desk.emit(emit);
        Ok(())
    }
}

impl CsvDesk<'_> {
    fn row(&mut self, row: &[u8], lines: Lines<'_>) {
        let sheet = self.sheet;
        let mut cells = std::mem::take(&mut self.cells);
        Rows::cells(sheet.delimiter, row, &mut cells);
        if cells.len() == sheet.fields.len() {
            self.desk.batch.add_row(true);
            cells.iter().enumerate().for_each(|(column, cell)| self.cell(column, row, *cell, lines));
            sheet.absent.iter().for_each(|field| self.desk.batch.put_nothing(*field));
        } else {
            let reason = Reason::CellCount { wanted: sheet.fields.len() };
            self.desk.add_unreadable(reason, format!("{} cells", cells.len()), Some(lines));
            self.add_key(b"");
        }
        self.cells = cells;
    }

    fn cell(
        &mut self,
        column: usize,
        row: &[u8],
        (from, to, is_quoted): (usize, usize, bool),
        lines: Lines<'_>,
    ) {
        let sheet = self.sheet;
        let mut plain = std::mem::take(&mut self.plain);
        let text = unquoted(&row[from..to], is_quoted, &mut plain);
        for field in &sheet.fields[column] {
            let cell = match text {
                [] if sheet.is_empty_set[*field] => Cell::Text(b"[]"),
                [] => Cell::Missing,
                text => Cell::Text(text),
            };
            self.desk.put(*field, cell, Some(lines));
        }
        if sheet.key == Some(column) {
            self.add_key(text);
        }
        self.plain = plain;
    }

    fn add_key(&mut self, text: &[u8]) {
        if self.sheet.key.is_some() {
            let key = (!text.is_empty()).then(|| String::from_utf8_lossy(text).into());
            self.desk.batch.keys.push(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        let check = |text: &str, expected| assert_eq!(delimiter(text.as_bytes()), expected, "{text:?}");
        check("a,b;c,d\n;;;;", b',');
        check("\"a,b,c\";d", b';');
        check("a\tb", b'\t');
        check("a", b',');
    }

    #[test]
    fn quotation_marks_go() {
        let check = |cell: &str, expected: &str| {
            let mut plain = Vec::new();
            assert_eq!(unquoted(cell.as_bytes(), true, &mut plain), expected.as_bytes(), "{cell}");
        };
        check("\"a\"\"b\"", "a\"b");
        check("\"\"", "");
        check("\"\"\"\"", "\"");
        check("\"x\" y", "x y");
    }
}
