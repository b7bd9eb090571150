//! The texts that findings point into, as they may be shown.

use std::sync::Arc;

use mktlint_diag::FilePath;
use mktlint_host::Shown;
use mktlint_report::Sources;

use crate::mask;

/// The files of a run.
#[derive(Debug)]
pub struct Texts<'s> {
    /// Where they are.
    pub shown: &'s Shown,
    /// Whether personal data stays readable.
    pub show_personal_data: bool,
}

impl Sources for Texts<'_> {
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        let text = self.shown.text(file)?;
        // A policy holds what its authors chose to write there.
        let as_it_is = self.show_personal_data || file.ends_with(".mkt");
        Some(if as_it_is { text } else { mask::source(&text) })
    }
}

/// One text that is no file of a run: standard input, a policy that is formatted.
#[derive(Debug, Default)]
pub struct Given {
    texts: Vec<(FilePath, Arc<str>)>,
}

impl Given {
    /// Adds a text.
    pub fn add(&mut self, file: FilePath, text: &str) {
        self.texts.push((file, text.into()));
    }
}

impl Sources for Given {
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        self.texts.iter().find(|(own, _)| own == file).map(|(_, text)| text.clone())
    }
}
