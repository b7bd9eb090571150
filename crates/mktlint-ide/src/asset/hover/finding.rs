//! Findings, and the rules behind them.

use mktlint_diag::{Code, Diagnostic, Place, Safety};
use mktlint_hir::db::Declaration;
use mktlint_hir::model::item::{Item, Waivable};
use mktlint_plan::{Plan, Waivable as Terms};

use super::Section;
use crate::View;
use crate::asset::at::At;
use crate::asset::{heads, prose, schema};

/// The most lines of a policy that are shown.
const MOST_LINES: usize = 12;

/// The most notes and helps that are shown.
const MOST_NOTES: usize = 4;

/// What is wrong, why, and how to repair it.
pub fn section(at: &At<'_>, found: &Diagnostic) -> Section {
    let view = at.view;
    let mut words = vec![format!("{}\n\n{}", standing(found), prose::inline(&found.message))];
    words.extend(about(view, &found.code));
    words.extend(clause(view, found));
    words.extend(found.why.as_ref().map(|why| format!("source: {}", prose::inline(why))));
    let notes = found.notes.iter().map(|note| format!("- {}", prose::inline(note)));
    let helps = found.help.iter().map(|help| format!("- help: {}", prose::inline(help)));
    let fix = found.fix.iter().map(|fix| format!("- fix: {}{}", prose::inline(&fix.title), risk(fix.safety)));
    let list: Vec<String> = notes.take(MOST_NOTES).chain(helps.take(MOST_NOTES)).chain(fix).collect();
    if !list.is_empty() {
        words.push(list.join("\n"));
    }
    words.extend(refusal(view, &found.code));
    (found.primary.place.span, words.join("\n\n"))
}

/// Level and rule of a finding, and whether it counts.
pub fn standing(found: &Diagnostic) -> String {
    let level = if found.undecided { "needs a person" } else { found.level.as_str() };
    let waived = found.waived.as_ref().map(|waived| {
        let until = waived.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
        format!(", waived{until}: {}", prose::inline(&waived.because))
    });
    format!("**{level}** {}{}", prose::code(&found.code), waived.unwrap_or_default())
}

const fn risk(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "",
        Safety::Unsafe => " (may change what the reader is told)",
    }
}

/// Title and documentation of a rule, or of a code of mktlint's own.
pub fn about(view: View<'_>, name: &str) -> Option<String> {
    if let Some(code) = code(name) {
        return page(code);
    }
    let item = view.find_rule(name).map(|declaration| view.item(declaration))?;
    description(item)
}

/// Title and first paragraph of the documentation of a declaration.
pub fn description(item: &Item) -> Option<String> {
    let title = item.title.as_ref().map(|title| prose::inline(title));
    let docs = prose::first_paragraph(&item.docs);
    let words: Vec<String> = title.into_iter().chain(docs).collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

fn code(name: &str) -> Option<&'static Code> {
    let all = mktlint_check::CODES.iter().chain(mktlint_asset::CODES);
    all.copied().find(|code| code.id == name)
}

/// What a code finds, and the first paragraph of its page.
fn page(code: &Code) -> Option<String> {
    let mut paragraphs = code.page.trim().split("\n\n");
    let title = paragraphs.next()?.split_once(": ").map(|(_, title)| title)?;
    let docs = paragraphs.next().filter(|words| !words.starts_with(['#', '`'])).unwrap_or_default();
    Some(format!("{title}\n\n{docs}").trim_end().to_owned())
}

/// The clause of the policy that a finding contradicts: of the rule itself where it says one, else of what it is about.
/// A declaration of which only the name is meant is shown as a whole.
fn clause(view: View<'_>, found: &Diagnostic) -> Option<String> {
    let rule = view.find_rule(&found.code);
    let of_rule = |place: &Place| rule.is_some_and(|rule| declaration_at(view, place) == Some(rule));
    let labels = || found.secondary.iter().map(|label| &label.place);
    let place =
        labels().find(|place| of_rule(place)).or_else(|| labels().find(|place| is_policy(view, place)));
    let declaration = place.and_then(|place| declaration_at(view, place)).or(rule);
    let is_name = |place: &Place| {
        declaration
            .is_some_and(|own| view.place(own, view.item(own).name_span).span.touches(place.span.start()))
    };
    let text = match (place, declaration) {
        (Some(place), _) if !is_name(place) => schema::clause(view, place)?,
        (_, Some(declaration)) => without_docs(declaration.text(view.db)).to_owned(),
        (Some(place), None) => schema::clause(view, place)?,
        (None, None) => return None,
    };
    Some(prose::block("mkt", &text, MOST_LINES))
}

fn is_policy(view: View<'_>, place: &Place) -> bool {
    view.policy(&place.file).is_some()
}

fn declaration_at<'a>(view: View<'a>, place: &Place) -> Option<Declaration<'a>> {
    let file = view.policy(&place.file)?;
    view.declaration_at(file, place.span.start()).map(|(declaration, _)| declaration)
}

/// A declaration without the doc comment above it.
pub fn without_docs(text: &str) -> &str {
    let mut rest = text.trim();
    while rest.starts_with("//") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest.trim_start());
    }
    rest
}

/// That a rule cannot be waived, or by whom alone.
fn refusal(view: View<'_>, name: &str) -> Option<String> {
    let item = view.find_rule(name).map(|declaration| view.item(declaration))?;
    let by_plan = view.assets.plan().and_then(|plan| terms(plan, name));
    by_plan.or_else(|| match &item.meaning.terms()?.waivable {
        Waivable::Anyone => None,
        Waivable::By(roles) => Some(format!("waivable by {} only", roles.join(" or "))),
        Waivable::Never | Waivable::Absolute => Some("never waivable".to_owned()),
    })
}

/// The same, after every `enforce`.
fn terms(plan: &Plan, name: &str) -> Option<String> {
    match heads::find(plan, name)?.waivable {
        Terms::Anyone => None,
        Terms::By(roles) => {
            let roles: Vec<&str> = plan.strs(roles).collect();
            Some(format!("waivable by {} only", roles.join(" or ")))
        }
        Terms::Never | Terms::Absolute => Some("never waivable".to_owned()),
    }
}
