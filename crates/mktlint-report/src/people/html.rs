//! One page that needs nothing else: no script, no network, light and dark.

use std::io::{self, Write};

use mktlint_diag::{Diagnostic, FilePath};

use super::words;
use crate::excerpt::{Change, Row, changes, excerpt};
use crate::model::Report;
use crate::text::{Texts, clean};

/// Columns of source text in an excerpt.
const WIDTH: usize = 110;

const HEAD: &str = include_str!("html/head.html");

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let counts = report.counts();
    out.write_all(HEAD.as_bytes())?;
    writeln!(out, "<header><h1>mktlint: {}</h1>", words::tally(&counts))?;
    writeln!(out, "<p>{}</p>", escaped(&words::summary(report.summary, &counts)))?;
    for note in &report.summary.notes {
        writeln!(out, "<p>{}</p>", inline(note))?;
    }
    writeln!(out, "</header>\n<main>")?;
    for section in report.findings.chunk_by(|a, b| a.primary.place.file == b.primary.place.file) {
        write_section(section, &texts, out)?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn write_section(findings: &[Diagnostic], texts: &Texts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let file = findings.first().map_or("", |finding| &finding.primary.place.file);
    writeln!(out, "<section>\n<h2>{}</h2>", escaped(file))?;
    for finding in findings {
        out.write_all(article(finding, texts).as_bytes())?;
    }
    writeln!(out, "</section>")
}

fn article(finding: &Diagnostic, texts: &Texts<'_>) -> String {
    let mark = words::mark(finding).map(|mark| format!(" <em>{mark}</em>")).unwrap_or_default();
    let class = words::mark(finding).unwrap_or(finding.level.as_str());
    let mut out = format!("<article class=\"{class}\">\n");
    let (level, code, message) = (finding.level, escaped(&finding.code), inline(&finding.message));
    out.push_str(&format!("<h3><b>{level}</b>{mark} {message}</h3>\n"));
    let at = escaped(&texts.located(&finding.primary.place));
    out.push_str(&format!("<p class=\"at\">{at} <code>{code}</code></p>\n"));
    out.push_str(&frames(finding, texts));
    out.push_str(&remarks(finding, texts));
    out.push_str("</article>\n");
    out
}

fn frames(finding: &Diagnostic, texts: &Texts<'_>) -> String {
    let mut out = String::new();
    for (index, frame) in excerpt(finding, texts, WIDTH).frames.iter().enumerate() {
        let at = frame.at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        if index > 0 {
            out.push_str(&format!("<p class=\"at\">{}{at}</p>\n", escaped(frame.file)));
        }
        // A block that scrolls must be reachable with the keyboard.
        out.push_str("<pre tabindex=\"0\">");
        frame.rows.iter().for_each(|row| out.push_str(&source(row)));
        frame.loose.iter().for_each(|text| out.push_str(&format!("{}\n", escaped(text))));
        out.push_str("</pre>\n");
    }
    out
}

/// A row with its marks; where marks overlap, the later one starts where the earlier ends.
fn source(row: &Row<'_>) -> String {
    let mut out = String::new();
    if row.gap {
        out.push_str("<i>…</i>\n");
    }
    out.push_str(&format!("<i>{:>4}</i> ", row.line));
    let text = |from: usize, to: usize| escaped(row.text.get(from..to).unwrap_or_default());
    let mut at = 0;
    for mark in &row.marks {
        let (start, end) = (mark.bytes.start.max(at), mark.bytes.end.max(at));
        let class = if mark.label == 0 { "" } else { " class=\"also\"" };
        out.push_str(&format!("{}<mark{class}>{}</mark>", text(at, start), text(start, end)));
        if !mark.text.is_empty() {
            out.push_str(&format!("<small> {} </small>", inline(mark.text)));
        }
        at = end;
    }
    out.push_str(&format!("{}\n", text(at, row.text.len())));
    out
}

fn remarks(finding: &Diagnostic, texts: &Texts<'_>) -> String {
    let mut items: Vec<(&str, String)> = Vec::new();
    items.extend(finding.notes.iter().map(|note| ("note", note.clone())));
    items.extend(finding.why.iter().map(|why| ("why", why.clone())));
    items.extend(finding.help.iter().map(|help| ("help", help.clone())));
    let fix = finding.fix.as_ref();
    items.extend(fix.map(|fix| ("fix", format!("{} ({})", fix.title, words::flag(fix)))));
    let waived = finding.waived.as_ref();
    items
        .extend(waived.map(|it| ("waived", format!("{} ({})", words::waiver(it), texts.located(&it.place)))));
    let mut out = String::new();
    if !items.is_empty() {
        let item = |(word, text): &(&str, String)| format!("<dt>{word}</dt><dd>{}</dd>\n", inline(text));
        out = format!("<dl>\n{}</dl>\n", items.iter().map(item).collect::<String>());
    }
    if let Some(fix) = fix {
        out.push_str(&changed(&fix.file, &changes(fix, texts, WIDTH)));
    }
    out
}

fn changed(file: &FilePath, changes: &[Change]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let mut out = format!("<pre tabindex=\"0\" aria-label=\"change to {}\">", escaped(file));
    for change in changes {
        let removed = change.removed.iter().map(|line| format!("<del>- {}</del>\n", escaped(line)));
        let added = change.added.iter().map(|line| format!("<ins>+ {}</ins>\n", escaped(line)));
        out.extend(removed.chain(added));
    }
    out.push_str("</pre>\n");
    out
}

/// `text` with what stands between backticks as code.
fn inline(text: &str) -> String {
    words::with_code(text, escaped, "`")
}

fn escaped(text: &str) -> String {
    let line = clean::line(text);
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
