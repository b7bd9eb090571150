//! Findings that were there before, so that only new ones count.
//!
//! A finding is known again by its rule and its words ([`mktlint_diag::words_at`]) in its file, however often it is there:
//! lines may move and be laid out anew around it. Where the file of a baseline is gone, a file without findings of its own in
//! the baseline takes its place when it has all of the findings of the other: then it is that file under another name.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use mktlint_diag::{Diagnostic, FilePath, Level, fingerprint, words_at};
use mktlint_plan::{Plan, Waivable};
use smol_str::SmolStr;

use crate::codes;
use crate::waive::{head_of, is_code};

/// A rule, and what stands for the words that it found.
pub type Mark = (SmolStr, SmolStr);

/// Hexadecimal digits that stand for words.
const N_DIGITS: usize = 16;

/// How often each rule found which words, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<FilePath, BTreeMap<Mark, u32>>,
}

/// A baseline, while the findings of a run are held against it.
pub struct Known<'b> {
    baseline: &'b Baseline,
    exists: &'b (dyn Fn(&FilePath) -> bool + Sync),
    gone: OnceLock<Vec<&'b FilePath>>,
}

impl Baseline {
    /// The findings of one file of a baseline, added to those that it has: the greater of two counts holds, as after a
    /// merge of two branches.
    pub fn add(&mut self, file: FilePath, mark: Mark, count: u32) {
        let known = self.files.entry(file).or_default().entry(mark).or_insert(0);
        *known = (*known).max(count);
    }

    /// The findings of `findings`, all of `file` with the text `text`, that a baseline may hold.
    pub fn record(&mut self, plan: &Plan, file: &FilePath, text: &str, findings: &[Diagnostic]) {
        for found in findings.iter().filter(|found| may_hold(plan, found)) {
            *self.files.entry(file.clone()).or_default().entry(mark(found, text)).or_insert(0) += 1;
        }
    }

    /// Every file, rule and words, with how often; in order.
    pub fn iter(&self) -> impl Iterator<Item = (&FilePath, &Mark, u32)> {
        self.files
            .iter()
            .flat_map(|(file, marks)| marks.iter().map(move |(mark, count)| (file, mark, *count)))
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.iter().map(|(.., count)| count as usize).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// This one, held against a run in which `exists` says which files there still are.
    pub fn known<'b>(&'b self, exists: &'b (dyn Fn(&FilePath) -> bool + Sync)) -> Known<'b> {
        Known { baseline: self, exists, gone: OnceLock::new() }
    }

    /// Those of its findings that `now`, what is there today, still has, under the names that their files have today.
    #[must_use]
    pub fn kept(&self, now: &Self, exists: &(dyn Fn(&FilePath) -> bool + Sync)) -> Self {
        let known = self.known(exists);
        let mut kept = Self::default();
        for (file, marks) in &now.files {
            let Some((_, old)) = known.of(file, marks) else { continue };
            for (mark, count) in marks {
                if let Some(before) = old.get(mark) {
                    kept.add(file.clone(), mark.clone(), *count.min(before));
                }
            }
        }
        kept
    }
}

impl<'b> Known<'b> {
    /// Marks those of `findings`, all of `file` with the text `text`, that the baseline holds; of more than it holds, the
    /// first ones. Returns how many it marked.
    pub fn apply(&self, plan: &Plan, file: &FilePath, text: &str, findings: &mut [Diagnostic]) -> usize {
        let mut now = Baseline::default();
        now.record(plan, file, text, findings);
        let Some((_, old)) = now.files.get(file).and_then(|marks| self.of(file, marks)) else { return 0 };
        let (mut left, mut n_held) = (old.clone(), 0);
        for found in findings.iter_mut().filter(|found| may_hold(plan, found)) {
            if let Some(count) = left.get_mut(&mark(found, text)).filter(|count| **count > 0) {
                *count -= 1;
                found.baselined = true;
                n_held += 1;
            }
        }
        n_held
    }

    /// What the baseline holds of `file`, under the name that it has there, when `marks` are its findings today.
    fn of(
        &self,
        file: &FilePath,
        marks: &BTreeMap<Mark, u32>,
    ) -> Option<(&'b FilePath, &'b BTreeMap<Mark, u32>)> {
        let files = &self.baseline.files;
        if let Some(own) = files.get_key_value(file) {
            return Some(own);
        }
        let gone = self.gone.get_or_init(|| files.keys().filter(|file| !(self.exists)(file)).collect());
        let has_all = |old: &BTreeMap<Mark, u32>| {
            old.iter().all(|(mark, count)| marks.get(mark).is_some_and(|now| now >= count))
        };
        let fits = gone.iter().filter_map(|gone| files.get_key_value(*gone)).filter(|(_, old)| has_all(old));
        // Of several the one that explains most; of those the first.
        fits.min_by_key(|(_, old)| Reverse(old.values().map(|count| u64::from(*count)).sum::<u64>()))
    }
}

/// Whether a baseline may hold `found`.
///
/// What counts and is about an asset: findings of rules that somebody may waive, undecided ones too, and what mktlint
/// itself says of assets and campaigns. Never what is wrong with a policy, with an exception, or with a file that could not
/// be read.
pub fn may_hold(plan: &Plan, found: &Diagnostic) -> bool {
    let code = found.code.as_str();
    if found.waived.is_some() {
        return false;
    }
    if let Some(head) = head_of(plan, code) {
        return !matches!(head.waivable, Waivable::Never | Waivable::Absolute);
    }
    let is_own = codes::CODES.iter().any(|known| known.id == code) && is_code(code);
    let is_of_format = mktlint_asset::CODES.iter().any(|known| known.id == code);
    is_own || is_of_format && found.level < Level::Error && !found.undecided
}

fn mark(found: &Diagnostic, text: &str) -> Mark {
    // What is missing is missing whatever the asset says.
    let words = if found.undecided { String::new() } else { words_at(text, found.primary.place.span) };
    let mut print = fingerprint(&found.code, "", &words, 0);
    print.truncate(N_DIGITS);
    (found.code.clone(), print.into())
}

#[cfg(test)]
mod tests {
    use mktlint_diag::Place;
    use mktlint_text::Span;

    use super::*;

    const TEXT: &str = "# Offer\n\nfree gift\n\nfree gift, and  FREE\ngift\n";

    /// A finding of a code at each of `words`, in order.
    fn findings(file: &str, text: &str, words: &[&str]) -> Vec<Diagnostic> {
        let mut from = 0;
        let finding = |words: &&str| {
            let at = from + text[from..].find(words).expect("the words are there");
            from = at + words.len();
            let place = Place::new(file.into(), Span::of(at..from));
            Diagnostic::finding("MKT0520", Level::Warning, place, "m")
        };
        words.iter().map(finding).collect()
    }

    fn recorded(file: &str, text: &str, words: &[&str]) -> Baseline {
        let mut baseline = Baseline::default();
        baseline.record(&Plan::default(), &file.into(), text, &findings(file, text, words));
        baseline
    }

    /// Which of the findings at `words` the baseline holds.
    fn held(baseline: &Baseline, there: &[&str], file: &str, text: &str, words: &[&str]) -> Vec<bool> {
        let mut found = findings(file, text, words);
        let exists = |file: &FilePath| there.contains(&file.as_str());
        baseline.known(&exists).apply(&Plan::default(), &file.into(), text, &mut found);
        found.iter().map(|found| found.baselined).collect()
    }

    #[test]
    fn moved_lines_and_another_layout_are_known_again() {
        let baseline = recorded("a.md", TEXT, &["free gift"]);
        let moved = "New start.\n\nMore.\n\nFree\n<b>gift</b>\n";
        assert_eq!(held(&baseline, &["a.md"], "a.md", moved, &["Free\n<b>gift"]), [false], "`b` is a word");
        let moved = "New start.\n\nMore.\n\nFree\n  *gift*\n";
        assert_eq!(held(&baseline, &["a.md"], "a.md", moved, &["Free\n  *gift"]), [true]);
        assert_eq!(held(&baseline, &["a.md"], "a.md", "free lunch", &["free lunch"]), [false]);
    }

    #[test]
    fn of_equal_ones_as_many_are_held_as_there_were() {
        let all = ["free gift", "free gift", "FREE\ngift"];
        let baseline = recorded("a.md", TEXT, &all[..2]);
        assert_eq!(baseline.len(), 2);
        assert_eq!(held(&baseline, &["a.md"], "a.md", TEXT, &all), [true, true, false]);
    }

    #[test]
    fn a_file_keeps_its_findings_under_another_name_unless_it_is_a_copy() {
        let baseline = recorded("a.md", TEXT, &["free gift", "FREE\ngift"]);
        let both = ["free gift", "FREE\ngift"];
        assert_eq!(held(&baseline, &["b.md"], "b.md", TEXT, &both), [true, true]);
        assert_eq!(held(&baseline, &["a.md", "b.md"], "b.md", TEXT, &both), [false, false]);
        assert_eq!(held(&baseline, &["b.md"], "b.md", TEXT, &both[..1]), [false], "not all of them");
    }

    #[test]
    fn what_is_kept_never_grows_and_moves_with_its_file() {
        let before = recorded("a.md", TEXT, &["free gift"]);
        let now = recorded("b.md", TEXT, &["Offer", "free gift", "free gift"]);
        let kept = before.kept(&now, &|file| file.as_str() == "b.md");
        let kept: Vec<(&str, u32)> = kept.iter().map(|(file, _, count)| (file.as_str(), count)).collect();
        assert_eq!(kept, [("b.md", 1)]);
    }

    #[test]
    fn neither_policies_nor_exceptions_nor_unread_files_are_held() {
        let held = |code: &str, level| {
            let place = Place::new("a.md".into(), Span::at(0));
            may_hold(&Plan::default(), &Diagnostic::finding(code, level, place, "m"))
        };
        let broken = mktlint_asset::CODES[0].id;
        assert!(held("MKT0501", Level::Error) && held(broken, Level::Warning));
        for code in ["MKT0201", "MKT0513", "MKT0602", broken, "acme.unknown"] {
            assert!(!held(code, Level::Error), "{code}");
        }
    }
}
