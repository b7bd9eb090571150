//! The texts that reports are drawn from: rows at their line numbers, shared by many findings.

use std::collections::BTreeMap;

use ariadne::Source;
use mktlint_diag::FilePath;

use crate::excerpt::Row;

/// Lines that all sheets of a batch may have together, which bounds memory to about 130 MB. Only findings millions
/// of lines down, or thousands on one long line far down, come to it.
const MAX_LINES: u32 = 4_000_000;

/// The sheets of a batch of findings.
///
/// ariadne numbers a line by counting those above it in its source, and prints it uncut. So its sources are sheets:
/// the rows that findings show, already cut, each at its own line, and nothing on the lines between. One sheet
/// serves all findings in a file; only where two cut the same long line differently does the second go on another
/// sheet. A sheet for each finding would make each pay for all lines above it.
pub(super) struct Sheets {
    sheets: Vec<Sheet>,
    of_file: BTreeMap<FilePath, Vec<usize>>,
    /// Lines that may still be added.
    room: u32,
}

impl Default for Sheets {
    fn default() -> Self {
        Self { sheets: Vec::new(), of_file: BTreeMap::new(), room: MAX_LINES }
    }
}

impl Sheets {
    /// Puts `rows`, each on a later line than the one before, on one sheet of `file`, and returns which; `None` when
    /// there is no room.
    pub(super) fn place(&mut self, file: &FilePath, rows: &[Row<'_>]) -> Option<usize> {
        let sheet = self.sheet_for(file, rows);
        let height = self.sheets.get(sheet).map_or(0, Sheet::height);
        let added = rows.last()?.line.saturating_sub(height);
        self.room = self.room.checked_sub(added)?;
        if sheet == self.sheets.len() {
            self.sheets.push(Sheet::default());
            self.of_file.entry(file.clone()).or_default().push(sheet);
        }
        let lines = &mut self.sheets.get_mut(sheet)?.0;
        for row in rows {
            lines.entry(row.line).or_insert_with(|| row.text.clone());
        }
        Some(sheet)
    }

    /// A sheet that takes `rows`, or the next new one.
    ///
    /// Asks only the first and the last sheet of the file: ten thousand findings on one long line have as many.
    fn sheet_for(&self, file: &FilePath, rows: &[Row<'_>]) -> usize {
        let known = self.of_file.get(file).map_or(&[][..], Vec::as_slice);
        let mut asked = known.first().into_iter().chain(known.last());
        let takes = |id: &&usize| self.sheets.get(**id).is_some_and(|sheet| sheet.takes(rows));
        asked.find(takes).copied().unwrap_or(self.sheets.len())
    }

    /// The sheets as ariadne reads them.
    pub(super) fn finish(self) -> Vec<Source> {
        self.sheets.into_iter().map(|sheet| Source::from(sheet.text())).collect()
    }
}

/// Rows by line, from 1.
#[derive(Default)]
struct Sheet(BTreeMap<u32, String>);

impl Sheet {
    fn height(&self) -> u32 {
        self.0.last_key_value().map_or(0, |(line, _)| *line)
    }

    /// Whether the lines of `rows` are free, or show the same.
    fn takes(&self, rows: &[Row<'_>]) -> bool {
        rows.iter().all(|row| self.0.get(&row.line).is_none_or(|text| *text == row.text))
    }

    /// The rows on their lines. A space ends the text, so that its last line exists even when nothing is on it, and
    /// so that every position has a character to point at.
    fn text(&self) -> String {
        let mut out = String::new();
        let mut line = 1;
        for (&at, text) in &self.0 {
            out.extend(std::iter::repeat_n('\n', (at - line) as usize));
            out.push_str(text);
            line = at;
        }
        out.push(' ');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u32, text: &str) -> Row<'static> {
        Row { line, gap: false, text: text.into(), marks: Vec::new() }
    }

    #[test]
    fn findings_share_a_sheet_until_they_cut_a_line_differently() {
        let (file, mut sheets) = ("a".into(), Sheets::default());
        assert_eq!(sheets.place(&file, &[row(2, "two"), row(4, "…our")]), Some(0));
        assert_eq!(sheets.place(&file, &[row(1, "one"), row(2, "two")]), Some(0));
        assert_eq!(sheets.place(&file, &[row(4, "fou…")]), Some(1));
        assert_eq!(sheets.place(&"b".into(), &[row(1, "")]), Some(2));
        let texts: Vec<String> = sheets.finish().iter().map(|source| source.text().into()).collect();
        assert_eq!(texts, ["one\ntwo\n\n…our ", "\n\n\nfou… ", " "]);
    }

    #[test]
    fn lines_far_down_use_up_the_room_once() {
        let (file, mut sheets) = ("a".into(), Sheets::default());
        assert_eq!(sheets.place(&file, &[row(MAX_LINES - 1, "…a")]), Some(0));
        assert_eq!(sheets.place(&file, &[row(MAX_LINES, "z")]), Some(0));
        assert_eq!(sheets.place(&file, &[row(MAX_LINES - 1, "b…")]), None);
        assert_eq!(sheets.place(&file, &[row(7, "x")]), Some(0));
    }
}
