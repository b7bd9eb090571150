//! Questions and answers.
//!
//! A formula becomes a decision diagram with one level per attribute, whose nodes branch over ranges of values; `and`,
//! `or` and `not` combine diagrams, and a question is a walk. Whatever depends on more than one level is judged along
//! the path that such a walk found, by `theory`.

mod apply;
mod atom;
mod axis;
mod believable;
mod blame;
mod build;
mod crossing;
mod describe;
mod flat;
mod idle;
mod level;
mod matrix;
mod meeting;
mod overlap;
mod people;
mod questions;
mod reasons;
mod repair;
mod search;
mod shadow;
mod store;
#[cfg(test)]
mod tests;
mod theory;
mod witness;

use std::sync::Arc;

use jiff::civil::DateTime;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

pub use matrix::Matrix;
pub use overlap::Overlap;
pub use people::People;
pub use repair::Repair;
pub use witness::{Witness, WitnessValue};

use crate::{Definitions, Origin, Schema};

/// How much work one question may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of diagrams that one formula, or one operation on diagrams, may make. A search tries a twentieth as many
    /// paths. A solver holds at most four times as many nodes before it forgets what it knows; a node takes some 100
    /// bytes.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 200_000 }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// What kind of reason.
    pub kind: UndecidedKind,
    /// The conditions that the answer hangs on, in order of definition and tag; of a formula that is too complex where it
    /// became so.
    pub origins: Vec<Origin>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndecidedKind {
    /// A condition is not understood: the words of [`crate::Formula::Opaque`], of each condition once.
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

/// Answers questions about one schema.
///
/// Making one costs little. It remembers what it built, so that many questions about the same people are best put to the
/// same solver; the answers do not depend on what was asked before.
#[derive(Debug)]
pub struct Solver<'a> {
    schema: &'a Schema,
    definitions: &'a Definitions,
    limits: Limits,
    /// Where attributes stand in the schema.
    positions: FxHashMap<&'a str, usize>,
    levels: level::Levels,
    words: people::Words,
    store: store::Store,
    memo: apply::Memo,
    atoms: FxHashMap<atom::AtomKey, atom::Atom>,
    meanings: FxHashMap<(SmolStr, DateTime), build::Meaning>,
    judged: meeting::AllJudged,
    /// People that were loaded, by address; holding them keeps the address theirs.
    loaded: FxHashMap<usize, (Arc<people::Diagram>, store::NodeId)>,
}

/// How many times the nodes that one question may make are kept.
const KEPT: usize = 4;

impl<'a> Solver<'a> {
    /// A solver that knows nothing yet.
    pub fn new(schema: &'a Schema, definitions: &'a Definitions, limits: Limits) -> Self {
        let positions = schema.attributes.iter().enumerate();
        Self {
            schema,
            definitions,
            limits,
            positions: positions.map(|(at, attribute)| (attribute.name.as_str(), at)).collect(),
            levels: level::Levels::default(),
            words: people::Words::default(),
            store: store::Store::default(),
            memo: apply::Memo::default(),
            atoms: FxHashMap::default(),
            meanings: FxHashMap::default(),
            judged: meeting::AllJudged::default(),
            loaded: FxHashMap::default(),
        }
    }

    /// Forgets all diagrams when there are too many. To be called before a question, never within one.
    fn tidy(&mut self) {
        let most = self.limits.nodes.saturating_mul(KEPT);
        if self.store.len() > most || self.store.n_runs() > most.saturating_mul(KEPT) {
            self.store = store::Store::default();
            self.memo = apply::Memo::default();
            self.atoms.clear();
            self.meanings.clear();
            self.loaded.clear();
        }
    }
}
