//! Values: attributes, constants, and what is computed from them.

use mktlint_decide::{Domain, Shift, Test, Unit, Value};
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::linear::{Linear, divided};
use super::point::{Days, Point, shift};
use super::schema::campaign_attribute;
use super::term::{Cases, Term, and, not, weight};
use super::{Lowering, Why};
use crate::db::library::is_of_library;
use crate::model::DeclPath;
use crate::model::builtin::Builtin;
use crate::model::expr::{Arithmetic, Const, ExprId, ExprKind, Length, Quantifier};
use crate::model::item::{ItemKind, Meaning};
use crate::model::types::Type;

/// The kind of asset that stands for the message.
pub const CAMPAIGN: &str = "std.prelude.Campaign";

impl Lowering<'_> {
    /// The value of `id`.
    pub fn value(&self, id: ExprId) -> Result<Cases, Why> {
        self.spend(1)?;
        self.deeper(|| self.value_of(id))
    }

    fn value_of(&self, id: ExprId) -> Result<Cases, Why> {
        match &self.body.get(id).kind {
            ExprKind::Const(value) => Ok(Cases::one(constant(value))),
            ExprKind::Now => Ok(Cases::one(Term::Point(Point::Now(Shift::default())))),
            ExprKind::Field(base, name) => self.field(*base, name, id).map(Cases::one),
            ExprKind::Local(n) => {
                let local = self.locals.get(*n as usize).ok_or("it speaks of an unknown value")?;
                self.spend(local.weight())?;
                Ok(local.clone())
            }
            ExprKind::List(items) => {
                let one = |item: &ExprId| self.value(*item)?.into_one();
                Ok(Cases::one(Term::Items(items.iter().map(one).collect::<Result<_, _>>()?)))
            }
            ExprKind::Region(path) => self.region(path),
            ExprKind::Arithmetic(op, a, b) => {
                let (a, b) = (self.value(*a)?, self.value(*b)?);
                self.spend(a.weight_with(&b))?;
                a.with(&b, |a, b| arithmetic(*op, a, b))
            }
            ExprKind::Negate(a) => self.value(*a)?.map(negate),
            ExprKind::Ago(length, past) => self.value(*length)?.map(|length| ago(&length, *past)),
            ExprKind::OrElse(a, b) => self.or_else(*a, *b, id),
            ExprKind::If(condition, then, otherwise) => self.either(*condition, *then, *otherwise),
            ExprKind::Call(Builtin::Length, args) => self.length(args),
            ExprKind::Quantifier(Quantifier::Count, list, _, condition) => self.count(*list, *condition),
            ExprKind::CallFn(path, args) => self.call(path, args, id),
            ExprKind::Let(path) => self.binding(path, id),
            ExprKind::Call(builtin, _) => Err(computed(*builtin)),
            kind if is_condition(kind) => Ok(Cases::one(Term::Condition {
                holds: self.condition(id),
                known: mktlint_decide::Formula::Const(true),
            })),
            kind => Err(unfit(kind)),
        }
    }

    /// An attribute of the contact, or of the campaign.
    fn field(&self, base: ExprId, name: &SmolStr, id: ExprId) -> Result<Term, Why> {
        let attribute = self.attribute(base, name).ok_or_else(|| unfit(&ExprKind::Asset))?;
        let Some(found) = self.schema.find(&attribute) else {
            let ty = &self.body.get(id).ty;
            let of = &self.body.get(base).ty;
            // A pack was typed by the library's contact where the project's lacks the attribute.
            let is_missing = matches!(of, Type::Record(path) if is_of_library(&path.0));
            return Err(match is_missing {
                true => format_smolstr!("the contact has no `{attribute}: {ty}`"),
                false => format_smolstr!("`{attribute}` has the type `{ty}`"),
            });
        };
        let days = Days(self.tag(id));
        Ok(match &found.domain {
            Domain::Bool => Term::Condition {
                holds: days.test(&attribute, Test::True),
                known: days.test(&attribute, Test::Known),
            },
            Domain::Number { unit: Unit::Money(currency), .. } if currency.is_empty() => {
                return Err(format_smolstr!("`{attribute}` can be of any currency"));
            }
            Domain::Number { unit, .. } => Term::Number(Linear::attribute(unit.clone(), attribute)),
            Domain::Date { .. } => Term::Point(Point::DayOf(attribute, 0)),
            Domain::DateTime => Term::Point(Point::MomentOf(attribute)),
            Domain::Names { .. }
            | Domain::Text
            | Domain::Time
            | Domain::SetOfNames { .. }
            | Domain::SetOfTexts => Term::Attribute(attribute),
        })
    }

    /// The name of the attribute that a field of `base` is; `None` when `base` is neither contact nor campaign.
    pub fn attribute(&self, base: ExprId, name: &SmolStr) -> Option<SmolStr> {
        let root = self.body.get(base);
        let Type::Record(record) = &root.ty else { return None };
        match root.kind {
            ExprKind::Campaign => Some(campaign_attribute(name)),
            ExprKind::It | ExprKind::Asset if record.0 == CAMPAIGN => Some(campaign_attribute(name)),
            ExprKind::It => Some(name.clone()),
            _ => None,
        }
    }

    fn region(&self, path: &DeclPath) -> Result<Cases, Why> {
        match self.items.item(ItemKind::Region, path).as_deref().map(|item| &item.meaning) {
            Some(Meaning::Region(countries)) => {
                let country = |code: &SmolStr| Term::Word(Value::Name(code.clone()));
                Ok(Cases::one(Term::Items(countries.iter().map(country).collect())))
            }
            _ => Err(format_smolstr!("`{}` is not known", path.name())),
        }
    }

    /// `a or else b`
    fn or_else(&self, a: ExprId, b: ExprId, id: ExprId) -> Result<Cases, Why> {
        let mut cases = Vec::new();
        let (values, defaults) = (self.value(a)?, self.value(b)?);
        self.spend(values.weight_with(&defaults).saturating_mul(2))?;
        for (guard, term) in values.0 {
            let known = self.known(&term, id)?;
            if !matches!(term, Term::Missing) {
                cases.push((and([guard.clone(), known.clone()]), term));
            }
            let missing = and([guard, not(known)]);
            for (other, default) in &defaults.0 {
                cases.push((and([missing.clone(), other.clone()]), default.clone()));
            }
        }
        Cases::of(cases)
    }

    /// `if condition then a else b`
    fn either(&self, condition: ExprId, then: ExprId, otherwise: ExprId) -> Result<Cases, Why> {
        let condition = self.condition(condition);
        let under = |condition: mktlint_decide::Formula, cases: Cases| {
            cases.0.into_iter().map(move |(guard, term)| (and([condition.clone(), guard]), term))
        };
        let (then, otherwise) = (self.value(then)?, self.value(otherwise)?);
        let copies = u32::try_from(then.0.len() + otherwise.0.len()).unwrap_or(u32::MAX);
        self.spend(weight(&condition).saturating_mul(copies))?;
        let then = under(condition.clone(), then);
        let otherwise = under(not(condition), otherwise);
        Cases::of(then.chain(otherwise).collect())
    }

    /// `length(tags)`
    fn length(&self, args: &[ExprId]) -> Result<Cases, Why> {
        let [list] = args else { return Err(computed(Builtin::Length)) };
        match self.body.get(*list).ty.present() {
            Type::List(_) => Err("items of a list can repeat".into()),
            Type::Set(_) => self.value(*list)?.map(|list| size(list, false)),
            _ => Err(computed(Builtin::Length)),
        }
    }

    /// `count tags`
    fn count(&self, list: ExprId, condition: ExprId) -> Result<Cases, Why> {
        if self.body.get(condition).kind != ExprKind::Const(Const::Bool(true)) {
            return Err("it counts the items that are like something".into());
        }
        if matches!(self.body.get(list).ty.present(), Type::List(_)) {
            return Err("items of a list can repeat".into());
        }
        self.value(list)?.map(|list| size(list, true))
    }

    fn call(&self, path: &DeclPath, args: &[ExprId], id: ExprId) -> Result<Cases, Why> {
        let locals = args.iter().map(|arg| self.value(*arg)).collect::<Result<Vec<_>, _>>()?;
        let within = format_smolstr!("{}:", self.key(id));
        self.enter(ItemKind::Fn, path, id, locals, within)
    }

    fn binding(&self, path: &DeclPath, id: ExprId) -> Result<Cases, Why> {
        self.enter(ItemKind::Let, path, id, Vec::new(), SmolStr::default())
    }

    /// The value of a `let` or `fn`.
    fn enter(
        &self,
        kind: ItemKind,
        path: &DeclPath,
        id: ExprId,
        locals: Vec<Cases>,
        within: SmolStr,
    ) -> Result<Cases, Why> {
        let item = self.items.item(kind, path);
        match item.as_deref().map(|item| (&item.body, &item.meaning)) {
            Some((body, Meaning::Let(value) | Meaning::Fn(_, value))) => Lowering {
                items: self.items,
                schema: self.schema,
                body,
                locals,
                tag: Some(self.tag(id)),
                within,
                depth: self.depth,
                left: self.left,
                left_out: &[],
                tier: self.tier,
            }
            .value(*value),
            _ => Err(format_smolstr!("`{}` is not known", path.name())),
        }
    }
}

fn size(list: Term, missing_is_empty: bool) -> Result<Term, Why> {
    match list {
        Term::Attribute(attribute) => Ok(Term::Size { attribute, missing_is_empty }),
        Term::Items(items) => Ok(Term::Number(Linear::constant(Unit::Plain, items.len().into()))),
        Term::Missing if missing_is_empty => Ok(Term::Number(Linear::constant(Unit::Plain, Decimal::ZERO))),
        Term::Missing => Ok(Term::Missing),
        _ => Err(computed(Builtin::Length)),
    }
}

/// A value that is written in the policy.
fn constant(value: &Const) -> Term {
    let number = |unit, value| Term::Number(Linear::constant(unit, value));
    match value {
        Const::Bool(value) => Term::Condition {
            holds: mktlint_decide::Formula::Const(*value),
            known: mktlint_decide::Formula::Const(true),
        },
        Const::Int(value) => number(Unit::Plain, (*value).into()),
        Const::Decimal(value) => number(Unit::Plain, *value),
        Const::Percent(value) => number(Unit::Percent, *value),
        Const::Money(amount, currency) => number(Unit::Money(currency.clone()), *amount),
        Const::Duration(length) => Term::Length(*length),
        Const::Date(day) => Term::Point(Point::Day(*day)),
        Const::DateTime(at) => Term::Point(Point::Moment(*at)),
        Const::Time(time) => Term::Word(Value::Time(*time)),
        Const::Country(code) => Term::Word(Value::Name(code.clone())),
        Const::Language(tag) => Term::Word(Value::Name(tag.clone())),
        Const::Text(text) => Term::Word(Value::Text(text.clone())),
        Const::Member(_, name) => Term::Word(Value::Name(name.clone())),
    }
}

fn arithmetic(op: Arithmetic, a: Term, b: Term) -> Result<Term, Why> {
    use Arithmetic::{Add, Divide, Multiply, Subtract};
    let sign = if op == Subtract { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    match (op, a, b) {
        (_, Term::Missing, _) | (_, _, Term::Missing) => Ok(Term::Missing),
        (Add | Subtract, Term::Number(a), Term::Number(b)) => a.plus(&b, sign).map(Term::Number),
        (Add | Subtract, Term::Number(a), Term::Length(b)) => {
            a.plus(&Linear::length(b), sign).map(Term::Number)
        }
        (Add | Subtract, Term::Length(a), Term::Number(b)) => {
            Linear::length(a).plus(&b, sign).map(Term::Number)
        }
        (Add | Subtract, Term::Length(a), Term::Length(b)) => {
            let b = if op == Subtract { scaled(b, -1) } else { Some(b) };
            b.and_then(|b| a.plus(b)).map(Term::Length).ok_or_else(|| "its lengths are too long".into())
        }
        (Multiply, Term::Number(a), Term::Number(b)) => product(&a, &b).map(Term::Number),
        (Divide, Term::Number(a), Term::Number(b)) if b.unit == Unit::Plain => match b.number() {
            Some(by) if by.is_zero() => Ok(Term::Missing),
            Some(by) => a.times(divided(Decimal::ONE, by)?).map(Term::Number),
            None => Err("it divides by an attribute".into()),
        },
        (Multiply, Term::Length(length), Term::Number(n))
        | (Multiply, Term::Number(n), Term::Length(length)) => {
            let times = n.number().and_then(|n| i64::try_from(n).ok());
            let found = times.and_then(|times| scaled(length, times));
            found.map(Term::Length).ok_or_else(|| "it multiplies a length by an attribute".into())
        }
        (Add | Subtract, Term::Point(point), Term::Length(length)) => {
            point.moved(length, op == Subtract).map(Term::Point)
        }
        (Subtract, Term::Point(a), Term::Point(b)) => Ok(Term::Gap(a, b)),
        _ => Err("it computes with more than one attribute".into()),
    }
}

/// A product in which one side is a number.
fn product(a: &Linear, b: &Linear) -> Result<Linear, Why> {
    let (sum, factor) = match (a.number(), b.number()) {
        (_, Some(factor)) if b.unit != Unit::Seconds => (a, (factor, &b.unit)),
        (Some(factor), _) => (b, (factor, &a.unit)),
        _ => return Err("it multiplies two attributes".into()),
    };
    match factor.1 {
        Unit::Plain => sum.times(factor.0),
        Unit::Percent => sum.times(divided(factor.0, Decimal::ONE_HUNDRED)?),
        // `2 * EUR 20`: the amount is the factor only because it is a number too.
        unit => match sum.number() {
            Some(number) if sum.unit == Unit::Plain => Linear::constant(unit.clone(), factor.0).times(number),
            Some(number) if sum.unit == Unit::Percent => {
                Linear::constant(unit.clone(), factor.0).times(divided(number, Decimal::ONE_HUNDRED)?)
            }
            _ => Err("it multiplies an amount by an attribute".into()),
        },
    }
}

fn scaled(length: Length, by: i64) -> Option<Length> {
    let small = i32::try_from(by).ok()?;
    Some(Length {
        months: length.months.checked_mul(small)?,
        days: length.days.checked_mul(small)?,
        seconds: length.seconds.checked_mul(by)?,
    })
}

fn negate(term: Term) -> Result<Term, Why> {
    match term {
        Term::Number(linear) => linear.times(Decimal::NEGATIVE_ONE).map(Term::Number),
        Term::Length(length) => {
            scaled(length, -1).map(Term::Length).ok_or_else(|| "its lengths are too long".into())
        }
        Term::Missing => Ok(Term::Missing),
        _ => Err("it negates something that is no number".into()),
    }
}

fn ago(length: &Term, past: bool) -> Result<Term, Why> {
    match length {
        Term::Length(length) => Point::Today(Shift::default())
            .moved(*length, past)
            .or_else(|_| shift(*length, past).map(Point::Today))
            .map(Term::Point),
        Term::Missing => Ok(Term::Missing),
        _ => Err("it goes back by an attribute".into()),
    }
}

/// Whether `kind` is true or false and never missing.
const fn is_condition(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare(..)
            | ExprKind::In(..)
            | ExprKind::InRange(..)
            | ExprKind::IsKnown(_)
            | ExprKind::Temporal(..)
            | ExprKind::TextTest(..)
            | ExprKind::Matches(..)
            | ExprKind::HasShape(..)
            | ExprKind::Has(..)
            | ExprKind::Meets(..)
            | ExprKind::Quantifier(..)
            | ExprKind::Audience(_)
    )
}

fn computed(builtin: Builtin) -> Why {
    let name = builtin.signature().map_or("it", |signature| signature.name);
    format_smolstr!("`{name}` computes with a text or a number")
}

/// Why an expression of this kind has no formula.
pub fn unfit(kind: &ExprKind) -> Why {
    match kind {
        ExprKind::Error => super::MISTAKE.into(),
        ExprKind::Interpolate(_) => "it puts a text together".into(),
        ExprKind::Matches(..) | ExprKind::CountMatches(..) | ExprKind::HasShape(..) => {
            "it looks for a pattern".into()
        }
        ExprKind::UsesClaims(_) | ExprKind::UsesRegulatedClaims => "it speaks of claims".into(),
        ExprKind::ChangeOnly(_) | ExprKind::ChangeTouches(_) => "it speaks of a change".into(),
        ExprKind::CouldInclude(_) => "it asks about a whole audience".into(),
        ExprKind::Fact(path) => format_smolstr!("it asks for the fact `{}`", path.name()),
        ExprKind::Deferred(words) => words.clone(),
        _ => "it speaks of more than the contact and the campaign".into(),
    }
}
