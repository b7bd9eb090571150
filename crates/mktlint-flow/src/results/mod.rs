//! Measured results: files of them, and thresholds over them.

mod csv;
mod json;
mod judge;
mod row;
mod threshold;

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;

pub use judge::{Known, Results, judge};
pub use row::{Cell, Column, Line, Row};
pub use threshold::{Bound, Threshold};

/// How many results one file may hold; the rest is not read, which is said.
const MOST_LINES: usize = 500_000;

/// The results in `text`, the content of `file`, as they are written, and what is wrong with the file.
///
/// The extension tells the format: `.json` is a list of objects, `.jsonl` and `.ndjson` an object on each line, anything
/// else CSV with a header.
pub fn read(file: &FilePath, text: &str) -> (Vec<Line>, Vec<Diagnostic>) {
    let extension = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let mut reader = Reader { file, lines: Vec::new(), problems: Vec::new() };
    match extension.as_str() {
        "json" => json::list(text, &mut reader),
        "jsonl" | "ndjson" => json::lines(text, &mut reader),
        _ => csv::rows(text, &mut reader),
    }
    (reader.lines, reader.problems)
}

/// What was read so far.
struct Reader<'f> {
    file: &'f FilePath,
    lines: Vec<Line>,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, span: Span) -> Place {
        Place::new(self.file.clone(), span)
    }

    fn problem(&mut self, span: Span, reason: impl Into<String>) {
        let place = self.place(span);
        self.problems.push(crate::codes::result_file::of(place, reason));
    }

    /// Whether there is room for another line; says so when there is none.
    fn has_room(&mut self, span: Span) -> bool {
        let has_room = self.lines.len() < MOST_LINES;
        if !has_room {
            self.problem(
                span,
                format!("this file holds more than {MOST_LINES} results; the rest is not read"),
            );
        }
        has_room
    }
}
