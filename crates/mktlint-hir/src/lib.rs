//! Names, types and the meaning of declarations.
//!
//! Everything is a query: an edit in one rule re-runs that rule. Queries hold no positions in files; those are looked
//! up last, when a problem is shown.

mod analyze;
pub mod check;
pub mod codes;
pub mod db;
mod diagnostics;
pub mod draft;
pub mod infer;
mod lower;
pub mod mention;
pub mod model;
pub mod names;
pub mod people;
pub mod places;
mod program;
pub mod signature;

pub use analyze::{Analysis, analysis};
pub use db::{Database, Db, Document, Project, Source, SourceFile};
pub use diagnostics::diagnostics;
pub use lower::{SIMPLE_TYPES, clauses, infer_at};
pub use mention::{Meant, Mention, Role, mentions};
pub use program::program;
