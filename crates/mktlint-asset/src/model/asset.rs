//! An asset and everything an extractor finds in a file.

use std::collections::BTreeMap;

use jiff::civil;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_text::{MappedText, Span};
use smol_str::SmolStr;

use super::part::Part;
use super::text::{Context, Role, Text, TextId, TextRange};
use super::value::Value;

/// What an asset is for. The standard library's prelude documents each; a test compares the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A campaign manifest.
    Campaign,
    /// An email message.
    Email,
    /// A text message.
    Sms,
    /// A push notification.
    Push,
    /// An article: blog, news, knowledge base.
    Post,
    /// A web page that a campaign leads to.
    Page,
    /// A post on a social network.
    SocialPost,
    /// An advertisement.
    Ad,
    /// The entry of an app in a store.
    AppListing,
}

impl Kind {
    /// All kinds, in the order of the reference.
    pub const ALL: [Self; 9] = [
        Self::Campaign,
        Self::Email,
        Self::Sms,
        Self::Push,
        Self::Post,
        Self::Page,
        Self::SocialPost,
        Self::Ad,
        Self::AppListing,
    ];

    /// The word that policies and configuration use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Campaign => "Campaign",
            Self::Email => "Email",
            Self::Sms => "Sms",
            Self::Push => "Push",
            Self::Post => "Post",
            Self::Page => "Page",
            Self::SocialPost => "SocialPost",
            Self::Ad => "Ad",
            Self::AppListing => "AppListing",
        }
    }

    /// The kind that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Markdown, MDX, Hugo content.
    Markdown,
    /// HTML, email HTML.
    Html,
    /// MJML.
    Mjml,
    /// Plain text.
    Text,
    /// Comma, semicolon, tab or pipe separated values with a header row.
    Csv,
    /// JSON, with comments allowed.
    Json,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// An email message as it travels (RFC 5322).
    Eml,
}

/// A field of an asset.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The bytes of the value, or of the key when the value is empty. A missing field points at the asset instead.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// Why a directive cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectiveError {
    /// `mktlint:` is followed by something that is not `waive`.
    UnknownVerb(SmolStr),
    /// `mktlint waive`, which lacks its colon.
    NoColon,
    /// No rule is named.
    NoRule,
    /// The date after `until` is no date.
    BadDate(SmolStr),
    /// There is no `because "…"`.
    NoReason,
    /// Words that mean nothing here.
    Trailing(SmolStr),
}

/// `<!-- mktlint: waive RULE until 2027-01-31 because "…" -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The bytes of the whole comment or cell.
    pub span: Span,
    /// The rule that it names, and where.
    pub rule: Option<(SmolStr, Span)>,
    /// The last day on which it holds.
    pub until: Option<civil::Date>,
    /// The reason given.
    pub because: Option<String>,
    /// What is wrong with it.
    pub errors: Vec<(DirectiveError, Span)>,
    /// The bytes it speaks for: the next block of the document, the row of a CSV file, the whole asset when it stands
    /// before any content.
    pub scope: Span,
}

/// One asset: a whole file, or one row or item of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// The file it is in.
    pub file: FilePath,
    /// What it is for.
    pub kind: Kind,
    /// How it is written.
    pub format: Format,
    /// Its bytes in the file.
    pub span: Span,
    /// Its number among the assets of the file, from 0.
    pub ordinal: u32,
    /// Its texts; the body, when there is one, is first.
    pub texts: Vec<Text>,
    /// Its fields by name. Besides those that the prelude declares for its kind: everything else of its front matter,
    /// row or item, under the key's own name in snake case.
    pub fields: BTreeMap<SmolStr, Field>,
    /// Its parts in order of position; of two that start together the outer first.
    pub parts: Vec<Part>,
    /// Directives in comments.
    pub directives: Vec<Directive>,
}

impl Asset {
    /// An asset with nothing in it yet.
    pub fn new(file: FilePath, kind: Kind, format: Format, span: Span) -> Self {
        Self {
            file,
            kind,
            format,
            span,
            ordinal: 0,
            texts: Vec::new(),
            fields: BTreeMap::new(),
            parts: Vec::new(),
            directives: Vec::new(),
        }
    }

    /// Adds a text and returns the range that covers all of it.
    pub fn add_text(&mut self, role: Role, mapped: MappedText, contexts: Vec<Context>) -> TextRange {
        let text = TextId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let range = TextRange { text, start: 0, end: mapped.len() };
        self.texts.push(Text { role, mapped, contexts });
        range
    }

    /// The text with this id.
    pub fn text(&self, id: TextId) -> Option<&Text> {
        self.texts.get(id.0 as usize)
    }

    /// The decoded words at `range`.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text(range.text).map_or("", |text| text.slice(range))
    }

    /// The file's bytes that `range` came from.
    pub fn source(&self, range: TextRange) -> Span {
        self.text(range.text).map_or(self.span, |text| text.mapped.source(range.start..range.end))
    }
}

/// Everything found in one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The assets, in order of position.
    pub assets: Vec<Asset>,
    /// What is wrong with the file itself: a ragged row, an unclosed quote, a duplicate key.
    pub problems: Vec<Diagnostic>,
}
