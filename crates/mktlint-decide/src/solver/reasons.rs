//! Why somebody is in a set, or not.

use std::rc::Rc;

use jiff::civil::DateTime;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::Solver;
use crate::{Contact, Definitions, Formula, Origin, eval};

/// Deeper parts are one reason.
const DEPTH: usize = 300;

/// What a formula is for one person, and the conditions that make it so.
type Judged = (Option<bool>, Rc<Vec<Origin>>);

/// More reasons are not tried one by one.
const TRIED: usize = 64;

struct Reader<'f> {
    definitions: &'f Definitions,
    contact: &'f Contact,
    now: DateTime,
    known: FxHashMap<&'f SmolStr, Judged>,
    /// The conditions that are understood; all when `None`.
    kept: Option<FxHashSet<Origin>>,
}

impl<'a> Solver<'a> {
    /// The conditions of `formula` that make it true (or false) of the person, as few as there are; those that are not
    /// understood when it hangs on them.
    pub fn reasons(&mut self, formula: &Formula, contact: &Contact, now: DateTime) -> Vec<Origin> {
        let definitions = self.definitions;
        let judge = |kept| {
            let mut reader = Reader { definitions, contact, now, known: FxHashMap::default(), kept };
            reader.judge(formula, None, 0)
        };
        let (truth, reasons) = judge(None);
        let mut origins = (*reasons).clone();
        let mut seen = FxHashSet::default();
        origins.retain(|origin| seen.insert(origin.clone()));
        if truth.is_none() || origins.len() > TRIED {
            return origins;
        }
        // A reason of one part can be enough for another, too.
        for at in (0..origins.len()).rev() {
            let fewer = origins.iter().enumerate().filter(|(other, _)| *other != at);
            if judge(Some(fewer.map(|(_, origin)| origin.clone()).collect())).0 == truth {
                origins.remove(at);
            }
        }
        origins
    }
}

impl<'f> Reader<'f> {
    fn judge(&mut self, formula: &'f Formula, definition: Option<&'f SmolStr>, depth: usize) -> Judged {
        if depth > DEPTH {
            return self.condition(formula, definition);
        }
        match formula {
            Formula::Const(truth) => (Some(*truth), Rc::default()),
            Formula::Test { .. } | Formula::Difference { .. } | Formula::Opaque { .. } => {
                self.condition(formula, definition)
            }
            Formula::Not(inner) => {
                let (truth, reasons) = self.judge(inner, definition, depth + 1);
                (truth.map(|truth| !truth), reasons)
            }
            Formula::And(parts) => self.join(parts, false, definition, depth),
            Formula::Or(parts) => self.join(parts, true, definition, depth),
            Formula::Named { name, tag } => {
                let own = Origin { definition: definition.cloned(), tag: *tag };
                self.named(name, depth, Rc::new(vec![own]))
            }
        }
    }

    /// A formula as one reason.
    fn condition(&self, formula: &Formula, definition: Option<&SmolStr>) -> Judged {
        let origin = formula.first_tag().map(|tag| Origin { definition: definition.cloned(), tag });
        let is_kept = match (&self.kept, &origin) {
            (Some(kept), Some(origin)) => kept.contains(origin),
            _ => true,
        };
        let truth = if is_kept { eval(formula, self.definitions, self.contact, self.now) } else { None };
        (truth, Rc::new(origin.into_iter().collect()))
    }

    fn named(&mut self, name: &'f SmolStr, depth: usize, own: Rc<Vec<Origin>>) -> Judged {
        if let Some(judged) = self.known.get(name) {
            return judged.clone();
        }
        let Some((name, meaning)) = self.definitions.get_key_value(name) else { return (None, own) };
        // One that needs itself is not understood.
        self.known.insert(name, (None, own));
        let judged = self.judge(meaning, Some(name), depth + 1);
        self.known.insert(name, judged.clone());
        judged
    }

    /// `or` when one part that is `decisive` decides, which is true; `and` when it is false.
    fn join(
        &mut self,
        parts: &'f [Formula],
        decisive: bool,
        definition: Option<&'f SmolStr>,
        depth: usize,
    ) -> Judged {
        let judged: Vec<Judged> = parts.iter().map(|part| self.judge(part, definition, depth + 1)).collect();
        let deciding = judged.iter().filter(|part| part.0 == Some(decisive)).min_by_key(|part| part.1.len());
        if let Some(part) = deciding {
            return part.clone();
        }
        let is_open = judged.iter().any(|part| part.0.is_none());
        let wanted = if is_open { None } else { Some(!decisive) };
        let reasons = judged.iter().filter(|part| part.0 == wanted).flat_map(|part| part.1.iter().cloned());
        (wanted, Rc::new(reasons.collect()))
    }
}
