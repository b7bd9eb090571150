//! Upper and lower case.

/// How many letters of a text are upper case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpperCase {
    /// Letters that are upper case.
    pub upper: u32,
    /// Letters that have a case.
    pub letters: u32,
}

/// Counts the upper-case letters of `text`. Digits, and scripts without case, count as nothing.
pub fn upper_case(text: &str) -> UpperCase {
    let mut counts = UpperCase::default();
    for character in text.chars() {
        counts.upper += u32::from(character.is_uppercase());
        counts.letters += u32::from(character.is_uppercase() || character.is_lowercase());
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_case_counts_letters_with_case() {
        let check =
            |text, upper, letters| assert_eq!(upper_case(text), UpperCase { upper, letters }, "{text}");
        check("", 0, 0);
        check("FREE 20% now", 4, 7);
        check("ÉTÉ 日本", 3, 3);
    }
}
