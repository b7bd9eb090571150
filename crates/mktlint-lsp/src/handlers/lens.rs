//! `textDocument/codeLens`: lines above declarations that can be clicked.

use gen_lsp_types::{CodeLens, CodeLensParams, Command, LspAny, Uri};
use mktlint_ide::{Lens, LensAction, asset, policy};
use serde::{Deserialize, Serialize};

use super::command;
use crate::context::{Content, Context};
use crate::failure::Answer;

/// What a lens without title must be asked again with.
#[derive(Debug, Serialize, Deserialize)]
struct Later {
    uri: Uri,
    name: String,
}

/// The lenses of a file. Those that count references have no command until they are seen.
pub fn lenses(context: &Context, params: CodeLensParams) -> Answer<Option<Vec<CodeLens>>> {
    let uri = params.text_document.uri;
    let Some(document) = context.document(&uri) else { return Ok(None) };
    let lenses = match &document.content {
        Content::Policy(file) => policy::lens::lenses(context.view(), *file),
        Content::Asset(file) => asset::lens::lenses(context.view(), file),
        Content::Other => return Ok(None),
    };
    let shown = |lens: &Lens| {
        let range = document.range(lens.span);
        match &lens.action {
            Some(LensAction::ShowReferences { name }) if lens.title.is_empty() => {
                let later = Later { uri: uri.clone(), name: name.to_string() };
                CodeLens { range, command: None, data: serde_json::to_value(later).ok() }
            }
            _ => CodeLens { range, command: Some(clickable(&uri, lens)), data: None },
        }
    };
    Ok(Some(lenses.iter().map(shown).collect()))
}

/// The lens with its command.
pub fn resolve(context: &Context, lens: CodeLens) -> Answer<CodeLens> {
    let later = lens.data.clone().and_then(|data| serde_json::from_value::<Later>(data).ok());
    let Some(Later { uri, name }) = later else { return Ok(lens) };
    let Some(document) = context.document(&uri) else { return Ok(lens) };
    let span = document.span(lens.range);
    let action = Some(LensAction::ShowReferences { name: name.into() });
    let found = policy::lens::resolve(context.view(), &Lens { span, title: String::new(), action });
    Ok(CodeLens { command: Some(clickable(&uri, &found)), ..lens })
}

/// What a click does; nothing where the command has no name.
fn clickable(uri: &Uri, lens: &Lens) -> Command {
    let (command, name) = match &lens.action {
        Some(LensAction::RunTest { name }) => (command::RUN_TEST, name.as_str()),
        Some(LensAction::ShowWitness { name }) => (command::SHOW_WITNESS, name.as_str()),
        Some(LensAction::ShowFindings { name }) => (command::SHOW_FINDINGS, name.as_str()),
        Some(LensAction::ShowReferences { name }) => (command::SHOW_REFERENCES, name.as_str()),
        None => ("", ""),
    };
    let arguments: Vec<LspAny> = vec![serde_json::json!({ "uri": uri, "name": name })];
    let arguments = (!command.is_empty()).then_some(arguments);
    Command { title: lens.title.clone(), tooltip: None, command: command.to_owned(), arguments }
}
