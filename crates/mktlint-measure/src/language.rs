//! Language tags.

/// `words` as a language tag in its one spelling: `de-AT` for `DE_at`, `zh-Hant` for `zh-hant`. `None` when it cannot be
/// one.
///
/// Which languages and regions there are is not asked; what is private or an extension is not told apart.
///
/// Source: RFC 5646, sections 2.1 (syntax) and 2.1.1 (case): tags mean the same in any case, languages are written
/// small, regions of two letters in capitals, scripts of four letters with one.
pub fn tag(words: &str) -> Option<String> {
    let mut parts = words.split(['-', '_']);
    let first = parts.next()?;
    if !matches!(first.len(), 2 | 3) || !first.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = first.to_ascii_lowercase();
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&subtag(part));
    }
    Some(tag)
}

fn subtag(part: &str) -> String {
    let is_word = part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match (part.len(), is_word) {
        (2, true) => part.to_ascii_uppercase(),
        (4, true) => {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => part.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_spelling() {
        for (words, expected) in [
            ("EN", Some("en")),
            ("de_at", Some("de-AT")),
            ("zh-hant-TW", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("sl-NEDIS", Some("sl-nedis")),
            ("gsw", Some("gsw")),
            ("german", None),
            ("e", None),
            ("e1", None),
            ("de-", None),
            ("de-Österreich", None),
            ("", None),
        ] {
            assert_eq!(tag(words).as_deref(), expected, "{words}");
        }
    }
}
