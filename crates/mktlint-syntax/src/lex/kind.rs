//! The kinds of token.

use logos::Logos;

use super::scan;

/// What a token is.
///
/// The last group is made from others once the neighbours are known: by the lexer where glue decides (`f(`), by
/// the layout pass where brackets and lines do.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[logos(extras = u8)] // how many comments without an end there were
#[repr(u8)] // fewer than 128 kinds: a set of kinds is one `u128`
pub enum Kind {
    /// White space, line breaks included. No-break spaces count: they come along when text is pasted.
    #[regex(r"[ \t\r\n\x0B\x0C]+", scan::space)]
    Space,
    /// `// a remark`, without the line break.
    #[regex(r"//[^\r\n]*", allow_greedy = true)]
    LineComment,
    /// `/* may /* nest */ */`
    #[token("/*", scan::block_comment)]
    BlockComment,
    /// `/// what the declaration below means`
    Doc,
    /// `//! what the file is about`
    ModuleDoc,
    /// `/* …` without its end; reaches to the next line that starts with a declaration.
    UnclosedComment,
    /// `# not a comment here`
    #[regex(r"#[^\r\n]*", allow_greedy = true)]
    HashComment,

    /// `60`, `1_000`
    #[regex(r"[0-9][0-9_]*")]
    Int,
    /// `2.50`
    #[regex(r"[0-9][0-9_]*\.[0-9][0-9_]*")]
    Decimal,
    /// `0.1%`
    #[regex(r"[0-9][0-9_]*(\.[0-9][0-9_]*)?%")]
    Percent,
    /// `2027-01-01`; also `01.02.2027`, so that it is one mistake and not several tokens.
    #[regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    #[regex(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")]
    Date,
    /// `2027-01-01T09:00`, `2027-01-01T09:00:30Z`, `2027-01-01T09:00+01:00`
    #[regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")]
    DateTime,
    /// `21:00`
    #[regex(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")]
    Time,
    /// `/^(re|fwd?):/i`
    Pattern,
    /// `/^(re` without its second slash; ends with the line.
    UnclosedPattern,

    /// The `"` that opens a string.
    #[token("\"")]
    Quote,
    /// Text in a string.
    StringText,
    /// `\n`, `\u{2019}` in a string.
    Escape,
    /// `{` in a string.
    InterpOpen,
    /// The `}` that returns to the string; empty when the line ends first.
    InterpClose,
    /// The `"` that closes a string; empty when the line ends first.
    QuoteEnd,
    /// `'text'`
    #[regex(r"'[^'\r\n]*'")]
    SingleQuoted,
    /// `“text”`
    CurlyQuoted,

    /// A name or a word without a meaning of its own: `within`.
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*", scan::word)]
    #[regex(r"[^\x00-\x7F]", scan::foreign)]
    Word,
    /// `and`
    And,
    /// `or`
    Or,
    /// `not`
    Not,
    /// `in`
    In,
    /// `is`
    Is,
    /// `true`
    True,
    /// `false`
    False,
    /// `if`
    If,
    /// `then`
    Then,
    /// `else`
    Else,
    /// `where`
    Where,
    /// `when`
    When,
    /// `unless`
    Unless,
    /// `until`
    Until,
    /// `on`
    On,
    /// `as`
    As,
    /// `except`
    Except,

    /// `(`
    #[token("(")]
    LParen,
    /// `)`
    #[token(")")]
    RParen,
    /// `[`
    #[token("[")]
    LBracket,
    /// `]`
    #[token("]")]
    RBracket,
    /// `{`
    #[token("{")]
    LBrace,
    /// `}`
    #[token("}")]
    RBrace,

    /// `=`
    #[token("=")]
    Assign,
    /// `==`
    #[token("==")]
    EqEq,
    /// `!=`
    #[token("!=")]
    NotEq,
    /// `<`
    #[token("<")]
    Lt,
    /// `<=`
    #[token("<=")]
    Le,
    /// `>`
    #[token(">")]
    Gt,
    /// `>=`
    #[token(">=")]
    Ge,
    /// `+`
    #[token("+")]
    Plus,
    /// `-`
    #[token("-")]
    Minus,
    /// `*`
    #[token("*")]
    Star,
    /// `/` between two operands; see [`Kind::Pattern`].
    #[token("/", scan::slash)]
    Slash,
    /// `|`
    #[token("|")]
    Pipe,
    /// `,`
    #[token(",")]
    Comma,
    /// `:`
    #[token(":")]
    Colon,
    /// `.`
    #[token(".")]
    Dot,
    /// `..`
    #[token("..")]
    DotDot,
    /// `..=`
    #[token("..=")]
    DotDotEq,
    /// `->`
    #[token("->")]
    Arrow,
    /// `?`
    #[token("?")]
    Question,
    /// `;`
    #[token(";")]
    Semicolon,

    /// `&&`, written for `and`
    #[token("&&")]
    AndAnd,
    /// `||`, written for `or`
    #[token("||")]
    OrOr,
    /// `=>`, written for `->`
    #[token("=>")]
    FatArrow,
    /// `:=`, written for `=`
    #[token(":=")]
    ColonEq,
    /// `<>`, written for `!=`
    #[token("<>")]
    LtGt,
    /// `===`, written for `==`
    #[token("===")]
    EqEqEq,
    /// `!==`, written for `!=`
    #[token("!==")]
    NotEqEq,
    /// `!`, written for `not`
    #[token("!")]
    Bang,
    /// A run of characters that mean nothing: `@`, `$`, NUL.
    Unknown,

    /// The `(` of a call, glued to the name: `length(`.
    CallOpen,
    /// The `{` of `std.regions.{`.
    SelectOpen,
    /// The `<` of `Set<`.
    TypeOpen,
    /// The `>` that closes it.
    TypeClose,
    /// The `{` of a declaration's body.
    BodyOpen,
    /// The `}` of a declaration's body.
    BodyClose,
    /// A word in front of `:`.
    Key,
    /// `any`, `all`, `none`, `count` in front of what is searched.
    Quantifier,
    /// The `or` of `or else`.
    OrElse,
    /// The `not` of the operator `not in`.
    NotIn,
    /// `in` that introduces a segment.
    InLead,
    /// The `not` of a `not in` that introduces a segment.
    NotLead,
    /// The `:` behind the name of a `fact`.
    TypeColon,
    /// A clause ends here. Empty unless it was written `;`.
    Sep,
}

/// A set of kinds.
#[derive(Clone, Copy)]
pub struct Kinds(u128);

impl Kinds {
    /// The set of `kinds`.
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// This set and `other`.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `kind` is in it.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
}

/// Everything that reads as a word, reserved or not.
pub const WORDS: Kinds = Kinds::of(&[
    Kind::Word,
    Kind::And,
    Kind::Or,
    Kind::Not,
    Kind::In,
    Kind::Is,
    Kind::True,
    Kind::False,
    Kind::If,
    Kind::Then,
    Kind::Else,
    Kind::Where,
    Kind::When,
    Kind::Unless,
    Kind::Until,
    Kind::On,
    Kind::As,
    Kind::Except,
    Kind::Key,
    Kind::Quantifier,
    Kind::OrElse,
    Kind::NotIn,
    Kind::InLead,
    Kind::NotLead,
]);

/// Comments that say nothing to the compiler.
pub const COMMENTS: Kinds = Kinds::of(&[
    Kind::LineComment,
    Kind::BlockComment,
    Kind::ModuleDoc,
    Kind::HashComment,
    Kind::UnclosedComment,
]);

/// What stands between tokens that matter. Mistakes such as `#` are not in it: they must belong to a declaration.
pub const TRIVIA: Kinds = Kinds::of(&[Kind::Space, Kind::LineComment, Kind::BlockComment, Kind::ModuleDoc]);
