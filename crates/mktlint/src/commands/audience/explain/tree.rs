//! A condition, part by part, as it is true or false of one contact.

use mktlint_decide::{Contact, Formula, Origin, Tag, eval, show_formula};
use smol_str::SmolStr;

use crate::people::{Crowd, attributes, is_phrase, shown};

/// Definitions are entered to this depth; what is below is judged as a whole.
const DEEPEST: usize = 12;

/// Letters from which on a condition is better said in its author's words.
const LONG: usize = 60;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many parts it stands in.
    pub depth: usize,
    /// The part in words.
    pub condition: String,
    /// Whether it is true; `None` when that is not known.
    pub holds: Option<bool>,
    /// The contact's values that it looks at, `stage: customer`, or why it is not understood. Empty for parts that have
    /// parts.
    pub values: String,
}

impl Line {
    /// `yes`, `no` or `?`.
    pub fn verdict(&self) -> &'static str {
        match self.holds {
            Some(true) => "yes",
            Some(false) => "no",
            None => "?",
        }
    }
}

/// The parts of the definition `name`, outer ones first.
pub fn lines(name: &str, contact: &Contact, crowd: &Crowd) -> Vec<Line> {
    let mut walk = Walk { contact, crowd, within: vec![name.into()], lines: Vec::new() };
    if let Some(formula) = crowd.definitions().get(name) {
        walk.part(formula, 0);
    }
    walk.lines
}

struct Walk<'a> {
    contact: &'a Contact,
    crowd: &'a Crowd,
    /// The definitions that the walk is in, outer ones first.
    within: Vec<SmolStr>,
    lines: Vec<Line>,
}

impl Walk<'_> {
    fn part(&mut self, formula: &Formula, depth: usize) {
        let (words, parts): (&str, &[Formula]) = match formula {
            _ if depth >= DEEPEST || is_phrase(formula) => return self.leaf(formula, depth),
            Formula::And(parts) => ("all of", parts),
            Formula::Or(parts) => ("any of", parts),
            Formula::Not(inner) => ("not", std::slice::from_ref(inner)),
            Formula::Named { name, .. } => return self.definition(name, depth),
            _ => return self.leaf(formula, depth),
        };
        self.line(formula, depth, words.to_owned(), String::new());
        parts.iter().for_each(|part| self.part(part, depth + 1));
    }

    fn definition(&mut self, name: &str, depth: usize) {
        let formula = Formula::Named { name: name.into(), tag: Tag::default() };
        self.line(&formula, depth, name.to_owned(), String::new());
        if let Some(inner) = self.crowd.definitions().get(name) {
            self.within.push(name.into());
            self.part(inner, depth + 1);
            self.within.pop();
        }
    }

    fn leaf(&mut self, formula: &Formula, depth: usize) {
        let words = self.words(formula);
        let value = |name: &str| shown(name, self.contact.get(name), self.crowd.schema());
        let values = match formula {
            Formula::Opaque { why, .. } => why.to_string(),
            _ => attributes(formula).into_iter().map(value).collect::<Vec<_>>().join(", "),
        };
        self.line(formula, depth, words, values);
    }

    /// The part as policies write it; as its author wrote it where that is much shorter, as the name of a region is.
    fn words(&self, formula: &Formula) -> String {
        let words = show_formula(formula, self.crowd.schema(), self.crowd.definitions());
        let Formula::Test { tag, .. } = formula else { return words };
        let origin = Origin { definition: self.within.last().cloned(), tag: *tag };
        match self.crowd.condition_words(&origin) {
            Some(own) if words.chars().count() > LONG && own.len() < words.len() => own,
            _ => words,
        }
    }

    fn line(&mut self, formula: &Formula, depth: usize, condition: String, values: String) {
        let holds = eval(formula, self.crowd.definitions(), self.contact, self.crowd.now);
        self.lines.push(Line { depth, condition, holds, values });
    }
}
