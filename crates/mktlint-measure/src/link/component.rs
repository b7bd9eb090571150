//! One part of a link, decoded, that knows the bytes it came from.

use std::ops::Range;

use smol_str::{SmolStr, SmolStrBuilder};

use super::Placeholder;

/// One part of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    range: Range<usize>,
    decoded: SmolStr,
    /// Where the decoded text differs from the written one, in order. Between two edits they agree byte for byte.
    edits: Vec<Edit>,
}

/// Decoded bytes that stand for other written ones.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    decoded: Range<usize>,
    raw: Range<usize>,
}

impl Component {
    /// The bytes of the link that it was read from.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What it says: percent escapes decoded, bytes that are no UTF-8 replaced by U+FFFD, invalid escapes and
    /// placeholders as they are.
    pub fn text(&self) -> &str {
        &self.decoded
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.decoded.is_empty()
    }

    /// Whether the link says it in the same bytes.
    pub fn is_verbatim(&self) -> bool {
        self.edits.is_empty()
    }

    /// The bytes of the link that `decoded`, a range of [`Self::text`], was read from.
    ///
    /// An escape is never cut: a range that touches the character it stands for covers all of it. An empty range
    /// gives an empty one.
    pub fn raw(&self, decoded: Range<usize>) -> Range<usize> {
        let (start, _) = self.raw_around(decoded.start);
        if decoded.is_empty() {
            return start..start;
        }
        start..self.raw_around(decoded.end - 1).1
    }

    /// The characters of [`Self::text`], each with the bytes of the link that it was read from.
    pub fn chars(&self) -> impl Iterator<Item = (Range<usize>, char)> + '_ {
        let mut edits = self.edits.iter().peekable();
        let mut raw = self.range.start;
        self.decoded.char_indices().map(move |(at, character)| {
            while let Some(dropped) = edits.next_if(|edit| edit.decoded == (at..at)) {
                raw = dropped.raw.end;
            }
            let start = raw;
            match edits.next_if(|edit| edit.decoded.start == at) {
                Some(edit) => raw = edit.raw.end,
                None => raw += character.len_utf8(),
            }
            (start..raw, character)
        })
    }

    /// `text` as one part, with `+` as itself and without placeholders.
    pub fn decoded(text: &str) -> Self {
        decode(text, 0..text.len(), Plus::Itself, &[])
    }

    /// The written bytes that the decoded byte at `at` stands for, or belongs to.
    fn raw_around(&self, at: usize) -> (usize, usize) {
        let after = self.edits.partition_point(|edit| edit.decoded.start <= at);
        match after.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) if at < edit.decoded.end => (edit.raw.start, edit.raw.end),
            Some(edit) => {
                let start = edit.raw.end + (at - edit.decoded.end);
                (start, start + 1)
            }
            None => (self.range.start + at, self.range.start + at + 1),
        }
    }

    /// The same part with every letter in lower case and every full stop of another script as `.`.
    pub(super) fn as_host(&self) -> Self {
        let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        if self.decoded.bytes().all(is_plain) {
            return self.clone();
        }
        let mut builder = Builder::new(self.range.clone());
        for (raw, character) in self.chars() {
            let mut lower = SmolStrBuilder::new();
            match character {
                '。' | '．' | '｡' => lower.push('.'),
                _ => character.to_lowercase().for_each(|it| lower.push(it)),
            }
            builder.push_edit(&lower.finish(), raw);
        }
        builder.finish()
    }
}

/// What a `+` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plus {
    /// A space, as in the query of a web page.
    Space,
    /// Itself, as everywhere else.
    Itself,
}

/// Decodes the bytes of `text` at `range`. `placeholders` are those inside the range.
pub(super) fn decode(text: &str, range: Range<usize>, plus: Plus, placeholders: &[Placeholder]) -> Component {
    let raw = text.get(range.clone()).unwrap_or_default();
    let is_special = |byte: u8| matches!(byte, b'%' | b'+' | b'\t' | b'\n' | b'\r');
    if !raw.bytes().any(is_special) {
        return Component { range, decoded: SmolStr::new(raw), edits: Vec::new() };
    }
    let mut builder = Builder::new(range.clone());
    let mut at = range.start;
    for placeholder in placeholders {
        builder.push_decoded(text, at..placeholder.range.start, plus);
        builder.push_verbatim(text, placeholder.range.clone());
        at = placeholder.range.end;
    }
    builder.push_decoded(text, at..range.end, plus);
    builder.finish()
}

struct Builder {
    range: Range<usize>,
    decoded: String,
    edits: Vec<Edit>,
}

impl Builder {
    fn new(range: Range<usize>) -> Self {
        Self { range, decoded: String::new(), edits: Vec::new() }
    }

    fn finish(self) -> Component {
        Component { range: self.range, decoded: self.decoded.into(), edits: self.edits }
    }

    fn push_verbatim(&mut self, text: &str, raw: Range<usize>) {
        self.decoded.push_str(text.get(raw).unwrap_or_default());
    }

    fn push_edit(&mut self, decoded: &str, raw: Range<usize>) {
        let start = self.decoded.len();
        self.decoded.push_str(decoded);
        self.edits.push(Edit { decoded: start..self.decoded.len(), raw });
    }

    fn push_decoded(&mut self, text: &str, raw: Range<usize>, plus: Plus) {
        let Range { start: mut at, end } = raw;
        let bytes = text.as_bytes().get(..end).unwrap_or_default();
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            at = match byte {
                b'%' if escape(bytes, at).is_some() => self.push_escapes(bytes, at),
                b'+' if plus == Plus::Space => self.push_one(" ", at),
                // Browsers drop these wherever they stand in a link.
                b'\t' | b'\n' | b'\r' => self.push_one("", at),
                _ => {
                    let plain = |&byte: &u8| !matches!(byte, b'%' | b'+' | b'\t' | b'\n' | b'\r');
                    let len = bytes[at + 1..].iter().take_while(|byte| plain(byte)).count();
                    self.push_verbatim(text, start..at + 1 + len);
                    at + 1 + len
                }
            };
        }
    }

    fn push_one(&mut self, decoded: &str, at: usize) -> usize {
        self.push_edit(decoded, at..at + 1);
        at + 1
    }

    /// Pushes the escapes that stand at `at` without a gap, one edit for each character, and returns their end.
    fn push_escapes(&mut self, bytes: &[u8], at: usize) -> usize {
        let escaped: Vec<u8> = (0..).map_while(|n| escape(bytes, at + 3 * n)).collect();
        let mut raw = at;
        for chunk in escaped.utf8_chunks() {
            for character in chunk.valid().chars() {
                let end = raw + 3 * character.len_utf8();
                self.push_edit(character.encode_utf8(&mut [0; 4]), raw..end);
                raw = end;
            }
            if !chunk.invalid().is_empty() {
                let end = raw + 3 * chunk.invalid().len();
                self.push_edit("\u{fffd}", raw..end);
                raw = end;
            }
        }
        raw
    }
}

/// The byte that the escape at `at` stands for: `%41`.
fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let is_escape = bytes.get(at) == Some(&b'%');
    is_escape.then(|| Some((digit(at + 1)? * 16 + digit(at + 2)?) as u8)).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn component(text: &str, plus: Plus) -> Component {
        decode(text, 0..text.len(), plus, &[])
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(component(text, Plus::Space).text(), expected, "{text:?}");
    }

    #[test]
    fn decodes_as_browsers_do() {
        check("spring%20sale+x", "spring sale x");
        check("%C3%A9t%c3%a9", "été");
        check("100%", "100%");
        check("%zz%4", "%zz%4");
        check("%2520", "%20");
        check("%FFx%C3", "\u{fffd}x\u{fffd}");
        check("a\n\tb", "ab");
        assert_eq!(component("a+b", Plus::Itself).text(), "a+b");
    }

    #[test]
    fn a_decoded_range_leads_to_whole_escapes() {
        let component = component("a%C3%A9+b\nc", Plus::Space);
        assert_eq!(component.text(), "aé bc");
        assert_eq!(component.raw(1..2), 1..7);
        assert_eq!(component.raw(3..5), 7..9);
        assert_eq!(component.raw(5..6), 10..11);
        assert_eq!(component.raw(6..6), 11..11);
    }

    proptest! {
        #[test]
        fn each_character_is_decoded_from_its_bytes(text in "[a%C3A9+2Fé\\n]{0,30}") {
            let component = component(&text, Plus::Space);
            let mut at = 0;
            for (raw, character) in component.chars() {
                let decoded = self::component(&text[raw.clone()], Plus::Space);
                prop_assert_eq!(decoded.text(), character.to_string());
                let here = at..at + character.len_utf8();
                prop_assert_eq!(component.raw(here.clone()), raw);
                at = here.end;
            }
            prop_assert_eq!(at, component.text().len());
        }
    }
}
