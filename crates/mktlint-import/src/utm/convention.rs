//! One `utm` declaration.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mktlint_diag::{Diagnostic, FilePath};

use super::values::{Seen, Values};
use super::{ALL_CHANNELS, PARAMETERS};
use crate::draft::{Case, Entry, Fixture, quoted};
use crate::name::is_bare;

/// Parameters without which analytics files nothing.
const NEEDED: [&str; 3] = ["source", "medium", "campaign"];
/// The most hosts of a convention.
const MOST_HOSTS: usize = 50;

/// What a sheet allows for one channel, or for all.
#[derive(Clone, Debug, Default)]
pub(super) struct Convention {
    values: BTreeMap<&'static str, Values>,
    hosts: Vec<String>,
    /// The order of parameters that all links share; `None` when they do not.
    order: Option<Vec<&'static str>>,
    n_orders: usize,
    /// In how many links each parameter is, whatever its value.
    present: BTreeMap<&'static str, usize>,
    /// How many links it was read from.
    n_links: Option<usize>,
}

impl Convention {
    pub fn see(&mut self, parameter: &'static str, seen: Seen<'_>) {
        self.values.entry(parameter).or_default().add(seen);
    }

    /// Takes in where a link leads and the order of its parameters.
    pub fn link(&mut self, host: Option<&str>, order: &[&'static str]) {
        if let Some(host) = host.filter(|host| !self.hosts.iter().any(|own| own == host)) {
            self.hosts.push(host.to_owned());
        }
        self.n_orders += 1;
        for parameter in order {
            *self.present.entry(parameter).or_default() += 1;
        }
        self.order = match self.order.take() {
            None if self.n_orders == 1 => Some(order.to_vec()),
            Some(own) => joined(own, order),
            None => None,
        };
    }

    /// Settles which spelling of each value counts. `n_links` is how many links there were, if any.
    pub fn settle(&mut self, file: &FilePath, n_links: Option<usize>, problems: &mut Vec<Diagnostic>) {
        self.n_links = n_links;
        for (parameter, values) in &mut self.values {
            values.settle(file, parameter, problems);
        }
    }

    /// The declaration with its tests.
    pub fn entry(&self, file: &FilePath, name: &str) -> Entry {
        let source = match name {
            ALL_CHANNELS => file.as_str().to_owned(),
            channel => format!("{file}: {channel}"),
        };
        let mut entry =
            Entry::carried(&source, name, self.text(name), vec![(name.to_owned(), self.cases(name))]);
        for (parameter, values) in &self.values {
            if values.is_any && values.len() > 0 {
                entry.remark(format!(
                    "{parameter} takes any value, and not only the {} of the sheet",
                    values.len()
                ));
            } else if values.is_any {
                entry.notes.push(format!("{parameter} takes any value"));
            }
        }
        if !self.is_complete() {
            entry.notes.push("parameters that the sheet does not name are allowed".to_owned());
        }
        if self.hosts.len() > MOST_HOSTS {
            entry.remark(format!(
                "it holds for links to all hosts, and not only for the {} of the sheet",
                self.hosts.len()
            ));
        }
        entry
    }

    fn is_complete(&self) -> bool {
        NEEDED.iter().all(|parameter| self.values.contains_key(parameter))
    }

    fn is_required(&self, parameter: &str) -> bool {
        match self.n_links {
            Some(n_links) => self.present.get(parameter).is_some_and(|n| *n >= n_links),
            None => NEEDED.contains(&parameter),
        }
    }

    fn text(&self, name: &str) -> String {
        let mut out = format!("utm {name} {{\n");
        if !self.hosts.is_empty() && self.hosts.len() <= MOST_HOSTS {
            let hosts: Vec<String> = self.hosts.iter().map(|host| quoted(host)).collect();
            let _ = writeln!(out, "hosts [{}]", hosts.join(", "));
        }
        for parameter in PARAMETERS {
            let Some(values) = self.values.get(parameter) else { continue };
            let allowed = values.allowed();
            let clause = match (self.is_required(parameter), allowed.as_slice()) {
                (true, []) => "required".to_owned(),
                (false, []) => "optional".to_owned(),
                (true, [one]) => format!("= {}", word(one)),
                (true, many) => {
                    format!("in [{}]", many.iter().map(|value| word(value)).collect::<Vec<_>>().join(", "))
                }
                (false, many) => format!("optional matches {}", pattern(many)),
            };
            let _ = writeln!(out, "{parameter} {clause}");
        }
        if !self.is_complete() {
            out.push_str("others allowed\n");
        }
        if let Some(order) = self.order.as_ref().filter(|order| order.len() > 1) {
            let _ = writeln!(out, "order {}", order.join(", "));
        }
        out.push_str("}\n");
        out
    }

    fn cases(&self, name: &str) -> Vec<Case> {
        let right = self.url(None);
        let wrong =
            PARAMETERS.into_iter().find(|it| self.values.get(it).is_some_and(|it| !it.allowed().is_empty()));
        let fixtures = Fixture::of_links(name);
        let silent = fixtures
            .iter()
            .fold(Case::new("a link with the first values"), |case, it| case.silent(*it, &right));
        let mut cases = vec![silent];
        if let Some(wrong) = wrong {
            let url = self.url(Some(wrong));
            let case = Case::new("a link with a value of no sheet");
            cases.insert(0, fixtures.iter().fold(case, |case, it| case.fires(*it, &url)));
        }
        cases
    }

    /// A link with the first value of each parameter, and another one for `wrong`.
    fn url(&self, wrong: Option<&str>) -> String {
        let host = self
            .hosts
            .first()
            .filter(|_| self.hosts.len() <= MOST_HOSTS)
            .map_or("acme.example", String::as_str);
        let in_order = self.order.iter().flatten().copied();
        let others =
            PARAMETERS.into_iter().filter(|it| self.order.as_ref().is_none_or(|order| !order.contains(it)));
        let pairs: Vec<String> = in_order
            .chain(others)
            .filter_map(|parameter| {
                let allowed = self.values.get(parameter)?.allowed();
                let value = if wrong == Some(parameter) {
                    "value-of-no-sheet"
                } else {
                    allowed.first().copied().unwrap_or("x")
                };
                Some(format!("utm_{parameter}={value}"))
            })
            .collect();
        format!("https://{host}/?{}", pairs.join("&"))
    }
}

/// One order that both follow; `None` when they contradict.
fn joined(own: Vec<&'static str>, other: &[&'static str]) -> Option<Vec<&'static str>> {
    let shared: Vec<&str> = other.iter().copied().filter(|it| own.contains(it)).collect();
    let own_shared: Vec<&str> = own.iter().copied().filter(|it| other.contains(it)).collect();
    if shared != own_shared {
        return None;
    }
    let mut all = own;
    for (at, parameter) in other.iter().enumerate().filter(|(_, it)| !shared.contains(it)) {
        // Behind the one that stands before it.
        let before = other.get(..at).and_then(|before| before.last());
        let place = before.and_then(|before| all.iter().position(|it| it == before)).map_or(0, |at| at + 1);
        all.insert(place, parameter);
    }
    Some(all)
}

/// A value as conventions write it.
fn word(value: &str) -> String {
    if is_bare(value) { value.to_owned() } else { quoted(value) }
}

/// A pattern that finds all of one of `values`.
fn pattern(values: &[&str]) -> String {
    let escaped: Vec<String> =
        values.iter().map(|value| regex_syntax::escape(value).replace('/', "\\/")).collect();
    format!("/(?:{})/", escaped.join("|"))
}
