//! Keys and values between brackets.

use mktlint_text::Span;

use super::{Cursor, Spot, key, typed};

/// How comments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// `// …` and `/* … */`
    Slashes,
    /// `# …`
    Hashes,
}

/// Where `offset` is among the brackets that open from the start of `region` on; `None` when it is in none, or in a
/// comment. `base` are the keys around the region. Linear in the region.
pub fn cursor(
    text: &str,
    region: Span,
    offset: u32,
    base: Vec<String>,
    comments: Comments,
) -> Option<Cursor> {
    let mut reader = Reader {
        text,
        at: region.start(),
        end: region.end(),
        token: region.start(),
        open: Vec::new(),
        comments,
    };
    while reader.at < offset {
        reader.step(offset)?;
    }
    // In a string that goes on behind the place the reader has not moved past it.
    let mut cursor = reader.cursor(offset, base)?;
    let depth = reader.open.len();
    while reader.at < reader.end && reader.open.len() >= depth {
        reader.step(reader.end)?;
        if reader.open.len() == depth
            && let (Spot::Key, Some(Open::Record { keys, .. })) = (cursor.spot, reader.open.last())
        {
            let n_known = cursor.siblings.len();
            cursor.siblings.extend(keys.get(n_known..).unwrap_or_default().iter().cloned());
        }
    }
    Some(cursor)
}

/// A bracket that is open.
enum Open {
    Record { key: Option<String>, keys: Vec<String> },
    List,
}

struct Reader<'t> {
    text: &'t str,
    at: u32,
    end: u32,
    /// Where the key or value at hand starts.
    token: u32,
    open: Vec<Open>,
    comments: Comments,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        Span::new(self.at, self.end.max(self.at)).slice(self.text)
    }

    /// Reads a letter, a string or a comment. A string that ends behind `stop` is read up to there; a comment that does
    /// gives `None`.
    fn step(&mut self, stop: u32) -> Option<()> {
        let letter = self.rest().chars().next()?;
        match letter {
            '"' | '\'' if self.starts_token() => self.string(letter, stop),
            '#' if self.comments == Comments::Hashes && self.starts_comment() => self.skip("\n", stop)?,
            '/' if self.comments == Comments::Slashes && self.rest().starts_with("//") => {
                self.skip("\n", stop)?
            }
            '/' if self.comments == Comments::Slashes && self.rest().starts_with("/*") => {
                self.skip("*/", stop)?
            }
            _ => {
                self.mark(letter);
                self.at += letter.len_utf8() as u32;
            }
        }
        Some(())
    }

    /// Whether nothing but white space stands before the place in the token at hand: an apostrophe within words opens
    /// no string.
    fn starts_token(&self) -> bool {
        Span::new(self.token, self.at).slice(self.text).trim().is_empty()
    }

    fn starts_comment(&self) -> bool {
        let before = self.text.get(..self.at as usize).unwrap_or_default();
        before.is_empty() || before.ends_with(char::is_whitespace)
    }

    /// Skips a comment. `None` when it goes on behind `stop`, or ends there for want of more text: one types in it then.
    fn skip(&mut self, close: &str, stop: u32) -> Option<()> {
        let found = self.rest().find(close);
        let past = self.at + found.map_or(self.rest().len(), |at| at + close.len()) as u32;
        if past > stop || found.is_none() {
            return None;
        }
        (self.at, self.token) = (past, past);
        Some(())
    }

    /// Reads a string, at most up to `stop`.
    fn string(&mut self, quote: char, stop: u32) {
        let mut escaped = false;
        let mut end = self.end;
        for (at, letter) in self.rest().char_indices().skip(1) {
            let here = self.at + at as u32;
            if letter == '\n' || letter == quote && !escaped {
                end = here + u32::from(letter == quote);
                break;
            }
            escaped = letter == '\\' && !escaped && quote == '"';
        }
        self.at = end.min(stop.max(self.at + 1));
    }

    /// What a letter outside of strings does.
    fn mark(&mut self, letter: char) {
        let after = self.at + letter.len_utf8() as u32;
        match letter {
            '{' => self.open.push(Open::Record { key: None, keys: Vec::new() }),
            '[' => self.open.push(Open::List),
            '}' | ']' => {
                self.open.pop();
            }
            ',' => {
                if let Some(Open::Record { key, .. }) = self.open.last_mut() {
                    *key = None;
                }
            }
            ':' | '=' => {
                let written = key(Span::new(self.token, self.at).slice(self.text));
                match self.open.last_mut() {
                    Some(Open::Record { key, keys }) if key.is_none() => {
                        keys.push(written.clone());
                        *key = Some(written);
                    }
                    _ => return,
                }
            }
            _ => return,
        }
        self.token = after;
    }

    fn cursor(&self, offset: u32, mut path: Vec<String>) -> Option<Cursor> {
        let (word, quote) = typed(self.text, self.token, offset);
        path.extend(self.open.iter().filter_map(|open| match open {
            Open::Record { key, .. } => key.clone(),
            Open::List => None,
        }));
        let (spot, in_list, siblings) = match self.open.last()? {
            Open::Record { key: None, keys } => (Spot::Key, false, keys.clone()),
            Open::Record { .. } => (Spot::Value, false, Vec::new()),
            Open::List => (Spot::Value, true, Vec::new()),
        };
        Some(Cursor { path, spot, in_list, word, quote, siblings })
    }
}
