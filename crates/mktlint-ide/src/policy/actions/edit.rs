//! Edits that leave canonical text behind.

use mktlint_diag::Edit;
use mktlint_text::Span;

use super::site::Own;

/// Inserts `text` at `at`.
pub fn insert(at: u32, text: impl Into<String>) -> Edit {
    Edit { span: Span::at(at), text: text.into() }
}

/// Puts `text` in place of `span`.
pub fn replace(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}

/// Takes `span` away.
pub fn remove(span: Span) -> Edit {
    replace(span, "")
}

/// What the text calls a line break.
pub fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where the line of `offset` ends, without its line break.
pub fn line_end(text: &str, offset: u32) -> u32 {
    let rest = text.get(offset as usize..).unwrap_or_default();
    let len = rest.find(['\n', '\r']).unwrap_or(rest.len());
    offset + len as u32
}

/// Where the line of `offset` starts.
fn line_start(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or_default();
    before.rfind(['\n', '\r']).map_or(0, |at| at as u32 + 1)
}

/// Takes a declaration away, with the lines that it alone stands on and one empty line.
pub fn without(text: &str, span: Span) -> Edit {
    let (start, end) = (line_start(text, span.start()), line_end(text, span.end()));
    let is_blank = |span: Span| span.slice(text).trim().is_empty();
    if !is_blank(Span::new(start, span.start())) || !is_blank(Span::new(span.end(), end)) {
        return remove(span);
    }
    let next = behind_break(text, end);
    let is_apart = start == 0 || is_blank(Span::new(line_start(text, start.saturating_sub(1)), start));
    let after = behind_break(text, line_end(text, next));
    let is_followed = after > next && is_blank(Span::new(next, after));
    remove(Span::new(start, if is_apart && is_followed { after } else { next }))
}

fn behind_break(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or_default();
    let len = if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) };
    at + len
}

/// Takes a clause away, with its line where it stands alone on it.
pub fn without_clause(text: &str, own: &Own<'_>, clause: Span) -> Edit {
    let span = own.at(clause);
    let (start, end) = (line_start(text, span.start()), line_end(text, span.end()));
    let before = Span::new(start, span.start()).slice(text);
    let after = Span::new(span.end(), end).slice(text);
    if before.trim().is_empty() && after.trim().is_empty() {
        return remove(Span::new(start, behind_break(text, end)));
    }
    if before.trim_end().ends_with('{') {
        let gap = after.len() - after.trim_start_matches([' ', '\t', ';']).len();
        return remove(Span::new(span.start(), span.end() + gap as u32));
    }
    let gap = before.len() - before.trim_end_matches([' ', '\t', ';']).len();
    remove(Span::new(span.start() - gap as u32, span.end()))
}

/// Adds a clause at the end of the body; a declaration without a body gets one.
pub fn with_clause(text: &str, own: &Own<'_>, clause: &str) -> Edit {
    let newline = line_break(text);
    let Some(body) = &own.tree.body else {
        return insert(own.at(own.tree.span).end(), format!(" {{{newline}  {clause}{newline}}}"));
    };
    let body = own.at(body.span);
    // A body that is still typed has no `}`.
    let is_closed = body.slice(text).ends_with('}');
    let inner = Span::new(body.start() + 1, body.end() - u32::from(is_closed));
    let words = inner.slice(text);
    let close = inner.end();
    if words.contains(['\n', '\r']) {
        let line = line_start(text, close);
        let is_alone = Span::new(line, close).slice(text).trim().is_empty();
        return match is_alone {
            true => insert(line, format!("  {clause}{newline}")),
            false => insert(close, format!("{newline}  {clause}{newline}")),
        };
    }
    let end = inner.start() + words.trim_end().len() as u32;
    let gap = if words.trim().is_empty() { " " } else { "  " };
    replace(Span::new(end, close), format!("{gap}{clause} "))
}

/// Puts a declaration behind `own`, an empty line between.
pub fn behind(text: &str, own: &Own<'_>, declaration: &str) -> Edit {
    let newline = line_break(text);
    let lines = declaration.replace('\n', newline);
    insert(line_end(text, own.span.end()), format!("{newline}{newline}{lines}"))
}

/// Puts a declaration before `own`, an empty line between.
pub fn ahead(text: &str, own: &Own<'_>, declaration: &str) -> Edit {
    let newline = line_break(text);
    let lines = declaration.replace('\n', newline);
    insert(own.span.start(), format!("{lines}{newline}{newline}"))
}

/// Puts a declaration at the end of a file.
pub fn at_end(text: &str, declaration: &str) -> Edit {
    let newline = line_break(text);
    let kept = text.trim_end().len() as u32;
    let gap = if kept == 0 { String::new() } else { format!("{newline}{newline}") };
    let lines = declaration.replace('\n', newline);
    replace(Span::new(kept, text.len() as u32), format!("{gap}{lines}{newline}"))
}

/// `words` as a text of a policy: `"say \"hi\""`.
pub fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for letter in words.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\\' | '{' | '}' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// The words between backticks.
pub fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
