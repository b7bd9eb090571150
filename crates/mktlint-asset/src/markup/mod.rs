//! Files that people read: Markdown, HTML, MJML, plain text, email messages.

use mktlint_diag::Diagnostic;
use mktlint_text::MappedText;

use crate::extract::Input;
use crate::{Asset, Context, Extraction, Format};

/// The asset in a Markdown file.
pub(crate) fn markdown(input: &Input<'_>) -> Extraction {
    Input::one(input.asset(), Vec::new())
}

/// The asset in an HTML file.
pub(crate) fn html(input: &Input<'_>) -> Extraction {
    Input::one(input.asset(), Vec::new())
}

/// The asset in an MJML file.
pub(crate) fn mjml(input: &Input<'_>) -> Extraction {
    Input::one(input.asset(), Vec::new())
}

/// The asset in a plain text file.
pub(crate) fn text(input: &Input<'_>) -> Extraction {
    Input::one(input.asset(), Vec::new())
}

/// The asset in an email message.
pub(crate) fn eml(input: &Input<'_>) -> Extraction {
    Input::one(input.asset(), Vec::new())
}

/// Adds the body that `inner` holds to `asset`: its text as the first text, its parts, and fields that `asset` does not
/// have yet. `inner` is decoded text of the file (a cell, a string) in which `format` (Markdown, HTML, MJML or plain
/// text) is written; `contexts` say how it is encoded there, innermost first.
pub(crate) fn body_into(
    asset: &mut Asset,
    format: Format,
    inner: &MappedText,
    contexts: &[Context],
    problems: &mut Vec<Diagnostic>,
) {
    let _ = (asset, format, inner, contexts, problems);
}
