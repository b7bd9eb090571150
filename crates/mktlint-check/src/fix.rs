//! Fixes, applied and checked.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::{Asset, Spec, extract};
use mktlint_diag::{Diagnostic, FilePath, Fix, Safety, apply_edits, choose_fixes};
use smol_str::SmolStr;

use crate::{Inputs, Judge, Scratch, SourceFile};

/// How often a file is fixed and judged again; each round mends what the one before uncovered. A guess: nothing that we
/// know needs more than three.
const MOST_ROUNDS: usize = 10;

/// A file to fix.
#[derive(Clone, Copy, Debug)]
pub struct Fixable<'a> {
    /// Its path.
    pub file: &'a FilePath,
    /// Its decoded text.
    pub text: &'a str,
    /// How it is read.
    pub spec: &'a Spec,
    /// The campaign of its assets.
    pub campaign: Option<&'a Asset>,
    /// Which fixes may be applied.
    pub allow: Safety,
}

/// A file after its fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The text; equal to what it was when nothing could be applied.
    pub text: String,
    /// The findings that were mended, in the order of mending. Their places are those of the text they were found in.
    pub applied: Vec<Diagnostic>,
    /// Findings whose fix was not applied since it would not have mended them, or would have broken something else.
    pub withheld: Vec<Diagnostic>,
}

/// Applies the fixes of a file until nothing is left to fix, at most ten rounds.
///
/// After each round the file is read and judged again: the findings are gone, no rule finds more than before, and no
/// new problem of the format appeared; else the fixes that are to blame are withheld.
pub fn fix_file(judge: &Judge, fixable: &Fixable<'_>, inputs: &Inputs, scratch: &mut Scratch) -> Fixed {
    fix_file_where(judge, fixable, &|_| true, inputs, scratch)
}

/// As [`fix_file`], for the findings alone that `is_wanted`.
pub fn fix_file_where(
    judge: &Judge,
    fixable: &Fixable<'_>,
    is_wanted: &dyn Fn(&Diagnostic) -> bool,
    inputs: &Inputs,
    scratch: &mut Scratch,
) -> Fixed {
    let mut fixed = Fixed { text: fixable.text.to_owned(), ..Fixed::default() };
    let mut withheld: Vec<Diagnostic> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let mut bench = Bench { judge, fixable, inputs, scratch };
        let before = bench.judge_text(&fixed.text);
        let candidates: Vec<Diagnostic> = before
            .iter()
            .filter(|found| found.fix.is_some() && is_wanted(found) && !is_withheld(&withheld, found))
            .cloned()
            .collect();
        let chosen = chosen(&candidates, fixable);
        if chosen.is_empty() {
            break;
        }
        let Some((text, applied)) = bench.apply(&fixed.text, &before, &chosen, &mut withheld) else {
            continue;
        };
        fixed.applied.extend(applied.into_iter().cloned());
        fixed.text = text;
    }
    fixed.withheld = withheld;
    fixed
}

/// The findings whose fixes go together, each fix once.
fn chosen<'d>(candidates: &'d [Diagnostic], fixable: &Fixable<'_>) -> Vec<&'d Diagnostic> {
    let fixes = choose_fixes(candidates, fixable.file, fixable.allow);
    // By address: of two findings with equal fixes only the one whose fix was chosen counts.
    let chosen: BTreeSet<*const Fix> = fixes.into_iter().map(std::ptr::from_ref).collect();
    let is_chosen =
        |found: &&Diagnostic| found.fix.as_ref().is_some_and(|own| chosen.contains(&std::ptr::from_ref(own)));
    candidates.iter().filter(is_chosen).collect()
}

fn is_withheld(withheld: &[Diagnostic], found: &Diagnostic) -> bool {
    withheld.iter().any(|other| other.code == found.code && other.message == found.message)
}

/// Whatever it takes to judge a text again.
struct Bench<'b> {
    judge: &'b Judge,
    fixable: &'b Fixable<'b>,
    inputs: &'b Inputs,
    scratch: &'b mut Scratch,
}

impl Bench<'_> {
    fn judge_text(&mut self, text: &str) -> Vec<Diagnostic> {
        let extraction = extract(self.fixable.file, text, self.fixable.spec);
        let file = self.fixable.file;
        let source = SourceFile { file, text, extraction: &extraction, campaign: self.fixable.campaign };
        self.judge.file(&source, self.inputs, self.scratch).findings
    }

    /// The text after the fixes of `chosen`, without those that turn out bad, which are added to `withheld`; `None` when
    /// none is left. A batch that fails is halved until the bad ones stand alone.
    fn apply<'d>(
        &mut self,
        text: &str,
        before: &[Diagnostic],
        chosen: &[&'d Diagnostic],
        withheld: &mut Vec<Diagnostic>,
    ) -> Option<(String, Vec<&'d Diagnostic>)> {
        if let Some(better) = self.try_all(text, before, chosen) {
            return Some((better, chosen.to_vec()));
        }
        if let [bad] = chosen {
            withheld.push((*bad).clone());
            return None;
        }
        let (first, second) = chosen.split_at(chosen.len() / 2);
        let first = self.apply(text, before, first, withheld);
        // The other half waits for the next round when the first was good: places have moved.
        first.or_else(|| self.apply(text, before, second, withheld))
    }

    /// The text after all fixes of `chosen`, when they do what they should.
    fn try_all(&mut self, text: &str, before: &[Diagnostic], chosen: &[&Diagnostic]) -> Option<String> {
        let fixes: Vec<&Fix> = chosen.iter().filter_map(|found| found.fix.as_ref()).collect();
        let better = apply_edits(text, &fixes).filter(|better| better != text)?;
        let after = self.judge_text(&better);
        is_better(before, &after, chosen).then_some(better)
    }
}

/// Whether `after` has none of `mended` any more, and no rule finds more than in `before`.
fn is_better(before: &[Diagnostic], after: &[Diagnostic], mended: &[&Diagnostic]) -> bool {
    let (was, is) = (counts(before.iter().map(by_words)), counts(after.iter().map(by_words)));
    let gone = counts(mended.iter().map(|found| by_words(found)));
    let of = |counts: &BTreeMap<_, usize>, key| counts.get(key).copied().unwrap_or(0);
    let all_gone = gone.iter().all(|(key, n)| of(&is, key) + n <= of(&was, key));
    let (was, is) = (counts(before.iter().map(by_code)), counts(after.iter().map(by_code)));
    all_gone && is.iter().all(|(code, n)| *n <= was.get(code).copied().unwrap_or(0))
}

fn by_words(found: &Diagnostic) -> (SmolStr, String) {
    (found.code.clone(), found.message.clone())
}

fn by_code(found: &Diagnostic) -> SmolStr {
    found.code.clone()
}

fn counts<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}
