//! The rules there are, as lists and pages show them.

use mktlint_diag::{Code, FilePath, Level, Place};
use mktlint_hir::model::item::{ItemKind, Meaning, Terms, Waivable};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_hir::names::word_of_kind;
pub use mktlint_host::config::{is_name_of, names};
use mktlint_plan::{Head, Message, Plan, Segment, Threshold};
use mktlint_report::RuleInfo;
use smol_str::SmolStr;

use crate::book::title_of;

/// Every code that mktlint itself reports, by number.
pub fn codes() -> Vec<&'static Code> {
    let lists = [
        mktlint_syntax::CODES,
        mktlint_hir::codes::CODES,
        mktlint_check::CODES,
        mktlint_gate::codes::CODES,
        mktlint_host::codes::CODES,
        mktlint_asset::CODES,
        mktlint_flow::CODES,
        mktlint_import::CODES,
    ];
    let mut codes: Vec<&Code> = lists.into_iter().flatten().copied().collect();
    codes.sort_by_key(|code| code.id);
    codes
}

/// What the first line of a code's page says: `a file could not be read`.
pub fn title(code: &Code) -> &'static str {
    let first = code.page.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    first.strip_prefix(code.id).map_or(first, |rest| rest.trim_start_matches(':').trim())
}

/// A code as tools want it.
pub fn info_of_code(code: &Code) -> RuleInfo {
    RuleInfo {
        id: code.id.into(),
        level: code.level,
        title: title(code).to_owned(),
        help: code.page.to_owned(),
        why: None,
        source: None,
        tags: vec!["mktlint".into()],
    }
}

/// Everything of `plan` that assets and campaigns are judged by, in order of name; `show` turns a policy's path into the one to show.
pub fn of_plan(plan: &Plan, show: impl Fn(&FilePath) -> FilePath) -> Vec<RuleInfo> {
    let mut rules: Vec<RuleInfo> = heads(plan).map(|(kind, head)| info(plan, kind, head, &show)).collect();
    rules.extend(plan.thresholds.iter().map(|threshold| info_of_threshold(plan, threshold, &show)));
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    rules
}

/// How many rules [`of_plan`] gives, without making them.
pub fn n_rules(plan: &Plan) -> usize {
    heads(plan).count()
}

fn heads(plan: &Plan) -> impl Iterator<Item = (ItemKind, &Head)> {
    let rules = plan.rules.iter().map(|rule| (ItemKind::Rule, &rule.head));
    let claims =
        plan.claims.iter().filter(|claim| claim.in_force).map(|claim| (ItemKind::Claim, &claim.head));
    let terms = plan.terms.iter().map(|term| (ItemKind::Term, &term.head));
    let utms = plan.utms.iter().map(|utm| (ItemKind::Utm, &utm.head));
    let people = &plan.people;
    let suppressions = people.suppressions.iter().map(|it| (ItemKind::Suppress, &it.head));
    let caps = people.caps.iter().map(|cap| (ItemKind::Cap, &cap.head));
    let hours = people.quiet_hours.iter().map(|hours| (ItemKind::QuietHours, &hours.head));
    rules.chain(claims).chain(terms).chain(utms).chain(suppressions).chain(caps).chain(hours)
}

fn info(plan: &Plan, kind: ItemKind, head: &Head, show: &impl Fn(&FilePath) -> FilePath) -> RuleInfo {
    let id: SmolStr = plan.str(head.name).into();
    let docs = plan.str(head.docs);
    let place = plan.place(head.place);
    let why = head.because.map(|because| plan.str(because).to_owned());
    RuleInfo {
        level: head.level,
        title: title_of(head.title.map(|title| plan.str(title)), docs, &id),
        help: page(docs, head.help.map(|help| words(plan, help)), why.as_deref()),
        why,
        source: Some(Place::new(show(&place.file), place.span)),
        tags: tags(kind, &id),
        id,
    }
}

fn info_of_threshold(plan: &Plan, threshold: &Threshold, show: &impl Fn(&FilePath) -> FilePath) -> RuleInfo {
    let text = |id: Option<_>| id.map(|id| plan.str(id).to_owned());
    let place = plan.place(threshold.place);
    let why = text(threshold.because);
    let id: SmolStr = plan.str(threshold.name).into();
    RuleInfo {
        level: plan.list(threshold.bounds).iter().map(|bound| bound.level).max().unwrap_or(Level::Info),
        title: format!("a measured {} is beyond a bound", plan.str(threshold.metric).replace('_', " ")),
        help: page("", text(threshold.action), why.as_deref()),
        why,
        source: Some(Place::new(show(&place.file), place.span)),
        tags: tags(ItemKind::Threshold, &id),
        id,
    }
}

fn page(docs: &str, help: Option<String>, why: Option<&str>) -> String {
    let help = help.map(|help| format!("Help: {help}"));
    let why = why.map(|why| format!("Source: {why}"));
    let parts = [Some(docs.trim().to_owned()).filter(|docs| !docs.is_empty()), help, why];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// A message, with `…` where a value goes.
fn words(plan: &Plan, message: Message) -> String {
    let segments = plan.list(message.0).iter();
    segments
        .map(|segment| match segment {
            Segment::Text(text) => plan.str(*text),
            Segment::Code(_) => "…",
        })
        .collect()
}

/// `claim`, and the words of the module after its first.
fn tags(kind: ItemKind, name: &str) -> Vec<SmolStr> {
    let module = name.rsplit_once('.').map_or("", |(module, _)| module);
    let words = module.split('.').skip(1).filter(|word| !word.is_empty());
    std::iter::once(word_of_kind(kind)).chain(words).map(SmolStr::new).collect()
}

/// A declaration of a policy that assets or campaigns can be judged by, whether it is in force or not.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'p> {
    /// The declaration.
    pub placed: &'p Placed,
}

/// The rules, claims, terms, link conventions, suppressions, caps and quiet hours of `program`, in order of name.
pub fn of_program(program: &Program) -> Vec<Rule<'_>> {
    let items = program.items.iter().filter(|placed| is_rule(placed));
    items.map(|placed| Rule { placed }).collect()
}

/// The declarations of `program` that are no rules and that `wanted` names: facts, audiences, kinds of asset, regions.
/// A `given` goes by the name of its fact, so it is none of them.
pub fn others<'p>(program: &'p Program, wanted: &str) -> impl Iterator<Item = &'p Placed> {
    let others = program.items.iter().filter(|it| !is_rule(it) && it.item.kind != ItemKind::Given);
    others.filter(move |placed| is_name_of(wanted, &placed.item.path.0))
}

fn is_rule(placed: &Placed) -> bool {
    use ItemKind::{Cap, Claim, QuietHours, Rule, Suppress, Term, Utm};
    matches!(placed.item.kind, Rule | Claim | Term | Utm | Suppress | Cap | QuietHours)
}

impl<'p> Rule<'p> {
    /// Its full name.
    pub fn name(&self) -> &'p str {
        &self.placed.item.path.0
    }

    /// The word that starts it.
    pub fn kind(&self) -> &'static str {
        word_of_kind(self.placed.item.kind)
    }

    /// What it finds, in one line.
    pub fn title(&self) -> String {
        let item = &self.placed.item;
        title_of(item.title.as_deref(), &item.docs, &item.path.0)
    }

    /// Its reason, dates and waivers.
    pub fn terms(&self) -> Option<&'p Terms> {
        self.placed.item.meaning.terms()
    }

    /// How bad a violation is, after every `enforce`; `None` for what was not understood.
    pub fn level(&self) -> Option<Level> {
        let own = match &self.placed.item.meaning {
            Meaning::Rule(rule) => rule.level,
            Meaning::Claim(claim) => claim.level,
            Meaning::Term(term) => term.level,
            Meaning::Utm(utm) => utm.level,
            Meaning::Suppress(suppress) => suppress.level,
            Meaning::Cap(cap) => cap.level,
            Meaning::QuietHours(hours) => hours.level,
            _ => return None,
        };
        Some(self.placed.force.as_ref().and_then(|force| force.level).unwrap_or(own))
    }

    /// Whether assets are judged by it.
    pub fn is_in_force(&self) -> bool {
        self.placed.force.is_some()
    }

    /// `from 2026-09-27`, `until 2027-01-31`, both, or nothing.
    pub fn dates(&self) -> String {
        let (from, until) = self.days();
        let from = from.map(|day| format!("from {day}"));
        let until = until.map(|day| format!("until {day}"));
        [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The first and the last day in force.
    pub fn days(&self) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
        match (&self.placed.force, self.terms()) {
            (Some(force), _) => (force.from, force.until),
            (None, Some(terms)) => (terms.from, terms.until),
            (None, None) => (None, None),
        }
    }

    /// Who may waive it, after every `enforce`.
    pub fn who_waives(&self) -> &'p Waivable {
        let own = self.terms().map(|terms| &terms.waivable);
        self.placed.force.as_ref().map(|force| &force.waivable).or(own).unwrap_or(&Waivable::Anyone)
    }

    /// Who may waive it, in words.
    pub fn waivable(&self) -> String {
        match self.who_waives() {
            Waivable::By(roles) => format!("by {}", roles.join(", ")),
            Waivable::Never => "by nobody".to_owned(),
            Waivable::Absolute => "by nobody, and it cannot be weakened".to_owned(),
            Waivable::Anyone => "by anyone who gives a reason".to_owned(),
        }
    }

    /// The module that declares it.
    pub fn module(&self) -> &'p str {
        self.placed.item.path.module()
    }

    /// Whether only its own name puts it in force.
    pub fn is_off_by_default(&self) -> bool {
        self.terms().is_some_and(|terms| terms.off_by_default)
    }

    /// Whether its source says that nobody could check it.
    pub fn is_unverified(&self) -> bool {
        self.terms().and_then(|terms| terms.because.as_deref()).is_some_and(|why| why.contains("unverified"))
    }

    /// Where it comes from.
    pub fn citation(&self) -> Option<Citation> {
        self.terms().and_then(|terms| terms.because.as_deref()).map(Citation::parse)
    }
}

/// Where a rule comes from: the words of its `because`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source, with its section.
    pub source: String,
    /// The month in which somebody looked: `2026-11`.
    pub as_of: Option<String>,
}

impl Citation {
    /// `RFC 8058, 3.1 (as of 2026-11)`
    fn parse(because: &str) -> Self {
        let dated = because.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once(" (as of "));
        match dated.filter(|(_, month)| month.chars().all(|c| c.is_ascii_digit() || c == '-')) {
            Some((source, month)) => Self { source: source.to_owned(), as_of: Some(month.to_owned()) },
            None => Self { source: because.to_owned(), as_of: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_have_pages() {
        let codes = codes();
        let ids: BTreeSet<&str> = codes.iter().map(|code| code.id).collect();
        let slugs: BTreeSet<&str> = codes.iter().map(|code| code.slug).collect();
        assert_eq!((ids.len(), slugs.len()), (codes.len(), codes.len()));
        for code in codes {
            assert!(code.page.starts_with(&format!("# {}: ", code.id)), "{} has no heading", code.id);
        }
    }

    #[test]
    fn a_citation_ends_with_the_month_in_which_somebody_looked() {
        let parts = |because| {
            let Citation { source, as_of } = Citation::parse(because);
            (source, as_of)
        };
        let dated = parts("15 U.S.C. 7704(a)(2) (as of 2026-11)");
        assert_eq!(dated, ("15 U.S.C. 7704(a)(2)".to_owned(), Some("2026-11".to_owned())));
        assert_eq!(parts("RFC 8058 (section 3)"), ("RFC 8058 (section 3)".to_owned(), None));
    }
}
