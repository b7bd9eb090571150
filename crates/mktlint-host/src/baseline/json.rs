//! The text of a baseline: JSON with one finding on each line, so that lines of two branches go together.

use std::fmt::Write as _;

use mktlint_check::Baseline;
use mktlint_diag::FilePath;
use serde::Deserialize;
use smol_str::SmolStr;

/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// The longest text that is read: 64 MiB, a few hundred thousand findings.
pub const MAX_BYTES: usize = 64 << 20;

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is longer than [`MAX_BYTES`].
    TooLarge,
    /// Both sides of a merge stand in it, the first from this byte on.
    Conflict(usize),
    /// It was written by a version that counts differently.
    Version(u64),
    /// It is not what this tool writes: on this line and column, for this reason.
    Malformed {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// In plain words.
        reason: String,
    },
}

#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u64,
    findings: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: SmolStr,
    print: SmolStr,
    #[serde(default = "once")]
    count: u32,
}

fn once() -> u32 {
    1
}

/// The baseline that `text` holds.
pub fn read(text: &str) -> Result<Baseline, Unfit> {
    if text.len() > MAX_BYTES {
        return Err(Unfit::TooLarge);
    }
    if let Some(at) = conflict(text) {
        return Err(Unfit::Conflict(at));
    }
    // A version that counts differently may have other fields, too.
    if let Ok(Versioned { version }) = serde_json::from_str(text)
        && version != VERSION
    {
        return Err(Unfit::Version(version));
    }
    let document: Document = serde_json::from_str(text).map_err(|error| malformed(&error))?;
    let mut baseline = Baseline::default();
    for entry in document.findings {
        baseline.add(FilePath::new(&entry.path), (entry.rule, entry.print), entry.count.max(1));
    }
    Ok(baseline)
}

/// The text of `baseline`: by path, rule and words.
pub fn write(baseline: &Baseline) -> String {
    let mut text = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
    for (at, (file, (rule, print), count)) in baseline.iter().enumerate() {
        let [file, rule, print] =
            [file.as_str(), rule, print].map(|it| serde_json::Value::from(it).to_string());
        let count = if count > 1 { format!(", \"count\": {count}") } else { String::new() };
        let comma = if at == 0 { "" } else { "," };
        let _ =
            write!(text, "{comma}\n    {{ \"path\": {file}, \"rule\": {rule}, \"print\": {print}{count} }}");
    }
    text.push_str(if baseline.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
    text
}

/// The first byte of the first line that git leaves between two sides.
fn conflict(text: &str) -> Option<usize> {
    let is_mark = |line: &str| ["<<<<<<< ", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        is_mark(line).then_some(start)
    })
}

fn malformed(error: &serde_json::Error) -> Unfit {
    let words = error.to_string();
    let reason = words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason);
    Unfit::Malformed { line: error.line(), column: error.column(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "version": 1,
  "findings": [
    { "path": "a.md", "rule": "acme.no_free", "print": "0011223344556677", "count": 2 },
    { "path": "b \"x\".md", "rule": "MKT0520", "print": "8899aabbccddeeff" }
  ]
}
"#;

    #[test]
    fn what_is_written_is_read_and_written_alike() {
        let baseline = read(TEXT).expect("it is sound");
        assert_eq!(baseline.len(), 3);
        assert_eq!(write(&baseline), TEXT);
        assert_eq!(read(&write(&Baseline::default())), Ok(Baseline::default()));
    }

    #[test]
    fn lines_of_both_sides_go_together() {
        let line =
            "    { \"path\": \"a.md\", \"rule\": \"acme.no_free\", \"print\": \"0011223344556677\" },\n";
        let both = TEXT.replacen("    {", &format!("{line}    {{"), 1);
        assert_eq!(read(&both), read(TEXT));
    }

    #[test]
    fn what_is_no_baseline_says_why() {
        let why = |text: &str| read(text).expect_err("it is not sound");
        assert_eq!(why("{\n<<<<<<< HEAD\n"), Unfit::Conflict(2));
        assert_eq!(why(r#"{"version": 2, "entries": {}}"#), Unfit::Version(2));
        let half = why("{\n  \"version\": 1,\n  \"fin");
        assert!(matches!(half, Unfit::Malformed { line: 3, .. }), "{half:?}");
        let unknown =
            why(r#"{"version": 1, "findings": [{"path": "a", "rule": "r", "print": "p", "line": 3}]}"#);
        assert!(matches!(unknown, Unfit::Malformed { line: 1, .. }), "{unknown:?}");
        assert!(matches!(why("[]"), Unfit::Malformed { .. }));
        assert!(matches!(why(&"[".repeat(100_000)), Unfit::Malformed { .. }));
    }
}
