//! What stands behind a backslash.

/// The escape of `letter`, with the `rest` behind it, and how many bytes of `rest` belong to it.
///
/// # Errors
///
/// Says what a pattern cannot do.
pub(super) fn escape(letter: char, rest: &str, in_class: bool) -> Result<(String, usize), String> {
    let kept = |taken: usize| {
        let arguments = rest.get(..taken).unwrap_or_default();
        Ok((format!("\\{letter}{arguments}"), taken))
    };
    match letter {
        'b' if in_class => Ok(("\\x08".to_owned(), 0)),
        'b' | 'B' | 'A' | 'z' if !in_class => kept(0),
        'd' | 'D' | 'w' | 'W' | 's' | 'S' | 't' | 'n' | 'r' | 'f' | 'v' => kept(0),
        'Z' if !in_class => Ok(("\\z".to_owned(), 0)),
        'e' => Ok(("\\x1B".to_owned(), 0)),
        'a' => Ok(("\\x07".to_owned(), 0)),
        'x' | 'u' | 'U' => kept(number(letter, rest)),
        'p' | 'P' => property(rest).map(|taken| (format!("\\{letter}{}", &rest[..taken]), taken)),
        '0' => Ok(("\\x00".to_owned(), 0)),
        '1'..='9' => Err("it refers back to a group".to_owned()),
        'k' if !in_class => Err("it refers back to a group".to_owned()),
        'G' => Err("`\\G` asks where the last match ended".to_owned()),
        'Q' | 'E' => Err(format!("`\\{letter}` quotes a part of it")),
        _ if in_class => Ok((in_brackets(letter), 0)),
        _ => Ok((literal(letter), 0)),
    }
}

/// How many bytes behind `\x`, `\u` or `\U` name the character.
fn number(letter: char, rest: &str) -> usize {
    if rest.starts_with('{') {
        return rest.find('}').map_or(0, |end| end + 1);
    }
    let most = match letter {
        'x' => 2,
        'u' => 4,
        _ => 8,
    };
    rest.bytes().take(most).take_while(u8::is_ascii_hexdigit).count()
}

/// How many bytes behind `\p` name the class: `L`, `{Lu}`.
fn property(rest: &str) -> Result<usize, String> {
    let taken = match rest.chars().next() {
        Some('{') => rest.find('}').map(|end| end + 1),
        Some(letter) => Some(letter.len_utf8()),
        None => None,
    };
    taken.ok_or_else(|| "a class of characters is not named".to_owned())
}

/// A character that stands for itself.
pub(super) fn literal(letter: char) -> String {
    match letter {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '/' => "\\/".to_owned(),
        _ if crate::draft::is_hidden(letter) => {
            format!("\\x{{{:X}}}", letter as u32)
        }
        _ if regex_syntax::is_meta_character(letter) && !matches!(letter, '#' | '&' | '-' | '~') => {
            format!("\\{letter}")
        }
        _ => letter.to_string(),
    }
}

/// A character that stands for itself between brackets, where few others need a backslash.
pub(super) fn in_brackets(letter: char) -> String {
    match letter {
        '[' | ']' | '\\' | '^' | '-' => format!("\\{letter}"),
        _ if regex_syntax::is_meta_character(letter) => letter.to_string(),
        _ => literal(letter),
    }
}
