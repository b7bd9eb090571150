//! Template tags in running text.

use mktlint_asset::{Asset, PartKind as Found, TextRange, Value, names};

use super::normal;

/// What stands for a range of a text when it is quoted.
pub struct Stand {
    /// The range.
    pub range: TextRange,
    /// What stands for it.
    pub words: String,
}

/// The template tags of `asset` that show in a text, each with its normal form; in order, of two that start together the
/// longer first.
pub fn tags(asset: &Asset) -> Vec<Stand> {
    let tags = asset.parts.iter().filter(|part| matches!(part.kind, Found::MergeTag | Found::ControlTag));
    let shown = tags.filter_map(|tag| {
        let range = tag.text.filter(|range| range.start < range.end)?;
        Some(Stand { range, words: squeezed(field(asset, tag, names::SOURCE)?) })
    });
    shown.collect()
}

/// The control tags that show in no text: where they stand in the file, and their normal form.
pub fn hidden(asset: &Asset) -> Vec<(mktlint_text::Span, String)> {
    let is_hidden = |part: &&mktlint_asset::Part| {
        part.kind == Found::ControlTag && part.text.is_none_or(|range| range.start == range.end)
    };
    let controls = asset.parts.iter().filter(is_hidden);
    controls
        .filter_map(|tag| Some((tag.span, normal::text(&squeezed(field(asset, tag, names::SOURCE)?)))))
        .collect()
}

fn field<'a>(asset: &'a Asset, part: &mktlint_asset::Part, name: &str) -> Option<&'a str> {
    match part.field(name)? {
        Value::Text(range) => Some(asset.slice(*range)),
        _ => None,
    }
}

/// `words` with the white space inside template tags reduced to what keeps words apart: `{{ name | default: "x y" }}` is
/// `{{name|default:"x y"}}`. Outside of tags nothing changes.
pub fn squeezed(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut quote = None;
    let mut is_open = false;
    let mut gap = false;
    for letter in words.chars() {
        let is_space = letter.is_whitespace() && quote.is_none();
        if is_open && is_space {
            gap = true;
            continue;
        }
        let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '"' | '\'');
        if std::mem::take(&mut gap) && out.ends_with(joins) && joins(letter) {
            out.push(' ');
        }
        match (letter, quote) {
            ('"' | '\'', None) if is_open => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            ('{' | '%' | '|', None) if out.ends_with(['{', '<', '*', '%']) => is_open = true,
            ('}' | '>' | '*', None) if out.ends_with(['}', '%', '|']) => is_open = false,
            _ => {}
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_inside_tags_do_not_count() {
        for (written, expected) in [
            (r#"{{ first_name | default: "dear friend" }}"#, r#"{{first_name|default:"dear friend"}}"#),
            ("{%  if vip  and  x %}", "{%if vip and x%}"),
            ("*| FNAME |*", "*|FNAME|*"),
            ("a b {{ c }} d e", "a b {{c}} d e"),
            ("100% of a b", "100% of a b"),
        ] {
            assert_eq!(squeezed(written), expected, "{written}");
        }
    }
}
