//! Replacements in the case of what they replace.

/// Returns `replacement` written as `model` is: `SIGNUP` gives `SIGN UP`, `Signup` gives `Sign up`, `Sign-Up Now` gives
/// `Register Here`; anything else leaves it as the policy has it.
///
/// A model of one letter in upper case only raises the first letter, since `A` is no shouting.
pub fn like(model: &str, replacement: &str) -> String {
    let mut letters = model.chars().filter(|letter| letter.is_alphabetic());
    let n_letters = letters.clone().count();
    let starts_high = letters.next().is_some_and(char::is_uppercase);
    if n_letters > 1 && !model.chars().any(char::is_lowercase) && starts_high {
        return replacement.to_uppercase();
    }
    match starts_high {
        true if is_titled(model) => every_word(replacement),
        true => first(replacement),
        false => replacement.to_owned(),
    }
}

/// Whether there are several words and each starts with a capital.
fn is_titled(model: &str) -> bool {
    let starts =
        || model.split([' ', '-', '\u{A0}']).filter_map(|word| word.chars().find(|it| it.is_alphabetic()));
    starts().count() > 1 && starts().all(char::is_uppercase)
}

fn first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |letter| letter.to_uppercase().chain(letters).collect())
}

fn every_word(words: &str) -> String {
    words.split(' ').map(first).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn the_case_of_the_match_is_kept() {
        for (model, replacement, expected) in [
            ("signup", "sign up", "sign up"),
            ("Signup", "sign up", "Sign up"),
            ("SIGNUP", "sign up", "SIGN UP"),
            ("Register Now", "sign up", "Sign Up"),
            ("Register now", "sign up", "Sign up"),
            ("ios", "iOS", "iOS"),
            ("A", "an", "An"),
            ("100%", "all", "all"),
            ("", "x", "x"),
        ] {
            assert_eq!(like(model, replacement), expected, "{model}");
        }
    }
}
