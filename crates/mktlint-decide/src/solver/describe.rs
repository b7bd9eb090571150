//! People as few conditions.

use super::People;
use super::Solver;
use super::apply::{Budget, Exceeded, Operation};
use super::axis::{Axis, Kind, MISSING, OTHERS, Ordinal, Spans, number_at};
use super::level::{LevelId, What, digits};
use super::people::Notes;
use super::store::{EVERYONE, NOBODY, NodeId};
use super::theory::within;
use crate::{Comparison, Formula, Operand, Tag, Test, Value};

/// Levels of a diagram that are described; few enough for the stack.
const DEPTH: usize = 100;

/// Branches of a node that are told apart.
const BREADTH: usize = 64;

/// Places that must be answered at some levels; everybody when empty.
type Term = Vec<(LevelId, Spans)>;

/// Terms, and the people that they describe.
type Cover = (Vec<Term>, NodeId);

/// Places of a level at which two diagrams go on alike.
struct Branch {
    spans: Spans,
    lower: NodeId,
    upper: NodeId,
}

/// There would be too many conditions, or too much work.
struct TooMany;

impl From<Exceeded> for TooMany {
    fn from(_: Exceeded) -> Self {
        Self
    }
}

impl Solver<'_> {
    /// The people as few conditions, of which one must hold; `None` when there would be more than `most`. No condition
    /// can be left out. Nobody is no condition at all, everybody is `true`.
    pub fn describe(&mut self, people: &People, most: usize) -> Option<Vec<Formula>> {
        self.tidy();
        let root = self.load(people);
        let mut budget = self.budget();
        let (terms, _) = self.cover(root, root, DEPTH, most, &mut budget).ok()?;
        Some(terms.iter().map(|term| self.term(term, &people.notes)).collect())
    }

    /// Terms for at least `lower` and at most `upper` (after Minato, with ranges in place of literals): first for those
    /// whose answer here matters, then for the rest without asking.
    fn cover(
        &mut self,
        lower: NodeId,
        upper: NodeId,
        depth: usize,
        most: usize,
        budget: &mut Budget,
    ) -> Result<Cover, TooMany> {
        if lower == NOBODY {
            return Ok((Vec::new(), NOBODY));
        }
        if upper == EVERYONE {
            return Ok((vec![Term::new()], EVERYONE));
        }
        if depth == 0 {
            return Err(TooMany);
        }
        let (level, branches) = self.common_branches(lower, upper)?;
        let uppers = branches.iter().map(|branch| branch.upper).collect();
        let anywhere = self.join(budget, Operation::And, uppers)?;
        let mut terms: Vec<Term> = Vec::new();
        let mut covered = NOBODY;
        for branch in &branches {
            let open = self.apply(budget, Operation::Without, branch.lower, anywhere)?;
            let done = self.cofactor(covered, level, branch.spans[0].0);
            let open = self.apply(budget, Operation::Without, open, done)?;
            let (found, _) = self.cover(open, branch.upper, depth - 1, most, budget)?;
            for term in found {
                let node = self.people_of(&term, budget)?;
                let spans = self.widest(node, &branches, budget)?;
                let here = self.at_spans(level, &spans, node);
                covered = self.apply(budget, Operation::Or, covered, here)?;
                if spans.len() > most && !self.levels.axis(level).is_listed() {
                    return Err(TooMany);
                }
                terms.push([vec![(level, spans)], term].concat());
            }
            if terms.len() > most {
                return Err(TooMany);
            }
        }
        let mut rest = NOBODY;
        for branch in &branches {
            let done = self.cofactor(covered, level, branch.spans[0].0);
            let open = self.apply(budget, Operation::Without, branch.lower, done)?;
            rest = self.apply(budget, Operation::Or, rest, open)?;
        }
        let (found, node) = self.cover(rest, anywhere, depth - 1, most, budget)?;
        terms.extend(found);
        covered = self.apply(budget, Operation::Or, covered, node)?;
        if terms.len() > most { Err(TooMany) } else { Ok((terms, covered)) }
    }

    /// Where people of `node` may be at this level: a wider condition is a shorter one.
    fn widest(&mut self, node: NodeId, branches: &[Branch], budget: &mut Budget) -> Result<Spans, TooMany> {
        let mut spans = Spans::new();
        for branch in branches {
            if self.apply(budget, Operation::Without, node, branch.upper)? == NOBODY {
                spans.extend(&branch.spans);
            }
        }
        spans.sort_unstable();
        let mut joined = Spans::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if last.0 != MISSING && last.1 + 1 == span.0 => last.1 = span.1,
                _ => joined.push(span),
            }
        }
        Ok(joined)
    }

    /// The first level that one of two diagrams asks, and how both go on from there.
    fn common_branches(&self, a: NodeId, b: NodeId) -> Result<(LevelId, Vec<Branch>), TooMany> {
        let (over, under) = (self.store.level(a), self.store.level(b));
        let level = if self.levels.rank(over) <= self.levels.rank(under) { over } else { under };
        let axis = self.levels.axis(level);
        let mut lasts: Vec<Ordinal> = [a, b]
            .into_iter()
            .filter(|node| self.store.level(*node) == level)
            .flat_map(|node| self.store.runs(node).iter().map(|run| run.last))
            .collect();
        if axis.optional {
            lasts.push(MISSING);
        }
        lasts.sort_unstable();
        lasts.dedup();
        let mut branches: Vec<Branch> = Vec::new();
        let mut from = axis.start();
        for last in lasts {
            let (lower, upper) = (self.cofactor(a, level, last), self.cofactor(b, level, last));
            match branches.iter_mut().find(|branch| (branch.lower, branch.upper) == (lower, upper)) {
                Some(branch) => branch.spans.push((from, last)),
                None => branches.push(Branch { spans: vec![(from, last)], lower, upper }),
            }
            if branches.len() > BREADTH {
                return Err(TooMany);
            }
            from = if last == MISSING { axis.first } else { last + 1 };
        }
        if matches!(axis.kind, Kind::Words { .. }) {
            branches.sort_by_cached_key(|branch| self.first_word(&branch.spans));
        }
        Ok((level, branches))
    }

    /// The diagram once the answer at `level` is `place`. Levels before it are not asked.
    fn cofactor(&self, node: NodeId, level: LevelId, place: Ordinal) -> NodeId {
        if self.store.level(node) != level {
            return node;
        }
        let runs = self.store.runs(node);
        runs.get(runs.partition_point(|run| run.last < place)).map_or(NOBODY, |run| run.child)
    }

    fn people_of(&mut self, term: &Term, budget: &mut Budget) -> Result<NodeId, TooMany> {
        let mut node = EVERYONE;
        for (level, spans) in term.iter().rev() {
            let here = self.at_spans(*level, spans, EVERYONE);
            node = self.apply(budget, Operation::And, here, node)?;
        }
        Ok(node)
    }

    fn term(&self, term: &Term, notes: &Notes) -> Formula {
        let mut conditions: Vec<Formula> =
            term.iter().flat_map(|(level, spans)| self.conditions(*level, spans, notes)).collect();
        match conditions.len() {
            0 => Formula::Const(true),
            1 => conditions.remove(0),
            _ => Formula::And(conditions),
        }
    }

    /// Conditions that together say that the answer at a level is within `spans`.
    fn conditions(&self, id: LevelId, spans: &Spans, notes: &Notes) -> Vec<Formula> {
        let level = self.levels.level(id);
        let is_so = spans.iter().any(|span| span.1 > 0);
        let truth = |formula: Formula| if is_so { formula } else { not(formula) };
        match &level.what {
            What::Value => self.value_conditions(id, spans),
            What::Text(kind, part) => vec![truth(self.written(level.at, Test::Text(*kind, part.clone())))],
            What::Item(test) => vec![truth(self.written(level.at, Test::Any(test.clone())))],
            What::Minus(left) => vec![self.difference_condition(*left, level.at, id, spans)],
            What::Opaque(key) => {
                let why = notes.conditions.get(level).and_then(|note| note.why.clone()).unwrap_or_default();
                vec![truth(Formula::Opaque { key: key.clone(), why, tag: Tag::default() })]
            }
        }
    }

    fn written(&self, at: u32, test: Test) -> Formula {
        let attribute = self.schema.attributes[at as usize].name.clone();
        Formula::Test { attribute, test, tag: Tag::default() }
    }

    fn value_conditions(&self, id: LevelId, spans: &Spans) -> Vec<Formula> {
        let axis = self.levels.axis(id);
        let at = self.levels.level(id).at;
        let missing = spans.first().is_some_and(|span| span.0 == MISSING);
        if missing {
            let others = complement(spans, axis);
            if others == [(axis.first, axis.last)] {
                return vec![not(self.written(at, Test::Known))];
            }
            return vec![not(all(self.value_conditions(id, &others)))];
        }
        if *spans == [(axis.first, axis.last)] {
            return vec![self.written(at, Test::Known)];
        }
        let others = complement(spans, axis);
        let others: Spans = others.into_iter().filter(|span| span.0 != MISSING).collect();
        let known = axis.optional.then(|| self.written(at, Test::Known));
        match &axis.kind {
            Kind::Bool => {
                vec![self.written(
                    at,
                    Test::Compare(Comparison::Equal, Operand::Value(Value::Bool(spans[0].1 > 0))),
                )]
            }
            Kind::Names(members) => {
                let (inside, outside) = (self.names_in(axis, spans), self.names_in(axis, &others));
                if inside.len() <= outside.len() || members.len() <= 2 {
                    return vec![self.written(at, Test::OneOf(inside))];
                }
                known.into_iter().chain([not(self.written(at, Test::OneOf(outside)))]).collect()
            }
            Kind::Words { names } if spans.last().is_some_and(|span| span.1 == OTHERS) => {
                let outside = self.words_in(&others, *names);
                known.into_iter().chain([not(self.written(at, Test::OneOf(outside)))]).collect()
            }
            Kind::Words { names } => vec![self.written(at, Test::OneOf(self.words_in(spans, *names)))],
            Kind::Size { .. } => {
                let test = |comparison, place: Ordinal| {
                    self.written(at, Test::Size(comparison, u32::try_from(place).unwrap_or(u32::MAX)))
                };
                vec![ranges(axis, spans, &test)]
            }
            _ => {
                let test = |comparison, place| match axis.value(place) {
                    Some(value) => self.written(at, Test::Compare(comparison, Operand::Value(value))),
                    None => Formula::Const(true),
                };
                // `x != 3` reads better than two ranges.
                if let ([(from, to)], true) = (others.as_slice(), spans.len() > 1)
                    && from == to
                {
                    return vec![test(Comparison::NotEqual, *from)];
                }
                match ranges(axis, spans, &test) {
                    Formula::And(conditions) => conditions,
                    condition => vec![condition],
                }
            }
        }
    }

    fn names_in(&self, axis: &Axis, spans: &Spans) -> Vec<Value> {
        spans.iter().flat_map(|span| span.0..=span.1).filter_map(|place| axis.value(place)).collect()
    }

    fn words_in(&self, spans: &Spans, names: bool) -> Vec<Value> {
        let places = (0..self.words.len() as Ordinal).filter(|place| within(spans, *place));
        let mut words: Vec<_> = places.filter_map(|place| self.words.word(place).cloned()).collect();
        words.sort_unstable();
        words.into_iter().map(|word| if names { Value::Name(word) } else { Value::Text(word) }).collect()
    }

    fn difference_condition(&self, left: u32, right: u32, id: LevelId, spans: &Spans) -> Formula {
        let name = |at: u32| self.schema.attributes[at as usize].name.clone();
        let scale = [left, right]
            .map(|at| digits(&Axis::of(&self.schema.attributes[at as usize].domain, false)))
            .into_iter()
            .max();
        let test = |comparison, place| Formula::Difference {
            left: name(left),
            right: name(right),
            comparison,
            gap: number_at(place, scale.unwrap_or(0)).unwrap_or_default(),
            tag: Tag::default(),
        };
        ranges(self.levels.axis(id), spans, &test)
    }
}

fn not(formula: Formula) -> Formula {
    Formula::Not(Box::new(formula))
}

fn all(mut conditions: Vec<Formula>) -> Formula {
    if conditions.len() == 1 { conditions.remove(0) } else { Formula::And(conditions) }
}

/// The places of an axis that are not in `spans`.
fn complement(spans: &Spans, axis: &Axis) -> Spans {
    let mut others = Spans::new();
    if axis.optional && spans.first().is_none_or(|span| span.0 != MISSING) {
        others.push((MISSING, MISSING));
    }
    let mut next = axis.first;
    for (from, to) in spans.iter().filter(|span| span.0 != MISSING) {
        if *from > next {
            others.push((next, from - 1));
        }
        next = to + 1;
    }
    if next <= axis.last {
        others.push((next, axis.last));
    }
    others
}

impl Axis {
    /// Whether many of its places make one short condition: `country in [..]`.
    fn is_listed(&self) -> bool {
        matches!(self.kind, Kind::Names(_) | Kind::Words { .. })
    }

    /// Whether the value at one place is rounder than that at another: `USD 500`, not `USD 499.99`.
    fn is_rounder(&self, place: Ordinal, other: Ordinal) -> bool {
        let steps: &[Ordinal] = match self.kind {
            Kind::Number { .. } => &[10, 100, 1_000, 10_000, 100_000, 1_000_000],
            Kind::DateTime | Kind::Time => &[60, 3_600, 86_400],
            _ => &[],
        };
        let fits = |place: Ordinal| steps.iter().filter(|step| place % *step == 0).count();
        fits(place) > fits(other)
    }
}

/// That a place is within one of the spans.
fn ranges(axis: &Axis, spans: &Spans, test: &dyn Fn(Comparison, Ordinal) -> Formula) -> Formula {
    let range = |(from, to): &(Ordinal, Ordinal)| {
        if from == to {
            return test(Comparison::Equal, *from);
        }
        let least = (*from > axis.first).then(|| match axis.is_rounder(from - 1, *from) {
            true => test(Comparison::Greater, from - 1),
            false => test(Comparison::AtLeast, *from),
        });
        let most = (*to < axis.last).then(|| match axis.is_rounder(to + 1, *to) {
            true => test(Comparison::Less, to + 1),
            false => test(Comparison::AtMost, *to),
        });
        all(least.into_iter().chain(most).collect())
    };
    let mut conditions: Vec<Formula> = spans.iter().map(range).collect();
    if conditions.len() == 1 { conditions.remove(0) } else { Formula::Or(conditions) }
}
