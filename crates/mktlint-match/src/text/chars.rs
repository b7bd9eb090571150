//! What a single character is, and which characters are the same to a reader.

/// Whether `c` is a word character: `\w` of a Unicode regex.
#[inline]
pub(crate) fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || c == '_',
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        // General punctuation is where most characters of Western texts beyond
        // Latin are; all but these five separate words.
        '\u{2000}'..='\u{206f}' => {
            matches!(c, '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}' | '\u{2054}')
        }
        '\u{4e00}'..='\u{9fff}' => true,
        _ => regex_syntax::is_word_character(c),
    }
}

/// Whether `c`, a word character, belongs to a script written without spaces
/// between words, so that each character has to count as a word.
#[inline]
pub(crate) fn is_spaceless(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c,
            '\u{e00}'..='\u{eff}'         // Thai, Lao
            | '\u{1000}'..='\u{109f}'     // Myanmar
            | '\u{1780}'..='\u{17ff}'     // Khmer
            | '\u{2e80}'..='\u{2fdf}'     // Han radicals
            | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{303c}'
            | '\u{3040}'..='\u{30ff}'     // Hiragana, Katakana
            | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
            | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{323af}')
}

/// Whether a reader cannot see `c` at all: soft hyphen, zero-width characters,
/// and the selectors that choose between text and emoji.
#[inline]
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Reduces typographic variants: full-width forms to ASCII, curly quotes to
/// straight ones, hyphens and dashes to `-`, white space to a space.
///
/// INVARIANT: the result is a word character exactly when `c` is.
#[inline]
pub(crate) fn normalise(c: char) -> char {
    match c {
        '!'..='~' => c,
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2014}' | '\u{2212}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// Gives all characters that differ only in case the same character: Unicode
/// simple case folding, up to the choice of the representative.
#[inline]
pub(crate) fn fold_case(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        'à'..='ö' | 'ø'..='ÿ' | '\u{3040}'..='\u{9fff}' => c,
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        _ => fold_by_table(c),
    }
}

/// Upper case, then lower case: that joins `ſ` with `s` and `ς` with `σ`, which
/// lower case alone does not.
fn fold_by_table(c: char) -> char {
    match c {
        // Capital `I`, but only in Turkish.
        '\u{131}' => return c,
        // Equal by the folding table; their upper case is several characters.
        '\u{1fd3}' => return '\u{390}',
        '\u{1fe3}' => return '\u{3b0}',
        '\u{fb05}' => return '\u{fb06}',
        // Letters that Unicode gained after the tables of `regex-syntax`.
        _ if !is_word(c) => return c,
        _ => {}
    }
    let upper = only(c.to_uppercase()).unwrap_or(c);
    only(upper.to_lowercase()).unwrap_or(upper)
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

/// What words are looked up by: typographic variants and case removed.
#[inline]
pub(crate) fn key(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { fold_case(normalise(c)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

    fn orbit(c: char) -> ClassUnicode {
        let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
        class.case_fold_simple();
        class
    }

    /// The folding of regexes and of phrases must be one, since an anchor of
    /// either is looked up by the same key.
    #[test]
    fn folds_exactly_what_a_regex_folds() {
        for c in '\0'..='\u{1ffff}' {
            let folded = fold_case(c);
            let mut members = orbit(c).iter().flat_map(|r| r.start()..=r.end()).collect::<Vec<_>>();
            assert!(members.contains(&folded), "{c:?} folds to {folded:?}, outside {members:?}");
            members.retain(|&member| fold_case(member) != folded);
            assert!(members.is_empty(), "{c:?} folds to {folded:?}, {members:?} does not");
        }
    }

    #[test]
    fn neither_folding_nor_width_makes_or_unmakes_a_word() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_word(c), regex_syntax::is_word_character(c), "{c:?}");
            assert_eq!(is_word(key(c)), is_word(c), "{c:?}");
            assert_eq!(is_word(normalise(c)), is_word(c), "{c:?}");
            assert!(!is_spaceless(c) || key(c) == c || !is_word(c), "{c:?}");
        }
    }
}
