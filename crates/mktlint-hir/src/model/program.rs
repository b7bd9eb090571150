//! Everything that is in force, ready to be lowered.

use std::sync::Arc;

use jiff::civil;
use mktlint_diag::{FilePath, Level, Place};
use mktlint_text::Span;

use super::DeclPath;
use super::item::{Item, ItemKind, Waivable};

/// A declaration with its place in the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What it says.
    pub item: Arc<Item>,
    /// The policy file; `std/…` for the standard library.
    pub file: FilePath,
    /// Where the declaration starts in the file: added to every span of the item.
    pub offset: u32,
    /// Set when assets are judged by it. Others are there because something in force refers to them.
    pub force: Option<Force>,
}

impl Placed {
    /// `span` of the item as a place in its file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.file.clone(), span.shift(self.offset))
    }
}

/// How strictly a declaration binds, after every `enforce` that speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Force {
    /// `as warning`; else the rule's own.
    pub level: Option<Level>,
    /// First day.
    pub from: Option<civil::Date>,
    /// Last day.
    pub until: Option<civil::Date>,
    /// Who may waive it.
    pub waivable: Waivable,
}

/// All declarations that a run needs, in order of path and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// The declarations. `use`, `enforce` and `test` are not among them.
    pub items: Vec<Placed>,
}

impl Program {
    /// The declaration of `kind` at `path`.
    pub fn find(&self, kind: ItemKind, path: &DeclPath) -> Option<&Placed> {
        let key = (&path.0, kind);
        let at =
            self.items.binary_search_by(|placed| (&placed.item.path.0, placed.item.kind).cmp(&key)).ok()?;
        self.items.get(at)
    }
}
