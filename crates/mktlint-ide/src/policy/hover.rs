//! What the words at a place in a policy mean.

mod declaration;
mod module;
mod value;
mod word;

#[cfg(test)]
mod tests;

use mktlint_hir::SourceFile;
use mktlint_hir::mention::Meant;
use mktlint_text::Span;

use super::named::named_at;
use crate::model::Hover;
use crate::view::View;

/// Lines of Markdown that a hover has at most, give or take its last section.
const MOST_LINES: usize = 60;

/// Sections for one word that means several things: a field of many kinds of asset.
const MOST_MEANINGS: usize = 4;

/// What the words at `offset` mean: what they name, else what they come to, else what the clause is for.
pub fn hover(view: View<'_>, file: SourceFile, offset: u32) -> Option<Hover> {
    named(view, file, offset)
        .or_else(|| value::hover(view, file, offset))
        .or_else(|| word::hover(view, file, offset))
}

fn named(view: View<'_>, file: SourceFile, offset: u32) -> Option<Hover> {
    let named = named_at(view, file, offset)?;
    let meanings = named.what.iter().take(MOST_MEANINGS);
    let sections: Vec<String> = match word::same_field(view, &named.what) {
        Some(section) => vec![section],
        None => meanings.filter_map(|what| page(view, &named, what)).collect(),
    };
    of_sections(named.span, &sections)
}

/// What one meaning of a word is.
fn page(view: View<'_>, named: &super::named::Named<'_>, what: &Meant) -> Option<String> {
    match what {
        Meant::Declaration(kind, path) => Some(declaration::page(view, view.find(*kind, path)?)),
        Meant::Module(path) => Some(module::page(view, path)),
        _ => word::page(view, named, what),
    }
}

/// Sections under each other, as many as fit.
fn of_sections(span: Span, sections: &[String]) -> Option<Hover> {
    let mut lines = 0;
    let fits = |section: &&String| {
        let before = lines;
        lines += section.lines().count();
        before < MOST_LINES
    };
    let shown: Vec<&str> = sections.iter().take_while(fits).map(String::as_str).collect();
    (!shown.is_empty()).then(|| Hover { span, markdown: shown.join("\n\n---\n\n") })
}
