//! A declaration: what it is, where it comes from, how it binds, and for people who they are.

use mktlint_decide::{Solver, show_formula};
use mktlint_diag::Level;
use mktlint_hir::db::Declaration;
use mktlint_hir::model::item::{Item, ItemKind, Meaning, Record, Waivable};
use mktlint_hir::model::types::Type;
use mktlint_hir::names::word_of_kind;
use mktlint_hir::people::query::{LIMITS, decision, definitions, meaning_of, schema_of};
use mktlint_plan::Waivable as Terms;

use crate::asset::{heads, prose};
use crate::policy::lens::witness;
use crate::view::View;

/// Lines of a declaration's text that are shown.
const MOST_LINES: usize = 12;

/// Lines of its docs that are shown.
const MOST_DOCS: usize = 16;

/// Conditions that say in other words who is in an audience. More are harder to read than the condition itself.
const MOST_CONDITIONS: usize = 4;

/// What there is to say of a declaration.
pub fn page(view: View<'_>, declaration: Declaration<'_>) -> String {
    let item = view.item(declaration);
    let mut sections = vec![format!("**{}** {}", word_of_kind(item.kind), prose::code(&item.path.0))];
    sections.extend(item.title.as_ref().map(|title| prose::inline(title)));
    sections.extend(docs(&item.docs));
    let facts = facts(view, declaration, item);
    if !facts.is_empty() {
        sections.push(facts.join("\n"));
    }
    if matches!(item.kind, ItemKind::Audience | ItemKind::Suppress) {
        sections.extend(in_words(view, item));
        sections.extend(witness(view, &item.path.0).map(|example| example.trim_end().to_owned()));
    }
    if item.kind != ItemKind::Region {
        sections.push(prose::block("mkt", &written(declaration.text(view.db), item), MOST_LINES));
    }
    sections.join("\n\n")
}

/// Docs without HTML, cut when they are long.
pub fn docs(docs: &str) -> Option<String> {
    let lines: Vec<String> = docs.trim().lines().map(|line| line.replace('<', "&lt;")).collect();
    let mut shown: Vec<String> = lines.iter().take(MOST_DOCS).cloned().collect();
    let fences = shown.iter().filter(|line| line.trim_start().starts_with("```")).count();
    if fences % 2 == 1 {
        shown.push("```".to_owned());
    }
    if lines.len() > MOST_DOCS {
        shown.push("…".to_owned());
    }
    (!lines.is_empty()).then(|| shown.join("\n"))
}

/// The text of a declaration: of a record its fields, of anything else what is written.
fn written(text: &str, item: &Item) -> String {
    match &item.meaning {
        Meaning::Record(record) => fields(item, record),
        _ => without_docs(text).to_owned(),
    }
}

fn fields(item: &Item, record: &Record) -> String {
    let name = if item.kind == ItemKind::Contact { "" } else { item.path.name() };
    let head = format!("{} {name}", word_of_kind(item.kind));
    let fields: Vec<String> =
        record.fields.iter().map(|field| format!("  {}: {}\n", field.name, field.ty)).collect();
    let rest = fields.len().saturating_sub(MOST_LINES - 3);
    let more = if rest > 0 { format!("  // {rest} more\n") } else { String::new() };
    format!("{} {{\n{}{more}}}", head.trim_end(), fields[..fields.len() - rest].concat())
}

/// A declaration without the doc comment above it.
fn without_docs(text: &str) -> &str {
    let mut rest = text.trim();
    while rest.starts_with("//") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest.trim_start());
    }
    rest
}

/// Short facts, one to a line.
fn facts(view: View<'_>, declaration: Declaration<'_>, item: &Item) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(type_of(item).map(|ty| format!("- type: {}", prose::code(&ty.to_string()))));
    if let Meaning::Region(countries) = &item.meaning {
        facts.push(format!("- {} countries: {}", countries.len(), countries.join(", ")));
    }
    if let Some(terms) = item.meaning.terms() {
        facts.extend(terms.because.as_ref().map(|because| format!("- source: {}", prose::inline(because))));
    }
    facts.extend(tier(view, item));
    facts.extend(binding(view, declaration, item));
    facts
}

/// What a tier is for and whom it asks, once a policy has compiled.
fn tier(view: View<'_>, item: &Item) -> Vec<String> {
    let plan = view.assets.plan().filter(|_| item.kind == ItemKind::Tier);
    let found =
        plan.and_then(|plan| Some((plan, plan.tiers.iter().find(|it| plan.str(it.name) == item.path.0)?)));
    let words = found.map(|(plan, tier)| mktlint_plan::tier_words(plan, tier)).unwrap_or_default();
    words.iter().map(|line| format!("- {}", prose::inline(line))).collect()
}

fn type_of(item: &Item) -> Option<&Type> {
    let ty = match &item.meaning {
        Meaning::Let(id) | Meaning::Given(_, id) => &item.body.get(*id).ty,
        Meaning::Fact(ty) => ty,
        _ => return None,
    };
    (*ty != Type::Error).then_some(ty)
}

/// Level, days, who may waive it, and what puts it in force; nothing of what finds nothing.
fn binding(view: View<'_>, declaration: Declaration<'_>, item: &Item) -> Vec<String> {
    let Some(terms) = item.meaning.terms() else { return Vec::new() };
    let plan = view.assets.plan();
    let head = plan.and_then(|plan| heads::find(plan, &item.path.0));
    let level = head.map_or_else(|| level_of(&item.meaning), |head| Some(head.level));
    let (from, until) = head.map_or((terms.from, terms.until), |head| (head.from, head.until));
    let mut facts = Vec::new();
    facts.extend(level.map(|level| format!("- level: {}", level.as_str())));
    facts.extend(match (from, until) {
        (Some(from), Some(until)) => Some(format!("- from {from} until {until}")),
        (Some(from), None) => Some(format!("- from {from}")),
        (None, Some(until)) => Some(format!("- until {until}")),
        (None, None) => None,
    });
    facts.extend(match head.zip(plan) {
        Some((head, plan)) => match head.waivable {
            Terms::Anyone => None,
            Terms::By(roles) => Some(by(&plan.strs(roles).collect::<Vec<_>>())),
            Terms::Never | Terms::Absolute => Some("- never waivable".to_owned()),
        },
        None => match &terms.waivable {
            Waivable::Anyone => None,
            Waivable::By(roles) => Some(by(&roles.iter().map(|role| role.as_str()).collect::<Vec<_>>())),
            Waivable::Never | Waivable::Absolute => Some("- never waivable".to_owned()),
        },
    });
    facts.extend(force(view, declaration, item));
    facts
}

fn by(roles: &[&str]) -> String {
    format!("- waivable by {} only", roles.join(" or "))
}

fn level_of(meaning: &Meaning) -> Option<Level> {
    match meaning {
        Meaning::Rule(rule) => Some(rule.level),
        Meaning::Claim(claim) => Some(claim.level),
        Meaning::Term(term) => Some(term.level),
        Meaning::Utm(utm) => Some(utm.level),
        Meaning::Suppress(suppress) => Some(suppress.level),
        Meaning::Cap(cap) => Some(cap.level),
        Meaning::QuietHours(hours) => Some(hours.level),
        _ => None,
    }
}

/// What puts a rule in force: its being there, or an `enforce` of the project.
fn force(view: View<'_>, declaration: Declaration<'_>, item: &Item) -> Option<String> {
    let plan = view.assets.plan()?;
    let in_force = heads::find(plan, &item.path.0).is_some();
    let is_off = item.meaning.terms().is_some_and(|terms| terms.off_by_default);
    if !in_force {
        return Some(if is_off { "- not in force: off by default" } else { "- not in force" }.to_owned());
    }
    if !declaration.file(view.db).is_pack(view.db) {
        return None;
    }
    let own = view.own_files().flat_map(|file| mktlint_hir::db::declarations(view.db, file));
    let mut targets =
        own.filter(|own| own.kind(view.db) == "enforce").filter_map(|own| match &view.item(*own).meaning {
            Meaning::Enforce(enforce) => Some(&enforce.target),
            _ => None,
        });
    let covers = |path: &str| {
        item.path.0.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    Some(match targets.find(|target| covers(&target.0)) {
        Some(target) => format!("- in force through {}", prose::code(&format!("enforce {target}"))),
        None => "- in force through another pack".to_owned(),
    })
}

/// Who is in an audience, as few conditions, where these say more than what is written.
fn in_words(view: View<'_>, item: &Item) -> Option<String> {
    let View { db, project, .. } = view;
    let people = decision(db, project, item.path.0.clone())?.people.clone().ok()?;
    let meaning = meaning_of(db, project, item.path.0.clone())?;
    let schema = schema_of(db, project);
    let definitions = definitions(db, project, &[&meaning])?;
    let own = show_formula(&meaning, &schema, &definitions);
    let mut solver = Solver::new(&schema, &definitions, LIMITS);
    let conditions = solver.describe(&people, MOST_CONDITIONS)?;
    let shown: Vec<String> =
        conditions.iter().map(|condition| show_formula(condition, &schema, &definitions)).collect();
    if shown.is_empty() || shown == [own] || shown == ["true"] {
        return None;
    }
    let people = if item.kind == ItemKind::Suppress {
        "it keeps out everybody with"
    } else {
        "that is everybody with"
    };
    let lines: Vec<String> = shown.iter().map(|condition| format!("- {}", prose::code(condition))).collect();
    let joint = if lines.len() > 1 { " one of" } else { "" };
    Some(format!("{people}{joint}\n{}", lines.join("\n")))
}
