//! A module: a pack, a folder of packs, a file of the project.

use std::collections::BTreeSet;

use mktlint_hir::db::declarations;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{Enforce, Meaning};
use mktlint_hir::names::{file_scope, module_members};

use crate::asset::names::is_waivable;
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
    sections.push(rules(view, path));
    sections.extend(files(view, path));
    sections.retain(|section| !section.is_empty());
    sections.join("\n\n")
}

/// How many rules it holds, and how many of others it puts in force.
fn rules(view: View<'_>, path: &str) -> String {
    let mut all = Enforced::default();
    all.by_module(view, path, &[]);
    let is_inside = |rule: &&DeclPath| rule.0.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    let n_others = all.rules.len() - all.rules.iter().filter(is_inside).count();
    match (n_rules(view, path), n_others) {
        (n_own, 0) => counted(n_own, "rule"),
        (0, _) => format!("enforces {} of other packs", counted(n_others, "rule")),
        (n_own, _) => format!("{}, and enforces {n_others} of other packs", counted(n_own, "rule")),
    }
}

/// What the `enforce` declarations of modules put in force, those of the modules that they name included.
#[derive(Default)]
struct Enforced {
    rules: BTreeSet<DeclPath>,
    /// The `enforce` declarations that were followed: two modules can enforce each other.
    seen: BTreeSet<DeclPath>,
}

impl Enforced {
    fn by_module(&mut self, view: View<'_>, path: &str, except: &[DeclPath]) {
        for file in module_members(view.db, view.project, path) {
            for declaration in declarations(view.db, file) {
                let item = view.item(*declaration);
                if let Meaning::Enforce(enforce) = &item.meaning
                    && self.seen.insert(item.path.clone())
                {
                    self.by(view, enforce, except);
                }
            }
        }
    }

    fn by(&mut self, view: View<'_>, enforce: &Enforce, outer: &[DeclPath]) {
        let target = &enforce.target;
        let except: Vec<DeclPath> = outer.iter().chain(&enforce.except).cloned().collect();
        let members = module_members(view.db, view.project, &target.0);
        if members.is_empty() {
            // By name also one that is off by default.
            self.rules.extend(Some(target).filter(|rule| is_rule(view, rule)).cloned());
            return;
        }
        for file in members {
            for entry in file_scope(view.db, file).names.values() {
                let is_off = || {
                    let found = view.find(entry.kind, &entry.path).map(|found| &view.item(found).meaning);
                    found.and_then(Meaning::terms).is_none_or(|terms| terms.off_by_default)
                };
                if is_waivable(entry.kind) && !except.contains(&entry.path) && !is_off() {
                    self.rules.insert(entry.path.clone());
                }
            }
        }
        self.by_module(view, &target.0, &except);
    }
}

/// Whether findings can come of what is called so.
fn is_rule(view: View<'_>, path: &DeclPath) -> bool {
    let Some(file) = view.project.modules(view.db).get(path.module()) else { return false };
    let mut all = file_scope(view.db, *file).names.values();
    all.any(|entry| entry.path == *path && is_waivable(entry.kind))
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
