//! The file of a decision: `decisions/**/*.toml`.
//!
//! What is signed is the text above the line `[signature]`, and nothing below that line is ever read as a decision: both
//! halves are parsed alone, so that no quoting can move a field out of what was signed.

pub mod folder;
pub mod model;
mod read;
pub mod signature;
mod text;
mod write;

pub use folder::{FOLDER, WAIVERS, path_of, slug};
pub use model::{ApprovedPart, Record, Verdict, WaiverTerms};
pub use read::{RecordFile, Signature, read};
pub use signature::{NAMESPACE, Signer, sign, signed, signer, to_sign};
pub use text::MAX_BYTES;
pub use write::write;
