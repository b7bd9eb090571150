//! What a tag prints, and what it prints instead when that is missing.

use mktlint_text::Span;

/// The name and the fallback in `content`, whose first byte stands at `at`.
///
/// ```text
/// first_name | default: "there"        name first_name, fallback there
/// v(@name)                             name @name
/// default customer.name "there"        name customer.name, fallback there
/// ```
pub(super) fn describe(content: &str, at: u32) -> (Span, Option<Span>) {
    let place = |part: &str| Span::of(offset(content, part)..offset(content, part) + part.len()).shift(at);
    let fallback = fallback(content);
    (place(name(content)), fallback.map(place))
}

/// Where `part`, a slice of `whole`, starts in it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

fn name(content: &str) -> &str {
    let words = trim(content);
    if let Some((name, _)) = words.split_once(":default=") {
        return name.trim();
    }
    if let Some(rest) = words.strip_prefix("${") {
        return rest.split('}').next().unwrap_or(rest).trim();
    }
    let first = path(words);
    let rest = words.get(offset(words, first) + first.len()..).unwrap_or_default();
    if let Some(arguments) = rest.strip_prefix('(') {
        return argument(arguments).unwrap_or(first);
    }
    let second = path(rest.trim_start());
    match first {
        "" => words,
        _ if second.is_empty() || !rest.starts_with(' ') => first,
        "or" | "and" | "if" | "else" => first,
        _ if matches!(second, "or" | "and" | "if" | "else" | "in" | "is") => first,
        _ => second,
    }
}

/// `content` without the marks that hug it: `{{- x -}}`, `{{& x}}`, `<%= x -%>`.
fn trim(content: &str) -> &str {
    content
        .trim_start_matches(['-', '~', '&', '=', '.', ' ', '\t', '\n', '\r'])
        .trim_end_matches(['-', '~', '=', ' ', '\t', '\n', '\r'])
}

/// The dotted name that `text` starts with.
fn path(text: &str) -> &str {
    let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '@' | '$' | '-');
    let end = text.find(|letter| !part(letter)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The first argument of a call, quoted or not.
fn argument(arguments: &str) -> Option<&str> {
    let arguments = arguments.trim_start();
    let inner = match quoted(arguments) {
        Some(inner) => inner,
        None => path(arguments),
    };
    Some(inner).filter(|inner| !inner.is_empty())
}

fn fallback(content: &str) -> Option<&str> {
    if let Some(at) = memchr::memmem::find(content.as_bytes(), b"default") {
        return literal_after_default(content.get(at + "default".len()..)?);
    }
    ["||", "??", " or "].into_iter().find_map(|word| {
        let at = memchr::memmem::find(content.as_bytes(), word.as_bytes())?;
        quoted(content.get(at + word.len()..)?.trim_start())
    })
}

fn literal_after_default(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    if let Some(value) = rest.strip_prefix([':', '(', '=']) {
        let value = value.trim_start();
        return quoted(value).or_else(|| value.split(['|', ')', ',']).next().map(trim));
    }
    let first = path(rest);
    let after = rest.get(first.len()..)?.trim_start();
    quoted(after).filter(|_| !first.is_empty())
}

/// The inside of the string that `text` starts with.
fn quoted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    text.get(1..)?.split(mark).next().filter(|inner| inner.len() + 1 < text.len())
}
