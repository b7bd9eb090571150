//! One finding with its places on sheets, ready to be drawn.

use std::ops::Range;

use mktlint_diag::{Diagnostic, Label};

use super::sheets::Sheets;
use crate::excerpt::{self, Row, excerpt};
use crate::text::{Texts, clean};

/// Lines between two places of a finding that still share a frame; ariadne walks over them for each report.
const MAX_GAP: u32 = 200;

/// A label over more lines than this is shown on its first line only.
const MAX_LINES: u32 = 12;

/// A finding and what of it can be shown.
pub(super) struct Page<'p> {
    pub(super) finding: &'p Diagnostic,
    pub(super) frames: Vec<Frame>,
    pub(super) pointers: Vec<Pointer>,
    /// Places whose text cannot be shown, a line each, safe to print.
    pub(super) unseen: Vec<String>,
    /// Labels that were left out.
    pub(super) n_left_out: usize,
}

/// Lines of one file under one heading.
pub(super) struct Frame {
    /// Which of the batch's sheets the lines are on.
    pub(super) sheet: usize,
    /// `path:line:column` in the file itself, safe to print.
    pub(super) heading: String,
}

/// A label on a sheet.
pub(super) struct Pointer {
    /// Which label of the finding; 0 is the primary one.
    pub(super) label: usize,
    /// Which of the page's frames it is in.
    pub(super) frame: usize,
    pub(super) start: Spot,
    /// Just behind it, and always behind `start`.
    pub(super) end: Spot,
}

/// A character of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// From 1.
    pub(super) line: u32,
    /// Characters of the line before it.
    pub(super) column: usize,
}

impl<'p> Page<'p> {
    /// Lays `finding` out in lines of `width` columns.
    pub(super) fn lay(finding: &'p Diagnostic, texts: &Texts<'_>, width: usize, sheets: &mut Sheets) -> Self {
        let excerpt = excerpt(finding, texts, width);
        let (frames, pointers, unseen) = Default::default();
        let mut page = Self { finding, frames, pointers, unseen, n_left_out: excerpt.n_left_out };
        for file in &excerpt.frames {
            page.file(file, texts, sheets);
        }
        page
    }

    /// The words of a label, safe to print. ariadne underlines nothing that has no words.
    pub(super) fn words(&self, label: usize) -> String {
        let text = self.label(label).map_or("", |label| &label.text);
        let text = clean::line(text.trim());
        match label {
            _ if !text.is_empty() => text.into_owned(),
            0 => "here".into(),
            _ => "and here".into(),
        }
    }

    fn label(&self, index: usize) -> Option<&'p Label> {
        match index.checked_sub(1) {
            None => Some(&self.finding.primary),
            Some(index) => self.finding.secondary.get(index),
        }
    }

    fn file(&mut self, file: &excerpt::Frame<'_>, texts: &Texts<'_>, sheets: &mut Sheets) {
        if file.at.is_none() {
            let says: String = file.loose.iter().map(|text| format!(" {}", clean::line(text))).collect();
            self.unseen.push(format!("{}:{says} (there is no text to show)", clean::line(file.file)));
        }
        let near = |row: &Row<'_>, next: &Row<'_>| next.line > row.line && next.line - row.line <= MAX_GAP;
        for rows in file.rows.chunk_by(near) {
            let marked = || rows.iter().flat_map(|row| &row.marks).map(|mark| mark.label);
            let first = marked().min().and_then(|label| self.label(label));
            let heading = first.map(|label| texts.located(&label.place)).unwrap_or_default();
            match sheets.place(file.file, rows) {
                Some(sheet) => self.frame(Frame { sheet, heading }, rows),
                None => self.unseen.push(format!("{heading}: (too far down to show)")),
            }
        }
    }

    fn frame(&mut self, frame: Frame, rows: &[Row<'_>]) {
        let id = self.frames.len();
        self.frames.push(frame);
        for row in rows {
            for mark in &row.marks {
                let (start, end) = spots(row, &mark.bytes);
                match self.pointers.iter_mut().find(|known| known.label == mark.label) {
                    // The last line of a label that began above.
                    Some(head) if head.frame == id && row.line - head.start.line < MAX_LINES => {
                        head.end = end;
                    }
                    Some(_) => {}
                    None => self.pointers.push(Pointer { label: mark.label, frame: id, start, end }),
                }
            }
        }
    }
}

/// Where `bytes` of a row start and end, in characters; a place without bytes takes the character behind it.
fn spots(row: &Row<'_>, bytes: &Range<usize>) -> (Spot, Spot) {
    let chars = |bytes: Range<usize>| row.text.get(bytes).map_or(0, |text| text.chars().count());
    let start = chars(0..bytes.start);
    let end = start + chars(bytes.clone()).max(1);
    (Spot { line: row.line, column: start }, Spot { line: row.line, column: end })
}
