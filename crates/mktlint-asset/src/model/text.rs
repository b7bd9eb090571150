//! Texts of an asset and ranges of them.

use mktlint_text::{MappedText, Span};
use smol_str::SmolStr;

/// One of the texts of an asset; an index into [`crate::Asset::texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub u32);

/// A range of bytes of one decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// Which text.
    pub text: TextId,
    /// First byte, in the decoded text.
    pub start: u32,
    /// Just past the last byte, in the decoded text.
    pub end: u32,
}

/// What a text is to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The running text of the asset, blocks separated by one empty line (`\n\n`, an inserted piece). Inline markup,
    /// soft hyphens and zero-width characters are dropped, entities decoded, runs of white space that the format
    /// collapses are one space, template tags stand as one U+FFFC each (a replaced piece that covers the tag).
    /// Code, scripts, styles and comments are not in it.
    Body,
    /// The plain-text alternative of an email.
    PlainPart,
    /// A field of the asset: `subject`, `headlines`.
    Field(SmolStr),
    /// A field of a part that people read: the alternative text of an image, a title.
    PartField(SmolStr),
    /// A value that only machines read (a link target, an id): phrases and patterns do not look in it by themselves.
    Machine(SmolStr),
}

/// How text at some place of a file must be written so that it is read back as meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// As it is.
    Plain,
    /// Markdown inline text.
    Markdown,
    /// Text between HTML tags.
    HtmlText,
    /// An HTML attribute value; `None` when it stands without quotes.
    HtmlAttribute(Option<char>),
    /// A CSV cell.
    Csv {
        /// What separates cells.
        delimiter: char,
        /// Whether the cell stands in quotes.
        quoted: bool,
    },
    /// A JSON string, or a YAML or TOML string in double quotes.
    DoubleQuoted,
    /// A YAML string in single quotes.
    YamlSingle,
    /// A YAML scalar without quotes.
    YamlPlain,
    /// A YAML block scalar (`|` or `>`), indented by so many spaces.
    YamlBlock {
        /// Spaces before each line.
        indent: u32,
    },
    /// A TOML string that has no escapes (`'…'`).
    TomlLiteral,
    /// A quoted-printable email body.
    QuotedPrintable,
    /// A URL's query value.
    UrlQuery,
    /// Cannot be written back (base64, an unknown encoding): no fix is offered.
    Opaque,
}

/// A decoded text of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is to its reader.
    pub role: Role,
    /// The text and where its bytes came from.
    pub mapped: MappedText,
    /// How a replacement must be written, innermost first: an HTML attribute inside a CSV cell is
    /// `[HtmlAttribute, Csv]`.
    pub contexts: Vec<Context>,
}

impl Text {
    /// The decoded words at `range`; empty when it does not fit.
    pub fn slice(&self, range: TextRange) -> &str {
        Span::new(range.start, range.end).slice(self.mapped.text())
    }

    /// Whether a person reads it.
    pub fn is_read(&self) -> bool {
        !matches!(self.role, Role::Machine(_))
    }
}
