//! What must hold of what is said at a place, whatever is typed there.

use std::collections::BTreeSet;

use super::bench::{Bench, acme};
use crate::policy::completion::{self, completion};
use crate::policy::hover::hover;
use crate::policy::signature_help::signature_help;

/// Policies that are cut and mixed: every kind of declaration, most clauses, most expressions.
const TOUR: &str = include_str!("../../../../../tests/syntax/tour.mkt");

/// Broken texts in each run; 2 000 took half a minute without optimization and found no more.
const CASES: usize = 200;

/// Lines of Markdown that no hover exceeds.
const TALLEST: usize = 100;

/// Asks at `offset`, which need not stand between characters.
fn ask(bench: &Bench, text: &str, offset: u32) {
    let (view, file) = (bench.view(), bench.file);
    let items = completion(view, file, offset);
    assert!(items.len() <= completion::MOST, "{text}");
    let shown: BTreeSet<(&str, &str)> =
        items.iter().map(|item| (item.label.as_str(), item.insert.as_str())).collect();
    assert_eq!(shown.len(), items.len(), "twice the same at {offset} of {text}");
    for item in &items {
        assert!(item.replace.touches(offset) && text.get(item.replace.range()).is_some(), "{text}");
        let inside = |edit: &mktlint_diag::Edit| text.get(edit.span.range()).is_some();
        assert!(item.edits.iter().all(inside), "{item:?} at {offset} of {text}");
        assert!(!item.edits.iter().any(|edit| edit.span.contains(item.replace)), "{item:?} of {text}");
    }
    if let Some(found) = hover(view, file, offset) {
        assert!(found.span.touches(offset) && text.get(found.span.range()).is_some(), "{found:?} of {text}");
        assert!(found.markdown.lines().count() <= TALLEST, "{}", found.markdown);
        assert_eq!(found.markdown.matches("```").count() % 2, 0, "{}", found.markdown);
    }
    if let Some(help) = signature_help(view, file, offset) {
        assert!(help.parameters.iter().all(|range| help.label.get(range.clone()).is_some()), "{help:?}");
    }
}

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// A piece of the tour, cut off, doubled, or with a sign in it that does not belong there.
    fn broken(&mut self) -> String {
        const SIGNS: &str = "\" { } ( ) [ ] / . where 
 é , : any // in";
        let mut start = TOUR.floor_char_boundary(self.below(TOUR.len()));
        start = TOUR[..start].rfind("\n\n").map_or(0, |at| at + 2);
        let end = TOUR.ceil_char_boundary((start + 20 + self.below(600)).min(TOUR.len()));
        let mut text = TOUR[start..end].to_owned();
        for _ in 0..self.below(4) {
            let at = text.floor_char_boundary(self.below(text.len() + 1));
            let signs: Vec<&str> = SIGNS.split(' ').collect();
            let sign = signs[self.below(signs.len())];
            match self.below(3) {
                0 => text.insert_str(at, sign),
                1 => text.truncate(at),
                _ => {
                    let end = text.floor_char_boundary((at + self.below(12)).min(text.len()));
                    text.replace_range(at..end.max(at), "");
                }
            }
        }
        text
    }
}

#[test]
fn half_typed_text_can_be_asked_anywhere() {
    let mut bench = Bench::new();
    let mut numbers = Numbers(7);
    for _ in 0..CASES {
        let text = numbers.broken();
        bench.set(&text);
        ask(&bench, &text, text.len() as u32);
        for _ in 0..3 {
            let offset = numbers.below(text.len() + 1) as u32;
            ask(&bench, &text, offset);
        }
        ask(&bench, &text, u32::MAX);
    }
}

#[test]
fn policies_can_be_asked_at_every_place() {
    let mut bench = Bench::new();
    let mut texts: Vec<String> = acme().into_iter().map(|(_, text)| text).collect();
    texts.push(TOUR.to_owned());
    for (first, text) in texts.into_iter().enumerate() {
        bench.set(&text);
        // Every 17th place, another one in each file: all of them take minutes.
        for offset in (first..text.len()).step_by(17) {
            ask(&bench, &text, offset as u32);
        }
    }
}
