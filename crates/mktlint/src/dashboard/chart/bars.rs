//! Rows of bars, each of one or several parts.

use super::{Anchor, Drawing, Mark, Scale, fitted, nice_ticks};

/// Room of the labels in front of bars.
const LABELS: i32 = 210;
/// Room of the bars.
const ROOM: i32 = 440;
/// Room behind the bars, for sums.
const SUMS: i32 = 90;
/// From one row to the next.
const ROW: i32 = 26;
/// Height of a bar.
const BAR: i32 = 16;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// In front of the bar.
    pub label: String,
    /// Behind it.
    pub sum: String,
    /// Its parts from left to right: class, what it stands for, value.
    pub parts: Vec<(&'static str, String, u64)>,
}

/// The rows as bars on one scale.
pub fn bars(rows: &[Row]) -> Drawing {
    let total = |row: &Row| row.parts.iter().map(|(_, _, value)| value).sum::<u64>();
    let ticks = nice_ticks(rows.iter().map(total).max().unwrap_or(0));
    let scale = Scale::new(ticks.last().copied().unwrap_or(1), ROOM);
    let height = i32::try_from(rows.len()).unwrap_or(0).saturating_mul(ROW);
    let mut drawing = Drawing { width: LABELS + ROOM + SUMS, height: height + 24, marks: Vec::new() };
    for tick in &ticks {
        let x = LABELS + scale.of(*tick);
        drawing.line((x, 0), (x, height), "grid");
        drawing.text((x, height + 16), Anchor::Middle, "tick", tick.to_string());
    }
    for (row, at) in rows.iter().zip(0..) {
        draw(row, at * ROW, scale, &mut drawing);
    }
    drawing
}

fn draw(row: &Row, top: i32, scale: Scale, drawing: &mut Drawing) {
    let base = top + ROW / 2 + 5;
    drawing.text((LABELS - 8, base), Anchor::End, "label", fitted(&row.label, LABELS - 8));
    let mut sum = 0_u64;
    for (class, title, value) in &row.parts {
        let from = scale.of(sum);
        sum = sum.saturating_add(*value);
        // What is there can be seen, however small it is.
        let width = (scale.of(sum) - from).max(i32::from(*value > 0));
        if width > 0 {
            let (x, y) = (LABELS + from, top + (ROW - BAR) / 2);
            drawing.marks.push(Mark::Rect { x, y, width, height: BAR, class, title: title.clone() });
        }
    }
    drawing.text((LABELS + scale.of(sum) + 8, base), Anchor::Start, "label", row.sum.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_one_behind_the_other() {
        let parts = vec![("error", "2 errors".to_owned(), 2), ("warning", "6 warnings".to_owned(), 6)];
        let rows = [
            Row { label: "spring".into(), sum: "8".into(), parts },
            Row { label: "empty".into(), sum: "0".into(), parts: vec![("error", "0 errors".into(), 0)] },
        ];
        let drawing = bars(&rows);
        // 8 findings on ticks up to 8: 440 / 8 = 55 pixels each, behind 210 pixels of labels.
        let rects: Vec<(i32, i32, i32)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rect { x, y, width, .. } => Some((*x, *y, *width)),
                _ => None,
            })
            .collect();
        assert_eq!(rects, [(210, 5, 110), (320, 5, 330)]);
        assert_eq!((drawing.width, drawing.height), (740, 76));
    }
}
