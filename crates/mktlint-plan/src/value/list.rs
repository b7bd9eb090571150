//! Several values.

use std::sync::Arc;

use mktlint_asset::{Asset, PartKind};

use super::{Record, Value};
use crate::{Const, Plan};

/// Several values, in order.
#[derive(Clone, Debug)]
pub enum List<'a> {
    /// Values of the policy.
    Consts(&'a Plan, &'a [Const]),
    /// The parts of one kind.
    Parts(&'a Asset, PartKind),
    /// Computed.
    Values(Arc<[Value<'a>]>),
}

impl<'a> List<'a> {
    /// The items, in order.
    pub fn iter(&self) -> Box<dyn Iterator<Item = Value<'a>> + '_> {
        match self {
            Self::Consts(plan, items) => Box::new(items.iter().map(|item| Value::of(plan, item))),
            Self::Parts(asset, kind) => Box::new(parts(asset, *kind)),
            Self::Values(values) => Box::new(values.iter().cloned()),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Consts(_, items) => items.len(),
            Self::Parts(asset, kind) => asset.parts.iter().filter(|part| part.kind == *kind).count(),
            Self::Values(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

/// The parts of `kind` that extractors made, in order.
fn parts<'a>(asset: &'a Asset, kind: PartKind) -> impl Iterator<Item = Value<'a>> {
    let of_kind = asset.parts.iter().zip(0..).filter(move |(part, _)| part.kind == kind);
    of_kind.map(move |(_, at)| Value::record(Record::Part(asset, at)))
}

impl PartialEq for List<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
