//! Reads the words of a clause from left to right.

use mktlint_syntax::ast::{Expr, ExprKind, Lead, Name, Segment};
use smol_str::SmolStr;

use crate::infer::phrase::{literal, word};
use crate::infer::{civil_date, civil_time};
use crate::model::expr::Length;
use jiff::civil;

/// A piece of a clause.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'t> {
    /// `in`, `=`, `,`, ….
    Lead(Lead),
    /// One operand. Phrases are taken apart.
    Value(&'t Expr),
}

/// Reads pieces from left to right.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    pieces: Vec<Piece<'t>>,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The pieces of `segments`.
    pub fn new(segments: &'t [Segment]) -> Self {
        let mut pieces = Vec::new();
        for segment in segments {
            pieces.extend(segment.lead.map(|(lead, _)| Piece::Lead(lead)));
            match &segment.value {
                Some(Expr { kind: ExprKind::Phrase(items), .. }) => {
                    pieces.extend(items.iter().map(Piece::Value))
                }
                Some(value) => pieces.push(Piece::Value(value)),
                None => {}
            }
        }
        Self { pieces, at: 0 }
    }

    /// Whether nothing is left.
    pub fn is_done(&self) -> bool {
        self.at >= self.pieces.len()
    }

    /// The next piece, left where it is.
    pub fn peek(&self) -> Option<Piece<'t>> {
        self.pieces.get(self.at).copied()
    }

    /// The next operand.
    pub fn value(&mut self) -> Option<&'t Expr> {
        match self.peek() {
            Some(Piece::Value(value)) => {
                self.at += 1;
                Some(value)
            }
            _ => None,
        }
    }

    /// Takes `lead` when it is next.
    pub fn lead(&mut self, lead: Lead) -> bool {
        let found = matches!(self.peek(), Some(Piece::Lead(own)) if own == lead);
        self.at += usize::from(found);
        found
    }

    /// Takes these words when they are next.
    pub fn words(&mut self, words: &[&str]) -> bool {
        let before = self.at;
        for wanted in words {
            match self.value().and_then(word) {
                Some(name) if name.text == *wanted => {}
                _ => {
                    self.at = before;
                    return false;
                }
            }
        }
        true
    }

    fn take<T>(&mut self, read: impl Fn(&'t Expr) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = self.value().and_then(read);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// The next word.
    pub fn name(&mut self) -> Option<&'t Name> {
        self.take(word)
    }

    /// The next text.
    pub fn text(&mut self) -> Option<SmolStr> {
        self.take(literal)
    }

    /// The next whole number that is not negative.
    pub fn count(&mut self) -> Option<u32> {
        self.take(|value| match &value.kind {
            ExprKind::Int { value, .. } => u32::try_from(*value).ok(),
            _ => None,
        })
    }

    /// The next day.
    pub fn date(&mut self) -> Option<civil::Date> {
        self.take(|value| match &value.kind {
            ExprKind::Date(date) => civil_date(*date),
            _ => None,
        })
    }

    /// The next time of day.
    pub fn time(&mut self) -> Option<civil::Time> {
        self.take(|value| match &value.kind {
            ExprKind::Time(time) => civil_time(*time),
            _ => None,
        })
    }

    /// The next length of time: `7 days`, or `day` alone for one.
    pub fn length(&mut self) -> Option<Length> {
        let before = self.at;
        let count = self.count().unwrap_or(1);
        let length = self.name().and_then(|unit| Length::of(i64::from(count), &unit.text));
        if length.is_none() {
            self.at = before;
        }
        length
    }
}
