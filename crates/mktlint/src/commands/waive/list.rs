//! `mktlint waive --list`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use mktlint_asset::Directive;
use mktlint_check::{Life, Scope};
use mktlint_diag::{FilePath, Place, WaiverSource};
use mktlint_host::{Waiver, directives};
use mktlint_text::LineIndex;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::Asked;
use crate::args::Format;
use crate::status::{Status, Stop};
use crate::words::counted;

/// A waiver, however it was given.
struct Row {
    until: Option<Date>,
    has_ended: bool,
    rules: Vec<SmolStr>,
    files: Vec<SmolStr>,
    owner: Option<SmolStr>,
    role: Option<SmolStr>,
    because: String,
    source: WaiverSource,
    place: Place,
    line: u32,
    /// Findings that it covers.
    n_covered: usize,
    problem: Option<String>,
}

/// Prints all waivers, those that end first first.
pub fn run(asked: &Asked<'_>) -> Result<Status, Stop> {
    let mut rows: Vec<Row> = asked.checked.waivers.iter().map(|waiver| of_files(waiver, asked)).collect();
    for (file, directive) in directives(asked.settings, &with_directives(asked))? {
        rows.extend(of_block(file, directive, asked));
    }
    // Those without an end come last.
    rows.sort_by(|a, b| {
        let key = |row: &Row| (row.until.is_none(), row.until, row.place.clone());
        key(a).cmp(&key(b))
    });
    match asked.args.output_format {
        Format::Json => {
            let all: Vec<Value> = rows.iter().map(as_json).collect();
            asked.console.print(&format!("{:#}\n", json!({ "waivers": all })))?;
        }
        Format::Text => asked.console.show(&text(&rows, asked))?,
    }
    Ok(Status::OK)
}

/// The files that hold directives, as findings tell: what one waives, or what is wrong with it.
fn with_directives(asked: &Asked<'_>) -> BTreeSet<FilePath> {
    let about_directives = "MKT0512".."MKT0519";
    let is_of = |found: &&mktlint_diag::Diagnostic| {
        about_directives.contains(&found.code.as_str())
            || found.waived.as_ref().is_some_and(|waived| waived.source == WaiverSource::Directive)
    };
    asked.checked.findings.iter().filter(is_of).map(|found| found.primary.place.file.clone()).collect()
}

fn of_files(waiver: &Waiver, asked: &Asked<'_>) -> Row {
    let exception = &waiver.exception;
    Row {
        until: exception.until,
        has_ended: matches!(exception.life(asked.settings.today), Life::Ended(_)),
        rules: exception.rules.clone(),
        files: match &exception.scope {
            Scope::Files(globs, _) => globs.clone(),
            Scope::Everything | Scope::Block(_) => Vec::new(),
        },
        owner: exception.owner.clone(),
        role: exception.role.clone(),
        because: exception.because.clone(),
        source: exception.source.clone(),
        line: line(&waiver.place, asked),
        n_covered: n_covered(&waiver.place, None, asked),
        place: waiver.place.clone(),
        problem: exception.problem.clone(),
    }
}

/// A directive that names a rule; what is wrong with another `check` says.
fn of_block(file: FilePath, directive: Directive, asked: &Asked<'_>) -> Option<Row> {
    let (rule, _) = directive.rule.filter(|_| directive.errors.is_empty())?;
    let place = Place::new(file.clone(), directive.span);
    let ended =
        asked.checked.findings.iter().any(|found| found.code == "MKT0513" && found.primary.place == place);
    Some(Row {
        until: directive.until,
        has_ended: ended,
        files: vec![file.as_str().into()],
        owner: None,
        role: None,
        because: directive.because?,
        source: WaiverSource::Directive,
        line: line(&place, asked),
        n_covered: n_covered(&place, Some(&rule), asked),
        rules: vec![rule],
        place,
        problem: None,
    })
}

/// The findings that the waiver at `place` covers; a comment may hold several, for one rule each.
fn n_covered(place: &Place, rule: Option<&str>, asked: &Asked<'_>) -> usize {
    let is_covered = |found: &&mktlint_diag::Diagnostic| {
        let is_of = |rule: &str| mktlint_host::config::is_name_of(rule, &found.code);
        found.waived.as_ref().is_some_and(|waived| waived.place == *place) && rule.is_none_or(is_of)
    };
    asked.checked.findings.iter().filter(is_covered).count()
}

fn line(place: &Place, asked: &Asked<'_>) -> u32 {
    let text = asked.checked.shown.text(&place.file).unwrap_or_default();
    LineIndex::new(&text).line(place.span.start())
}

/// Those that have ended by owner, then all others.
fn text(rows: &[Row], asked: &Asked<'_>) -> String {
    let (ended, live): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.has_ended);
    let mut out = String::new();
    if rows.is_empty() {
        return "no waivers\n".to_owned();
    }
    let mut by_owner: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &ended {
        by_owner.entry(row.owner.as_deref().unwrap_or("nobody")).or_default().push(row);
    }
    for (owner, rows) in by_owner {
        let _ = writeln!(out, "{}", asked.console.bold(&format!("ended, answered for by {owner}")));
        rows.iter().for_each(|row| entry(row, &mut out));
    }
    if !live.is_empty() {
        let _ = writeln!(out, "{}", asked.console.bold("in force"));
        live.iter().for_each(|row| entry(row, &mut out));
    }
    out
}

fn entry(row: &Row, out: &mut String) {
    let until = row.until.map_or_else(|| "no end    ".to_owned(), |until| until.to_string());
    let files = if row.files.is_empty() { "every asset".to_owned() } else { row.files.join(", ") };
    let use_of = match (&row.problem, row.has_ended, row.n_covered) {
        (Some(problem), ..) => format!("does not hold: {problem}"),
        (None, true, _) => "has ended".to_owned(),
        (None, false, 0) => "covers nothing".to_owned(),
        (None, false, n) => format!("covers {}", counted(n, "finding")),
    };
    let owner = row.owner.as_ref().map_or_else(String::new, |owner| format!("{owner}: "));
    let _ = writeln!(out, "  {until}  {} for {files}; {use_of}", row.rules.join(", "));
    let _ = writeln!(out, "              {owner}\"{}\" ({}:{})", row.because, row.place.file, row.line);
}

fn as_json(row: &Row) -> Value {
    let texts = |all: &[SmolStr]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let record = match &row.source {
        WaiverSource::Record(id) => Some(id.as_str()),
        WaiverSource::Declaration | WaiverSource::Directive => None,
    };
    json!({
        "until": row.until.map(|until| until.to_string()),
        "ended": row.has_ended,
        "rules": texts(&row.rules),
        "files": texts(&row.files),
        "owner": row.owner.as_deref(),
        "role": row.role.as_deref(),
        "because": row.because,
        "source": row.source.as_str(),
        "record": record,
        "path": row.place.file.as_str(),
        "line": row.line,
        "covers": row.n_covered,
        "problem": row.problem,
    })
}
