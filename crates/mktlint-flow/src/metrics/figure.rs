//! One figure.

use smol_str::SmolStr;

/// One figure, of everything or of what its labels say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name; [`super::Definition::of`] says what it means.
    pub name: &'static str,
    /// What it is about: `tier` is `low`; empty of everything.
    pub labels: Vec<(&'static str, SmolStr)>,
    /// How much.
    pub measure: Measure,
}

/// How much, exactly: no figure is rounded before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Of values of several cases; `None` of none.
    Spread(Option<Spread>),
    /// `part` of `whole`; not known when `whole` is 0.
    Share {
        /// How many of them.
        part: usize,
        /// How many there are.
        whole: usize,
    },
    /// So many in so many seconds; not known when that is 0.
    Rate {
        /// How many.
        count: usize,
        /// In how many seconds.
        seconds: i64,
    },
    /// So many.
    Count(usize),
}

/// The values of several cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many cases.
    pub n: usize,
    /// The smallest value that half of the cases do not exceed.
    pub median: i64,
    /// The smallest value that nine of ten cases do not exceed.
    pub p90: i64,
    /// The smallest.
    pub least: i64,
    /// The greatest.
    pub greatest: i64,
    /// Of all of them.
    pub sum: i64,
}

impl Spread {
    /// Of `values`, in any order; `None` of none.
    ///
    /// Percentiles are nearest-rank: of n ordered values the one in place ⌈n·p⌉, so each is a value that occurred.
    pub fn of(mut values: Vec<i64>) -> Option<Self> {
        values.sort_unstable();
        let n = values.len();
        let ranked = |tenths: usize| values.get((n * tenths).div_ceil(10).max(1) - 1).copied();
        Some(Self {
            n,
            median: ranked(5)?,
            p90: ranked(9)?,
            least: *values.first()?,
            greatest: *values.last()?,
            sum: values.iter().fold(0, |sum, value| sum.saturating_add(*value)),
        })
    }
}

impl Measure {
    /// Of how many cases it speaks.
    pub const fn n(&self) -> usize {
        match self {
            Self::Spread(Some(spread)) => spread.n,
            Self::Spread(None) => 0,
            Self::Share { whole, .. } => *whole,
            Self::Rate { count, .. } | Self::Count(count) => *count,
        }
    }

    /// Whether anything is known.
    pub const fn is_known(&self) -> bool {
        match self {
            Self::Spread(spread) => spread.is_some(),
            Self::Share { whole, .. } => *whole > 0,
            Self::Rate { seconds, .. } => *seconds > 0,
            Self::Count(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranks(values: &[i64]) -> Option<(i64, i64)> {
        Spread::of(values.to_vec()).map(|spread| (spread.median, spread.p90))
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        assert_eq!(ranks(&[]), None);
        assert_eq!(ranks(&[7]), Some((7, 7)));
        // Of four the second and the fourth; of ten the fifth and the ninth; of eleven the sixth and the tenth.
        assert_eq!(ranks(&[40, 10, 30, 20]), Some((20, 40)));
        assert_eq!(ranks(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), Some((5, 9)));
        assert_eq!(ranks(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), Some((6, 10)));
    }

    proptest! {
        /// The definition of a percentile, counted.
        #[test]
        fn enough_cases_do_not_exceed_a_percentile(values in prop::collection::vec(-50_i64..50, 1..60)) {
            let spread = Spread::of(values.clone()).expect("there are values");
            for (found, tenths) in [(spread.median, 5), (spread.p90, 9)] {
                let at_most = |bound: i64| values.iter().filter(|value| **value <= bound).count() * 10;
                prop_assert!(at_most(found) >= values.len() * tenths);
                prop_assert!(at_most(found - 1) < values.len() * tenths);
            }
        }
    }
}
