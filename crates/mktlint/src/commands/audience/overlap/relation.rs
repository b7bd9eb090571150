//! How two audiences stand to each other.

use jiff::civil::DateTime;
use mktlint_decide::{Formula, Matrix, People, Solver, Verdict};

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
#[derive(Debug, Default)]
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
    let people: Vec<Result<People, String>> = groups
        .iter()
        .map(|group| solver.people(&group.formula(), crowd.now).map_err(|undecided| crowd.why(&undecided)))
        .collect();
    let meetings = Meetings::of(&people, solver);
    let mut pairs = Vec::new();
    for (a, first) in people.iter().enumerate() {
        for (b, second) in people.iter().enumerate().skip(a + 1) {
            let relation = match (first, second) {
                (Ok(first), Ok(second)) => match meetings.meet(a, b) {
                    Some(false) => Relation::Apart,
                    Some(true) => meetings.contained(a, b),
                    None => match solver.is_disjoint(first, second) {
                        Verdict::Undecided(undecided) => Relation::Undecided(crowd.why(&undecided)),
                        Verdict::Holds => Relation::Apart,
                        Verdict::Fails(_) => meetings.contained(a, b),
                    },
                },
                (Err(why), _) | (_, Err(why)) => Relation::Undecided(why.clone()),
            };
            pairs.push((a, b, relation));
        }
    }
    Relations { n: groups.len(), pairs }
}

/// Which of some audiences meet each other, and which meet those who are not in each other. Cheaper than a question for
/// each pair, since nobody has to be made up.
struct Meetings {
    n: usize,
    /// The audiences, then for each those who are not in it.
    all: Matrix,
}

impl Meetings {
    /// Audiences that are too complex count as nobody.
    fn of(people: &[Result<People, String>], solver: &mut Solver<'_>) -> Self {
        let nobody = solver.people(&Formula::Const(false), DateTime::MIN).ok();
        let known = |it: &Result<People, String>| it.as_ref().ok().cloned().or_else(|| nobody.clone());
        let mut all: Vec<People> = people.iter().filter_map(known).collect();
        // One that has no opposite within the limits is taken to lie inside of nothing.
        let opposites: Vec<People> =
            all.iter().map(|people| solver.not(people).unwrap_or_else(|_| people.clone())).collect();
        all.extend(opposites);
        Self { n: people.len(), all: solver.matrix(&all) }
    }

    fn meet(&self, a: usize, b: usize) -> Option<bool> {
        self.all.overlap(a, b)
    }

    /// How `a` stands to `b`, when somebody is in both. What cannot be decided about containment leaves it at that.
    fn contained(&self, a: usize, b: usize) -> Relation {
        let is_inside = |a: usize, b: usize| self.all.overlap(a, self.n + b) == Some(false);
        match (is_inside(a, b), is_inside(b, a)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Inside,
            (false, true) => Relation::Around,
            (false, false) => Relation::Overlap,
        }
    }
}
