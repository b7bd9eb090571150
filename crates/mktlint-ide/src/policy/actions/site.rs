//! Where an action is asked for.

use mktlint_diag::{Edit, FilePath};
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::model::item::Item;
use mktlint_syntax::ast::{Clause, Declaration as Tree, Entry, Expr, Lead};
use mktlint_text::Span;

use crate::{FileEdits, View};

/// A file and what is selected in it.
pub struct Site<'a> {
    pub view: View<'a>,
    pub file: SourceFile,
    pub path: &'a FilePath,
    pub text: &'a str,
    pub range: Span,
}

impl<'a> Site<'a> {
    /// The selection is moved to the nearest characters of the text.
    pub fn new(view: View<'a>, file: SourceFile, range: Span) -> Self {
        let text: &str = file.text(view.db);
        let (start, end) = (floor(text, range.start()), floor(text, range.end()));
        Self { view, file, path: file.path(view.db), text, range: Span::new(start, end) }
    }

    /// The declaration at `offset`.
    pub fn own(&self, offset: u32) -> Option<Own<'a>> {
        let (declaration, _) = self.view.declaration_at(self.file, offset)?;
        Own::new(self.view, declaration)
    }

    /// All declarations of the file that can be read, in order.
    pub fn all(&self) -> impl Iterator<Item = Own<'a>> {
        let view = self.view;
        declarations(view.db, self.file).iter().filter_map(move |declaration| Own::new(view, *declaration))
    }

    /// Edits of this file, in order.
    pub fn edits(&self, edits: impl IntoIterator<Item = Edit>) -> FileEdits {
        in_file(self.path, edits)
    }
}

/// The start of the character that `at` is in; of what is past the end, the end.
fn floor(text: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

/// Edits of one file, in order.
pub fn in_file(file: &FilePath, edits: impl IntoIterator<Item = Edit>) -> FileEdits {
    let mut edits: Vec<Edit> = edits.into_iter().collect();
    edits.sort();
    FileEdits { file: file.clone(), edits }
}

/// A declaration, with places as they are in its file.
#[derive(Clone, Copy)]
pub struct Own<'a> {
    pub declaration: Declaration<'a>,
    pub tree: &'a Tree,
    pub item: &'a Item,
    /// Where it starts in its file.
    pub base: u32,
    /// Its bytes in its file, documentation included.
    pub span: Span,
}

impl<'a> Own<'a> {
    pub fn new(view: View<'a>, declaration: Declaration<'a>) -> Option<Self> {
        let base = declaration.offset(view.db);
        let span = Span::new(base, base.saturating_add(declaration.text(view.db).len() as u32));
        Some(Self { declaration, tree: view.tree(declaration)?, item: view.item(declaration), base, span })
    }

    /// A span of the declaration as one of the file.
    pub fn at(&self, span: Span) -> Span {
        span.shift(self.base)
    }

    /// A span of the file as one of the declaration.
    pub fn inside(&self, span: Span) -> Span {
        Span::new(span.start().saturating_sub(self.base), span.end().saturating_sub(self.base))
    }

    /// Its name, else the word of its kind.
    pub fn name(&self) -> Span {
        self.at(self.item.name_span)
    }

    /// The clauses of its body.
    pub fn clauses(&self) -> impl Iterator<Item = &'a Clause> {
        let entries = self.tree.body.iter().flat_map(|body| &body.entries);
        entries.filter_map(|entry| match entry {
            Entry::Clause(clause) => Some(clause),
            Entry::Expr(_) => None,
        })
    }

    /// The clause that starts with `head`.
    pub fn clause(&self, head: &str) -> Option<&'a Clause> {
        self.clauses().find(|clause| clause.head.text == head)
    }

    /// What stands behind `=`.
    pub fn value(&self) -> Option<&'a Expr> {
        let assigned = |lead| matches!(lead, Some((Lead::Assign, _)));
        self.tree.segments.iter().find(|segment| assigned(segment.lead))?.value.as_ref()
    }

    /// The condition on contacts: of an audience, or `who` of what speaks of people.
    pub fn condition(&self) -> Option<&'a Expr> {
        match self.tree.kind.text.as_str() {
            "audience" => self.value(),
            _ => self.clause("who")?.segments.first()?.value.as_ref(),
        }
    }
}
