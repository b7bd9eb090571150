//! The page of a fact.

use mktlint_hir::model::program::Placed;

use super::rule::need;
use super::sheet::Sheet;
use crate::book::{FactPage, Giver, Page, Shelf, given};
use crate::catalog::{Rule, of_program};
use crate::console::Console;

/// What a fact means, what says it, and which rules ask for it; `None` when `placed` is no fact.
pub fn page(placed: &Placed, shelf: &Shelf<'_>, console: &Console) -> Option<String> {
    let fact = FactPage::of(placed, shelf)?;
    let path = &placed.item.path;
    let title = format!("`fact`, declared at {}", shelf.place_of(placed));
    let mut sheet = Sheet::new(console, &path.0, &title);
    sheet.gap();
    need(&fact.need, &mut sheet);
    if let Some((given, _)) = given(placed, shelf) {
        sheet.heading("given");
        sheet.code(&format!("{}  // {}", shelf.code(given), shelf.place_of(given)), 2);
    }
    asked_by(path.0.as_str(), shelf, &mut sheet);
    Some(sheet.finish())
}

fn asked_by(path: &str, shelf: &Shelf<'_>, sheet: &mut Sheet<'_>) {
    let rules = of_program(shelf.program);
    let asks = |rule: &&Rule<'_>| {
        let needs = Page::of(**rule, shelf).needs;
        needs.iter().any(|need| need.giver == Giver::Fact && need.path == path)
    };
    let asking: Vec<&Rule<'_>> = rules.iter().filter(asks).collect();
    if asking.is_empty() {
        return;
    }
    sheet.heading("asked for by");
    let width = asking.iter().map(|rule| rule.name().chars().count()).max().unwrap_or(0) + 2;
    for rule in asking {
        sheet.row(rule.name(), &rule.title(), 2, width);
    }
}
