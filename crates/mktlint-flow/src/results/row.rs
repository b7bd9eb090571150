//! One measured result.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, Place};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::{codes, moment};

/// What a column of a file of results says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What was measured: the name of a threshold.
    Metric,
    /// The id of the campaign.
    Campaign,
    /// On which channel; on all of them where nothing says it.
    Channel,
    /// When.
    Time,
    /// How much.
    Value,
    /// What the value is divided by: complaints of messages.
    Of,
    /// `%`, or nothing.
    Unit,
}

impl Column {
    const NAMES: [(Self, &'static [&'static str]); 7] = [
        (Self::Metric, &["metric", "kpi"]),
        (Self::Campaign, &["campaign", "campaign_id", "utm_campaign"]),
        (Self::Channel, &["channel"]),
        (Self::Time, &["time", "date", "day", "at", "timestamp", "measured_at"]),
        (Self::Value, &["value"]),
        (Self::Of, &["of", "out_of", "denominator"]),
        (Self::Unit, &["unit"]),
    ];

    /// The columns without which there is no result.
    pub(super) const NEEDED: [Self; 4] = [Self::Metric, Self::Campaign, Self::Time, Self::Value];

    /// The column with this header.
    pub(super) fn named(header: &str) -> Option<Self> {
        let plain = header.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        let known = Self::NAMES.iter().find(|(_, names)| names.contains(&plain.as_str()));
        known.map(|(column, _)| *column)
    }

    /// Its own name.
    pub(super) fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(column, _)| *column == self);
        known.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says, without white space around it.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// One result as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row or object.
    pub place: Place,
    /// Cells that say something.
    pub cells: BTreeMap<Column, Cell>,
}

/// One result, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was measured.
    pub metric: SmolStr,
    /// The campaign.
    pub campaign: SmolStr,
    /// The channel; `None` of all together.
    pub channel: Option<SmolStr>,
    /// When.
    pub time: Timestamp,
    /// How much; a share of 1 when [`Row::unit`] is a percentage.
    pub value: Decimal,
    /// How the value is meant.
    pub unit: Unit,
    /// The value as it is written: `0.35%`, `7 of 2000`.
    pub written: String,
    /// The cell of the value.
    pub place: Place,
    /// The cell of the metric.
    pub metric_place: Place,
    /// The cell of the campaign.
    pub campaign_place: Place,
}

/// How a value is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of 1, beyond doubt.
    Percent,
    /// Nobody says; a share, a number of percent or a plain number.
    Bare,
}

impl Line {
    /// The result that is written here; else why there is none. `now` tells what was measured from slips.
    pub(super) fn row(&self, now: Timestamp) -> Result<Row, Box<Diagnostic>> {
        let [metric, campaign, time, value] = Column::NEEDED.map(|column| self.needed(column));
        let (metric, campaign, time, value) = (metric?, campaign?, time?, value?);
        let at = match moment(&time.text) {
            None => return Err(Box::new(codes::result_time::not_a_time(time.place.clone(), &time.text))),
            Some(at) if at > now => {
                return Err(Box::new(codes::result_time::future(time.place.clone(), &time.text)));
            }
            Some(at) => at,
        };
        let (number, unit, written) = self.amount(value)?;
        Ok(Row {
            metric: metric.text.as_str().into(),
            campaign: campaign.text.as_str().into(),
            channel: self.cells.get(&Column::Channel).map(|cell| cell.text.to_ascii_lowercase().into()),
            time: at,
            value: number,
            unit,
            written,
            place: value.place.clone(),
            metric_place: metric.place.clone(),
            campaign_place: campaign.place.clone(),
        })
    }

    fn needed(&self, column: Column) -> Result<&Cell, Box<Diagnostic>> {
        let missing = || Box::new(codes::result_file::no_value(self.place.clone(), column.name()));
        self.cells.get(&column).ok_or_else(missing)
    }

    /// The value, divided where `of` says by what.
    fn amount(&self, value: &Cell) -> Result<(Decimal, Unit, String), Box<Diagnostic>> {
        let bad = |cell: &Cell| Box::new(codes::result_value::not_a_number(cell.place.clone(), &cell.text));
        let (number, has_sign) = number(&value.text).ok_or_else(|| bad(value))?;
        if let Some(of) = self.cells.get(&Column::Of) {
            let (whole, of_percent) = crate::results::row::number(&of.text).ok_or_else(|| bad(of))?;
            let share = Some(whole).filter(|whole| *whole > Decimal::ZERO && !of_percent && !has_sign);
            let share = share.and_then(|whole| number.checked_div(whole));
            let none = || Box::new(codes::result_value::nothing_to_divide_by(of.place.clone()));
            return Ok((share.ok_or_else(none)?, Unit::Percent, format!("{} of {}", value.text, of.text)));
        }
        let unit = self.cells.get(&Column::Unit).map_or("", |cell| cell.text.as_str());
        let says_percent = matches!(unit.to_ascii_lowercase().as_str(), "%" | "percent" | "pct");
        if has_sign || says_percent {
            let written = if has_sign { value.text.clone() } else { format!("{}%", value.text) };
            return Ok((number / Decimal::ONE_HUNDRED, Unit::Percent, written));
        }
        Ok((number, Unit::Bare, value.text.clone()))
    }
}

/// The number in `text`, and whether `%` follows it. White space and `_` between digits are left out; a comma is none,
/// since it means one thing here and another there.
fn number(text: &str) -> Option<(Decimal, bool)> {
    let (digits, has_sign) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let is_number =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E' | b'_');
    if digits.is_empty() || digits.len() > 40 || !digits.bytes().all(is_number) {
        return None;
    }
    let plain = digits.replace('_', "");
    let exact = Decimal::from_str_exact(plain.trim_start_matches('+'));
    let number = exact.or_else(|_| Decimal::from_scientific(&plain)).ok()?;
    Some((number, has_sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_have_a_sign_of_percent() {
        assert_eq!(number("0.3%"), Some((Decimal::new(3, 1), true)));
        assert_eq!(number("12"), Some((Decimal::new(12, 0), false)));
        assert_eq!(number("3e-3"), Some((Decimal::new(3, 3), false)));
        for text in ["", "%", "0,3%", "n/a", "1 000", "$3", "--3"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn headers_are_known_under_other_names() {
        assert_eq!(Column::named(" UTM Campaign "), Some(Column::Campaign));
        assert_eq!(Column::named("Measured-At"), Some(Column::Time));
        assert_eq!(Column::named("spend"), None);
    }
}
