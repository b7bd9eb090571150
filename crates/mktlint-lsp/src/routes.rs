//! Which handler answers which request.

use gen_lsp_types as lsp;
use gen_lsp_types::Request as _;
use serde_json::Value;

use crate::context::Context;
use crate::failure::{Answer, Failure};
use crate::handlers::{
    actions, command, completion, definition, diagnostic, folding, formatting, hierarchy, hints, hover, lens,
    linked, links, references, rename, selection, signature_help, symbols, tokens,
};

/// A handler behind JSON.
pub type Route = fn(&Context, Value) -> Answer<Value>;

/// One line for each request: its type, and the function that answers it.
macro_rules! routes {
    ($($request:ident => $handler:path,)*) => {
        &[$((lsp::$request::METHOD.as_str(), |context, params| on::<lsp::$request>(context, params, $handler)),)*]
    };
}

/// Every request that is answered from a snapshot. The loop itself answers those of the life cycle.
static ROUTES: &[(&str, Route)] = routes! {
    CompletionRequest => completion::complete,
    CompletionResolveRequest => completion::resolve,
    HoverRequest => hover::hover,
    SignatureHelpRequest => signature_help::help,
    DefinitionRequest => definition::define,
    DeclarationRequest => definition::declare,
    TypeDefinitionRequest => definition::define_type,
    ImplementationRequest => definition::implement,
    ReferencesRequest => references::refer,
    DocumentHighlightRequest => references::highlight,
    PrepareRenameRequest => rename::prepare,
    RenameRequest => rename::rename,
    WillRenameFilesRequest => rename::will_rename,
    DocumentSymbolRequest => symbols::of_document,
    WorkspaceSymbolRequest => symbols::of_workspace,
    CallHierarchyPrepareRequest => hierarchy::at,
    CallHierarchyIncomingCallsRequest => hierarchy::users,
    CallHierarchyOutgoingCallsRequest => hierarchy::used,
    SemanticTokensRequest => tokens::full,
    SemanticTokensRangeRequest => tokens::range,
    SemanticTokensDeltaRequest => tokens::delta,
    InlayHintRequest => hints::hints,
    FoldingRangeRequest => folding::folds,
    SelectionRangeRequest => selection::grow,
    LinkedEditingRangeRequest => linked::linked_ranges,
    DocumentLinkRequest => links::links,
    CodeLensRequest => lens::lenses,
    CodeLensResolveRequest => lens::resolve,
    CodeActionRequest => actions::actions,
    DocumentFormattingRequest => formatting::document,
    DocumentRangeFormattingRequest => formatting::range,
    DocumentOnTypeFormattingRequest => formatting::typed,
    DocumentDiagnosticRequest => diagnostic::document,
    ExecuteCommandRequest => command::execute,
};

/// The handler of `method`.
pub fn route(method: &str) -> Option<Route> {
    ROUTES.iter().find(|(own, _)| *own == method).map(|(_, route)| *route)
}

fn on<R: lsp::Request>(
    context: &Context,
    params: Value,
    handler: fn(&Context, R::Params) -> Answer<R::Result>,
) -> Answer<Value> {
    let params = serde_json::from_value(params).map_err(|error| Failure::Params(error.to_string()))?;
    let result = handler(context, params)?;
    serde_json::to_value(result).map_err(|error| Failure::Bug(error.to_string()))
}
