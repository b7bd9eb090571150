//! `textDocument/diagnostic`: what is known of one document, now.

use gen_lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};

use crate::context::Context;
use crate::convert::diagnostic;
use crate::failure::Answer;

/// The diagnostics of a document; of one that mktlint does not read, none.
pub fn document(context: &Context, params: DocumentDiagnosticParams) -> Answer<DocumentDiagnosticReport> {
    let document = context.document(&params.text_document.uri);
    let items = document.map_or(Vec::new(), |document| {
        let found = context.space.findings(&document.path);
        let locate = |place: &mktlint_diag::Place| context.location(place);
        found.iter().map(|found| diagnostic::diagnostic(found, &document.lines, &locate)).collect()
    });
    let result_id = diagnostic::digest(&items);
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        return Ok(DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
            RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report,
            },
        ));
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    Ok(DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report,
    }))
}
