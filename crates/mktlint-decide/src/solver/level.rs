//! The levels of diagrams: what a node asks.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::axis::{Axis, Kind};
use crate::{ItemTest, Schema, TextTest};

/// What the nodes of one level ask. Diagrams ask in this order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Level {
    /// The position of the attribute; of a condition that is not understood, behind all of them.
    pub at: u32,
    /// What is asked of it.
    pub what: What,
}

/// What is asked of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// Its value, whether it is missing; of a set its size.
    Value,
    /// Whether the text is like that; the part is in lower case.
    Text(TextTest, SmolStr),
    /// Whether the set has an item like that.
    Item(ItemTest),
    /// How much more the attribute at that earlier position is.
    Minus(u32),
    /// Whether the condition of that key holds.
    Opaque(SmolStr),
}

/// The level of conditions that are not understood.
const BEHIND: u32 = u32::MAX;

impl Level {
    /// The value of the attribute at a position.
    pub fn value(at: usize) -> Self {
        Self { at: at as u32, what: What::Value }
    }

    /// The condition of that key.
    pub fn opaque(key: SmolStr) -> Self {
        Self { at: BEHIND, what: What::Opaque(key) }
    }

    /// Whether the answers at this level can contradict those at others.
    pub fn is_linked(&self) -> bool {
        matches!(self.what, What::Text(..) | What::Item(_) | What::Minus(_))
    }

    /// Whether it stands for a condition that is not understood.
    pub fn is_opaque(&self) -> bool {
        matches!(self.what, What::Opaque(_))
    }
}

/// The number of a level in one solver.
pub type LevelId = u32;

/// The levels that a solver has met so far.
#[derive(Debug, Default)]
pub struct Levels {
    levels: Vec<Level>,
    axes: Vec<Axis>,
    ids: FxHashMap<Level, LevelId>,
    /// By order of levels.
    order: Vec<LevelId>,
    /// By number: the place in `order`.
    ranks: Vec<u32>,
    have_differences: bool,
}

impl Levels {
    /// The number of `level`.
    pub fn id(&mut self, level: Level, schema: &Schema) -> LevelId {
        if let Some(id) = self.ids.get(&level) {
            return *id;
        }
        let id = self.levels.len() as LevelId;
        let rank = self.order.partition_point(|other| self.levels[*other as usize] < level);
        self.axes.push(axis(&level, schema));
        self.have_differences |= matches!(level.what, What::Minus(_));
        self.levels.push(level.clone());
        self.ids.insert(level, id);
        self.order.insert(rank, id);
        self.ranks.push(0);
        for (rank, id) in self.order.iter().enumerate().skip(rank) {
            self.ranks[*id as usize] = rank as u32;
        }
        id
    }

    /// Whether one of them asks for a difference.
    pub fn have_differences(&self) -> bool {
        self.have_differences
    }

    /// The level of that number.
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[id as usize]
    }

    /// Its axis.
    pub fn axis(&self, id: LevelId) -> &Axis {
        &self.axes[id as usize]
    }

    /// The level that stands at that place among those that there are now.
    pub fn at_rank(&self, rank: u32) -> LevelId {
        self.order[rank as usize]
    }

    /// Where it stands among the levels that there are now.
    pub fn rank(&self, id: LevelId) -> u32 {
        self.ranks.get(id as usize).copied().unwrap_or(u32::MAX)
    }
}

fn axis(level: &Level, schema: &Schema) -> Axis {
    let of = |at: u32| match schema.attributes.get(at as usize) {
        Some(attribute) => Axis::of(&attribute.domain, attribute.optional),
        None => Axis::truth(),
    };
    match level.what {
        What::Value => of(level.at),
        What::Minus(left) => difference(&of(left), &of(level.at)),
        What::Text(..) | What::Item(_) | What::Opaque(_) => Axis::truth(),
    }
}

/// The axis of `left - right`, in the finer steps of the two.
fn difference(left: &Axis, right: &Axis) -> Axis {
    let (one, other) = (finer(left, right), finer(right, left));
    Axis {
        optional: false,
        first: left.first.saturating_mul(one).saturating_sub(right.last.saturating_mul(other)),
        last: left.last.saturating_mul(one).saturating_sub(right.first.saturating_mul(other)),
        kind: Kind::Difference,
    }
}

/// How many steps of the finer of two axes one step of `axis` is.
pub fn finer(axis: &Axis, other: &Axis) -> i128 {
    10_i128.pow(digits(other).saturating_sub(digits(axis)))
}

/// Digits behind the point of a place.
pub fn digits(axis: &Axis) -> u32 {
    match axis.kind {
        Kind::Number { scale, .. } => scale,
        _ => 0,
    }
}
