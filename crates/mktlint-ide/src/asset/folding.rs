//! What can be folded away in an asset.

use std::collections::BTreeMap;

use mktlint_asset::{Format, PartKind, Value, front_matter, keys, names};
use mktlint_text::{LineIndex, Span};

use crate::AssetFile;
use crate::policy::folding::{Fold, FoldKind};

/// What can be folded away: front matter, what stands below a heading of Markdown, values of records. By the line where
/// it starts, the longest of those that start on one line. HTML is left to the editor, which knows its tags.
pub fn folds(file: &AssetFile) -> Vec<Fold> {
    let text = &file.text;
    let lines = LineIndex::new(text);
    let mut spans: Vec<Span> = Vec::new();
    match file.spec.format {
        Format::Markdown => {
            spans.extend(front_matter(text).map(|(inner, _)| Span::new(0, inner.end())));
            sections(file, &mut spans);
        }
        Format::Json | Format::Yaml | Format::Toml => {
            spans.extend(keys(text, file.spec.format).iter().map(|key| key.name.cover(key.value)));
        }
        _ => {}
    }
    let mut by_line: BTreeMap<u32, Span> = BTreeMap::new();
    for span in spans {
        let first = lines.line(span.start());
        let span = Span::new(span.start(), trimmed(text, span));
        if lines.line(span.end()) > first {
            let known = by_line.entry(first).or_insert(span);
            *known = known.cover(span);
        }
    }
    by_line.into_values().map(|span| Fold { span, kind: FoldKind::Code }).collect()
}

/// The end of `span` without the white space that it ends with.
fn trimmed(text: &str, span: Span) -> u32 {
    span.start() + span.slice(text).trim_end().len() as u32
}

/// From each heading to the next one that is not below it.
fn sections(file: &AssetFile, spans: &mut Vec<Span>) {
    let Some(asset) = file.extraction.assets.first() else { return };
    let mut open: Vec<(i64, u32)> = Vec::new();
    for part in asset.parts.iter().filter(|part| part.kind == PartKind::Heading) {
        let level = match part.field(names::LEVEL) {
            Some(Value::Int(level)) => *level,
            _ => 1,
        };
        while let Some((_, start)) = open.pop_if(|(above, _)| *above >= level) {
            spans.push(Span::new(start, part.span.start()));
        }
        open.push((level, part.span.start()));
    }
    spans.extend(open.into_iter().map(|(_, start)| Span::new(start, file.text.len() as u32)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(text: &str, expected: &[(u32, u32)]) {
        let file = Fixture::new(text).asset();
        let lines = LineIndex::new(&file.text);
        let of = |fold: &Fold| (lines.line(fold.span.start()), lines.line(fold.span.end()));
        assert_eq!(folds(&file).iter().map(of).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn sections_end_where_the_next_one_begins() {
        check(
            "//- blog/a.md\n---\ntitle: x\n---\n\n# A\n\na\n\n## B\n\nb\n\n# C\n\nc\n",
            &[(1, 2), (5, 11), (9, 11), (13, 15)],
        );
    }

    #[test]
    fn values_of_records_fold() {
        check(
            "//- campaign.yaml\nid: a\nsends:\n  - at: 1\n  - at: 2\noffer:\n  end: 3\n",
            &[(2, 4), (5, 6)],
        );
    }
}
