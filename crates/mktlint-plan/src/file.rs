//! The portable plan file.

use std::fmt;

use crate::{Plan, VerifyError};

/// What a plan file starts with.
pub const MAGIC: &[u8; 7] = b"MKTPLAN";

/// The version of the layout. Grows with every change of any table or instruction.
pub const FORMAT: u16 = 1;

/// Why a file is no plan that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// It does not start as a plan file does.
    NotAPlan,
    /// Another version of the tool wrote it.
    OtherVersion {
        /// The version of the tool that wrote it.
        written_by: String,
        /// The version of the layout.
        format: u16,
    },
    /// It ends too early.
    Truncated {
        /// How many bytes it should have.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// Its bytes are not those that were written.
    Corrupt,
    /// Its bytes are those that were written, but they do not hold together.
    Unsound(VerifyError),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPlan => f.write_str("this is not a plan file"),
            Self::OtherVersion { written_by, format } => write!(
                f,
                "the plan was written by mktlint {written_by} (format {format}), this is {TOOL} (format {FORMAT})"
            ),
            Self::Truncated { expected, found } => {
                write!(f, "the plan file is cut off: it has {found} of {expected} bytes")
            }
            Self::Corrupt => f.write_str("the plan file is damaged: its checksum is wrong"),
            Self::Unsound(error) => write!(f, "the plan file is damaged: {error}"),
        }
    }
}

impl std::error::Error for FileError {}

const TOOL: &str = env!("CARGO_PKG_VERSION");

/// `plan` as a file. The same plan gives the same bytes.
pub fn to_bytes(plan: &Plan) -> Vec<u8> {
    let _ = plan;
    Vec::new()
}

/// The plan that `bytes` hold.
///
/// # Errors
/// See [`FileError`].
pub fn from_bytes(bytes: &[u8]) -> Result<Plan, FileError> {
    let _ = bytes;
    Err(FileError::NotAPlan)
}
