//! `mktlint decisions verify`.

use mktlint_diag::{Code, Diagnostic};
use mktlint_gate::codes::{approval, ledger, record, signature};
use serde_json::{Value, json};

use super::Book;
use crate::args::{Format, Global};
use crate::console::Console;
use crate::home::Home;
use crate::status::{Reason, Status, Stop};
use crate::words::counted;

/// What says that somebody meddled with the ledger, rather than that one decision is of no use.
static DISTRUST: &[&Code] = &[
    &ledger::DUPLICATE,
    &ledger::BASE_CHANGED,
    &ledger::HOLE,
    &signature::EDITED,
    &record::WRONG_UNIT,
    &approval::FUTURE,
    &approval::SET_BACK,
];

/// Says what is wrong with decisions.
pub fn run(
    book: &Book,
    home: &Home,
    format: Format,
    global: &Global,
    console: &Console,
) -> Result<Status, Stop> {
    let mut problems = book.problems.clone();
    problems.extend(book.ledger.problems());
    let n_files = book.ledger.entries().len() + book.ledger.broken().len();
    let is_distrusted = problems.iter().any(|problem| DISTRUST.iter().any(|code| code.id == problem.code));
    let status = Status::OK.when(!problems.is_empty(), Reason::Findings).when(is_distrusted, Reason::Closed);
    match format {
        Format::Text => {
            let sound = book.ledger.entries().iter().filter(|entry| entry.is_sound()).count();
            let summary = format!(
                "{}, {sound} sound, {}",
                counted(n_files, "decision"),
                counted(problems.len(), "problem")
            );
            home.show(problems, global, console)?;
            console.note(&summary);
        }
        Format::Json => {
            let found: Vec<Value> = problems.iter().map(problem).collect();
            let all = json!({
                "version": 1,
                "decisions": n_files,
                "trusted": !is_distrusted,
                "heads": book.ledger.heads().iter().map(ToString::to_string).collect::<Vec<_>>(),
                "problems": found,
            });
            console.print(&format!("{all:#}\n"))?;
        }
    }
    Ok(status)
}

fn problem(problem: &Diagnostic) -> Value {
    json!({
        "code": problem.code.as_str(),
        "message": problem.message,
        "file": problem.primary.place.file.as_str(),
        "help": problem.help,
    })
}
