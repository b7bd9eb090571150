//! The page of a rule.

use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::program::Placed;
use mktlint_hir::names::word_of_kind;
use mktlint_plan::lower;

use super::sheet::Sheet;
use crate::book::{Example, Expectation, Giver, Need, Page, Shelf, Shown};
use crate::catalog::{Rule, of_program};
use crate::console::Console;
use crate::words::counted;

/// Examples of one kind that are shown unless more is asked for.
const FEW: usize = 3;

/// Other rules of the same module that are named.
const MANY: usize = 12;

/// Columns of the words in front of the facts.
const WIDTH: usize = 11;

/// Everything there is to say about `rule`.
pub fn page(rule: Rule<'_>, shelf: &Shelf<'_>, console: &Console) -> String {
    let page = Page::of(rule, shelf);
    let mut sheet = Sheet::new(console, page.name(), &page.title);
    for paragraph in &page.docs {
        sheet.gap();
        sheet.prose(paragraph, 0);
    }
    sheet.gap();
    for (word, value) in facts(&page) {
        sheet.row(word, &value, 0, WIDTH);
    }
    sheet.heading("checks");
    sheet.code(&page.checks, 2);
    definitions(&page, shelf, &mut sheet);
    says(&page, &mut sheet);
    needs(&page.needs, &mut sheet);
    Expectation::ALL.into_iter().for_each(|expectation| examples(&page, expectation, &mut sheet));
    force(&page, &mut sheet);
    related(&page, shelf, &mut sheet);
    sheet.finish()
}

fn facts(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("kind", page.rule.kind().to_owned()),
        ("level", page.level().to_owned()),
        ("looks at", page.looks_at.clone()),
        ("in force", page.standing.clone()),
    ];
    if let Some(citation) = &page.citation {
        facts.push(("source", citation.source.clone()));
        facts.extend(citation.as_of.clone().map(|month| ("as of", month)));
    }
    let fix = page.fix.as_ref();
    facts.extend(fix.map(|fix| ("fix", format!("{}: `{}` {}", fix.word(), fix.command(), fix.what))));
    facts.push(("waivable", page.rule.waivable()));
    facts.push(("declared", page.at.clone()));
    facts
}

/// What the words of the policy stand for, where that is short enough to read here.
fn definitions(page: &Page<'_>, shelf: &Shelf<'_>, sheet: &mut Sheet<'_>) {
    let is_short = |placed: &&&Placed| placed.item.kind != ItemKind::Region;
    let shown: Vec<&&Placed> = page.definitions.iter().filter(is_short).collect();
    if shown.is_empty() {
        return;
    }
    sheet.heading("where");
    for placed in shown {
        sheet.code(shelf.declaration(placed), 2);
    }
}

fn says(page: &Page<'_>, sheet: &mut Sheet<'_>) {
    if page.message.is_none() && page.help.is_none() {
        return;
    }
    sheet.heading("says");
    if let Some(message) = &page.message {
        sheet.prose(message, 2);
    }
    if let Some(help) = &page.help {
        sheet.row("help:", help, 2, 6);
    }
}

fn needs(needs: &[Need], sheet: &mut Sheet<'_>) {
    if needs.is_empty() {
        return;
    }
    sheet.heading("needs");
    needs.iter().for_each(|it| need(it, sheet));
}

/// What an input means and where to give it.
pub fn need(need: &Need, sheet: &mut Sheet<'_>) {
    let (name, sample) = (need.name(), &need.sample);
    sheet.prose(&format!("{name}: {} ({})", need.ty, need.consequence()), 2);
    if !need.docs.is_empty() {
        sheet.prose(&need.docs, 4);
    }
    if !need.members.is_empty() {
        sheet.prose(&format!("one of {}", need.members.join(", ")), 4);
    }
    for (word, code) in match need.giver {
        Giver::Fact => vec![
            (need.told_by(), format!("{name}: {sample}")),
            ("or in a policy", format!("given {name} = {sample}")),
        ],
        Giver::Campaign => vec![(need.told_by(), format!("{name}: {sample}"))],
        Giver::Contact => vec![(
            "in a policy",
            format!("contact {{ {name}: {}{} }}", need.ty, if need.is_optional { "?" } else { "" }),
        )],
        Giver::Merge => vec![("in a policy", sample.clone())],
    } {
        sheet.row(word, &code, 4, 19);
    }
}

fn examples(page: &Page<'_>, expectation: Expectation, sheet: &mut Sheet<'_>) {
    let group: Vec<&Example> = page.examples.iter().filter(|it| it.expectation == expectation).collect();
    if group.is_empty() {
        return;
    }
    sheet.heading(&expectation.heading().to_lowercase());
    let n_shown = if sheet.is_verbose() { group.len() } else { FEW };
    for example in group.iter().take(n_shown) {
        case(example, sheet);
    }
    if let Some(rest) = group.len().checked_sub(n_shown).filter(|rest| *rest > 0) {
        sheet.prose(&format!("and {rest} more; `-v` shows all"), 2);
    }
}

/// The kind of thing, and beside it its fields.
fn case(example: &Example, sheet: &mut Sheet<'_>) {
    let day = example.day.map(|day| ("on".into(), day.to_string()));
    let fixed = example.fixed.as_ref().map(|text| ("after the fix".into(), text.clone()));
    let fields = example.fields.iter().map(|(name, shown)| (name.clone(), shown_as(shown)));
    let rows: Vec<(smol_str::SmolStr, String)> = fields.chain(day).chain(fixed).collect();
    let (mut kind, width) = (example.kind.as_str(), example.kind.chars().count() + 2);
    if rows.is_empty() {
        sheet.prose(kind, 2);
    }
    for (name, value) in rows {
        sheet.row(kind, &format!("{name}: {value}"), 2, width);
        kind = "";
    }
}

fn shown_as(shown: &Shown) -> String {
    match shown {
        Shown::Words(text) if text.is_empty() => "(empty)".to_owned(),
        Shown::Words(text) | Shown::Markup(text) | Shown::Value(text) => text.clone(),
        Shown::Several(texts) => texts.join(" | "),
        Shown::Missing => "(left out)".to_owned(),
    }
}

fn force(page: &Page<'_>, sheet: &mut Sheet<'_>) {
    let lines = page.in_a_policy();
    if !lines.is_empty() {
        sheet.heading("in a policy");
        lines.iter().for_each(|line| sheet.code(line, 2));
    }
}

fn related(page: &Page<'_>, shelf: &Shelf<'_>, sheet: &mut Sheet<'_>) {
    let rules = of_program(shelf.program);
    let module = page.rule.module();
    let others: Vec<&str> = rules
        .iter()
        .filter(|other| other.module() == module && other.name() != page.name())
        .map(|other| other.placed.item.path.name())
        .collect();
    if others.is_empty() {
        return;
    }
    sheet.heading(&format!("other rules of {module}"));
    let mut words = others.iter().take(MANY).copied().collect::<Vec<_>>().join(", ");
    if others.len() > MANY {
        let rest = counted(others.len() - MANY, "more rule");
        words.push_str(&format!(", and {rest}; `mktlint explain {module}` lists them"));
    }
    sheet.prose(&words, 2);
}

/// What a declaration that judges nothing by itself says: an audience, a kind of asset.
pub fn declaration(placed: &Placed, shelf: &Shelf<'_>, console: &Console) -> String {
    let kind = word_of_kind(placed.item.kind);
    let title = format!("`{kind}`, declared at {}", shelf.at(&placed.place(mktlint_text::Span::at(0))));
    let mut sheet = Sheet::new(console, &placed.item.path.0, &title);
    let tier = tier_words(placed, shelf);
    if !tier.is_empty() {
        sheet.gap();
    }
    tier.iter().for_each(|line| sheet.prose(line, 0));
    sheet.gap();
    sheet.code(shelf.declaration(placed), 4);
    sheet.finish()
}

/// What a tier is for and whom it asks; nothing of any other declaration.
fn tier_words(placed: &Placed, shelf: &Shelf<'_>) -> Vec<String> {
    if placed.item.kind != ItemKind::Tier {
        return Vec::new();
    }
    let plan = lower(shelf.program);
    let tier = plan.tiers.iter().find(|tier| plan.str(tier.name) == placed.item.path.0);
    tier.map(|tier| mktlint_plan::tier_words(&plan, tier)).unwrap_or_default()
}
