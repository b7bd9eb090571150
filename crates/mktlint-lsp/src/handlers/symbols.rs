//! `textDocument/documentSymbol` and `workspace/symbol`: outlines, and declarations by name.

use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location,
    SymbolInformation, SymbolKind as Icon, Uri, WorkspaceSymbol, WorkspaceSymbolLocation,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use mktlint_diag::Place;
use mktlint_hir::model::item::ItemKind;
use mktlint_ide::asset;
use mktlint_ide::policy::symbols::{Found, Symbol, SymbolKind, find, outline};

use crate::context::{Content, Context, Document};
use crate::failure::Answer;

/// The outline of a file.
pub fn of_document(
    context: &Context,
    params: DocumentSymbolParams,
) -> Answer<Option<DocumentSymbolResponse>> {
    let uri = &params.text_document.uri;
    let Some(document) = context.document(uri) else { return Ok(None) };
    let symbols = match &document.content {
        Content::Policy(file) => outline(context.view(), *file),
        Content::Asset(file) => asset::symbols::outline(file),
        Content::Other => return Ok(None),
    };
    if context.client.symbol_trees {
        let tree: Vec<DocumentSymbol> = symbols.into_iter().map(|own| node(&document, own)).collect();
        return Ok(Some(tree.into()));
    }
    let mut list = Vec::new();
    symbols.iter().for_each(|own| flatten(&document, uri, own, None, &mut list));
    Ok(Some(list.into()))
}

#[allow(deprecated, reason = "the protocol's own field, which is left out")]
fn node(document: &Document, symbol: Symbol) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = symbol.children.into_iter().map(|own| node(document, own)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: icon(symbol.kind),
        tags: None,
        deprecated: None,
        range: document.range(symbol.full),
        selection_range: document.range(symbol.span),
        children: (!children.is_empty()).then_some(children),
    }
}

/// For clients that know no trees.
#[allow(deprecated, reason = "the protocol's own field, which is left out")]
fn flatten(
    document: &Document,
    uri: &Uri,
    symbol: &Symbol,
    parent: Option<&str>,
    list: &mut Vec<SymbolInformation>,
) {
    let location = Location { uri: uri.clone(), range: document.range(symbol.full) };
    let base_symbol_information = base(&symbol.name, icon(symbol.kind), parent);
    list.push(SymbolInformation { deprecated: None, location, base_symbol_information });
    symbol.children.iter().for_each(|own| flatten(document, uri, own, Some(&symbol.name), list));
}

fn base(name: &str, kind: Icon, container: Option<&str>) -> BaseSymbolInformation {
    let container_name = container.map(str::to_owned);
    BaseSymbolInformation { name: name.to_owned(), kind, tags: None, container_name }
}

/// Declarations of all workspaces by name. Packs that several have are listed once.
pub fn of_workspace(
    context: &Context,
    params: WorkspaceSymbolParams,
) -> Answer<Option<WorkspaceSymbolResponse>> {
    let mut symbols: Vec<WorkspaceSymbol> = Vec::new();
    for own in context.each() {
        for found in find(own.view(), &params.query) {
            let symbol = by_name(&own, &found);
            symbols.extend(symbol.filter(|symbol| context.spaces.len() == 1 || !symbols.contains(symbol)));
        }
    }
    Ok(Some(symbols.into()))
}

fn by_name(context: &Context, found: &Found) -> Option<WorkspaceSymbol> {
    let location = context.location(&Place::new(found.file.clone(), found.span))?;
    Some(WorkspaceSymbol {
        location: WorkspaceSymbolLocation::Location(location),
        data: None,
        base_symbol_information: base(&found.name, icon_of(found.kind), Some(&found.module)),
    })
}

fn icon(kind: SymbolKind) -> Icon {
    match kind {
        SymbolKind::Declaration(kind) => icon_of(kind),
        SymbolKind::Field => Icon::Field,
        SymbolKind::Member => Icon::EnumMember,
        SymbolKind::Clause => Icon::Property,
    }
}

/// The icon of a kind of declaration: those of a kind look alike, and so do kinds that are for the same.
pub fn icon_of(kind: ItemKind) -> Icon {
    use ItemKind as K;
    match kind {
        K::Audience => Icon::Class,
        K::Contact | K::Asset | K::Part => Icon::Struct,
        K::Enum | K::Lifecycle => Icon::Enum,
        K::Rule | K::Claim | K::Term | K::Utm | K::Suppress | K::Cap | K::QuietHours | K::Threshold => {
            Icon::Event
        }
        K::Fn => Icon::Function,
        K::Let | K::Region => Icon::Constant,
        K::Fact | K::Given => Icon::Variable,
        K::Evidence => Icon::File,
        K::Disclosure => Icon::String,
        K::Merge => Icon::Key,
        K::Role | K::Tier => Icon::Interface,
        K::Test | K::Prove => Icon::Method,
        K::Pipeline => Icon::Array,
        K::Use => Icon::Module,
        K::Enforce | K::Waive => Icon::Package,
    }
}
