//! Names for conditions that are not understood: two with one name are one condition, so a name says all of it.

use std::fmt::{self, Write as _};

use mktlint_decide::{Unit, Value, show_value};
use smol_str::SmolStr;

use super::Lowering;
use crate::model::DeclPath;
use crate::model::expr::{Arithmetic, Comparison, Const, ExprId, ExprKind, Segment};
use crate::model::item::{Item, ItemKind, Meaning};

/// Longer names end with a digest of the rest: they are kept in memory, once for each condition.
const LONGEST: usize = 400;

/// A name that is being written.
#[derive(Default)]
struct Name {
    text: String,
    /// The declarations in it, in order of mention, each once.
    named: Vec<(ItemKind, DeclPath)>,
}

impl Name {
    fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn push(&mut self, letter: char) {
        self.text.push(letter);
    }

    fn name(&mut self, kind: ItemKind, path: &DeclPath) {
        self.push_str(&path.0);
        if !self.named.iter().any(|(_, known)| known == path) {
            self.named.push((kind, path.clone()));
        }
    }
}

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

impl Lowering<'_> {
    /// What `id` says, much as a policy would, with full names and without its place. What these stand for is part of
    /// it, since two versions of a policy can mean different things by one name.
    pub fn key(&self, id: ExprId) -> SmolStr {
        let mut name = Name::default();
        name.push_str(&self.within);
        self.write(id, &mut name);
        let mut next = 0;
        while let Some((kind, path)) = name.named.get(next).cloned() {
            next += 1;
            if let Some(item) = self.items.item(kind, &path) {
                let _ = write!(name, "; {} is ", path.0);
                self.write_meaning(&item, &mut name);
            }
        }
        shortened(name.text).into()
    }

    fn write_meaning(&self, item: &Item, out: &mut Name) {
        let size = u32::try_from(item.body.iter().count()).unwrap_or(u32::MAX);
        if self.spend(size).is_err() {
            // The formula is too long, so nothing will be decided by this name.
            return;
        }
        let inner = Lowering { body: &item.body, locals: Vec::new(), within: SmolStr::default(), ..*self };
        match &item.meaning {
            Meaning::Let(value) | Meaning::Fn(_, value) | Meaning::Audience(value) => {
                inner.write(*value, out)
            }
            Meaning::Suppress(suppress) => suppress.who.into_iter().for_each(|who| inner.write(who, out)),
            Meaning::Region(countries) => drop(write!(out, "{countries:?}")),
            _ => {}
        }
    }

    fn write(&self, id: ExprId, out: &mut Name) {
        let infix = |a: &ExprId, op: &str, b: &ExprId, out: &mut Name| {
            self.operand(*a, out);
            let _ = write!(out, " {op} ");
            self.operand(*b, out);
        };
        match &self.body.get(id).kind {
            ExprKind::Const(value) => constant(value, out),
            ExprKind::It => out.push_str("it"),
            ExprKind::Field(base, name) => self.field_name(*base, name, out),
            ExprKind::Compare(op, a, b) => infix(a, sign(*op), b, out),
            ExprKind::Arithmetic(op, a, b) => infix(a, operator(*op), b, out),
            ExprKind::Temporal(op, a, b) => infix(a, &format!("{op:?}"), b, out),
            ExprKind::TextTest(op, a, b) => infix(a, &format!("{op:?}"), b, out),
            ExprKind::Meets(op, a, b) => infix(a, &format!("has {op:?} of"), b, out),
            ExprKind::In(a, b) | ExprKind::Has(b, a) => infix(a, "in", b, out),
            ExprKind::OrElse(a, b) => infix(a, "or else", b, out),
            ExprKind::If(a, b, c) => self.listed("if", &[*a, *b, *c], out),
            ExprKind::Negate(a) => self.listed("-", &[*a], out),
            ExprKind::Not(a) => self.listed("not ", &[*a], out),
            ExprKind::IsKnown(a) => self.listed("known ", &[*a], out),
            ExprKind::Ago(a, past) => self.listed(if *past { "ago " } else { "ahead " }, &[*a], out),
            ExprKind::HasShape(a, shape) => {
                self.operand(*a, out);
                let _ = write!(out, " matches {}", shape.name());
            }
            ExprKind::Call(builtin, args) => {
                self.listed(builtin.signature().map_or("?", |signature| signature.name), args, out);
            }
            ExprKind::CallFn(path, args) => {
                out.name(ItemKind::Fn, path);
                self.listed("", args, out);
            }
            // Each campaign can give its own.
            ExprKind::Fact(path) => drop(write!(out, "campaign.{}", path.name())),
            ExprKind::Let(path) => out.name(ItemKind::Let, path),
            ExprKind::Region(path) => out.name(ItemKind::Region, path),
            ExprKind::Audience(path) => {
                let kinds = [ItemKind::Audience, ItemKind::Suppress];
                let kind = kinds.into_iter().find(|kind| self.items.item(*kind, path).is_some());
                out.name(kind.unwrap_or(ItemKind::Audience), path);
            }
            ExprKind::List(items) => self.listed("", items, out),
            ExprKind::And(items) => self.listed("and ", items, out),
            ExprKind::Or(items) => self.listed("or ", items, out),
            kind @ (ExprKind::Matches(text, needles) | ExprKind::CountMatches(text, needles)) => {
                self.operand(*text, out);
                let counts = matches!(kind, ExprKind::CountMatches(..));
                out.push_str(if counts { " counts" } else { " matches" });
                for needle in needles {
                    match &needle.flags {
                        Some(flags) => drop(write!(out, " /{}/{flags}", needle.text)),
                        None => drop(write!(out, " {:?} {:?}", needle.text, needle.part_of_speech)),
                    }
                }
            }
            ExprKind::InRange(value, least, most, inclusive) => {
                let ends: Vec<ExprId> = std::iter::once(*value).chain(*least).chain(*most).collect();
                let name = format!("range {} {} {inclusive}", least.is_some(), most.is_some());
                self.listed(&name, &ends, out);
            }
            ExprKind::Interpolate(segments) => self.segments(segments, out),
            ExprKind::Quantifier(quantifier, list, local, condition) => {
                self.listed(&format!("{quantifier:?} {local} "), &[*list, *condition], out);
            }
            ExprKind::CouldInclude(condition) => self.listed("could include ", &[*condition], out),
            leaf => drop(write!(out, "{leaf:?}")),
        }
    }

    /// `country`, `campaign.purpose`
    fn field_name(&self, base: ExprId, name: &SmolStr, out: &mut Name) {
        match self.attribute(base, name) {
            Some(attribute) => out.push_str(&attribute),
            None => {
                self.operand(base, out);
                let _ = write!(out, ".{name}");
            }
        }
    }

    /// An expression in brackets, unless it is one word.
    fn operand(&self, id: ExprId, out: &mut Name) {
        let is_word = matches!(
            self.body.get(id).kind,
            ExprKind::Const(_)
                | ExprKind::Field(..)
                | ExprKind::Fact(_)
                | ExprKind::It
                | ExprKind::Call(..)
                | ExprKind::List(_)
        );
        if is_word {
            return self.write(id, out);
        }
        self.listed("", &[id], out);
    }

    fn listed(&self, name: &str, args: &[ExprId], out: &mut Name) {
        let _ = write!(out, "{name}(");
        for (at, arg) in args.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { ", " });
            self.write(*arg, out);
        }
        out.push(')');
    }

    fn segments(&self, segments: &[Segment], out: &mut Name) {
        for segment in segments {
            match segment {
                Segment::Text(text) => drop(write!(out, "{text:?}")),
                Segment::Expr(id) => self.listed("", &[*id], out),
            }
        }
    }
}

fn constant(value: &Const, out: &mut Name) {
    let (value, unit) = match value {
        Const::Bool(value) => (Value::Bool(*value), None),
        Const::Int(value) => (Value::Number((*value).into()), None),
        Const::Decimal(value) => (Value::Number(*value), None),
        Const::Percent(value) => (Value::Number(*value), Some(Unit::Percent)),
        Const::Money(amount, currency) => (Value::Number(*amount), Some(Unit::Money(currency.clone()))),
        Const::Date(day) => (Value::Date(*day), None),
        Const::DateTime(at) => (Value::DateTime(*at), None),
        Const::Time(time) => (Value::Time(*time), None),
        Const::Country(name) | Const::Language(name) | Const::Member(_, name) => {
            (Value::Name(name.clone()), None)
        }
        Const::Text(text) => (Value::Text(text.clone()), None),
        Const::Duration(length) => {
            let _ = write!(out, "{} months {} days {} s", length.months, length.days, length.seconds);
            return;
        }
    };
    out.push_str(&show_value(&value, unit.as_ref()));
}

const fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

const fn operator(op: Arithmetic) -> &'static str {
    match op {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
    }
}

/// The start of a long name, with a digest of all of it (FNV-1a, 128 bits).
fn shortened(mut name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let mut digest: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in name.bytes() {
        digest = (digest ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }
    let cut = (0..=LONGEST).rev().find(|at| name.is_char_boundary(*at)).unwrap_or_default();
    name.truncate(cut);
    let _ = write!(name, "… {digest:032x}");
    name
}
