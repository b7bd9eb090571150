//! A comment for a pull request, in GitHub's and GitLab's Markdown.

use std::io::{self, Write};

use mktlint_diag::Diagnostic;

use super::words;
use crate::Report;
use crate::text::{Texts, clean};

/// A comment may have 65 536 characters; the rest is for the frame around the rows.
const MAX_BYTES: usize = 50_000;

/// Characters of a message that are shown.
const MAX_MESSAGE: usize = 400;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let counts = report.counts();
    writeln!(out, "### mktlint: {}\n", words::tally(&counts))?;
    let (counted, others): (Vec<_>, Vec<_>) = report.findings.iter().partition(|finding| finding.counts());
    let mut room = MAX_BYTES;
    if !counted.is_empty() {
        write_table(&counted, &texts, &mut room, out)?;
    }
    if !others.is_empty() {
        let n_waived = others.iter().filter(|finding| finding.waived.is_some()).count();
        let others_are = words::uncounted(n_waived, others.len() - n_waived);
        writeln!(out, "<details><summary>{others_are}</summary>\n")?;
        write_table(&others, &texts, &mut room, out)?;
        writeln!(out, "</details>\n")?;
    }
    for note in report.summary.notes.iter().take(10) {
        writeln!(out, "> {}\n", inline(&clean::cut(note, MAX_MESSAGE / 2)))?;
    }
    writeln!(out, "{}", words::summary(report.summary, &counts))
}

fn write_table(
    findings: &[&Diagnostic],
    texts: &Texts<'_>,
    room: &mut usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "| Level | Where | What | Rule |\n|---|---|---|---|")?;
    for (index, finding) in findings.iter().enumerate() {
        let row = row(finding, texts);
        let Some(left) = room.checked_sub(row.len()) else {
            return writeln!(out, "\nand {} more\n", findings.len() - index);
        };
        *room = left;
        writeln!(out, "{row}")?;
    }
    writeln!(out)
}

fn row(finding: &Diagnostic, texts: &Texts<'_>) -> String {
    let mark = words::mark(finding).map(|mark| format!(" ({mark})")).unwrap_or_default();
    let at = escaped(&texts.located(&finding.primary.place));
    let mut what = inline(&clean::cut(&finding.message, MAX_MESSAGE));
    for (word, text) in remarks(finding) {
        what.push_str(&format!("<br>{word}: {}", inline(&clean::cut(&text, MAX_MESSAGE))));
    }
    format!("| {}{mark} | {at} | {what} | <code>{}</code> |", finding.level, escaped(&finding.code))
}

fn remarks(finding: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut remarks = Vec::new();
    remarks.extend(finding.why.iter().map(|why| ("why", why.clone())));
    remarks.extend(finding.help.iter().take(3).map(|help| ("help", help.clone())));
    remarks.extend(finding.fix.iter().map(|fix| ("fix available", words::flag(fix).to_owned())));
    remarks.extend(finding.waived.iter().map(|waived| ("waived", words::waiver(waived))));
    remarks
}

/// `text` on one line of Markdown, with what stands between backticks as code; nothing in it can leave its place, be it
/// a cell of a table.
pub fn inline(text: &str) -> String {
    words::with_code(text, escaped, "&#96;")
}

/// `text` with everything that Markdown, HTML, mentions, issue links or autolinks could be made of as references.
fn escaped(text: &str) -> String {
    let line = clean::line(text);
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' | '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '|' | '~'
            | '@' | '#' | '$' | '!' | '^' | '=' | '{' | '}' | '+' => {
                out.push_str(&format!("&#{};", u32::from(c)))
            }
            _ => out.push(c),
        }
    }
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_backticks_are_code() {
        assert_eq!(inline("`a|b` is `c`"), "<code>a&#124;b</code> is <code>c</code>");
        assert_eq!(inline("odd ` one"), "odd &#96; one");
    }

    #[test]
    fn nothing_is_linked_or_mentioned() {
        assert_eq!(escaped("@team #7 <b> https://x"), "&#64;team &#35;7 &#60;b&#62; https&#58;//x");
    }
}
