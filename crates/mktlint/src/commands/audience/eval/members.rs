//! `--output`.

use std::io::BufWriter;
use std::path::Path;

use mktlint_contacts::{Job, Members, ReadError, Source, Summary};
use mktlint_host::system::Growing;

use crate::interrupt;
use crate::status::Stop;

/// Judges all contacts of `source` and writes the members to the file at `path`, called `shown`: whole or not at all.
pub fn write(
    source: Source<'_>,
    job: &Job<'_>,
    path: &Path,
    shown: &Path,
    fail: impl Fn(ReadError) -> Stop,
) -> Result<Summary, Stop> {
    let unwritten = |reason: String| Stop::File(format!("`{}` cannot be written: {reason}", shown.display()));
    let mut file = Growing::create(path).map_err(unwritten)?;
    let _removed = interrupt::removing(file.path());
    let mut members = Members::new(BufWriter::new(&mut file), job);
    let summary = mktlint_contacts::run(source, job, &mut members).map_err(fail)?;
    let plain = |error: std::io::Error| unwritten(mktlint_host::workspace::reason(&error));
    drop(members.finish().map_err(plain)?);
    file.finish().map_err(unwritten)?;
    Ok(summary)
}
