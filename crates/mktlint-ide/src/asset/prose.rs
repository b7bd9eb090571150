//! Words as Markdown.

/// The most letters of a value that a hover shows.
const MOST_SHOWN: usize = 200;

/// `text` on one line, so that nothing in it is markup; what stands between backticks is code.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('`') {
        let Some((words, after)) = behind.split_once('`') else { break };
        out.push_str(&escaped(before));
        out.push_str(&code(words));
        rest = after;
    }
    out.push_str(&escaped(rest));
    out
}

/// `text` letter by letter, on one line.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(letter);
            }
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// `text` as code within a line, cut when it is long.
pub fn code(text: &str) -> String {
    let line: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let line = cut(&line);
    if line.trim().is_empty() {
        return "(empty)".to_owned();
    }
    let fence = "`".repeat(longest_run(&line) + 1);
    let space = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{line}{space}{fence}")
}

/// `text` as a block of code, at most `most` lines of it.
pub fn block(language: &str, text: &str, most: usize) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let mut shown: Vec<String> = lines.iter().take(most).map(|line| cut(line)).collect();
    if lines.len() > most {
        shown.push("…".to_owned());
    }
    format!("{fence}{language}\n{}\n{fence}", shown.join("\n"))
}

/// The first paragraph of a doc comment, without HTML.
pub fn first_paragraph(docs: &str) -> Option<String> {
    let first = docs.trim().split("\n\n").next()?.replace('<', "&lt;");
    Some(first).filter(|first| !first.is_empty())
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(MOST_SHOWN) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_but_code() {
        assert_eq!(inline("*a* `b*c` <d> `e"), "\\*a\\* `b*c` \\<d\\> \\`e");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(" "), "(empty)");
    }

    #[test]
    fn blocks_are_cut_and_cannot_be_left() {
        assert_eq!(block("mkt", "a\n```\nc\nd\n", 3), "````mkt\na\n```\nc\n…\n````");
    }

    #[test]
    fn docs_are_shown_without_html() {
        assert_eq!(first_paragraph("One <b>.\nTwo.\n\nThree.").as_deref(), Some("One &lt;b>.\nTwo."));
        assert_eq!(first_paragraph(" \n"), None);
    }
}
