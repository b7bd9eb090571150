//! `waive`: a recorded exception for one file.

use jiff::ToSpan;
use jiff::civil::Date;
use mktlint_diag::{Edit, FilePath};
use mktlint_hir::model::item::ItemKind;
use mktlint_text::Span;

use super::edit::{at_end, behind, quoted};
use super::site::{Own, Site, in_file};
use crate::asset::heads;
use crate::{ActionKind, CodeAction, View};

/// Files that the name of one rule offers waivers for.
const MOST_FILES: usize = 3;

/// How long an exception holds when nobody says.
const DAYS: i64 = 90;

/// A `waive` for the findings of the rule called `rule` in `file`, behind the waivers that the project has, else at the
/// end of the file of the rule, or of the project's first one. `None` when the rule is not in force, or may not be waived.
///
/// The reason is for the author to write; mktlint says that it is missing until then.
pub fn waive(view: View<'_>, rule: &str, file: &FilePath) -> Option<CodeAction> {
    let plan = view.assets.plan()?;
    heads::find(plan, rule).filter(|_| heads::is_waivable(plan, rule))?;
    let name = heads::short_name(plan, rule);
    let by = heads::roles(plan, rule).first().map(|role| format!("  by {role}\n")).unwrap_or_default();
    let until = last_day(view)?;
    let path = quoted(file);
    let declaration = format!("waive {name} for {path} until {until} {{\n{by}  because \"\"\n}}");
    let own = view.find_rule(rule).and_then(|declaration| Own::new(view, declaration));
    let (home, edit) = place(view, own, &declaration)?;
    Some(CodeAction {
        title: format!("waive `{name}` in `{file}` until {until}"),
        kind: ActionKind::QuickFix,
        edits: vec![in_file(&home, [edit])],
        repairs: None,
        is_preferred: false,
    })
}

/// The last day of a new waiver.
pub fn last_day(view: View<'_>) -> Option<Date> {
    view.project.today(view.db).checked_add(DAYS.days()).ok()
}

/// Where the declaration goes: the file, and the edit.
fn place(view: View<'_>, rule: Option<Own<'_>>, declaration: &str) -> Option<(FilePath, Edit)> {
    let last_waiver = view.own_files().find_map(|file| {
        let site = Site::new(view, file, Span::at(0));
        site.all().filter(|own| own.item.kind == ItemKind::Waive).last()
    });
    if let Some(own) = last_waiver {
        let file = own.declaration.file(view.db);
        return Some((file.path(view.db).clone(), behind(file.text(view.db), &own, declaration)));
    }
    let own = rule.map(|rule| rule.declaration.file(view.db)).filter(|file| !file.is_pack(view.db));
    let file = own.or_else(|| view.own_files().next())?;
    Some((file.path(view.db).clone(), at_end(file.text(view.db), declaration)))
}

/// Waivers for the files with findings, at the name of a rule.
pub fn at(site: &Site<'_>) -> Vec<CodeAction> {
    let Some(own) = site.own(site.range.start()).filter(|own| own.name().contains(site.range)) else {
        return Vec::new();
    };
    let rule = &own.item.path.0;
    let files = site
        .view
        .assets
        .files
        .iter()
        .filter(|(_, file)| file.findings.iter().any(|found| found.code == *rule && found.counts()));
    files.take(MOST_FILES).filter_map(|(path, _)| waive(site.view, rule, path)).collect()
}
