//! The stack machine.

use mktlint_asset::{Asset, TextRange};
use mktlint_hir::model::expr::Quantifier;

use super::{Observer, pure};
use crate::value::compare::truth;
use crate::value::temporal;
use crate::{
    CodeId, Context, Datum, List, Op, OpId, PatternId, Plan, Seq, TextValue, Truth, Unknown, Value, builtin,
    facts, fields,
};

/// How many steps an evaluation may take. A guess: a hundred times what any sensible rule needs on a large page. Only
/// loops inside loops inside loops over thousands of parts come here.
const MAX_STEPS: u32 = 4_000_000;

/// One evaluation.
pub struct Machine<'a, 'c, O> {
    plan: &'a Plan,
    context: &'c Context<'a>,
    observer: &'c mut O,
    stack: Vec<Value<'a>>,
    steps: u32,
}

/// Where to go on after a step.
enum Next {
    Step,
    Skip(u32),
}

impl<'a, 'c, O: Observer> Machine<'a, 'c, O> {
    pub fn new(plan: &'a Plan, context: &'c Context<'a>, observer: &'c mut O) -> Self {
        Self { plan, context, observer, stack: Vec::new(), steps: 0 }
    }

    /// Runs `id` in a frame of its own, with `args` as its first locals.
    pub fn run_alone(&mut self, id: CodeId, args: Vec<Value<'a>>) -> Value<'a> {
        let Some((code, _)) = self.plan.code(id) else { return Value::unknown(Unknown::TooLarge) };
        let mut locals = args;
        locals.resize(usize::from(code.locals).max(locals.len()), Value::Missing);
        self.run(id, &mut locals)
    }

    /// Runs `id` in the frame of `locals`.
    fn run(&mut self, id: CodeId, locals: &mut Vec<Value<'a>>) -> Value<'a> {
        let Some((code, ops)) = self.plan.code(id) else { return Value::unknown(Unknown::TooLarge) };
        let depth = self.stack.len();
        let mut at = 0;
        while let Some(op) = ops.get(at) {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                self.stack.truncate(depth);
                return Value::unknown(Unknown::TooLarge);
            }
            let skipped = match self.step(*op, locals) {
                Next::Step => 0,
                Next::Skip(by) => by as usize,
            };
            if let Some(top) = self.stack.last() {
                self.observer.saw(OpId(code.ops.start + at as u32), top);
            }
            at += 1 + skipped;
        }
        let result = self.pop();
        self.stack.truncate(depth);
        result
    }

    /// The verifier has proved that there is one.
    fn pop(&mut self) -> Value<'a> {
        self.stack.pop().unwrap_or(Value::Missing)
    }

    fn step(&mut self, op: Op, locals: &mut Vec<Value<'a>>) -> Next {
        match op {
            Op::SkipIfFalse(by) => return self.skip_if(Truth::False, by),
            Op::SkipIfTrue(by) => return self.skip_if(Truth::True, by),
            Op::SkipUnlessMissing(by) => return self.skip_unless_missing(by),
            Op::Branch { otherwise, end } => return self.branch(otherwise, end),
            Op::Skip(by) => return Next::Skip(by),
            Op::Local(n) => {
                let value = locals.get(usize::from(n)).cloned().unwrap_or(Value::Missing);
                self.stack.push(value);
            }
            Op::ForEach { quantifier, code, local } => {
                let list = self.pop();
                let value = self.for_each(quantifier, code, local, &list, locals);
                self.stack.push(value);
            }
            Op::Call { code, args } => {
                let args = self.stack.split_off(self.stack.len().saturating_sub(usize::from(args)));
                let value = self.run_alone(code, args);
                self.stack.push(value);
            }
            _ => self.compute(op),
        }
        Next::Step
    }

    fn skip_if(&mut self, wanted: Truth, by: u32) -> Next {
        let Some(top) = self.stack.last_mut() else { return Next::Step };
        if top.truth() != wanted {
            return Next::Step;
        }
        *top = Value::bool(wanted == Truth::True);
        Next::Skip(by)
    }

    fn skip_unless_missing(&mut self, by: u32) -> Next {
        if self.stack.last().is_some_and(|top| *top != Value::Missing) {
            return Next::Skip(by);
        }
        self.stack.pop();
        Next::Step
    }

    fn branch(&mut self, otherwise: u32, end: u32) -> Next {
        let condition = self.pop();
        match condition.truth() {
            Truth::True => Next::Step,
            Truth::False => Next::Skip(otherwise),
            Truth::Unknown => {
                self.stack.push(truth(condition));
                Next::Skip(end)
            }
        }
    }

    /// Instructions that replace their operands by one value.
    fn compute(&mut self, op: Op) {
        let n = pure::arity(op).unwrap_or(0);
        let from = self.stack.len().saturating_sub(n);
        let value =
            pure::apply(op, &self.stack[from..]).unwrap_or_else(|| self.look(op, &self.stack[from..]));
        self.stack.truncate(from);
        self.stack.push(value);
    }

    /// Instructions that look at the asset, its campaign or the plan.
    fn look(&self, op: Op, operands: &[Value<'a>]) -> Value<'a> {
        let context = self.context;
        match (op, operands) {
            (Op::Const(id), _) => {
                self.plan.consts.get(id.index()).map_or(Value::Missing, |value| Value::of(self.plan, value))
            }
            (Op::Unknown(words), _) => Value::unknown(Unknown::Deferred(self.plan.str(words).to_owned())),
            (Op::Now, _) => Value::Known(Datum::DateTime(context.now)),
            (Op::It, _) => context.it.clone(),
            (Op::Asset, _) => Value::record(crate::Record::Asset(context.asset)),
            (Op::Campaign, _) => context.campaign(),
            (Op::Fact(name), _) => fields::fact(context, name),
            (Op::Match, _) => context.matched(),
            (Op::Parts(kind), _) => fields::parts(context, kind),
            (Op::UsesClaims(claims), _) => context.uses(self.plan.list(claims)),
            (Op::ChangeOnly(kinds), _) => context.changed(|changes| kinds.covers(changes)),
            (Op::ChangeTouches(kinds), _) => context.changed(|changes| kinds.touches(changes)),
            (Op::CouldInclude(id), _) => match self.plan.people.inclusions.get(id.index()) {
                Some(wanted) => context.could_include(wanted),
                None => Value::Missing,
            },
            (Op::Field(name), [record]) => fields::field(context, record, name),
            (Op::Temporal(test), [day, other]) => temporal::temporal(test, day, other, context.now),
            (Op::Ago(past), [length]) => temporal::ago(length, past, context.now),
            (Op::Matches(patterns), [text]) => self.matches(text, patterns),
            (Op::CountMatches(patterns), [text]) => self.count_matches(text, patterns),
            (Op::Builtin(function), [text]) => builtin::call_longest(function, text, context),
            _ => Value::Missing,
        }
    }

    fn matches(&self, text: &Value<'a>, patterns: Seq<PatternId>) -> Value<'a> {
        let patterns = self.plan.list(patterns);
        crate::value::compare::on_text(text, |words| {
            patterns.iter().any(|pattern| self.is_found(*pattern, words))
        })
    }

    fn count_matches(&self, text: &Value<'a>, patterns: Seq<PatternId>) -> Value<'a> {
        builtin::count_matches(text, |words| {
            let count = |pattern: &PatternId| {
                let known = text.as_text().and_then(|text| self.scanned(*pattern, text));
                let search = || {
                    let row = self.plan.patterns.get(pattern.index());
                    row.map_or(0, |row| self.plan.matcher.find(row.needle, words).len())
                };
                known.map_or_else(search, |hits| hits.len())
            };
            self.plan.list(patterns).iter().map(count).sum()
        })
    }

    /// What the scan of the asset says of `pattern` in `text`.
    fn scanned(&self, pattern: PatternId, text: &TextValue<'a>) -> Option<Vec<mktlint_match::Hit>> {
        let context = self.context;
        match own_place(text, context) {
            Some((asset, range)) => facts::scanned(self.plan, context.facts, asset, range, pattern),
            None => context.facts?.in_all_text(text.as_str(), pattern).map(|hits| hits.to_vec()),
        }
    }

    fn is_found(&self, pattern: PatternId, text: &TextValue<'a>) -> bool {
        if let Some(hits) = self.scanned(pattern, text) {
            return !hits.is_empty();
        }
        let (plan, facts) = (self.plan, self.context.facts);
        let is_absent = own_place(text, self.context)
            .is_some_and(|(asset, range)| facts::is_surely_absent(plan, facts, asset, range, pattern));
        let row = plan.patterns.get(pattern.index()).filter(|_| !is_absent);
        row.is_some_and(|row| plan.matcher.is_match(row.needle, text.as_str()))
    }

    fn for_each(
        &mut self,
        quantifier: Quantifier,
        code: CodeId,
        local: u16,
        list: &Value<'a>,
        locals: &mut Vec<Value<'a>>,
    ) -> Value<'a> {
        let empty = List::Values([].into());
        let items = match list {
            Value::Known(Datum::List(items)) => items,
            Value::Missing => &empty,
            Value::Unknown(_) => return list.clone(),
            Value::Known(other) => {
                return Value::unknown(Unknown::Mismatch(format!(
                    "`{}` as a list",
                    crate::value::show::datum(other)
                )));
            }
        };
        let mut tally = Tally::new(quantifier);
        for item in items.iter() {
            if !self.context.budget.spend() {
                return Value::unknown(Unknown::TooMuch);
            }
            if let Some(slot) = locals.get_mut(usize::from(local)) {
                *slot = item;
            }
            if tally.add(self.run(code, locals)) {
                break;
            }
        }
        tally.finish()
    }
}

/// Where `text` stands in the asset that is judged.
fn own_place<'a>(text: &TextValue<'a>, context: &Context<'a>) -> Option<(&'a Asset, TextRange)> {
    text.origin.filter(|(asset, _)| std::ptr::eq(*asset, context.asset))
}

/// What is known after some of the items.
pub struct Tally<'a> {
    quantifier: Quantifier,
    n_true: usize,
    any_false: bool,
    unknown: Option<Value<'a>>,
}

impl<'a> Tally<'a> {
    pub fn new(quantifier: Quantifier) -> Self {
        Self { quantifier, n_true: 0, any_false: false, unknown: None }
    }

    /// Counts one item; whether the answer is now known whatever follows.
    pub fn add(&mut self, condition: Value<'a>) -> bool {
        match condition.truth() {
            Truth::True => self.n_true += 1,
            Truth::False => self.any_false = true,
            Truth::Unknown => _ = self.unknown.get_or_insert(truth(condition)),
        }
        match self.quantifier {
            Quantifier::Any | Quantifier::None => self.n_true > 0,
            Quantifier::All => self.any_false,
            Quantifier::Count => self.unknown.is_some(),
        }
    }

    /// The answer.
    pub fn finish(self) -> Value<'a> {
        let any = self.n_true > 0;
        match (self.quantifier, self.unknown) {
            (Quantifier::Any, _) if any => Value::bool(true),
            (Quantifier::None, _) if any => Value::bool(false),
            (Quantifier::All, _) if self.any_false => Value::bool(false),
            (_, Some(unknown)) => unknown,
            (Quantifier::Any, None) => Value::bool(false),
            (Quantifier::All | Quantifier::None, None) => Value::bool(true),
            (Quantifier::Count, None) => Value::count(self.n_true),
        }
    }
}
