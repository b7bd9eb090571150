//! Faults, counted by attribute and reason.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::batch::Place;
use crate::field::Field;
use crate::{FaultExample, FaultGroup, Reason};

/// How many places are remembered for one reason.
const EXAMPLES: usize = 10;

/// Faults by the number of their field (those of whole rows first) and reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults(BTreeMap<(Option<usize>, Reason), Group>);

#[derive(Clone, Debug, Default, PartialEq)]
struct Group {
    rows: u64,
    examples: Vec<FaultExample>,
}

impl Faults {
    /// Counts a fault; of the first ten it is asked where they are and what is there.
    pub fn add(
        &mut self,
        field: Option<usize>,
        reason: Reason,
        place: impl FnOnce() -> Place,
        shown: impl FnOnce() -> (String, Option<SmolStr>),
    ) {
        let group = self.0.entry((field, reason)).or_default();
        group.rows += 1;
        if group.examples.len() < EXAMPLES {
            let (Place { row, line }, (shown, meant)) = (place(), shown());
            group.examples.push(FaultExample { row, line, shown, meant });
        }
    }

    /// Adds those of rows further down.
    pub fn append(&mut self, later: Self) {
        for (key, group) in later.0 {
            let own = self.0.entry(key).or_default();
            own.rows += group.rows;
            let room = EXAMPLES - own.examples.len().min(EXAMPLES);
            own.examples.extend(group.examples.into_iter().take(room));
        }
    }

    /// As they are shown: faults of attributes, in the order of the schema, those of whole rows last.
    pub fn finish(self, fields: &[Field<'_>]) -> Vec<FaultGroup> {
        let mut groups: Vec<FaultGroup> = Vec::new();
        let (rows, cells): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|((field, _), _)| field.is_none());
        for ((field, reason), Group { rows, examples }) in cells.into_iter().chain(rows) {
            let field = field.and_then(|field| fields.get(field));
            groups.push(FaultGroup {
                attribute: field.map(|field| field.attribute.name.clone()),
                reason,
                rows,
                needed: field.is_none_or(|field| field.is_needed),
                examples,
            });
        }
        groups
    }
}
