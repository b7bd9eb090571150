//! What the client on the other side can do.

use gen_lsp_types::{ClientCapabilities, InitializeParams, MarkupKind};
use serde::Deserialize;

use crate::convert::Encoding;

/// What the client can do, as far as it changes what is sent.
#[derive(Clone, Debug)]
pub struct Client {
    /// How positions count.
    pub encoding: Encoding,
    /// It asks for diagnostics itself; nothing is pushed then.
    pub pulls_diagnostics: bool,
    /// It can be told to ask again.
    pub refreshes: Refreshes,
    /// Edits of a workspace can carry versions.
    pub versioned_edits: bool,
    /// Completions can have places to fill.
    pub snippets: bool,
    /// Actions can be objects, not only commands.
    pub action_literals: bool,
    /// Symbols of a document can have children.
    pub symbol_trees: bool,
    /// Definitions can say which words they are for.
    pub definition_links: bool,
    /// Progress can be shown.
    pub progress: bool,
    /// It reports files that change on disk, once asked to.
    pub watches_files: bool,
    /// Hovers and documentation can be Markdown.
    pub markdown: bool,
    /// What the extension of the editor asked for.
    pub options: Options,
}

/// Which of its answers the client asks for again when it is told to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Refreshes {
    /// Diagnostics.
    pub diagnostics: bool,
    /// Inlay hints.
    pub hints: bool,
    /// Code lenses.
    pub lenses: bool,
}

/// `initializationOptions`. Unknown keys are ignored: editors send their own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// Judge the assets of folders without `mktlint.toml` and policies, by the recommended packs.
    pub without_configuration: bool,
    /// The day that stands for today: `2026-11-22`.
    pub today: Option<String>,
}

impl Client {
    /// Reads what `params` says.
    pub fn new(params: &InitializeParams) -> Self {
        let all = &params.capabilities;
        Self {
            encoding: encoding(all),
            pulls_diagnostics: all.text_document.as_ref().is_some_and(|own| own.diagnostic.is_some()),
            refreshes: refreshes(all),
            versioned_edits: versioned_edits(all),
            snippets: completion(all, |item| item.snippet_support),
            action_literals: text(all, |own| {
                own.code_action.as_ref().map(|action| action.code_action_literal_support.is_some())
            }),
            symbol_trees: text(all, |own| own.document_symbol.as_ref()?.hierarchical_document_symbol_support),
            definition_links: text(all, |own| own.definition.as_ref()?.link_support),
            progress: all.window.as_ref().and_then(|window| window.work_done_progress) == Some(true),
            watches_files: watches_files(all),
            markdown: text(all, |own| {
                let formats = own.hover.as_ref()?.content_format.as_ref()?;
                Some(formats.contains(&MarkupKind::Markdown))
            }),
            options: options(params),
        }
    }
}

/// Whether what `get` finds among the capabilities for documents is there and true.
fn text(
    all: &ClientCapabilities,
    get: impl Fn(&gen_lsp_types::TextDocumentClientCapabilities) -> Option<bool>,
) -> bool {
    all.text_document.as_ref().and_then(get) == Some(true)
}

fn completion(
    all: &ClientCapabilities,
    get: impl Fn(&gen_lsp_types::ClientCompletionItemOptions) -> Option<bool>,
) -> bool {
    text(all, |own| get(own.completion.as_ref()?.completion_item.as_ref()?))
}

fn encoding(all: &ClientCapabilities) -> Encoding {
    let offered = all.general.as_ref().and_then(|general| general.position_encodings.as_ref());
    Encoding::choose(offered.map_or(&[], Vec::as_slice))
}

fn refreshes(all: &ClientCapabilities) -> Refreshes {
    let Some(own) = &all.workspace else { return Refreshes::default() };
    Refreshes {
        diagnostics: own.diagnostics.as_ref().and_then(|it| it.refresh_support) == Some(true),
        hints: own.inlay_hint.as_ref().and_then(|it| it.refresh_support) == Some(true),
        lenses: own.code_lens.as_ref().and_then(|it| it.refresh_support) == Some(true),
    }
}

fn versioned_edits(all: &ClientCapabilities) -> bool {
    let edit = all.workspace.as_ref().and_then(|own| own.workspace_edit.as_ref());
    edit.and_then(|edit| edit.document_changes) == Some(true)
}

fn watches_files(all: &ClientCapabilities) -> bool {
    let watch = all.workspace.as_ref().and_then(|own| own.did_change_watched_files.as_ref());
    watch.and_then(|watch| watch.dynamic_registration) == Some(true)
}

/// What cannot be read is as if it were not there: an editor with odd settings still gets its server.
fn options(params: &InitializeParams) -> Options {
    let given = params.initialization_options.clone();
    given.and_then(|given| serde_json::from_value(given).ok()).unwrap_or_default()
}
