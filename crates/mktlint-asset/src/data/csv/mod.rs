//! CSV and TSV: one asset per row.

mod cells;
mod columns;

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;
use smol_str::SmolStr;

use self::cells::{Cell, Row, Rows, delimiter_of};
use self::columns::{Column, Columns};
use super::fill::names::Use;
use super::fill::{Filler, Target};
use super::tree::node::{Node, Scalar, Shape};
use super::tree::scalar::plain;
use crate::decode::after_mark;
use crate::{Asset, Context, Extraction, Spec, codes, directive};

/// One asset per row of a CSV or TSV file with a header. Rows without any text are skipped.
///
/// Costs one pass over the bytes; a row's values are copied, not the file.
pub fn extract(file: &FilePath, text: &str, spec: &Spec) -> Extraction {
    let mut extraction = Extraction::default();
    let start = after_mark(text);
    let delimiter = spec.delimiter.unwrap_or_else(|| delimiter_of(text, start));
    let mut rows = Rows::new(text, start, delimiter);
    let Some(header) = rows.find(|row| !row.is_blank(text)) else { return extraction };
    let (columns, problems) = Columns::of(&header, text, spec, file);
    extraction.problems = problems;
    extraction.problems.extend(unclosed(&header, file));
    for row in rows.filter(|row| !row.is_blank(text)) {
        extraction.problems.extend(unclosed(&row, file));
        if row.cells.len() != columns.list.len() {
            let place = Place::new(file.clone(), row.span);
            extraction.problems.push(codes::ragged_row(place, columns.list.len(), row.cells.len()));
        }
        let mut asset = Asset::new(file.clone(), spec.kind, spec.format, row.span);
        asset.ordinal = u32::try_from(extraction.assets.len()).unwrap_or(u32::MAX);
        extraction.problems.extend(fill(&mut asset, text, &row, &columns, delimiter));
        extraction.assets.push(asset);
    }
    extraction
}

/// See [`crate::rows`].
pub fn rows(text: &str, delimiter: Option<char>) -> impl Iterator<Item = Vec<Span>> {
    let start = after_mark(text);
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text, start));
    let rows = Rows::new(text, start, delimiter).filter(|row| !row.is_blank(text));
    rows.map(|row| row.cells.iter().map(|cell| cell.span).collect())
}

fn unclosed(row: &Row, file: &FilePath) -> Vec<Diagnostic> {
    let open = row.cells.iter().filter(|cell| cell.unclosed);
    let quote = |cell: &Cell| Place::new(file.clone(), Span::new(cell.span.start(), cell.span.start() + 1));
    open.map(|cell| codes::unclosed_quote(quote(cell))).collect()
}

fn fill(asset: &mut Asset, text: &str, row: &Row, columns: &Columns, delimiter: char) -> Vec<Diagnostic> {
    let cells = columns.list.iter().zip(&row.cells);
    let nodes: Vec<(&Column, Node)> = cells
        .filter(|(_, cell)| !cell.is_blank(text))
        .map(|(column, cell)| (column, node(text, cell, column, delimiter)))
        .collect();
    let mut targets = Vec::with_capacity(nodes.len());
    for (column, node) in &nodes {
        if column.is_waiver {
            if let Shape::Text(scalar) = &node.shape {
                asset.directives.extend(directive::parse_cell(&scalar.mapped, node.span, row.span));
            }
            continue;
        }
        targets.push(Target { name: column.name.clone(), how: column.how, key_span: column.span, node });
    }
    let others: Vec<(SmolStr, &Node)> = nodes
        .iter()
        .filter(|(column, _)| column.how == Use::Any && !column.is_waiver && !column.is_resource)
        .map(|(column, node)| (column.name.clone(), node))
        .collect();
    let mut filler = Filler::new(asset, text);
    filler.fill(targets);
    for (name, node) in others {
        filler.link_if_url(node, &name);
    }
    let Filler { asset, problems, .. } = filler;
    asset.parts.sort_by_key(|part| (part.span.start(), std::cmp::Reverse(part.span.end())));
    problems
}

/// The value of a cell: a number, day or truth when the column holds no text and the cell stands without quotes.
fn node(text: &str, cell: &Cell, column: &Column, delimiter: char) -> Node {
    let typed = column.how == Use::Any && !cell.quoted;
    let shape = typed.then(|| plain(cell.span.slice(text))).flatten();
    let context = Context::Csv { delimiter, quoted: cell.quoted };
    let words = || Shape::Text(Scalar { mapped: cell.decode(text), context });
    Node::new(cell.span, shape.unwrap_or_else(words))
}
