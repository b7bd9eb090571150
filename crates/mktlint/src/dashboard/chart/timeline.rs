//! Days on a line of time, one row for each thing.

use jiff::civil::Date;

use super::{Anchor, Drawing, Mark, Scale, fitted};

/// Room of the labels in front of rows.
const LABELS: i32 = 260;
/// Room of the time.
const ROOM: i32 = 430;
/// Room behind, for days.
const DAYS: i32 = 110;
/// From one row to the next.
const ROW: i32 = 24;
/// Above the rows.
const HEAD: i32 = 24;

/// A thing with a last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// In front of the line.
    pub label: String,
    /// The class that colours it.
    pub class: &'static str,
    /// Its last day.
    pub day: Date,
}

/// The rows on one line of time, from a month before `today` to `horizon` days after; what lies beyond stands at the
/// edge.
pub fn timeline(rows: &[Row], today: Date, horizon: u64) -> Drawing {
    let before = 30;
    let scale = Scale::new(before + horizon, ROOM);
    let x = |day: Date| LABELS + scale.of(from_start(day, today, before));
    let height = HEAD + i32::try_from(rows.len()).unwrap_or(0).saturating_mul(ROW);
    let mut drawing = Drawing { width: LABELS + ROOM + DAYS, height: height + 6, marks: Vec::new() };
    for (day, words) in months(today, horizon) {
        drawing.line((x(day), HEAD - 6), (x(day), height), "grid");
        drawing.text((x(day), HEAD - 10), Anchor::Middle, "tick", words);
    }
    let now = x(today);
    drawing.line((now, HEAD - 6), (now, height), "today");
    for (row, at) in rows.iter().zip(0..) {
        let y = HEAD + at * ROW + ROW / 2;
        let end = x(row.day);
        drawing.text((LABELS - 10, y + 4), Anchor::End, "label", fitted(&row.label, LABELS - 10));
        drawing.line((now, y), (end, y), row.class);
        let title = format!("{}: {}", row.label, row.day);
        drawing.marks.push(Mark::Dot { x: end, y, radius: 6, class: row.class, title });
        let beyond = if from_start(row.day, today, before) > before + horizon { "→ " } else { "" };
        drawing.text((end + 12, y + 4), Anchor::Start, "tick", format!("{beyond}{}", row.day));
    }
    drawing
}

/// Days from the start of the line to `day`.
fn from_start(day: Date, today: Date, before: u64) -> u64 {
    let since = i64::from((day - today).get_days());
    u64::try_from(since + i64::try_from(before).unwrap_or(0)).unwrap_or(0)
}

/// First days of months after `today`, about six of them, in words.
fn months(today: Date, horizon: u64) -> Vec<(Date, String)> {
    let apart = i32::try_from((horizon / 30 / 5).max(1)).unwrap_or(1);
    let first = today.first_of_month();
    let month = |at: i32| first.checked_add(jiff::Span::new().try_months(at * apart).ok()?).ok();
    let end = today.checked_add(jiff::Span::new().try_days(horizon.min(20_000) as i64).unwrap_or_default());
    let in_time = |day: &Date| *day > today && end.as_ref().is_ok_and(|end| day <= end);
    (1..=12).filter_map(month).filter(in_time).map(|day| (day, day.strftime("%b %Y").to_string())).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_stand_where_they_fall() {
        let today = date(2026, 11, 22);
        let row = |label: &str, day| Row { label: label.into(), class: "soon", day };
        let rows =
            [row("past", date(2026, 1, 1)), row("soon", date(2026, 12, 22)), row("far", date(2040, 1, 1))];
        let drawing = timeline(&rows, today, 400);
        let dots: Vec<(i32, i32)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Dot { x, y, .. } => Some((*x, *y)),
                _ => None,
            })
            .collect();
        // 430 days on 430 pixels, 30 of them before today: past stands at the left edge, 30 days later at 260 + 60.
        assert_eq!(dots, [(260, 36), (320, 60), (690, 84)]);
        assert!(drawing.marks.contains(&Mark::Line { from: (290, 18), to: (290, 96), class: "today" }));
    }

    #[test]
    fn months_are_not_crowded() {
        let words = |horizon| -> Vec<String> {
            months(date(2026, 11, 22), horizon).into_iter().map(|(_, words)| words).collect()
        };
        assert_eq!(words(100), ["Dec 2026", "Jan 2027", "Feb 2027", "Mar 2027"]);
        assert_eq!(words(400).len(), 6);
        assert!(words(4000).len() <= 6);
    }
}
