//! Which operator binds how tightly.

use crate::ast::{BinaryOp, ChainOp};
use crate::lex::Kind;

/// How tightly an operator binds; greater is tighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Power {
    Or,
    And,
    Compare,
    OrElse,
    Pipe,
    Range,
    Add,
    Mul,
    Phrase,
}

impl Power {
    pub(super) fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Compare,
            Self::Compare => Self::OrElse,
            Self::OrElse => Self::Pipe,
            Self::Pipe => Self::Range,
            Self::Range => Self::Add,
            Self::Add => Self::Mul,
            Self::Mul | Self::Phrase => Self::Phrase,
        }
    }
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operator {
    Chain(ChainOp),
    Binary(BinaryOp),
    Is,
    OrElse,
    Range { inclusive: bool },
}

impl Operator {
    /// The operator that a token starts.
    pub(super) fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Or => Self::Chain(ChainOp::Or),
            Kind::And => Self::Chain(ChainOp::And),
            Kind::Pipe => Self::Chain(ChainOp::Pipe),
            Kind::EqEq => Self::Binary(BinaryOp::Eq),
            Kind::NotEq => Self::Binary(BinaryOp::Ne),
            Kind::Lt => Self::Binary(BinaryOp::Lt),
            Kind::Le => Self::Binary(BinaryOp::Le),
            Kind::Gt => Self::Binary(BinaryOp::Gt),
            Kind::Ge => Self::Binary(BinaryOp::Ge),
            Kind::In => Self::Binary(BinaryOp::In),
            Kind::NotIn => Self::Binary(BinaryOp::NotIn),
            Kind::Plus => Self::Binary(BinaryOp::Add),
            Kind::Minus => Self::Binary(BinaryOp::Sub),
            Kind::Star => Self::Binary(BinaryOp::Mul),
            Kind::Slash => Self::Binary(BinaryOp::Div),
            Kind::Is => Self::Is,
            Kind::OrElse => Self::OrElse,
            Kind::DotDot => Self::Range { inclusive: false },
            Kind::DotDotEq => Self::Range { inclusive: true },
            _ => return None,
        })
    }

    pub(super) fn power(self) -> Power {
        match self {
            Self::Chain(ChainOp::Or) => Power::Or,
            Self::Chain(ChainOp::And) => Power::And,
            Self::Chain(ChainOp::Pipe) => Power::Pipe,
            Self::Binary(BinaryOp::Add | BinaryOp::Sub) => Power::Add,
            Self::Binary(BinaryOp::Mul | BinaryOp::Div) => Power::Mul,
            Self::Binary(_) | Self::Is => Power::Compare,
            Self::OrElse => Power::OrElse,
            Self::Range { .. } => Power::Range,
        }
    }

    /// How tightly the operator behind its right side may bind. `a < b < c` is a mistake rather than a chain.
    pub(super) fn limit(self) -> Power {
        match self.power() {
            Power::Compare => Power::And,
            Power::Range => Power::Pipe,
            power => power,
        }
    }
}
