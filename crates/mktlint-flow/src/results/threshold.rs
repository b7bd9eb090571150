//! Bounds that call for action.

use mktlint_diag::{Diagnostic, Level, Place};
use mktlint_plan::{Const, Plan};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::row::{Row, Unit};
use crate::codes;
use crate::moment::day;

/// `threshold complaint_rate on email { above 0.1% warning  above 0.3% error  action "…" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The full name: `acme.governance.complaint_rate`.
    pub name: SmolStr,
    /// Channels; all when empty.
    pub channels: Vec<SmolStr>,
    /// As written.
    pub bounds: Vec<Bound>,
    /// What to do beyond it.
    pub action: Option<SmolStr>,
    /// Where it comes from.
    pub because: Option<SmolStr>,
}

/// `above 0.3% error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Whether more is bad; less, of `below`.
    pub is_above: bool,
    /// The bound itself; a share of 1 when it is a percentage.
    pub value: Decimal,
    /// Whether the policy writes it with `%`.
    pub is_percent: bool,
    /// How bad it is to be beyond it.
    pub level: Level,
    /// The clause.
    pub place: Place,
}

impl Threshold {
    /// The thresholds of `plan`, in its order. Bounds of money are numbers: results do not say in which currency.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let text = |id: Option<_>| id.map(|id| SmolStr::from(plan.str(id)));
        let threshold = |declared: &mktlint_plan::Threshold| Self {
            name: plan.str(declared.name).into(),
            channels: plan.strs(declared.channels).map(SmolStr::from).collect(),
            bounds: plan.list(declared.bounds).iter().filter_map(|bound| Bound::of(bound, plan)).collect(),
            action: text(declared.action),
            because: text(declared.because),
        };
        plan.thresholds.iter().map(threshold).collect()
    }

    /// The metric that it watches: its name without the module.
    pub fn metric(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// Whether it watches `row`, of a campaign on the channels `own`.
    pub(super) fn watches(&self, row: &Row, own: &[SmolStr]) -> bool {
        let is_metric = row.metric == self.metric() || row.metric == self.name;
        let on_channel = match &row.channel {
            _ if self.channels.is_empty() => true,
            Some(channel) => self.channels.contains(channel),
            None => own.iter().any(|channel| self.channels.contains(channel)),
        };
        is_metric && on_channel
    }

    /// What `row` calls for.
    pub(super) fn judge(&self, row: &Row) -> Option<Diagnostic> {
        let readings = match self.readings(row) {
            Ok(readings) => readings,
            Err(problem) => return Some(*problem),
        };
        let beyond: Vec<Option<&Bound>> = readings.iter().map(|value| self.beyond(*value)).collect();
        let level = |bound: &Option<&Bound>| bound.map(|bound| bound.level);
        let agree = beyond.windows(2).all(|pair| level(&pair[0]) == level(&pair[1]));
        match (beyond.first(), self.bounds.first()) {
            (_, Some(bound)) if !agree => {
                let place = bound.place.clone();
                Some(codes::result_value::ambiguous(row.place.clone(), &row.metric, &row.written, place))
            }
            (Some(Some(bound)), _) => Some(self.finding(row, bound)),
            _ => None,
        }
    }

    /// What the value of `row` can mean to this threshold.
    fn readings(&self, row: &Row) -> Result<Vec<Decimal>, Box<Diagnostic>> {
        let Some(bound) = self.bounds.first() else { return Ok(Vec::new()) };
        match (bound.is_percent, row.unit) {
            (true, Unit::Percent) | (false, Unit::Bare) => Ok(vec![row.value]),
            // No share is greater than 1, so this is a number of percent.
            (true, Unit::Bare) if row.value.abs() > Decimal::ONE => {
                Ok(vec![row.value / Decimal::ONE_HUNDRED])
            }
            (true, Unit::Bare) => Ok(vec![row.value, row.value / Decimal::ONE_HUNDRED]),
            (false, Unit::Percent) => {
                let place = bound.place.clone();
                Err(Box::new(codes::result_value::other_unit(
                    row.place.clone(),
                    &row.metric,
                    &row.written,
                    place,
                )))
            }
        }
    }

    /// The gravest bound that `value` is beyond; of two as grave the first.
    fn beyond(&self, value: Decimal) -> Option<&Bound> {
        let crossed = |bound: &&Bound| if bound.is_above { value > bound.value } else { value < bound.value };
        let crossed = self.bounds.iter().filter(crossed);
        crossed.reduce(|grave, bound| if bound.level > grave.level { bound } else { grave })
    }

    fn finding(&self, row: &Row, bound: &Bound) -> Diagnostic {
        let side = if bound.is_above { "above" } else { "below" };
        let channel = row.channel.as_ref().map(|channel| format!(" on {channel}")).unwrap_or_default();
        let call = self.action.as_ref().map(|action| format!(": {action}")).unwrap_or_default();
        let message = format!(
            "campaign `{}` has a {} of {}{channel}, {side} {}{call}",
            row.campaign,
            row.metric.replace('_', " "),
            row.written,
            bound.words(),
        );
        let mut found = Diagnostic::finding(&self.name, bound.level, row.place.clone(), message)
            .label(format!("measured on {}", day(row.time)))
            .also_at(bound.place.clone(), "beyond this");
        found.why = self.because.as_ref().map(ToString::to_string);
        match &self.action {
            Some(action) => found.help(action.to_string()),
            None => found,
        }
    }
}

impl Bound {
    /// `None` of what no number can be held against.
    fn of(declared: &mktlint_plan::Bound, plan: &Plan) -> Option<Self> {
        let (value, is_percent) = match declared.value {
            Const::Percent(value) => (value / Decimal::ONE_HUNDRED, true),
            Const::Decimal(value) | Const::Money(value, _) => (value, false),
            Const::Int(value) => (Decimal::from(value), false),
            _ => return None,
        };
        let place = plan.place(declared.place);
        Some(Self { is_above: declared.above, value, is_percent, level: declared.level, place })
    }

    /// `0.3%`, `12`.
    fn words(&self) -> String {
        if self.is_percent {
            format!("{}%", (self.value * Decimal::ONE_HUNDRED).normalize())
        } else {
            self.value.normalize().to_string()
        }
    }
}
