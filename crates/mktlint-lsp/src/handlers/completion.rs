//! `textDocument/completion`: what can be typed at a place.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, CompletionParams,
    CompletionResponse, InsertTextFormat, TextEdit,
};
use mktlint_ide::policy::completion::{MOST, without_places};
use mktlint_ide::{Completion, CompletionKind, asset, policy};

use crate::context::{Content, Context, Document};
use crate::convert::{edit, markup};
use crate::failure::Answer;

/// The items at a place, the most likely first. A list that is cut is asked for again as more letters come.
pub fn complete(context: &Context, params: CompletionParams) -> Answer<Option<CompletionResponse>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let offset = document.offset(at.position);
    let found = match &document.content {
        Content::Policy(file) => policy::completion::completion(context.view(), *file, offset),
        Content::Asset(file) => asset::completion::completion(context.view(), file, offset),
        Content::Other => return Ok(None),
    };
    let is_incomplete = found.len() >= MOST;
    let items = (0..).zip(found).map(|(n, found)| item(context, &document, n, found)).collect();
    Ok(Some(CompletionList { is_incomplete, items, ..CompletionList::default() }.into()))
}

/// The same item: everything is said in the list.
pub fn resolve(_: &Context, item: CompletionItem) -> Answer<CompletionItem> {
    Ok(item)
}

fn item(context: &Context, document: &Document, n: usize, found: Completion) -> CompletionItem {
    let has_places = found.is_snippet && context.client.snippets;
    let new_text = match (found.is_snippet, has_places) {
        (true, false) => without_places(&found.insert),
        _ => found.insert,
    };
    let edit = TextEdit { range: document.range(found.replace), new_text };
    let edits = edit::text_edits(&found.edits, &document.lines);
    CompletionItem {
        label: found.label,
        kind: Some(kind(found.kind)),
        detail: found.detail,
        documentation: found.docs.map(|docs| markup::documentation(&context.client, docs)),
        sort_text: Some(format!("{n:04}")),
        insert_text_format: has_places.then_some(InsertTextFormat::Snippet),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        additional_text_edits: (!edits.is_empty()).then_some(edits),
        ..CompletionItem::default()
    }
}

const fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Keyword => CompletionItemKind::Keyword,
        CompletionKind::Snippet => CompletionItemKind::Snippet,
        CompletionKind::Declaration => CompletionItemKind::Class,
        CompletionKind::Function => CompletionItemKind::Function,
        CompletionKind::Type => CompletionItemKind::Struct,
        CompletionKind::Value => CompletionItemKind::Variable,
        CompletionKind::Field => CompletionItemKind::Field,
        CompletionKind::Member => CompletionItemKind::EnumMember,
        CompletionKind::Module => CompletionItemKind::Module,
        CompletionKind::Constant => CompletionItemKind::Constant,
        CompletionKind::File => CompletionItemKind::File,
    }
}
