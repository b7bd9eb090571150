//! Where the keys and cells of a file stand, for whoever looks at a place in it.

use mktlint_text::Span;
use smol_str::{SmolStr, format_smolstr};

use crate::data::{self, Node, Shape, snake};
use crate::decode::after_mark;
use crate::{Format, Kind, markup};

/// A key of a record, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name in snake case behind those of the records around it: `offer.start`. Lists add nothing: `sends.at`.
    pub path: SmolStr,
    /// The bytes of the key.
    pub name: Span,
    /// The bytes of the value, quotes and brackets included; empty when there is none.
    pub value: Span,
}

/// The keys of a JSON, YAML or TOML file, or of the front matter of any other, in order of position; those of a file that
/// is half typed as far as it can be read.
pub fn keys(text: &str, format: Format) -> Vec<Key> {
    let is_tree = matches!(format, Format::Json | Format::Yaml | Format::Toml);
    let whole = Span::of(after_mark(text) as usize..text.len());
    let Some((span, format)) = (if is_tree { Some((whole, format)) } else { front_matter(text) }) else {
        return Vec::new();
    };
    let tree = data::parse(text, span, format);
    let mut keys = Vec::new();
    tree.documents.iter().for_each(|document| collect(document, "", &mut keys));
    keys.sort_by_key(|key| key.name.start());
    keys
}

/// The front matter of a file, without its fences, and how it is written; `None` when a fence is missing.
pub fn front_matter(text: &str) -> Option<(Span, Format)> {
    markup::matter(text, after_mark(text)).map(|matter| (matter.inner, matter.format))
}

fn collect(node: &Node, above: &str, keys: &mut Vec<Key>) {
    match &node.shape {
        Shape::Record(entries) => {
            for entry in entries {
                let key = snake(&entry.key);
                let path = if above.is_empty() { key } else { format_smolstr!("{above}.{key}") };
                collect(&entry.value, &path, keys);
                keys.push(Key { path, name: entry.key_span, value: entry.value.span });
            }
        }
        Shape::List(items) => items.iter().for_each(|item| collect(item, above, keys)),
        _ => {}
    }
}

/// The cells of each row of a CSV file, quotes included, the header first; rows without a letter are left out.
/// `delimiter` is found out when it is `None`.
pub fn rows(text: &str, delimiter: Option<char>) -> impl Iterator<Item = Vec<Span>> {
    data::rows(text, delimiter)
}

/// Every name that a key or a header may have for each field of a `kind`, in snake case; the first is the field's own.
pub fn usual_names(kind: Kind) -> impl Iterator<Item = &'static [&'static str]> {
    data::usual_names(kind)
}

/// The field of a `kind` that `key` usually holds: of an email `subject` for `Subject line`, of an ad
/// `headlines` for `Headline 3`. `None` when it is no usual
/// key.
pub fn usual_field(kind: Kind, key: &str) -> Option<&'static str> {
    data::usual_field(kind, &snake(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, format: Format, expected: &[(&str, &str, &str)]) {
        let found = keys(text, format);
        let shown: Vec<_> = found
            .iter()
            .map(|key| (key.path.as_str(), key.name.slice(text), key.value.slice(text)))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn keys_have_those_around_them() {
        let expected = [("id", "id", "a"), ("offer", "offer", "{End: 1}"), ("offer.end", "End", "1")];
        check("id: a\noffer: {End: 1}\n", Format::Yaml, &expected);
        check("---\nid: a\n---\nid: b\n", Format::Markdown, &[("id", "id", "a")]);
        check("sends:\n  - at: 1\n", Format::Yaml, &[("sends", "sends", "- at: 1"), ("sends.at", "at", "1")]);
        check("[a]\nb = 1\n", Format::Toml, &[("a", "a", "[a]"), ("a.b", "b", "1")]);
        check("{\"a\": {\"b\": []}}", Format::Json, &[("a", "\"a\"", "{\"b\": []}"), ("a.b", "\"b\"", "[]")]);
        check("no front matter", Format::Markdown, &[]);
    }

    #[test]
    fn cells_keep_their_quotes() {
        let text = "Subject;Body\n\n\"a;b\";c\n";
        let shown: Vec<Vec<&str>> =
            rows(text, None).map(|row| row.iter().map(|cell| cell.slice(text)).collect()).collect();
        assert_eq!(shown, [vec!["Subject", "Body"], vec!["\"a;b\"", "c"]]);
    }

    #[test]
    fn fields_go_by_many_names() {
        assert_eq!(usual_field(Kind::Email, "Subject line"), Some("subject"));
        assert_eq!(usual_field(Kind::Campaign, "Region"), Some("regions"));
        assert_eq!(usual_field(Kind::Ad, "Headline 3"), Some("headlines"));
        assert_eq!(usual_field(Kind::Email, "colour"), None);
    }
}
