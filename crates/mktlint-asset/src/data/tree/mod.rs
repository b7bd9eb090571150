//! JSON, YAML and TOML as one kind of tree, with exact bytes for every key and value.

pub(crate) mod json;
pub(crate) mod node;
pub(crate) mod quoted;
pub(crate) mod scalar;
pub(crate) mod toml;
pub(crate) mod yaml;

use mktlint_text::Span;

use self::node::Tree;
use crate::Format;

/// Parses the bytes of `source` at `span`; spans in the result are offsets in `source`.
///
/// A format that is no tree gives an empty one.
pub(crate) fn parse(source: &str, span: Span, format: Format) -> Tree {
    match format {
        Format::Json => json::parse(source, span),
        Format::Yaml => yaml::parse(source, span),
        Format::Toml => toml::parse(source, span),
        _ => Tree::default(),
    }
}
