//! Whether a rule is in force, and why.

use std::collections::{BTreeSet, VecDeque};

use jiff::civil::Date;
use mktlint_hir::model::item::Enforce;
use mktlint_host::policy::DEFAULT_PATH;
use smol_str::SmolStr;

use super::shelf::Shelf;
use crate::catalog::Rule;

/// The `enforce` declarations of a project and of its packs.
#[derive(Debug, Default)]
pub struct Enforcements {
    all: Vec<Enforcement>,
}

#[derive(Debug)]
struct Enforcement {
    /// Where it stands.
    module: SmolStr,
    /// Whether that is a policy of the project itself.
    is_own: bool,
    enforce: Enforce,
    /// `policy/main.mkt:3`
    at: String,
}

impl Enforcements {
    /// Adds one that stands in `module`, `at` a line of a file.
    pub fn add(&mut self, module: &str, is_own: bool, enforce: &Enforce, at: String) {
        self.all.push(Enforcement { module: module.into(), is_own, enforce: enforce.clone(), at });
    }

    /// The project's own declaration that puts `rule` in force, by itself or through packs that enforce others.
    fn reason(&self, rule: &Rule<'_>) -> Option<&Enforcement> {
        let mut queue: VecDeque<(usize, usize)> =
            self.all.iter().enumerate().filter(|(_, it)| it.is_own).map(|(at, _)| (at, at)).collect();
        let mut seen = BTreeSet::new();
        while let Some((first, at)) = queue.pop_front() {
            let Some(it) = self.all.get(at).filter(|it| seen.insert(at) && !it.excepts(rule.name())) else {
                continue;
            };
            if it.covers(rule) {
                return self.all.get(first);
            }
            let inner = self.all.iter().enumerate().filter(|(_, inner)| it.leads_to(inner));
            queue.extend(inner.map(|(next, _)| (first, next)));
        }
        None
    }

    /// The project's own declaration that leaves `rule` out.
    fn exception(&self, rule: &Rule<'_>) -> Option<&Enforcement> {
        self.all.iter().find(|it| it.is_own && it.excepts(rule.name()))
    }
}

impl Enforcement {
    /// A rule that is off by default is in force by its own name alone.
    fn covers(&self, rule: &Rule<'_>) -> bool {
        let target = &self.enforce.target.0;
        target == rule.name() || !rule.is_off_by_default() && is_in(rule.name(), target)
    }

    fn excepts(&self, name: &str) -> bool {
        self.enforce.except.iter().any(|path| path.0 == name)
    }

    /// Whether `inner` stands in a pack that this one puts in force.
    fn leads_to(&self, inner: &Self) -> bool {
        let target = &self.enforce.target.0;
        !inner.is_own && (inner.module == *target || is_in(&inner.module, target))
    }

    /// `` `enforce std.recommended` at policy/main.mkt:3 ``
    fn words(&self) -> String {
        format!("`enforce {}` at {}", self.enforce.target, self.at)
    }
}

fn is_in(name: &str, module: &str) -> bool {
    name.strip_prefix(module).is_some_and(|rest| rest.starts_with('.'))
}

/// Why `rule` is in force or is not: `no: off by default`.
pub fn standing(rule: &Rule<'_>, shelf: &Shelf<'_>) -> String {
    if !rule.is_in_force() {
        return format!("no: {}", why_not(rule, shelf));
    }
    let why = if shelf.is_own(rule.placed) {
        "it stands in this workspace".to_owned()
    } else {
        match shelf.enforcements.reason(rule) {
            Some(it) if it.at.starts_with(DEFAULT_PATH) => {
                "recommended rules are in force where nobody has written a policy".to_owned()
            }
            Some(it) => it.words(),
            None => "something in force enforces it".to_owned(),
        }
    };
    format!("yes: {why}{}", days(rule.days(), shelf.today))
}

fn why_not(rule: &Rule<'_>, shelf: &Shelf<'_>) -> String {
    if rule.is_off_by_default() {
        let why = if rule.is_unverified() { ", since its source could not be verified" } else { "" };
        return format!("off by default{why}");
    }
    match shelf.enforcements.exception(rule) {
        Some(it) => format!("{} leaves it out", it.words()),
        None => "nothing enforces it".to_owned(),
    }
}

/// `, from 2026-09-27 on (not yet)`
fn days((from, until): (Option<Date>, Option<Date>), today: Date) -> String {
    let from = from.map(|day| format!(", from {day} on{}", if day > today { " (not yet)" } else { "" }));
    let until = until.map(|day| format!(", until {day}{}", if day < today { " (over)" } else { "" }));
    [from, until].into_iter().flatten().collect()
}
