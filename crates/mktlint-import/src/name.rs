//! Names of declarations from the names of others.

/// Words that mean something else at the start of a declaration or expression.
const TAKEN: [&str; 24] = [
    "and", "or", "not", "in", "is", "true", "false", "if", "then", "else", "where", "when", "unless",
    "until", "on", "as", "except", "any", "all", "none", "count", "match", "it", "std",
];

/// `Microsoft.ComplexWords` as `microsoft_complex_words`; never empty, never a word of the language.
pub(crate) fn snake(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut name = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            push_gap(&mut name);
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let starts_word = letter.is_uppercase()
            && (before.is_some_and(|it| it.is_lowercase() || it.is_numeric())
                || before.is_some_and(|it| it.is_uppercase())
                    && letters.get(at + 1).is_some_and(|it| it.is_lowercase()));
        if starts_word {
            push_gap(&mut name);
        }
        name.extend(letter.to_lowercase().filter(|it| unicode_ident::is_xid_continue(*it)));
    }
    let name = name.trim_matches('_');
    let starts_well = name.chars().next().is_some_and(unicode_ident::is_xid_start);
    if starts_well && !TAKEN.contains(&name) { name.to_owned() } else { format!("rule_{name}") }
}

fn push_gap(name: &mut String) {
    if !name.is_empty() && !name.ends_with('_') {
        name.push('_');
    }
}

/// Whether policies can write `word` without quotes where a value is expected.
pub(crate) fn is_bare(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !TAKEN.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_of_the_language() {
        for (words, name) in [
            ("Microsoft.ComplexWords", "microsoft_complex_words"),
            ("write-good.E-Prime", "write_good_e_prime"),
            ("Acme.URLFormat", "acme_url_format"),
            ("18F.Terms", "rule_18_f_terms"),
            ("Acme.Über-uns", "acme_über_uns"),
            ("…", "rule_"),
            ("All", "rule_all"),
        ] {
            assert_eq!(snake(words), name);
        }
    }

    #[test]
    fn values_are_quoted_when_they_must_be() {
        assert!(is_bare("newsletter") && is_bare("cpc_2"));
        for quoted in ["paid-social", "2026", "in", "a b", "", "größe"] {
            assert!(!is_bare(quoted), "{quoted}");
        }
    }
}
