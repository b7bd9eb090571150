//! What an import gives: declarations, their tests, and what became of each rule.

mod case;
mod rule;
mod table;

use std::fmt::Write as _;
use std::ops::Range;

use mktlint_diag::Diagnostic;

pub(crate) use case::{Case, Fallback, Fixture};
pub(crate) use rule::{RuleText, is_hidden, quoted, string_text};

/// How faithfully a rule was carried. Ordered: better is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is not in the result.
    NotCarried,
    /// It is, and finds somewhat more, less or other than before.
    Approximated,
    /// It finds the same.
    Carried,
}

impl Outcome {
    /// All of them, best first.
    pub const ALL: [Self; 3] = [Self::Carried, Self::Approximated, Self::NotCarried];

    /// The words of reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::Approximated => "approximated",
            Self::NotCarried => "not carried",
        }
    }
}

/// What became of one rule of the other tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name there: `Microsoft.Contractions`.
    pub source: String,
    /// Its name in the policy, when it is there.
    pub name: Option<String>,
    /// How faithfully.
    pub outcome: Outcome,
    /// What differs, or why it is not there.
    pub remarks: Vec<String>,
}

/// One rule of the other tool on its way.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub source: String,
    pub name: String,
    /// Declarations in the policy language, without tests; empty when it was not carried.
    pub text: String,
    /// What is tested, and how; in the order of the tests in the text.
    pub tests: Vec<(String, Vec<Case>)>,
    /// What differs, or why it was not carried.
    pub remarks: Vec<String>,
    pub is_carried: bool,
    /// Remarks that do not make it any less faithful.
    pub notes: Vec<String>,
    /// What the tests say nothing about: the fix of these.
    unfixed: Vec<String>,
    /// What is not tested, since the test did not hold.
    untested: Vec<String>,
}

impl Entry {
    pub fn carried(source: &str, name: &str, text: String, tests: Vec<(String, Vec<Case>)>) -> Self {
        Self {
            source: source.to_owned(),
            name: name.to_owned(),
            text,
            tests,
            remarks: Vec::new(),
            is_carried: true,
            notes: Vec::new(),
            unfixed: Vec::new(),
            untested: Vec::new(),
        }
    }

    pub fn not_carried(source: &str, why: impl Into<String>) -> Self {
        let mut entry = Self::carried(source, "", String::new(), Vec::new());
        entry.refuse(why.into());
        entry
    }

    fn refuse(&mut self, why: String) {
        self.is_carried = false;
        self.text.clear();
        self.tests.clear();
        self.remarks = vec![why];
    }

    pub fn remark(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !self.remarks.contains(&words) {
            self.remarks.push(words);
        }
    }

    fn outcome(&self) -> Outcome {
        match (self.is_carried, self.remarks.is_empty() && self.untested.is_empty()) {
            (false, _) => Outcome::NotCarried,
            (true, false) => Outcome::Approximated,
            (true, true) => Outcome::Carried,
        }
    }

    fn row(&self) -> Row {
        Row {
            source: self.source.clone(),
            name: self.is_carried.then(|| self.name.clone()),
            outcome: self.outcome(),
            remarks: self.remarks().into_iter().chain(self.notes()).collect(),
        }
    }

    /// What differs, all of it.
    fn remarks(&self) -> Vec<String> {
        let untested =
            |all: &Vec<String>| format!("tests that did not hold were left out, of {}", listed(all));
        let last = (!self.untested.is_empty()).then(|| untested(&self.untested));
        self.remarks.iter().cloned().chain(last).collect()
    }

    /// What is worth a word, all of it.
    fn notes(&self) -> Vec<String> {
        let unfixed = |all: &Vec<String>| format!("the tests say nothing of the fix of {}", listed(all));
        let last = (!self.unfixed.is_empty()).then(|| unfixed(&self.unfixed));
        self.notes.iter().cloned().chain(last).collect()
    }

    /// Its declarations and tests, not formatted.
    fn declarations(&self) -> String {
        let mut out = String::new();
        for remark in self.remarks() {
            let _ = writeln!(out, "// {}: {}", self.outcome().as_str(), one_line(&remark));
        }
        for note in self.notes() {
            let _ = writeln!(out, "// note: {}", one_line(&note));
        }
        out.push_str(&self.text);
        for (target, cases) in &self.tests {
            let lines: Vec<String> = cases.iter().filter_map(Case::line).collect();
            if !lines.is_empty() {
                let _ = write!(out, "\ntest {target} {{\n{}\n}}\n", lines.join("\n"));
            }
        }
        out
    }
}

/// The first of many, and how many more there are: `` `a`, `b` and 3 more``.
pub(crate) fn listed(words: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = words.iter().take(SHOWN).map(String::as_str).collect();
    let more = words.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// `words` in one line, so that a remark cannot leave its comment.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|it| !is_hidden(*it)).collect()
}

/// The result of an import, before its tests have run.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What the file is, a line of it each.
    pub(crate) title: String,
    /// What entries are called: `rule`.
    pub(crate) noun: &'static str,
    /// Declarations that several rules share.
    pub(crate) shared: String,
    pub(crate) entries: Vec<Entry>,
    /// What was read and has no place in a policy.
    pub(crate) notes: Vec<String>,
    /// What is wrong with the files.
    pub(crate) problems: Vec<Diagnostic>,
}

/// A draft as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The policy, in canonical form.
    pub text: String,
    /// The bytes of each entry, empty for what was not carried.
    entries: Vec<Range<usize>>,
}

impl Written {
    /// The number of the entry that the byte at `offset` belongs to.
    pub fn entry_at(&self, offset: usize) -> Option<usize> {
        self.entries.iter().position(|range| range.contains(&offset))
    }
}

impl Draft {
    pub(crate) fn new(title: String, noun: &'static str) -> Self {
        Self {
            title,
            noun,
            shared: String::new(),
            entries: Vec::new(),
            notes: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|entry| !entry.is_carried)
    }

    /// What became of each rule, in order.
    pub fn rows(&self) -> Vec<Row> {
        self.entries.iter().map(Entry::row).collect()
    }

    /// What was read and has no place in a policy.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What is wrong with the files.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The table of the report: a line for each rule, then counts.
    pub fn table(&self) -> String {
        table::table(&self.rows(), self.noun, &self.notes)
    }

    /// The policy as it stands.
    ///
    /// The text of each entry is formatted by itself, so that it can be found again.
    pub fn write(&self) -> Written {
        let mut text = canonical(&self.head());
        let mut entries = Vec::new();
        let shared = canonical(&self.shared);
        if !shared.is_empty() {
            let _ = write!(text, "\n{shared}");
        }
        for entry in &self.entries {
            let own = if entry.is_carried { canonical(&entry.declarations()) } else { String::new() };
            if !own.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(&own);
            entries.push(start..text.len());
        }
        Written { text, entries }
    }

    /// What the file is and what became of each rule, as remarks.
    fn head(&self) -> String {
        let mut head = format!("//! {}\n", one_line(&self.title));
        if self.entries.is_empty() {
            return head;
        }
        head.push('\n');
        for line in self.table().lines() {
            let line: String = line.chars().filter(|it| !is_hidden(*it)).collect();
            head.push_str(format!("// {line}").trim_end());
            head.push('\n');
        }
        head
    }

    /// Takes the entry out, for this reason: it does not compile.
    pub fn refuse(&mut self, entry: usize, why: &str) {
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.refuse(one_line(why));
        }
    }

    /// The `case`th expectation of the tests of what is called `target` does not hold: another text is tried in its
    /// place, and when there is none the expectation is left out, which the report says.
    pub fn reject(&mut self, target: &str, case: usize) {
        let named = |entry: &&mut Entry| entry.tests.iter().any(|(own, _)| own == target);
        let Some(entry) = self.entries.iter_mut().find(named) else { return };
        let cases = entry.tests.iter_mut().find(|(own, _)| own == target).map(|(_, cases)| cases);
        let case = cases.and_then(|cases| cases.iter_mut().filter(|case| case.line().is_some()).nth(case));
        match case.map(Case::fall_back) {
            Some(Fallback::Unfixed(about)) if !entry.unfixed.contains(&about) => entry.unfixed.push(about),
            Some(Fallback::LeftOut(about)) if !entry.untested.contains(&about) => entry.untested.push(about),
            _ => {}
        }
    }
}

fn canonical(text: &str) -> String {
    mktlint_syntax::format(text).text
}

#[cfg(test)]
mod tests;
