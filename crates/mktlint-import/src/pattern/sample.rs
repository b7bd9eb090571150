//! Texts that a pattern matches: the shortest first.

use mktlint_match::Flags;
use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::Token;

/// How many ways through a pattern are tried.
const WAYS: usize = 240;
/// The most characters of a sample; a pattern that asks for more gets no test.
const LONGEST: usize = 400;
/// What is tried around a match, so that its boundaries hold and the text reads like one.
const FRAMES: [(&str, &str); 9] = [
    ("Note: ", " here."),
    ("Note: ", ""),
    ("", " here."),
    ("", ""),
    ("Note: ", "."),
    ("Note: x", " here."),
    ("Note: ", "x here."),
    ("Note: x", "x here."),
    ("Note", "here"),
];

/// Looks for a pattern as policies do.
#[derive(Clone, Debug)]
pub(crate) struct Finder(Regex);

impl Finder {
    /// `None` when the pattern is too large to be tried here.
    pub fn new(source: &str, flags: Flags) -> Option<Self> {
        let syntax = syntax::Config::new()
            .case_insensitive(flags.ignore_case)
            .multi_line(flags.multi_line)
            .nest_limit(100);
        let config = Regex::config().nfa_size_limit(Some(1 << 22)).dfa(false).onepass(false);
        Regex::builder().syntax(syntax).configure(config).build(source).ok().map(Self)
    }

    /// The first match in `text`.
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.find(text).and_then(|found| text.get(found.range()))
    }

    /// Whether it matches all of `text`.
    pub fn is_all(&self, text: &str) -> bool {
        self.0.find(text).is_some_and(|found| found.range() == (0..text.len()))
    }
}

/// A text that has a match in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    pub before: &'static str,
    pub found: String,
    pub after: &'static str,
}

impl Sample {
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.found, self.after)
    }
}

/// Texts in which `token` is found and nothing else of it before, likely ones first; few or none for odd patterns.
pub(crate) fn samples(token: &Token) -> Vec<Sample> {
    if let Some(words) = &token.phrase {
        return vec![Sample { before: "Note: ", found: words.clone(), after: " here." }];
    }
    let flags = token.flags();
    let parsed = ParserBuilder::new()
        .case_insensitive(flags.ignore_case)
        .multi_line(flags.multi_line)
        .nest_limit(100)
        .build()
        .parse(&token.source);
    let (Ok(hir), Some(finder)) = (parsed, Finder::new(&token.source, flags)) else { return Vec::new() };
    let mut found: Vec<Sample> = Vec::new();
    for way in 0..WAYS {
        let mut core = String::new();
        if walk(&hir, &mut Way(way), &mut core).is_none() {
            continue;
        }
        for (before, after) in FRAMES {
            let sample = Sample { before, found: core.clone(), after };
            let is_found = finder.find(&sample.text()) == Some(core.as_str());
            if is_found
                && is_printable(&core, &sample.text())
                && found.iter().all(|own| own.text() != sample.text())
            {
                found.push(sample);
            }
        }
        if found.len() >= 3 {
            break;
        }
    }
    found
}

/// Files cannot hold all characters where a test writes them.
fn is_printable(found: &str, text: &str) -> bool {
    let is_inside = text.trim().contains(found);
    is_inside && !found.chars().any(|it| it.is_control() && it != '\n' && it != '\t')
}

/// Decides which alternative is taken, counting down.
struct Way(usize);

impl Way {
    fn choose(&mut self, among: usize) -> usize {
        let choice = self.0 % among.max(1);
        self.0 /= among.max(1);
        choice
    }
}

/// Writes a text that `hir` matches, boundaries aside; `None` when it gets too long.
fn walk(hir: &Hir, way: &mut Way, out: &mut String) -> Option<()> {
    if out.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => out.push(letter(class, way)?),
        HirKind::Repetition(repetition) => {
            // A second way takes what can be left out.
            let extra = u32::from(repetition.min == 0 && way.choose(2) == 1);
            for _ in 0..repetition.min + extra {
                walk(&repetition.sub, way, out)?;
            }
        }
        HirKind::Capture(capture) => walk(&capture.sub, way, out)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| walk(part, way, out))?,
        HirKind::Alternation(parts) => {
            let part = parts.get(way.choose(parts.len()))?;
            walk(part, way, out)?;
        }
    }
    Some(())
}

/// A character of the class that people type: a letter, a digit, a sign.
fn letter(class: &Class, way: &mut Way) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let holds = |it: char| class.iter().any(|range| range.start() <= it && it <= range.end());
    let liked = ('a'..='z').chain('A'..='Z').chain('1'..='9').chain(" .,;:!?-'\"()%&$0é…–“”’™€中😀".chars());
    let own: Vec<char> = liked.chain('!'..='~').filter(|it| holds(*it)).collect();
    let Some(first) = own.first() else { return class.iter().next().map(|range| range.start()) };
    // One letter in either case is no choice.
    if own.iter().all(|it| it.eq_ignore_ascii_case(first)) {
        return Some(*first);
    }
    // The first letter serves nearly always; other kinds of characters come after it.
    let kinds: Vec<char> = [
        own.iter().find(|it| it.is_ascii_lowercase()),
        own.iter().find(|it| !it.is_alphanumeric()),
        own.iter().find(|it| it.is_ascii_uppercase()),
        own.iter().find(|it| it.is_ascii_digit()),
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect();
    kinds.get(way.choose(kinds.len())).copied()
}
