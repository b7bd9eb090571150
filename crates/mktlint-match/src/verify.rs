//! Whether a deserialised matcher holds together.

use crate::Matcher;
use crate::literal::Literal;
use crate::matcher::Kind;

impl Matcher {
    /// Checks every index and size of a deserialised matcher, after which no
    /// method can panic. Does not compile the patterns: one that was forged to
    /// be invalid never matches.
    ///
    /// # Errors
    /// Names the part that does not hold together.
    pub fn verify(&self) -> Result<(), String> {
        let (literals, patterns) = (self.literals.len(), self.patterns.len());
        let kind_fits = |kind: &Kind| match *kind {
            Kind::Literals { first, end } => first <= end && end as usize <= literals,
            Kind::Pattern(id) => (id as usize) < patterns,
        };
        let needle_fits = |needle: u32| (needle as usize) < self.kinds.len();
        require(self.kinds.iter().all(kind_fits), "a needle points nowhere")?;
        require(self.literals.iter().all(|it| self.literal_fits(it)), "a literal leaves the pool")?;
        require(self.literals.iter().all(|it| needle_fits(it.needle)), "a literal has no needle")?;
        require(self.patterns.iter().all(|it| needle_fits(it.needle)), "a pattern has no needle")?;
        require(self.anywhere.iter().all(|&id| (id as usize) < patterns), "a pattern is missing")?;
        require(self.anywhere.is_sorted(), "patterns are out of order")?;
        let pairs = self.symbols.pairs.iter().map(|&(_, id)| id);
        let all = pairs.chain(self.symbols.loose.iter().copied());
        require(all.into_iter().all(|id| (id as usize) < literals), "a symbol is missing")?;
        require(self.symbols.pairs.is_sorted(), "symbols are out of order")?;
        self.words.verify(literals, patterns)?;
        self.stems.verify(literals, patterns)
    }

    fn literal_fits(&self, literal: &Literal) -> bool {
        let text = self.pool.get(literal.start as usize..literal.end as usize);
        text.is_some_and(|text| !text.is_empty() && text.is_char_boundary(literal.anchor as usize))
    }
}

fn require(holds: bool, problem: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem.to_owned()) }
}
