//! Files of values: CSV, JSON, YAML, TOML, front matter, campaign manifests.

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_text::Span;

use crate::{Asset, Extraction, Format, Spec};

/// One asset per row of a CSV or TSV file.
pub fn csv(file: &FilePath, text: &str, spec: &Spec) -> Extraction {
    let _ = (file, text, spec);
    Extraction::default()
}

/// The assets of a JSON, YAML or TOML file, as `spec.format` says: the whole file, each item of `spec.items`, or a
/// campaign manifest.
pub fn tree(file: &FilePath, text: &str, spec: &Spec) -> Extraction {
    let _ = (file, text, spec);
    Extraction::default()
}

/// Fills `asset` from the front matter at `span` of `source`, the fences not included, written in `format` (YAML,
/// TOML or JSON). Adds fields, their texts and parts, and the directives in its comments; never a body. Call it after
/// the body's text was added, since that is the first.
pub(crate) fn front_matter(
    asset: &mut Asset,
    source: &str,
    span: Span,
    format: Format,
    spec: &Spec,
    problems: &mut Vec<Diagnostic>,
) {
    let _ = (asset, source, span, format, spec, problems);
}
