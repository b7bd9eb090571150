//! The door to all extractors.

use std::cmp::Reverse;

use mktlint_diag::{Diagnostic, FilePath};

use crate::{Asset, Extraction, Format, Kind, Spec, data, markup, network};

/// A file to extract from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'i> {
    /// Its path.
    pub file: &'i FilePath,
    /// All of it, decoded; a byte order mark stays in it.
    pub text: &'i str,
    /// What it is expected to hold.
    pub spec: &'i Spec,
}

/// Everything in `text`, the decoded content of `file`.
///
/// Never fails: what is wrong with the file is in [`Extraction::problems`], and the rest is extracted all the same.
/// Takes time linear in the length of `text`.
pub fn extract(file: &FilePath, text: &str, spec: &Spec) -> Extraction {
    let input = Input { file, text, spec };
    let mut found = match spec.format {
        Format::Markdown => markup::markdown(&input),
        Format::Html => markup::html(&input),
        Format::Mjml => markup::mjml(&input),
        Format::Text => markup::text(&input),
        Format::Eml => markup::eml(&input),
        Format::Csv => data::csv(file, text, spec),
        Format::Json | Format::Yaml | Format::Toml => data::tree(file, text, spec),
    };
    for asset in &mut found.assets {
        network::name(asset, file);
        // Fields and bodies are read in turn; this is nearly in order already.
        asset.parts.sort_by_key(|part| (part.span.start(), Reverse(part.span.end()), part.kind));
    }
    found
}

impl Input<'_> {
    /// The asset that the whole file is, with nothing in it yet.
    pub(crate) fn asset(&self) -> Asset {
        let span = mktlint_text::Span::of(0..self.text.len());
        Asset::new(self.file.clone(), self.spec.kind, self.spec.format, span)
    }

    /// What a file that is one asset gives.
    pub(crate) fn one(asset: Asset, problems: Vec<Diagnostic>) -> Extraction {
        Extraction { assets: vec![asset], problems }
    }

    /// Whether people read the file as a message: an email, a page.
    pub(crate) fn is_sized(&self) -> bool {
        matches!(self.spec.kind, Kind::Email | Kind::Page)
    }
}
