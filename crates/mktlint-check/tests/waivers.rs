//! Recorded waivers, and what is wrong with exceptions for files.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use mktlint_asset::{detect, extract};
use mktlint_check::{
    Exceptions, FileFacts, Inputs, Judge, RecordedWaiver, Scratch, SourceFile, WorkspaceResult, exceptions,
    judge_waivers, touched,
};
use mktlint_diag::{Diagnostic, FilePath, Level, Place, WaiverSource};
use mktlint_hir::{Database, Source, program};
use mktlint_plan::{Plan, lower};
use mktlint_text::Span;

const TODAY: Date = date(2026, 11, 22);

const RULES: &str = "
rule no_free { match \"free\"  warning \"do not say `free`\" }
rule strict  { match \"cure\"  error \"never\"  never waivable }
rule legal_only { match \"miracle\"  error \"ask legal\"  waivable by legal }
role legal { members [\"legal@acme.example\"] }
";

fn plan(policy: &str) -> Plan {
    let db = Database::default();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: policy.into() };
    lower(&program(&db, db.project([source], TODAY, BTreeMap::new())))
}

fn waiver(rule: &str, files: &str) -> RecordedWaiver {
    RecordedWaiver {
        id: "w1".into(),
        rules: vec![format!("acme.policy.{rule}").into()],
        files: vec![files.into()],
        until: date(2027, 1, 31),
        owner: "ana".into(),
        granted_by: None,
        because: "tested".into(),
        place: Place::new("decisions/waivers/w1.toml".into(), Span::new(4, 9)),
        problem: None,
    }
}

/// What came of a post with all three words: the findings, and what is wrong with the waivers.
struct Run {
    posts: Vec<Diagnostic>,
    of_waivers: Vec<Diagnostic>,
}

/// A run over `n` posts, `p/0.md` and so on, of which the first says everything.
fn run(policy: &str, waivers: Vec<RecordedWaiver>, n: usize) -> Run {
    let plan = Arc::new(plan(policy));
    let judge = Judge::new(Arc::clone(&plan));
    let mut inputs = Inputs::at(TODAY);
    inputs.waivers = Arc::new(Exceptions::recorded(waivers));
    let mut posts = Vec::new();
    let facts: Vec<FileFacts> = (0..n)
        .map(|at| {
            let file = FilePath::new(&format!("p/{at}.md"));
            let text = if at == 0 { "A free miracle cure." } else { "Hello." };
            let extraction = extract(&file, text, &detect(&file, text).expect("a post"));
            let source = SourceFile { file: &file, text, extraction: &extraction, campaign: None };
            let result = judge.file(&source, &inputs, &mut Scratch::default());
            posts.extend(result.findings);
            result.facts
        })
        .collect();
    let of_waivers = judge_waivers(&plan, &facts, &WorkspaceResult::default(), &inputs);
    Run { posts, of_waivers }
}

impl Run {
    /// The last words of the rules that do not count.
    fn waived(&self) -> Vec<&str> {
        let waived = self.posts.iter().filter(|found| found.waived.is_some());
        waived.map(|found| found.code.rsplit('.').next().unwrap_or_default()).collect()
    }

    /// What is wrong with waivers: code and level.
    fn wrong(&self) -> Vec<(&str, Level)> {
        self.of_waivers.iter().map(|found| (found.code.as_str(), found.level)).collect()
    }
}

#[test]
fn a_record_waives_as_a_declaration_does() {
    let found = run(RULES, vec![waiver("no_free", "p/0.md")], 2);
    assert_eq!((found.waived(), found.wrong()), (vec!["no_free"], vec![]));
    let waived = found.posts.iter().find_map(|found| found.waived.clone()).expect("one is waived");
    assert_eq!(waived.source, WaiverSource::Record("w1".into()));
    assert_eq!((waived.owner.as_deref(), waived.until.as_deref()), (Some("ana"), Some("2027-01-31")));
}

#[test]
fn only_whoever_may_grant_it_does() {
    let by = |rule: &str, role: Option<&str>| {
        let role = role.map(Into::into);
        run(RULES, vec![RecordedWaiver { granted_by: role, ..waiver(rule, "p/0.md") }], 1)
    };
    let refused = vec![("MKT0516", Level::Error)];
    let open = by("legal_only", None);
    assert_eq!((open.waived(), open.wrong()), (vec![], refused.clone()));
    let brand = by("legal_only", Some("brand"));
    assert_eq!((brand.waived(), brand.wrong()), (vec![], refused.clone()));
    let legal = by("legal_only", Some("legal"));
    assert_eq!((legal.waived(), legal.wrong()), (vec!["legal_only"], vec![]));
    let strict = by("strict", Some("legal"));
    assert_eq!((strict.waived(), strict.wrong()), (vec![], refused));
}

#[test]
fn one_that_is_forged_holds_for_nothing_and_is_said_elsewhere() {
    let forged = RecordedWaiver { problem: Some("forged".into()), ..waiver("no_free", "p/0.md") };
    let found = run(RULES, vec![forged], 1);
    assert_eq!((found.waived(), found.wrong()), (vec![], vec![]));
}

#[test]
fn one_that_is_unused_unknown_over_or_nearly_so_is_said() {
    let until = |day: Date| run(RULES, vec![RecordedWaiver { until: day, ..waiver("no_free", "p/0.md") }], 1);
    let ended = until(date(2026, 11, 21));
    assert_eq!((ended.waived(), ended.wrong()), (vec![], vec![("MKT0513", Level::Warning)]));
    let last = until(TODAY);
    assert_eq!((last.waived(), last.wrong()), (vec!["no_free"], vec![("MKT0517", Level::Info)]));
    assert_eq!(last.of_waivers[0].message, "this exception ends today, on 2026-11-22");
    let unused = run(RULES, vec![waiver("no_free", "q/*.md")], 1);
    assert_eq!(unused.wrong(), [("MKT0510", Level::Warning)]);
    let unknown = run(RULES, vec![waiver("no_fre", "p/*.md")], 1);
    assert_eq!(unknown.wrong(), [("MKT0515", Level::Error)]);
    assert_eq!(unknown.of_waivers[0].help, ["did you mean `acme.policy.no_free`?"]);
}

#[test]
fn more_than_half_of_at_least_ten_assets_is_too_much() {
    let wrong = |files: &str, n: usize| run(RULES, vec![waiver("no_free", files)], n).wrong().len();
    assert_eq!(["p/?.md", "p/[0-4].md", "p/0.md"].map(|files| wrong(files, 10)), [1, 0, 0]);
    assert_eq!(wrong("p/*.md", 9), 0);
    assert_eq!(["**", "**/*"].map(|files| wrong(files, 1)), [1, 1]);
    // More files than are looked at first: every tenth of 300, and all of them.
    assert_eq!(["p/*0.md", "p/*.md"].map(|files| wrong(files, 300)), [0, 1]);
}

#[test]
fn all_rules_of_a_module_are_too_much() {
    let rule = |name: &str| format!("acme.policy.{name}").into();
    let legal = RecordedWaiver { granted_by: Some("legal".into()), ..waiver("no_free", "p/0.md") };
    let some = RecordedWaiver { rules: ["no_free", "legal_only"].map(rule).into(), ..legal.clone() };
    let policy = RULES.replace("never waivable", "");
    assert_eq!(run(&policy, vec![some], 1).wrong(), []);
    let all = RecordedWaiver { rules: ["no_free", "strict", "legal_only"].map(rule).into(), ..legal };
    let found = run(&policy, vec![all], 1);
    assert_eq!(found.wrong(), [("MKT0518", Level::Warning)]);
    assert_eq!(found.of_waivers[0].message, "this waives every rule of `acme.policy`");
}

#[test]
fn a_change_fails_over_what_has_ended() {
    let policy = format!("{RULES}waive no_free for \"p/*.md\" until 2026-11-21 {{ because \"autumn\" }}");
    let mut inputs = Inputs::at(TODAY);
    inputs.waivers = Arc::new(Exceptions::recorded(vec![
        waiver("no_free", "p/0.md"),
        RecordedWaiver { until: date(2026, 11, 1), ..waiver("no_free", "q/0.md") },
    ]));
    let all = exceptions(&plan(&policy), &inputs);
    let fails = |file: &str| all.iter().map(|one| touched(one, &file.into(), TODAY)).collect::<Vec<_>>();
    let is_failed = |file: &str| fails(file).iter().map(Option::is_some).collect::<Vec<_>>();
    assert_eq!([is_failed("p/0.md"), is_failed("q/0.md")], [[true, false, false], [false, false, true]]);
    let found = fails("q/0.md").remove(2).expect("it has ended");
    assert_eq!((found.code.as_str(), found.level), ("MKT0513", Level::Error));
    assert_eq!(found.notes, ["the change touches `q/0.md`, which it was for"]);
}
