//! Known misspellings, put right.

use std::collections::BTreeSet;

use mktlint_plan::{Plan, Sought};
use typos_dict::WORD;
use unicase::UniCase;

/// The words that a policy names. Their spelling is the policy's affair.
#[derive(Debug, Default)]
pub struct Lexicon {
    named: BTreeSet<String>,
}

impl Lexicon {
    /// The words of the claims, disclosures and terms of `plan`.
    pub fn of(plan: &Plan) -> Self {
        let mut lexicon = Self::default();
        let says = plan.claims.iter().map(|claim| claim.says);
        let wordings = plan.disclosures.iter().map(|disclosure| disclosure.wordings);
        let avoid = plan.terms.iter().map(|term| term.avoid);
        for sought in says.chain(wordings).chain(avoid) {
            plan.list(sought).iter().for_each(|sought| lexicon.add(pattern(plan, sought)));
        }
        plan.terms.iter().for_each(|term| lexicon.add(plan.str(term.preferred)));
        lexicon
    }

    fn add(&mut self, words: &str) {
        let words = words.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
        self.named.extend(words.map(str::to_lowercase));
    }

    /// `text` with each English word that is surely a misspelling of one other as that other, in its case.
    ///
    /// Addresses, handles and codes are left alone: whatever stands in one word with a digit or a sign that they have, and
    /// words in capitals.
    pub fn corrected(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (at, chunk) in text.split(' ').enumerate() {
            if at > 0 {
                out.push(' ');
            }
            match is_code(chunk) {
                true => out.push_str(chunk),
                false => self.push(chunk, &mut out),
            }
        }
        out
    }

    /// Adds `chunk`, which has no space, with its words put right.
    fn push(&self, chunk: &str, out: &mut String) {
        let mut rest = chunk;
        while let Some(start) = rest.find(|letter: char| letter.is_alphabetic()) {
            let (before, word) = rest.split_at(start);
            let is_inside = |letter: char| letter.is_alphabetic() || letter == '\'';
            let len = word.find(|letter: char| !is_inside(letter)).unwrap_or(word.len());
            let (word, after) = word.split_at(len);
            out.push_str(before);
            match self.correction(word) {
                Some(correct) => out.push_str(&correct),
                None => out.push_str(word),
            }
            rest = after;
        }
        out.push_str(rest);
    }

    fn correction(&self, word: &str) -> Option<String> {
        let is_small = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_capitalised = !is_small(word) && word.get(1..).is_some_and(is_small);
        if !is_small(word) && !is_capitalised {
            return None;
        }
        let [correct] = WORD.find(&UniCase::new(word)).copied()? else { return None };
        let is_named = |word: &str| self.named.contains(&word.to_ascii_lowercase());
        if is_named(word) || correct.split(|letter: char| !letter.is_alphabetic()).any(is_named) {
            return None;
        }
        let first = correct.get(..1).filter(|_| is_capitalised);
        Some(first.map_or_else(
            || (*correct).to_owned(),
            |first| first.to_ascii_uppercase() + correct.get(1..).unwrap_or_default(),
        ))
    }
}

fn pattern<'p>(plan: &'p Plan, sought: &Sought) -> &'p str {
    plan.patterns.get(sought.pattern.index()).map_or("", |pattern| plan.str(pattern.text))
}

/// Whether `chunk` is more than words: `go.acme.example/ws`, `@acme`, `SAVE_20`.
fn is_code(chunk: &str) -> bool {
    let inner = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_sign =
        |letter: char| matches!(letter, '@' | '#' | '/' | '\\' | '_' | ':' | '.' | '{' | '}' | '=' | '&');
    chunk.contains(['@', '#', '\u{FFFC}']) || inner.contains(is_sign) || inner.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut lexicon = Lexicon::default();
        lexicon.add("receive | /guar(antee)?d/");
        assert_eq!(lexicon.corrected(text), expected);
    }

    /// The misspellings are of Wikipedia's list of common misspellings.
    #[test]
    fn what_has_one_correction_is_put_right() {
        check("Seperate bottles, definately new", "Separate bottles, definitely new");
        check("(occured) pre-tommorow", "(occurred) pre-tomorrow");
        check("a serum, and it’s fine", "a serum, and it’s fine");
    }

    #[test]
    fn codes_addresses_and_words_of_the_policy_stay() {
        check(
            "SEPERATE @seperate #seperate seperate.example seperate20",
            "SEPERATE @seperate #seperate seperate.example seperate20",
        );
        check("recieve seperate/ly", "recieve seperate/ly");
    }
}
