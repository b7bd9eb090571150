//! How two audiences stand to each other.

use mktlint_decide::{People, Solver, Undecided, Verdict};

use crate::people::{Crowd, Group};

/// How the first of two audiences stands to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nobody is in both.
    Apart,
    /// Somebody is in both, and each has somebody of its own.
    Overlap,
    /// All of the first are in the second, which has others.
    Inside,
    /// All of the second are in the first, which has others.
    Around,
    /// The same people are in both.
    Same,
    /// It cannot be said, for this reason.
    Undecided(String),
}

impl Relation {
    /// What tools call it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Apart => "disjoint",
            Self::Overlap => "overlap",
            Self::Inside => "subset",
            Self::Around => "superset",
            Self::Same => "equivalent",
            Self::Undecided(_) => "undecided",
        }
    }

    /// Why there is none.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Undecided(why) => Some(why),
            _ => None,
        }
    }

    /// How the second stands to the first.
    pub fn mirrored(&self) -> Self {
        match self {
            Self::Inside => Self::Around,
            Self::Around => Self::Inside,
            other => other.clone(),
        }
    }
}

/// How each of some audiences stands to each that follows it.
#[derive(Debug)]
pub struct Relations {
    n: usize,
    /// In order of the first, then of the second.
    pub pairs: Vec<(usize, usize, Relation)>,
}

impl Relations {
    /// How audience `row` stands to audience `column`; `None` on the diagonal.
    pub fn get(&self, row: usize, column: usize) -> Option<Relation> {
        let (a, b) = (row.min(column), row.max(column));
        if a == b || b >= self.n {
            return None;
        }
        // Before row `a` there are (n-1) + (n-2) + … pairs.
        let before = a * (2 * self.n - a - 1) / 2;
        let (_, _, relation) = self.pairs.get(before + (b - a - 1))?;
        Some(if row < column { relation.clone() } else { relation.mirrored() })
    }
}

/// Compares each of `groups` with each.
pub fn relations(groups: &[Group<'_>], crowd: &Crowd, solver: &mut Solver<'_>) -> Relations {
    let why = |undecided: &Undecided| crowd.why(undecided);
    let people: Vec<Result<People, String>> = groups
        .iter()
        .map(|group| solver.people(&group.formula(), crowd.now).map_err(|undecided| why(&undecided)))
        .collect();
    let known: Vec<People> = people.iter().filter_map(|it| it.as_ref().ok().cloned()).collect();
    let mut meets = solver.matrix(&known).overlaps.into_iter();
    let mut pairs = Vec::new();
    for (a, first) in people.iter().enumerate() {
        for (b, second) in people.iter().enumerate().skip(a + 1) {
            let relation = match (first, second) {
                (Ok(first), Ok(second)) => match meets.next().flatten() {
                    Some(false) => Relation::Apart,
                    Some(true) => overlapping(first, second, solver),
                    None => match solver.is_disjoint(first, second) {
                        Verdict::Undecided(undecided) => Relation::Undecided(why(&undecided)),
                        Verdict::Holds => Relation::Apart,
                        Verdict::Fails(_) => overlapping(first, second, solver),
                    },
                },
                (Err(why), _) | (_, Err(why)) => Relation::Undecided(why.clone()),
            };
            pairs.push((a, b, relation));
        }
    }
    Relations { n: groups.len(), pairs }
}

/// How `a` stands to `b`, when somebody is in both. What cannot be decided about containment leaves it at that.
fn overlapping(a: &People, b: &People, solver: &mut Solver<'_>) -> Relation {
    let mut is_inside = |a: &People, b: &People| solver.is_subset(a, b) == Verdict::Holds;
    match (is_inside(a, b), is_inside(b, a)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Inside,
        (false, true) => Relation::Around,
        (false, false) => Relation::Overlap,
    }
}
