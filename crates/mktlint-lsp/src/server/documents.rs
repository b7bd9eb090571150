//! The documents that the client has open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::TextDocumentContentChangeEvent as Change;

use crate::convert::{Encoding, Lines};

/// A document that is open.
#[derive(Clone, Debug)]
pub struct Open {
    /// The client's number for this state.
    pub version: i32,
    /// Its text.
    pub text: Arc<str>,
}

/// All documents that are open, by path.
#[derive(Debug, Default)]
pub struct Documents {
    open: BTreeMap<PathBuf, Open>,
    versions: Arc<BTreeMap<PathBuf, i32>>,
}

impl Documents {
    /// Opens a document, or replaces one that is open already.
    pub fn open(&mut self, path: PathBuf, version: i32, text: Arc<str>) {
        Arc::make_mut(&mut self.versions).insert(path.clone(), version);
        self.open.insert(path, Open { version, text });
    }

    /// Closes a document. Whether it was open.
    pub fn close(&mut self, path: &Path) -> bool {
        Arc::make_mut(&mut self.versions).remove(path);
        self.open.remove(path).is_some()
    }

    /// Applies changes, each to what the one before left; the new text, or `None` when no such document is open.
    pub fn change(
        &mut self,
        path: &Path,
        version: i32,
        changes: &[Change],
        encoding: Encoding,
    ) -> Option<Arc<str>> {
        let open = self.open.get_mut(path)?;
        open.text = changed(&open.text, changes, encoding);
        open.version = version;
        Arc::make_mut(&mut self.versions).insert(path.to_owned(), version);
        Some(open.text.clone())
    }

    /// All of them, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Open)> {
        self.open.iter()
    }

    /// The version of each.
    pub fn versions(&self) -> Arc<BTreeMap<PathBuf, i32>> {
        self.versions.clone()
    }
}

/// `text` after `changes`. A replacement everywhere comes as one change for each place, last place first: the lines in
/// front of all changes so far are where they were, and are not counted again.
fn changed(text: &Arc<str>, changes: &[Change], encoding: Encoding) -> Arc<str> {
    let mut lines = Lines::new(text.clone(), encoding);
    let mut text = text.to_string();
    let mut first_changed = u32::MAX;
    for change in changes {
        match change {
            Change::TextDocumentContentChangePartial(part) => {
                if part.range.start.line.max(part.range.end.line) >= first_changed {
                    lines = Lines::new(text.as_str().into(), encoding);
                }
                let span = lines.span(part.range);
                first_changed = lines.position(span.start()).line;
                text.replace_range(span.start() as usize..span.end() as usize, &part.text);
            }
            Change::TextDocumentContentChangeWholeDocument(whole) => {
                text.clone_from(&whole.text);
                lines = Lines::new(text.as_str().into(), encoding);
                first_changed = u32::MAX;
            }
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{Position, Range, TextDocumentContentChangePartial};

    use super::*;

    #[test]
    fn each_change_counts_from_what_the_one_before_left() {
        let at = |line, character| Position { line, character };
        #[allow(deprecated, reason = "the field must be given")]
        let change = |start, end, text: &str| {
            Change::TextDocumentContentChangePartial(TextDocumentContentChangePartial {
                range: Range { start, end },
                range_length: None,
                text: text.to_owned(),
            })
        };
        let mut documents = Documents::default();
        documents.open("/a".into(), 1, "one\ntwo\n".into());
        let changes = [change(at(0, 0), at(1, 0), ""), change(at(0, 1), at(0, 2), "oo\nw")];
        let text = documents.change(Path::new("/a"), 2, &changes, Encoding::Utf16);
        assert_eq!(text.as_deref(), Some("too\nwo\n"));
        assert_eq!(documents.versions().get(Path::new("/a")), Some(&2));
        // From the last place to the first, within one line, and past the end: the same as one after the other.
        let many = [
            change(at(9, 9), at(9, 9), "é\n"),
            change(at(2, 0), at(2, 0), "3"),
            change(at(1, 1), at(1, 2), "\r"),
            change(at(0, 0), at(0, 1), "b"),
            change(at(0, 1), at(0, 2), "u"),
            change(at(3, 0), at(3, 1), "4"),
        ];
        let text = documents.change(Path::new("/a"), 3, &many, Encoding::Utf16);
        assert_eq!(text.as_deref(), Some("buo\nw\r\n3é\n4"));
        assert_eq!(documents.change(Path::new("/b"), 2, &[], Encoding::Utf16), None, "it was never opened");
    }
}
