//! Instructions on their way into a code.

use rust_decimal::Decimal;

use super::Lowering;
use crate::eval::pure;
use crate::{Const, Datum, Op, PlaceRef, StrId, Value};

/// Texts that are longer are computed when needed, so that a chain of `let` that doubles a text does not fill the plan.
const LONGEST_FOLDED: usize = 4096;

/// Lists with more items are made when needed.
const MOST_FOLDED: usize = 4096;

/// Instructions of one code.
#[derive(Default)]
pub struct Buffer {
    pub ops: Vec<Op>,
    pub observed: Vec<(u32, PlaceRef)>,
    /// Jumps lead here or before: what stands before must stay as it is.
    barrier: usize,
}

impl Buffer {
    /// The number of the next instruction.
    pub fn here(&self) -> usize {
        self.ops.len()
    }

    /// Whether a jump leads here, so that the last instruction need not have run.
    pub fn is_landing(&self) -> bool {
        self.barrier == self.here()
    }

    /// Forgets everything from `at` on.
    pub fn cut(&mut self, at: usize) {
        self.ops.truncate(at);
        self.observed.truncate(self.observed.partition_point(|(own, _)| (*own as usize) < at));
        self.barrier = self.barrier.min(at);
    }

    /// Adds a jump whose length is set by [`Buffer::land`].
    pub fn jump(&mut self, op: fn(u32) -> Op) -> usize {
        self.ops.push(op(0));
        self.ops.len() - 1
    }

    /// Lets the jumps at `from` lead to the next instruction.
    pub fn land(&mut self, from: &[usize]) {
        let here = self.here();
        for &at in from {
            let by = (here - at - 1) as u32;
            self.ops[at] = match self.ops[at] {
                Op::SkipIfFalse(_) => Op::SkipIfFalse(by),
                Op::SkipIfTrue(_) => Op::SkipIfTrue(by),
                Op::SkipUnlessMissing(_) => Op::SkipUnlessMissing(by),
                Op::Branch { otherwise, .. } => Op::Branch { otherwise, end: by },
                _ => Op::Skip(by),
            };
        }
        self.barrier = here;
    }

    /// Lets the branch at `at` go on here when its condition is false.
    pub fn land_otherwise(&mut self, at: usize) {
        self.ops[at] = Op::Branch { otherwise: (self.here() - at - 1) as u32, end: 0 };
        self.barrier = self.here();
    }

    /// The instruction, when the code from `at` on is one that pushes a constant.
    pub fn constant_from(&self, at: usize) -> Option<Op> {
        match self.ops.get(at..)? {
            [op @ (Op::Const(_) | Op::Missing)] => Some(*op),
            _ => None,
        }
    }
}

/// A value that was computed while lowering.
enum Folded {
    Missing,
    One(Owned),
    List(Vec<Owned>),
}

/// The same without a hold on the plan.
enum Owned {
    Const(Const),
    Money(Decimal, String),
    Word(fn(StrId) -> Const, String),
}

impl Lowering<'_> {
    /// Adds `op`, or its result when its operands are constants.
    pub fn emit(&mut self, buffer: &mut Buffer, op: Op) {
        match self.fold(buffer, op) {
            Some((from, folded)) => {
                buffer.cut(from);
                buffer.ops.push(folded);
            }
            None => buffer.ops.push(op),
        }
    }

    /// The same; its result says something to people, who find the expression at `place`.
    pub fn emit_observed(&mut self, buffer: &mut Buffer, op: Op, place: PlaceRef) {
        let at = buffer.here();
        self.emit(buffer, op);
        if buffer.here() == at + 1 && buffer.ops[at] == op {
            buffer.observed.push((at as u32, place));
        }
    }

    /// The instruction that pushes the result of `op`, and where its operands start.
    fn fold(&mut self, buffer: &Buffer, op: Op) -> Option<(usize, Op)> {
        let from = buffer.here().checked_sub(pure::arity(op)?)?;
        if from < buffer.barrier || op == Op::Missing {
            return None;
        }
        let operands: Option<Vec<Value<'_>>> = buffer.ops[from..].iter().map(|op| self.pushed(*op)).collect();
        let folded = own(&pure::apply(op, &operands?)?)?;
        Some((from, self.push_folded(folded)))
    }

    /// What a constant instruction pushes.
    fn pushed(&self, op: Op) -> Option<Value<'_>> {
        match op {
            Op::Const(id) => self.plan.consts.get(id.index()).map(|value| Value::of(&self.plan, value)),
            Op::Missing => Some(Value::Missing),
            _ => None,
        }
    }

    fn push_folded(&mut self, folded: Folded) -> Op {
        match folded {
            Folded::Missing => Op::Missing,
            Folded::One(value) => {
                let value = self.interned(value);
                Op::Const(self.constant(value))
            }
            Folded::List(items) => {
                let items = items.into_iter().map(|item| self.interned(item)).collect();
                Op::Const(self.constant_list(items))
            }
        }
    }

    fn interned(&mut self, value: Owned) -> Const {
        match value {
            Owned::Const(value) => value,
            Owned::Money(amount, currency) => Const::Money(amount, self.str(&currency)),
            Owned::Word(make, word) => make(self.str(&word)),
        }
    }
}

/// `None` for what no constant can be: unknown values, records, lists of lists, long texts.
fn own(value: &Value<'_>) -> Option<Folded> {
    match value {
        Value::Missing => Some(Folded::Missing),
        Value::Unknown(_) => None,
        Value::Known(Datum::List(list)) if list.len() <= MOST_FOLDED => {
            let items = list.iter().map(|item| item.datum().and_then(own_one));
            items.collect::<Option<Vec<_>>>().map(Folded::List)
        }
        Value::Known(datum) => own_one(datum).map(Folded::One),
    }
}

fn own_one(datum: &Datum<'_>) -> Option<Owned> {
    let word = |make: fn(StrId) -> Const, word: &str| {
        (word.len() <= LONGEST_FOLDED).then(|| Owned::Word(make, word.to_owned()))
    };
    match datum {
        Datum::Bool(value) => Some(Owned::Const(Const::Bool(*value))),
        Datum::Int(value) => Some(Owned::Const(Const::Int(*value))),
        Datum::Decimal(value) => Some(Owned::Const(Const::Decimal(value.normalize()))),
        Datum::Percent(value) => Some(Owned::Const(Const::Percent(value.normalize()))),
        Datum::Money(amount, currency) => Some(Owned::Money(amount.normalize(), currency.to_string())),
        Datum::Duration(length) => Some(Owned::Const(Const::Duration(*length))),
        Datum::Date(date) => Some(Owned::Const(Const::Date(*date))),
        Datum::DateTime(at) => Some(Owned::Const(Const::DateTime(*at))),
        Datum::Time(time) => Some(Owned::Const(Const::Time(*time))),
        Datum::Country(code) => word(Const::Country, code),
        Datum::Language(tag) => word(Const::Language, tag),
        Datum::Member(name) => word(Const::Member, name),
        Datum::Text(text) => word(Const::Text, text.as_str()),
        Datum::List(_) | Datum::Record(_) => None,
    }
}
