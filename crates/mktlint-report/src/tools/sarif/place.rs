//! Files and regions in SARIF's words.

use mktlint_diag::{FilePath, Place};
use mktlint_text::Span;
use serde::Serialize;

use super::{Text, text};
use crate::text::{FileText, Texts, Unit};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

impl<'a> Location<'a> {
    /// The location of `place`; `id` is its number among related locations.
    pub(super) fn of(place: &Place, says: &'a str, id: Option<usize>, texts: &Texts<'_>) -> Self {
        let region = Region::of(place.span, texts.get(&place.file).as_deref());
        let physical_location = Physical { artifact_location: Artifact::of(&place.file), region };
        Self { id, physical_location, message: (!says.is_empty()).then(|| text(says)) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

impl Artifact {
    pub(super) fn of(file: &FilePath) -> Self {
        Self { uri: encoded(file), uri_base_id: "SRCROOT" }
    }
}

/// A path as a relative URI reference.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Lines and columns, or bytes when the text is not known.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Region {
    #[serde(rename_all = "camelCase")]
    Text { start_line: u32, start_column: u32, end_line: u32, end_column: u32 },
    #[serde(rename_all = "camelCase")]
    Bytes { byte_offset: u32, byte_length: u32 },
}

impl Region {
    pub(super) fn of(span: Span, file: Option<&FileText>) -> Self {
        let Some(file) = file else {
            return Self::Bytes { byte_offset: span.start(), byte_length: span.len() };
        };
        let span = file.clamp(span);
        let (start, end) = (file.point(span.start(), Unit::Utf16), file.point(span.end(), Unit::Utf16));
        Self::Text {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(encoded("a b/50%:é.md"), "a%20b/50%25%3A%C3%A9.md");
    }
}
