//! Characters that turn a message to UCS-2, and what to write instead.

use std::ops::Range;

use super::alphabet;

/// A character that the GSM 7-bit alphabet lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offending {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The character.
    pub character: char,
    /// What to write instead, when there is something.
    pub replacement: Option<Replacement>,
}

/// What to write instead of a character. Every character of it is in the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The text to write; empty to leave the character out.
    pub text: &'static str,
    /// What a reader loses by it.
    pub loss: Loss,
}

/// What a reader loses by a replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing: a straight quote for a curly one, a space for another, nothing for what cannot be seen.
    Nothing,
    /// An accent or the form of a letter, and so perhaps the spelling: `a` for `á`.
    Spelling,
}

/// Returns every character of `text` that the alphabet lacks, in order; none means that it is sent in GSM-7.
pub fn offending(text: &str) -> impl Iterator<Item = Offending> + '_ {
    text.char_indices().filter(|(_, character)| alphabet::septets(*character).is_none()).map(
        |(at, character)| Offending {
            range: at..at + character.len_utf8(),
            character,
            replacement: replacement(character),
        },
    )
}

/// Joiners of emoji are left alone, since without them one emoji becomes several.
fn replacement(character: char) -> Option<Replacement> {
    let same = |text| Some(Replacement { text, loss: Loss::Nothing });
    match character {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' => same("'"),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => same("\""),
        '‹' => same("<"),
        '›' => same(">"),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => same("-"),
        '…' => same("..."),
        '•' | '·' => same("-"),
        '×' => same("x"),
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => same(" "),
        '\u{2028}' | '\u{2029}' => same("\n"),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => same(""),
        _ => unaccented(character).map(|text| Replacement { text, loss: Loss::Spelling }),
    }
}

fn unaccented(character: char) -> Option<&'static str> {
    Some(match character {
        'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => "a",
        'Á' | 'À' | 'Â' | 'Ã' | 'Ā' | 'Ă' | 'Ą' => "A",
        'ç' | 'ć' | 'č' => "c",
        'Ć' | 'Č' => "C",
        'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'È' | 'Ê' | 'Ë' | 'Ē' | 'Ę' | 'Ě' => "E",
        'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'Í' | 'Ì' | 'Î' | 'Ï' | 'Ī' | 'İ' => "I",
        'ł' => "l",
        'Ł' => "L",
        'ń' | 'ň' => "n",
        'Ń' | 'Ň' => "N",
        'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ō' | 'Ő' => "O",
        'ř' => "r",
        'Ř' => "R",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'Ś' | 'Š' | 'Ş' | 'Ș' => "S",
        'ť' | 'ţ' | 'ț' => "t",
        'ú' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'Ú' | 'Ù' | 'Û' | 'Ū' | 'Ů' | 'Ű' => "U",
        'ý' | 'ÿ' => "y",
        'Ý' => "Y",
        'ź' | 'ż' | 'ž' => "z",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ğ' => "g",
        'Ğ' => "G",
        'œ' => "oe",
        'Œ' => "OE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::{Encoding, encoding};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<(&str, Loss)>)]) {
        let found = offending(text).map(|found| {
            let replacement = found.replacement.map(|replacement| (replacement.text, replacement.loss));
            (&text[found.range], replacement)
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn finds_what_costs_the_alphabet() {
        check("Plain text, é and €", &[]);
        check("It’s on…", &[("’", Some(("'", Loss::Nothing))), ("…", Some(("...", Loss::Nothing)))]);
        check(
            "a\u{a0}b\u{200b}",
            &[("\u{a0}", Some((" ", Loss::Nothing))), ("\u{200b}", Some(("", Loss::Nothing)))],
        );
        check("ça 😀", &[("ç", Some(("c", Loss::Spelling))), ("😀", None)]);
    }

    #[test]
    fn every_replacement_is_in_the_alphabet_and_replaces_what_is_not() {
        let replaced = ('\0'..=char::MAX).filter_map(|character| Some((character, replacement(character)?)));
        for (character, replacement) in replaced {
            assert_eq!(encoding(replacement.text), Encoding::Gsm7, "{character}");
            assert_eq!(alphabet::septets(character), None, "{character}");
        }
    }
}
