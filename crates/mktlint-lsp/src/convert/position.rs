//! Offsets in bytes and positions as editors count them.

use std::sync::Arc;

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use mktlint_text::{LineIndex, Span};

/// What the `character` of a position counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every client knows.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// Bytes if the client offers them, since that costs nothing; else what every client must know.
    pub fn choose(offered: &[PositionEncodingKind]) -> Self {
        let has = |kind| offered.contains(&kind);
        match () {
            () if has(PositionEncodingKind::UTF8) => Self::Utf8,
            () if has(PositionEncodingKind::UTF32) && !has(PositionEncodingKind::UTF16) => Self::Utf32,
            () => Self::Utf16,
        }
    }

    /// Its name in the protocol.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A text with its lines.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The text.
    pub text: Arc<str>,
    index: LineIndex,
    units: Units,
}

/// How many units there are before each place of a text.
///
/// Counting from the start of a line would take a second for a megabyte in one line, and minified HTML is just that.
#[derive(Clone, Debug)]
enum Units {
    /// A unit is a byte.
    Bytes,
    /// Every [`STEP`] bytes: the place, which is no middle of a character, and the units before it.
    Steps(Encoding, Vec<(u32, u32)>),
}

/// Bytes between two counts.
const STEP: usize = 1024;

impl Units {
    fn new(text: &str, encoding: Encoding) -> Self {
        if encoding == Encoding::Utf8 || text.is_ascii() {
            return Self::Bytes;
        }
        let mut steps = vec![(0, 0)];
        let (mut units, mut next) = (0, STEP);
        for (at, c) in text.char_indices() {
            if at >= next {
                steps.push((at as u32, units));
                next = at + STEP;
            }
            units += encoding.units(c) as u32;
        }
        Self::Steps(encoding, steps)
    }

    /// The units before the place `offset`, which is no middle of a character.
    fn before(&self, text: &str, offset: u32) -> u32 {
        let Self::Steps(encoding, steps) = self else { return offset };
        let at = steps.partition_point(|(place, _)| *place <= offset).saturating_sub(1);
        let (place, units) = steps.get(at).copied().unwrap_or_default();
        let rest = text.get(place as usize..offset as usize).unwrap_or_default();
        units + rest.chars().map(|c| encoding.units(c) as u32).sum::<u32>()
    }

    /// The place that `wanted` units are before; the start of a character that begins before and ends behind it.
    fn place(&self, text: &str, wanted: u32) -> u32 {
        let Self::Steps(encoding, steps) = self else { return wanted };
        let at = steps.partition_point(|(_, units)| *units <= wanted).saturating_sub(1);
        let (place, mut units) = steps.get(at).copied().unwrap_or_default();
        for (at, c) in text.get(place as usize..).unwrap_or_default().char_indices() {
            units += encoding.units(c) as u32;
            if units > wanted {
                return place + at as u32;
            }
        }
        u32::try_from(text.len()).unwrap_or(u32::MAX)
    }
}

impl Lines {
    /// Finds the lines of `text`.
    pub fn new(text: Arc<str>, encoding: Encoding) -> Self {
        Self { index: LineIndex::new(&text), units: Units::new(&text, encoding), text }
    }

    /// The offset of `position`. What is past the end of its line or of the text is taken as that end, and what is
    /// inside a character as its start, since clients send both.
    pub fn offset(&self, position: Position) -> u32 {
        if position.line >= self.index.n_lines() {
            return self.end();
        }
        let line = self.index.line_span(&self.text, position.line + 1);
        let start = self.units.before(&self.text, line.start());
        let place = self.units.place(&self.text, start.saturating_add(position.character));
        self.on_boundary(place.min(line.end()))
    }

    /// The position of `offset`; of one past the end, the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.on_boundary(offset.min(self.end()));
        let line = self.index.line(offset);
        let start = self.units.before(&self.text, self.index.line_start(line));
        Position { line: line - 1, character: self.units.before(&self.text, offset) - start }
    }

    /// `offset`, or the start of the character that it is in.
    fn on_boundary(&self, offset: u32) -> u32 {
        let mut offset = offset as usize;
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset as u32
    }

    /// The bytes of `range`; of one that ends before it starts, the place where it starts.
    pub fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }

    /// The range of `span`.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start()), end: self.position(span.end()) }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, and column in bytes, UTF-16 units and characters, of each character of a text with an umlaut (2 bytes, 1
    /// unit) and an emoji (4 bytes, 2 units).
    const COLUMNS: [(u32, u32, [u32; 3]); 7] = [
        (0, 0, [0, 0, 0]),
        (2, 0, [2, 1, 1]),
        (6, 0, [6, 3, 2]),
        (7, 0, [7, 4, 3]),
        (9, 1, [0, 0, 0]),
        (10, 1, [1, 1, 1]),
        (11, 2, [0, 0, 0]),
    ];

    #[test]
    fn positions_count_what_was_agreed() {
        for (at, encoding) in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().enumerate() {
            let lines = Lines::new("é😀x\r\ny\n".into(), encoding);
            for (offset, line, columns) in COLUMNS {
                let position = Position { line, character: columns[at] };
                assert_eq!(lines.position(offset), position, "{encoding:?} {offset}");
                assert_eq!(lines.offset(position), offset, "{encoding:?} {offset}");
            }
        }
    }

    #[test]
    fn long_lines_count_as_short_ones() {
        let text = "aé😀\n".repeat(3) + &"é😀x".repeat(2000) + "\nend";
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(text.as_str().into(), encoding);
            let (mut line, mut character) = (0, 0);
            for (at, c) in text.char_indices() {
                let position = Position { line, character };
                assert_eq!(lines.position(at as u32), position, "{encoding:?} {at}");
                assert_eq!(lines.offset(position), at as u32, "{encoding:?} {at}");
                (line, character) = match c {
                    '\n' => (line + 1, 0),
                    c => (line, character + encoding.units(c) as u32),
                };
            }
        }
    }

    #[test]
    fn what_is_outside_is_clamped() {
        let lines = Lines::new("é😀x\r\ny\n".into(), Encoding::Utf16);
        let offset = |line, character| lines.offset(Position { line, character });
        assert_eq!((offset(0, 99), offset(1, 99), offset(9, 0)), (7, 10, 11));
        assert_eq!(offset(0, 2), 2, "inside the emoji");
        assert_eq!(lines.position(99), Position { line: 2, character: 0 });
        assert_eq!(lines.position(3), Position { line: 0, character: 1 }, "inside the emoji");
    }

    #[test]
    fn bytes_win_when_they_are_offered() {
        use PositionEncodingKind as Kind;
        assert_eq!(Encoding::choose(&[]), Encoding::Utf16);
        assert_eq!(Encoding::choose(&[Kind::UTF16, Kind::UTF8]), Encoding::Utf8);
        assert_eq!(Encoding::choose(&[Kind::UTF32, Kind::UTF16]), Encoding::Utf16);
        assert_eq!(Encoding::choose(&[Kind::UTF32]), Encoding::Utf32);
    }
}
