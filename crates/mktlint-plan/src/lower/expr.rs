//! Expressions to instructions.

use mktlint_hir::model::DeclPath;
use mktlint_hir::model::expr::{Const as HirConst, ExprId, ExprKind, Quantifier, Segment};
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::{Placed, Program};

use super::code::Buffer;
use super::{Lowered, Lowering};
use crate::verify::MAX_DEPTH;
use crate::{Code, CodeId, Const, NoteKind, Op};

/// How deeply expressions may be nested, through `let` and `fn` too. A guess that leaves room on the smallest stack;
/// people nest three deep.
const MAX_NESTING: u32 = 300;

impl<'p> Lowering<'p> {
    /// The code of the expression `id` of `placed`.
    pub fn expr_code(&mut self, placed: &'p Placed, id: ExprId) -> CodeId {
        let mut buffer = Buffer::default();
        self.expr(placed, id, &mut buffer);
        self.code(buffer.ops, buffer.observed)
    }

    /// The value of the expression `id` of `placed`, when it is the same whatever is judged.
    pub fn expr_constant(&mut self, placed: &'p Placed, id: ExprId) -> Option<Const> {
        let mut buffer = Buffer::default();
        self.expr(placed, id, &mut buffer);
        match buffer.constant_from(0)? {
            Op::Const(id) => self.plan.consts.get(id.index()).copied(),
            _ => None,
        }
    }

    /// Adds instructions that push the value of `id`.
    fn expr(&mut self, placed: &'p Placed, id: ExprId, out: &mut Buffer) {
        if self.nesting >= MAX_NESTING {
            self.note(placed, NoteKind::TooLarge);
            return self.unknown(out, "a condition that is nested too deeply");
        }
        self.nesting += 1;
        self.expr_inside(placed, id, out);
        self.nesting -= 1;
    }

    fn expr_inside(&mut self, placed: &'p Placed, id: ExprId, out: &mut Buffer) {
        match &placed.item.body.get(id).kind {
            ExprKind::Error => self.unknown(out, "an expression with a mistake"),
            ExprKind::Deferred(words) => self.unknown(out, words),
            ExprKind::Const(value) => self.literal(value, out),
            ExprKind::Now => out.ops.push(Op::Now),
            ExprKind::It => out.ops.push(Op::It),
            ExprKind::Asset => out.ops.push(Op::Asset),
            ExprKind::Campaign => out.ops.push(Op::Campaign),
            ExprKind::Match => out.ops.push(Op::Match),
            ExprKind::Local(n) => self.local(*n, out),
            ExprKind::Parts(name) => match super::part_kind(name) {
                Some(kind) => out.ops.push(Op::Parts(kind)),
                None => self.unknown(out, name),
            },
            ExprKind::And(conditions) => self.connective(placed, conditions, false, out),
            ExprKind::Or(conditions) => self.connective(placed, conditions, true, out),
            ExprKind::OrElse(value, otherwise) => self.or_else(placed, *value, *otherwise, out),
            ExprKind::If(condition, then, otherwise) => {
                self.if_else(placed, [*condition, *then, *otherwise], out)
            }
            ExprKind::Quantifier(quantifier, list, local, condition) => {
                self.quantifier(placed, id, *quantifier, (*list, *local, *condition), out);
            }
            ExprKind::CallFn(path, args) if args.len() > usize::from(u8::MAX) => self.unknown(out, &path.0),
            ExprKind::CallFn(path, args) => {
                self.operands(placed, args, out);
                self.call(ItemKind::Fn, path, args.len(), out);
            }
            ExprKind::Let(path) => self.call(ItemKind::Let, path, 0, out),
            ExprKind::Fact(path) => self.fact(path, out),
            ExprKind::Audience(path) => self.call(ItemKind::Audience, path, 0, out),
            ExprKind::Region(path) => self.region(path, out),
            condition @ (ExprKind::UsesRegulatedClaims | ExprKind::UsesClaims(_)) => {
                let claims = self.rows(super::claims_meant(self.program, condition));
                out.ops.push(Op::UsesClaims(claims));
            }
            ExprKind::ChangeOnly(kinds) => out.ops.push(Op::ChangeOnly(kinds.iter().copied().collect())),
            ExprKind::ChangeTouches(kinds) => {
                out.ops.push(Op::ChangeTouches(kinds.iter().copied().collect()));
            }
            ExprKind::CouldInclude(condition) => {
                let inclusion = self.inclusion(placed, *condition);
                let place = self.place(placed, placed.item.body.get(id).span);
                self.emit_observed(out, Op::CouldInclude(inclusion), place);
            }
            ExprKind::Interpolate(segments) => self.interpolate(placed, segments, out),
            _ => self.operation(placed, id, out),
        }
    }

    fn unknown(&mut self, out: &mut Buffer, words: &str) {
        let words = self.str(words);
        out.ops.push(Op::Unknown(words));
    }

    fn literal(&mut self, value: &HirConst, out: &mut Buffer) {
        let value = self.value(value);
        out.ops.push(Op::Const(self.constant(value)));
    }

    fn local(&mut self, n: u32, out: &mut Buffer) {
        match u16::try_from(n) {
            Ok(n) if n < u16::MAX => out.ops.push(Op::Local(n)),
            _ => self.unknown(out, "a variable"),
        }
    }

    fn operands(&mut self, placed: &'p Placed, ids: &[ExprId], out: &mut Buffer) {
        for id in ids {
            self.expr(placed, *id, out);
        }
    }

    /// What replaces its operands by one value.
    fn operation(&mut self, placed: &'p Placed, id: ExprId, out: &mut Buffer) {
        let expr = placed.item.body.get(id);
        let place = self.place(placed, expr.span);
        let (operands, op) = match &expr.kind {
            ExprKind::Field(record, name) => (vec![*record], Op::Field(self.str(name))),
            ExprKind::Not(condition) => (vec![*condition], Op::Not),
            ExprKind::Negate(value) => (vec![*value], Op::Negate),
            ExprKind::IsKnown(value) => (vec![*value], Op::IsKnown),
            ExprKind::Compare(comparison, left, right) => (vec![*left, *right], Op::Compare(*comparison)),
            ExprKind::Arithmetic(operator, left, right) => (vec![*left, *right], Op::Arithmetic(*operator)),
            ExprKind::In(item, list) | ExprKind::Has(list, item) => (vec![*item, *list], Op::In),
            ExprKind::InRange(value, least, greatest, inclusive) => {
                let op = Op::InRange {
                    least: least.is_some(),
                    greatest: greatest.is_some(),
                    inclusive: *inclusive,
                };
                ([Some(*value), *least, *greatest].into_iter().flatten().collect(), op)
            }
            ExprKind::Temporal(test, day, other) => (vec![*day, *other], Op::Temporal(*test)),
            ExprKind::Ago(length, past) => (vec![*length], Op::Ago(*past)),
            ExprKind::TextTest(test, text, part) => (vec![*text, *part], Op::TextTest(*test)),
            ExprKind::Matches(text, needles) => (vec![*text], Op::Matches(self.patterns(placed, needles))),
            ExprKind::CountMatches(text, needles) => {
                (vec![*text], Op::CountMatches(self.patterns(placed, needles)))
            }
            ExprKind::HasShape(text, shape) => (vec![*text], Op::HasShape(*shape)),
            ExprKind::Meets(meeting, left, right) => (vec![*left, *right], Op::Meets(*meeting)),
            ExprKind::List(items) => (items.clone(), Op::List(n_operands(items.len()))),
            ExprKind::Call(function, args) => (args.clone(), Op::Builtin(*function)),
            _ => return self.unknown(out, "an expression with a mistake"),
        };
        if operands.len() != crate::eval::pure::arity(op).unwrap_or_default() {
            self.note(placed, NoteKind::TooLarge);
            return self.unknown(out, "an expression with a mistake");
        }
        self.operands(placed, &operands, out);
        match op {
            Op::Negate | Op::Arithmetic(_) | Op::Ago(_) | Op::List(_) | Op::Not => self.emit(out, op),
            _ => self.emit_observed(out, op, place),
        }
    }

    /// `and`, and `or` (`wanted` is what ends it).
    fn connective(&mut self, placed: &'p Placed, conditions: &[ExprId], wanted: bool, out: &mut Buffer) {
        let start = out.here();
        let mut jumps = Vec::new();
        let mut n_tested = 0;
        for id in conditions {
            let before = out.here();
            if n_tested > 0 {
                jumps.push(out.jump(if wanted { Op::SkipIfTrue } else { Op::SkipIfFalse }));
            }
            let operand = out.here();
            self.expr(placed, *id, out);
            match self.settled(out, operand) {
                Some(value) if value == wanted => {
                    out.cut(start);
                    return self.literal(&HirConst::Bool(wanted), out);
                }
                Some(_) => {
                    out.cut(before);
                    jumps.retain(|jump| *jump < before);
                }
                None => {
                    if n_tested > 0 {
                        out.ops.push(if wanted { Op::Or } else { Op::And });
                    }
                    n_tested += 1;
                }
            }
        }
        match n_tested {
            0 => self.literal(&HirConst::Bool(!wanted), out),
            1 if self.is_condition(out) => {}
            1 => out.ops.push(Op::Truth),
            _ => out.land(&jumps),
        }
    }

    /// Whether the code that was added last gives a truth value, whichever way it was reached.
    fn is_condition(&self, out: &Buffer) -> bool {
        use Quantifier::{All, Any, None};
        matches!(
            out.ops.last(),
            Some(
                Op::Compare(_)
                    | Op::In
                    | Op::InRange { .. }
                    | Op::IsKnown
                    | Op::Temporal(_)
                    | Op::TextTest(_)
                    | Op::Matches(_)
                    | Op::HasShape(_)
                    | Op::Meets(_)
                    | Op::And
                    | Op::Or
                    | Op::Not
                    | Op::Truth
                    | Op::ForEach { quantifier: Any | All | None, .. }
            )
        ) && !out.is_landing()
    }

    /// The truth of the code from `at` on, when it is a constant.
    fn settled(&self, out: &Buffer, at: usize) -> Option<bool> {
        match out.constant_from(at)? {
            Op::Missing => Some(false),
            Op::Const(id) => match self.plan.consts.get(id.index())? {
                Const::Bool(value) => Some(*value),
                _ => None,
            },
            _ => None,
        }
    }

    fn or_else(&mut self, placed: &'p Placed, value: ExprId, otherwise: ExprId, out: &mut Buffer) {
        let start = out.here();
        self.expr(placed, value, out);
        match out.constant_from(start) {
            Some(Op::Missing) => {
                out.cut(start);
                self.expr(placed, otherwise, out);
            }
            Some(_) => {}
            None => {
                let jump = out.jump(Op::SkipUnlessMissing);
                self.expr(placed, otherwise, out);
                out.land(&[jump]);
            }
        }
    }

    /// What files give, else what the policy gives.
    fn fact(&mut self, path: &DeclPath, out: &mut Buffer) {
        out.ops.push(Op::Fact(self.str(path.name())));
        if let Some(given) = super::schema::given(self.program, path) {
            let jump = out.jump(Op::SkipUnlessMissing);
            self.call(ItemKind::Given, &given.item.path, 0, out);
            out.land(&[jump]);
        }
    }

    fn if_else(&mut self, placed: &'p Placed, [condition, then, otherwise]: [ExprId; 3], out: &mut Buffer) {
        let start = out.here();
        self.expr(placed, condition, out);
        if let Some(holds) = self.settled(out, start) {
            out.cut(start);
            return self.expr(placed, if holds { then } else { otherwise }, out);
        }
        let branch = out.jump(|end| Op::Branch { otherwise: 0, end });
        self.expr(placed, then, out);
        let skip = out.jump(Op::Skip);
        out.land_otherwise(branch);
        self.expr(placed, otherwise, out);
        out.land(&[branch, skip]);
    }

    fn quantifier(
        &mut self,
        placed: &'p Placed,
        id: ExprId,
        quantifier: Quantifier,
        (list, local, condition): (ExprId, u32, ExprId),
        out: &mut Buffer,
    ) {
        let code = self.expr_code(placed, condition);
        let Some(local) = u16::try_from(local).ok().filter(|_| self.fits(code)) else {
            self.note(placed, NoteKind::TooLarge);
            return self.unknown(out, "a condition that is nested too deeply");
        };
        self.expr(placed, list, out);
        let place = self.place(placed, placed.item.body.get(id).span);
        self.emit_observed(out, Op::ForEach { quantifier, code, local }, place);
    }

    /// Whether another code may run `code`.
    fn fits(&self, code: CodeId) -> bool {
        self.depths.get(code.index()).is_some_and(|depth| *depth < MAX_DEPTH)
    }

    /// Runs a declaration on the `n_args` values that were pushed.
    fn call(&mut self, kind: ItemKind, path: &DeclPath, n_args: usize, out: &mut Buffer) {
        let code = self.declaration(kind, path);
        let args = u8::try_from(n_args).ok();
        match (code.filter(|code| self.fits(*code)), args) {
            (Some(code), Some(args)) => match self.constant_code(code) {
                Some(op) if args == 0 => out.ops.push(op),
                _ => out.ops.push(Op::Call { code, args }),
            },
            (_, args) => {
                let words = self.str(&path.0);
                // The arguments stand on the stack already; a call takes them off.
                let code = self.code(vec![Op::Unknown(words)], Vec::new());
                out.ops.push(Op::Call { code, args: args.unwrap_or(0) });
            }
        }
    }

    /// The instruction of a code that only pushes a constant.
    fn constant_code(&self, code: CodeId) -> Option<Op> {
        let Code { ops, .. } = self.plan.codes.get(code.index())?;
        match self.plan.list(*ops) {
            [op @ (Op::Const(_) | Op::Missing)] => Some(*op),
            _ => None,
        }
    }

    /// The code of a `fn`, `let` or `audience`; `None` when there is none, or it needs itself.
    fn declaration(&mut self, kind: ItemKind, path: &DeclPath) -> Option<CodeId> {
        let (placed, id) = condition_of(self.program, kind, path)?;
        let key = (kind, &placed.item.path);
        match self.declarations.get(&key) {
            Some(Lowered::Done(code)) => return Some(*code),
            Some(Lowered::Open) => {
                self.note(placed, NoteKind::Unresolved);
                return None;
            }
            None => {}
        }
        self.declarations.insert(key, Lowered::Open);
        let code = self.expr_code(placed, id);
        self.declarations.insert(key, Lowered::Done(code));
        Some(code)
    }

    fn region(&mut self, path: &DeclPath, out: &mut Buffer) {
        match self.program.find(ItemKind::Region, path).map(|placed| &placed.item.meaning) {
            Some(Meaning::Region(countries)) => {
                let items = countries.iter().map(|code| Const::Country(self.str(code))).collect();
                out.ops.push(Op::Const(self.constant_list(items)));
            }
            _ => self.unknown(out, &path.0),
        }
    }

    /// Adds instructions that push a text with values of `placed` in it.
    pub fn interpolate(&mut self, placed: &'p Placed, segments: &[Segment], out: &mut Buffer) {
        if segments.len() >= usize::from(u16::MAX) {
            self.note(placed, NoteKind::TooLarge);
            return self.unknown(out, "a text with too many values");
        }
        for segment in segments {
            match segment {
                Segment::Text(text) => self.literal(&HirConst::Text(text.clone()), out),
                Segment::Expr(id) => self.expr(placed, *id, out),
            }
        }
        self.emit(out, Op::Interpolate(n_operands(segments.len())));
    }
}

/// What a `fn`, a `let` or an audience computes. The name of a suppression stands for its `who`.
pub fn condition_of<'p>(
    program: &'p Program,
    kind: ItemKind,
    path: &DeclPath,
) -> Option<(&'p Placed, ExprId)> {
    let suppression = || program.find(ItemKind::Suppress, path).filter(|_| kind == ItemKind::Audience);
    let placed = program.find(kind, path).or_else(suppression)?;
    match &placed.item.meaning {
        Meaning::Fn(_, id) | Meaning::Let(id) | Meaning::Audience(id) | Meaning::Given(_, id) => {
            Some((placed, *id))
        }
        Meaning::Suppress(suppress) => suppress.who.map(|who| (placed, who)),
        _ => None,
    }
}

/// How many operands an instruction says it takes; more than it can say are a mistake that its caller looks for.
fn n_operands(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
