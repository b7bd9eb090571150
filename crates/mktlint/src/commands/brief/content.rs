//! What must be there, what must not be said, and how long things may be.

use mktlint_asset::Kind;
use mktlint_check::Prospect;
use mktlint_hir::model::expr::{Body, Comparison, ExprId, ExprKind};
use mktlint_hir::model::item::{Judgement, Meaning, Needle};
use mktlint_hir::model::types::Type;
use mktlint_plan::{Claim, Sought, Term};

use super::desk::{Coming, Desk};
use super::model::{Line, Section, State};
use super::who::short;

/// Wordings that a line shows before it says how many more there are.
const MOST_WORDINGS: usize = 8;

/// Kinds that a line names; what holds for more holds everywhere.
const MOST_KINDS: usize = 4;

/// Lines about what will be written, by question.
#[derive(Debug, Default)]
pub struct Content {
    must: Vec<Line>,
    must_not: Vec<Line>,
    limits: Vec<Line>,
}

/// The question that a rule answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Must,
    MustNot,
    Limit,
}

impl Content {
    /// The lines of all rules, claims and terms that can judge the campaign.
    pub fn of(desk: &Desk<'_>) -> Self {
        let mut content = Self::default();
        for coming in &desk.coming {
            let (question, line) = rule(coming);
            match question {
                Question::Must => content.must.push(line),
                Question::MustNot => content.must_not.push(line),
                Question::Limit => content.limits.push(line),
            }
        }
        let claims = desk.plan().claims.iter();
        let in_force = claims.filter(|claim| claim.in_force && claim.head.in_force_on(desk.day()));
        content.must_not.extend(in_force.filter_map(|it| claim(desk, it)));
        let terms = desk.plan().terms.iter().filter(|term| term.head.in_force_on(desk.day()));
        content.must_not.extend(terms.map(|it| term(desk, it)));
        content
    }

    /// What must be there.
    pub fn must_be(&self) -> Section {
        Section::new("must", "What must be there", self.must.clone())
    }

    /// What must not be said, or only so.
    pub fn must_not_be(&self) -> Section {
        Section::new("must_not", "What must not be said, or only so", self.must_not.clone())
    }

    /// Limits.
    pub fn limits(&self) -> Section {
        Section::new("limits", "How long, how many", self.limits.clone())
    }
}

fn rule(coming: &Coming<'_>) -> (Question, Line) {
    let page = &coming.page;
    let (question, wordings) = asked(coming);
    let state = match coming.prospect {
        Prospect::Held => State::Done,
        Prospect::Broken => State::Wrong,
        Prospect::Sure | Prospect::Perhaps => State::Todo,
    };
    let mut line = Line::new(state, format!("{}: {}", kinds(&coming.kinds), page.title));
    if state == State::Wrong {
        line.notes.extend(page.message.clone());
    }
    if state == State::Done {
        line = line.note("settled by the manifest or the policy, whatever is written");
    }
    if question == Question::Limit {
        line.text.push_str(&format!(": `{}`", page.checks.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    if !wordings.is_empty() {
        line = line.note(wordings);
    }
    line.notes.extend(page.help.clone());
    (question, line.by(coming.source()))
}

/// `Email, Sms`
fn kinds(kinds: &[Kind]) -> String {
    if kinds.len() > MOST_KINDS {
        return "everywhere".to_owned();
    }
    kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
}

/// What a rule asks, and the wordings that it looks for.
fn asked(coming: &Coming<'_>) -> (Question, String) {
    let item = &coming.page.rule.placed.item;
    let Meaning::Rule(rule) = &item.meaning else { return (Question::Must, String::new()) };
    match &rule.judgement {
        Judgement::Match(needles) => (Question::MustNot, phrases(needles)),
        Judgement::Require(id) | Judgement::Forbid(id) if is_limit(&item.body, *id) => {
            (Question::Limit, String::new())
        }
        Judgement::Require(_) => (Question::Must, String::new()),
        Judgement::Forbid(_) => (Question::MustNot, String::new()),
    }
}

/// Whether a condition compares a number with another.
fn is_limit(body: &Body, id: ExprId) -> bool {
    use Comparison::{AtLeast, AtMost, Greater, Less};
    match &body.get(id).kind {
        ExprKind::Not(inner) => is_limit(body, *inner),
        ExprKind::Compare(AtLeast | AtMost | Greater | Less, left, _) => {
            matches!(body.get(*left).ty.present(), Type::Int | Type::Decimal | Type::Percent)
        }
        ExprKind::InRange(value, ..) => matches!(body.get(*value).ty.present(), Type::Int | Type::Decimal),
        _ => false,
    }
}

/// `"act now", "hurry" and 2 patterns`
fn phrases(needles: &[Needle]) -> String {
    let phrases: Vec<String> = needles
        .iter()
        .filter(|needle| needle.flags.is_none())
        .map(|needle| format!("\"{}\"", needle.text))
        .collect();
    wordings(&phrases, needles.len() - phrases.len())
}

fn wordings(phrases: &[String], n_patterns: usize) -> String {
    let mut words = phrases.iter().take(MOST_WORDINGS).cloned().collect::<Vec<_>>().join(", ");
    let rest = phrases.len().saturating_sub(MOST_WORDINGS) + n_patterns;
    match (words.is_empty(), rest) {
        (true, _) => return String::new(),
        (false, 0) => {}
        (false, rest) => words.push_str(&format!(" and {rest} more")),
    }
    format!("looks for {words}")
}

/// `None` when the claim is free in this campaign.
fn claim(desk: &Desk<'_>, claim: &Claim) -> Option<Line> {
    let plan = desk.plan();
    let mut never = Vec::new();
    for limit in plan.list(claim.regions) {
        let named: Vec<&str> = plan.strs(limit.countries).collect();
        never.extend(meets(desk.countries().as_deref(), &named, limit.only, "in"));
    }
    for limit in plan.list(claim.channels) {
        let named: Vec<&str> = plan.strs(limit.channels).collect();
        never.extend(meets(desk.channels().as_deref(), &named, limit.only, "on"));
    }
    let needs = needs(desk, claim);
    if never.is_empty() && needs.is_empty() {
        return None;
    }
    let never = never.iter().map(|place| format!("never {place}"));
    let only = (!needs.is_empty()).then(|| format!("only with {}", needs.join(" and ")));
    let terms: Vec<String> = never.chain(only).collect();
    let name = short(plan.str(claim.head.name));
    let head = &claim.head;
    let line = Line::new(State::Todo, format!("`{name}`: {}", terms.join("; ")))
        .by(desk.source(head))
        .note(says(desk, plan.list(claim.says)));
    Some(match claim.tier {
        Some(tier) => line.note(format!("saying it makes the campaign at least `{}`", plan.str(tier))),
        None => line,
    })
}

/// Where a limit of a claim forbids it in this campaign: `in FR`; `None` where it does not.
fn meets(own: Option<&[&str]>, named: &[&str], only: bool, word: &str) -> Option<String> {
    let Some(own) = own else {
        let joint = if only { "outside of" } else { word };
        return Some(format!("{joint} {}", some(named)));
    };
    let hit: Vec<&str> = own.iter().copied().filter(|it| named.contains(it) != only).collect();
    (!hit.is_empty()).then(|| format!("{word} {}", some(&hit)))
}

/// The first few of `words`.
fn some(words: &[&str]) -> String {
    let shown = words.iter().take(MOST_WORDINGS).copied().collect::<Vec<_>>().join(", ");
    match words.len().saturating_sub(MOST_WORDINGS) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

/// The proof and the small print that a claim must have.
fn needs(desk: &Desk<'_>, claim: &Claim) -> Vec<String> {
    let plan = desk.plan();
    let evidence =
        plan.list(claim.evidence).iter().filter_map(|need| plan.evidences.get(need.evidence.index()));
    let mut needs: Vec<String> =
        evidence.map(|it| format!("the evidence `{}`", short(plan.str(it.name)))).collect();
    for need in plan.list(claim.disclosures) {
        let shown = plan.disclosures.get(need.disclosure.index()).map_or("", |it| plan.str(it.shown));
        let clause = desk.written(need.place);
        let within = clause.split_once(" within ").map(|(_, within)| format!(" within {within}"));
        needs.push(format!("\"{shown}\"{}", within.unwrap_or_default()));
    }
    needs
}

fn says(desk: &Desk<'_>, sought: &[Sought]) -> String {
    let plan = desk.plan();
    let patterns = || sought.iter().filter_map(|it| plan.patterns.get(it.pattern.index()));
    let phrases: Vec<String> = patterns()
        .filter(|pattern| pattern.flags.is_none())
        .map(|pattern| format!("\"{}\"", plan.str(pattern.text)))
        .collect();
    let n_patterns = patterns().count() - phrases.len();
    match wordings(&phrases, n_patterns) {
        words if words.is_empty() => "it is recognised by a pattern".to_owned(),
        words => words,
    }
}

fn term(desk: &Desk<'_>, term: &Term) -> Line {
    let plan = desk.plan();
    let text = format!("write \"{}\"", plan.str(term.preferred));
    Line::new(State::Todo, text).by(desk.source(&term.head)).note(says(desk, plan.list(term.avoid)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_a_claim_speaks_of_what_the_campaign_touches() {
        let own = ["FR", "US"];
        assert_eq!(meets(Some(&own), &["FR", "DE"], false, "in"), Some("in FR".into()));
        assert_eq!(meets(Some(&own), &["DE"], false, "in"), None);
        assert_eq!(meets(Some(&own), &["US"], true, "in"), Some("in FR".into()));
        assert_eq!(meets(None, &["US"], true, "in"), Some("outside of US".into()));
    }

    #[test]
    fn many_wordings_are_counted() {
        let phrases: Vec<String> = (0..10).map(|n| format!("\"{n}\"")).collect();
        assert_eq!(wordings(&phrases[..2], 0), "looks for \"0\", \"1\"");
        assert!(wordings(&phrases, 3).ends_with("\"7\" and 5 more"));
        assert_eq!(wordings(&[], 3), "");
    }
}
