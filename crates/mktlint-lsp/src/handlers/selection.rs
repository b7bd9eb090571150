//! `textDocument/selectionRange`: what a selection grows to.

use gen_lsp_types::{Position, SelectionRange, SelectionRangeParams};
use mktlint_ide::policy::selection::selections;
use mktlint_text::Span;

use crate::context::{Context, Document};
use crate::failure::Answer;

/// For each position the spans around it, each in the next.
pub fn grow(context: &Context, params: SelectionRangeParams) -> Answer<Option<Vec<SelectionRange>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let Some(file) = document.policy() else { return Ok(None) };
    let around = |position: &Position| {
        let offset = document.offset(*position);
        chain(&document, offset, selections(context.view(), file, offset))
    };
    Ok(Some(params.positions.iter().map(around).collect()))
}

/// The protocol wants the innermost with its parents, and one range for each position.
fn chain(document: &Document, offset: u32, spans: Vec<Span>) -> SelectionRange {
    let mut parent: Option<Box<SelectionRange>> = None;
    for span in spans.into_iter().rev() {
        parent = Some(Box::new(SelectionRange { range: document.range(span), parent }));
    }
    parent
        .map_or_else(|| SelectionRange { range: document.range(Span::at(offset)), parent: None }, |own| *own)
}
