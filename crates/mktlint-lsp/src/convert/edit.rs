//! Changes as editors apply them.

#![allow(clippy::disallowed_types, reason = "the type that the protocol has, and its order is nobody's")]

use std::collections::HashMap;

use gen_lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};
use mktlint_diag as diag;

use super::Lines;

/// Edits of one text.
pub fn text_edits(edits: &[diag::Edit], lines: &Lines) -> Vec<TextEdit> {
    let convert = |edit: &diag::Edit| TextEdit { range: lines.range(edit.span), new_text: edit.text.clone() };
    edits.iter().map(convert).collect()
}

/// Edits of one document: its address, its version when it is open, and the edits.
pub type DocumentEdits = (Uri, Option<i32>, Vec<TextEdit>);

/// Edits of several documents. With versions where the client knows them, so that it can refuse what came too late.
pub fn workspace_edit(documents: Vec<DocumentEdits>, has_versions: bool) -> WorkspaceEdit {
    let mut edit = WorkspaceEdit::default();
    if has_versions {
        edit.document_changes = Some(documents.into_iter().map(versioned).collect());
    } else {
        let changes = documents.into_iter().map(|(uri, _, edits)| (uri, edits));
        let changes: HashMap<Uri, Vec<TextEdit>> = changes.collect();
        edit.changes = Some(changes);
    }
    edit
}

fn versioned((uri, version, edits): DocumentEdits) -> DocumentChange {
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version,
        text_document_identifier: TextDocumentIdentifier { uri },
    };
    let edits = edits.into_iter().map(Edit::TextEdit).collect();
    DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits })
}
