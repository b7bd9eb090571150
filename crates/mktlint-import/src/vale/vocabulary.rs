//! Words that are accepted or rejected everywhere.

use crate::pattern::{Edges, Finder, Token, token};

/// The most bytes of words that become one pattern.
const MOST: usize = 15_000;

/// `accept.txt` and `reject.txt` of the vocabularies in use.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Words, or regular expressions, that are fine.
    pub accept: Vec<String>,
    /// Those that are not.
    pub reject: Vec<String>,
}

impl Vocabulary {
    /// The entries of a list: a line each, without `#` remarks.
    pub fn entries(text: &str) -> impl Iterator<Item = String> {
        let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
        lines.filter(|line| !line.is_empty() && !line.starts_with("# ")).map(str::to_owned)
    }
}

/// Words that a rule passes over.
#[derive(Clone, Debug, Default)]
pub(super) struct Excepted {
    found: Option<(Token, Finder)>,
    /// Those that no pattern can say.
    pub left_out: Vec<String>,
}

impl Excepted {
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let (mut kept, mut left_out): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
        let mut n_bytes = 0;
        for word in words {
            let fits = n_bytes + word.len() < MOST;
            if fits && token("", word, Edges::Word, false).is_ok_and(|token| !token.takes_in) {
                n_bytes += word.len() + 1;
                kept.push(word);
            } else {
                left_out.push(word.to_owned());
            }
        }
        // Of two that start alike the longer one is meant.
        kept.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
        kept.dedup();
        let token = token("", &kept.join("|"), Edges::Word, false).ok();
        let found = token.and_then(|token| Some((Finder::new(&token.source, token.flags())?, token)));
        if found.is_none() {
            left_out.extend(kept.into_iter().map(str::to_owned));
        }
        Self { found: found.map(|(finder, token)| (token, finder)), left_out }
    }

    /// Whether a match is passed over.
    pub fn holds(&self, found: &str) -> bool {
        self.found.as_ref().is_some_and(|(_, finder)| finder.find(found).is_some())
    }

    /// The pattern, when there is anything to pass over.
    pub fn pattern(&self) -> Option<String> {
        self.found.as_ref().map(|(token, _)| token.slashed())
    }

    /// What the report says of those that are left out.
    pub fn remark(&self) -> Option<String> {
        (!self.left_out.is_empty())
            .then(|| format!("not passed over: {}", super::check::listed(&self.left_out)))
    }
}

/// Whether Vale takes a term for words, and not for a regular expression.
pub(super) fn is_phrase(term: &str) -> bool {
    !term.is_empty() && term.chars().all(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '\'' | '’'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_an_entry_in_each_line() {
        let found: Vec<String> =
            Vocabulary::entries("\u{FEFF}Acme\n\n# ours\n(?i)serum\r\n#hashtag\n").collect();
        assert_eq!(found, ["Acme", "(?i)serum", "#hashtag"]);
    }

    #[test]
    fn exceptions_are_looked_for_in_the_match() {
        let excepted = Excepted::of(["API", "HTML5?", "(?=x)", "WWW", "API"]);
        assert_eq!(excepted.pattern().as_deref(), Some("/\\b(?:HTML5?|API|WWW)\\b/"));
        assert!(excepted.holds("the API") && excepted.holds("HTML") && !excepted.holds("WHO"));
        assert_eq!(excepted.left_out, ["(?=x)"]);
        assert_eq!(Excepted::of([]).pattern(), None);
        let many: Vec<String> = (0..9_000).map(|n| format!("word{n}")).collect();
        let excepted = Excepted::of(many.iter().map(String::as_str));
        assert!(excepted.pattern().is_some() && excepted.left_out.len() > 1_000, "the others are told");
    }
}
