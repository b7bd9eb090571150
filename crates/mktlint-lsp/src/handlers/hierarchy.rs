//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`: who uses whom.

use gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range,
    SymbolKind,
};
use mktlint_diag::FilePath;
use mktlint_hir::SourceFile;
use mktlint_ide::View;
use mktlint_ide::policy::hierarchy::{Call, Node, incoming, outgoing, prepare};

use super::symbols::icon_of;
use crate::context::Context;
use crate::failure::Answer;

/// What stands at a place, when others can use it.
pub fn at(context: &Context, params: CallHierarchyPrepareParams) -> Answer<Option<Vec<CallHierarchyItem>>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let Some(file) = document.policy() else { return Ok(None) };
    let nodes = prepare(context.view(), file, document.offset(at.position));
    let items: Vec<CallHierarchyItem> = nodes.iter().filter_map(|node| item(context, node)).collect();
    Ok((!items.is_empty()).then_some(items))
}

/// Who uses an item.
pub fn users(
    context: &Context,
    params: CallHierarchyIncomingCallsParams,
) -> Answer<Option<Vec<CallHierarchyIncomingCall>>> {
    let Some((_, calls)) = calls(context, &params.item, incoming) else { return Ok(None) };
    let shown = |call: Call| {
        let from_ranges = ranges(context, &call.node.target.file, &call)?;
        Some(CallHierarchyIncomingCall { from: item(context, &call.node)?, from_ranges })
    };
    Ok(Some(calls.into_iter().filter_map(shown).collect()))
}

/// What an item uses.
pub fn used(
    context: &Context,
    params: CallHierarchyOutgoingCallsParams,
) -> Answer<Option<Vec<CallHierarchyOutgoingCall>>> {
    let Some((file, calls)) = calls(context, &params.item, outgoing) else { return Ok(None) };
    let shown = |call: Call| {
        let from_ranges = ranges(context, &file, &call)?;
        Some(CallHierarchyOutgoingCall { to: item(context, &call.node)?, from_ranges })
    };
    Ok(Some(calls.into_iter().filter_map(shown).collect()))
}

type Feature = for<'a> fn(View<'a>, SourceFile, u32) -> Vec<Call>;

/// What `ask` says of an item, and the file of the item.
fn calls(context: &Context, item: &CallHierarchyItem, ask: Feature) -> Option<(FilePath, Vec<Call>)> {
    let document = context.document(&item.uri)?;
    let name = document.offset(item.selection_range.start);
    let calls = ask(context.view(), document.policy()?, name);
    Some((document.path, calls))
}

fn ranges(context: &Context, file: &FilePath, call: &Call) -> Option<Vec<Range>> {
    let lines = context.lines(file)?;
    Some(call.words.iter().map(|words| lines.range(*words)).collect())
}

fn item(context: &Context, node: &Node) -> Option<CallHierarchyItem> {
    let lines = context.lines(&node.target.file)?;
    Some(CallHierarchyItem {
        name: node.name.clone(),
        kind: node.kind.map_or(SymbolKind::File, icon_of),
        tags: None,
        detail: Some(node.detail.clone()),
        uri: context.uri(&node.target.file)?,
        range: lines.range(node.target.full),
        selection_range: lines.range(node.target.name),
        data: None,
    })
}
