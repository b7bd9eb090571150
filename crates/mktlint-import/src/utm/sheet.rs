//! CSV, and what its columns are.

use csv_core::{ReadRecordResult, ReaderBuilder};
use mktlint_text::Span;

use super::parameter_of;

/// The most records that are read.
const MOST_RECORDS: usize = 200_000;
/// The most bytes of one record.
const LONGEST_RECORD: usize = 1 << 16;
/// The most cells of one record.
const MOST_CELLS: usize = 1_000;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// From 1.
    pub line: u32,
    pub span: Span,
    pub cells: Vec<String>,
}

/// Where values stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A column for each parameter.
    Columns(Vec<(usize, &'static str)>),
    /// Each row names a parameter and one value.
    Pairs { parameter: usize, value: usize },
    /// A column of tagged links.
    Links(usize),
}

/// A sheet without its header.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub layout: Layout,
    /// The column that names the channel.
    pub channel: Option<usize>,
    /// How many columns the header has; `None` without a header.
    pub n_columns: Option<usize>,
    /// The names of columns that are not read.
    pub unused: Vec<String>,
    pub records: Vec<Record>,
}

impl Sheet {
    /// Reads `text`; the delimiter is `,`, `;` or a tab, whichever its first line has most of.
    pub fn read(text: &str) -> Result<Self, (String, Span)> {
        let mut records = records(text)?;
        let Some(first) = records.first().cloned() else {
            return Err(("it is empty".to_owned(), Span::at(0)));
        };
        let is_link = |cell: &String| cell.contains("://") || cell.contains("utm_") && cell.contains('?');
        if let Some(at) = first.cells.iter().position(is_link) {
            return Ok(Self {
                layout: Layout::Links(at),
                channel: None,
                n_columns: None,
                unused: Vec::new(),
                records,
            });
        }
        records.remove(0);
        let names: Vec<String> = first.cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let channel = find(&["channel"]);
        let columns: Vec<(usize, &'static str)> =
            names.iter().enumerate().filter_map(|(at, name)| Some((at, parameter_of(name)?))).collect();
        let key = find(&["parameter", "param", "key", "field", "utm parameter", "utm"]);
        let value = find(&["value", "values", "allowed", "allowed value", "allowed values"]);
        let link =
            find(&["url", "link", "final url", "landing page", "tagged url", "tagged link", "full url"]);
        let layout = match (key, value, link) {
            (Some(parameter), Some(value), _) => Layout::Pairs { parameter, value },
            _ if !columns.is_empty() => Layout::Columns(columns),
            (_, _, Some(at)) => Layout::Links(at),
            _ => return Err((wrong_header(&first.cells), first.span)),
        };
        let is_used = |at: usize| match &layout {
            Layout::Columns(columns) => columns.iter().any(|(own, _)| *own == at),
            Layout::Pairs { parameter, value } => at == *parameter || at == *value,
            Layout::Links(own) => at == *own,
        };
        let unused = first.cells.iter().enumerate().filter(|(at, _)| !is_used(*at) && Some(*at) != channel);
        let unused = unused.map(|(_, cell)| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect();
        Ok(Self { channel, n_columns: Some(first.cells.len()), unused, layout, records })
    }
}

fn wrong_header(cells: &[String]) -> String {
    let shown: Vec<&str> = cells.iter().take(5).map(|cell| cell.trim()).collect();
    format!(
        "its header is `{}`, and it must name parameters (source, medium, campaign), parameter and value, or url",
        shown.join(", ")
    )
}

/// The rows that are not empty.
fn records(text: &str) -> Result<Vec<Record>, (String, Span)> {
    let body = text.trim_start_matches('\u{FEFF}');
    let base = text.len() - body.len();
    let mut reader = ReaderBuilder::new().delimiter(delimiter(body)).build();
    let (mut out, mut ends) = (vec![0; LONGEST_RECORD], vec![0; MOST_CELLS]);
    let mut records = Vec::new();
    let (mut at, mut line) = (0, 1);
    loop {
        // Empty lines belong to the record behind them.
        let lead = body.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\n', '\r']).len());
        line += breaks(body, at, at + lead);
        let start = at + lead;
        let mut rest = body.as_bytes().get(at..).unwrap_or_default();
        let (mut n_out, mut n_ends) = (0, 0);
        loop {
            let (result, read, wrote, ended) = reader.read_record(
                rest,
                out.get_mut(n_out..).unwrap_or_default(),
                ends.get_mut(n_ends..).unwrap_or_default(),
            );
            at += read;
            rest = rest.get(read..).unwrap_or_default();
            n_out += wrote;
            n_ends += ended;
            let span = Span::of(base + start..base + at.max(start));
            match result {
                // An empty input tells the reader that this is the end.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    return Err((format!("line {line} is longer than 64 KB"), span));
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err((format!("line {line} has more than {MOST_CELLS} cells"), span));
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(records),
            }
        }
        let ends = ends.get(..n_ends).unwrap_or_default();
        let cells = cells(out.get(..n_out).unwrap_or_default(), ends);
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            let words = body.get(start..at).unwrap_or_default().trim_end();
            records.push(Record { line, span: Span::of(base + start..base + start + words.len()), cells });
        }
        line += breaks(body, start, at);
        if records.len() > MOST_RECORDS {
            return Err((format!("it has more than {MOST_RECORDS} rows"), Span::at(0)));
        }
    }
}

/// How many lines end between two offsets.
fn breaks(body: &str, start: usize, end: usize) -> u32 {
    let between = body.as_bytes().get(start..end).unwrap_or_default();
    u32::try_from(between.iter().filter(|it| **it == b'\n').count()).unwrap_or(u32::MAX)
}

fn cells(out: &[u8], ends: &[usize]) -> Vec<String> {
    let mut start = 0;
    ends.iter()
        .map(|end| {
            let cell = out.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(cell).into_owned()
        })
        .collect()
}

fn delimiter(body: &str) -> u8 {
    let first = body.lines().next().unwrap_or_default();
    let count = |it: u8| first.bytes().filter(|own| *own == it).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|it| count(*it)).unwrap_or(b',')
}
