//! Records that a change touched.

use mktlint_diag::{Diagnostic, FilePath};

use crate::codes::ledger as codes;
use crate::record::folder::is_record;

/// What a change did to the decisions of its base: each one that it edited or deleted. `base` gives files of the base with
/// their bytes, `head` the bytes that the change has at the same path. Line ends may differ.
pub fn altered<'b>(
    base: impl IntoIterator<Item = (&'b FilePath, &'b [u8])>,
    head: impl Fn(&FilePath) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (file, bytes) in base {
        if !is_record(file) {
            continue;
        }
        match head(file) {
            None => found.push(codes::deleted(file)),
            Some(now) if !is_same(bytes, &now) => found.push(codes::edited_since(file)),
            Some(_) => {}
        }
    }
    found
}

fn is_same(one: &[u8], other: &[u8]) -> bool {
    let plain = |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().filter(|byte| *byte != b'\r').collect() };
    one == other || plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_line_ends_are_no_edit() {
        let files: Vec<FilePath> =
            ["decisions/a/1.toml", "decisions/a/2.toml", "decisions/a/3.toml", "decisions/README.md"]
                .map(FilePath::new)
                .to_vec();
        let base = files.iter().map(|file| (file, &b"a\nb\n"[..]));
        let head = |file: &FilePath| match file.as_str() {
            "decisions/a/1.toml" => Some(b"a\r\nb\r\n".to_vec()),
            "decisions/a/2.toml" => Some(b"a\nc\n".to_vec()),
            _ => None,
        };
        let found: Vec<String> = altered(base, head).into_iter().map(|found| found.message).collect();
        assert_eq!(found, ["this decision of the base was edited", "this decision of the base was deleted"]);
    }
}
