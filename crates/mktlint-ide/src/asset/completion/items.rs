//! The list that a completion in an asset grows into.

use mktlint_text::Span;

use crate::asset::at::At;
use crate::policy::completion::{MOST, is_meant};
use crate::{AssetFile, Completion, CompletionKind, View};

/// Collects what can be typed, the most likely first.
pub struct Items<'a> {
    /// What is known of the workspace.
    pub view: View<'a>,
    /// The file.
    pub file: &'a AssetFile,
    /// Where.
    pub offset: u32,
    /// The letters typed so far.
    replace: Span,
    list: Vec<Completion>,
}

impl<'a> Items<'a> {
    /// Nothing yet.
    pub fn new(view: View<'a>, file: &'a AssetFile, offset: u32) -> Self {
        Self { view, file, offset, replace: Span::at(offset), list: Vec::new() }
    }

    /// The text up to the place, from the start of its line.
    pub fn line(&self) -> &'a str {
        let before = self.file.text.get(..self.offset as usize).unwrap_or_default();
        before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default()
    }

    /// The text behind the place, to the end of its line.
    pub fn line_after(&self) -> &'a str {
        let after = self.file.text.get(self.offset as usize..).unwrap_or_default();
        after.lines().next().unwrap_or_default()
    }

    /// The place in its asset; `None` where there is none.
    pub fn at(&self) -> Option<At<'a>> {
        At::new(self.view, self.file, self.offset)
    }

    /// What follows is written in place of the last `n` bytes before the place.
    pub fn replace_last(&mut self, n: usize) {
        self.replace = Span::new(self.offset.saturating_sub(n as u32), self.offset);
    }

    /// Adds something that is written as it is called; likelier than what comes after it.
    pub fn add(&mut self, label: impl Into<String>, kind: CompletionKind) -> &mut Completion {
        let label = label.into();
        let at = self.list.iter().position(|known| known.label == label).unwrap_or(self.list.len());
        if at == self.list.len() {
            self.list.push(Completion {
                insert: label.clone(),
                label,
                kind,
                detail: None,
                docs: None,
                is_snippet: false,
                replace: self.replace,
                edits: Vec::new(),
                rank: u16::try_from(at).unwrap_or(u16::MAX),
            });
        }
        &mut self.list[at]
    }

    /// The letters that are replaced.
    pub fn typed(&self) -> &'a str {
        self.replace.slice(&self.file.text)
    }

    /// Whether the list is as long as one can be.
    pub fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    /// The list. Of one that is too long those are kept that the letters typed so far can mean.
    pub fn finish(mut self) -> Vec<Completion> {
        if self.list.len() > MOST {
            let text = &self.file.text;
            self.list.retain(|own| is_meant(own.replace.slice(text), &own.label));
        }
        self.list.truncate(MOST);
        self.list
    }
}

/// `text` in a snippet, where `$`, `}` and `\` stand for themselves.
pub fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
