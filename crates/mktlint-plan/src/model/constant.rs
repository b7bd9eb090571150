//! Values that are written in policies.

use jiff::civil;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use mktlint_hir::model::expr::Length;

use super::ids::{Seq, StrId};
use super::remote;

/// A value that is written in a policy, or was computed from such values when the plan was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Const {
    /// `true`, `false`.
    Bool(bool),
    /// `60`.
    Int(i64),
    /// `0.5`.
    Decimal(#[serde(with = "remote::decimal")] Decimal),
    /// `0.1%`, as written: 0.1.
    Percent(#[serde(with = "remote::decimal")] Decimal),
    /// `EUR 20`.
    Money(#[serde(with = "remote::decimal")] Decimal, StrId),
    /// `7 days`.
    Duration(#[serde(with = "remote::LengthDef")] Length),
    /// `2027-01-31`.
    Date(#[serde(with = "remote::date")] civil::Date),
    /// `2027-01-31T09:00`.
    DateTime(#[serde(with = "remote::datetime")] civil::DateTime),
    /// `21:00`.
    Time(#[serde(with = "remote::time")] civil::Time),
    /// `DE`.
    Country(StrId),
    /// `en`, `de-AT`.
    Language(StrId),
    /// `"words"`.
    Text(StrId),
    /// A member of an enum or a stage of a lifecycle, by its name alone: the type checker let no other enum get there.
    Member(StrId),
    /// `[a, b]`; its items stand in [`crate::Plan::items`] and are no lists.
    List(Seq<Const>),
}
