//! Files of values: CSV, JSON, YAML, TOML, front matter, campaign manifests.

mod campaign;
mod comments;
mod csv;
mod fill;
#[cfg(test)]
mod tests;
mod tree;

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;

use self::fill::{Filler, targets};
pub(crate) use self::tree::node::{Node, Shape};
use self::tree::node::{Tree, TreeProblem};
use crate::decode::after_mark;
use crate::{Asset, Extraction, Format, Kind, Spec, codes};

pub use self::csv::extract as csv;
pub(crate) use self::csv::rows;
pub(crate) use self::fill::names::snake;
pub(crate) use self::tree::parse;
pub(crate) use self::tree::scalar::plain;

/// See [`crate::usual_names`].
pub(crate) fn usual_names(kind: Kind) -> impl Iterator<Item = &'static [&'static str]> {
    let of_campaign = campaign::names().filter(move |_| kind == Kind::Campaign);
    of_campaign.chain(fill::names::known(kind).map(|(_, names)| *names))
}

/// The assets of a JSON, YAML or TOML file, as `spec.format` says: a campaign manifest, or each item of the list
/// `spec.items`. Without such a list it is the file's own list when it is one, or its only list of records under a
/// usual name (`messages`, `ads`, …), else each document of the file.
///
/// A directive before any value of a file with several assets is in each of them.
pub fn tree(file: &FilePath, text: &str, spec: &Spec) -> Extraction {
    let whole = Span::of(after_mark(text) as usize..text.len());
    let tree = parse(text, whole, spec.format);
    let mut extraction = Extraction { assets: Vec::new(), problems: diagnostics(&tree, file, spec.format) };
    let directives = comments::directives(text, &tree, whole);
    for document in &tree.documents {
        let lone = tree.documents.len() == 1;
        if spec.kind == Kind::Campaign {
            let span = if lone { whole } else { document.span };
            let mut asset = Asset::new(file.clone(), spec.kind, spec.format, span);
            extraction.problems.extend(campaign::fill(&mut asset, text, document));
            extraction.assets.push(asset);
            continue;
        }
        let Some(items) = items(document, spec) else {
            let place =
                Place::new(file.clone(), Span::new(whole.start(), document.span.end().max(whole.start())));
            let path = spec.items.as_deref().unwrap_or_default();
            extraction.problems.push(codes::items_not_found(place, path));
            continue;
        };
        for item in items {
            let span = if lone && std::ptr::eq(item, document) { whole } else { item.span };
            extraction.assets.extend(asset_of(file, text, spec, item, span, &mut extraction.problems));
        }
    }
    for (ordinal, asset) in extraction.assets.iter_mut().enumerate() {
        asset.ordinal = u32::try_from(ordinal).unwrap_or(u32::MAX);
        let own = |scope: Span| scope == whole || asset.span.contains(scope);
        asset.directives = directives.iter().filter(|directive| own(directive.scope)).cloned().collect();
    }
    extraction
}

/// Fills `asset` from the front matter at `span` of `source`, the fences not included, written in `format` (YAML,
/// TOML or JSON). Adds fields, their texts and parts, and the directives in its comments; never a body. Call it after
/// the body's text was added, since that is the first. Parts are left in order of position.
pub(crate) fn front_matter(
    asset: &mut Asset,
    source: &str,
    span: Span,
    format: Format,
    spec: &Spec,
    problems: &mut Vec<Diagnostic>,
) {
    let tree = parse(source, span, format);
    problems.extend(diagnostics(&tree, &asset.file, format));
    let whole = asset.span;
    asset.directives.extend(comments::directives(source, &tree, whole));
    let Some(root) = tree.documents.first() else { return };
    match &root.shape {
        Shape::Record(_) => Filler::without_body(asset, source).fill(targets(root, spec)),
        Shape::Null => {}
        _ => {
            let place = Place::new(asset.file.clone(), root.span);
            problems.push(codes::data_syntax(place, language(format), "front matter holds keys and values"));
        }
    }
}

/// See [`crate::usual_field`]; `key` is in snake case.
pub(crate) fn usual_field(kind: Kind, key: &str) -> Option<&'static str> {
    match kind {
        Kind::Campaign => campaign::names().find(|names| names.contains(&key))?.first().copied(),
        _ => fill::names::usual(kind, key).map(|(name, _)| name),
    }
}

fn asset_of(
    file: &FilePath,
    text: &str,
    spec: &Spec,
    item: &Node,
    span: Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Asset> {
    let mut asset = Asset::new(file.clone(), spec.kind, spec.format, span);
    let mut filler = Filler::new(&mut asset, text);
    match &item.shape {
        Shape::Null => return None,
        Shape::Record(_) => filler.fill(targets(item, spec)),
        _ => {
            let target = fill::Target {
                name: "body".into(),
                how: fill::names::Use::Body,
                key_span: item.span,
                node: item,
            };
            filler.fill(vec![target]);
        }
    }
    problems.append(&mut filler.problems);
    Some(asset)
}

/// The values that are one asset each; `None` when the list that the configuration names is not there.
fn items<'n>(document: &'n Node, spec: &Spec) -> Option<&'n [Node]> {
    if let Some(path) = &spec.items {
        return document.at(path)?.items();
    }
    const USUAL: [&str; 12] = [
        "messages",
        "items",
        "emails",
        "posts",
        "ads",
        "sms",
        "texts",
        "notifications",
        "pushes",
        "tweets",
        "variants",
        "entries",
    ];
    let lists: Vec<_> =
        document.entries().iter().filter(|entry| USUAL.contains(&entry.key.as_str())).collect();
    let of_records = |node: &&'n Node| node.items().is_some_and(|items| !items.is_empty());
    match lists.as_slice() {
        [only] if of_records(&&only.value) => only.value.items(),
        _ => Some(document.items().unwrap_or(std::slice::from_ref(document))),
    }
}

fn diagnostics(tree: &Tree, file: &FilePath, format: Format) -> Vec<Diagnostic> {
    let place = |span: Span| Place::new(file.clone(), span);
    let show = |(problem, span): &(TreeProblem, Span)| match problem {
        TreeProblem::Syntax(reason) => codes::data_syntax(place(*span), language(format), reason),
        TreeProblem::DuplicateKey(key, first) => codes::duplicate_key(place(*span), key, first.map(place)),
        TreeProblem::TooDeep => codes::nested_too_deep(place(*span)),
        TreeProblem::AliasBomb(limit) => codes::alias_bomb(place(*span), *limit),
    };
    tree.problems.iter().map(show).collect()
}

fn language(format: Format) -> &'static str {
    match format {
        Format::Json => "JSON",
        Format::Toml => "TOML",
        _ => "YAML",
    }
}
