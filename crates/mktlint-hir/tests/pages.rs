//! Every `mkt` fence of the explain pages and of the language reference compiles as it says.
//!
//! A fence above the first `##` of a page belongs to every section below it; in the reference, a fence directly under a
//! `##` belongs to its `###` sections. `// error: [MKT0102] "part of the message"` at the end of a line expects one
//! problem on that line (`warning:` and `info:` likewise); a line without one expects none.

#![allow(clippy::disallowed_methods, reason = "tests read the pages that they test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use mktlint_diag::Diagnostic;
use mktlint_hir::{Database, Document, Source, diagnostics};
use mktlint_text::LineIndex;

/// A fence to compile: where it starts in its page, and its text with what it stands on in front.
struct Fence {
    line: usize,
    text: String,
}

fn fences(page: &str) -> Vec<Fence> {
    let mut shared: BTreeMap<usize, String> = BTreeMap::new();
    let mut depth = 1;
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match &mut open {
            Some((_, text)) if line.trim_end() != "```" => {
                let _ = writeln!(text, "{line}");
            }
            Some(_) => {
                let Some((start, text)) = open.take() else { continue };
                let above: String = shared.range(..depth).map(|(_, text)| text.as_str()).collect();
                found.push(Fence { line: start, text: format!("{above}{text}") });
                if is_shared(page, number, depth) {
                    shared.entry(depth).or_default().push_str(&without_expectations(&text));
                }
            }
            None if line.trim_end() == "```mkt" => open = Some((number, String::new())),
            None if line.starts_with("##") || line.starts_with("# ") => {
                depth = line.bytes().take_while(|byte| *byte == b'#').count();
                shared.retain(|own, _| *own < depth);
            }
            None => {}
        }
    }
    found
}

/// Whether what follows the fence that ends on `line` has deeper headings before the next one as high.
fn is_shared(page: &str, line: usize, depth: usize) -> bool {
    let mut fenced = false;
    for line in page.lines().skip(line) {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if line.starts_with('#') && !fenced {
            return line.bytes().take_while(|byte| *byte == b'#').count() > depth;
        }
    }
    false
}

fn without_expectations(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.split(" // error:").next().unwrap_or(line))).collect()
}

/// What a line expects: level, code, part of the message.
fn expectation(line: &str) -> Option<(&str, &str, &str)> {
    let (level, rest) = ["error", "warning", "info"]
        .iter()
        .find_map(|level| Some((*level, line.split_once(&format!("// {level}: ["))?.1)))?;
    let (code, rest) = rest.split_once(']')?;
    let part = rest.trim().trim_matches('"');
    Some((level, code, part))
}

/// What a fence says and what the compiler says, where they differ.
fn differences(page: &Path, fence: &Fence) -> String {
    let db = Database::default();
    let source = Source {
        path: "policy/main.mkt".into(),
        module: "acme.main".into(),
        text: fence.text.as_str().into(),
    };
    let documents = BTreeMap::from([("evidence/missing.pdf".into(), Document::Absent)]);
    let project = db.project([source], date(2026, 11, 22), documents);
    let lines = LineIndex::new(&fence.text);
    let mut found: Vec<(u32, Diagnostic)> = diagnostics(&db, project, project.modules(&db)["acme.main"])
        .into_iter()
        .filter(|found| found.code != "MKT0115" || fence.text.contains("MKT0115"))
        .map(|found| (lines.line(found.primary.place.span.start()), found))
        .collect();
    let mut out = String::new();
    for (number, line) in (1..).zip(fence.text.lines()) {
        let Some((level, code, part)) = expectation(line) else { continue };
        let at = found.iter().position(|(at, found)| {
            *at == number
                && found.code == code
                && found.level.as_str() == level
                && found.message.contains(part)
        });
        match at {
            Some(at) => {
                found.remove(at);
            }
            None => {
                let _ =
                    writeln!(out, "{}:{}: expected {level} [{code}] \"{part}\"", page.display(), fence.line);
            }
        }
    }
    for (number, found) in found {
        let line = fence.text.lines().nth(number as usize - 1).unwrap_or_default();
        let _ = writeln!(
            out,
            "{}:{}: {} [{}] {} | {line}",
            page.display(),
            fence.line,
            found.level,
            found.code,
            found.message
        );
    }
    out
}

fn check(pages: impl IntoIterator<Item = PathBuf>) {
    let mut out = String::new();
    let mut count = 0;
    for page in pages {
        let text = fs::read_to_string(&page).expect("the page is there");
        for fence in fences(&text) {
            count += 1;
            out.push_str(&differences(&page, &fence));
        }
    }
    assert!(count > 0, "no fence was found");
    assert!(out.is_empty(), "\n{out}");
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn explain_pages_tell_the_truth() {
    let codes = mktlint_hir::codes::CODES.iter().map(|code| here(&format!("explain/{}.md", code.id)));
    check(codes);
}

#[test]
fn every_page_has_a_wrong_and_a_right_example() {
    for code in mktlint_hir::codes::CODES {
        for heading in ["## Wrong", "## Right"] {
            assert!(code.page.contains(heading), "{} has no `{heading}`", code.id);
        }
        assert!(code.page.starts_with(&format!("# {}: ", code.id)), "{} has no title", code.id);
        // A fence is one file, and this problem takes two.
        let needs_two_files = code.slug == "private-declaration";
        let shown = code.page.contains(&format!("[{}]", code.id));
        assert!(shown || needs_two_files, "{} is never shown on its page", code.id);
    }
}

#[test]
fn every_mistake_is_told_at_its_place() {
    check([here("../../tests/language/mistakes.md")]);
}

#[test]
fn the_language_reference_tells_the_truth() {
    let reference = here("../../grammar/reference.md");
    check([reference]);
}
