//! Findings for people and tools: terminal, JSON, SARIF and the rest.
//!
//! Every format carries the same findings, undecided and waived ones included and marked, in the order given. The
//! same input gives the same bytes. Nothing in an asset can act on a terminal or leave its place in a document.

mod excerpt;
mod fingerprint;
mod format;
mod model;
mod people;
mod text;
mod tools;

use std::io::{self, Write};

pub use fingerprint::fingerprints;
pub use format::{Format, UnknownFormat};
pub use model::{Counts, Options, Report, RuleInfo, Sources, Summary};
pub use people::markdown::inline as safe_markdown;
pub use text::clean::lines as safe_lines;

/// Writes `report` to `out` in `format`.
///
/// # Errors
///
/// Fails only when `out` does; a closed pipe comes back as [`io::ErrorKind::BrokenPipe`].
pub fn write(format: Format, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    match format {
        Format::Pretty => people::pretty::write(report, &mut out)?,
        Format::Concise => people::concise::write(report, &mut out)?,
        Format::Json => tools::json::document(report, &mut out)?,
        Format::Jsonl => tools::json::lines(report, &mut out)?,
        Format::Sarif => tools::sarif::write(report, &mut out)?,
        Format::Github => tools::github::write(report, &mut out)?,
        Format::Gitlab => tools::gitlab::write(report, &mut out)?,
        Format::Junit => tools::junit::write(report, &mut out)?,
        Format::Rdjson => tools::rdjson::write(report, &mut out)?,
        Format::Markdown => people::markdown::write(report, &mut out)?,
        Format::Html => people::html::write(report, &mut out)?,
    }
    out.flush()
}
