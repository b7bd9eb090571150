//! Decoded text that knows the bytes it came from.

use std::ops::Range;

use crate::Span;

/// How the bytes of a piece relate to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Byte for byte what stands in the file.
    Verbatim,
    /// Stands for other bytes in the file: an entity, a doubled quote, a percent escape, a fold, white space that
    /// was collapsed. Cannot be cut: a range that touches it covers all its source bytes.
    Replaced,
    /// Stands for nothing in the file: the break between two blocks. Its source span is empty.
    Inserted,
}

/// One run of decoded text and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where the piece starts in the decoded text. It ends where the next one starts.
    pub decoded: u32,
    /// The bytes in the file.
    pub source: Span,
    /// How the two relate.
    pub kind: PieceKind,
}

/// Text as a reader sees it, with the way back to exact file bytes.
///
/// INVARIANT: pieces are in order, tile `text`, and their sources never go backwards. What is dropped between two
/// pieces (inline markup, a soft hyphen) simply belongs to no piece, so `clinically <b>proven</b>` is one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    pieces: Vec<Piece>,
}

impl MappedText {
    /// An empty text, to be grown by the `push_*` functions.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bytes of `source` at `span`, unchanged.
    pub fn verbatim(source: &str, span: Span) -> Self {
        let mut mapped = Self::new();
        mapped.push_verbatim(source, span);
        mapped
    }

    /// Appends the bytes of `source` at `span` as they are; joins the piece before when the two touch.
    pub fn push_verbatim(&mut self, source: &str, span: Span) {
        let added = span.slice(source);
        if added.is_empty() {
            return;
        }
        let decoded = self.len();
        self.text.push_str(added);
        match self.pieces.last_mut() {
            Some(last) if last.kind == PieceKind::Verbatim && last.source.end() == span.start() => {
                last.source = last.source.cover(span);
            }
            _ => self.pieces.push(Piece { decoded, source: span, kind: PieceKind::Verbatim }),
        }
    }

    /// Appends `decoded`, which stands for the file's bytes at `source`.
    pub fn push_replaced(&mut self, decoded: &str, source: Span) {
        if decoded.is_empty() {
            return;
        }
        self.pieces.push(Piece { decoded: self.len(), source, kind: PieceKind::Replaced });
        self.text.push_str(decoded);
    }

    /// Appends `decoded`, which stands for nothing in the file, at the file's offset `at`.
    pub fn push_inserted(&mut self, decoded: &str, at: u32) {
        if decoded.is_empty() {
            return;
        }
        self.pieces.push(Piece { decoded: self.len(), source: Span::at(at), kind: PieceKind::Inserted });
        self.text.push_str(decoded);
    }

    /// Cuts the text to its first `len` bytes; a piece that would be cut in two and is not verbatim stays whole
    /// in the map but loses text, so cut at piece ends or inside verbatim runs.
    pub fn truncate(&mut self, len: u32) {
        if len >= self.len() {
            return;
        }
        self.text.truncate(len as usize);
        self.pieces.retain(|piece| piece.decoded < len);
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Verbatim
        {
            last.source = Span::new(last.source.start(), last.source.start() + (len - last.decoded));
        }
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Length of the decoded text, in bytes.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The smallest range of file bytes that covers `decoded`, a range of the decoded text.
    ///
    /// An empty range maps to an empty span. A range beyond the text is clamped. Costs two binary searches.
    pub fn source(&self, decoded: Range<u32>) -> Span {
        let end = decoded.end.min(self.len());
        let start = decoded.start.min(end);
        if start == end {
            return Span::at(self.source_at(start));
        }
        let first = self.piece_at(start);
        let last = self.piece_at(end - 1);
        match (first, last) {
            (Some(first), Some(last)) => {
                Span::new(self.start_within(first, start), self.end_within(last, end))
            }
            _ => Span::default(),
        }
    }

    /// Whether every byte of `decoded` stands in the file as it is and without a gap, so that it can be replaced
    /// there by plain text.
    pub fn is_verbatim(&self, decoded: Range<u32>) -> bool {
        self.source(decoded.clone()).len() == decoded.end.saturating_sub(decoded.start)
            && self.pieces_in(decoded).all(|piece| piece.kind == PieceKind::Verbatim)
    }

    /// The pieces that overlap `decoded`.
    pub fn pieces_in(&self, decoded: Range<u32>) -> impl Iterator<Item = &Piece> {
        let from = self.pieces.partition_point(|piece| piece.decoded <= decoded.start).saturating_sub(1);
        self.pieces.iter().skip(from).take_while(move |piece| piece.decoded < decoded.end)
    }

    /// Where in the decoded text the file's byte `offset` shows; `None` when it is not part of it.
    pub fn decoded_at(&self, offset: u32) -> Option<u32> {
        let at = self.pieces.partition_point(|piece| piece.source.start() <= offset).checked_sub(1)?;
        let piece = self.pieces.get(at)?;
        match piece.kind {
            _ if offset >= piece.source.end() => None,
            PieceKind::Verbatim => Some(piece.decoded + (offset - piece.source.start())),
            PieceKind::Replaced | PieceKind::Inserted => Some(piece.decoded),
        }
    }

    /// A copy of part of this text with its share of the map.
    pub fn slice(&self, decoded: Range<u32>) -> Self {
        let end = decoded.end.min(self.len());
        let start = decoded.start.min(end);
        let mut pieces = Vec::new();
        for piece in self.pieces_in(start..end) {
            let from = piece.decoded.max(start);
            let to = self.decoded_end(piece).min(end);
            let source = match piece.kind {
                PieceKind::Verbatim => {
                    let begin = piece.source.start() + (from - piece.decoded);
                    Span::new(begin, begin + (to - from))
                }
                PieceKind::Replaced | PieceKind::Inserted => piece.source,
            };
            pieces.push(Piece { decoded: from - start, source, kind: piece.kind });
        }
        Self { text: Span::new(start, end).slice(&self.text).to_owned(), pieces }
    }

    /// The same text when what this map calls the source is itself decoded text, mapped by `outer`: a CSV cell
    /// that holds HTML, say.
    pub fn through(self, outer: &Self) -> Self {
        let Self { text, pieces } = self;
        let mut mapped = Self::new();
        for (index, piece) in pieces.iter().enumerate() {
            let end = pieces.get(index + 1).map_or(text.len() as u32, |next| next.decoded);
            let part = Span::new(piece.decoded, end).slice(&text);
            match piece.kind {
                PieceKind::Verbatim => mapped.push_outer(outer, piece.source),
                PieceKind::Replaced => {
                    mapped.push_replaced(part, outer.source(piece.source.start()..piece.source.end()));
                }
                PieceKind::Inserted => mapped.push_inserted(part, outer.source_at(piece.source.start())),
            }
        }
        mapped
    }

    /// Moves the source of every piece `by` bytes further on.
    pub fn shift(&mut self, by: u32) {
        for piece in &mut self.pieces {
            piece.source = piece.source.shift(by);
        }
    }

    fn push_outer(&mut self, outer: &Self, span: Span) {
        let part = outer.slice(span.start()..span.end());
        let base = self.len();
        self.text.push_str(&part.text);
        self.pieces.extend(part.pieces.iter().map(|piece| Piece { decoded: piece.decoded + base, ..*piece }));
    }

    fn piece_at(&self, decoded: u32) -> Option<&Piece> {
        let at = self.pieces.partition_point(|piece| piece.decoded <= decoded).checked_sub(1)?;
        self.pieces.get(at)
    }

    fn decoded_end(&self, piece: &Piece) -> u32 {
        let at = self.pieces.partition_point(|other| other.decoded <= piece.decoded);
        self.pieces.get(at).map_or(self.len(), |next| next.decoded)
    }

    fn source_at(&self, decoded: u32) -> u32 {
        match self.piece_at(decoded) {
            Some(piece) if decoded >= self.len() => piece.source.end(),
            Some(piece) => self.start_within(piece, decoded),
            None => 0,
        }
    }

    fn start_within(&self, piece: &Piece, decoded: u32) -> u32 {
        match piece.kind {
            PieceKind::Verbatim => piece.source.start() + (decoded - piece.decoded),
            PieceKind::Replaced | PieceKind::Inserted => piece.source.start(),
        }
    }

    fn end_within(&self, piece: &Piece, decoded: u32) -> u32 {
        match piece.kind {
            PieceKind::Verbatim => piece.source.start() + (decoded - piece.decoded),
            PieceKind::Replaced | PieceKind::Inserted => piece.source.end(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `clinically <b>proven</b> &amp; safe`, as a reader sees it.
    fn sample() -> MappedText {
        let source = "clinically <b>proven</b> &amp; safe";
        let mut mapped = MappedText::new();
        mapped.push_verbatim(source, Span::new(0, 11));
        mapped.push_verbatim(source, Span::new(14, 20));
        mapped.push_verbatim(source, Span::new(24, 25));
        mapped.push_replaced("&", Span::new(25, 30));
        mapped.push_verbatim(source, Span::new(30, 35));
        mapped
    }

    #[test]
    fn a_phrase_over_markup_covers_the_markup() {
        let mapped = sample();
        assert_eq!(mapped.text(), "clinically proven & safe");
        assert_eq!(mapped.source(0..17), Span::new(0, 20));
        assert_eq!(mapped.source(11..17), Span::new(14, 20));
        assert!(mapped.is_verbatim(11..17));
        assert!(!mapped.is_verbatim(0..17));
    }

    #[test]
    fn a_replaced_piece_is_never_cut() {
        let mapped = sample();
        assert_eq!(mapped.source(18..19), Span::new(25, 30));
        assert_eq!(mapped.decoded_at(27), Some(18));
        assert_eq!(mapped.decoded_at(12), None);
        assert_eq!(mapped.source(24..24), Span::at(35));
    }

    #[test]
    fn a_slice_keeps_its_places() {
        let part = sample().slice(13..22);
        assert_eq!(part.text(), "oven & sa");
        assert_eq!(part.source(0..4), Span::new(16, 20));
        assert_eq!(part.source(5..6), Span::new(25, 30));
        assert_eq!(part.source(7..9), Span::new(31, 33));
    }

    #[test]
    fn maps_compose() {
        // A CSV cell `say ""a &amp; b""` whose text is HTML.
        let csv = "say \"\"a &amp; b\"\"";
        let mut cell = MappedText::new();
        cell.push_verbatim(csv, Span::new(0, 4));
        cell.push_replaced("\"", Span::new(4, 6));
        cell.push_verbatim(csv, Span::new(6, 15));
        cell.push_replaced("\"", Span::new(15, 17));
        let html = cell.text().to_owned();
        let mut inner = MappedText::new();
        inner.push_verbatim(&html, Span::new(0, 7));
        inner.push_replaced("&", Span::new(7, 12));
        inner.push_verbatim(&html, Span::new(12, 15));
        let text = inner.through(&cell);
        assert_eq!(text.text(), "say \"a & b\"");
        assert_eq!(text.source(4..5), Span::new(4, 6));
        assert_eq!(text.source(7..8), Span::new(8, 13));
        assert_eq!(text.source(10..11), Span::new(15, 17));
    }

    #[test]
    fn truncating_keeps_the_invariant() {
        let mut mapped = sample();
        mapped.truncate(13);
        assert_eq!(mapped.text(), "clinically pr");
        assert_eq!(mapped.source(11..13), Span::new(14, 16));
    }
}
