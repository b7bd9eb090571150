//! Questions and answers.

use jiff::civil::DateTime;
use smol_str::SmolStr;

use crate::{Contact, Definitions, Formula, Origin, Schema, Value};

/// How much work one question may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of diagrams that one formula, or one operation on diagrams, may make.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 200_000 }
    }
}

/// The people that a formula describes at one moment: an immutable decision diagram. Two that are equal describe the
/// same people, whichever solver made them, as long as the schema is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct People {
    todo: u32,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// What kind of reason.
    pub kind: UndecidedKind,
    /// The conditions that the answer hangs on, in order of mention; of a formula that is too complex where it became so.
    pub origins: Vec<Origin>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndecidedKind {
    /// A condition is not understood: the words of [`Formula::Opaque`], of each condition once.
    NotUnderstood(Vec<SmolStr>),
    /// It would take more than [`Limits`] allow.
    TooComplex,
}

/// The answer to a question about all people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is so for everyone.
    Holds,
    /// It is not so for this person.
    Fails(Witness),
    /// It cannot be said.
    Undecided(Undecided),
}

/// A person as an example. Only the attributes that matter are there; the others can be anything that their domains
/// allow. Always the same one for the same question, confirmed by [`crate::eval`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// In the order of the schema.
    pub values: Vec<WitnessValue>,
}

/// One attribute of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessValue {
    /// Its name.
    pub attribute: SmolStr,
    /// Its value; `None` when it is missing.
    pub value: Option<Value>,
    /// Whether the question speaks of it relative to `now`, so that `3 days ago` says more than the day.
    pub relative: bool,
}

impl Witness {
    /// `{ stage: lapsed, last_order: 3 days ago }`
    pub fn show(&self, schema: &Schema, now: DateTime) -> String {
        let _ = (schema, now);
        String::new()
    }

    /// The person as values, with a believable value for every attribute of the schema that can not be missing.
    pub fn contact(&self, schema: &Schema) -> Contact {
        let _ = schema;
        Contact::new()
    }
}

/// Which of `n` sets overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The number of sets.
    pub n: usize,
    /// For each pair `(a, b)` with `a < b`, row by row: whether somebody is in both; `None` when that cannot be said.
    pub overlaps: Vec<Option<bool>>,
}

/// A person who is in many sets at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The sets, by number, in order: all that the person is in.
    pub sets: Vec<usize>,
    /// The person.
    pub witness: Witness,
}

/// One condition that would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// To be joined with `and`.
    pub condition: Formula,
}

/// Answers questions about one schema.
#[derive(Debug)]
pub struct Solver<'a> {
    schema: &'a Schema,
    definitions: &'a Definitions,
    limits: Limits,
}

#[allow(unused_variables, missing_docs, clippy::unused_self)]
impl<'a> Solver<'a> {
    pub fn new(schema: &'a Schema, definitions: &'a Definitions, limits: Limits) -> Self {
        Self { schema, definitions, limits }
    }

    /// The people of `formula` at `now`.
    ///
    /// # Errors
    /// When the formula is too complex. Conditions that are not understood are no error here.
    pub fn people(&mut self, formula: &Formula, now: DateTime) -> Result<People, Undecided> {
        Ok(People { todo: 0 })
    }

    /// Both, either, the first without the second, the others.
    pub fn and(&mut self, a: &People, b: &People) -> Result<People, Undecided> { Ok(a.clone()) }
    pub fn or(&mut self, a: &People, b: &People) -> Result<People, Undecided> { Ok(a.clone()) }
    pub fn minus(&mut self, a: &People, b: &People) -> Result<People, Undecided> { Ok(a.clone()) }
    pub fn not(&mut self, a: &People) -> Result<People, Undecided> { Ok(a.clone()) }

    /// Whether nobody is in it; fails with somebody who is.
    pub fn is_nobody(&mut self, a: &People) -> Verdict { Verdict::Holds }
    /// Whether everyone is in it; fails with somebody who is not.
    pub fn is_everyone(&mut self, a: &People) -> Verdict { Verdict::Holds }
    /// Whether all of `a` are in `b`; fails with somebody of `a` who is not in `b`.
    pub fn is_subset(&mut self, a: &People, b: &People) -> Verdict { Verdict::Holds }
    /// Whether nobody is in both; fails with somebody who is.
    pub fn is_disjoint(&mut self, a: &People, b: &People) -> Verdict { Verdict::Holds }
    /// Whether the same people are in both; fails with somebody who is in one of them alone.
    pub fn is_equivalent(&mut self, a: &People, b: &People) -> Verdict { Verdict::Holds }
    /// Whether everybody of `whole` is in one of `parts`; fails with somebody who is in none.
    pub fn is_cover(&mut self, parts: &[People], whole: &People) -> Verdict { Verdict::Holds }
    /// Somebody who is in at least `k` of `sets`; `Ok(None)` when there is nobody.
    pub fn overlap(&mut self, k: usize, sets: &[People]) -> Result<Option<Overlap>, Undecided> { Ok(None) }
    /// The number of different kinds of people, by which of `sets` they are in; at most 2^n.
    pub fn classes(&mut self, sets: &[People]) -> Result<usize, Undecided> { Ok(0) }
    /// Which of `sets` overlap.
    pub fn matrix(&mut self, sets: &[People]) -> Matrix { Matrix { n: sets.len(), overlaps: Vec::new() } }
    /// The people as few conditions, of which one must hold; `None` when there would be more than `most`.
    pub fn describe(&mut self, people: &People, most: usize) -> Option<Vec<Formula>> { None }

    /// The fewest conditions of `formula` (conjuncts, entered through definitions) that leave nobody. Empty when
    /// somebody is left.
    pub fn blame(&mut self, formula: &Formula, now: DateTime) -> Vec<Origin> { Vec::new() }
    /// The conditions of `formula` that make it true (or false) of the person, as few as there are.
    pub fn reasons(&mut self, formula: &Formula, contact: &Contact, now: DateTime) -> Vec<Origin> { Vec::new() }
    /// Parts of `formula` (operands of `and` and `or`, not entered through definitions) without which it describes the
    /// same people, one at a time.
    pub fn idle(&mut self, formula: &Formula, now: DateTime) -> Vec<Origin> { Vec::new() }
    /// One condition that, joined to `formula` with `and`, keeps it apart from `forbidden` and leaves somebody; in
    /// particular the opposite of a condition of `forbidden`.
    pub fn repair(&mut self, formula: &Formula, forbidden: &Formula, now: DateTime) -> Option<Repair> { None }
}
