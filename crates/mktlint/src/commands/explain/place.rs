//! Why rules fired or did not at a place of an asset.

use crate::args::Global;
use crate::console::Console;
use crate::status::{Status, Stop};

/// A place as people type it.
#[derive(Debug, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: Option<u32>,
}

/// `campaigns/email.html:41:18`.
pub fn parse(what: &str) -> Option<At> {
    let (rest, last) = what.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    let with_column = rest.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    Some(match with_column {
        Some((file, line)) => At { file: file.to_owned(), line, column: Some(last) },
        None => At { file: rest.to_owned(), line: last, column: None },
    })
}

/// Explains a place.
pub fn explain(_at: &At, _global: &Global, _console: &Console) -> Result<Status, Stop> {
    Err(Stop::Usage("places cannot be explained".to_owned()))
}
