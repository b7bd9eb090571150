//! `textDocument/formatting`, `rangeFormatting`, `onTypeFormatting`: canonical text.

use gen_lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit,
};
use mktlint_diag::Edit;
use mktlint_ide::policy::formatting;

use crate::context::{Context, Document};
use crate::convert::edit::text_edits;
use crate::failure::Answer;

/// All of a policy file.
pub fn document(context: &Context, params: DocumentFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let edits = document.policy().map(|file| formatting::format(context.view(), file));
    Ok(shown(&document, edits))
}

/// The declarations that a range touches.
pub fn range(context: &Context, params: DocumentRangeFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let range = document.span(params.range);
    let edits = document.policy().map(|file| formatting::format_range(context.view(), file, range));
    Ok(shown(&document, edits))
}

/// What stands around a character that was typed.
pub fn typed(context: &Context, params: DocumentOnTypeFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let offset = document.offset(params.position);
    let letter = params.ch.chars().last().unwrap_or('\n');
    let edits = document.policy().map(|file| formatting::format_typed(context.view(), file, offset, letter));
    Ok(shown(&document, edits))
}

fn shown(document: &Document, edits: Option<Vec<Edit>>) -> Option<Vec<TextEdit>> {
    edits.map(|edits| text_edits(&edits, &document.lines))
}
