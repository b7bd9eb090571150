//! `textDocument/signatureHelp`: the function that is being called, and its parameter at the cursor.

use std::ops::Range;

use gen_lsp_types::{
    ParameterInformation, ParameterInformationLabel, SignatureHelp, SignatureHelpParams, SignatureInformation,
};
use mktlint_ide::policy;

use crate::context::Context;
use crate::convert::markup;
use crate::failure::Answer;

/// The signature of the call around a place.
pub fn help(context: &Context, params: SignatureHelpParams) -> Answer<Option<SignatureHelp>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let Some(file) = document.policy() else { return Ok(None) };
    let found = policy::signature_help::signature_help(context.view(), file, document.offset(at.position));
    let Some(found) = found else { return Ok(None) };
    let active = u32::try_from(found.active).ok().map(Into::into);
    let parameters = found.parameters.iter().map(|range| parameter(&found.label, range)).collect();
    let signature = SignatureInformation {
        parameters: Some(parameters),
        active_parameter: active,
        documentation: Some(found.docs)
            .filter(|docs| !docs.is_empty())
            .map(|docs| markup::documentation(&context.client, docs)),
        label: found.label,
    };
    Ok(Some(SignatureHelp {
        signatures: vec![signature],
        active_signature: Some(0),
        active_parameter: active,
    }))
}

/// A parameter as its words: they count in UTF-16 otherwise, whatever positions count in.
fn parameter(label: &str, range: &Range<usize>) -> ParameterInformation {
    let words = label.get(range.clone()).unwrap_or_default().to_owned();
    ParameterInformation { label: ParameterInformationLabel::String(words), documentation: None }
}
