//! Stable codes with their pages.

use crate::Level;

/// A kind of problem that mktlint itself reports; rules of policies have names instead.
///
/// Each lives in one file of `src/codes/` of the crate that reports it, with its page in `explain/`.
#[derive(Debug)]
pub struct Code {
    /// `MKT0410`. Never reused.
    pub id: &'static str,
    /// What it finds, in words joined by hyphens: `unknown-clause`.
    pub slug: &'static str,
    /// How bad it is when nothing says otherwise.
    pub level: Level,
    /// The page that `mktlint explain MKT0410` shows, in Markdown.
    pub page: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}
