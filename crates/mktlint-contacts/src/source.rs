//! Where contacts come from.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};

use bytes::Bytes;
use smol_str::SmolStr;

/// How contacts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// A header and rows. The delimiter is the one of `,`, `;` and tab that the header has most of.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A JSON list of objects, or objects one behind the other.
    Json,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// The format of a file by the ending of its name, else by its first bytes; a few hundred are enough.
    ///
    /// Bytes win where they leave no doubt: Parquet under any name is Parquet. `None` when neither says anything, as
    /// for a file without an ending that starts with a letter.
    pub fn of(name: &str, first: &[u8]) -> Option<Self> {
        if first.starts_with(b"PAR1") {
            return Some(Self::Parquet);
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv" | "tsv" | "tab") => Some(Self::Csv),
            Some("jsonl" | "ndjson") => Some(Self::JsonLines),
            Some("json") => Some(Self::Json),
            Some("parquet" | "pq") => Some(Self::Parquet),
            _ => Self::of_bytes(first),
        }
    }

    fn of_bytes(first: &[u8]) -> Option<Self> {
        let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
        let text = first.trim_ascii_start();
        match text.first()? {
            b'[' => Some(Self::Json),
            b'{' => {
                let line = text.split(|byte| *byte == b'\n').next().unwrap_or(text);
                let is_whole = line.trim_ascii_end().ends_with(b"}") || line.len() == text.len();
                Some(if is_whole { Self::JsonLines } else { Self::Json })
            }
            _ => {
                let header = text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(text);
                let has_delimiter = header.iter().any(|byte| matches!(byte, b',' | b';' | b'\t'));
                has_delimiter.then_some(Self::Csv)
            }
        }
    }
}

/// Contacts to be read, from their first byte on.
pub enum Source<'r> {
    /// CSV.
    Csv(Box<dyn Read + Send + 'r>),
    /// One JSON object a line.
    JsonLines(Box<dyn Read + Send + 'r>),
    /// A JSON list of objects, or objects one behind the other.
    Json(Box<dyn Read + Send + 'r>),
    /// A Parquet file, which is read at many places.
    Parquet(File),
    /// A Parquet file in memory.
    ParquetBytes(Bytes),
}

impl<'r> Source<'r> {
    /// `file` as `format`.
    pub fn file(format: Format, file: File) -> Self {
        match format {
            Format::Parquet => Self::Parquet(file),
            _ => Self::stream(format, Box::new(file)),
        }
    }

    /// `bytes` as `format`.
    pub fn bytes(format: Format, bytes: Bytes) -> Self {
        match format {
            Format::Parquet => Self::ParquetBytes(bytes),
            _ => Self::stream(format, Box::new(io::Cursor::new(bytes))),
        }
    }

    fn stream(format: Format, read: Box<dyn Read + Send + 'r>) -> Self {
        match format {
            Format::JsonLines => Self::JsonLines(read),
            Format::Json => Self::Json(read),
            Format::Csv | Format::Parquet => Self::Csv(read),
        }
    }
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv(_) => "Csv",
            Self::JsonLines(_) => "JsonLines",
            Self::Json(_) => "Json",
            Self::Parquet(_) | Self::ParquetBytes(_) => "Parquet",
        })
    }
}

/// Why a file of contacts could not be read as a whole. Displays as a message for the user, without the file's name.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in it, not even a header.
    Empty,
    /// The operating system failed.
    Io(io::Error),
    /// Telling the members failed.
    Sink(io::Error),
    /// The text is in another encoding than UTF-8.
    Encoding(&'static str),
    /// The bytes are those of a compressed file, by this program.
    Compressed(&'static str),
    /// One record is longer than can be kept in memory.
    TooLong {
        /// The line it starts in, counted from 1.
        line: u64,
        /// The most bytes that a record may have.
        most: usize,
    },
    /// Brackets of a JSON list do not match, so that no object behind can be told from another.
    Brackets {
        /// The line, counted from 1.
        line: u64,
    },
    /// The file is no Parquet, is cut off, or breaks the rules of the format.
    Parquet(String),
    /// Attributes that an audience needs, and that must have a value, without a column.
    NoColumn(Vec<Unfound>),
    /// Two columns would be the same attribute.
    TwoColumns {
        /// The attribute.
        attribute: SmolStr,
        /// The first two, as the file names them.
        columns: [String; 2],
    },
    /// [`crate::Job::columns`] speaks of an attribute that does not exist.
    NoAttribute {
        /// The name that it uses.
        name: SmolStr,
        /// The one that was perhaps meant.
        meant: Option<SmolStr>,
    },
    /// A column of [`crate::Job::columns`], or the key column, is not in the file.
    NotInFile(Unfound),
    /// A column that an audience needs holds another kind of value.
    ColumnType {
        /// The column.
        column: String,
        /// What the file has there: `a timestamp`.
        found: String,
        /// What the schema wants: `a day`.
        wanted: &'static str,
    },
}

/// A column that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfound {
    /// The name that was looked for.
    pub name: String,
    /// The column that was perhaps meant.
    pub meant: Option<String>,
}

impl fmt::Display for Unfound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.meant {
            Some(meant) => write!(f, "`{}` (did you mean `{meant}`?)", self.name),
            None => write!(f, "`{}`", self.name),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no contacts in it, not even a header"),
            Self::Io(error) => write!(f, "cannot be read: {error}"),
            Self::Sink(error) => write!(f, "the members cannot be written: {error}"),
            Self::Encoding(found) => write!(f, "is in {found}; save it as UTF-8"),
            Self::Compressed(found) => write!(f, "is compressed with {found}; unpack it first"),
            Self::TooLong { line, most } => {
                write!(f, "the record that starts in line {line} is longer than {} MiB", most >> 20)?;
                f.write_str("; perhaps a quotation mark is not closed")
            }
            Self::Brackets { line } => {
                write!(f, "brackets do not match in line {line}, so the rest cannot be read")
            }
            Self::Parquet(why) => write!(f, "is no Parquet file that can be read: {why}"),
            Self::NoColumn(unfound) => {
                let names: Vec<String> = unfound.iter().map(Unfound::to_string).collect();
                write!(f, "has no column {}", names.join(", "))
            }
            Self::TwoColumns { attribute, columns: [first, second] } => {
                write!(f, "the columns `{first}` and `{second}` would both be `{attribute}`")
            }
            Self::NoAttribute { name, meant: Some(meant) } => {
                write!(f, "a contact has no attribute `{name}`; did you mean `{meant}`?")
            }
            Self::NoAttribute { name, meant: None } => write!(f, "a contact has no attribute `{name}`"),
            Self::NotInFile(unfound) => write!(f, "has no column {unfound}"),
            Self::ColumnType { column, found, wanted } => {
                write!(f, "the column `{column}` holds {found}, where the schema wants {wanted}")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) | Self::Sink(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_name_and_by_bytes() {
        let of = |name: &str, first: &str| Format::of(name, first.as_bytes());
        assert_eq!(of("a.CSV", ""), Some(Format::Csv));
        assert_eq!(of("a.csv", "PAR1"), Some(Format::Parquet));
        assert_eq!(of("a.json", "{\"a\": 1}\n{\"a\": 2}"), Some(Format::Json));
        assert_eq!(of("-", "{\"a\": 1}\n{\"a\": 2}"), Some(Format::JsonLines));
        assert_eq!(of("-", "{\n  \"a\": 1\n}"), Some(Format::Json));
        assert_eq!(of("-", "\u{feff} [{"), Some(Format::Json));
        assert_eq!(of("export.txt", "country;age\nDE;3"), Some(Format::Csv));
        assert_eq!(of("notes", "hello\na,b"), None);
    }
}
