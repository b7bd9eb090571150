//! What holds for every input: places are exact, nothing panics, deep and long files take linear time.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use mktlint_text::{MappedText, PieceKind, Span};
use proptest::prelude::*;

use super::extracted;
use crate::markup::entity::{Decode, unescape};
use crate::{Asset, Context, Extraction, Format, Kind, PartKind, Role, TextRange, Value};

const FORMATS: [(&str, Kind, Format); 7] = [
    ("a.md", Kind::Post, Format::Markdown),
    ("a.mdx", Kind::Post, Format::Markdown),
    ("a.html", Kind::Email, Format::Html),
    ("a.mjml", Kind::Email, Format::Mjml),
    ("a.txt", Kind::Sms, Format::Text),
    ("b.txt", Kind::Email, Format::Text),
    ("a.eml", Kind::Email, Format::Eml),
];

/// Pieces that files are made of, whole and broken.
const WORDS: [&str; 96] = [
    "<p>",
    "</p>",
    "<div hidden>",
    "</div>",
    "<a href=\"https://x.com/?a=1&amp;b\">",
    "</a>",
    "<A HREF=x>",
    "<td>",
    "</td>",
    "<tr>",
    "<table>",
    "</table>",
    "<br>",
    "<h1>",
    "</h1>",
    "<li>",
    "<img src=a alt='b &lt;'>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<!--[if mso]>",
    "<![endif]-->",
    "<!--",
    "-->",
    "<!-- mktlint: waive r -->",
    "<span style=\"font-size:0\">",
    "</span>",
    "<div style='display:none'>",
    "<button>",
    "</button>",
    "<b",
    "\"",
    "'",
    ">",
    "<",
    "&amp;",
    "&nbsp;",
    "&shy;",
    "&notin",
    "&#8217;",
    "&",
    ";",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{a0}",
    "é",
    "日本",
    "😀",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "word",
    "Hi",
    "{{ name }}",
    "{{",
    "}}",
    "{% if a %}",
    "{% endif %}",
    "{%",
    "%}",
    "{# c #}",
    "*|F|*",
    "%%x%%",
    "<%= a %>",
    "{{{x}}}",
    "# ",
    "- ",
    "> ",
    "**",
    "_",
    "`",
    "```\n",
    "[a](https://y.com/\\(b \"t\")",
    "[r]",
    "\n[r]: <z>\n",
    "![i](p.png)",
    "](",
    "| a | b |\n|---|---|\n",
    "---\n",
    "<mj-button href=\"u\">",
    "<mj-preview>",
    "</mj-preview>",
    "import a\n",
    "{a}",
    "<X b={1}>",
    "https://q.com/a.",
    "Subject: =?utf-8?Q?a=C3=A9?=\n",
    "Content-Type: text/html\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "=3D=\n",
    "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
];

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..40).prop_map(|words| words.concat())
}

fn assert_exact(mapped: &MappedText, source: &str) {
    let pieces = mapped.pieces();
    assert_eq!(pieces.first().map_or(0, |piece| piece.decoded), 0);
    let mut last = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let end = pieces.get(index + 1).map_or(mapped.len(), |next| next.decoded);
        assert!(piece.decoded < end, "empty piece in {:?}", mapped.text());
        assert!(piece.source.start() >= last, "backwards in {:?}: {pieces:?}", mapped.text());
        assert!(source.get(piece.source.range()).is_some(), "{:?} is no range of the file", piece.source);
        last = piece.source.start();
        if piece.kind == PieceKind::Verbatim {
            assert_eq!(&mapped.text()[piece.decoded as usize..end as usize], piece.source.slice(source));
        }
    }
}

fn assert_range(asset: &Asset, range: TextRange) {
    let text = asset.text(range.text).expect("the text exists");
    assert!(text.mapped.text().get(range.start as usize..range.end as usize).is_some());
}

fn assert_value(asset: &Asset, value: &Value) {
    match value {
        Value::Text(range) => assert_range(asset, *range),
        Value::List(values) => values.iter().for_each(|value| assert_value(asset, value)),
        _ => {}
    }
}

fn assert_sound(found: &Extraction, source: &str) {
    for asset in &found.assets {
        asset.texts.iter().for_each(|text| assert_exact(&text.mapped, source));
        assert!(asset.texts.iter().skip(1).all(|text| text.role != Role::Body));
        for part in &asset.parts {
            assert!(source.get(part.span.range()).is_some(), "{:?}", part.span);
            part.text.into_iter().for_each(|range| assert_range(asset, range));
            part.fields.iter().for_each(|(_, value)| assert_value(asset, value));
        }
        for directive in &asset.directives {
            assert!(source.get(directive.scope.range()).is_some());
        }
        asset.fields.values().for_each(|field| assert_value(asset, &field.value));
    }
    for problem in &found.problems {
        assert!(source.get(problem.primary.place.span.range()).is_some());
    }
}

/// What the tokenizer makes of `html`: its text, or the value of its attribute.
fn tokenized(html: &str) -> String {
    let mut out = Vec::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
        if let CallbackEvent::String { value } | CallbackEvent::AttributeValue { value } = event {
            out.extend_from_slice(value);
        }
        None::<Infallible>
    });
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn places_are_exact(text in document()) {
        for (path, kind, format) in FORMATS {
            assert_sound(&extracted(path, kind, format, &text), &text);
        }
    }

    #[test]
    fn a_link_decodes_from_its_bytes(text in document()) {
        let found = extracted("a.html", Kind::Email, Format::Html, &text);
        for asset in &found.assets {
            for part in asset.parts.iter().filter(|part| part.kind == PartKind::Link) {
                let Some(Value::Text(url)) = part.field("url") else { continue };
                let own = asset.text(url.text).unwrap();
                let source = asset.source(*url).slice(&text);
                if source.contains(['{', '%', '*']) {
                    continue;
                }
                let html = match own.contexts.first() {
                    Some(Context::HtmlAttribute(Some(quote))) => format!("<a x={quote}{source}{quote}>"),
                    _ => format!("<a x={source}>"),
                };
                prop_assert_eq!(tokenized(&html).replace('\r', ""), own.mapped.text().replace('\r', ""));
            }
        }
    }

    #[test]
    fn references_decode_as_in_browsers(words in prop::collection::vec(prop::sample::select(
        vec!["&", "amp", "not", "in", ";", "#", "x", "1", "128", "lt", "copy", "=", "é", "fjlig", "NotEqualTilde", "a"],
    ), 0..12)) {
        let text = words.concat();
        let mut mapped = MappedText::new();
        unescape(&mut mapped, &text, Span::of(0..text.len()), Decode::Text);
        assert_exact(&mapped, &text);
        prop_assert_eq!(mapped.text(), tokenized(&text));
    }
}

#[test]
fn deep_and_long_files_end() {
    let pieces = [
        "<div>",
        "<a>",
        "<b hidden>",
        "<td>",
        "<table><td>",
        "</div>",
        "<p>",
        "{{",
        "{% comment %}",
        "<%",
        "*|F",
        "%%a",
        "> ",
        "- ",
        "*a",
        "[",
        "![",
        "`",
        "{",
        "<X ",
        "&",
        "&a",
        "<!--[if mso]>",
        "<!--",
        "=?utf-8?Q?",
        "a.",
        "(",
        "\n\n",
        "<span hidden><i>",
        "{{\"{{\"",
        "&notit;",
        "export {\n",
        "{a",
        "{{! ",
        "{{< highlight >}}",
    ];
    for piece in pieces {
        let text = piece.repeat(60_000 / piece.len());
        for (path, kind, format) in FORMATS {
            assert_sound(&extracted(path, kind, format, &text), &text);
        }
    }
}
