//! What git knows, read from the repository itself: no program is run, and nothing is written.
//!
//! A [`Repository`] names commits ([`Commit`]); [`Files`] are what a commit, the index or the working tree holds, as a
//! list of names whose contents are read only when somebody asks.

mod authors;
mod changes;
mod error;
mod files;
mod history;
mod repository;
mod revision;

pub use authors::Authors;
pub use changes::{Changes, Since, changes};
pub use error::GitError;
pub use files::{Content, Files, Stored, files_at};
pub use history::{History, How, Past, Touch};
pub use repository::{Repository, top};
pub use revision::Commit;

#[cfg(test)]
mod tests;
