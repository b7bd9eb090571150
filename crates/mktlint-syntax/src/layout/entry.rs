//! What has been seen of the current clause.

use crate::lex::Kind;

/// What has been seen of the current entry of a block, or of a header.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry {
    /// Tokens so far, brackets counted once with all that is in them.
    pub(super) tokens: u32,
    /// A colon stands behind the head.
    pub(super) is_field: bool,
    /// It has its `=`.
    pub(super) assigned: bool,
    /// It has its `in`.
    pub(super) limited: bool,
}

impl Entry {
    /// Takes the next token of the entry.
    pub(super) fn take(&mut self, kind: Kind) {
        match kind {
            Kind::Colon if self.tokens == 1 => self.is_field = true,
            Kind::Assign => self.assigned = true,
            Kind::InLead | Kind::NotLead => self.limited = true,
            _ => {}
        }
        self.tokens = self.tokens.saturating_add(1);
    }
}
