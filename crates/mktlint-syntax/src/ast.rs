//! The tree of a policy: what the author wrote, before anything is known about names or types.
//!
//! One shape for everything: a declaration is a kind word, a header made of segments, and a body made of entries; a
//! clause is a head word and segments. What a word means is decided above this crate. Spans count from the start of
//! the declaration's text (see [`Chunk::offset`]), so that moving a declaration does not change its tree.

use mktlint_text::Span;
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// A word in the text: a name, a kind, the head of a clause.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The word as written.
    pub text: SmolStr,
    /// Where it stands, from the start of the declaration.
    pub span: Span,
}

/// One line of a doc comment: `/// Stages and the moves between them.`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocLine {
    /// The text behind `///`, without the space that follows it and without white space at the end.
    pub text: SmolStr,
    /// The whole comment, slashes included.
    pub span: Span,
}

/// The extent of one declaration in a file, found without parsing it.
///
/// Every token of the file that is not white space or a comment is in exactly one chunk. Each chunk is parsed alone
/// (see [`crate::parse_chunk`]); that keeps mistakes local and is the unit of incremental work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The word behind docs and `pub` that says what is declared; `None` when the chunk does not start with a word.
    /// Not necessarily a known kind. The span counts from `offset`.
    pub kind: Option<Name>,
    /// The word that follows the kind, when there is one: nearly always the declared name. The span counts from
    /// `offset`.
    pub name: Option<Name>,
    /// Where the chunk starts in the file, its doc comments included.
    pub offset: u32,
    /// Length in bytes.
    pub len: u32,
}

impl Chunk {
    /// The bytes of the file that the chunk covers.
    pub fn span(&self) -> Span {
        Span::new(self.offset, self.offset.saturating_add(self.len))
    }

    /// The text of the chunk in `file`, the text it was cut from.
    pub fn text<'t>(&self, file: &'t str) -> &'t str {
        self.span().slice(file)
    }
}

/// `/// docs` `pub` `rule` `alt_text on Image where not decorative` `{ … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The doc comment above it, line by line.
    pub docs: Vec<DocLine>,
    /// The word `pub`.
    pub public: Option<Span>,
    /// What is declared: `rule`, `audience`. One of [`crate::KINDS`], else a problem says so.
    pub kind: Name,
    /// The header, from the word after the kind up to the body.
    pub segments: Vec<Segment>,
    /// `{ … }` of the kinds that have one; blocks of other kinds are part of an expression.
    pub body: Option<Block>,
    /// From `pub` or the kind to the end; docs excluded.
    pub span: Span,
}

/// One line of a body: `who email_consent != granted`, `age: Int? in 0..=130`, `medium = email`,
/// `not "signup" as verb, "register now"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The doc comment above it.
    pub docs: Vec<DocLine>,
    /// The word it starts with; any word, reserved ones too.
    pub head: Name,
    /// The `:` behind the head of a field.
    pub colon: Option<Span>,
    /// What follows, in order.
    pub segments: Vec<Segment>,
    /// From the head to the end; docs excluded.
    pub span: Span,
}

/// A piece of a header or clause: the word or sign that introduces it, and its value.
///
/// `rule x on Image where not decorative` has `x`, `on Image`, `where not decorative`. Only the first segment can
/// lack a lead. The value is absent behind a trailing comma, and after a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What introduces it, and where that stands.
    pub lead: Option<(Lead, Span)>,
    /// The value.
    pub value: Option<Expr>,
    /// Lead and value.
    pub span: Span,
}

/// What introduces a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lead {
    /// `=`
    Assign,
    /// `,`
    Comma,
    /// `->`
    Arrow,
    /// `in`, directly behind a head or behind the type of a field; elsewhere it is an operator.
    In,
    /// `not in`, in the same places.
    NotIn,
    /// `on`
    On,
    /// `as`
    As,
    /// `except`
    Except,
    /// `where`
    Where,
    /// `when`
    When,
    /// `unless`
    Unless,
    /// `until`
    Until,
    /// `:` behind the name of a `fact`.
    Type,
}

/// `{ … }`: the body of a declaration, or a record in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What is in it, in order.
    pub entries: Vec<Entry>,
    /// Braces included.
    pub span: Span,
}

/// One entry of a block.
///
/// In a body everything that starts with a word is a clause. In a record only `name: value` is one (a colon and
/// exactly one segment); `{ age < 18 }` holds an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `needs evidence trial_2025`, `stage: lapsed`
    Clause(Clause),
    /// `age < 18` in a record
    Expr(Expr),
}

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of expression.
///
/// From loose to tight: `or`, `and`, `not`, comparisons with `in` and `is` (which do not chain), `or else`, `|`,
/// ranges, `+ -`, `* /`, unary `-`, phrases, and what follows a name (`.x`, `?`, `(…)`, `<…>`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// A mistake that has been reported.
    Error,
    /// `lapsed`, `Date`, `within`
    Word(Name),
    /// `true`, `false`
    Bool(bool),
    /// `60`, `1_000`
    Int {
        /// As written.
        text: SmolStr,
        /// Its value.
        value: i64,
    },
    /// `2.50`
    Decimal {
        /// As written.
        text: SmolStr,
        /// Its value, with the places that were written.
        value: Decimal,
    },
    /// `0.1%`
    Percent {
        /// As written, with the sign.
        text: SmolStr,
        /// The number before the sign: 0.1 for `0.1%`.
        value: Decimal,
    },
    /// `2027-01-01`
    Date(Date),
    /// `2027-01-01T09:00+01:00`
    DateTime(DateTime),
    /// `21:00`
    Time(Time),
    /// `"the subject is {length(it)} characters"`
    String(Vec<StringPart>),
    /// `/^(re|fwd?):/i`
    Pattern {
        /// Between the slashes, escapes untouched.
        body: SmolStr,
        /// Where the body stands, so that a problem inside the pattern can be shown there.
        body_span: Span,
        /// Behind the second slash; may be empty.
        flags: Name,
    },
    /// `[DE, FR]`
    List(Vec<Expr>),
    /// `{ stage: lapsed, country: DE }`
    Block(Block),
    /// `(a or b)`
    Paren(Box<Expr>),
    /// `Email.subject`
    Field {
        /// Before the dot.
        base: Box<Expr>,
        /// Behind it; reserved words are names here.
        name: Name,
    },
    /// `std.regions.{EU, EEA}`
    Select {
        /// Before the dot.
        base: Box<Expr>,
        /// In the braces.
        names: Vec<Name>,
    },
    /// `length(it)`, `share(of: links)`
    Call {
        /// What is called.
        callee: Box<Expr>,
        /// In the parentheses.
        args: Vec<Arg>,
    },
    /// `last_order?`, `Date?`
    Optional(Box<Expr>),
    /// `Set<String>`
    Apply {
        /// Before the angle bracket.
        base: Box<Expr>,
        /// In the angle brackets.
        args: Vec<Expr>,
    },
    /// `0..=130`, `18..`, `..5`
    Range {
        /// The lower end.
        start: Option<Box<Expr>>,
        /// The upper end.
        end: Option<Box<Expr>>,
        /// Whether the upper end belongs to it (`..=`).
        inclusive: bool,
    },
    /// `not x`, `-x`
    Unary {
        /// The operator.
        op: UnaryOp,
        /// Where it stands.
        op_span: Span,
        /// What it applies to.
        operand: Box<Expr>,
    },
    /// `age >= 18`, `country in EU`
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Where it stands; both words of `not in`.
        op_span: Span,
        /// Before it.
        left: Box<Expr>,
        /// Behind it.
        right: Box<Expr>,
    },
    /// `age is known`, `age is not missing`
    Is {
        /// Before `is`.
        subject: Box<Expr>,
        /// Whether `not` follows `is`.
        negated: bool,
        /// What it is said to be.
        what: Box<Expr>,
        /// `is` or `is not`.
        op_span: Span,
    },
    /// `age or else 0`
    OrElse {
        /// What may be missing.
        value: Box<Expr>,
        /// What stands in for it.
        default: Box<Expr>,
        /// `or else`.
        op_span: Span,
    },
    /// `a and b and c`: two items or more.
    Chain {
        /// What joins them.
        op: ChainOp,
        /// The operands.
        items: Vec<Expr>,
        /// Where the operators stand; one fewer than items.
        op_spans: Vec<Span>,
    },
    /// Two or more operands side by side: `last_order? older than 180 days`.
    Phrase(Vec<Expr>),
    /// `if a then b else c`
    If {
        /// Behind `if`.
        condition: Box<Expr>,
        /// Behind `then`.
        then: Box<Expr>,
        /// Behind `else`.
        otherwise: Box<Expr>,
    },
    /// `any link in links where link.broken`, `count images where alt is missing`
    Quantifier {
        /// Which.
        kind: QuantifierKind,
        /// The word that says which.
        kind_span: Span,
        /// The name of each element; without one the element is `it`.
        variable: Option<Name>,
        /// What is searched.
        list: Box<Expr>,
        /// Behind `where`.
        condition: Option<Box<Expr>>,
    },
}

/// An argument of a call: `it`, `of: links`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arg {
    /// Before the colon. In the header of a `fn` these are the parameters, and the value is the type.
    pub name: Option<Name>,
    /// The value.
    pub value: Expr,
}

/// A piece of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StringPart {
    /// Text with its escapes decoded, and where it stands.
    Text(SmolStr, Span),
    /// `{length(it)}`, without the braces.
    Interpolation(Expr),
}

/// A day of the Gregorian calendar that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59; 0 when not written.
    pub second: u8,
}

/// A day and a time, with the distance from UTC when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time.
    pub time: Time,
    /// Minutes east of UTC: 0 for `Z`, 60 for `+01:00`; `None` is local time.
    pub offset: Option<i16>,
}

/// Operators before an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Neg,
}

/// Operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
}

impl BinaryOp {
    /// As written: `==`, `not in`.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::In => "in",
            Self::NotIn => "not in",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
        }
    }
}

/// Operators that join any number of operands in one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainOp {
    /// `and`
    And,
    /// `or`
    Or,
    /// `|`
    Pipe,
}

/// How many elements of a list must satisfy a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuantifierKind {
    /// `any`: at least one.
    Any,
    /// `all`: every one; true of an empty list.
    All,
    /// `none`: not one.
    None,
    /// `count`: the number of those that do.
    Count,
}
