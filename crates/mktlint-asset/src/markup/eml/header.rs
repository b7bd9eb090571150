//! Headers of an email message.

use memchr::{memchr, memmem};
use mktlint_text::{MappedText, Span};

use super::transfer::{Charset, base64, quoted_printable};
use crate::{Asset, Context, Field, Role, Value, template};

/// Adds the headers at `start` of `text` that marketing cares about as fields of `asset`.
pub(super) fn read(asset: &mut Asset, text: &str, start: usize) {
    let mut at = start;
    while let Some(header) = header(text, at) {
        at = header.end;
        let name = header.name.to_ascii_lowercase();
        match name.as_str() {
            "subject" => words(asset, "subject", &header.value),
            "from" => {
                let (person, address) = mailbox(&header.value);
                words(asset, "from_name", &person);
                machine(asset, "from_address", &address);
            }
            "reply-to" => machine(asset, "reply_to", &mailbox(&header.value).1),
            "to"
            | "list-unsubscribe"
            | "list-unsubscribe-post"
            | "in-reply-to"
            | "references"
            | "list-id" => {
                machine(asset, &name.replace('-', "_"), &header.value);
            }
            _ => {}
        }
    }
}

/// Whether `text` has a header at `start`.
pub(super) fn is_header(text: &str, start: usize) -> bool {
    header(text, start).is_some()
}

struct Header<'t> {
    name: &'t str,
    /// Unfolded, without white space around it.
    value: MappedText,
    end: usize,
}

/// The header at `at`; `None` at the empty line that ends them, and at what is no header.
fn header(text: &str, at: usize) -> Option<Header<'_>> {
    let rest = text.get(at..)?;
    let colon = memchr(b':', rest.as_bytes())?;
    let name = rest.get(..colon)?;
    if name.is_empty() || !name.trim_end().bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut value = MappedText::new();
    let mut from = at + colon + 1;
    let mut fold = None;
    loop {
        let line = text.get(from..)?;
        let length = memchr(b'\n', line.as_bytes()).map_or(line.len(), |end| end + 1);
        let words = line.get(..length)?.trim_end_matches(['\r', '\n']);
        let lead = words.len() - words.trim_start().len();
        let span = Span::of(from + lead..from + lead.max(words.trim_end().len()));
        if let Some(fold) = fold.filter(|_| !value.is_empty() && !span.is_empty()) {
            value.push_replaced(" ", Span::of(fold..from + lead));
        }
        value.push_verbatim(text, span);
        fold = Some(span.end() as usize);
        from += length;
        if length == 0 || !text.get(from..).is_some_and(|next| next.starts_with([' ', '\t'])) {
            return Some(Header { name: name.trim_end(), value, end: from });
        }
    }
}

/// Sets a field that people read.
fn words(asset: &mut Asset, name: &str, value: &MappedText) {
    if value.is_empty() {
        return;
    }
    let (decoded, encoded) = decode_words(value);
    let context = if encoded { Context::Opaque } else { Context::Plain };
    let range = template::add_text(asset, Role::Field(name.into()), &decoded, &[context]);
    let span = value.source(0..value.len());
    asset.fields.insert(name.into(), Field { span, value: Value::Text(range) });
}

/// Sets a field that machines read; of two headers the first counts.
fn machine(asset: &mut Asset, name: &str, value: &MappedText) {
    if value.is_empty() || asset.fields.contains_key(name) {
        return;
    }
    let span = value.source(0..value.len());
    let range = template::add_text(asset, Role::Machine(name.into()), value, &[Context::Plain]);
    asset.fields.insert(name.into(), Field { span, value: Value::Text(range) });
}

/// The name and the address of the first mailbox in `value`.
///
/// ```text
/// "Acme, Inc." <hi@acme.com>, other@acme.com
/// hi@acme.com (Acme)
/// ```
fn mailbox(value: &MappedText) -> (MappedText, MappedText) {
    let text = value.text();
    let end = outside_quotes(text, b',').unwrap_or(text.len());
    let first = text.get(..end).unwrap_or_default();
    let (name, address) = match outside_quotes(first, b'<') {
        Some(open) => {
            let close = memchr(b'>', &first.as_bytes()[open..]).map_or(end, |close| open + close);
            (0..open, open + 1..close)
        }
        None => match memchr(b'(', first.as_bytes()) {
            Some(open) => (open + 1..first.trim_end().trim_end_matches(')').len().max(open + 1), 0..open),
            None => (0..0, 0..end),
        },
    };
    let part = |range: std::ops::Range<usize>| {
        let words = text.get(range.clone()).unwrap_or_default();
        let lead = words.len() - words.trim_start().len();
        value.slice((range.start + lead) as u32..(range.start + lead.max(words.trim_end().len())) as u32)
    };
    (unquoted(&part(name)), part(address))
}

/// Where `letter` first stands outside double quotes.
fn outside_quotes(text: &str, letter: u8) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    text.bytes().position(|byte| {
        let literal = escaped;
        escaped = byte == b'\\' && !literal;
        quoted ^= byte == b'"' && !literal;
        byte == letter && !quoted
    })
}

/// `"Acme \"Inc\""` without its quotes and backslashes.
fn unquoted(name: &MappedText) -> MappedText {
    let text = name.text();
    let Some(inner) = text.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest)) else {
        return name.clone();
    };
    let mut out = MappedText::new();
    let mut at = 1;
    let end = 1 + inner.len();
    while let Some(found) = text.get(at..end).and_then(|rest| memchr(b'\\', rest.as_bytes())) {
        let mark = at + found;
        let next = text.get(mark + 1..end).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        out.push_verbatim(text, Span::of(at..mark));
        out.push_replaced(
            text.get(mark + 1..mark + 1 + next).unwrap_or_default(),
            Span::of(mark..mark + 1 + next),
        );
        at = mark + 1 + next;
    }
    out.push_verbatim(text, Span::of(at..end.max(at)));
    out.through(name)
}

/// `value` with its encoded words (RFC 2047) decoded, and whether there were any.
fn decode_words(value: &MappedText) -> (MappedText, bool) {
    let text = value.text();
    let mut out = MappedText::new();
    let mut at = 0;
    let mut encoded = false;
    let mut search = 0;
    while let Some(found) = text.get(search..).and_then(|rest| memmem::find(rest.as_bytes(), b"=?")) {
        let start = search + found;
        let Some((word, end)) = encoded_word(text, start) else {
            search = start + 2;
            continue;
        };
        let between = Span::of(at..start);
        // White space between two encoded words is not shown.
        if !(encoded && between.slice(text).trim().is_empty() && at > 0) {
            out.push_verbatim(text, between);
        }
        append(&mut out, &word);
        (at, search, encoded) = (end, end, true);
    }
    out.push_verbatim(text, Span::of(at..text.len()));
    (out.through(value), encoded)
}

/// `=?utf-8?Q?caf=C3=A9?=` at `start`, decoded, and where it ends.
fn encoded_word(text: &str, start: usize) -> Option<(MappedText, usize)> {
    let rest = text.get(start + 2..)?;
    // RFC 2047 allows 75 bytes; some senders write more.
    let rest = rest.get(..rest.len().min(2_000)).unwrap_or(rest);
    let (charset, rest) = rest.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let length = rest.find("?=")?;
    let from = start + 2 + charset.len() + 1 + encoding.len() + 1;
    let span = Span::of(from..from + length);
    let charset = Charset::of(charset.split('*').next().unwrap_or(charset));
    let mapped = match encoding {
        "Q" | "q" => underscores(quoted_printable(text, span, charset)),
        "B" | "b" => base64(text, span, charset),
        _ => return None,
    };
    let good = !span.slice(text).contains([' ', '\n']);
    good.then_some((mapped, from + length + 2))
}

/// `_` stands for a space in an encoded word.
fn underscores(mapped: MappedText) -> MappedText {
    let mut out = MappedText::new();
    let text = mapped.text();
    let mut at = 0;
    for found in memchr::memchr_iter(b'_', text.as_bytes()) {
        out.push_verbatim(text, Span::of(at..found));
        let verbatim = mapped.is_verbatim(found as u32..found as u32 + 1);
        out.push_replaced(if verbatim { " " } else { "_" }, Span::of(found..found + 1));
        at = found + 1;
    }
    out.push_verbatim(text, Span::of(at..text.len()));
    out.through(&mapped)
}

fn append(out: &mut MappedText, word: &MappedText) {
    let ends = word.pieces().iter().skip(1).map(|piece| piece.decoded).chain([word.len()]);
    for (piece, end) in word.pieces().iter().zip(ends) {
        out.push_replaced(Span::new(piece.decoded, end).slice(word.text()), piece.source);
    }
}
