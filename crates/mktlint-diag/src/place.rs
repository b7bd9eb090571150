//! Where something stands.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use mktlint_text::Span;

/// A file's path from the root of the workspace, with `/` between its parts: `policy/claims.mkt`.
///
/// Files of the embedded standard library start with `std/`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// The path as given.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for FilePath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FilePath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A range of bytes in a named file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FilePath,
    /// The bytes.
    pub span: Span,
}

impl Place {
    /// The bytes of `file` at `span`.
    pub fn new(file: FilePath, span: Span) -> Self {
        Self { file, span }
    }
}
