//! How audiences stand to each other.

use crate::commands::audience::overlap::{Relation, Relations, relations};
use crate::people::{Crowd, short_names};

/// The most audiences that are compared: more do not fit on a page.
pub const MOST: usize = 40;

/// Audiences, each against each.
#[derive(Debug, Default)]
pub struct Overlap {
    /// As short as they are clear.
    pub names: Vec<String>,
    /// How many more there are.
    pub n_more: usize,
    relations: Relations,
}

impl Overlap {
    /// The audiences of `crowd`.
    pub fn of(crowd: &Crowd) -> Self {
        let mut groups = crowd.audiences();
        let names: Vec<String> = short_names(&groups).into_iter().map(str::to_owned).collect();
        let n_more = groups.len().saturating_sub(MOST);
        groups.truncate(MOST);
        let relations = relations(&groups, crowd, &mut crowd.solver());
        Self { names: names.into_iter().take(MOST).collect(), n_more, relations }
    }

    /// How the audience `row` stands to `column`; `None` to itself.
    pub fn get(&self, row: usize, column: usize) -> Option<Relation> {
        self.relations.get(row, column)
    }
}
