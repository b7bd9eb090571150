//! `textDocument/foldingRange`: what can be folded away.

use gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};
use mktlint_ide::policy::folding::{Fold, FoldKind};
use mktlint_ide::{asset, policy};

use crate::context::{Content, Context, Document};
use crate::failure::Answer;

/// The folds of a file.
pub fn folds(context: &Context, params: FoldingRangeParams) -> Answer<Option<Vec<FoldingRange>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let folds = match &document.content {
        Content::Policy(file) => policy::folding::folds(context.view(), *file),
        Content::Asset(file) => asset::folding::folds(file),
        Content::Other => return Ok(None),
    };
    Ok(Some(folds.into_iter().map(|fold| range(&document, fold)).collect()))
}

/// Whole lines: what many clients fold anyway. A line that starts with a closing bracket stays visible.
fn range(document: &Document, fold: Fold) -> FoldingRange {
    let span = document.range(fold.span);
    let text = &document.lines.text;
    let last = fold.span.slice(text).lines().last().unwrap_or_default().trim_start();
    let closes = last.starts_with(['}', ']', ')']);
    let end_line = span.end.line - u32::from(closes && span.end.line > span.start.line + 1);
    FoldingRange {
        start_line: span.start.line,
        start_character: None,
        end_line,
        end_character: None,
        kind: match fold.kind {
            FoldKind::Code => None,
            FoldKind::Comment => Some(FoldingRangeKind::Comment),
            FoldKind::Uses => Some(FoldingRangeKind::Imports),
            FoldKind::Region => Some(FoldingRangeKind::Region),
        },
        collapsed_text: None,
    }
}
