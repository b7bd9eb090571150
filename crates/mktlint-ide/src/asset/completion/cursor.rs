//! Where among keys and values somebody types, in text that need not be whole.

mod flow;
mod lines;

use mktlint_asset::Format;
use mktlint_text::Span;

/// What stands at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A key, or an item of a list that may become one.
    Key,
    /// A value.
    Value,
}

/// A place among keys and values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The keys around, outermost first; of a value its own key too.
    pub path: Vec<String>,
    /// What stands there.
    pub spot: Spot,
    /// Whether it is an item of a list, or starts one.
    pub in_list: bool,
    /// The letters typed so far.
    pub word: Span,
    /// The quote in front of them.
    pub quote: Option<char>,
    /// The other keys of the same record.
    pub siblings: Vec<String>,
}

/// Where `offset` is, in the part of a file at `region` that is written in `format`; `None` in a comment, and where no
/// key or value can stand.
pub fn cursor(text: &str, region: Span, format: Format, offset: u32) -> Option<Cursor> {
    match format {
        Format::Json => flow::cursor(text, region, offset, Vec::new(), flow::Comments::Slashes),
        Format::Yaml => lines::yaml(text, region, offset),
        Format::Toml => lines::toml(text, region, offset),
        _ => None,
    }
}

/// The letters from `start` to `offset`, without the white space and the quote in front of them, and that quote.
fn typed(text: &str, start: u32, offset: u32) -> (Span, Option<char>) {
    let written = Span::new(start.min(offset), offset).slice(text);
    let start = offset - written.trim_start().len() as u32;
    let quote = written.trim_start().chars().next().filter(|letter| matches!(letter, '"' | '\''));
    (Span::new(start + u32::from(quote.is_some()), offset), quote)
}

/// A key as it is written, without quotes, in lower case.
fn key(written: &str) -> String {
    written.trim().trim_matches(['"', '\'']).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of `$0`: path, what stands there, the letters typed, the siblings.
    #[track_caller]
    fn check(format: Format, text: &str, expected: Option<(&str, Spot, bool, &str, &str)>) {
        let offset = text.find("$0").expect("a cursor");
        let text = text.replace("$0", "");
        let found = cursor(&text, Span::of(0..text.len()), format, offset as u32);
        let shown = found.map(|it| {
            let word = it.word.slice(&text).to_owned();
            (it.path.join("."), it.spot, it.in_list, word, it.siblings.join(" "))
        });
        let expected = expected.map(|(path, spot, in_list, word, siblings)| {
            (path.to_owned(), spot, in_list, word.to_owned(), siblings.to_owned())
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn yaml_by_its_lines() {
        use Spot::{Key, Value};
        check(Format::Yaml, "$0", Some(("", Key, false, "", "")));
        check(Format::Yaml, "id: a\npur$0\nname: b\n", Some(("", Key, false, "pur", "id name")));
        check(
            Format::Yaml,
            "id: a\noffer:\n  end: 1\nname: b\n$0",
            Some(("", Key, false, "", "id offer name")),
        );
        check(Format::Yaml, "id: a\npurpose: mar$0\n", Some(("purpose", Value, false, "mar", "")));
        check(Format::Yaml, "id: a\npurpose: \"mar$0\"\n", Some(("purpose", Value, false, "mar", "")));
        check(Format::Yaml, "channel:\n  - email\n  - s$0\n", Some(("channel", Key, true, "s", "")));
        check(Format::Yaml, "channel:\n- email\n- s$0\n", Some(("channel", Key, true, "s", "")));
        check(
            Format::Yaml,
            "sends:\n  - at: 1\n    ch$0\n  - id: 2\n",
            Some(("sends", Key, false, "ch", "at")),
        );
        check(Format::Yaml, "sends:\n  - channel: e$0\n", Some(("sends.channel", Value, false, "e", "")));
        check(Format::Yaml, "offer:\n  start: 1\n  e$0\nid: x\n", Some(("offer", Key, false, "e", "start")));
        check(Format::Yaml, "a:\n  b:\n    c: $0\n", Some(("a.b.c", Value, false, "", "")));
        check(Format::Yaml, "# no$0\n", None);
        check(Format::Yaml, "id: a # no$0\n", None);
    }

    #[test]
    fn yaml_in_brackets() {
        use Spot::{Key, Value};
        check(Format::Yaml, "channel: [email, s$0]\n", Some(("channel", Value, true, "s", "")));
        check(Format::Yaml, "audience: {email: v$0}\n", Some(("audience.email", Value, false, "v", "")));
        check(
            Format::Yaml,
            "sends:\n  - {channel: email, a$0, id: 1}\n",
            Some(("sends", Key, false, "a", "channel id")),
        );
    }

    #[test]
    fn toml_by_tables_and_brackets() {
        use Spot::{Key, Value};
        check(Format::Toml, "id = \"a\"\npur$0\n", Some(("", Key, false, "pur", "id")));
        check(Format::Toml, "purpose = \"mar$0\"\n", Some(("purpose", Value, false, "mar", "")));
        check(Format::Toml, "id = 1\n[offer]\nstart = 1\ne$0\n", Some(("offer", Key, false, "e", "start")));
        check(Format::Toml, "[[sends]]\nchannel = \"e$0\"\n", Some(("sends.channel", Value, false, "e", "")));
        check(
            Format::Toml,
            "channel = [\n  \"email\",\n  \"s$0\n]\n",
            Some(("channel", Value, true, "s", "")),
        );
        check(Format::Toml, "sender = { name = \"a\", ad$0 }\n", Some(("sender", Key, false, "ad", "name")));
        check(Format::Toml, "# x$0\n", None);
        check(Format::Toml, "[se$0\n", None);
    }

    #[test]
    fn json_by_brackets() {
        use Spot::{Key, Value};
        check(Format::Json, "{\"id\": \"a\", \"pu$0\"", Some(("", Key, false, "pu", "id")));
        check(Format::Json, "{$0}", Some(("", Key, false, "", "")));
        check(
            Format::Json,
            "{\"purpose\": \"m$0\", \"id\": {\"x\": 1}, \"name\": 2}",
            Some(("purpose", Value, false, "m", "")),
        );
        check(Format::Json, "{\"a\": {\"b\": 1, $0}, \"c\": 2}", Some(("a", Key, false, "", "b")));
        check(Format::Json, "{\"a\": 1, $0, \"c\": {\"d\": 2}}", Some(("", Key, false, "", "a c")));
        check(Format::Json, "{\"channel\": [\"email\", \"s$0\"]}", Some(("channel", Value, true, "s", "")));
        check(Format::Json, "{\"sends\": [{\"at\": 1}, {\"ch$0\"}]}", Some(("sends", Key, false, "ch", "")));
        check(Format::Json, "{\"a\": \"x, {\\\"$0\"}", Some(("a", Value, false, "x, {\\\"", "")));
        check(Format::Json, "{ // \"x$0\n}", None);
        check(Format::Json, "{/* $0 */}", None);
        check(Format::Json, "$0", None);
        check(Format::Json, "{} $0", None);
    }
}
