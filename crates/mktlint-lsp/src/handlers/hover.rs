//! `textDocument/hover`: what the words at a place mean.

use gen_lsp_types::{Hover, HoverParams};
use mktlint_ide::{asset, policy};

use crate::context::{Content, Context};
use crate::convert::markup;
use crate::failure::Answer;

/// What the words at a place mean, as Markdown.
pub fn hover(context: &Context, params: HoverParams) -> Answer<Option<Hover>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let offset = document.offset(at.position);
    let found = match &document.content {
        Content::Policy(file) => policy::hover::hover(context.view(), *file, offset),
        Content::Asset(file) => asset::hover::hover(context.view(), file, offset),
        Content::Other => None,
    };
    Ok(found.map(|found| Hover {
        range: Some(document.range(found.span)),
        contents: markup::content(&context.client, found.markdown).into(),
    }))
}
