//! Style sheets, as far as they decide what is seen.

use crate::Digest;

/// One declaration of a sheet.
pub struct Declared {
    /// Of what, with the conditions around it: `@media print .a`; empty in an attribute.
    pub selector: String,
    /// In lower case.
    pub property: String,
    /// In one spelling.
    pub value: String,
}

/// Properties that can hide words, or put something over them.
const HIDING: [&str; 28] = [
    "display",
    "visibility",
    "opacity",
    "color",
    "font",
    "font-size",
    "position",
    "left",
    "top",
    "right",
    "bottom",
    "inset",
    "text-indent",
    "height",
    "width",
    "transform",
    "translate",
    "scale",
    "z-index",
    "mso-hide",
    "filter",
    "all",
    "direction",
    "unicode-bidi",
    "mix-blend-mode",
    "-webkit-text-fill-color",
    "content-visibility",
    "size",
];

/// The starts of others.
const HIDING_STARTS: [&str; 6] = ["background", "clip", "overflow", "max-", "mask", "--"];

/// Whether `property` with `value` can hide words, or strike them through.
pub fn may_hide(property: &str, value: &str) -> bool {
    HIDING.contains(&property)
        || HIDING_STARTS.iter().any(|start| property.starts_with(start))
        || property.starts_with("text-decoration") && value.contains("through")
        || property.starts_with("margin") && value.contains('-')
        || property == "line-height" && value.starts_with('0')
}

/// The declarations of a style sheet, or of a `style` attribute; `@import` and its like as a property without a value.
pub fn declarations(text: &str) -> Vec<Declared> {
    let text = without_comments(text);
    let mut found = Vec::new();
    let mut selectors: Vec<String> = Vec::new();
    let mut words = String::new();
    let (mut quote, mut depth) = (None, 0_usize);
    for letter in text.chars().chain([';']) {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = matches!(letter, '{' | '}' | ';') && quote.is_none() && depth == 0;
        if !ends {
            words.push(letter);
            continue;
        }
        let own = std::mem::take(&mut words);
        if letter == '{' {
            let above = selectors.last().map_or("", String::as_str);
            selectors.push(capped(format!("{above} {}", squeezed(&own)).trim()));
            continue;
        }
        found.extend(declared(selectors.last(), &own));
        if letter == '}' {
            selectors.pop();
        }
    }
    // What nobody closes counts as it stands.
    found.extend(declared(selectors.last(), &words));
    found
}

/// Selectors longer than this are said by their digest, since each declaration names its own.
const LONGEST: usize = 1000;

fn capped(selector: &str) -> String {
    if selector.len() > LONGEST { Digest::of(selector.as_bytes()).to_string() } else { selector.to_owned() }
}

/// Whether a selector is so long that the names in it are not known.
pub fn is_capped(selector: &str) -> bool {
    selector.starts_with("sha256:")
}

fn declared(selector: Option<&String>, words: &str) -> Option<Declared> {
    let words = squeezed(words);
    let (property, value) = match words.split_once(':') {
        Some((property, value)) if !words.starts_with('@') => (property, value),
        _ => (words.as_str(), ""),
    };
    let selector = selector.cloned().unwrap_or_default();
    let property = property.trim();
    let is_name = value.is_empty() || property.starts_with("--");
    let property = if is_name { property.to_owned() } else { property.to_ascii_lowercase() };
    let value = value.trim().replace(" !important", "!important");
    (!property.is_empty()).then_some(Declared { selector, property, value })
}

/// `words` with white space as one space, and none around signs.
fn squeezed(words: &str) -> String {
    let mut out = String::new();
    for word in words.split_whitespace() {
        let joins = out.ends_with([',', ':', '>', '(']) || word.starts_with([',', ':', '>', ')']);
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(", ", ",").replace(": ", ":")
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

/// The names that a selector speaks of: `.a`, `#b`, `p`.
pub fn names(selector: &str) -> impl Iterator<Item = &str> {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\\');
    let starts: Vec<usize> = selector
        .char_indices()
        .scan(' ', move |before, (at, letter)| {
            let starts = matches!(letter, '.' | '#')
                || is_name(letter) && !is_name(*before) && !matches!(*before, '.' | '#');
            *before = letter;
            Some(starts.then_some(at))
        })
        .flatten()
        .collect();
    starts.into_iter().filter_map(move |at| {
        let rest = selector.get(at..)?;
        let len = rest
            .char_indices()
            .skip(1)
            .find(|(_, letter)| !is_name(*letter))
            .map_or(rest.len(), |(end, _)| end);
        rest.get(..len)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_taken_apart() {
        let text = "@import url(a:b;c);\n@media print { .a, #b > p { COLOR : red ; content: '};' } }/* x:y */ i{top:0";
        let found: Vec<String> = declarations(text)
            .iter()
            .map(|it| format!("{}|{}|{}", it.selector, it.property, it.value))
            .collect();
        assert_eq!(
            found,
            [
                "|@import url(a:b;c)|",
                "@media print .a,#b>p|color|red",
                "@media print .a,#b>p|content|'};'",
                "i|top|0",
            ]
        );
        assert_eq!(names("@media x .a-b,#c>p").collect::<Vec<_>>(), ["media", "x", ".a-b", "#c", "p"]);
    }
}
