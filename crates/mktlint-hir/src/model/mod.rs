//! What policies mean, without files and without syntax.
//!
//! Spans here count from the start of their declaration, so an edit elsewhere in the file leaves every value equal.

pub mod builtin;
pub mod change;
pub mod expr;
pub mod item;
pub mod program;
pub mod test;
pub mod types;

use std::fmt;

use mktlint_diag::Level;
use smol_str::SmolStr;

/// The full name of a declaration: `acme.claims.clinically_proven`, `std.us.can_spam.postal_address`.
///
/// Kinds that have a namespace of their own (`role`, `tier`, `merge`, `utm`, `term`, `cap`, …) are told apart by
/// [`item::ItemKind`], which every query that takes a path also takes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DeclPath(pub SmolStr);

impl DeclPath {
    /// The last word: `clinically_proven`.
    pub fn name(&self) -> &str {
        self.0.rsplit('.').next().unwrap_or_default()
    }

    /// Everything before the last word: `acme.claims`.
    pub fn module(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(module, _)| module)
    }
}

impl fmt::Display for DeclPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The level of a rule that says none.
pub const DEFAULT_LEVEL: Level = Level::Error;
