//! Template tags: Liquid, Jinja, Handlebars, Mailchimp, AMPscript, ERB, Hugo, MDX and ValueTrack.
//!
//! One lexer finds the tags of all languages in a text that is still source. Extractors then hide them from the parser
//! of the format ([`mask`]), so that a quote or `<` inside a tag breaks nothing, and put U+FFFC where a tag prints.

mod dialect;
mod lex;
mod mask;
mod mdx;
mod name;

use mktlint_text::{MappedText, Span};

use crate::{Asset, Context, Part, PartKind, Role, TextRange, Value, names};

pub(crate) use dialect::Dialect;
pub(crate) use lex::{Options, lex};
pub(crate) use mask::{mask_html, mask_markdown};
pub(crate) use mdx::lex_mdx;

/// What stands in a text for a tag that prints: U+FFFC, the object replacement character.
pub(crate) const OBJECT: &str = "\u{FFFC}";

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `{{ first_name }}`: prints a value.
    Print,
    /// `{% if vip %}`: decides what is printed.
    Control,
    /// `{# later #}`: nothing.
    Comment,
}

/// One template tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// All its bytes.
    pub span: Span,
    /// What it does.
    pub kind: TagKind,
    /// The language, when the tag itself shows it.
    pub dialect: Option<Dialect>,
    /// `contact.first_name`; of a comment, its words.
    pub name: Span,
    /// What prints when the value is missing, without its quotes.
    pub fallback: Option<Span>,
}

/// The template tags of a text, in order; none overlaps another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tags {
    list: Vec<Tag>,
    /// The openers of tags that never close.
    pub unclosed: Vec<Span>,
    /// The language of tags that do not show theirs.
    common: Dialect,
}

impl Tags {
    /// The tags that start within `span`.
    pub fn within(&self, span: Span) -> &[Tag] {
        if self.list.is_empty() {
            return &[];
        }
        let from = self.list.partition_point(|tag| tag.span.start() < span.start());
        let rest = self.list.get(from..).unwrap_or_default();
        let to = rest.partition_point(|tag| tag.span.start() < span.end());
        rest.get(..to).unwrap_or_default()
    }

    /// The tag whose bytes include `at`.
    pub fn covering(&self, at: u32) -> Option<&Tag> {
        let after = self.list.partition_point(|tag| tag.span.start() <= at);
        self.list.get(after.checked_sub(1)?).filter(|tag| at < tag.span.end())
    }

    /// The language that `tag` is written in.
    pub fn dialect(&self, tag: &Tag) -> Dialect {
        tag.dialect.unwrap_or(self.common)
    }
}

/// Adds a field's decoded text with its template tags as parts, and returns its range.
///
/// In a text that people read each tag becomes one U+FFFC; a [`Role::Machine`] text keeps them as they are.
pub(crate) fn add_text(asset: &mut Asset, role: Role, text: &MappedText, contexts: &[Context]) -> TextRange {
    let source = text.text();
    let options = Options { ads: asset.kind == crate::Kind::Ad, ..Options::default() };
    let tags = lex(source, Span::new(0, text.len()), options);
    let keep = matches!(role, Role::Machine(_));
    let mut inner = MappedText::new();
    let mut places = Vec::new();
    let mut at = 0;
    for tag in &tags.list {
        inner.push_verbatim(source, Span::new(at, tag.span.start()));
        let start = inner.len();
        match tag.kind {
            _ if keep => inner.push_verbatim(source, tag.span),
            TagKind::Print => inner.push_replaced(OBJECT, tag.span),
            TagKind::Control | TagKind::Comment => {}
        }
        places.push((start, inner.len()));
        at = tag.span.end();
    }
    inner.push_verbatim(source, Span::new(at, text.len()));
    let range = asset.add_text(role, inner.through(text), contexts.to_vec());
    for (tag, (start, end)) in tags.list.iter().zip(places) {
        let place = TextRange { text: range.text, start: range.start + start, end: range.start + end };
        let part =
            tag_part(asset, &tags, tag, place, |span| MappedText::verbatim(source, span).through(text));
        if let Some(mut part) = part {
            part.span = text.source(part.span.start()..part.span.end());
            part.set(names::IN_ATTRIBUTE, Value::Bool(keep));
            asset.parts.push(part);
        }
    }
    range
}

/// The part for `tag`, which shows at `place`; `None` for a comment. Its words become texts, which `words` reads from the
/// source.
pub(crate) fn tag_part(
    asset: &mut Asset,
    tags: &Tags,
    tag: &Tag,
    place: TextRange,
    words: impl Fn(Span) -> MappedText,
) -> Option<Part> {
    let kind = match tag.kind {
        TagKind::Print => PartKind::MergeTag,
        // Imports and remarks of a program decide nothing.
        TagKind::Control if tags.dialect(tag) != Dialect::Mdx => PartKind::ControlTag,
        _ => return None,
    };
    let written = words(tag.span);
    // Kramdown's attributes say how a block looks.
    if written.text().starts_with("{:") {
        return None;
    }
    let text = Some(place).filter(|place| place.start < place.end);
    let mut part = Part { kind, span: tag.span, text, fields: Vec::with_capacity(4) };
    let mut word = MappedText::new();
    word.push_inserted(tags.dialect(tag).as_str(), written.source(0..1).start());
    let dialect = asset.add_text(Role::Machine(names::DIALECT.into()), word, Vec::new());
    part.set(names::DIALECT, Value::Text(dialect));
    let (name, inside) = match kind {
        PartKind::MergeTag => (names::NAME, inside(tag.name, tag.span)),
        _ => (names::WORD, word_of(written.text())),
    };
    let source = asset.add_text(Role::Machine(names::SOURCE.into()), written, vec![Context::Plain]);
    let at = |at: u32| source.start + at;
    part.set(name, Value::Text(TextRange { start: at(inside.start), end: at(inside.end), ..source }));
    part.set(names::SOURCE, Value::Text(source));
    if let Some(fallback) = tag.fallback.filter(|_| kind == PartKind::MergeTag).map(words) {
        let fallback =
            asset.add_text(Role::PartField(names::FALLBACK.into()), fallback, vec![Context::Plain]);
        part.set(names::FALLBACK, Value::Text(fallback));
    }
    Some(part)
}

/// Where `name` stands in the tag at `span`.
fn inside(name: Span, span: Span) -> std::ops::Range<u32> {
    let from = |at: u32| at.clamp(span.start(), span.end()) - span.start();
    from(name.start())..from(name.end())
}

/// The word that a control tag starts with: `if` of `{%- if vip %}`, `/each` of `{{/each}}`, `END` of `*|END:IF|*`. A block
/// of AMPscript is a program and has none.
fn word_of(tag: &str) -> std::ops::Range<u32> {
    let opens =
        |letter: char| matches!(letter, '{' | '%' | '<' | '*' | '|' | '-' | '~') || letter.is_whitespace();
    let ends =
        |letter: char| matches!(letter, ':' | '|' | '}' | '%' | '~' | '(' | '>') || letter.is_whitespace();
    if tag.starts_with("%%[") {
        return 0..0;
    }
    let rest = tag.trim_start_matches(opens);
    let start = tag.len() - rest.len();
    let len = rest.find(ends).unwrap_or(rest.len());
    start as u32..(start + len) as u32
}

#[cfg(test)]
mod tests {
    use super::word_of;

    #[test]
    fn control_tags_start_with_a_word() {
        for (tag, word) in [
            ("{% if vip %}", "if"),
            ("{%- endfor -%}", "endfor"),
            ("{{#each items}}", "#each"),
            ("{{/each}}", "/each"),
            ("{{~^list~}}", "^list"),
            ("*|IF:VIP|*", "IF"),
            ("*|END:IF|*", "END"),
            ("<% if x %>", "if"),
            ("%%[ SET @n = 1 ]%%", ""),
            ("{%%}", ""),
        ] {
            let range = word_of(tag);
            assert_eq!(&tag[range.start as usize..range.end as usize], word, "{tag}");
        }
    }
}
