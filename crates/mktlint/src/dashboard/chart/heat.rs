//! A matrix of named things, each cell with a class and a sign.

use super::{Anchor, Drawing, Mark, fitted};

/// Width and height of a cell.
const CELL: i32 = 30;
/// Room of the names in front of rows.
const NAMES: i32 = 190;
/// Room of the names above columns, which stand aslant.
const HEADS: i32 = 26;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The class that colours it.
    pub class: &'static str,
    /// A sign, so that it can be read without colour.
    pub sign: &'static str,
    /// What it stands for.
    pub title: String,
}

/// The matrix of `names`; `cell` gives what stands in a row and a column, `None` for nothing. Columns are numbered as
/// their rows are, since names do not fit above them.
pub fn heat(names: &[&str], cell: impl Fn(usize, usize) -> Option<Cell>) -> Drawing {
    let side = i32::try_from(names.len()).unwrap_or(0).saturating_mul(CELL);
    let mut drawing = Drawing { width: NAMES + side + 8, height: HEADS + side + 4, marks: Vec::new() };
    for (name, (row, y)) in names.iter().zip((0..).zip((HEADS..).step_by(30))) {
        let number = row + 1;
        let words = fitted(&format!("{number} {name}"), NAMES - 10);
        drawing.text((NAMES - 8, y + 20), Anchor::End, "label", words);
        drawing.text((NAMES + row * CELL + CELL / 2, HEADS - 8), Anchor::Middle, "tick", number.to_string());
    }
    for row in 0..names.len() {
        for column in 0..names.len() {
            if let Some(cell) = cell(row, column) {
                draw(&cell, row, column, &mut drawing);
            }
        }
    }
    drawing
}

fn draw(cell: &Cell, row: usize, column: usize, drawing: &mut Drawing) {
    let at = |number: usize| i32::try_from(number).unwrap_or(0).saturating_mul(CELL);
    let (x, y) = (NAMES + at(column), HEADS + at(row));
    let (width, height) = (CELL - 2, CELL - 2);
    let (class, title) = (cell.class, cell.title.clone());
    drawing.marks.push(Mark::Rect { x, y, width, height, class, title });
    if !cell.sign.is_empty() {
        drawing.text((x + width / 2, y + 19), Anchor::Middle, "sign", cell.sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_row_and_column_meet() {
        let drawing = heat(&["a", "b"], |row, column| {
            (row != column).then(|| Cell { class: "overlap", sign: "∩", title: format!("{row} {column}") })
        });
        let rects: Vec<(i32, i32, &str)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rect { x, y, title, .. } => Some((*x, *y, title.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(rects, [(220, 26, "0 1"), (190, 56, "1 0")]);
        assert_eq!((drawing.width, drawing.height), (258, 90));
    }
}
