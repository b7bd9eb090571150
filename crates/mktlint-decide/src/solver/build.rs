//! Formulas as diagrams.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::apply::{Apply, Budget, Exceeded, Operation};
use super::atom::Atom;
use super::people::Notes;
use super::store::{EVERYONE, NOBODY, NodeId};
use super::{People, Solver, Undecided, UndecidedKind};
use crate::{Formula, Operand, Origin, Tag, Test};

/// What a definition is at one moment.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    node: NodeId,
    spoken: Spoken,
}

/// What was met in one formula, without the definitions that it names.
#[derive(Clone, Debug, Default)]
struct Spoken {
    notes: Notes,
    named: BTreeSet<SmolStr>,
}

/// One step of a walk that keeps its own stack: a definition can name another ten thousand times over.
enum Step<'f> {
    Enter(&'f Formula),
    Not(&'f Formula),
    Join(&'f Formula, Operation, usize),
    /// What was entered since is the meaning of the definition.
    Define(&'f SmolStr),
}

/// Where a walk is.
struct Walk<'f> {
    steps: Vec<Step<'f>>,
    done: Vec<NodeId>,
    /// The definitions that are being entered, the last innermost.
    open: Vec<&'f SmolStr>,
    is_open: BTreeSet<&'f SmolStr>,
    /// What was met in the question, then in each open definition.
    spoken: Vec<Spoken>,
    now: DateTime,
    budget: Budget,
}

impl Walk<'_> {
    fn here(&self, tag: Tag) -> Origin {
        Origin { definition: self.open.last().map(|name| (*name).clone()), tag }
    }

    fn spoken(&mut self) -> &mut Spoken {
        if self.spoken.is_empty() {
            self.spoken.push(Spoken::default());
        }
        self.spoken.last_mut().expect("one was pushed when there was none")
    }

    fn too_complex(&self, formula: &Formula) -> Undecided {
        let origins = formula.first_tag().map(|tag| self.here(tag)).into_iter().collect();
        Undecided { kind: UndecidedKind::TooComplex, origins }
    }
}

impl<'a> Solver<'a> {
    /// The people of `formula` at `now`.
    ///
    /// # Errors
    /// When the formula is too complex: its diagram has more nodes than [`super::Limits`] allow, or a definition needs
    /// itself. Conditions that are not understood are no error here.
    pub fn people(&mut self, formula: &Formula, now: DateTime) -> Result<People, Undecided> {
        self.tidy();
        let (node, notes) = self.build(formula, now)?;
        Ok(self.export(node, notes))
    }

    /// The diagram of `formula`, and what answers say of its conditions.
    pub(super) fn build(&mut self, formula: &Formula, now: DateTime) -> Result<(NodeId, Notes), Undecided> {
        let mut walk = Walk {
            steps: vec![Step::Enter(formula)],
            done: Vec::new(),
            open: Vec::new(),
            is_open: BTreeSet::new(),
            spoken: vec![Spoken::default()],
            now,
            budget: self.budget(),
        };
        while let Some(step) = walk.steps.pop() {
            self.step(step, &mut walk)?;
        }
        let spoken = walk.spoken.pop().unwrap_or_default();
        Ok((walk.done.pop().unwrap_or(NOBODY), self.gather(spoken, now)))
    }

    fn step<'f>(&mut self, step: Step<'f>, walk: &mut Walk<'f>) -> Result<(), Undecided>
    where
        'a: 'f,
    {
        match step {
            Step::Enter(formula) => self.enter(formula, walk)?,
            Step::Not(formula) => {
                let node = walk.done.pop().unwrap_or(NOBODY);
                let result = self.apply(&mut walk.budget, Operation::Without, EVERYONE, node);
                walk.done.push(result.map_err(|Exceeded| walk.too_complex(formula))?);
            }
            Step::Join(formula, operation, n) => {
                let parts = walk.done.split_off(walk.done.len().saturating_sub(n));
                let result = self.join(&mut walk.budget, operation, parts);
                walk.done.push(result.map_err(|Exceeded| walk.too_complex(formula))?);
            }
            Step::Define(name) => {
                walk.open.pop();
                walk.is_open.remove(name);
                let meaning = Meaning {
                    node: walk.done.last().copied().unwrap_or(NOBODY),
                    spoken: walk.spoken.pop().unwrap_or_default(),
                };
                self.meanings.insert((name.clone(), walk.now), meaning);
            }
        }
        Ok(())
    }

    fn enter<'f>(&mut self, formula: &'f Formula, walk: &mut Walk<'f>) -> Result<(), Undecided>
    where
        'a: 'f,
    {
        match formula {
            Formula::Const(truth) => walk.done.push(if *truth { EVERYONE } else { NOBODY }),
            Formula::Test { attribute, test, tag } => {
                let atom = self.test(attribute, test, walk.now);
                if is_relative(test)
                    && let Some(at) = self.positions.get(attribute.as_str())
                {
                    walk.spoken().notes.relative.insert(*at as u32);
                }
                note(walk, atom, *tag);
            }
            Formula::Difference { left, right, comparison, gap, tag } => {
                let atom = self.difference(left, right, *comparison, *gap);
                note(walk, atom, *tag);
            }
            Formula::Opaque { key, why, tag } => {
                let atom = self.opaque(key, why);
                note(walk, atom, *tag);
            }
            Formula::Not(inner) => walk.steps.extend([Step::Not(formula), Step::Enter(inner)]),
            Formula::And(parts) | Formula::Or(parts) => {
                let is_and = matches!(formula, Formula::And(_));
                let operation = if is_and { Operation::And } else { Operation::Or };
                walk.steps.push(Step::Join(formula, operation, parts.len()));
                walk.steps.extend(parts.iter().rev().map(Step::Enter));
            }
            Formula::Named { name, tag } => return self.named(name, *tag, formula, walk),
        }
        Ok(())
    }

    fn named<'f>(
        &mut self,
        name: &'f SmolStr,
        tag: Tag,
        formula: &Formula,
        walk: &mut Walk<'f>,
    ) -> Result<(), Undecided>
    where
        'a: 'f,
    {
        walk.spoken().named.insert(name.clone());
        if let Some(meaning) = self.meanings.get(&(name.clone(), walk.now)) {
            walk.done.push(meaning.node);
            return Ok(());
        }
        let Some(definition) = self.definitions.get(name) else {
            let atom =
                self.opaque(&format!("definition {name}").into(), &format!("`{name}` is not there").into());
            note(walk, atom, tag);
            return Ok(());
        };
        if !walk.is_open.insert(name) {
            return Err(walk.too_complex(formula));
        }
        walk.open.push(name);
        walk.spoken.push(Spoken::default());
        walk.steps.extend([Step::Define(name), Step::Enter(definition)]);
        Ok(())
    }

    /// What was met in a formula and in all definitions that it needs.
    fn gather(&self, spoken: Spoken, now: DateTime) -> Notes {
        let mut notes = spoken.notes;
        let mut open: Vec<SmolStr> = spoken.named.into_iter().collect();
        let mut seen: FxHashSet<SmolStr> = FxHashSet::default();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            if let Some(meaning) = self.meanings.get(&(name, now)) {
                notes.merge(&meaning.spoken.notes);
                open.extend(meaning.spoken.named.iter().cloned());
            }
        }
        notes
    }

    /// The work that one question may make.
    pub(super) fn budget(&self) -> Budget {
        Budget::new(self.limits.nodes)
    }

    /// Combines two diagrams.
    pub(super) fn apply(
        &mut self,
        budget: &mut Budget,
        operation: Operation,
        a: NodeId,
        b: NodeId,
    ) -> Result<NodeId, Exceeded> {
        let mut apply = Apply { store: &mut self.store, levels: &self.levels, memo: &mut self.memo, budget };
        apply.run(operation, a, b)
    }

    /// Combines many diagrams, two by two: a chain would walk the growing result once for each part.
    pub(super) fn join(
        &mut self,
        budget: &mut Budget,
        operation: Operation,
        mut parts: Vec<NodeId>,
    ) -> Result<NodeId, Exceeded> {
        let neutral = if operation == Operation::And { EVERYONE } else { NOBODY };
        while parts.len() > 1 {
            let mut next = Vec::with_capacity(parts.len().div_ceil(2));
            for pair in parts.chunks(2) {
                next.push(match pair {
                    [a, b] => self.apply(budget, operation, *a, *b)?,
                    rest => rest.first().copied().unwrap_or(neutral),
                });
            }
            parts = next;
        }
        Ok(parts.first().copied().unwrap_or(neutral))
    }
}

/// Takes the diagram of a condition, and notes where it is written when answers may need that.
fn note(walk: &mut Walk<'_>, atom: Atom, tag: Tag) {
    walk.done.push(atom.node);
    let origin = walk.here(tag);
    let conditions: &mut BTreeMap<_, _> = &mut walk.spoken().notes.conditions;
    for level in atom.linked {
        let note = conditions.entry(level).or_default();
        note.why = note.why.take().or_else(|| atom.why.clone());
        note.origins.insert(origin.clone());
    }
}

fn is_relative(test: &Test) -> bool {
    matches!(test, Test::Compare(_, Operand::FromNow(_) | Operand::DayFromNow(_)))
}

impl Formula {
    /// The tag of the first condition in it.
    pub(crate) fn first_tag(&self) -> Option<Tag> {
        let mut stack = vec![self];
        while let Some(formula) = stack.pop() {
            match formula {
                Self::Const(_) => {}
                Self::Test { tag, .. }
                | Self::Difference { tag, .. }
                | Self::Opaque { tag, .. }
                | Self::Named { tag, .. } => return Some(*tag),
                Self::Not(inner) => stack.push(inner),
                Self::And(parts) | Self::Or(parts) => stack.extend(parts.iter().rev()),
            }
        }
        None
    }
}
