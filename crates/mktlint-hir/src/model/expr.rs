//! Typed expressions, in an arena per declaration.
//!
//! Evaluation has four kinds of result: a value; *missing* (an optional that is absent); *unknown* (an input that
//! nobody gave, by name); and nothing else, because evaluation is total. `and`, `or`, `not` treat unknown as Kleene
//! does (`false and unknown` is false); every other operation on unknown is unknown. A comparison, test or membership
//! on a missing value is false, which is what `age? >= 18` means; the type checker lets no other optional get there.

use jiff::civil;
use mktlint_measure::text::Shape;
use mktlint_text::Span;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::DeclPath;
use super::builtin::Builtin;
use super::change::ChangeKind;
use super::item::Needle;
use super::types::Type;

/// An expression of one declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// All expressions of one declaration, operands before what uses them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    exprs: Vec<Expr>,
}

impl Body {
    /// Adds an expression.
    pub fn push(&mut self, expr: Expr) -> ExprId {
        self.exprs.push(expr);
        ExprId(self.exprs.len() as u32 - 1)
    }

    /// The expression `id`. An id of another body gives some expression or [`Expr::ERROR`], never a panic.
    pub fn get(&self, id: ExprId) -> &Expr {
        self.exprs.get(id.0 as usize).unwrap_or(&Expr::ERROR)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = (ExprId, &Expr)> {
        self.exprs.iter().enumerate().map(|(at, expr)| (ExprId(at as u32), expr))
    }
}

/// An expression with its type and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Its bytes, from the start of the declaration.
    pub span: Span,
}

impl Expr {
    /// What stands where an expression could not be understood.
    pub const ERROR: Self = Self { kind: ExprKind::Error, ty: Type::Error, span: Span::at(0) };
}

/// A length of time: calendar units and clock units apart, as `jiff` has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Length {
    /// Whole months; a year is 12.
    pub months: i32,
    /// Whole days; a week is 7.
    pub days: i32,
    /// Seconds; hours and minutes are counted here.
    pub seconds: i64,
}

impl Length {
    /// The units of policies, singular and plural, for `did you mean`.
    pub const UNITS: [&str; 12] = [
        "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year",
        "years",
    ];

    /// `n` of `unit`; `None` when `unit` is no unit, or the length does not fit.
    pub fn of(n: i64, unit: &str) -> Option<Self> {
        let whole = |by: i64| i32::try_from(n.checked_mul(by)?).ok();
        let clock = |by: i64| n.checked_mul(by);
        Some(match unit {
            "minute" | "minutes" => Self { seconds: clock(60)?, ..Self::default() },
            "hour" | "hours" => Self { seconds: clock(3600)?, ..Self::default() },
            "day" | "days" => Self { days: whole(1)?, ..Self::default() },
            "week" | "weeks" => Self { days: whole(7)?, ..Self::default() },
            "month" | "months" => Self { months: whole(1)?, ..Self::default() },
            "year" | "years" => Self { months: whole(12)?, ..Self::default() },
            _ => return None,
        })
    }

    /// Both together; `None` when that does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            seconds: self.seconds.checked_add(other.seconds)?,
        })
    }
}

/// A value that is written in the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Const {
    /// `true`, `false`.
    Bool(bool),
    /// `60`.
    Int(i64),
    /// `0.5`.
    Decimal(Decimal),
    /// `0.1%`, as written: 0.1.
    Percent(Decimal),
    /// `EUR 20`.
    Money(Decimal, SmolStr),
    /// `7 days`.
    Duration(Length),
    /// `2027-01-31`.
    Date(civil::Date),
    /// `2027-01-31T09:00`.
    DateTime(civil::DateTime),
    /// `21:00`.
    Time(civil::Time),
    /// `DE`.
    Country(SmolStr),
    /// `en`, `de-AT`.
    Language(SmolStr),
    /// `"words"`.
    Text(SmolStr),
    /// A member of an enum or a stage of a lifecycle.
    Member(DeclPath, SmolStr),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`; on a missing value false, like every comparison.
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// `+ - * /`. Division by zero is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Tests of a day against a length of time or another day. `now` is the send date, else the date of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Temporal {
    /// `last_order? within 7 days`: from 7 days before `now` up to and with `now`.
    Within,
    /// `last_order? older than 7 days`: more than 7 days before `now`.
    OlderThan,
    /// `date before OTHER`
    Before,
    /// `date after OTHER`
    After,
    /// `date in the next 7 days`: from `now` up to and with 7 days after.
    InTheNext,
}

/// Tests of a text against a text, ignoring case unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// `text contains "part"`
    Contains,
    /// `text starts with "part"`
    StartsWith,
    /// `text ends with "part"`
    EndsWith,
}

/// Over the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// At least one; false for an empty list.
    Any,
    /// Every one; true for an empty list.
    All,
    /// Not one; true for an empty list.
    None,
    /// How many, as an `Int`.
    Count,
}

/// How two lists or sets meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meeting {
    /// `regions touch [DE, CA]`, `tags has any of [..]`: they share an item.
    Any,
    /// `tags has all of [..]`: every item on the right is on the left.
    All,
    /// `tags has none of [..]`: they share no item.
    None,
}

/// A piece of a text with `{…}` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// As it is.
    Text(SmolStr),
    /// The value of an expression, shown as people write it; missing shows as `missing`.
    Expr(ExprId),
}

/// What an expression computes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// Reported already.
    Error,
    /// A value from the policy.
    Const(Const),
    /// The send date of the campaign, else the date of the run.
    Now,
    /// What is judged: an asset, a part, or the value of a field, as the scope says. In an audience: the contact.
    It,
    /// The asset that `it` is part of (or is itself).
    Asset,
    /// The campaign of the asset: its manifest.
    Campaign,
    /// The matched words, in the message of a `match` rule.
    Match,
    /// A parameter of the `fn`, or the variable of a quantifier, by number (parameters first, then quantifiers from
    /// the outermost).
    Local(u32),
    /// The field `name` of a record. An optional field that is absent is missing; one that is not optional and that
    /// nobody gave is unknown.
    Field(ExprId, SmolStr),
    /// The parts of a kind in the asset, in order: `links`, `images`. The name is that of the part: `Link`.
    Parts(SmolStr),
    /// `"{campaign.id}-hero"`
    Interpolate(Vec<Segment>),
    /// `[a, b]`
    List(Vec<ExprId>),
    /// `not a`
    Not(ExprId),
    /// `a and b and c`
    And(Vec<ExprId>),
    /// `a or b or c`
    Or(Vec<ExprId>),
    /// `a < b`
    Compare(Comparison, ExprId, ExprId),
    /// `a + b`
    Arithmetic(Arithmetic, ExprId, ExprId),
    /// `-a`
    Negate(ExprId),
    /// `country in EU`: the item, the list or set.
    In(ExprId, ExprId),
    /// `age in 18..=130`: the value, the least, the greatest (`None` = open), whether the greatest counts.
    InRange(ExprId, Option<ExprId>, Option<ExprId>, bool),
    /// `x is known`
    IsKnown(ExprId),
    /// `age or else 0`
    OrElse(ExprId, ExprId),
    /// Tests of days.
    Temporal(Temporal, ExprId, ExprId),
    /// `200 days ago` (true) and `3 days from now` (false): a day.
    Ago(ExprId, bool),
    /// Text against text.
    TextTest(TextTest, ExprId, ExprId),
    /// `text matches /x/` and `text mentions "phrase" | /x/`: whether any is found in it.
    Matches(ExprId, Vec<Needle>),
    /// `count_of(text, "phrase" | /x/)`: how often they are found in it.
    CountMatches(ExprId, Vec<Needle>),
    /// `text matches kebab`
    HasShape(ExprId, Shape),
    /// `tags has "vip"`: the list or set, the item. Texts ignore no case here.
    Has(ExprId, ExprId),
    /// Two lists or sets.
    Meets(Meeting, ExprId, ExprId),
    /// `if c then a else b`
    If(ExprId, ExprId, ExprId),
    /// `any link in links where …`: the list, the local number of the variable, the condition.
    Quantifier(Quantifier, ExprId, u32, ExprId),
    /// A function of the library.
    Call(Builtin, Vec<ExprId>),
    /// A `fn` of a policy.
    CallFn(DeclPath, Vec<ExprId>),
    /// A `let`.
    Let(DeclPath),
    /// A `fact`.
    Fact(DeclPath),
    /// A `region`: a set of countries.
    Region(DeclPath),
    /// An `audience` as a condition on the same contact.
    Audience(DeclPath),
    /// `uses regulated claims`: whether the campaign's assets say a claim with `regulated` or a tier of `high`.
    UsesRegulatedClaims,
    /// `uses claims [a, b]`; all claims when empty.
    UsesClaims(Vec<DeclPath>),
    /// `audience could include { country in EEA }`: whether the campaign's audience can include somebody like that.
    CouldInclude(ExprId),
    /// `change only [formatting, metadata]`: whether nothing else changed. In order, without repeats.
    ChangeOnly(Vec<ChangeKind>),
    /// `change touches [claims, price]`: whether one of these changed. In order, without repeats.
    ChangeTouches(Vec<ChangeKind>),
    /// A condition that cannot be judged here: unknown, with these words.
    Deferred(SmolStr),
}
