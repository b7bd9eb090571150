//! `textDocument/references` and `documentHighlight`: where else the same is spoken of.

use gen_lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location, ReferenceParams,
};
use mktlint_diag::Place;
use mktlint_ide::policy::highlight::{Highlight, highlights};
use mktlint_ide::policy::references::{references, references_from_asset};

use super::rename::asset_name;
use crate::context::{Content, Context};
use crate::failure::Answer;

/// Where else is spoken of what stands at a place.
pub fn refer(context: &Context, params: ReferenceParams) -> Answer<Option<Vec<Location>>> {
    // Until a policy compiles, what the policies say is better than nothing.
    let known = context.with_manifests();
    let context = known.as_ref().unwrap_or(context);
    let at = &params.text_document_position_params;
    let with_definition = params.context.include_declaration;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let offset = document.offset(at.position);
    let places: Vec<Place> = match &document.content {
        Content::Policy(file) => references(context.view(), *file, offset, with_definition),
        Content::Asset(asset) => match asset_name(context, asset, offset) {
            Some(name) => references_from_asset(context.view(), &name.what, with_definition),
            None => return Ok(None),
        },
        Content::Other => return Ok(None),
    };
    Ok(Some(places.iter().filter_map(|place| context.location(place)).collect()))
}

/// The words of a file that mean the same as the one at a place.
pub fn highlight(
    context: &Context,
    params: DocumentHighlightParams,
) -> Answer<Option<Vec<DocumentHighlight>>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let Some(file) = document.policy() else { return Ok(None) };
    let shown = |found: Highlight| DocumentHighlight {
        range: document.range(found.span),
        kind: Some(match found.is_definition {
            true => DocumentHighlightKind::Write,
            false => DocumentHighlightKind::Read,
        }),
    };
    let found = highlights(context.view(), file, document.offset(at.position));
    Ok(Some(found.into_iter().map(shown).collect()))
}
