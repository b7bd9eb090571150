//! A pattern as a regex, compiled when it is first needed.

use std::sync::OnceLock;

use regex_automata::meta;
use regex_automata::nfa::thompson;
use regex_automata::{Input, util::syntax};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

use super::PatternError;
use crate::Flags;

/// How deep groups may nest; nothing that a person writes comes near.
const MAX_NESTING: u32 = 100;
/// The most bytes that a compiled pattern may take.
const MAX_SIZE: usize = 1 << 20;
/// Patterns below this many rough steps stay under [`MAX_SIZE`] for certain (a
/// step takes at most about 100 bytes), so compiling them can wait.
const SURELY_SMALL: usize = 4000;

/// A pattern that only a regex can confirm.
///
/// Kept as source: compiling takes longer than scanning a page, and most
/// patterns of most policies never see their anchor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Pattern {
    /// The needle that this is.
    pub needle: u32,
    pub source: String,
    pub flags: Flags,
    /// The most bytes that a match takes, if there is such a number.
    pub reach: Option<u32>,
    #[serde(skip)]
    regex: OnceLock<Option<meta::Regex>>,
}

impl Pattern {
    pub(crate) fn new(needle: u32, source: String, flags: Flags, hir: &Hir) -> Pattern {
        let reach = hir.properties().maximum_len().and_then(|len| u32::try_from(len).ok());
        Pattern { needle, source, flags, reach, regex: OnceLock::new() }
    }

    /// All matches within `range` of `text`, leftmost first; assertions see
    /// the whole text. A source that does not compile, which only a forged plan
    /// can hold, matches nowhere.
    pub(crate) fn matches<'t>(
        &'t self,
        text: &'t str,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        let regex = self.regex.get_or_init(|| compile(&self.source, self.flags));
        let matches = regex.as_ref().map(|regex| regex.find_iter(Input::new(text).range(range)));
        matches.into_iter().flatten().map(|found| (found.start(), found.end()))
    }
}

fn compile(source: &str, flags: Flags) -> Option<meta::Regex> {
    let syntax = syntax::Config::new()
        .case_insensitive(flags.ignore_case)
        .multi_line(flags.multi_line)
        .dot_matches_new_line(flags.dot_all)
        .ignore_whitespace(flags.verbose)
        .nest_limit(MAX_NESTING);
    // The reverse automaton may be larger than the one that was measured.
    let config = meta::Config::new().nfa_size_limit(Some(8 * MAX_SIZE)).dfa(false).onepass(false);
    meta::Builder::new().syntax(syntax).configure(config).build(source).ok()
}

/// Parses a pattern and makes sure that it can be compiled later.
pub(crate) fn parse(source: &str, flags: Flags) -> Result<Hir, PatternError> {
    let mut parser = ParserBuilder::new()
        .case_insensitive(flags.ignore_case)
        .multi_line(flags.multi_line)
        .dot_matches_new_line(flags.dot_all)
        .ignore_whitespace(flags.verbose)
        .nest_limit(MAX_NESTING)
        .build();
    let hir = parser.parse(source).map_err(|error| PatternError::from_syntax(&error, source))?;
    if steps(&hir) > SURELY_SMALL && !fits(&hir) {
        return Err(PatternError::too_large(source));
    }
    Ok(hir)
}

fn fits(hir: &Hir) -> bool {
    let config = thompson::Config::new().nfa_size_limit(Some(MAX_SIZE));
    thompson::Compiler::new().configure(config).build_from_hir(hir).is_ok()
}

/// Roughly the number of states that `hir` compiles to, rather too many.
fn steps(hir: &Hir) -> usize {
    let sum = |parts: &[Hir]| parts.iter().fold(1, |sum: usize, part| sum.saturating_add(steps(part)));
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        // A range of characters is at most a few sequences of four byte ranges. Large classes share what their ranges
        // start and end with: `\w`, of 770 ranges, takes less than 20 KB.
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() + 16,
        HirKind::Class(Class::Bytes(_)) => 1,
        HirKind::Repetition(repetition) => {
            let copies = repetition.max.unwrap_or(repetition.min.saturating_add(1));
            steps(&repetition.sub).saturating_add(2).saturating_mul(copies as usize)
        }
        HirKind::Capture(capture) => steps(&capture.sub).saturating_add(2),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => sum(parts),
    }
}
