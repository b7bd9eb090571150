//! A module: a pack, a folder of packs, a file of the project.

use mktlint_hir::names::module_members;

use crate::asset::prose;
use crate::policy::completion::{module_summary, module_title, n_rules};
use crate::policy::lens::counted;
use crate::view::View;

/// Files of a folder that are listed.
const MOST_FILES: usize = 12;

/// What there is to say of a module.
pub fn page(view: View<'_>, path: &str) -> String {
    let own = view.project.modules(view.db).get(path).copied();
    let word = match own {
        Some(file) if !file.is_pack(view.db) => "module",
        _ => "pack",
    };
    let mut sections = vec![format!("**{word}** {}", prose::code(path))];
    if let Some(file) = own {
        sections.push(prose::inline(&module_summary(view, file)));
    }
    sections.push(counted(n_rules(view, path), "rule"));
    sections.extend(files(view, path));
    sections.retain(|section| !section.is_empty());
    sections.join("\n\n")
}

/// The files of the folder of that name.
fn files(view: View<'_>, path: &str) -> Option<String> {
    let members = module_members(view.db, view.project, path);
    let inner: Vec<_> = members.into_iter().filter(|file| file.module(view.db) != path).collect();
    let lines = inner.iter().take(MOST_FILES).map(|file| {
        let title = module_title(view, *file).unwrap_or_default();
        format!("- {} {}", prose::code(file.module(view.db)), prose::inline(&title)).trim_end().to_owned()
    });
    let mut lines: Vec<String> = lines.collect();
    if inner.len() > MOST_FILES {
        lines.push(format!("- and {} more", inner.len() - MOST_FILES));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}
