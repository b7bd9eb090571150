//! A waiver as comments beside the words.

use std::collections::BTreeSet;

use mktlint_diag::FilePath;
use mktlint_host::{FixedFile, Inline, system, waive_inline};

use super::Asked;
use super::target::Target;
use crate::interrupt::uninterrupted;
use crate::status::{Reason, Status, Stop};
use crate::words::counted;

/// Writes a directive beside each finding.
pub fn run(asked: &Asked<'_>, target: &Target) -> Result<Status, Stop> {
    let [rule] = target.rules.as_slice() else {
        return Err(Stop::Usage("`--inline` takes one rule at a time".to_owned()));
    };
    if asked.args.owner.is_some() {
        return Err(Stop::Usage("a comment names no owner; leave `--owner` out, or `--inline`".to_owned()));
    }
    if target.findings.is_empty() {
        asked.console.error(&format!("nothing breaks `{rule}` there, so there is nothing to waive"));
        return Ok(Reason::Findings.into());
    }
    let because = asked.because();
    if because.contains(['"', '\n', '\r']) || because.contains("--") {
        return Err(Stop::Usage(
            "a comment cannot hold this reason; leave quotation marks and `--` out".to_owned(),
        ));
    }
    let files: BTreeSet<FilePath> =
        target.findings.iter().map(|found| found.primary.place.file.clone()).collect();
    let inline = Inline { files: &files, rule, until: asked.until(), because };
    let inlined = waive_inline(asked.settings, &inline)?;
    inlined.files.iter().try_for_each(write)?;
    let waived = counted(inlined.n_waived, "finding");
    let files = counted(inlined.files.len(), "file");
    asked.console.show(&format!("{waived} in {files} waived until {}\n", asked.until()))?;
    if inlined.n_left > 0 {
        let left = counted(inlined.n_left, "finding");
        asked
            .console
            .error(&format!("no comment can stand beside {left}; without `--inline` a record waives them"));
        return Ok(Reason::Findings.into());
    }
    Ok(Status::OK)
}

fn write(file: &FixedFile) -> Result<(), Stop> {
    let bytes = file.bytes().map_err(|error| error.to_string());
    let written =
        bytes.and_then(|bytes| uninterrupted(|| system::replace_file(&file.path, file.stamp, &bytes)));
    written.map_err(|reason| Stop::File(format!("`{}` cannot be written: {reason}", file.shown)))
}
