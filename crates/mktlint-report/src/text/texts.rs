//! Every text of a report, read once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use mktlint_diag::{FilePath, Place};

use super::{FileText, Point, Unit};
use crate::Sources;

/// The texts that were asked for so far, with their line indexes.
pub(crate) struct Texts<'a> {
    sources: &'a dyn Sources,
    seen: RefCell<BTreeMap<FilePath, Option<Rc<FileText>>>>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, seen: RefCell::default() }
    }

    /// The text of `file`; `None` when there is none to show.
    pub(crate) fn get(&self, file: &FilePath) -> Option<Rc<FileText>> {
        if let Some(known) = self.seen.borrow().get(file) {
            return known.clone();
        }
        let text = self.sources.text(file).map(|text| Rc::new(FileText::new(text)));
        self.seen.borrow_mut().insert(file.clone(), text.clone());
        text
    }

    /// Where `place` starts and ends; `None` when its text is not known.
    pub(crate) fn points(&self, place: &Place, unit: Unit) -> Option<(Point, Point)> {
        let file = self.get(&place.file)?;
        let span = file.clamp(place.span);
        Some((file.point(span.start(), unit), file.point(span.end(), unit)))
    }

    /// `path:line:column` for people; without a text it is the path and the first byte's place, `1:1`, so that
    /// tools which parse the line still find the file.
    pub(crate) fn located(&self, place: &Place) -> String {
        let at = self.points(place, Unit::Chars).map_or(Point { line: 1, column: 1 }, |(start, _)| start);
        format!("{}:{}:{}", super::clean::line(&place.file), at.line, at.column)
    }
}
