//! `textDocument/linkedEditingRange`: words that are edited together.

use gen_lsp_types::{LinkedEditingRangeParams, LinkedEditingRanges};
use mktlint_ide::policy::linked::linked;

use crate::context::Context;
use crate::failure::Answer;

/// What a name can be while it is typed.
const WORD: &str = "[A-Za-z_][A-Za-z0-9_]*";

/// The places of the parameter or variable at a position.
pub fn linked_ranges(
    context: &Context,
    params: LinkedEditingRangeParams,
) -> Answer<Option<LinkedEditingRanges>> {
    let at = params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let Some(file) = document.policy() else { return Ok(None) };
    let spans = linked(context.view(), file, document.offset(at.position));
    let ranges = spans.into_iter().map(|span| document.range(span)).collect::<Vec<_>>();
    Ok((!ranges.is_empty()).then(|| LinkedEditingRanges { ranges, word_pattern: Some(WORD.to_owned()) }))
}
