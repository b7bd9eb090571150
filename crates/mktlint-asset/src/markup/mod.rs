//! Files that people read: Markdown, HTML, MJML, plain text, email messages.
//!
//! Each format tells one [`page::Page`] what it reads; the page makes the asset. Text inside another file (a cell, a
//! string, a part of an email) goes the same way and is then grafted onto the asset of that file.

mod address;
mod attributes;
mod element;
mod eml;
mod entity;
mod flow;
mod frames;
mod graft;
mod markdown;
mod matter;
mod mjml;
mod page;
mod plain;
mod style;
#[cfg(test)]
mod tests;
mod tokens;

use mktlint_diag::Diagnostic;
use mktlint_text::{MappedText, Span};

use crate::decode::after_mark;
use crate::extract::Input;
use crate::template::{Options, lex, lex_mdx, mask_html, mask_markdown};
use crate::{Asset, Context, Extraction, Field, Format, Kind, PartKind, Value, data, names};

pub(crate) use eml::eml;
pub(crate) use matter::find as matter;
pub use style::grey_on_white;

/// The asset in a Markdown file.
pub(crate) fn markdown(input: &Input<'_>) -> Extraction {
    whole(input)
}

/// The asset in an HTML file.
pub(crate) fn html(input: &Input<'_>) -> Extraction {
    whole(input)
}

/// The asset in an MJML file.
pub(crate) fn mjml(input: &Input<'_>) -> Extraction {
    whole(input)
}

/// The asset in a plain text file.
pub(crate) fn text(input: &Input<'_>) -> Extraction {
    whole(input)
}

/// A file that is one asset: front matter, if there is any, and a body.
fn whole(input: &Input<'_>) -> Extraction {
    let mut asset = input.asset();
    let start = after_mark(input.text);
    let matter = matter::find(input.text, start);
    let from = matter.map_or(start, |matter| matter.end);
    let mut problems = document(&mut asset, input.text, from);
    if let Some(matter) = matter {
        offsets_from(&mut asset, from);
        data::front_matter(&mut asset, input.text, matter.inner, matter.format, input.spec, &mut problems);
    }
    if input.is_sized() && matches!(input.spec.format, Format::Html) {
        html_size(&mut asset, input.text.len());
    }
    Input::one(asset, problems)
}

/// Sets the place of links in the HTML that starts at `from`.
fn offsets_from(asset: &mut Asset, from: u32) {
    let is_html = asset.format == Format::Html;
    for link in asset.parts.iter_mut().filter(|part| is_html && part.kind == PartKind::Link) {
        link.set(names::OFFSET, Value::Int(i64::from(link.span.start().saturating_sub(from))));
    }
}

/// Sets the size of a message's HTML, in bytes, which mail programs cut when it is too long.
fn html_size(asset: &mut Asset, bytes: usize) {
    let value = Value::Int(i64::try_from(bytes).unwrap_or(i64::MAX));
    let span = asset.span;
    asset.fields.entry("html_size".into()).or_insert(Field { span, value });
}

/// Reads `text` from `from` on, in the format of `asset`, into `asset`, which has no text yet. Returns what is wrong.
fn document(asset: &mut Asset, text: &str, from: u32) -> Vec<Diagnostic> {
    let ads = asset.kind == Kind::Ad;
    let span = Span::new(from, u32::try_from(text.len()).unwrap_or(u32::MAX));
    match asset.format {
        Format::Markdown => {
            let mdx = asset.file.to_ascii_lowercase().ends_with(".mdx");
            let options = Options { markdown: true, ads };
            let tags = if mdx { lex_mdx(text, span) } else { lex(text, span, options) };
            let masked = mask_markdown(text, &tags);
            let mut page = page::Page::new(text, &tags, asset, Context::Markdown);
            markdown::read(&mut page, &masked, from);
            page.bare_links(address::in_markdown);
            page.finish()
        }
        Format::Html | Format::Mjml => {
            let tags = lex(text, span, Options { markdown: false, ads });
            let masked = mask_html(text, &tags);
            let mut page = page::Page::new(text, &tags, asset, Context::HtmlText);
            tokens::read(&mut page, span.slice(&masked), from);
            page.finish()
        }
        _ => {
            let tags = lex(text, span, Options { markdown: false, ads });
            let kind = asset.kind;
            let mut page = page::Page::new(text, &tags, asset, Context::Plain);
            plain::read(&mut page, span, kind);
            page.bare_links(address::in_text);
            page.finish()
        }
    }
}

/// Adds the body that `inner` holds to `asset`: its text as the first text, its parts, and fields that `asset` does not
/// have yet. `inner` is decoded text of the file (a cell, a string) in which `format` (Markdown, HTML, MJML or plain
/// text) is written; `contexts` say how it is encoded there, innermost first.
pub(crate) fn body_into(
    asset: &mut Asset,
    format: Format,
    inner: &MappedText,
    contexts: &[Context],
    problems: &mut Vec<Diagnostic>,
) {
    let mut own = Asset::new(asset.file.clone(), asset.kind, format, Span::new(0, inner.len()));
    let found = document(&mut own, inner.text(), 0);
    offsets_from(&mut own, 0);
    graft::graft(asset, own, inner, contexts);
    problems.extend(found.into_iter().map(|problem| graft::moved(problem, inner)));
}
