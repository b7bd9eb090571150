//! The portable plan file.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{Plan, VerifyError, verify};

/// What a plan file starts with.
pub const MAGIC: &[u8; 7] = b"MKTPLAN";

/// The version of the layout. Grows with every change of any table or instruction.
pub const FORMAT: u16 = 4;

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

/// Bytes of the digest.
const DIGEST: usize = 32;

/// `plan` as a file. The same plan gives the same bytes.
///
/// Magic, layout version, length and text of the tool's version, length of the plan, its SHA-256, the plan.
///
/// # Panics
/// Never: the tables are plain data, which `postcard` always writes.
pub fn to_bytes(plan: &Plan) -> Vec<u8> {
    let payload = postcard::to_stdvec(plan).expect("tables of plain rows can always be written");
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FORMAT.to_le_bytes());
    bytes.push(TOOL.len() as u8);
    bytes.extend(TOOL.as_bytes());
    bytes.extend((payload.len() as u64).to_le_bytes());
    bytes.extend(Sha256::digest(&payload));
    bytes.extend(payload);
    bytes
}

/// The plan that `bytes` hold.
///
/// # Errors
/// See [`FileError`].
pub fn from_bytes(bytes: &[u8]) -> Result<Plan, FileError> {
    if bytes.is_empty() || !MAGIC.starts_with(&bytes[..bytes.len().min(MAGIC.len())]) {
        return Err(FileError::NotAPlan);
    }
    let mut reader = Reader { bytes, at: 0 };
    reader.take(MAGIC.len())?;
    reader.version()?;
    let len = u64::from_le_bytes(reader.array()?);
    let digest = reader.take(DIGEST)?;
    let payload = reader.take(usize::try_from(len).unwrap_or(usize::MAX))?;
    if reader.at != bytes.len() || Sha256::digest(payload)[..] != *digest {
        return Err(FileError::Corrupt);
    }
    let plan: Plan = postcard::from_bytes(payload).map_err(|_| FileError::Corrupt)?;
    verify(&plan).map_err(FileError::Unsound)?;
    Ok(plan)
}

/// The bytes that were not read yet.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8], FileError> {
        let end = self.at.saturating_add(n);
        let found = self.bytes.len() as u64;
        let taken =
            self.bytes.get(self.at..end).ok_or(FileError::Truncated { expected: end as u64, found })?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FileError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    /// Checks the version of the layout and of the tool: numbers in a plan name functions of one tool.
    fn version(&mut self) -> Result<(), FileError> {
        let format = u16::from_le_bytes(self.array()?);
        let [len] = self.array()?;
        let written_by = String::from_utf8_lossy(self.take(usize::from(len))?).into_owned();
        if format == FORMAT && written_by == TOOL {
            return Ok(());
        }
        Err(FileError::OtherVersion { written_by, format })
    }
}
