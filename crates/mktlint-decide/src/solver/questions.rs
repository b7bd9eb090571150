//! Questions about all people.

use super::apply::{Exceeded, Operation};
use super::level::Level;
use super::people::Notes;
use super::search::{Found, Goal};
use super::store::{EVERYONE, NOBODY, NodeId};
use super::{People, Solver, Undecided, UndecidedKind, Verdict};

impl Solver<'_> {
    /// Those who are in both.
    ///
    /// # Errors
    /// Like those of all operations on people: when it would take more nodes than [`super::Limits`] allow.
    pub fn and(&mut self, a: &People, b: &People) -> Result<People, Undecided> {
        self.combined(Operation::And, a, b)
    }

    /// Those who are in one of the two, or in both.
    ///
    /// # Errors
    /// See [`Solver::and`].
    pub fn or(&mut self, a: &People, b: &People) -> Result<People, Undecided> {
        self.combined(Operation::Or, a, b)
    }

    /// Those who are in `a` and not in `b`.
    ///
    /// # Errors
    /// See [`Solver::and`].
    pub fn minus(&mut self, a: &People, b: &People) -> Result<People, Undecided> {
        self.combined(Operation::Without, a, b)
    }

    /// Those who are not in it.
    ///
    /// # Errors
    /// See [`Solver::and`].
    pub fn not(&mut self, a: &People) -> Result<People, Undecided> {
        self.tidy();
        let node = self.load(a);
        let node = self.settled(Operation::Without, EVERYONE, node)?;
        Ok(self.export(node, (*a.notes).clone()))
    }

    /// Whether nobody is in it; fails with somebody who is.
    pub fn is_nobody(&mut self, a: &People) -> Verdict {
        self.tidy();
        let node = self.load(a);
        self.judge(node, &a.notes)
    }

    /// Whether everyone is in it; fails with somebody who is not.
    pub fn is_everyone(&mut self, a: &People) -> Verdict {
        self.tidy();
        let node = self.load(a);
        self.ask(Operation::Without, EVERYONE, node, &a.notes)
    }

    /// Whether all of `a` are in `b`; fails with somebody of `a` who is not in `b`.
    pub fn is_subset(&mut self, a: &People, b: &People) -> Verdict {
        self.ask_both(Operation::Without, a, b)
    }

    /// Whether nobody is in both; fails with somebody who is.
    pub fn is_disjoint(&mut self, a: &People, b: &People) -> Verdict {
        self.tidy();
        let (one, other) = (self.load(a), self.load(b));
        if self.meet([one, other, EVERYONE]) == Some(false) {
            return Verdict::Holds;
        }
        self.ask_both(Operation::And, a, b)
    }

    /// Whether the same people are in both; fails with somebody who is in one of them alone.
    pub fn is_equivalent(&mut self, a: &People, b: &People) -> Verdict {
        if a == b {
            return Verdict::Holds;
        }
        self.ask_both(Operation::Differ, a, b)
    }

    /// Whether everybody of `whole` is in one of `parts`; fails with somebody who is in none.
    pub fn is_cover(&mut self, parts: &[People], whole: &People) -> Verdict {
        self.tidy();
        let notes = joined(parts.iter().chain([whole]));
        let nodes = parts.iter().map(|part| self.load(part)).collect();
        let whole = self.load(whole);
        let mut budget = self.budget();
        match self.join(&mut budget, Operation::Or, nodes) {
            Ok(union) => self.ask(Operation::Without, whole, union, &notes),
            Err(Exceeded) => Verdict::Undecided(too_complex()),
        }
    }

    fn combined(&mut self, operation: Operation, a: &People, b: &People) -> Result<People, Undecided> {
        self.tidy();
        let (one, other) = (self.load(a), self.load(b));
        let node = self.settled(operation, one, other)?;
        Ok(self.export(node, joined([a, b])))
    }

    pub(super) fn settled(
        &mut self,
        operation: Operation,
        a: NodeId,
        b: NodeId,
    ) -> Result<NodeId, Undecided> {
        let mut budget = self.budget();
        self.apply(&mut budget, operation, a, b).map_err(|Exceeded| too_complex())
    }

    fn ask_both(&mut self, operation: Operation, a: &People, b: &People) -> Verdict {
        self.tidy();
        let (one, other) = (self.load(a), self.load(b));
        self.ask(operation, one, other, &joined([a, b]))
    }

    fn ask(&mut self, operation: Operation, a: NodeId, b: NodeId, notes: &Notes) -> Verdict {
        match self.settled(operation, a, b) {
            Ok(node) => self.judge(node, notes),
            Err(undecided) => Verdict::Undecided(undecided),
        }
    }

    /// Whether the diagram has nobody.
    pub(super) fn judge(&self, root: NodeId, notes: &Notes) -> Verdict {
        if root == NOBODY {
            return Verdict::Holds;
        }
        match self.find(root, Goal::Surely) {
            Found::Somebody(values) => match self.witness(root, values, notes) {
                Some(witness) => Verdict::Fails(witness),
                None => Verdict::Undecided(self.unclear(root, notes)),
            },
            Found::Unclear => Verdict::Undecided(self.unclear(root, notes)),
            Found::Nobody => self.judge_opaque(root, notes),
        }
    }

    /// Whether the diagram has nobody, when it has somebody for some meanings of the conditions that are not understood
    /// at most.
    fn judge_opaque(&self, root: NodeId, notes: &Notes) -> Verdict {
        if !self.asked(root).iter().any(Level::is_opaque) {
            return Verdict::Holds;
        }
        match self.find(root, Goal::Perhaps) {
            Found::Nobody => Verdict::Holds,
            Found::Somebody(_) => Verdict::Undecided(self.not_understood(root, notes)),
            Found::Unclear => Verdict::Undecided(self.unclear(root, notes)),
        }
    }

    /// Whether there is certainly nobody; `false` when that cannot be said.
    pub(super) fn is_surely_nobody(&self, root: NodeId) -> bool {
        match self.meet([root, EVERYONE, EVERYONE]) {
            Some(found) => !found,
            None => self.find(root, Goal::Perhaps) == Found::Nobody,
        }
    }

    /// Whether there is certainly somebody; `false` when that cannot be said.
    pub(super) fn is_surely_somebody(&self, root: NodeId) -> bool {
        self.meet([root, EVERYONE, EVERYONE]) == Some(true)
            || matches!(self.find(root, Goal::Surely), Found::Somebody(_))
    }

    pub(super) fn not_understood(&self, root: NodeId, notes: &Notes) -> Undecided {
        let (mut reasons, mut undecided) = (Vec::new(), too_complex());
        for level in self.asked(root).iter().filter(|level| level.is_opaque()) {
            let Some(note) = notes.conditions.get(level) else { continue };
            reasons.extend(note.why.clone());
            undecided.origins.extend(note.origins.iter().cloned());
        }
        reasons.dedup();
        undecided.kind = UndecidedKind::NotUnderstood(reasons);
        undecided.sorted()
    }

    /// The conditions depend on each other in too many ways.
    pub(super) fn unclear(&self, root: NodeId, notes: &Notes) -> Undecided {
        let mut undecided = too_complex();
        for level in self.asked(root).iter().filter(|level| level.is_linked()) {
            let note = notes.conditions.get(level);
            undecided.origins.extend(note.into_iter().flat_map(|note| note.origins.iter().cloned()));
        }
        undecided.sorted()
    }
}

impl Undecided {
    fn sorted(mut self) -> Self {
        self.origins.sort_unstable();
        self.origins.dedup();
        self
    }
}

pub(super) fn too_complex() -> Undecided {
    Undecided { kind: UndecidedKind::TooComplex, origins: Vec::new() }
}

/// What answers say of the conditions of all these people.
pub(super) fn joined<'p>(people: impl IntoIterator<Item = &'p People>) -> Notes {
    let mut notes = Notes::default();
    people.into_iter().for_each(|people| notes.merge(&people.notes));
    notes
}
