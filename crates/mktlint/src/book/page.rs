//! Everything there is to say about a rule.

use mktlint_diag::Level;
use mktlint_hir::model::expr::ExprId;
use mktlint_hir::model::item::{ItemKind, Meaning, RepairAction, Rule as RuleMeaning, Utm, Waivable};
use mktlint_hir::model::program::Placed;

use super::example::{Example, Expectation, examples};
use super::force::standing;
use super::needs::{Need, reach};
use super::prose::rest_of;
use super::shelf::Shelf;
use crate::catalog::{Citation, Rule};

const EVERYWHERE: &str = "every text that people read, of every asset";

/// How a finding is mended by the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may change what the reader is told.
    pub is_unsafe: bool,
    /// `removes what was found`
    pub what: String,
}

impl Fix {
    /// `safe`, `unsafe`.
    pub fn word(&self) -> &'static str {
        if self.is_unsafe { "unsafe" } else { "safe" }
    }

    /// The command that applies it.
    pub fn command(&self) -> &'static str {
        if self.is_unsafe { "mktlint check --unsafe-fixes" } else { "mktlint check --fix" }
    }
}

/// The page of a rule.
#[derive(Debug)]
pub struct Page<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// Whether it stands in a policy of the workspace itself.
    pub is_own: bool,
    /// What it finds, in one line.
    pub title: String,
    /// What its doc comment says beyond the title, paragraph by paragraph.
    pub docs: Vec<String>,
    /// Where it looks, in the words of the policy.
    pub looks_at: String,
    /// Whether it is in force, and why: `no: off by default`.
    pub standing: String,
    /// What it looks for, in the words of the policy.
    pub checks: String,
    /// What a finding says; `{…}` stands for what is put in. Only rules have a message of their own.
    pub message: Option<String>,
    /// What a finding tells the author to do.
    pub help: Option<String>,
    /// Where it comes from.
    pub citation: Option<Citation>,
    /// How it is mended, when the command can.
    pub fix: Option<Fix>,
    /// What has to be told.
    pub needs: Vec<Need>,
    /// The definitions behind the words of the policy.
    pub definitions: Vec<&'a Placed>,
    /// The cases of its tests.
    pub examples: Vec<Example>,
    /// Where it is declared: `std/us/can_spam.mkt:40`.
    pub at: String,
}

impl<'a> Page<'a> {
    /// The page of `rule`.
    pub fn of(rule: Rule<'a>, shelf: &Shelf<'a>) -> Self {
        let (item, terms) = (&rule.placed.item, rule.terms());
        let title = rule.title();
        let reach = reach(rule.placed, shelf);
        let help = terms.and_then(|terms| terms.help.as_ref());
        Self {
            is_own: shelf.is_own(rule.placed),
            docs: rest_of(&item.docs, &title),
            looks_at: looks_at(&rule, shelf),
            standing: standing(&rule, shelf),
            checks: checks(&rule, shelf),
            message: message(&rule, shelf),
            help: help.map(|help| shelf.message(rule.placed, help)),
            citation: rule.citation(),
            fix: fix(&rule, shelf),
            needs: reach.needs,
            definitions: reach.definitions,
            examples: examples(&rule, shelf),
            at: shelf.place_of(rule.placed),
            title,
            rule,
        }
    }

    /// Its full name.
    pub fn name(&self) -> &'a str {
        self.rule.name()
    }

    /// The last word of its name.
    pub fn word(&self) -> &'a str {
        self.rule.placed.item.path.name()
    }

    /// `error`; `none` for what was not understood.
    pub fn level(&self) -> &'static str {
        self.rule.level().map_or("none", Level::as_str)
    }

    /// How many examples there are with this expectation.
    pub fn count(&self, expectation: Expectation) -> usize {
        self.examples.iter().filter(|example| example.expectation == expectation).count()
    }

    /// Declarations that put it in force, and one that records an exception.
    pub fn in_a_policy(&self) -> Vec<String> {
        let by_name = (!self.is_own || self.rule.is_off_by_default()).then(|| self.name());
        let by_pack = (!self.is_own && !self.rule.is_off_by_default()).then(|| self.rule.module());
        let enforce = by_name.into_iter().chain(by_pack).map(|target| format!("enforce {target}"));
        enforce.chain(self.waive()).collect()
    }

    /// Nothing when nobody may make an exception.
    fn waive(&self) -> Option<String> {
        let is_open = !matches!(self.rule.who_waives(), Waivable::Never | Waivable::Absolute);
        let by = match self.rule.who_waives() {
            Waivable::By(roles) => roles.first().map(|role| format!("by {role}  ")).unwrap_or_default(),
            _ => String::new(),
        };
        is_open
            .then(|| format!("waive {} for \"FILES\" until DATE {{ {by}because \"REASON\" }}", self.name()))
    }
}

fn looks_at(rule: &Rule<'_>, shelf: &Shelf<'_>) -> String {
    match &rule.placed.item.meaning {
        Meaning::Rule(meaning) => scopes(rule, meaning, shelf),
        Meaning::Claim(_) | Meaning::Term(_) => EVERYWHERE.to_owned(),
        Meaning::Utm(utm) => links(utm),
        _ => "the people and the send dates of campaigns".to_owned(),
    }
}

/// `Email.subject where in_reply_to is missing`
fn scopes(rule: &Rule<'_>, meaning: &RuleMeaning, shelf: &Shelf<'_>) -> String {
    let scopes: Vec<&str> = meaning.scopes.iter().map(|scope| shelf.slice(rule.placed, scope.span)).collect();
    let scopes = if scopes.is_empty() { EVERYWHERE.to_owned() } else { scopes.join(", ") };
    match meaning.guard {
        Some(guard) => format!("{scopes} where {}", condition(rule, guard, shelf)),
        None => scopes,
    }
}

fn condition(rule: &Rule<'_>, id: ExprId, shelf: &Shelf<'_>) -> String {
    shelf.words(rule.placed, rule.placed.item.body.get(id).span)
}

/// `links to acme.example, on email`
fn links(utm: &Utm) -> String {
    let hosts: Vec<&str> = utm.hosts.iter().map(|(host, _)| host.as_str()).collect();
    let links =
        if hosts.is_empty() { "every web link".to_owned() } else { format!("links to {}", hosts.join(", ")) };
    if utm.channels.is_empty() { links } else { format!("{links}, on {}", utm.channels.join(", ")) }
}

/// The clause that judges; of what is no rule the whole declaration.
fn checks(rule: &Rule<'_>, shelf: &Shelf<'_>) -> String {
    match &rule.placed.item.meaning {
        Meaning::Rule(meaning) => dedented(shelf.slice(rule.placed, meaning.judgement_span).trim_end()),
        _ => shelf.code(rule.placed).to_owned(),
    }
}

/// `text` with the lines below the first moved left, two columns from the edge.
fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines = || text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let by = lines().map(indent).min().unwrap_or(0);
    let mut out = text.lines().next().unwrap_or_default().to_owned();
    for line in lines() {
        out.push_str("\n  ");
        out.push_str(line.get(by..).unwrap_or_default());
    }
    out
}

fn message(rule: &Rule<'_>, shelf: &Shelf<'_>) -> Option<String> {
    match &rule.placed.item.meaning {
        Meaning::Rule(meaning) => Some(shelf.message(rule.placed, &meaning.message)),
        _ => None,
    }
}

fn fix(rule: &Rule<'_>, shelf: &Shelf<'_>) -> Option<Fix> {
    match &rule.placed.item.meaning {
        Meaning::Rule(RuleMeaning { fix: Some(repair), .. }) => {
            let quoted = |text| format!("`{}`", shelf.message(rule.placed, text));
            let what = match &repair.action {
                RepairAction::RemoveMatch => "removes what was found".to_owned(),
                RepairAction::ReplaceMatch(text) => format!("replaces what was found with {}", quoted(text)),
                RepairAction::ReplaceIt(text) => format!("replaces the whole text with {}", quoted(text)),
            };
            Some(Fix { is_unsafe: repair.is_unsafe, what })
        }
        Meaning::Term(term) => {
            Some(Fix { is_unsafe: false, what: format!("replaces what was found with `{}`", term.preferred) })
        }
        _ => None,
    }
}

/// Whether a declaration is one of the words that pages explain: a function, a value, a set of countries.
pub fn is_definition(placed: &Placed) -> bool {
    use ItemKind::{Audience, Disclosure, Evidence, Fn, Let, Region};
    matches!(placed.item.kind, Fn | Let | Region | Audience | Disclosure | Evidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_below_the_first_stand_two_columns_in() {
        assert_eq!(dedented("match /a/\n    | /b/\n      | /c/"), "match /a/\n  | /b/\n    | /c/");
        assert_eq!(dedented("require x"), "require x");
    }
}
