//! Sums of attributes and numbers.

use mktlint_decide::Unit;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::Why;
use crate::model::expr::Length;

/// A number plus attributes times numbers, all of one unit.
#[derive(Clone, Debug)]
pub struct Linear {
    /// What it counts.
    pub unit: Unit,
    /// The attributes, by name, each with its factor. A factor of 0 says that it must be known all the same.
    pub parts: Vec<(SmolStr, Decimal)>,
    /// The number.
    pub constant: Decimal,
}

impl Linear {
    /// A number.
    pub fn constant(unit: Unit, constant: Decimal) -> Self {
        Self { unit, parts: Vec::new(), constant }
    }

    /// An attribute.
    pub fn attribute(unit: Unit, name: SmolStr) -> Self {
        Self { unit, parts: vec![(name, Decimal::ONE)], constant: Decimal::ZERO }
    }

    /// A length of time in seconds, with months of 30 days as in every comparison of lengths.
    pub fn length(length: Length) -> Self {
        Self::constant(Unit::Seconds, seconds(length))
    }

    /// The number, when there is no attribute in it.
    pub fn number(&self) -> Option<Decimal> {
        self.parts.is_empty().then_some(self.constant)
    }

    /// `self + other * factor`
    pub fn plus(mut self, other: &Self, factor: Decimal) -> Result<Self, Why> {
        if self.unit != other.unit {
            return Err("it puts two units together".into());
        }
        let product = |value: Decimal| value.checked_mul(factor).ok_or_else(too_large);
        self.constant = self.constant.checked_add(product(other.constant)?).ok_or_else(too_large)?;
        for (name, own) in &other.parts {
            let own = product(*own)?;
            match self.parts.iter_mut().find(|(seen, _)| seen == name) {
                Some((_, seen)) => *seen = seen.checked_add(own).ok_or_else(too_large)?,
                None => self.parts.push((name.clone(), own)),
            }
        }
        Ok(self)
    }

    /// `self * factor`
    pub fn times(&self, factor: Decimal) -> Result<Self, Why> {
        Self::constant(self.unit.clone(), Decimal::ZERO).plus(self, factor)
    }
}

/// A length in seconds.
pub fn seconds(length: Length) -> Decimal {
    let days = Decimal::from(length.months) * Decimal::from(30) + Decimal::from(length.days);
    days * Decimal::from(24 * 3600) + Decimal::from(length.seconds)
}

/// `a / b` when that is exact.
pub fn divided(a: Decimal, b: Decimal) -> Result<Decimal, Why> {
    let found = a.checked_div(b).filter(|found| found.checked_mul(b) == Some(a));
    found.ok_or_else(|| "it divides, and the result is no finite number".into())
}

fn too_large() -> Why {
    "its numbers are too large".into()
}
