//! The lines under a row of source: what is underlined, and what is said about it.

use mktlint_diag::Level;

use super::paint::{self, Tone};
use crate::excerpt::Mark;
use crate::text::clean;

/// The lines to print under a row with `marks`, without the margin.
pub(super) fn lines(marks: &[Mark<'_>], level: Level, color: bool) -> Vec<String> {
    let mut out = vec![underline(marks, level).print(color)];
    let mut spoken: Vec<&Mark<'_>> = marks.iter().filter(|mark| !mark.text.is_empty()).collect();
    // The rightmost speaks first, so that no line crosses the words of another.
    spoken.sort_by_key(|mark| std::cmp::Reverse(anchor(mark)));
    for (index, mark) in spoken.iter().enumerate() {
        let later = spoken.get(index + 1..).unwrap_or_default();
        let canvas = arm(mark, later, level);
        out.push(format!("{} {}", canvas.print(color), clean::line(mark.text)));
    }
    out
}

/// The column from which a label's words hang.
fn anchor(mark: &Mark<'_>) -> usize {
    (mark.columns.start + mark.columns.end - 1) / 2
}

fn tone(mark: &Mark<'_>, level: Level) -> Tone {
    if mark.primary { paint::level(level) } else { Tone::Secondary }
}

fn underline(marks: &[Mark<'_>], level: Level) -> Canvas {
    let mut canvas = Canvas::default();
    // The primary mark is drawn last, over the others.
    for primary in [false, true] {
        for mark in marks.iter().filter(|mark| mark.primary == primary) {
            mark.columns.clone().for_each(|column| canvas.put(column, '─', tone(mark, level)));
        }
    }
    for mark in marks.iter().filter(|mark| !mark.text.is_empty()) {
        canvas.put(anchor(mark), '┬', tone(mark, level));
    }
    canvas
}

/// `│   ╰──`, with a bar for each label that is still to speak.
fn arm(mark: &Mark<'_>, later: &[&Mark<'_>], level: Level) -> Canvas {
    let mut canvas = Canvas::default();
    for other in later {
        canvas.put(anchor(other), '│', tone(other, level));
    }
    let at = anchor(mark);
    let shared = later.iter().any(|other| anchor(other) == at);
    canvas.put(at, if shared { '├' } else { '╰' }, tone(mark, level));
    canvas.put(at + 1, '─', tone(mark, level));
    canvas.put(at + 2, '─', tone(mark, level));
    canvas
}

/// A line of characters of one column each.
#[derive(Default)]
struct Canvas(Vec<(char, Tone)>);

impl Canvas {
    fn put(&mut self, column: usize, c: char, tone: Tone) {
        if self.0.len() <= column {
            self.0.resize(column + 1, (' ', Tone::Plain));
        }
        if let Some(cell) = self.0.get_mut(column) {
            *cell = (c, tone);
        }
    }

    fn print(&self, color: bool) -> String {
        let runs = self.0.chunk_by(|a, b| a.1 == b.1);
        let print = |run: &[(char, Tone)]| {
            let text: String = run.iter().map(|cell| cell.0).collect();
            run.first().map_or(Tone::Plain, |cell| cell.1).on(&text, color)
        };
        runs.map(print).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, text: &str) -> Mark<'_> {
        Mark { columns: start..end, bytes: 0..0, text, primary: start == 0 }
    }

    #[test]
    fn words_hang_from_the_middle_and_never_cross() {
        let marks = [mark(0, 5, "one"), mark(8, 9, "two")];
        assert_eq!(lines(&marks, Level::Error, false), ["──┬──   ┬", "  │     ╰── two", "  ╰── one"]);
    }

    #[test]
    fn two_labels_at_one_place_share_a_stem() {
        let marks = [mark(0, 3, "one"), mark(0, 3, "two")];
        assert_eq!(lines(&marks, Level::Error, false), ["─┬─", " ├── one", " ╰── two"]);
    }

    #[test]
    fn colours_follow_the_level() {
        let painted = lines(&[mark(0, 2, "")], Level::Warning, true);
        assert_eq!(painted, ["\u{1b}[1m\u{1b}[33m──\u{1b}[0m"]);
    }
}
