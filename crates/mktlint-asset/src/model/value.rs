//! Values of fields.

use jiff::civil;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::text::TextRange;

/// The value of a field, as the file gives it. What it must be is for the policy to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, exact.
    Decimal(Decimal),
    /// A day.
    Date(civil::Date),
    /// A day and a time, in local time of the sender.
    DateTime(civil::DateTime),
    /// A time of day.
    Time(civil::Time),
    /// A text of the asset.
    Text(TextRange),
    /// Several values, in order.
    List(Vec<Value>),
    /// Named values, in the order of the file.
    Record(Vec<(SmolStr, Value)>),
}
