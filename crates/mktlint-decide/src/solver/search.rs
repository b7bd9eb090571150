//! Finding a path to everyone that is a person.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::Solver;
use super::axis::{Kind, MISSING, OTHERS, Ordinal, Spans};
use super::level::{Level, LevelId, What};
use super::store::{EVERYONE, NOBODY, NodeId};
use super::theory::{Answer, Checked, Possible, Theory, Values, Work};
use crate::Value;

/// Where a path may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// At everyone, whatever the conditions say that are not understood.
    Surely,
    /// At everyone, for some of what they may say.
    Perhaps,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// These values lead to the goal.
    Somebody(Values),
    /// Nobody does.
    Nobody,
    /// It would take too much work to say.
    Unclear,
}

/// Paths that one search may try, one for so many nodes of the limit.
const NODES_PER_PATH: usize = 20;

/// A choice at a node: branches to one child that go together.
struct Choice {
    spans: Vec<(Ordinal, Ordinal)>,
    child: NodeId,
    cost: u32,
}

/// A node on the path, and the choices that were not tried yet, the best last.
struct Frame {
    node: NodeId,
    level: LevelId,
    choices: Vec<Choice>,
    /// Whether what is below can be judged without the answers above: it is the first that asks about its attribute, and
    /// no difference goes over more than one.
    stands_alone: bool,
    /// Whether it could not be said of a path below.
    is_unclear: bool,
}

/// Which answers of a diagram can contradict each other.
#[derive(Default)]
struct Linked {
    /// The attributes that more than one question is asked of.
    attributes: BTreeSet<u32>,
    /// Whether there are differences, which go over more than one attribute.
    by_difference: bool,
}

/// What paths from each node cost at least.
type Costs = FxHashMap<NodeId, u32>;

impl Solver<'_> {
    pub(super) fn theory(&self) -> Theory<'_> {
        Theory { schema: self.schema, levels: &self.levels, words: &self.words, work: Work::default() }
    }

    /// The nodes from `root` on, in order of levels.
    pub(super) fn reachable(&self, root: NodeId) -> Vec<NodeId> {
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        let mut stack = vec![root];
        let mut found = Vec::new();
        while let Some(node) = stack.pop() {
            if node > EVERYONE && seen.insert(node) {
                found.push(node);
                stack.extend(self.store.runs(node).iter().map(|run| run.child));
            }
        }
        found.sort_unstable_by_key(|node| (self.levels.rank(self.store.level(*node)), *node));
        found
    }

    /// The levels that a diagram asks, in order.
    pub(super) fn asked(&self, root: NodeId) -> Vec<Level> {
        let mut levels: Vec<LevelId> =
            self.reachable(root).into_iter().map(|node| self.store.level(node)).collect();
        levels.dedup();
        levels.into_iter().map(|level| self.levels.level(level).clone()).collect()
    }

    /// Somebody whom the diagram leads to the goal, by the fewest and plainest answers.
    pub(super) fn find(&self, root: NodeId, goal: Goal) -> Found {
        if root == NOBODY {
            return Found::Nobody;
        }
        let nodes = self.reachable(root);
        let linked = self.linked(&nodes);
        let costs = self.costs(&nodes, goal);
        if costs.get(&root) == Some(&u32::MAX) {
            return Found::Nobody;
        }
        let mut paths = (self.limits.nodes / NODES_PER_PATH).max(64);
        let theory = self.theory();
        let mut answers: Vec<Answer> = Vec::new();
        let mut models: Vec<Option<Value>> = Vec::new();
        let mut frames: Vec<Frame> = Vec::new();
        let mut dead: FxHashSet<NodeId> = FxHashSet::default();
        let mut node = Some(root);
        let mut unclear = false;
        loop {
            if let Some(node) = node.take() {
                if self.is_goal(node, goal) {
                    match theory.solve(&answers) {
                        Possible::Yes(values) => return Found::Somebody(values),
                        Possible::No => {}
                        Possible::Unclear => match frames.last_mut() {
                            Some(frame) => frame.is_unclear = true,
                            None => unclear = true,
                        },
                    }
                } else if !dead.contains(&node) {
                    let above = frames.last().map(|frame| frame.level);
                    frames.push(self.frame(node, above, &costs, &linked));
                }
            }
            answers.truncate(frames.len().saturating_sub(1));
            models.truncate(answers.len());
            let Some(frame) = frames.last_mut() else { break };
            match frame.choices.pop() {
                None => {
                    if frame.stands_alone && !frame.is_unclear {
                        dead.insert(frame.node);
                    }
                    unclear = frame.is_unclear;
                    frames.pop();
                    if let Some(frame) = frames.last_mut() {
                        frame.is_unclear |= unclear;
                    }
                }
                Some(choice) => {
                    answers.push(Answer { level: frame.level, spans: choice.spans });
                    paths -= 1;
                    if paths == 0 || theory.work.is_done() {
                        return Found::Unclear;
                    }
                    if let Checked::Fine(model) = theory.check(&answers, &models) {
                        models.push(model);
                        node = Some(choice.child);
                    }
                }
            }
        }
        if unclear { Found::Unclear } else { Found::Nobody }
    }

    fn is_goal(&self, node: NodeId, goal: Goal) -> bool {
        node == EVERYONE
            || (node > EVERYONE
                && goal == Goal::Perhaps
                && self.levels.level(self.store.level(node)).is_opaque())
    }

    /// What each node costs, parents after children.
    fn costs(&self, nodes: &[NodeId], goal: Goal) -> Costs {
        let mut costs = Costs::from_iter([(NOBODY, u32::MAX), (EVERYONE, 0)]);
        for node in nodes.iter().rev() {
            let is_opaque = self.levels.level(self.store.level(*node)).is_opaque();
            let cost = match (is_opaque, goal) {
                (true, Goal::Surely) => u32::MAX,
                (true, Goal::Perhaps) => 0,
                (false, _) => {
                    let runs = self.store.runs(*node);
                    let cost = |run: &super::store::Run| {
                        costs.get(&run.child).map_or(u32::MAX, |cost| cost.saturating_add(step(run.last)))
                    };
                    runs.iter().map(cost).min().unwrap_or(u32::MAX)
                }
            };
            costs.insert(*node, cost);
        }
        costs
    }

    /// The attributes whose answers can contradict others.
    fn linked(&self, nodes: &[NodeId]) -> Linked {
        let mut linked = Linked::default();
        for node in nodes {
            let level = self.levels.level(self.store.level(*node));
            if level.is_linked() {
                linked.attributes.insert(level.at);
            }
            if let What::Minus(left) = level.what {
                linked.attributes.insert(left);
                linked.by_difference = true;
            }
        }
        linked
    }

    fn frame(&self, node: NodeId, above: Option<LevelId>, costs: &Costs, linked: &Linked) -> Frame {
        let id = self.store.level(node);
        let level = self.levels.level(id);
        let apart = level.what == What::Value && linked.attributes.contains(&level.at)
            || matches!(level.what, What::Minus(_));
        let words = matches!(self.levels.axis(id).kind, Kind::Words { .. });
        let mut choices: Vec<Choice> = Vec::new();
        let mut from = self.levels.axis(id).start();
        for run in self.store.runs(node) {
            let spans = [(from, run.last)];
            from = self.after(id, run.last);
            let cost = costs.get(&run.child).copied().unwrap_or(u32::MAX);
            if cost == u32::MAX {
                continue;
            }
            let spans = self.apart_from_missing(id, spans[0]);
            for span in spans {
                let cost = cost.saturating_add(step(span.1));
                let same = choices.iter_mut().find(|choice| {
                    choice.child == run.child
                        && (!apart || words)
                        && (choice.spans[0].0 == MISSING) == (span.0 == MISSING)
                });
                match same {
                    Some(choice) => choice.spans.push(span),
                    None => choices.push(Choice { spans: vec![span], child: run.child, cost }),
                }
            }
        }
        if words {
            choices.sort_by_cached_key(|choice| self.first_word(&choice.spans));
        }
        // The best last; of equal ones the first branch, or the true one of a condition.
        if !level.is_linked() {
            choices.reverse();
        }
        choices.sort_by_key(|choice| std::cmp::Reverse(choice.cost));
        let is_first = above.is_none_or(|above| self.levels.level(above).at != level.at);
        let stands_alone = is_first && !linked.by_difference;
        Frame { node, level: id, choices, stands_alone, is_unclear: false }
    }

    /// What branches over words are put in order by. Their own order tells when the solver met which word, and answers
    /// must not depend on what was asked before: the missing value, then the least word, then all that are not named.
    pub(super) fn first_word(&self, spans: &Spans) -> (bool, bool, Option<SmolStr>) {
        let is_missing = spans.first().is_some_and(|span| span.0 == MISSING);
        if is_missing || spans.last().is_some_and(|span| span.1 == OTHERS) {
            return (!is_missing, !is_missing, None);
        }
        let places = spans.iter().flat_map(|span| span.0.max(0)..=span.1);
        (true, false, places.filter_map(|place| self.words.word(place)).min().cloned())
    }

    /// The missing value is a choice of its own, even where others lead to the same child.
    fn apart_from_missing(&self, level: LevelId, span: (Ordinal, Ordinal)) -> Vec<(Ordinal, Ordinal)> {
        if span.0 != MISSING || span.1 == MISSING {
            return vec![span];
        }
        vec![(MISSING, MISSING), (self.levels.axis(level).first, span.1)]
    }

    fn after(&self, level: LevelId, last: Ordinal) -> Ordinal {
        if last == MISSING { self.levels.axis(level).first } else { last + 1 }
    }
}

/// What one answer costs: somebody of whom something is known is a plainer example.
fn step(last: Ordinal) -> u32 {
    if last == MISSING { 3 } else { 2 }
}
