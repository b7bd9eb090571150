//! How many values fall into each of some ranges.

use super::{Anchor, Drawing, Mark, Scale, nice_ticks};

/// Room of the numbers in front of the columns.
const NUMBERS: i32 = 40;
/// Height of the tallest column.
const ROOM: i32 = 150;
/// From one column to the next.
const COLUMN: i32 = 56;
/// The most columns.
const MOST: u64 = 12;

/// A range of whole numbers, its end not in it, with how many values fall into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The least value.
    pub from: u64,
    /// The first that is too great.
    pub to: u64,
    /// How many.
    pub count: u64,
}

/// `values` counted in at most twelve ranges of the same round width, from 0 on.
pub fn bins(values: &[u64]) -> Vec<Bin> {
    let Some(most) = values.iter().max() else { return Vec::new() };
    let widths = [1, 2, 5, 7, 10, 14, 20, 28, 50, 100];
    let fits = |width: &u64| most / width < MOST;
    let width = widths.into_iter().find(fits).unwrap_or_else(|| most / MOST + 1);
    let n = most / width + 1;
    let bin = |at: u64| {
        let (from, to) = (at * width, (at + 1) * width);
        let count = values.iter().filter(|value| (from..to).contains(value)).count();
        Bin { from, to, count: count as u64 }
    };
    (0..n).map(bin).collect()
}

/// `bins` as columns; `unit` is what the values are counted in.
pub fn histogram(bins: &[Bin], unit: &str) -> Drawing {
    let ticks = nice_ticks(bins.iter().map(|bin| bin.count).max().unwrap_or(0));
    let scale = Scale::new(ticks.last().copied().unwrap_or(1), ROOM);
    let room = i32::try_from(bins.len()).unwrap_or(0).saturating_mul(COLUMN);
    let (width, height) = (NUMBERS + room + 12, ROOM + 44);
    let mut drawing = Drawing { width, height, marks: Vec::new() };
    let base = ROOM + 8;
    for tick in &ticks {
        let y = base - scale.of(*tick);
        drawing.line((NUMBERS, y), (NUMBERS + room, y), "grid");
        drawing.text((NUMBERS - 6, y + 4), Anchor::End, "tick", tick.to_string());
    }
    for (bin, at) in bins.iter().zip(0..) {
        let x = NUMBERS + at * COLUMN;
        let height = scale.of(bin.count);
        let range = if bin.to - bin.from == 1 {
            bin.from.to_string()
        } else {
            format!("{}–{}", bin.from, bin.to - 1)
        };
        if height > 0 {
            let title = format!("{range} {unit}: {}", bin.count);
            let (x, y, width) = (x + 6, base - height, COLUMN - 12);
            drawing.marks.push(Mark::Rect { x, y, width, height, class: "bar", title });
        }
        drawing.text((x + COLUMN / 2, base + 16), Anchor::Middle, "tick", range);
    }
    drawing.text((NUMBERS + room / 2, base + 33), Anchor::Middle, "tick", unit);
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fall_into_round_ranges() {
        let bin = |from, to, count| Bin { from, to, count };
        assert_eq!(bins(&[0, 1, 1, 3]), [bin(0, 1, 1), bin(1, 2, 2), bin(2, 3, 0), bin(3, 4, 1)]);
        // 30 days: ranges of 5, seven of them.
        let found = bins(&[3, 4, 5, 30]);
        assert_eq!(
            (found.len(), found[0], found[1], found[6]),
            (7, bin(0, 5, 2), bin(5, 10, 1), bin(30, 35, 1))
        );
        assert_eq!(bins(&[]), []);
        assert!(bins(&[5000]).len() <= 12);
    }

    #[test]
    fn columns_stand_on_the_base_line() {
        let drawing = histogram(&bins(&[0, 1, 1]), "days");
        let rects: Vec<(i32, i32, i32)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rect { x, y, height, .. } => Some((*x, *y, *height)),
                _ => None,
            })
            .collect();
        // Ticks go to 2, so one value is 75 pixels of 150; the base line is 158.
        assert_eq!(rects, [(46, 83, 75), (102, 8, 150)]);
    }
}
