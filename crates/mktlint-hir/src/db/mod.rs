//! The database: what comes from outside, and the declarations cut out of it.

#![allow(missing_docs, reason = "salsa writes functions without docs; everything written here has them")]

mod declaration;
mod input;
pub mod library;

pub use declaration::{Declaration, declarations, identities, parsed};
pub use input::{Database, Db, Document, Project, SourceFile};
pub use library::{STANDARD_LIBRARY, Source, documents_of, evidence_documents};
