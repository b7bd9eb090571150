//! Edits of a file for changes of decoded text.

use mktlint_diag::Edit;
use mktlint_text::{MappedText, PieceKind, Span};

use super::write::{double_quoted, encode, is_bare_cell, is_literal, is_plain};
use crate::template::OBJECT;
use crate::{Asset, Context, Text, TextRange};

/// Edits of the file `source` that make `replacement` stand where `range` of a text of `asset` stands.
///
/// Inline markup between the words is kept: the first run of words gets the replacement, the others are deleted. A CSV
/// cell, YAML value or TOML string that needs other quotes for it is written anew as a whole. An empty range inserts
/// behind the letter before it.
///
/// `None` when the range crosses the border of two blocks or a template tag, in Markdown any markup, or when the place
/// cannot be written to.
pub fn encode_edit(source: &str, asset: &Asset, range: TextRange, replacement: &str) -> Option<Vec<Edit>> {
    let text = asset.text(range.text)?;
    if text.contexts.contains(&Context::Opaque) || range.start > range.end || range.end > text.mapped.len() {
        return None;
    }
    let (start, end, replacement) = widen(&text.mapped, range, replacement);
    let runs = runs(text, start, end)?;
    if runs.len() > 1 && text.contexts.first() == Some(&Context::Markdown) {
        return None;
    }
    let change = Change { source, text, runs, replacement };
    match text.contexts.last() {
        Some(Context::Csv { delimiter, quoted: false }) => change.bare_cell(*delimiter),
        Some(Context::YamlPlain) => change.plain_value(),
        Some(Context::YamlBlock { .. }) => change.block(),
        Some(Context::TomlLiteral) => change.literal(),
        _ => change.in_place(&text.contexts),
    }
}

/// The range with the pieces that cannot be cut, and the replacement with what they say besides.
fn widen(mapped: &MappedText, range: TextRange, replacement: &str) -> (u32, u32, String) {
    let (mut start, mut end) = (range.start, range.end);
    let mut whole = replacement.to_owned();
    if let Some((from, to)) = atom_around(mapped, start) {
        whole.insert_str(0, Span::new(from, start).slice(mapped.text()));
        start = from;
        if end < to {
            whole.push_str(Span::new(end, to).slice(mapped.text()));
            end = to;
        }
    }
    if let Some((_, to)) = atom_around(mapped, end) {
        whole.push_str(Span::new(end, to).slice(mapped.text()));
        end = to;
    }
    (start, end, whole)
}

/// The decoded range of the replaced piece that has `at` strictly inside.
fn atom_around(mapped: &MappedText, at: u32) -> Option<(u32, u32)> {
    let pieces = mapped.pieces();
    let index = pieces.partition_point(|piece| piece.decoded < at).checked_sub(1)?;
    let end = pieces.get(index + 1).map_or(mapped.len(), |next| next.decoded);
    let piece = pieces.get(index).filter(|piece| piece.kind != PieceKind::Verbatim && at < end)?;
    Some((piece.decoded, end))
}

/// The runs of file bytes without a gap that hold the decoded text from `start` to `end`; one empty run to insert.
fn runs(text: &Text, start: u32, end: u32) -> Option<Vec<Span>> {
    let mapped = &text.mapped;
    if start == end {
        let at = match start.checked_sub(1) {
            Some(before) => mapped.source(before..start).end(),
            None => mapped.pieces().first().map(|piece| piece.source.start())?,
        };
        return Some(vec![Span::at(at)]);
    }
    let mut runs: Vec<Span> = Vec::new();
    let last = mapped.pieces_in(start..end).count().saturating_sub(1);
    for (index, piece) in mapped.pieces_in(start..end).enumerate() {
        let is_tag =
            piece.kind == PieceKind::Replaced && mapped.text()[piece.decoded as usize..].starts_with(OBJECT);
        if piece.kind == PieceKind::Inserted || is_tag {
            return None;
        }
        let (mut from, mut to) = (piece.source.start(), piece.source.end());
        if piece.kind == PieceKind::Verbatim {
            from += start.saturating_sub(piece.decoded);
            to = if index == last { piece.source.start() + (end - piece.decoded) } else { to };
        }
        match runs.last_mut() {
            Some(run) if run.end() == from => *run = Span::new(run.start(), to),
            _ => runs.push(Span::new(from, to)),
        }
    }
    Some(runs).filter(|runs| !runs.is_empty())
}

/// A replacement of the words at `runs`.
struct Change<'a> {
    source: &'a str,
    text: &'a Text,
    runs: Vec<Span>,
    replacement: String,
}

impl Change<'_> {
    /// The first run gets the replacement, the others nothing.
    fn in_place(&self, contexts: &[Context]) -> Option<Vec<Edit>> {
        let bare = contexts.first() == Some(&Context::HtmlAttribute(None));
        if bare && self.replacement.is_empty() && self.covers_all() {
            return None;
        }
        let mut written = Some(encode(&self.replacement, contexts)?);
        let edit = |span: &Span| Edit { span: *span, text: written.take().unwrap_or_default() };
        Some(self.runs.iter().map(edit).collect())
    }

    fn covers_all(&self) -> bool {
        let all = self.text.mapped.source(0..self.text.mapped.len());
        self.runs.first().map(|run| run.start()) <= Some(all.start())
            && self.runs.last().map(|run| run.end()) >= Some(all.end())
    }

    fn inner(&self) -> &[Context] {
        self.text.contexts.split_last().map_or(&[], |(_, inner)| inner)
    }

    /// The bytes at `whole` after `edits`.
    fn after(&self, whole: Span, edits: &[Edit]) -> Option<String> {
        let mut out = String::new();
        let mut at = whole.start();
        for edit in edits {
            out.push_str(self.source.get(Span::new(at, edit.span.start()).range())?);
            out.push_str(&edit.text);
            at = edit.span.end();
        }
        out.push_str(self.source.get(Span::new(at, whole.end()).range())?);
        Some(out)
    }

    fn bare_cell(&self, delimiter: char) -> Option<Vec<Edit>> {
        let edits = self.in_place(self.inner())?;
        if edits.iter().all(|edit| is_bare_cell(&edit.text, delimiter)) {
            return Some(edits);
        }
        let cell = self.cell(delimiter)?;
        if cell.slice(self.source).starts_with('"') {
            return None;
        }
        let value = self.after(cell, &edits)?.replace('"', "\"\"");
        Some(vec![Edit { span: cell, text: format!("\"{value}\"") }])
    }

    /// The whole cell around the change; it stands without quotes, so no separator is in it.
    fn cell(&self, delimiter: char) -> Option<Span> {
        let ends = [delimiter, '\n', '\r'];
        let first = self.runs.first()?.start() as usize;
        let last = self.runs.last()?.end() as usize;
        let before = self.source.get(..first)?;
        let start = before.rfind(ends).map_or(0, |at| at + 1);
        let start = if before[start..].starts_with('\u{FEFF}') { start + 3 } else { start };
        let after = self.source.get(last..)?;
        Some(Span::of(start..last + after.find(ends).unwrap_or(after.len())))
    }

    fn plain_value(&self) -> Option<Vec<Edit>> {
        let [Context::YamlPlain] = self.text.contexts.as_slice() else {
            return self.in_place(&self.text.contexts);
        };
        let whole = self.text.mapped.source(0..self.text.mapped.len());
        let written = whole.slice(self.source);
        let rest = self.source.get(whole.end() as usize..)?.trim_start_matches([' ', '\t']);
        if written.contains(['\n', '\r'])
            || !(rest.is_empty() || rest.starts_with(['\n', '\r', '#', ',', ']', '}']))
        {
            return None;
        }
        let edits = self.in_place(&[])?;
        let value = self.after(whole, &edits)?;
        let in_flow = !written.contains([',', '[', ']', '{', '}']);
        if is_plain(&value, in_flow) {
            return Some(edits);
        }
        Some(vec![Edit { span: whole, text: format!("\"{}\"", double_quoted(&value)) }])
    }

    fn block(&self) -> Option<Vec<Edit>> {
        let [run] = self.runs.as_slice() else { return self.in_place(&self.text.contexts) };
        let before = self.source.get(..run.start() as usize)?;
        let line_start = before.trim_end_matches(' ').ends_with(['\n', '\r']);
        let after = self.source.get(run.end() as usize..)?;
        let line_end = after.is_empty() || after.trim_start_matches(' ').starts_with(['\n', '\r']);
        let new = &self.replacement;
        // A line that starts with a space, or is empty where the block starts or ends, changes how the block is read.
        let first = new.chars().next().or_else(|| after.chars().next());
        let starts_badly = line_start && first.is_none_or(char::is_whitespace);
        let ends_badly = line_end && new.ends_with(['\n', '\r']);
        let folds = new.contains(['\n', '\r']) && !self.is_literal_block();
        let joins = self.text.mapped.source(0..self.text.mapped.len()).end() == run.end()
            && self.text.mapped.text().ends_with('\n');
        if starts_badly || ends_badly || folds || joins && !run.is_empty() || new.contains('\r') {
            return None;
        }
        self.in_place(&self.text.contexts)
    }

    /// Whether the block's header is a `|`, so that its line breaks stand for themselves.
    fn is_literal_block(&self) -> bool {
        let start = self.text.mapped.source(0..self.text.mapped.len()).start() as usize;
        let header = self.source.get(..start).unwrap_or_default().trim_end();
        header.rsplit([' ', '\t', '\n']).next().is_some_and(|mark| mark.starts_with('|'))
    }

    fn literal(&self) -> Option<Vec<Edit>> {
        let edits = self.in_place(self.inner())?;
        if edits.iter().all(|edit| is_literal(&edit.text)) {
            return Some(edits);
        }
        let [Context::TomlLiteral] = self.text.contexts.as_slice() else { return None };
        let inner = self.text.mapped.source(0..self.text.mapped.len());
        let around = Span::new(inner.start().checked_sub(1)?, inner.end() + 1);
        let quoted = around.slice(self.source);
        let single = quoted.starts_with('\'') && quoted.ends_with('\'') && !quoted.starts_with("''");
        let value =
            self.after(inner, &edits).filter(|_| single && !inner.slice(self.source).contains('\n'))?;
        Some(vec![Edit { span: around, text: format!("\"{}\"", double_quoted(&value)) }])
    }
}
