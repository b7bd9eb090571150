//! What this server can do, as `initialize` answers it.

use serde_json::{Value, json};

use crate::client::Client;
use crate::handlers::{command, tokens};

/// What the server can do for `client`.
///
/// Written as the protocol writes it; a test reads it back with the protocol's types.
pub fn capabilities(client: &Client) -> Value {
    let mut all = json!({
        "positionEncoding": client.encoding.name(),
        "textDocumentSync": {
            "openClose": true,
            "change": 2,
            "save": { "includeText": false },
        },
        "completionProvider": {
            "triggerCharacters": [".", " ", ":", "{", "[", "\"", "<", "|", "&", "=", "?"],
            "resolveProvider": true,
        },
        "hoverProvider": true,
        "signatureHelpProvider": { "triggerCharacters": ["(", ","], "retriggerCharacters": [")"] },
        "definitionProvider": true,
        "declarationProvider": true,
        "typeDefinitionProvider": true,
        "implementationProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "documentSymbolProvider": { "label": "mktlint" },
        "workspaceSymbolProvider": true,
        "codeActionProvider": {
            "codeActionKinds": [
                "quickfix",
                "refactor.extract",
                "refactor.inline",
                "refactor.rewrite",
                "source.organizeImports",
                "source.fixAll",
            ],
        },
        "codeLensProvider": { "resolveProvider": true },
        "documentLinkProvider": { "resolveProvider": false },
        "documentFormattingProvider": true,
        "documentRangeFormattingProvider": true,
        "documentOnTypeFormattingProvider": { "firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"] },
        "renameProvider": { "prepareProvider": true },
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "linkedEditingRangeProvider": true,
        "callHierarchyProvider": true,
        "inlayHintProvider": { "resolveProvider": false },
        "semanticTokensProvider": {
            "legend": tokens::legend(),
            "range": true,
            "full": { "delta": true },
        },
        "executeCommandProvider": { "commands": command::NAMES },
        "workspace": {
            "workspaceFolders": { "supported": true, "changeNotifications": true },
            "fileOperations": { "willRename": { "filters": [
                { "scheme": "file", "pattern": { "glob": "**/*.mkt", "matches": "file" } },
                { "scheme": "file", "pattern": { "glob": "**", "matches": "folder" } },
            ] } },
        },
    });
    if client.pulls_diagnostics {
        all["diagnosticProvider"] = json!({
            "identifier": "mktlint",
            "interFileDependencies": true,
            "workspaceDiagnostics": true,
        });
    }
    all
}
