//! Collects needles and lays them out as one matcher.

use rustc_hash::FxHashMap;

use crate::literal::{Edge, Form, Literal, normalised};
use crate::matcher::{Kind, Matcher};
use crate::needle::{Case, Flags, Needle, NeedleId};
use crate::pattern::{AnchorWord, Exact, Extent, Pattern, PatternError, Shape, parse, shape};
use crate::symbols::Symbols;
use crate::table::{AnchorTable, Peek, Rarity, Target};
use crate::text::words::words_of;

/// Collects the needles of all rules; [`build`](Self::build) fuses them.
#[derive(Debug, Default)]
pub struct MatcherBuilder {
    known: FxHashMap<Needle, NeedleId>,
    kinds: Vec<Kind>,
    literals: Vec<Literal>,
    pool: String,
    patterns: Vec<Pattern>,
    /// Patterns to try on every text.
    anywhere: Vec<u32>,
    symbols: Symbols,
    /// What waits for an anchor: one of the `words` up to `end`, from where the
    /// one before it stops.
    waiting: Vec<Waiting>,
    words: Vec<AnchorWord>,
}

#[derive(Debug)]
struct Waiting {
    needs: Needs,
    end: usize,
}

/// What an anchor is for.
#[derive(Debug)]
enum Needs {
    Literal(u32),
    Pattern(u32),
}

impl MatcherBuilder {
    /// A builder without needles.
    pub fn new() -> MatcherBuilder {
        MatcherBuilder::default()
    }

    /// Adds a needle and names it; an equal needle gets the name it already has.
    ///
    /// # Errors
    /// The phrase has no visible character, or the pattern does not pass
    /// [`check_pattern`](crate::check_pattern).
    pub fn add(&mut self, needle: Needle) -> Result<NeedleId, PatternError> {
        if let Some(&id) = self.known.get(&needle) {
            return Ok(id);
        }
        let id = self.kinds.len() as u32;
        let kind = match &needle {
            Needle::Phrase { text, case } => self.phrase(id, text, *case)?,
            Needle::Pattern { source, flags } => self.pattern(id, source, *flags)?,
        };
        self.kinds.push(kind);
        self.known.insert(needle, NeedleId(id));
        Ok(NeedleId(id))
    }

    fn phrase(&mut self, needle: u32, phrase: &str, case: Case) -> Result<Kind, PatternError> {
        let (text, left, right) = normalised(phrase, case);
        if text.is_empty() {
            return Err(PatternError::empty_phrase(phrase));
        }
        let form = match case {
            Case::Any => Form::PhraseAnyCase,
            Case::Exact => Form::PhraseExact,
        };
        let first = self.literals.len() as u32;
        self.literal(needle, 0, &text, form, (left, right), &words_of(&text));
        Ok(Kind::Literals { first, end: first + 1 })
    }

    fn pattern(&mut self, needle: u32, source: &str, flags: Flags) -> Result<Kind, PatternError> {
        let hir = parse(source, flags)?;
        let first = self.literals.len() as u32;
        let words = match shape(&hir) {
            Shape::Texts(texts) => {
                for (order, (exact, words)) in texts.iter().enumerate() {
                    self.text_of_pattern(needle, order as u32, exact, words);
                }
                return Ok(Kind::Literals { first, end: self.literals.len() as u32 });
            }
            Shape::Words(words) => words,
            Shape::Anywhere => Vec::new(),
        };
        let id = self.patterns.len() as u32;
        self.patterns.push(Pattern::new(needle, source.to_owned(), flags, &hir));
        if words.is_empty() {
            self.anywhere.push(id);
        }
        for words in words {
            self.wait(Needs::Pattern(id), &words);
        }
        Ok(Kind::Pattern(id))
    }

    fn text_of_pattern(&mut self, needle: u32, order: u32, exact: &Exact, words: &[AnchorWord]) {
        let form = if exact.any_case { Form::RawAnyCase } else { Form::RawExact };
        self.literal(needle, order, &exact.text, form, (exact.left, exact.right), words);
    }

    fn literal(
        &mut self,
        needle: u32,
        order: u32,
        text: &str,
        form: Form,
        (left, right): (Edge, Edge),
        words: &[AnchorWord],
    ) {
        let id = self.literals.len() as u32;
        let start = self.pool.len() as u32;
        self.pool.push_str(text);
        let end = self.pool.len() as u32;
        self.literals.push(Literal { needle, order, start, end, anchor: 0, form, left, right });
        if words.is_empty() {
            self.symbols.add(id, text, form);
        } else {
            self.wait(Needs::Literal(id), words);
        }
    }

    fn wait(&mut self, needs: Needs, words: &[AnchorWord]) {
        self.words.extend_from_slice(words);
        self.waiting.push(Waiting { needs, end: self.words.len() });
    }

    /// Lays out the tables. Costs a few microseconds for each needle; regular
    /// expressions are compiled when first needed, not here.
    pub fn build(mut self) -> Matcher {
        self.symbols.sort();
        let rarity = Rarity::new(&self.words);
        let mut words = Vec::with_capacity(self.waiting.len());
        let mut stems = Vec::new();
        let mut start = 0;
        for Waiting { needs, end } in std::mem::take(&mut self.waiting) {
            let rarest = *rarity.rarest(&self.words[start..end]).expect("only what has words waits for one");
            let target = match needs {
                Needs::Literal(id) => Target::Literal(id, self.anchored(id, &rarest)),
                Needs::Pattern(id) => Target::Pattern(id),
            };
            match rarest.extent {
                Extent::Whole => words.push((rarest.hash, target)),
                Extent::Stem => stems.push((rarest.hash, target)),
            }
            start = end;
        }
        Matcher {
            kinds: self.kinds,
            literals: self.literals,
            pool: self.pool,
            patterns: self.patterns,
            anywhere: self.anywhere,
            symbols: self.symbols,
            words: AnchorTable::new(words),
            stems: AnchorTable::new(stems),
        }
    }

    /// Tells a literal where its anchor is; gives what to look at beside it.
    fn anchored(&mut self, id: u32, anchor: &AnchorWord) -> Peek {
        let literal = &mut self.literals[id as usize];
        literal.anchor = anchor.at;
        Peek::new(&self.pool[literal.start as usize..literal.end as usize], anchor)
    }
}
