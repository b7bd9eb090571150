//! Conditions that can only come out one way.

use jiff::civil;
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use crate::codes;
use crate::db::{Db, Project};
use crate::draft::Draft;
use crate::model::DeclPath;
use crate::model::expr::{Body, Comparison, Const, ExprId, ExprKind};
use crate::model::item::{Item, ItemKind, Judgement, Meaning};
use crate::model::types::Type;
use crate::signature::{Signature, signature};

/// Reports conditions of `item` that are always true or always false.
pub fn constant_conditions(db: &dyn Db, project: Project, item: &Item, problems: &mut Vec<Draft>) {
    let ranges = ContactRanges::of(db, project, item);
    let facts = Facts { db, project, body: &item.body, ranges };
    for id in conditions(&item.meaning) {
        facts.report(id, problems);
    }
}

/// The conditions that a declaration holds.
fn conditions(meaning: &Meaning) -> Vec<ExprId> {
    match meaning {
        // What audiences and suppressions say of people is decided, see `check::people`.
        Meaning::Suppress(suppress) => suppress.unless.into_iter().collect(),
        Meaning::Cap(cap) => cap.unless.into_iter().collect(),
        Meaning::Tier(tier) => tier.when.into_iter().collect(),
        Meaning::Rule(rule) => {
            let judged = match rule.judgement {
                Judgement::Require(id) | Judgement::Forbid(id) => Some(id),
                Judgement::Match(_) => None,
            };
            rule.guard.into_iter().chain(judged).collect()
        }
        _ => Vec::new(),
    }
}

/// The declared ranges of the contact's attributes.
struct ContactRanges(Vec<(SmolStr, Bounds)>);

impl ContactRanges {
    fn of(db: &dyn Db, project: Project, item: &Item) -> Self {
        if !matches!(item.kind, ItemKind::Audience | ItemKind::Suppress) {
            return Self(Vec::new());
        }
        let found = crate::signature::contact(db, project)
            .and_then(|path| crate::names::declaration_at(db, project, ItemKind::Contact, path.0));
        let Some(declaration) = found else { return Self(Vec::new()) };
        let contact = &crate::analyze::analysis(db, project, declaration).item;
        let Meaning::Record(record) = &contact.meaning else { return Self(Vec::new()) };
        let mut ranges = Vec::new();
        for field in &record.fields {
            let Some((least, most, inclusive)) = field.range else { continue };
            let value = |id: Option<ExprId>| id.and_then(|id| constant(&contact.body, id)).and_then(scalar);
            let mut bounds = Bounds::default();
            if let Some(least) = value(least) {
                bounds.above(least, false);
            }
            if let Some(most) = value(most) {
                bounds.below(most, !inclusive);
            }
            ranges.push((field.name.clone(), bounds));
        }
        Self(ranges)
    }
}

struct Facts<'b> {
    db: &'b dyn Db,
    project: Project,
    body: &'b Body,
    ranges: ContactRanges,
}

impl Facts<'_> {
    /// Reports the outermost conditions under `id` that are constant.
    fn report(&self, id: ExprId, problems: &mut Vec<Draft>) {
        let expr = self.body.get(id);
        if let Some(truth) = self.truth(id) {
            if !matches!(expr.kind, ExprKind::Const(_)) {
                problems.push(codes::constant_condition::of(expr.span, truth));
            }
            return;
        }
        match &expr.kind {
            ExprKind::And(items) | ExprKind::Or(items) => {
                items.iter().for_each(|item| self.report(*item, problems))
            }
            ExprKind::Not(inner) => self.report(*inner, problems),
            _ => {}
        }
    }

    /// What `id` always is; `None` when it depends.
    fn truth(&self, id: ExprId) -> Option<bool> {
        match &self.body.get(id).kind {
            ExprKind::Const(Const::Bool(value)) => Some(*value),
            ExprKind::Not(inner) => self.truth(*inner).map(|truth| !truth),
            ExprKind::And(items) => self.all(items, true),
            ExprKind::Or(items) => self.all(items, false).map(|truth| !truth),
            ExprKind::Compare(op, a, b) => self.compare(*op, *a, *b).or_else(|| self.alone(id)),
            ExprKind::InRange(..) | ExprKind::In(..) => self.alone(id),
            _ => None,
        }
    }

    /// `Some(true)` when every item is `wanted`, `Some(false)` when they cannot all be.
    fn all(&self, items: &[ExprId], wanted: bool) -> Option<bool> {
        let truths: Vec<Option<bool>> = items.iter().map(|item| self.truth(*item)).collect();
        if truths.contains(&Some(!wanted)) {
            return Some(false);
        }
        if truths.iter().all(|truth| *truth == Some(wanted)) {
            return Some(true);
        }
        self.contradict(items, wanted).then_some(false)
    }

    fn compare(&self, op: Comparison, a: ExprId, b: ExprId) -> Option<bool> {
        let (x, y) = (constant(self.body, a)?, constant(self.body, b)?);
        match (op, scalar(x), scalar(y)) {
            (_, Some(x), Some(y)) => Some(holds(op, x, y)),
            (Comparison::Equal, ..) => Some(x == y),
            (Comparison::NotEqual, ..) => Some(x != y),
            _ => None,
        }
    }

    /// Whether one test alone contradicts the declared range of what it tests.
    fn alone(&self, id: ExprId) -> Option<bool> {
        self.contradict(&[id], true).then_some(false)
    }

    /// Whether the tests among `items` cannot all be `wanted` at once.
    fn contradict(&self, items: &[ExprId], wanted: bool) -> bool {
        let mut found: Vec<(SmolStr, Allowed)> = Vec::new();
        for item in items {
            let Some((key, test, optional)) = self.test(*item, wanted) else { continue };
            let at = found.iter().position(|(seen, _)| *seen == key).unwrap_or_else(|| {
                found.push((key.clone(), self.allowed_of(&key)));
                found.len() - 1
            });
            found[at].1.add(test, optional);
        }
        found.iter().any(|(_, allowed)| allowed.is_empty())
    }

    fn allowed_of(&self, key: &str) -> Allowed {
        let mut allowed = Allowed::default();
        let field = key.strip_prefix("it.").unwrap_or(key);
        if let Some((_, bounds)) = self.ranges.0.iter().find(|(name, _)| name == field) {
            allowed.bounds = bounds.clone();
        }
        allowed
    }

    /// A test of something that is read, and whether that can be missing.
    fn test(&self, id: ExprId, wanted: bool) -> Option<(SmolStr, Test, bool)> {
        match &self.body.get(id).kind {
            ExprKind::Not(inner) => self.test(*inner, !wanted),
            ExprKind::IsKnown(value) => Some((self.key(*value)?, Test::Known(wanted), true)),
            ExprKind::Compare(op, a, b) => {
                let (key, value, op, read) = match (self.key(*a), constant(self.body, *b)) {
                    (Some(key), Some(value)) => (key, value, *op, *a),
                    _ => (self.key(*b)?, constant(self.body, *a)?, flip(*op), *b),
                };
                let op = if wanted { op } else { negate(op) };
                let optional = self.can_be_missing(read);
                // `not (x? > 3)` also holds when x is missing: it says nothing about a value.
                (wanted || !optional).then(|| {
                    (key, Test::Compare(op, value.clone(), self.is_whole(read)), !optional || wanted)
                })
            }
            ExprKind::In(item, list) if wanted => {
                let key = self.key(*item)?;
                let ExprKind::List(items) = &self.body.get(*list).kind else { return None };
                let values: Option<Vec<Const>> =
                    items.iter().map(|item| constant(self.body, *item).cloned()).collect();
                Some((key, Test::OneOf(values?), true))
            }
            ExprKind::InRange(item, least, most, inclusive) if wanted => {
                let value = |id: &Option<ExprId>| id.and_then(|id| constant(self.body, id)).and_then(scalar);
                Some((self.key(*item)?, Test::Range(value(least), value(most), *inclusive), true))
            }
            _ => None,
        }
    }

    fn is_whole(&self, id: ExprId) -> bool {
        matches!(self.body.get(id).ty.present(), Type::Int | Type::Date)
    }

    /// `x?` reads an optional whose type here is not optional any more; its field tells.
    fn can_be_missing(&self, id: ExprId) -> bool {
        let expr = self.body.get(id);
        if let ExprKind::Fact(DeclPath(path)) = &expr.kind {
            let declared = signature(self.db, self.project, path.clone());
            return !matches!(declared.as_deref(), Some(Signature::Value(ty)) if !ty.is_optional());
        }
        let ExprKind::Field(base, name) = &expr.kind else { return expr.ty.is_optional() };
        let Type::Record(record) = &self.body.get(*base).ty else { return true };
        match signature(self.db, self.project, record.0.clone()).as_deref() {
            Some(Signature::Record(fields)) => {
                fields.iter().find(|(own, _)| own == name).is_none_or(|(_, ty)| ty.is_optional())
            }
            _ => true,
        }
    }

    /// A name for what an expression reads; `None` when it computes.
    fn key(&self, id: ExprId) -> Option<SmolStr> {
        match &self.body.get(id).kind {
            ExprKind::It => Some("it".into()),
            ExprKind::Asset => Some("asset".into()),
            ExprKind::Campaign => Some("campaign".into()),
            ExprKind::Local(local) => Some(format_smolstr!("${local}")),
            ExprKind::Let(DeclPath(path)) | ExprKind::Fact(DeclPath(path)) => Some(path.clone()),
            ExprKind::Field(base, name) => Some(format_smolstr!("{}.{name}", self.key(*base)?)),
            _ => None,
        }
    }
}

enum Test {
    Known(bool),
    Compare(Comparison, Const, bool),
    OneOf(Vec<Const>),
    Range(Option<Decimal>, Option<Decimal>, bool),
}

/// What a value may still be.
#[derive(Clone, Default)]
struct Allowed {
    known: Option<bool>,
    is_impossible: bool,
    one_of: Option<Vec<Const>>,
    not: Vec<Const>,
    bounds: Bounds,
}

impl Allowed {
    fn add(&mut self, test: Test, implies_known: bool) {
        let known = match test {
            Test::Known(known) => Some(known),
            _ => implies_known.then_some(true),
        };
        match (self.known, known) {
            (Some(a), Some(b)) if a != b => self.is_impossible = true,
            (None, Some(known)) => self.known = Some(known),
            _ => {}
        }
        match test {
            Test::Known(_) => {}
            Test::Compare(op, value, whole) => self.compare(op, value, whole),
            Test::OneOf(values) => self.restrict(values),
            Test::Range(least, most, inclusive) => {
                if let Some(least) = least {
                    self.bounds.above(least, false);
                }
                if let Some(most) = most {
                    self.bounds.below(most, !inclusive);
                }
            }
        }
    }

    fn compare(&mut self, op: Comparison, value: Const, whole: bool) {
        let at = scalar(&value);
        let step = if whole { Decimal::ONE } else { Decimal::ZERO };
        match (op, at) {
            (Comparison::Equal, at) => {
                self.restrict(vec![value]);
                if let Some(at) = at {
                    self.bounds.above(at, false);
                    self.bounds.below(at, false);
                }
            }
            (Comparison::NotEqual, _) => self.not.push(value),
            (Comparison::Less, Some(at)) => self.bounds.below(at - step, !whole),
            (Comparison::AtMost, Some(at)) => self.bounds.below(at, false),
            (Comparison::Greater, Some(at)) => self.bounds.above(at + step, !whole),
            (Comparison::AtLeast, Some(at)) => self.bounds.above(at, false),
            (_, None) => {}
        }
    }

    fn restrict(&mut self, values: Vec<Const>) {
        self.one_of = Some(match self.one_of.take() {
            Some(before) => before.into_iter().filter(|value| values.contains(value)).collect(),
            None => values,
        });
    }

    fn is_empty(&self) -> bool {
        if self.is_impossible {
            return true;
        }
        if self.known == Some(false) {
            return false;
        }
        if self.bounds.is_empty() {
            return true;
        }
        self.one_of.as_ref().is_some_and(|values| {
            values
                .iter()
                .all(|value| self.not.contains(value) || scalar(value).is_some_and(|at| !self.bounds.has(at)))
        })
    }
}

/// An interval; `true` beside a bound means that the bound itself is out.
#[derive(Clone, Debug, Default)]
struct Bounds {
    least: Option<(Decimal, bool)>,
    most: Option<(Decimal, bool)>,
}

impl Bounds {
    fn above(&mut self, at: Decimal, strict: bool) {
        if self.least.is_none_or(|(least, was)| at > least || (at == least && strict && !was)) {
            self.least = Some((at, strict));
        }
    }

    fn below(&mut self, at: Decimal, strict: bool) {
        if self.most.is_none_or(|(most, was)| at < most || (at == most && strict && !was)) {
            self.most = Some((at, strict));
        }
    }

    fn is_empty(&self) -> bool {
        match (self.least, self.most) {
            (Some((least, a)), Some((most, b))) => least > most || (least == most && (a || b)),
            _ => false,
        }
    }

    fn has(&self, at: Decimal) -> bool {
        self.least.is_none_or(|(least, strict)| at > least || (at == least && !strict))
            && self.most.is_none_or(|(most, strict)| at < most || (at == most && !strict))
    }
}

fn constant(body: &Body, id: ExprId) -> Option<&Const> {
    match &body.get(id).kind {
        ExprKind::Const(value) => Some(value),
        _ => None,
    }
}

/// A constant as a number, where order means something. Days are counted from year 0.
fn scalar(value: &Const) -> Option<Decimal> {
    match value {
        Const::Int(n) => Some((*n).into()),
        Const::Decimal(n) | Const::Percent(n) | Const::Money(n, _) => Some(*n),
        Const::Date(date) => Some(day_number(*date).into()),
        _ => None,
    }
}

fn day_number(date: civil::Date) -> i64 {
    let start = civil::Date::constant(0, 1, 1);
    i64::from(date.since(start).map_or(0, |span| span.get_days()))
}

const fn flip(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

const fn negate(op: Comparison) -> Comparison {
    match op {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Greater => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

fn holds(op: Comparison, x: Decimal, y: Decimal) -> bool {
    match op {
        Comparison::Equal => x == y,
        Comparison::NotEqual => x != y,
        Comparison::Less => x < y,
        Comparison::AtMost => x <= y,
        Comparison::Greater => x > y,
        Comparison::AtLeast => x >= y,
    }
}
