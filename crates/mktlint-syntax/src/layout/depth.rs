//! How deep the tree of a declaration will be, told from its tokens.

use crate::brackets::OPENERS;
use crate::lex::Kind;

/// A guess; nothing real nests deeper than 12. It bounds the recursion of the parser and of everything that walks or
/// drops a tree.
const LIMIT: u32 = 256;

/// An upper bound on the depth of the tree so far.
///
/// Brackets nest, prefixes nest to the right, and operators that join two operands nest to the left: each counts 1
/// until the expression that it belongs to is over. `and`, `or` and `|` make one node however many they join.
#[derive(Default)]
pub(super) struct Depth {
    frames: Vec<Weight>,
    now: Weight,
    total: u32,
}

#[derive(Clone, Copy, Default)]
struct Weight {
    /// `if`, `any`, ...: they reach over `and` and `or`.
    prefixes: u32,
    /// Everything else.
    operators: u32,
}

impl Depth {
    /// Counts a token, closers excepted; `false` when the limit is exceeded.
    pub(super) fn take(&mut self, kind: Kind) -> bool {
        match kind {
            Kind::And | Kind::Or | Kind::Pipe | Kind::AndAnd | Kind::OrOr => self.reset_operators(),
            Kind::Comma | Kind::Sep => self.reset(),
            Kind::If | Kind::Quantifier => self.add(|now| &mut now.prefixes),
            Kind::Plus
            | Kind::Minus
            | Kind::Star
            | Kind::Slash
            | Kind::Question
            | Kind::Dot
            | Kind::Not
            | Kind::OrElse
            | Kind::DotDot
            | Kind::DotDotEq
            | Kind::TypeOpen => self.add(|now| &mut now.operators),
            _ => {}
        }
        if OPENERS.has(kind) {
            self.add(|now| &mut now.operators);
            self.frames.push(std::mem::take(&mut self.now));
        }
        self.total <= LIMIT
    }

    fn add(&mut self, which: fn(&mut Weight) -> &mut u32) {
        *which(&mut self.now) += 1;
        self.total += 1;
    }

    fn reset_operators(&mut self) {
        self.total -= std::mem::take(&mut self.now.operators);
    }

    /// An expression is over.
    pub(super) fn reset(&mut self) {
        self.reset_operators();
        self.total -= std::mem::take(&mut self.now.prefixes);
    }

    /// A bracket is closed.
    pub(super) fn close(&mut self) {
        self.reset();
        self.now = self.frames.pop().unwrap_or_default();
    }
}
