//! `textDocument/inlayHint`: what a policy or an asset leaves unsaid.

use gen_lsp_types::{InlayHint, InlayHintKind, InlayHintParams, Label, MarkupContent, MarkupKind, Tooltip};
use mktlint_ide::{Hint, HintKind, asset, policy};

use crate::context::{Content, Context, Document};
use crate::failure::Answer;

/// The hints of a range.
pub fn hints(context: &Context, params: InlayHintParams) -> Answer<Option<Vec<InlayHint>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let range = document.span(params.range);
    let hints = match &document.content {
        Content::Policy(file) => policy::hints::hints(context.view(), *file, range),
        Content::Asset(file) => asset::hints::hints(context.view(), file, range),
        Content::Other => return Ok(None),
    };
    Ok(Some(hints.into_iter().map(|hint| inlay(context, &document, hint)).collect()))
}

fn inlay(context: &Context, document: &Document, hint: Hint) -> InlayHint {
    // A type says with its own sign that it belongs to the word before it.
    let is_apart = hint.kind != HintKind::Type;
    let tooltip = hint.tooltip.map(|value| match context.client.markdown {
        true => Tooltip::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        false => Tooltip::String(value),
    });
    InlayHint {
        position: document.lines.position(hint.offset),
        label: Label::String(hint.label),
        kind: match hint.kind {
            HintKind::Type => Some(InlayHintKind::Type),
            HintKind::Parameter => Some(InlayHintKind::Parameter),
            HintKind::Note => None,
        },
        text_edits: None,
        tooltip,
        padding_left: Some(is_apart && !hint.before),
        padding_right: Some(is_apart && hint.before),
        data: None,
    }
}
