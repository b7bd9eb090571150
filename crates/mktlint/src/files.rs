//! Files that a command writes.

use std::path::Path;

use mktlint_host::system;

use crate::interrupt::uninterrupted;
use crate::status::Stop;

/// Writes the file at `path` whole or not at all; `shown` is how whoever asked for it calls it.
pub fn write(path: &Path, shown: &Path, bytes: &[u8]) -> Result<(), Stop> {
    uninterrupted(|| system::write_file(path, bytes))
        .map_err(|reason| Stop::File(format!("`{}` cannot be written: {reason}", shown.display())))
}
