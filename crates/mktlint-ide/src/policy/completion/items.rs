//! The list that a completion grows into.

use mktlint_diag::Edit;
use mktlint_hir::model::DeclPath;
use mktlint_hir::names::Entry;

use super::names::is_people;
use super::uses::Uses;
use crate::model::{Completion, CompletionKind};
use crate::policy::context::Context;

/// Where a name is declared, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// A variable, a parameter, a member of what is wanted.
    Local,
    /// A field of what is judged, a word of the language at its place.
    Field,
    /// A declaration of the same file.
    File,
    /// What `use` brings in.
    Import,
    /// The prelude and the library's functions.
    Prelude,
    /// Another module of the project.
    Project,
    /// A pack.
    Pack,
}

/// How well a value goes where it would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is what is wanted.
    Exact,
    /// Nobody knows, or something that fits can come of it.
    Perhaps,
    /// Something else is wanted.
    Poor,
}

/// What it costs not to start with the letters typed so far: more than nearness, less than a bad fit.
const SCATTERED: u16 = 900;

/// Collects what can be typed.
pub struct Items<'c, 'a> {
    /// Where.
    pub at: &'c Context<'a>,
    found: Vec<Found>,
    n_words: usize,
    uses: Option<Uses>,
}

struct Found {
    item: Completion,
    /// The declaration that it names, for its docs.
    names: Option<Entry>,
    /// The declaration that a `use` has to bring in.
    brings: Option<DeclPath>,
}

/// Something to be listed, as it is being described.
pub struct Draft {
    item: Completion,
    names: Option<Entry>,
    brings: Option<DeclPath>,
}

impl Draft {
    /// Something that is written as it is called.
    pub fn new(label: impl Into<String>, kind: CompletionKind) -> Self {
        let label = label.into();
        let item = Completion {
            insert: label.clone(),
            label,
            kind,
            detail: None,
            docs: None,
            is_snippet: false,
            replace: mktlint_text::Span::default(),
            edits: Vec::new(),
            rank: 0,
        };
        Self { item, names: None, brings: None }.ranked(Fit::Perhaps, Distance::Field)
    }

    /// A word of the language.
    pub fn keyword(word: &str, docs: &str) -> Self {
        Self::new(word, CompletionKind::Keyword).docs(docs)
    }

    /// What stands behind the label.
    pub fn detail(mut self, detail: impl ToString) -> Self {
        self.item.detail = Some(detail.to_string());
        self
    }

    /// Markdown that explains it; nothing when empty.
    pub fn docs(mut self, docs: impl Into<String>) -> Self {
        self.item.docs = Some(docs.into()).filter(|docs| !docs.is_empty());
        self
    }

    /// What is written in its place, with places to fill.
    pub fn snippet(mut self, text: impl Into<String>) -> Self {
        self.item.insert = text.into();
        self.item.is_snippet = self.item.insert.contains('$');
        self
    }

    /// Better fits first, then nearer ones.
    pub fn ranked(mut self, fit: Fit, distance: Distance) -> Self {
        self.item.rank = fit as u16 * 1000 + distance as u16 * 100;
        self
    }

    /// The `n`th of its equals.
    pub fn nth(mut self, n: usize) -> Self {
        self.item.rank += n.min(99) as u16;
        self
    }

    /// The declaration that it names; its docs are shown.
    pub fn names(mut self, entry: &Entry) -> Self {
        self.names = Some(entry.clone());
        self
    }

    /// The declaration that must be brought in by `use`.
    pub fn brings(mut self, path: &DeclPath) -> Self {
        self.brings = Some(path.clone());
        self
    }
}

impl<'c, 'a> Items<'c, 'a> {
    /// Nothing yet.
    pub fn new(at: &'c Context<'a>) -> Self {
        Self { at, found: Vec::new(), n_words: 0, uses: None }
    }

    /// Adds one, if the letters typed so far occur in it in their order.
    pub fn push(&mut self, draft: Draft) {
        if !is_meant(self.at.typed, &draft.item.label) {
            return;
        }
        let mut item = draft.item;
        item.replace = self.at.word;
        if !starts_with(&item.label, self.at.typed) {
            item.rank += SCATTERED;
        }
        self.found.push(Found { item, names: draft.names, brings: draft.brings });
    }

    /// Adds words of the language, the first ones first.
    pub fn words(&mut self, words: &[(&str, &str)]) {
        for (word, docs) in words {
            self.push(Draft::keyword(word, docs).ranked(Fit::Exact, Distance::Field).nth(self.n_words));
            self.n_words += 1;
        }
    }

    /// Adds one that is like a word of the language and has places to fill.
    pub fn phrase(&mut self, label: &str, snippet: &str, docs: &str) {
        let draft = Draft::keyword(label, docs).snippet(snippet);
        self.push(draft.ranked(Fit::Exact, Distance::Field).nth(self.n_words));
        self.n_words += 1;
    }

    /// The best ones, in order, with docs and the `use` that each needs. Of two alike the better one.
    pub fn finish(mut self, most: usize) -> Vec<Completion> {
        let key = |found: &Found| (found.item.rank, found.item.label.clone(), found.item.insert.clone());
        self.found.sort_by_cached_key(key);
        let mut seen = std::collections::BTreeSet::new();
        self.found.retain(|found| seen.insert((found.item.label.clone(), found.item.insert.clone())));
        self.found.truncate(most);
        let found = std::mem::take(&mut self.found);
        found.into_iter().map(|found| self.complete(found)).collect()
    }

    fn complete(&mut self, found: Found) -> Completion {
        let mut item = found.item;
        if let Some(entry) = &found.names {
            item.docs = item.docs.or_else(|| super::docs(self.at.view, entry.kind, &entry.path));
            let title = item.docs.as_deref().and_then(|docs| docs.lines().next());
            if let Some(title) = title.filter(|_| is_people(entry.kind) && found.brings.is_none()) {
                item.detail = Some(title.to_owned());
            }
        }
        if let Some(path) = &found.brings {
            item.edits = self.bring(path);
        }
        item
    }

    fn bring(&mut self, path: &DeclPath) -> Vec<Edit> {
        let (view, file) = (self.at.view, self.at.file);
        self.uses.get_or_insert_with(|| Uses::of(view, file)).bring(path)
    }
}

fn starts_with(label: &str, typed: &str) -> bool {
    label.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// Whether the letters of `typed` occur in `label` in their order, in any case. The first ones must start a word of it.
pub fn is_meant(typed: &str, label: &str) -> bool {
    let mut wanted = typed.chars().map(|c| c.to_ascii_lowercase()).peekable();
    let Some(first) = wanted.peek().copied() else { return true };
    let mut before = '_';
    let starts = label.char_indices().find(|(_, c)| {
        let is_start = !before.is_alphanumeric() && c.to_ascii_lowercase() == first;
        before = *c;
        is_start
    });
    let Some((at, _)) = starts else { return false };
    for c in label.get(at..).unwrap_or_default().chars() {
        if wanted.peek() == Some(&c.to_ascii_lowercase()) {
            wanted.next();
        }
    }
    wanted.peek().is_none()
}
