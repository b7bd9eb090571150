//! The page of a pack: one module, or all below a name.

use mktlint_hir::model::item::ItemKind;

use super::sheet::Sheet;
use crate::book::{FactPage, Shelf, Versions, paragraphs};
use crate::catalog::{Rule, of_program};
use crate::console::Console;
use crate::words::counted;

/// The modules that `wanted` names: itself, those below it, or one whose last words it is.
pub fn modules<'s>(wanted: &str, shelf: &'s Shelf<'_>) -> Vec<&'s str> {
    let all = shelf.modules();
    let folder = format!("{wanted}.");
    let below: Vec<&str> =
        all.iter().copied().filter(|module| *module == wanted || module.starts_with(&folder)).collect();
    if !below.is_empty() {
        return below;
    }
    let end = format!(".{wanted}");
    all.into_iter().filter(|module| module.ends_with(&end)).collect()
}

/// The pages of `modules`: one in full, of several what each is for.
pub fn page(modules: &[&str], shelf: &Shelf<'_>, versions: &Versions, console: &Console) -> String {
    let rules = of_program(shelf.program);
    let rules_of =
        |module: &str| -> Vec<&Rule<'_>> { rules.iter().filter(|rule| rule.module() == module).collect() };
    if let [module] = modules {
        return full(module, &rules_of(module), shelf, versions, console);
    }
    let width = modules.iter().map(|module| module.chars().count()).max().unwrap_or(0) + 2;
    let mut sheet = Sheet::new(console, &counted(modules.len(), "pack"), "");
    sheet.gap();
    for module in modules {
        let rules = rules_of(module);
        let n_in_force = rules.iter().filter(|rule| rule.is_in_force()).count();
        let docs = paragraphs(&shelf.module_docs(module)).into_iter().next().unwrap_or_default();
        sheet.row(module, &docs, 0, width);
        let n = format!("{}, {n_in_force} in force", counted(rules.len(), "rule"));
        sheet.row("", &n, width, 0);
    }
    sheet.finish()
}

fn full(
    module: &str,
    rules: &[&Rule<'_>],
    shelf: &Shelf<'_>,
    versions: &Versions,
    console: &Console,
) -> String {
    let title = versions.find(module).map(|version| format!("version {version}")).unwrap_or_default();
    let mut sheet = Sheet::new(console, module, &title);
    for paragraph in paragraphs(&shelf.module_docs(module)) {
        sheet.gap();
        sheet.prose(&paragraph, 0);
    }
    list(rules, &mut sheet);
    facts(module, shelf, &mut sheet);
    in_a_policy(module, rules, shelf, &mut sheet);
    sheet.finish()
}

/// How to put the pack in force. One whose rules are all off by default puts nothing in force itself.
fn in_a_policy(module: &str, rules: &[&Rule<'_>], shelf: &Shelf<'_>, sheet: &mut Sheet<'_>) {
    let Some(first) = rules.first().filter(|rule| !shelf.is_own(rule.placed)) else { return };
    sheet.heading("in a policy");
    match rules.iter().find(|rule| !rule.is_off_by_default()) {
        Some(rule) => {
            sheet.code(&format!("enforce {module}"), 2);
            sheet.code(&format!("enforce {module} as info except [{}]", rule.placed.item.path.name()), 2);
        }
        None => sheet.code(&format!("enforce {}  // each by its own name", first.name()), 2),
    }
}

/// Level, name and title of each rule.
fn list(rules: &[&Rule<'_>], sheet: &mut Sheet<'_>) {
    if rules.is_empty() {
        return;
    }
    let n_in_force = rules.iter().filter(|rule| rule.is_in_force()).count();
    sheet.heading(&format!("{}, {n_in_force} in force", counted(rules.len(), "rule")));
    let name = |rule: &Rule<'_>| rule.placed.item.path.name().chars().count();
    let width = rules.iter().map(|rule| name(rule)).max().unwrap_or(0) + 2;
    for rule in rules {
        let mark = match (rule.is_in_force(), rule.is_off_by_default()) {
            (false, true) => " (off by default)",
            (false, false) if n_in_force > 0 => " (off)",
            _ => "",
        };
        let level = rule.level().map_or("none", mktlint_diag::Level::as_str);
        let word = format!("{level:<9}{:width$}", rule.placed.item.path.name());
        sheet.row(&word, &format!("{}{mark}", rule.title()), 2, width + 9);
    }
}

fn facts(module: &str, shelf: &Shelf<'_>, sheet: &mut Sheet<'_>) {
    let items = shelf.program.items.iter();
    let of_module =
        items.filter(|placed| placed.item.kind == ItemKind::Fact && placed.item.path.module() == module);
    let facts: Vec<FactPage<'_>> = of_module.filter_map(|placed| FactPage::of(placed, shelf)).collect();
    if facts.is_empty() {
        return;
    }
    sheet.heading("facts");
    let width = facts.iter().map(|fact| fact.need.name().chars().count()).max().unwrap_or(0) + 2;
    for fact in &facts {
        let mark = if fact.need.is_optional { ", may be left out" } else { "" };
        let text = format!("{} ({}{mark})", fact.need.docs, fact.need.ty);
        sheet.row(fact.need.name(), &text, 2, width);
    }
}
