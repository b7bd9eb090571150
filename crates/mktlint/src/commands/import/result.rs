//! What an import says and writes.

use std::path::PathBuf;

use mktlint_diag::Diagnostic;
use mktlint_import::{Draft, Outcome, Row};
use mktlint_text::LineIndex;
use serde_json::{Value as Json, json};

use super::verify::verify;
use crate::args::Format;
use crate::console::Console;
use crate::files;
use crate::home::working_directory;
use crate::problems;
use crate::status::{Reason, Status, Stop};
use crate::texts::Given;

/// Where the result goes, and how it is told.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// Write the policy to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to print the report; `json` has the policy in it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

impl Target {
    /// Runs the tests of `draft`, writes the policy, and reports. `given` has the texts that problems point into.
    pub fn finish(&self, mut draft: Draft, given: &Given, console: &Console) -> Result<Status, Stop> {
        let written = verify(&mut draft).map_err(Stop::File)?;
        let is_empty = draft.is_empty();
        if let (Some(path), false) = (&self.output, is_empty) {
            let full = working_directory()?.join(path);
            files::write(&full, path, written.text.as_bytes())?;
        }
        match self.output_format {
            Format::Json => console.print(&format!("{:#}\n", self.json(&draft, &written.text, given)))?,
            Format::Text => self.text(&draft, &written.text, given, console)?,
        }
        if is_empty {
            console.note("there is nothing to write");
        } else if let Some(path) = &self.output {
            console.note(&format!("wrote `{}`", path.display()));
        }
        let problems = draft.problems();
        Ok(Status::OK
            .when(is_empty && draft.rows().is_empty(), Reason::NothingChecked)
            .when(
                problems
                    .iter()
                    .any(|problem| !problem.undecided && problem.level == mktlint_diag::Level::Error),
                Reason::Findings,
            )
            .when(problems.iter().any(|problem| problem.undecided), Reason::Undecided))
    }

    fn text(&self, draft: &Draft, policy: &str, given: &Given, console: &Console) -> Result<(), Stop> {
        if self.output.is_none() {
            if !draft.is_empty() {
                console.show(policy)?;
            }
            problems::show_aside(draft.problems(), given, console)?;
            console.aside(&draft.table());
            return Ok(());
        }
        problems::show(draft.problems(), given, console)?;
        Ok(console.show(&draft.table())?)
    }

    fn json(&self, draft: &Draft, policy: &str, given: &Given) -> Json {
        let rows = draft.rows();
        let count = |outcome: Outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        json!({
            "rules": rows.iter().map(row).collect::<Vec<_>>(),
            "carried": count(Outcome::Carried),
            "approximated": count(Outcome::Approximated),
            "not_carried": count(Outcome::NotCarried),
            "notes": draft.notes(),
            "problems": draft.problems().iter().map(|found| problem(found, given)).collect::<Vec<_>>(),
            "policy": if draft.is_empty() { Json::Null } else { policy.into() },
        })
    }
}

fn row(row: &Row) -> Json {
    json!({
        "source": row.source,
        "name": row.name,
        "outcome": row.outcome.as_str(),
        "remarks": row.remarks,
    })
}

fn problem(found: &Diagnostic, given: &Given) -> Json {
    let place = &found.primary.place;
    let text = mktlint_report::Sources::text(given, &place.file).unwrap_or_default();
    let at = LineIndex::new(&text).line_column(&text, place.span.start());
    json!({
        "code": found.code.as_str(),
        "level": found.level.as_str(),
        "file": place.file.as_str(),
        "line": at.line,
        "column": at.column,
        "message": found.message,
        "help": found.help,
    })
}
