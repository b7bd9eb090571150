//! Parts of an asset.

use mktlint_text::Span;
use smol_str::SmolStr;

use super::text::TextRange;
use super::value::Value;

/// What kind of part. The standard library's prelude documents each; a test compares the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartKind {
    /// The whole running text.
    Document,
    /// A heading; `level` 1 to 6.
    Heading,
    /// A block of running text: a paragraph, a list item, a table cell, a quotation's paragraph.
    Paragraph,
    /// One sentence of a paragraph. Made on demand from paragraphs, not by extractors.
    Sentence,
    /// A link that people can follow: `url`, `text`, `title`.
    Link,
    /// An image: `source`, `alt`, `title`, `width`, `height`, `decorative`.
    Image,
    /// A call to action: a `<button>`, `<mj-button>`, or a link that is styled or marked as one.
    Button,
    /// A template tag that prints a value: `dialect`, `name`, `fallback`, `source`.
    MergeTag,
    /// A template tag that decides what is printed: `dialect`, `word`, `source`.
    ControlTag,
    /// The tracking parameters of a link. Made on demand from links, not by extractors.
    Utm,
    /// A table, also one for layout: `role`, `rows`, `columns`, `has_header`.
    Table,
    /// A field of a form: `kind`, `name`, `label`, `checked`.
    Input,
    /// A run of text in one inline style: `color`, `background`, `font_size`, `contrast`, `bold`, `hidden`.
    Passage,
}

impl PartKind {
    /// All kinds, in the order of the reference.
    pub const ALL: [Self; 13] = [
        Self::Document,
        Self::Heading,
        Self::Paragraph,
        Self::Sentence,
        Self::Link,
        Self::Image,
        Self::Button,
        Self::MergeTag,
        Self::ControlTag,
        Self::Utm,
        Self::Table,
        Self::Input,
        Self::Passage,
    ];

    /// The word that policies use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading => "Heading",
            Self::Paragraph => "Paragraph",
            Self::Sentence => "Sentence",
            Self::Link => "Link",
            Self::Image => "Image",
            Self::Button => "Button",
            Self::MergeTag => "MergeTag",
            Self::ControlTag => "ControlTag",
            Self::Utm => "Utm",
            Self::Table => "Table",
            Self::Input => "Input",
            Self::Passage => "Passage",
        }
    }
}

/// The names of fields that extractors fill, so that both sides spell them alike.
pub mod names {
    /// Of a heading: 1 to 6.
    pub const LEVEL: &str = "level";
    /// Of a link: where it leads, decoded; a [`crate::Role::Machine`] text.
    pub const URL: &str = "url";
    /// Of a link or button: its words.
    pub const TEXT: &str = "text";
    /// Of a link or image: the tooltip.
    pub const TITLE: &str = "title";
    /// Of an image: where it is loaded from; of a tag: all of it as it is written. A [`crate::Role::Machine`] text.
    pub const SOURCE: &str = "source";
    /// Of an image: the alternative text; absent when the attribute is, empty when `alt=""`.
    pub const ALT: &str = "alt";
    /// Of an image: whether it is marked as decoration (`alt=""`, `role="presentation"`, `aria-hidden`), or is a
    /// tracking pixel or spacer of at most 2 by 2.
    pub const DECORATIVE: &str = "decorative";
    /// Of an image: whether nobody sees it; set when it is so.
    pub const IS_PIXEL: &str = "is_pixel";
    /// Of an image, in pixels.
    pub const WIDTH: &str = "width";
    /// Of an image, in pixels.
    pub const HEIGHT: &str = "height";
    /// Of a merge tag: `liquid`, `jinja`, `handlebars`, `mailchimp`, `ampscript`, `erb`, `hugo`, `mdx`, `valuetrack`.
    pub const DIALECT: &str = "dialect";
    /// Of a merge tag: `first_name`, `contact.first_name`.
    pub const NAME: &str = "name";
    /// Of a control tag: `if`, `#each`, `/each`, `END`; empty when it starts with none.
    pub const WORD: &str = "word";
    /// Of a link: bytes of HTML before it, when they are not those of the file.
    pub const OFFSET: &str = "offset";
    /// Of a link: whether nothing but a picture is clicked; set when it is so.
    pub const IS_IMAGE: &str = "is_image";
    /// Of a link or passage: whether nobody sees it; of a link set when it is so.
    pub const HIDDEN: &str = "hidden";
    /// Of a link or passage: the contrast of its colours.
    pub const CONTRAST: &str = "contrast";
    /// Of a link or passage, in pixels.
    pub const FONT_SIZE: &str = "font_size";
    /// Of a passage: `#999999`.
    pub const COLOR: &str = "color";
    /// Of a passage: `#ffffff`.
    pub const BACKGROUND: &str = "background";
    /// Of a passage.
    pub const BOLD: &str = "bold";
    /// Of a table.
    pub const ROLE: &str = "role";
    /// Of a table: how many rows.
    pub const ROWS: &str = "rows";
    /// Of a table: how many cells the longest row has.
    pub const COLUMNS: &str = "columns";
    /// Of a table: whether any cell is a heading.
    pub const HAS_HEADER: &str = "has_header";
    /// Of an input: `checkbox`.
    pub const KIND: &str = "kind";
    /// Of an input: the words beside it.
    pub const LABEL: &str = "label";
    /// Of an input: whether it is ticked.
    pub const CHECKED: &str = "checked";
    /// Of a merge tag: what prints when the value is missing (`default: "there"`).
    pub const FALLBACK: &str = "fallback";
    /// Of a merge tag: whether it stands in an attribute or a link's target rather than in running text.
    pub const IN_ATTRIBUTE: &str = "in_attribute";
}

/// A part of an asset.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What kind.
    pub kind: PartKind,
    /// Its bytes in the file, markup included.
    pub span: Span,
    /// Its words, as a range of one of the asset's texts.
    pub text: Option<TextRange>,
    /// Its fields, by name, in order of name.
    pub fields: Vec<(SmolStr, Value)>,
}

impl Part {
    /// The value of the field `name`.
    pub fn field(&self, name: &str) -> Option<&Value> {
        let at = self.fields.binary_search_by(|(own, _)| own.as_str().cmp(name)).ok()?;
        self.fields.get(at).map(|(_, value)| value)
    }

    /// Sets the field `name`.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.fields.binary_search_by(|(own, _)| own.as_str().cmp(name)) {
            Ok(at) => self.fields[at].1 = value,
            Err(at) => self.fields.insert(at, (name.into(), value)),
        }
    }
}
