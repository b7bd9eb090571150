//! Running text in the making: white space collapsed, what nobody sees dropped.

use mktlint_text::{MappedText, Span};

use super::entity::{Decode, reference};
use crate::template::{OBJECT, TagKind, Tags};

/// What comes before the next visible character.
#[derive(Clone, Copy, Debug, Default)]
enum Gap {
    /// Nothing: the text is empty, and white space at its start does not show.
    #[default]
    Fresh,
    /// Nothing: the next character touches the last.
    Joined,
    /// White space, shown as one space.
    Space(Span),
    /// One `<br>`.
    Line(Span),
    /// Several `<br>`: what looks like a new paragraph is one.
    Lines(Span),
    /// The start of another block.
    Block,
}

/// Text as it is shown, growing from the start of a file to its end.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    mapped: MappedText,
    gap: Gap,
    /// Where tags that print show: the place in the text and the tag's first byte.
    objects: Vec<(u32, u32)>,
}

/// What a byte may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Shows as it is, as do the bytes after it.
    Plain,
    /// White space that collapses.
    Space,
    /// May start a reference.
    Ampersand,
    /// Starts a character that may be invisible or a space that does not collapse.
    Special,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Plain; 256];
    classes[b' ' as usize] = Class::Space;
    classes[b'\t' as usize] = Class::Space;
    classes[b'\n' as usize] = Class::Space;
    classes[b'\r' as usize] = Class::Space;
    classes[0x0C] = Class::Space;
    classes[b'&' as usize] = Class::Ampersand;
    // Leading bytes of U+00A0 and U+00AD, U+034F, U+200B to U+2060, U+FEFF.
    classes[0xC2] = Class::Special;
    classes[0xCD] = Class::Special;
    classes[0xE2] = Class::Special;
    classes[0xEF] = Class::Special;
    classes
};

impl Flow {
    /// Whether nothing is shown yet.
    pub fn is_empty(&self) -> bool {
        self.mapped.is_empty()
    }

    /// Length of what is shown so far.
    pub fn len(&self) -> u32 {
        self.mapped.len()
    }

    /// What is shown so far.
    pub fn mapped(&self) -> &MappedText {
        &self.mapped
    }

    /// The text, and where tags show in it.
    pub fn finish(self) -> (MappedText, Vec<(u32, u32)>) {
        (self.mapped, self.objects)
    }

    /// What was added since the text was `mark` long, without the gap before it.
    pub fn since(&self, mark: u32) -> std::ops::Range<u32> {
        let added = self.mapped.text().get(mark as usize..).unwrap_or_default();
        let gap = added.len() - added.trim_start_matches([' ', '\n']).len();
        mark + gap as u32..self.len()
    }

    /// Adds `source` at `span` with the tags in it.
    pub fn tagged(&mut self, source: &str, tags: &Tags, span: Span, decode: Decode) {
        let mut at = span.start();
        for tag in tags.within(span) {
            self.text(source, Span::new(at, tag.span.start()), decode);
            if tag.kind == TagKind::Print {
                self.object(source, tag.span);
            }
            at = at.max(tag.span.end());
        }
        self.text(source, Span::new(at, span.end().max(at)), decode);
    }

    /// Adds `source` at `span`, in which no tag stands.
    pub fn text(&mut self, source: &str, span: Span, decode: Decode) {
        let text = span.slice(source);
        let bytes = text.as_bytes();
        let place = |from: usize, to: usize| Span::of(from..to).shift(span.start());
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match CLASSES[byte as usize] {
                Class::Plain => {
                    let end = plain_end(bytes, at);
                    self.show(source, place(at, end));
                    at = end;
                }
                Class::Space => {
                    let end = at + bytes[at..].iter().take_while(|byte| is_space(**byte)).count();
                    self.space(place(at, end));
                    at = end;
                }
                Class::Ampersand => {
                    let found = if decode == Decode::Never { None } else { reference(&text[at..], decode) };
                    let end = at + found.as_ref().map_or(1, |(_, taken)| *taken);
                    match found {
                        Some((decoded, _)) => self.atom(source, &decoded, place(at, end)),
                        None => self.show(source, place(at, end)),
                    }
                    at = end;
                }
                Class::Special => {
                    let letter = text[at..].chars().next().unwrap_or('\0');
                    let end = at + letter.len_utf8();
                    self.special(source, letter, place(at, end));
                    at = end;
                }
            }
        }
    }

    /// Adds `source` at `span` as it is, tags excepted; only `\r\n` becomes `\n`.
    pub fn exact(&mut self, source: &str, tags: &Tags, span: Span) {
        let mut at = span.start();
        for tag in tags.within(span) {
            self.lines(source, Span::new(at, tag.span.start()));
            if tag.kind == TagKind::Print {
                self.object(source, tag.span);
            }
            at = at.max(tag.span.end());
        }
        self.lines(source, Span::new(at, span.end().max(at)));
    }

    fn lines(&mut self, source: &str, span: Span) {
        let text = span.slice(source);
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| memchr::memmem::find(rest.as_bytes(), b"\r\n"))
        {
            let end = at + found;
            self.show_all(source, Span::of(at..end).shift(span.start()));
            self.settle(source, span.start() + end as u32);
            self.mapped.push_replaced("\n", Span::of(end..end + 2).shift(span.start()));
            at = end + 2;
        }
        self.show_all(source, Span::of(at..text.len()).shift(span.start()));
    }

    fn show_all(&mut self, source: &str, span: Span) {
        if !span.is_empty() {
            self.show(source, span);
        }
    }

    fn object(&mut self, source: &str, span: Span) {
        self.settle(source, span.start());
        self.objects.push((self.len(), span.start()));
        self.mapped.push_replaced(OBJECT, span);
    }

    /// Cuts what only pads the end: no-break spaces that keep the next words out of an inbox's preview.
    pub fn trim_padding(&mut self) {
        let end = self.mapped.text().trim_end().len() as u32;
        self.mapped.truncate(end);
    }

    /// Adds `decoded`, which the bytes at `span` stand for.
    pub fn atom(&mut self, source: &str, decoded: &str, span: Span) {
        let mut letters = decoded.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii() && is_space(letter as u8) => self.space(span),
            (Some(letter), None) if self.is_dropped(letter) => {}
            _ => {
                self.settle(source, span.start());
                self.mapped.push_replaced(decoded, span);
            }
        }
    }

    /// Adds white space.
    pub fn space(&mut self, span: Span) {
        if matches!(self.gap, Gap::Joined) {
            self.gap = Gap::Space(span);
        }
    }

    /// Adds a line break.
    pub fn line(&mut self, span: Span) {
        self.gap = match self.gap {
            Gap::Joined | Gap::Space(_) => Gap::Line(span),
            Gap::Line(before) | Gap::Lines(before) => Gap::Lines(before.cover(span)),
            gap @ (Gap::Fresh | Gap::Block) => gap,
        };
    }

    /// Starts another block.
    pub fn block(&mut self) {
        if !matches!(self.gap, Gap::Fresh) {
            self.gap = Gap::Block;
        }
    }

    fn special(&mut self, source: &str, letter: char, span: Span) {
        if !self.is_dropped(letter) {
            self.show(source, span);
        }
    }

    /// Whether `letter` does not show here: it is invisible, or a no-break space that only pads the start of a block.
    fn is_dropped(&self, letter: char) -> bool {
        match letter {
            '\u{AD}' | '\u{34F}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => true,
            '\u{200C}' | '\u{200D}' => !self.joins(),
            '\u{A0}' => !matches!(self.gap, Gap::Joined | Gap::Space(_)),
            _ => false,
        }
    }

    /// Whether a joiner after the last character means something: in scripts that join, and in emoji.
    fn joins(&self) -> bool {
        matches!(self.gap, Gap::Joined) && self.mapped.text().chars().next_back() >= Some('\u{590}')
    }

    fn show(&mut self, source: &str, span: Span) {
        self.settle(source, span.start());
        self.mapped.push_verbatim(source, span);
    }

    /// Writes the gap before what shows at `at`.
    fn settle(&mut self, source: &str, at: u32) {
        match std::mem::replace(&mut self.gap, Gap::Joined) {
            Gap::Joined | Gap::Fresh => {}
            Gap::Space(span) if span.slice(source) == " " => self.mapped.push_verbatim(source, span),
            Gap::Space(span) if span.is_empty() => self.mapped.push_inserted(" ", span.start()),
            Gap::Space(span) => self.mapped.push_replaced(" ", span),
            Gap::Line(span) if span.slice(source) == "\n" => self.mapped.push_verbatim(source, span),
            Gap::Line(span) => self.mapped.push_replaced("\n", span),
            Gap::Lines(span) => self.mapped.push_replaced("\n\n", span),
            Gap::Block => self.mapped.push_inserted("\n\n", at),
        }
    }
}

/// Whether HTML collapses `byte`.
pub(crate) fn is_space(byte: u8) -> bool {
    CLASSES[byte as usize] == Class::Space
}

/// The end of the plain run at `at`; a single space between plain bytes belongs to it.
fn plain_end(bytes: &[u8], at: usize) -> usize {
    let plain = |at: usize| bytes.get(at).is_some_and(|byte| CLASSES[*byte as usize] == Class::Plain);
    let mut end = at;
    loop {
        while plain(end) {
            end += 1;
        }
        if bytes.get(end) != Some(&b' ') || !plain(end + 1) {
            return end;
        }
        end += 2;
    }
}
