//! Edits by example, and by law on generated files.

use mktlint_diag::{Edit, FilePath};
use mktlint_text::{PieceKind, Span};
use proptest::prelude::*;

use super::encode_edit;
use crate::{Asset, Context, FieldSource, Format, Kind, Role, Spec, TextRange, Value, data};

fn extract(kind: Kind, format: Format, text: &str) -> Option<Asset> {
    let mut spec = Spec::new(kind, format);
    spec.delimiter = Some(',');
    spec.fields.insert("subject".into(), FieldSource::Column("Subject".into()));
    let file = FilePath::new("f");
    let found =
        if format == Format::Csv { data::csv(&file, text, &spec) } else { data::tree(&file, text, &spec) };
    found.assets.into_iter().next()
}

fn subject(asset: &Asset) -> Option<TextRange> {
    match asset.fields.get("subject")?.value {
        Value::Text(range) => Some(range),
        _ => None,
    }
}

fn apply(source: &str, edits: &[Edit]) -> String {
    let mut out = source.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

/// Replaces `old` in the subject by `new` and returns the file.
fn replace(format: Format, source: &str, old: &str, new: &str) -> Option<String> {
    let asset = extract(Kind::Email, format, source).unwrap();
    let all = subject(&asset).unwrap();
    let at = asset.slice(all).find(old).unwrap() as u32;
    let range = TextRange { start: at, end: at + old.len() as u32, ..all };
    encode_edit(source, &asset, range, new).map(|edits| apply(source, &edits))
}

#[test]
fn values_are_requoted_when_they_must_be() {
    let check = |format, source, old, new, expected| {
        assert_eq!(replace(format, source, old, new).as_deref(), Some(expected), "{source}");
    };
    check(Format::Csv, "Subject,a\nhello you,1\n", "you", "all", "Subject,a\nhello all,1\n");
    check(Format::Csv, "Subject,a\nhello you,1\n", "you", "you, too", "Subject,a\n\"hello you, too\",1\n");
    check(
        Format::Csv,
        "Subject,a\n\"hello, you\",1\n",
        "you",
        "\"you\"",
        "Subject,a\n\"hello, \"\"you\"\"\",1\n",
    );
    check(Format::Yaml, "subject: Re hello # c\n", "Re ", "", "subject: hello # c\n");
    check(Format::Yaml, "subject: Re hello # c\n", "Re", "Re:", "subject: \"Re: hello\" # c\n");
    check(Format::Yaml, "subject: now true\n", "now ", "", "subject: \"true\"\n");
    check(Format::Yaml, "subject: 'it''s'\n", "it's", "they're", "subject: 'they''re'\n");
    check(Format::Yaml, "subject: |\n  a\n  b\n", "a\nb", "c", "subject: |\n  c\n");
    check(Format::Yaml, "subject: |\n  a\n  b\n", "b", "c\nd", "subject: |\n  a\n  c\n  d\n");
    check(Format::Yaml, "subject: 2026\n", "2026", "2027", "subject: \"2027\"\n");
    check(Format::Json, "{\"subject\": \"a \\u00e9 b\"}", "é", "\"e\"", "{\"subject\": \"a \\\"e\\\" b\"}");
    check(Format::Toml, "subject = 'it is'\n", "it is", "it's", "subject = \"it's\"\n");
}

#[test]
fn what_cannot_be_kept_is_refused() {
    assert_eq!(replace(Format::Yaml, "subject: Hi {{ name }} there\n", "Hi \u{FFFC} there", "x"), None);
    assert_eq!(replace(Format::Yaml, "subject: >\n  a\n  b\n", "a b", "c\nd"), None);
}

#[test]
fn markup_between_words_is_kept() {
    let source = "clinically <b>proven</b>";
    let mut asset = Asset::new("a.html".into(), Kind::Page, Format::Html, Span::of(0..source.len()));
    let mut mapped = mktlint_text::MappedText::new();
    mapped.push_verbatim(source, Span::new(0, 11));
    mapped.push_verbatim(source, Span::new(14, 20));
    let all = asset.add_text(Role::Body, mapped.clone(), vec![Context::HtmlText]);
    let edits = encode_edit(source, &asset, all, "tested & good").unwrap();
    assert_eq!(apply(source, &edits), "tested &amp; good<b></b>");
    let all = asset.add_text(Role::Body, mapped, vec![Context::Markdown]);
    assert_eq!(encode_edit(source, &asset, all, "tested"), None);
}

/// A file with one subject, written in one of the ways its format knows.
fn file() -> impl Strategy<Value = (Format, String)> {
    let words = "[a-c,:#'\"\\\\ é\u{1F600}\\-\\n]{1,12}";
    prop_oneof![
        words.prop_map(|text| (Format::Csv, format!("Subject,b\n\"{}\",x\n", text.replace('"', "\"\"")))),
        "[a-c: #'é]{1,12}".prop_map(|text| (Format::Csv, format!("b,Subject\nx,q{text}\n"))),
        words.prop_map(|text| (Format::Json, serde_json::json!({ "subject": text }).to_string())),
        words.prop_map(|text| (Format::Yaml, format!("subject: {}\n", serde_json::json!(text)))),
        "[a-c:#,\"\\- é]{1,12}".prop_map(|text| (Format::Yaml, format!("subject: q{text}\n"))),
        "[a-c:#,\"\\- é']{1,12}"
            .prop_map(|text| (Format::Yaml, format!("x: [{{subject: '{}'}}]\n", text.replace('\'', "''")))),
        "[a-c:#,\" é]{1,12}".prop_map(|text| (Format::Toml, format!("subject = '{text}'\n"))),
        "q[a-c:#,\" é\\n]{1,12}q".prop_map(|text| (
            Format::Yaml,
            format!("subject: |-\n  {}\nb: 1\n", text.replace('\n', "\n  "))
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// After the edits the file says what was meant, and nothing else changed.
    #[test]
    fn an_edit_is_read_back((format, source) in file(), cut in any::<[prop::sample::Index; 2]>(), new in "[a:, #'\"\\\\é\\n\\-]{0,6}") {
        let Some(asset) = extract(Kind::Email, format, &source) else { return Ok(()) };
        let Some(all) = subject(&asset) else { return Ok(()) };
        let words = asset.slice(all).to_owned();
        let places: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
        let mut ends = cut.map(|index| places[index.index(places.len())]);
        ends.sort_unstable();
        let range = TextRange { start: ends[0] as u32, end: ends[1] as u32, ..all };
        let Some(edits) = encode_edit(&source, &asset, range, &new) else { return Ok(()) };
        let edited = apply(&source, &edits);
        let meant = format!("{}{new}{}", &words[..ends[0]], &words[ends[1]..]);
        let asset = extract(Kind::Email, format, &edited);
        let read = asset.as_ref().and_then(|asset| Some(asset.slice(subject(asset)?)));
        // A cell of white space counts as empty.
        if !meant.trim().is_empty() {
            prop_assert_eq!(read.unwrap_or_default(), meant, "{} became {}", source, edited);
        }
    }

    #[test]
    fn cells_are_those_of_csv_core(text in "[a,\"\\n\\r é]{0,24}") {
        let source = format!("Subject,b\n{text}");
        let file = FilePath::new("f");
        let mut spec = Spec::new(Kind::Email, Format::Csv);
        spec.delimiter = Some(',');
        let found = data::csv(&file, &source, &spec);
        let unclosed = found.problems.iter().any(|problem| problem.code == "MKT0705");
        if !unclosed {
            let shown = found.assets.iter().map(|asset| {
                asset.fields.get("subject").and_then(|field| match field.value {
                    Value::Text(range) => Some(asset.slice(range).to_owned()),
                    _ => None,
                }).unwrap_or_default()
            });
            let blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
            let rows = reference(&text).into_iter().filter(|row| !blank(row));
            let expected: Vec<String> = rows.map(|row| row.into_iter().next().filter(|cell| !cell.trim().is_empty()).unwrap_or_default()).collect();
            prop_assert_eq!(shown.collect::<Vec<_>>(), expected);
        }
    }

    /// Whatever the bytes, extraction ends, and every text keeps its map.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..64), text in "[a-b:,\\[\\]{}\"'|>&*#!\\n \\-=<é]{0,48}") {
        let decoded = crate::decode_legacy(&bytes);
        for text in [&*decoded.text, &text] {
            for format in [Format::Csv, Format::Json, Format::Yaml, Format::Toml] {
                for kind in [Kind::Campaign, Kind::Email, Kind::Ad] {
                    let Some(asset) = extract(kind, format, text) else { continue };
                    for own in &asset.texts {
                        prop_assert!(own.mapped.source(0..own.mapped.len()).end() as usize <= text.len());
                        let fits = |at: u32| text.is_char_boundary(at as usize);
                        let mut pieces = own.mapped.pieces().iter().filter(|piece| piece.kind != PieceKind::Inserted);
                        prop_assert!(pieces.all(|piece| fits(piece.source.start()) && fits(piece.source.end())));
                    }
                }
            }
        }
    }
}

/// The rows that the `csv-core` crate reads.
fn reference(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv_core::Reader::new();
    let mut output = vec![0; text.len() + 8];
    let mut ends = vec![0; text.len() + 8];
    let mut input = text.as_bytes();
    let mut rows = Vec::new();
    let (mut written, mut fields) = (0, 0);
    loop {
        let (result, read, wrote, ended) =
            reader.read_record(input, &mut output[written..], &mut ends[fields..]);
        input = &input[read..];
        written += wrote;
        fields += ended;
        match result {
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let cells = starts.zip(&ends[..fields]);
                rows.push(
                    cells
                        .map(|(from, to)| String::from_utf8_lossy(&output[from..*to]).into_owned())
                        .collect(),
                );
                (written, fields) = (0, 0);
            }
            csv_core::ReadRecordResult::End => return rows,
            _ => {}
        }
    }
}
