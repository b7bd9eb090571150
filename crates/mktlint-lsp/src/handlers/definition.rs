//! `textDocument/definition`, `declaration`, `typeDefinition`, `implementation`: where words lead.

use gen_lsp_types::{
    Declaration, DeclarationParams, DeclarationResponse, Definition, DefinitionParams, DefinitionResponse,
    ImplementationParams, ImplementationResponse, Location, LocationLink, TextDocumentPositionParams,
    TypeDefinitionParams, TypeDefinitionResponse,
};
use mktlint_diag::Place;
use mktlint_ide::asset;
use mktlint_ide::policy::definition::{Leads, Target, definition, type_definition};
use mktlint_ide::policy::implementations::implementations;

use crate::context::{Content, Context, Document};
use crate::failure::Answer;

/// Where what stands at a place is introduced.
pub fn define(context: &Context, params: DefinitionParams) -> Answer<Option<DefinitionResponse>> {
    let at = &params.text_document_position_params;
    let Some((document, leads)) = leads(context, at, definition) else {
        return Ok(places_at(context, at).map(|places| Definition::LocationList(places).into()));
    };
    if context.client.definition_links {
        let links: Vec<LocationLink> =
            leads.targets.iter().filter_map(|target| link(context, &document, &leads, target)).collect();
        return Ok(Some(links.into()));
    }
    Ok(Some(Definition::LocationList(locations(context, &leads.targets)).into()))
}

/// The same: policies have no declarations apart from definitions.
pub fn declare(context: &Context, params: DeclarationParams) -> Answer<Option<DeclarationResponse>> {
    let at = &params.text_document_position_params;
    let found = match leads(context, at, definition) {
        Some((_, leads)) => Some(locations(context, &leads.targets)),
        None => places_at(context, at),
    };
    Ok(found.map(|found| Declaration::LocationList(found).into()))
}

/// Where the type of what stands at a place is introduced.
pub fn define_type(
    context: &Context,
    params: TypeDefinitionParams,
) -> Answer<Option<TypeDefinitionResponse>> {
    let found = leads(context, &params.text_document_position_params, type_definition);
    Ok(found.map(|(_, leads)| Definition::LocationList(locations(context, &leads.targets)).into()))
}

/// The assets that a rule judged, the manifests of an audience, the value of a fact.
pub fn implement(context: &Context, params: ImplementationParams) -> Answer<Option<ImplementationResponse>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let Some(file) = document.policy() else { return Ok(None) };
    let places = implementations(context.view(), file, document.offset(at.position));
    let found: Vec<Location> = places.iter().filter_map(|place| context.location(place)).collect();
    Ok(Some(Definition::LocationList(found).into()))
}

type Feature = for<'a> fn(mktlint_ide::View<'a>, mktlint_hir::SourceFile, u32) -> Option<Leads>;

fn leads(context: &Context, at: &TextDocumentPositionParams, ask: Feature) -> Option<(Document, Leads)> {
    let document = context.document(&at.text_document.uri)?;
    let leads = ask(context.view(), document.policy()?, document.offset(at.position))?;
    Some((document, leads))
}

/// Where a word of an asset leads: to the policy.
fn places_at(context: &Context, at: &TextDocumentPositionParams) -> Option<Vec<Location>> {
    let document = context.document(&at.text_document.uri)?;
    let Content::Asset(file) = &document.content else { return None };
    let places: Vec<Place> =
        asset::definition::definition(context.view(), file, document.offset(at.position));
    Some(places.iter().filter_map(|place| context.location(place)).collect())
}

fn locations(context: &Context, targets: &[Target]) -> Vec<Location> {
    let place = |target: &Target| context.location(&Place::new(target.file.clone(), target.name));
    targets.iter().filter_map(place).collect()
}

fn link(context: &Context, document: &Document, leads: &Leads, target: &Target) -> Option<LocationLink> {
    let lines = context.lines(&target.file)?;
    Some(LocationLink {
        origin_selection_range: Some(document.range(leads.origin)),
        target_uri: context.uri(&target.file)?,
        target_range: lines.range(target.full),
        target_selection_range: lines.range(target.name),
    })
}
