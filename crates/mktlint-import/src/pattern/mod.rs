//! Regular expressions of others (Go, .NET) as patterns of policies, which run in linear time.

mod around;
mod class;
mod escape;
mod sample;
mod translate;

use std::collections::BTreeSet;

use mktlint_match::{Flags, check_pattern};

pub(crate) use sample::{Finder, Sample, samples};
use translate::translate;

/// The most characters of a token. Longer ones are lists that should be several tokens.
const LONGEST: usize = 20_000;

/// How much the text around a token matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edges {
    /// A word boundary on each side, as Vale puts around tokens.
    Word,
    /// None.
    Free,
}

/// A token that a policy can look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Between the slashes, the `/` in it escaped.
    pub source: String,
    /// The same without the word boundaries around it.
    pub core: String,
    pub ignore_case: bool,
    pub multi_line: bool,
    /// The words that it stands for when it is no more than words in any case.
    pub phrase: Option<String>,
    /// It takes in characters around what Vale finds: what a look-around asks for.
    pub takes_in: bool,
    /// What differs from the original, in words.
    pub remarks: BTreeSet<String>,
}

impl Token {
    /// As policies write it: `"act now"`, `/\bact\b/i`.
    pub fn literal(&self) -> String {
        match &self.phrase {
            Some(words) => crate::draft::quoted(words),
            None => self.slashed(),
        }
    }

    /// The pattern with its flags, phrase or not.
    pub fn slashed(&self) -> String {
        let flags = [(self.ignore_case, 'i'), (self.multi_line, 'm')];
        let flags: String = flags.iter().filter(|(is_set, _)| *is_set).map(|(_, letter)| letter).collect();
        format!("/{}/{flags}", self.source)
    }

    pub fn flags(&self) -> Flags {
        Flags { ignore_case: self.ignore_case, multi_line: self.multi_line, ..Flags::default() }
    }
}

/// The regular expression `source` as a token; `before` is put in front of it inside the pattern.
///
/// # Errors
///
/// Says what a pattern cannot do.
pub(crate) fn token(before: &str, source: &str, edges: Edges, ignore_case: bool) -> Result<Token, String> {
    if source.len() + before.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    let (raw, core) = (translate(before)?, translate(source)?);
    // Alone first: `*a` is wrong, and `\b*a` is not.
    regex_syntax::parse(&core.whole()).map_err(|_| wrong(&core.whole()))?;
    let source = format!(
        "{}{}{}{}",
        raw.whole(),
        core.before,
        bounded(&core.middle, core.is_choice, edges),
        core.after
    );
    let multi_line = raw.has_line_anchor || core.has_line_anchor;
    let is_plain = raw.whole().is_empty() && core.before.is_empty() && core.after.is_empty();
    let mut token = Token {
        source: shielded(&source),
        core: grouped(&core.middle, core.is_choice),
        ignore_case,
        multi_line,
        phrase: None,
        takes_in: core.takes_in || raw.takes_in,
        remarks: raw.remarks.into_iter().chain(core.remarks).collect(),
    };
    let facts = check_pattern(&token.source, token.flags()).map_err(|error| error.message)?;
    if facts.matches_nothing {
        return Err("no text can match it".to_owned());
    }
    if facts.matches_empty {
        return Err("it matches the empty text, so it would be found everywhere".to_owned());
    }
    if is_plain && ignore_case && edges == Edges::Word {
        token.phrase = phrase(&core.middle);
    }
    Ok(token)
}

/// What is wrong with a pattern that does not parse.
fn wrong(source: &str) -> String {
    check_pattern(source, Flags::default())
        .map_or_else(|error| error.message, |_| "it is no expression".to_owned())
}

/// The pattern that finds a text of which all is `token`.
pub(crate) fn whole(token: &Token) -> String {
    format!("/^{}$/{}", token.core, if token.ignore_case { "i" } else { "" })
}

fn grouped(core: &str, is_choice: bool) -> String {
    if is_choice { format!("(?:{core})") } else { core.to_owned() }
}

/// `core` between word boundaries, unless it asks for them itself.
fn bounded(core: &str, is_choice: bool, edges: Edges) -> String {
    let grouped = grouped(core, is_choice);
    if edges == Edges::Free || core.is_empty() {
        return grouped;
    }
    let left = if !is_choice && core.starts_with("\\b") { "" } else { "\\b" };
    let right = if !is_choice && core.ends_with("\\b") && !core.ends_with("\\\\b") { "" } else { "\\b" };
    format!("{left}{grouped}{right}")
}

/// A pattern must not start with white space: `/` would divide.
fn shielded(source: &str) -> String {
    let mut letters = source.chars();
    match letters.next().filter(|first| first.is_whitespace()) {
        Some(' ') => format!("[ ]{}", letters.as_str()),
        Some(space) => format!("\\x{{{:X}}}{}", space as u32, letters.as_str()),
        None => source.to_owned(),
    }
}

/// The words that a pattern stands for, when it is nothing but words with single spaces, hyphens and apostrophes.
fn phrase(core: &str) -> Option<String> {
    let plain = core.replace("\\-", "-").replace("\\'", "'");
    let is_inner = |it: char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '\'' | '’' | ',' | '&');
    let mut letters = plain.chars();
    let ends_well = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    (ends_well(letters.next())
        && ends_well(plain.chars().next_back())
        && plain.chars().all(is_inner)
        && !plain.contains("  "))
    .then_some(plain)
}

#[cfg(test)]
mod tests;
