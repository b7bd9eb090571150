//! What is said of a place in an asset.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use mktlint_asset::{Extraction, Format, Kind, Spec, extract};
use mktlint_check::{
    Explanation, Inputs, Judge, Outcome, Scratch, SourceFile, conditions_at, explain_at, spoken_at,
};
use mktlint_diag::FilePath;
use mktlint_hir::{Database, Source, program};
use mktlint_plan::lower;

const POLICY: &str = r#"
claim works { says "it works"  needs disclosure note within 1 paragraph }
disclosure note "Results vary."
term "sign up" { not "signup" }
rule short on Email.subject { require length(it) <= 5  error "long" }
rule secure on Link where text is known { forbid url starts with "http:"  error "insecure" }
rule known on Link { require campaign.purpose == marketing  error "no" }
rule calm { match "now"  error "no" }
"#;

const TEXT: &str = "---\nsubject: Too long\n---\nIt **works** now. Results vary.\n\n[a](http://a.example) signup [](https://b.example)\n";

struct Bench {
    judge: Judge,
    file: FilePath,
    extraction: Extraction,
}

impl Bench {
    fn new() -> Self {
        let db = Database::default();
        let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: POLICY.into() };
        let plan = lower(&program(&db, db.project([source], date(2026, 11, 22), BTreeMap::new())));
        let file = FilePath::new("a.md");
        let extraction = extract(&file, TEXT, &Spec::new(Kind::Email, Format::Markdown));
        Self { judge: Judge::new(Arc::new(plan)), file, extraction }
    }

    fn source(&self) -> SourceFile<'_> {
        SourceFile { file: &self.file, text: TEXT, extraction: &self.extraction, campaign: None }
    }
}

#[test]
fn wordings_are_named_across_markup() {
    let bench = Bench::new();
    let at = |words: &str| {
        let offset = TEXT.find(words).expect("the words") as u32;
        let found = spoken_at(&bench.judge, &bench.source(), offset);
        found.into_iter().map(|it| format!("{}: {}", it.name, it.span.slice(TEXT))).collect::<Vec<_>>()
    };
    assert_eq!(at("works"), ["acme.policy.works: It **works"]);
    assert_eq!(at("Results"), ["acme.policy.note: Results vary."]);
    assert_eq!(at("signup"), ["acme.policy.sign_up: signup"]);
    assert!(at("a.example").is_empty());
}

/// What a rule with a condition gives at a place does not depend on whether the rest was judged.
#[test]
fn conditions_are_those_of_an_explanation() {
    let bench = Bench::new();
    let inputs = Inputs::at(date(2026, 11, 22));
    let source = bench.source();
    let mut n_found = 0;
    for offset in 0..=TEXT.len() as u32 {
        let key =
            |it: &Explanation| (it.rule.clone(), it.about.clone(), it.observed.clone(), end(&it.outcome));
        let all = explain_at(&bench.judge, &source, &inputs, offset, &mut Scratch::default());
        let mut all: Vec<_> =
            all.iter().filter(|it| it.about.is_some() && it.rule != "acme.policy.calm").map(key).collect();
        let alone = conditions_at(&bench.judge, &source, &inputs, offset, &mut Scratch::default());
        let mut alone: Vec<_> = alone.iter().map(key).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        alone.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(alone, all, "at {offset}");
        n_found += alone.len();
    }
    assert!(n_found > 50, "{n_found}");
}

/// How it ended; why it is undecided or does not apply is worded elsewhere.
const fn end(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Fired => "fired",
        Outcome::Held => "held",
        Outcome::NotApplicable(_) => "not applicable",
        Outcome::Undecided(_) => "undecided",
    }
}
