//! Markdown, and the HTML in it.

use std::ops::Range;

use mktlint_text::{MappedText, Span};
use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::attributes::Attributes;
use super::entity::{Decode, unescape};
use super::frames::Frame;
use super::page::Page;
use super::tokens;
use crate::{Context, TextRange, names};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM);

/// Tells `page` what the Markdown in `masked` from `from` on holds. `masked` is its source with tags masked.
pub(super) fn read(page: &mut Page<'_, '_>, masked: &str, from: u32) {
    let text = masked.get(from as usize..).unwrap_or_default();
    let mut reader = Reader {
        page,
        text,
        from,
        code: false,
        heads: false,
        html: Vec::new(),
        open: Vec::new(),
        child_end: 0,
    };
    let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reader.event(event, range, &events);
    }
}

/// What is open: a heading or link, or an image with what leads to it.
struct Open<'t> {
    frame: Option<Frame>,
    kind: LinkType,
    /// The target as the parser sees it; empty for a heading.
    target: pulldown_cmark::CowStr<'t>,
    label: pulldown_cmark::CowStr<'t>,
    titled: bool,
}

struct Reader<'p, 's, 'a, 't> {
    page: &'p mut Page<'s, 'a>,
    text: &'t str,
    from: u32,
    code: bool,
    /// In the first row of a table.
    heads: bool,
    /// The lines of the HTML block at hand.
    html: Vec<Range<usize>>,
    open: Vec<Open<'t>>,
    /// The end of the last inline element.
    child_end: usize,
}

impl<'t> Reader<'_, '_, '_, 't> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>, events: &OffsetIter<'t>) {
        let span = self.span(&range);
        let end = range.end;
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => self.end(tag, range, events),
            Event::Text(_) | Event::Code(_) if self.code => {}
            Event::Text(words) if self.text.get(range.clone()) == Some(&words) => {
                self.page.text(span, Decode::Never)
            }
            Event::Text(words) => self.page.atom(&words, span),
            Event::Code(words) if self.page.in_image() => self.page.atom(&words, span),
            Event::Html(_) => self.html.push(range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::SoftBreak => self.page.space(span),
            Event::HardBreak => self.page.line(span),
            Event::Rule => {
                self.page.scope(span);
                self.page.boundary(span, false);
            }
            _ => {}
        }
        self.child_end = end;
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::of(range.clone()).shift(self.from)
    }

    /// The bytes of a block, without the line break that ends it.
    fn block_span(&self, range: &Range<usize>) -> Span {
        let text = self.text.get(range.clone()).unwrap_or_default();
        self.span(&(range.start..range.start + text.trim_end().len()))
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                let span = self.block_span(&range);
                self.page.scope(span);
                let frame = self.page.heading(level as u8, span);
                self.push(Some(frame), LinkType::Inline, "".into(), "".into(), false);
            }
            Tag::Link { link_type, dest_url, title, id } => {
                let frame = self.page.open_link(self.span(&range));
                self.child_end = range.start + 1;
                self.push(Some(frame), link_type, dest_url, id, !title.is_empty());
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.page.open_image();
                self.child_end = range.start + 2;
                self.push(None, link_type, dest_url, id, !title.is_empty());
            }
            Tag::HtmlBlock => self.html.clear(),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            block => {
                let span = self.block_span(&range);
                self.page.scope(span);
                self.page.boundary(span, true);
                match block {
                    Tag::Table(_) => self.page.table(span, None),
                    Tag::TableHead | Tag::TableRow => self.page.row(),
                    Tag::TableCell => self.page.cell(1, self.heads),
                    _ => {}
                }
                self.heads |= matches!(block, Tag::TableHead);
                self.code |= matches!(block, Tag::CodeBlock(_) | Tag::MetadataBlock(_));
            }
        }
    }

    fn push(
        &mut self,
        frame: Option<Frame>,
        kind: LinkType,
        target: pulldown_cmark::CowStr<'t>,
        label: pulldown_cmark::CowStr<'t>,
        titled: bool,
    ) {
        self.open.push(Open { frame, kind, target, label, titled });
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>, events: &OffsetIter<'t>) {
        match tag {
            TagEnd::Heading(_) => {
                let span = self.block_span(&range);
                if let Some(frame) = self.open.pop().and_then(|open| open.frame) {
                    self.page.end(&frame, span);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                let Some(open) = self.open.pop() else { return };
                let (url, title) = self.target(&open, &range, events);
                let span = self.span(&range);
                match open.frame {
                    Some(frame) => self.page.close_link(&frame, span, url, title),
                    None => self.page.close_image(span, url, title),
                }
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            _ => {
                self.code = false;
                let span = self.block_span(&range);
                self.page.boundary(span, false);
                match tag {
                    TagEnd::Table => self.page.end_table(span),
                    TagEnd::TableHead => self.heads = false,
                    _ => {}
                }
            }
        }
    }

    /// Where a link or image leads, and its title.
    fn target(
        &mut self,
        open: &Open<'t>,
        range: &Range<usize>,
        events: &OffsetIter<'t>,
    ) -> (TextRange, Option<TextRange>) {
        let name = if open.frame.is_some() { names::URL } else { names::SOURCE };
        let found = match open.kind {
            LinkType::Inline => find_inline(self.text, self.child_end, range.end),
            LinkType::Autolink | LinkType::Email => {
                Some((range.start + 1..range.end - 1, range.end - 1..range.end))
            }
            _ => events
                .reference_definitions()
                .get(&open.label)
                .and_then(|definition| find_definition(self.text, &definition.span)),
        };
        let Some((target, after)) = found else {
            let mut mapped = MappedText::new();
            mapped.push_replaced(&open.target, self.span(range));
            return (self.page.opaque(name, mapped), None);
        };
        let span = self.span(&target);
        let unescape = if open.kind == LinkType::Email { unescape_email } else { unescape_markdown };
        let url = self.page.machine(name, span, Context::Markdown, unescape);
        let title = open.titled.then(|| find_title(self.text, &after)).flatten();
        let title = title.map(|title| self.page.words(names::TITLE, self.span(&title), Context::Markdown));
        (url, title)
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let html = self.text.get(range.clone()).unwrap_or_default();
        let span = self.span(&range);
        match bare_tag(html) {
            Some((name, true)) => self.page.close(name.as_bytes(), span),
            Some((name, false)) => self.page.open(name.as_bytes(), &Attributes::default(), span, false),
            None => tokens::read(self.page, html, span.start()),
        }
    }

    /// Reads the lines of an HTML block as one. What stands between them (`> `, indentation) counts as white space.
    fn html_block(&mut self) {
        let lines = std::mem::take(&mut self.html);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let whole = first.start..last.end;
        let start = self.span(&whole).start();
        let source = self.text.get(whole.clone()).unwrap_or_default();
        if lines.is_sorted_by(|one, next| one.end == next.start) {
            return tokens::read(self.page, source, start);
        }
        let mut html = String::with_capacity(source.len());
        for line in &lines {
            let gap = line.start.saturating_sub(whole.start + html.len());
            html.extend(std::iter::repeat_n(' ', gap));
            html.push_str(self.text.get(line.clone()).unwrap_or_default());
        }
        tokens::read(self.page, &html, start);
    }
}

/// The name of `<b>`, or with `true` of `</b>`. Setting up a tokenizer for each would take most of the time.
fn bare_tag(html: &str) -> Option<(&str, bool)> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let bare = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (bare && !name.is_empty()).then_some((name, name.len() < inner.len()))
}

/// The target of `](target "title")`, and what follows it; `from` is the end of what the link holds.
fn find_inline(text: &str, from: usize, end: usize) -> Option<(Range<usize>, Range<usize>)> {
    let rest = text.get(from..end)?;
    let open = from + memchr::memmem::find(rest.as_bytes(), b"](")? + 2;
    let target = target_at(text, open, end)?;
    let after = target.end..end.saturating_sub(1).max(target.end);
    Some((target, after))
}

/// The target of `[label]: target "title"`.
fn find_definition(text: &str, span: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let rest = text.get(span.clone())?;
    let open = span.start + memchr::memmem::find(rest.as_bytes(), b"]:")? + 2;
    let target = target_at(text, open, span.end)?;
    let after = target.end..span.end;
    Some((target, after))
}

/// `<any thing>`, or anything without white space whose round brackets match.
fn target_at(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes().get(..end)?;
    let start = from + bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let angle = bytes.get(start) == Some(&b'<');
    let first = start + usize::from(angle);
    let mut depth = 0_u32;
    let mut at = first;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'>' if angle => break,
            _ if angle => {}
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() => break,
            _ => {}
        }
        at += 1;
    }
    Some(first..at.min(end))
}

/// The inside of the quotes in `after`.
fn find_title(text: &str, after: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(after.clone())?;
    let open = rest.find(['"', '\'', '('])?;
    let close = rest.rfind(['"', '\'', ')'])?;
    (open < close).then_some(after.start + open + 1..after.start + close)
}

/// Decodes backslashes and references of a target.
fn unescape_markdown(mapped: &mut MappedText, source: &str, span: Span) {
    let text = span.slice(source);
    let bytes = text.as_bytes();
    let place = |from: usize, to: usize| Span::of(from..to).shift(span.start());
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        let mark = at + found;
        unescape(mapped, source, place(at, mark), Decode::Text);
        if bytes.get(mark + 1).is_some_and(u8::is_ascii_punctuation) {
            mapped.push_replaced(&text[mark + 1..mark + 2], place(mark, mark + 2));
            at = mark + 2;
        } else {
            mapped.push_verbatim(source, place(mark, mark + 1));
            at = mark + 1;
        }
    }
    unescape(mapped, source, place(at, text.len()), Decode::Text);
}

/// `someone@acme.com` leads to `mailto:someone@acme.com`.
fn unescape_email(mapped: &mut MappedText, source: &str, span: Span) {
    if mapped.is_empty() {
        mapped.push_inserted("mailto:", span.start());
    }
    mapped.push_verbatim(source, span);
}
