//! Numbers with units, and days.

use jiff::civil;
use mktlint_syntax::ast;
use mktlint_text::Span;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::Infer;
use crate::codes;
use crate::model::expr::{Const, ExprId, Length};
use crate::model::types::Type;

/// The number that is written, whole or not.
fn number(tree: &ast::Expr) -> Option<Decimal> {
    match &tree.kind {
        ast::ExprKind::Int { value, .. } => Some((*value).into()),
        ast::ExprKind::Decimal { value, .. } => Some(*value),
        _ => None,
    }
}

fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `2027-01-31` for `jiff`.
pub fn civil_date(date: ast::Date) -> Option<civil::Date> {
    civil::Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}

/// `21:00` for `jiff`.
pub fn civil_time(time: ast::Time) -> Option<civil::Time> {
    let small = |n: u8| i8::try_from(n).ok();
    civil::Time::new(small(time.hour)?, small(time.minute)?, small(time.second)?, 0).ok()
}

impl Infer<'_> {
    /// `7 days`, `EUR 20`, `20 EUR`: two operands side by side that are one value.
    pub fn quantity(&mut self, items: &[ast::Expr], span: Span) -> Option<ExprId> {
        let [first, second] = items else { return None };
        if let (ast::ExprKind::Int { value, .. }, ast::ExprKind::Word(unit)) = (&first.kind, &second.kind)
            && let Some(length) = Length::of(*value, &unit.text)
        {
            return Some(self.constant(Const::Duration(length), Type::Duration, span));
        }
        let (amount, currency) = match (number(first), &first.kind, number(second), &second.kind) {
            (Some(amount), _, None, ast::ExprKind::Word(word)) => (amount, word),
            (None, ast::ExprKind::Word(word), Some(amount), _) => (amount, word),
            _ => return None,
        };
        if is_currency(&currency.text) {
            let text: SmolStr = currency.text.clone();
            return Some(self.constant(Const::Money(amount, text.clone()), Type::Money(Some(text)), span));
        }
        let suggestion = mktlint_diag::closest(&currency.text, Length::UNITS);
        Some(self.fail(codes::wrong_unit::unknown(currency.span, &currency.text, suggestion)))
    }

    /// A day.
    pub fn date(&mut self, date: ast::Date, wanted: Option<&Type>, span: Span) -> ExprId {
        match (civil_date(date), wanted.map(Type::present)) {
            (Some(date), Some(Type::DateTime)) => {
                self.constant(Const::DateTime(date.at(0, 0, 0, 0)), Type::DateTime, span)
            }
            (Some(date), _) => self.constant(Const::Date(date), Type::Date, span),
            (None, _) => self.error(span),
        }
    }

    /// A day and a time. A distance from UTC is dropped: campaigns are dated in the sender's local time.
    pub fn date_time(&mut self, at: ast::DateTime, span: Span) -> ExprId {
        match (civil_date(at.date), civil_time(at.time)) {
            (Some(date), Some(time)) => {
                self.constant(Const::DateTime(date.to_datetime(time)), Type::DateTime, span)
            }
            _ => self.error(span),
        }
    }

    /// A time of day.
    pub fn time(&mut self, time: ast::Time, span: Span) -> ExprId {
        match civil_time(time) {
            Some(time) => self.constant(Const::Time(time), Type::Time, span),
            None => self.error(span),
        }
    }
}
