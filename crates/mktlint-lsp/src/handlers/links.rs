//! `textDocument/documentLink`: words that lead somewhere else.

use gen_lsp_types::{DocumentLink, DocumentLinkParams, Uri};
use mktlint_ide::policy::links::{Link, LinkTarget};
use mktlint_ide::{asset, policy};

use crate::context::{Content, Context, Document};
use crate::failure::Answer;

/// The links of a file. What is no address is left out.
pub fn links(context: &Context, params: DocumentLinkParams) -> Answer<Option<Vec<DocumentLink>>> {
    let Some(document) = context.document(&params.text_document.uri) else { return Ok(None) };
    let links = match &document.content {
        Content::Policy(file) => policy::links::links(context.view(), *file),
        Content::Asset(file) => asset::links::links(context.view(), file),
        Content::Other => return Ok(None),
    };
    Ok(Some(links.iter().filter_map(|link| shown(context, &document, link)).collect()))
}

fn shown(context: &Context, document: &Document, link: &Link) -> Option<DocumentLink> {
    let (target, tooltip) = match &link.target {
        LinkTarget::File(file) => (context.uri(file)?, Some(file.to_string())),
        LinkTarget::Url(url) => (Uri::parse(url).ok()?, None),
    };
    Some(DocumentLink { range: document.range(link.span), target: Some(target), tooltip, data: None })
}
