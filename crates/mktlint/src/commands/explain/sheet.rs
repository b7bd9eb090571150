//! A page for a terminal: headings, rows with a word in front, wrapped prose, code.

use crate::console::Console;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// Narrower terminals break lines themselves.
const NARROWEST: usize = 40;

/// A page under construction.
#[derive(Debug)]
pub struct Sheet<'c> {
    console: &'c Console,
    text: String,
}

impl<'c> Sheet<'c> {
    /// A page that starts with `name` and, behind a colon, `title`.
    pub fn new(console: &'c Console, name: &str, title: &str) -> Self {
        let mut sheet = Self { console, text: String::new() };
        let joint = if title.is_empty() { "" } else { ": " };
        sheet.text = format!("{}{joint}{title}\n", console.bold(name));
        sheet
    }

    /// Whether more should be said.
    pub fn is_verbose(&self) -> bool {
        self.console.verbose
    }

    /// The page.
    pub fn finish(self) -> String {
        self.text
    }

    /// A heading with an empty line before it.
    pub fn heading(&mut self, word: &str) {
        self.text.push_str(&format!("\n{}\n", self.console.bold(word)));
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// `text`, wrapped, `indent` columns from the edge.
    pub fn prose(&mut self, text: &str, indent: usize) {
        self.row("", text, indent, 0);
    }

    /// `word`, then `text` from column `indent + width` on, wrapped there.
    pub fn row(&mut self, word: &str, text: &str, indent: usize, width: usize) {
        let width = width.max(if word.is_empty() { 0 } else { word.chars().count() + 2 });
        let room = self.width().saturating_sub(indent + width).max(NARROWEST / 2);
        let mut first = format!("{:indent$}{word:width$}", "");
        for line in text.lines() {
            for line in wrapped(line, room) {
                self.text.push_str(format!("{first}{line}").trim_end());
                self.text.push('\n');
                first = " ".repeat(indent + width);
            }
        }
    }

    /// Lines as they are.
    pub fn code(&mut self, text: &str, indent: usize) {
        for line in text.lines() {
            self.text.push_str(format!("{:indent$}{line}", "").trim_end());
            self.text.push('\n');
        }
    }

    fn width(&self) -> usize {
        usize::from(self.console.width).clamp(NARROWEST, WIDEST)
    }
}

/// `text` in lines of at most `room` characters, broken between words; a longer word has a line of its own.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let n = word.chars().count();
        let fits = used == 0 || used + 1 + n <= room;
        match lines.last_mut() {
            Some(line) if fits => {
                let gap = if used == 0 { "" } else { " " };
                line.push_str(gap);
                line.push_str(word);
                used += gap.len() + n;
            }
            _ => {
                lines.push(word.to_owned());
                used = n;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a extraordinary b", 5), ["a", "extraordinary", "b"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
