//! What the scan knows is what a search finds.

use mktlint_asset::{Kind, Role, TextId, TextRange};
use mktlint_hir::model::item::{ItemKind, Judgement, Meaning, Needle};
use mktlint_match::Scratch;
use mktlint_plan::{Facts, PatternId, Plan, find, lower};
use proptest::prelude::*;

use crate::assets::Draft;
use crate::policy::{Exprs, declare, pattern, phrase, program, rule};

fn plan(needles: Vec<Needle>) -> Plan {
    let rule = rule(("Email", "", ""), Judgement::Match(needles), Vec::new());
    lower(&program(vec![declare(ItemKind::Rule, "acme.r", Exprs::default().body, Meaning::Rule(rule))]))
}

#[test]
fn hits_in_texts_that_only_machines_read_are_for_who_asks() {
    let plan = plan(vec![phrase("sale")]);
    let mut draft = Draft::new(Kind::Email);
    draft.link("sale", "https://a.example/sale");
    let facts = Facts::scan(&plan, &draft.asset, &mut Scratch::default());
    assert_eq!(facts.of(TextId(0), PatternId(0)).map(|hits| hits.len()), Some(1));
    assert_eq!(facts.of(TextId(1), PatternId(0)).map(|hits| hits.len()), Some(1));
    assert_eq!((facts.possible(TextId(0)), facts.possible(TextId(1))), (vec![PatternId(0)], Vec::new()));
}

proptest! {
    #[test]
    fn facts_and_search_agree(
        pieces in proptest::collection::vec("[ab](a|-| |\n\n|\n|, |)", 0..12),
        cut in (0_usize..40, 0_usize..40),
    ) {
        let text = pieces.concat();
        let needles = vec![phrase("a"), phrase("a a"), phrase("b a"), pattern("^a", ""), pattern("a b?", "")];
        let n_patterns = needles.len() as u32;
        let plan = plan(needles);
        let mut draft = Draft::new(Kind::Email);
        draft.text(Role::Body, &text);
        let facts = Facts::scan(&plan, &draft.asset, &mut Scratch::default());
        let blocks = text.split("\n\n").map(|block| block.as_ptr() as usize - text.as_ptr() as usize);
        let mut ranges: Vec<(usize, usize)> =
            blocks.zip(text.split("\n\n")).map(|(start, block)| (start, start + block.len())).collect();
        let (start, end) = (cut.0.min(text.len()), cut.1.min(text.len()));
        ranges.extend([(0, text.len()), (start.min(end), start.max(end))]);
        for (start, end) in ranges {
            let range = TextRange { text: TextId(0), start: start as u32, end: end as u32 };
            for pattern in (0..n_patterns).map(PatternId) {
                let known = find(&plan, Some(&facts), &draft.asset, range, pattern);
                let searched = find(&plan, None, &draft.asset, range, pattern);
                prop_assert_eq!(known, searched, "{:?} of {:?} at {:?}", pattern, &text, range);
            }
        }
    }
}
