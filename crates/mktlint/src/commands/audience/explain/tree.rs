//! A condition, part by part, as it is true or false of one contact.

use mktlint_decide::{Contact, Formula, Tag, eval, show_formula};

use crate::people::{Crowd, attributes, shown};

/// Definitions are entered to this depth; what is below is judged as a whole.
const DEEPEST: usize = 12;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many parts it stands in.
    pub depth: usize,
    /// The part in words.
    pub condition: String,
    /// Whether it is true; `None` when that is not known.
    pub holds: Option<bool>,
    /// The contact's values that it looks at: `stage: customer`. Empty for parts that have parts.
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
    let mut walk = Walk { contact, crowd, lines: Vec::new() };
    if let Some(formula) = crowd.definitions().get(name) {
        walk.part(formula, 0);
    }
    walk.lines
}

struct Walk<'a> {
    contact: &'a Contact,
    crowd: &'a Crowd,
    lines: Vec<Line>,
}

impl Walk<'_> {
    fn part(&mut self, formula: &Formula, depth: usize) {
        let parts: (&str, &[Formula]) = match formula {
            Formula::And(parts) if parts.len() > 1 => ("all of", parts),
            Formula::Or(parts) if parts.len() > 1 => ("any of", parts),
            Formula::Not(inner) if !is_leaf(inner) => ("not", std::slice::from_ref(inner)),
            Formula::Named { name, .. } if depth < DEEPEST => return self.definition(name, depth),
            _ => return self.leaf(formula, depth),
        };
        let (words, parts) = parts;
        if depth >= DEEPEST {
            return self.leaf(formula, depth);
        }
        self.line(formula, depth, words.to_owned(), String::new());
        parts.iter().for_each(|part| self.part(part, depth + 1));
    }

    fn definition(&mut self, name: &str, depth: usize) {
        let formula = Formula::Named { name: name.into(), tag: Tag::default() };
        self.line(&formula, depth, name.to_owned(), String::new());
        if let Some(inner) = self.crowd.definitions().get(name) {
            self.part(inner, depth + 1);
        }
    }

    fn leaf(&mut self, formula: &Formula, depth: usize) {
        let words = show_formula(formula, self.crowd.schema(), self.crowd.definitions());
        let value = |name: &str| shown(name, self.contact.get(name), self.crowd.schema());
        let values = attributes(formula).into_iter().map(value).collect::<Vec<_>>().join(", ");
        self.line(formula, depth, words, values);
    }

    fn line(&mut self, formula: &Formula, depth: usize, condition: String, values: String) {
        let holds = eval(formula, self.crowd.definitions(), self.contact, self.crowd.now);
        self.lines.push(Line { depth, condition, holds, values });
    }
}

fn is_leaf(formula: &Formula) -> bool {
    !matches!(formula, Formula::And(_) | Formula::Or(_) | Formula::Not(_) | Formula::Named { .. })
}
