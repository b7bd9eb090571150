//! Diagnostics as facts: codes, labels, notes, fixes.
//!
//! The same shape serves a mistake in a policy and a finding in an asset, so that every output format, the editor and
//! the gate treat both alike. Wording is done by whoever knows the fact; layout by `mktlint-report`.

mod code;
mod diagnostic;
mod fingerprint;
mod fix;
mod place;
mod suggest;

pub use code::Code;
pub use diagnostic::{Diagnostic, Label, Level, Waived, WaiverSource};
pub use fingerprint::{fingerprint, words_at};
pub use fix::{Edit, Fix, Safety, apply_edits, choose_fixes};
pub use place::{FilePath, Place};
pub use suggest::closest;
