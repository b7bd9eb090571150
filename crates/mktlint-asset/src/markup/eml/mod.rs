//! Email messages as they travel: headers, and the HTML and plain text parts.

mod header;
mod transfer;

use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use mktlint_diag::Diagnostic;
use mktlint_text::{MappedText, Span};

use super::{body_into, document, graft};
use crate::decode::after_mark;
use crate::extract::Input;
use crate::{Asset, Context, Extraction, Field, Format, PartKind, Role, Value};

/// The asset in an email message.
///
/// The body is that of the HTML part, or of the plain text when there is none. The plain part beside an HTML part is a
/// text of its own, with its links and merge tags as parts. A message that is not one is read as headers and text.
pub(crate) fn eml(input: &Input<'_>) -> Extraction {
    let mut asset = input.asset();
    let mut problems = Vec::new();
    let start = after_mark(input.text) as usize;
    let raw = input.text.get(start..).unwrap_or_default();
    let message = MessageParser::default().parse(raw.as_bytes());
    let parts = match message {
        Some(message) if header::is_header(input.text, start) => {
            Parts::of(&message, input.text, start as u32)
        }
        _ => Parts::bare(input.text, start),
    };
    parts.read(&mut asset, &mut problems);
    header::read(&mut asset, input.text, start);
    Input::one(asset, problems)
}

/// A part that people read, decoded.
struct Readable {
    mapped: MappedText,
    contexts: Vec<Context>,
}

/// The first HTML part and the first plain part that are no attachments.
#[derive(Default)]
struct Parts {
    html: Option<Readable>,
    plain: Option<Readable>,
}

impl Parts {
    fn of(message: &Message<'_>, text: &str, start: u32) -> Self {
        let shown =
            |part: &&MessagePart<'_>| !part.content_disposition().is_some_and(|own| own.is_attachment());
        // The parser calls an HTML part text when its multipart is never closed.
        let subtype = |part: &&MessagePart<'_>| {
            let own = part.content_type().and_then(|own| own.subtype()).unwrap_or("plain");
            matches!(part.body, PartType::Html(_) | PartType::Text(_)).then(|| own.to_ascii_lowercase())
        };
        let html = |part: &&MessagePart<'_>| subtype(part).as_deref() == Some("html");
        let plain = |part: &&MessagePart<'_>| subtype(part).as_deref() == Some("plain");
        let parts = || message.parts.iter().filter(shown);
        Self {
            html: parts().find(html).map(|part| Readable::of(part, text, start)),
            plain: parts().find(plain).map(|part| Readable::of(part, text, start)),
        }
    }

    /// Of a file without headers: all of it is plain text.
    fn bare(text: &str, start: usize) -> Self {
        let mapped = MappedText::verbatim(text, Span::of(start..text.len()));
        let plain = Some(Readable { mapped, contexts: Vec::new() }).filter(|own| !own.mapped.is_empty());
        Self { html: None, plain }
    }

    fn read(self, asset: &mut Asset, problems: &mut Vec<Diagnostic>) {
        let has_plain = Value::Bool(self.plain.is_some());
        let span = asset.span;
        asset.fields.insert("has_plain_part".into(), Field { span, value: has_plain });
        if let Some(html) = &self.html {
            let size = Value::Int(i64::from(html.mapped.len()));
            asset.fields.insert("html_size".into(), Field { span, value: size });
        }
        match (self.html, self.plain) {
            (Some(html), plain) => {
                body_into(asset, Format::Html, &html.mapped, &html.contexts, problems);
                if let Some(plain) = plain {
                    alternative(asset, &plain, problems);
                }
            }
            (None, Some(plain)) => body_into(asset, Format::Text, &plain.mapped, &plain.contexts, problems),
            (None, None) => {
                asset.add_text(Role::Body, MappedText::new(), Vec::new());
            }
        }
    }
}

impl Readable {
    fn of(part: &MessagePart<'_>, text: &str, start: u32) -> Self {
        let span = Span::new(part.offset_body, part.offset_end).shift(start);
        let charset = part.content_type().and_then(|own| own.attribute("charset")).unwrap_or("utf-8");
        let charset = transfer::Charset::of(charset);
        let (mapped, contexts) = match part.encoding {
            Encoding::None => (MappedText::verbatim(text, span), Vec::new()),
            Encoding::QuotedPrintable => {
                (transfer::quoted_printable(text, span, charset), vec![Context::QuotedPrintable])
            }
            Encoding::Base64 => (transfer::base64(text, span, charset), vec![Context::Opaque]),
        };
        Self { mapped, contexts }
    }
}

/// Adds the plain part that stands beside an HTML part.
fn alternative(asset: &mut Asset, plain: &Readable, problems: &mut Vec<Diagnostic>) {
    let whole = Span::new(0, plain.mapped.len());
    let mut own = Asset::new(asset.file.clone(), asset.kind, Format::Text, whole);
    let found = document(&mut own, plain.mapped.text(), 0);
    if let Some(text) = own.texts.first_mut() {
        text.role = Role::PlainPart;
    }
    own.parts.retain(|part| matches!(part.kind, PartKind::Link | PartKind::MergeTag));
    graft::graft(asset, own, &plain.mapped, &plain.contexts);
    problems.extend(found.into_iter().map(|problem| graft::moved(problem, &plain.mapped)));
}
