//! Brings a name into a file: into a `use` that is there, else into one of its own.

use mktlint_diag::Edit;
use mktlint_hir::SourceFile;
use mktlint_hir::db::declarations;
use mktlint_hir::model::DeclPath;
use mktlint_hir::names;
use mktlint_syntax::ast::{ExprKind, Name};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::policy::actions::line_break;
use crate::view::View;

/// The `use` declarations of a file.
pub struct Uses {
    /// In order of place.
    all: Vec<Use>,
    /// Where the first declaration starts.
    first: u32,
    /// What the file calls a line break.
    newline: &'static str,
}

struct Use {
    /// What stands before the braces, or before the last word.
    module: SmolStr,
    /// The names in braces, in the file; `None` where there are none.
    names: Option<Vec<Name>>,
    /// Whether the braces span several lines.
    is_tall: bool,
    /// The whole declaration.
    span: Span,
}

impl Uses {
    /// Those of `file`.
    pub fn of(view: View<'_>, file: SourceFile) -> Self {
        let all = declarations(view.db, file);
        let first = all.first().map_or(0, |first| first.offset(view.db));
        let uses = all.iter().filter(|own| own.kind(view.db) == "use");
        let uses = uses.filter_map(|own| {
            let tree = view.tree(*own)?;
            let offset = own.offset(view.db);
            let value = tree.segments.first()?.value.as_ref()?;
            let span = tree.span.shift(offset);
            let shifted = |name: &Name| Name { text: name.text.clone(), span: name.span.shift(offset) };
            Some(match &value.kind {
                ExprKind::Select { base, names } => Use {
                    module: names::dotted_path(base)?.0,
                    names: Some(names.iter().map(shifted).collect()),
                    is_tall: own.text(view.db).contains('\n'),
                    span,
                },
                _ => {
                    let (path, _) = names::dotted_path(value)?;
                    Use { module: DeclPath(path).module().into(), names: None, is_tall: false, span }
                }
            })
        });
        Self { all: uses.collect(), first, newline: line_break(file.text(view.db)) }
    }

    /// The edit that lets `path` be called by its last word.
    pub fn bring(&self, path: &DeclPath) -> Vec<Edit> {
        let own = self.all.iter().find(|it| it.module == path.module() && it.names.is_some());
        let into = own.and_then(|own| own.with(path.name()));
        let Edit { span, text } = into.unwrap_or_else(|| self.line(path));
        vec![Edit { span, text: text.replace('\n', self.newline) }]
    }

    /// A `use` of its own, before the first one that comes behind it in the alphabet.
    fn line(&self, path: &DeclPath) -> Edit {
        let line = format!("use {}.{{{}}}\n", path.module(), path.name());
        let behind = self.all.iter().find(|it| it.module.as_str() > path.module());
        let (at, text) = match (behind, self.all.last()) {
            (Some(behind), _) => (behind.span.start(), line),
            (None, Some(last)) => (last.span.end(), format!("\n{}", line.trim_end())),
            (None, None) => (self.first, format!("{line}\n")),
        };
        Edit { span: Span::at(at), text }
    }
}

impl Use {
    /// With one more name, where the alphabet wants it.
    fn with(&self, name: &str) -> Option<Edit> {
        let names = self.names.as_ref()?;
        let gap = if self.is_tall { ",\n  " } else { ", " };
        let behind = names.iter().find(|own| own.text.as_str() > name);
        Some(match (behind, names.last()) {
            (Some(behind), _) => Edit { span: Span::at(behind.span.start()), text: format!("{name}{gap}") },
            (None, Some(last)) => Edit { span: Span::at(last.span.end()), text: format!("{gap}{name}") },
            (None, None) => return None,
        })
    }
}
