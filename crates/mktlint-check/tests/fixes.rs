//! What holds of fixes, whatever the text.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::date;
use mktlint_asset::{Format, Kind, Spec, extract};
use mktlint_check::{Fixable, Inputs, Judge, Scratch, SourceFile, fix_file};
use mktlint_diag::{Diagnostic, FilePath, Safety};
use mktlint_hir::{Database, Source, program};
use mktlint_plan::{Plan, lower};
use proptest::prelude::*;

const POLICY: &str = r#"
disclosure note "Results vary."
claim works { says "it works"  needs disclosure note within 1 paragraph }
rule free { match "free"  warning "no {match}"  fix remove match }
rule amp { match "and co"  warning "short"  fix replace match with "& \"co\"" }
rule http on Link.url { match /^http:/  warning "insecure"  fix replace match with "https:" }
rule worse { match "more"  warning "no"  fix replace match with "more free" }
term "sign up" { not "signup", "register" }
utm blog { hosts ["acme.example"]  source in [news]  medium = email  others allowed }
"#;

fn plan() -> &'static Arc<Plan> {
    static PLAN: OnceLock<Arc<Plan>> = OnceLock::new();
    PLAN.get_or_init(|| {
        let db = Database::default();
        let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: POLICY.into() };
        Arc::new(lower(&program(&db, db.project([source], date(2026, 11, 22), BTreeMap::new()))))
    })
}

fn judge(file: &FilePath, text: &str, spec: &Spec) -> Vec<Diagnostic> {
    let extraction = extract(file, text, spec);
    let source = SourceFile { file, text, extraction: &extraction, campaign: None };
    Judge::new(Arc::clone(plan()))
        .file(&source, &Inputs::at(date(2026, 11, 22)), &mut Scratch::default())
        .findings
}

fn fix(file: &FilePath, text: &str, spec: &Spec) -> (String, usize) {
    let fixable = Fixable { file, text, spec, campaign: None, allow: Safety::Unsafe };
    let judge = Judge::new(Arc::clone(plan()));
    let fixed = fix_file(&judge, &fixable, &Inputs::at(date(2026, 11, 22)), &mut Scratch::default());
    (fixed.text, fixed.applied.len())
}

/// Words that rules look for, in and out of markup.
const WORDS: &str = "(free|Free|it works|and co|more|signup|REGISTER|results vary\\.|plain|, |\\. | |\n\n|&amp;|<b>|</b>|\\*\\*|- |\
    <a href=\"http://acme.example/\\?utm_source=News&amp;utm_medium=emial\">|</a>|\\[x\\]\\(http://acme.example/\\?utm_medium=\\))";

fn formats() -> [(FilePath, Spec); 4] {
    let spec = |name, kind, format| (FilePath::new(name), Spec::new(kind, format));
    [
        spec("a.md", Kind::Post, Format::Markdown),
        spec("a.html", Kind::Email, Format::Html),
        spec("a.txt", Kind::Sms, Format::Text),
        spec("a.csv", Kind::Ad, Format::Csv),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn fixes_only_mend(words in proptest::collection::vec(WORDS, 0..12)) {
        for (file, spec) in formats() {
            let text = match spec.format {
                Format::Csv => format!("Headline,Final URL\n\"{}\",x\n", words.concat().replace('"', "\"\"")),
                _ => words.concat(),
            };
            let before = judge(&file, &text, &spec);
            let (fixed, n_applied) = fix(&file, &text, &spec);
            let after = judge(&file, &fixed, &spec);
            prop_assert_eq!(n_applied == 0, fixed == text);
            prop_assert!(after.len() <= before.len() - usize::from(n_applied > 0), "{:?} -> {:?}", text, fixed);
            prop_assert_eq!(fix(&file, &fixed, &spec), (fixed, 0));
        }
    }
}
