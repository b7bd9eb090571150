//! `textDocument/codeAction`: changes that the editor offers.

use gen_lsp_types::{
    Code, CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Diagnostic, Position, Range,
};
use mktlint_ide::{ActionKind, CodeAction as Action, asset, policy};
use mktlint_text::Span;

use crate::context::{Content, Context, Document};
use crate::failure::Answer;

/// Diagnostics of other lines that are looked at: a client may send all of a file, and waivers are tried for each.
const MOST_GIVEN: usize = 8;

/// The actions at a range, of the kinds that the client wants. Those that change the whole file only when the client asks
/// for them by kind.
///
/// Clients that know only commands get none: there is no command for an edit.
pub fn actions(context: &Context, params: CodeActionParams) -> Answer<Option<Vec<CodeActionResponse>>> {
    let document = context.document(&params.text_document.uri).filter(|_| context.client.action_literals);
    let Some(document) = document else { return Ok(None) };
    let only: Option<Vec<String>> =
        params.context.only.as_ref().map(|kinds| kinds.iter().map(name).collect());
    let mut found = at(context, &document, document.span(params.range));
    if document.span(params.range).is_empty() && !found.iter().any(is_repair) {
        near(context, &document, &params, &mut found);
    }
    if only.iter().flatten().any(|kind| kind.starts_with("source")) {
        found.extend(of_file(context, &document));
    }
    found.retain(|action| match &only {
        Some(only) => only.iter().any(|wanted| is_of(&name(&kind(action.kind)), wanted)),
        None => true,
    });
    let shown = |action: &Action| literal(context, &document, action, &params.context.diagnostics);
    Ok(Some(found.iter().filter_map(shown).map(CodeActionResponse::CodeAction).collect()))
}

fn is_repair(action: &Action) -> bool {
    action.repairs.is_some()
}

fn at(context: &Context, document: &Document, range: Span) -> Vec<Action> {
    match &document.content {
        Content::Policy(file) => policy::actions::actions(context.view(), *file, range),
        Content::Asset(file) => asset::actions::actions(context.view(), file, range),
        Content::Other => Vec::new(),
    }
}

/// Puts first what repairs findings on the line of the cursor, and those that the client speaks of: the cursor stands on
/// the line, not on the words, where an editor has a key for the line.
fn near(context: &Context, document: &Document, params: &CodeActionParams, found: &mut Vec<Action>) {
    let line = params.range.start.line;
    let edge = |character| Position { line, character };
    let whole = Range { start: edge(0), end: edge(u32::MAX) };
    let given = params.context.diagnostics.iter().map(|diagnostic| diagnostic.range);
    let elsewhere = given.filter(|range| range.start.line != line).take(MOST_GIVEN);
    let mut repairs: Vec<Action> = Vec::new();
    for range in [whole].into_iter().chain(elsewhere) {
        for action in at(context, document, document.span(range)).into_iter().filter(is_repair) {
            if !repairs.iter().any(|known| known.edits == action.edits) {
                repairs.push(action);
            }
        }
    }
    found.splice(0..0, repairs);
}

/// What changes the whole file.
fn of_file(context: &Context, document: &Document) -> Vec<Action> {
    let view = context.view();
    let all = match &document.content {
        Content::Policy(file) => {
            [policy::actions::organize_uses(view, *file), policy::actions::fix_all(view, *file)]
        }
        Content::Asset(file) => [asset::actions::fix_all(view, file), None],
        Content::Other => [None, None],
    };
    all.into_iter().flatten().collect()
}

/// `None` when a file that it changes cannot be had.
fn literal(
    context: &Context,
    document: &Document,
    action: &Action,
    given: &[Diagnostic],
) -> Option<CodeAction> {
    let repaired: Vec<Diagnostic> =
        given.iter().filter(|diagnostic| repairs(document, action, diagnostic)).cloned().collect();
    Some(CodeAction {
        title: action.title.clone(),
        kind: Some(kind(action.kind)),
        diagnostics: (!repaired.is_empty()).then_some(repaired),
        is_preferred: action.is_preferred.then_some(true),
        edit: Some(context.workspace_edit(&action.edits)?),
        ..CodeAction::default()
    })
}

/// Whether the client's `diagnostic` is the finding that the action repairs.
fn repairs(document: &Document, action: &Action, diagnostic: &Diagnostic) -> bool {
    let Some((code, span)) = &action.repairs else { return false };
    matches!(&diagnostic.code, Some(Code::String(own)) if own == code.as_str())
        && diagnostic.range == document.range(*span)
}

const fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QuickFix,
        ActionKind::Extract => CodeActionKind::RefactorExtract,
        ActionKind::Inline => CodeActionKind::RefactorInline,
        ActionKind::Rewrite => CodeActionKind::RefactorRewrite,
        ActionKind::OrganizeUses => CodeActionKind::SourceOrganizeImports,
        ActionKind::FixAll => CodeActionKind::SourceFixAll,
    }
}

/// `refactor.extract`
fn name(kind: &CodeActionKind) -> String {
    let json = serde_json::to_value(kind).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// Whether `kind` is `wanted` or one below it: `refactor` wants `refactor.extract`, and nothing wants everything.
fn is_of(kind: &str, wanted: &str) -> bool {
    wanted.is_empty()
        || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_hold_those_below_them() {
        assert_eq!(name(&kind(ActionKind::Extract)), "refactor.extract");
        assert!(is_of("refactor.extract", "refactor") && is_of("refactor", "refactor"));
        assert!(!is_of("refactoring", "refactor") && !is_of("refactor", "refactor.extract"));
        assert!(is_of("source.fixAll", "source") && is_of("quickfix", ""));
    }
}
