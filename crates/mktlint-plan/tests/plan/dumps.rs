//! What small programs become.

use mktlint_diag::Level;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::expr::{Arithmetic, Body, Comparison, Const, ExprKind, Quantifier, Segment};
use mktlint_hir::model::item::{
    Claim, DisclosureNeed, ItemKind, Judgement, Meaning, Message, Proximity, RegionLimit, Repair,
    RepairAction, Rule, Terms, Waivable,
};
use mktlint_hir::model::program::{Force, Placed};
use mktlint_plan::{dump, lower, verify};
use mktlint_text::Span;

use crate::policy::{Exprs, declare, pattern, phrase, program, require, rule};

fn dumped(items: Vec<Placed>) -> String {
    let plan = lower(&program(items));
    verify(&plan).expect("what lowering makes is sound");
    dump::text(&plan)
}

#[test]
fn a_rule_that_matches() {
    let mut rule = rule(
        ("Email", "", "subject"),
        Judgement::Match(vec![pattern("^(re|fwd?):", "i"), phrase("re your order")]),
        vec![Segment::Text("it pretends: ".into()), Segment::Expr(mktlint_hir::model::expr::ExprId(0))],
    );
    rule.fix = Some(Repair { is_unsafe: false, action: RepairAction::RemoveMatch });
    rule.terms = Terms {
        because: Some("15 U.S.C. 7704(a)(2)".into()),
        from: Some(jiff::civil::date(2026, 1, 1)),
        ..Terms::default()
    };
    let mut exprs = Exprs::default();
    exprs.add(ExprKind::Match);
    let mut placed = declare(ItemKind::Rule, "acme.fake_reply", exprs.body, Meaning::Rule(rule));
    placed.force = Some(Force {
        level: Some(Level::Warning),
        from: Some(jiff::civil::date(2026, 6, 1)),
        until: None,
        waivable: Waivable::By(vec!["legal".into()]),
    });
    insta::assert_snapshot!(dumped(vec![placed]), @r#"
    rule acme.fake_reply warning
      from 2026-06-01
      waivable by legal
      because "15 U.S.C. 7704(a)(2)"
      on Email.subject
      match /^(re|fwd?):/i
      match "re your order"
      message "it pretends: {code 0}"
      fix remove match
    code 0
      0 match
    "#);
}

#[test]
fn conditions_jump_forward() {
    let mut exprs = Exprs::default();
    let it = exprs.add(ExprKind::It);
    let length = exprs.add(ExprKind::Call(Builtin::Length, vec![it]));
    let sixty = exprs.int(60);
    let short = exprs.add(ExprKind::Compare(Comparison::AtMost, length, sixty));
    let subject = exprs.field(ExprKind::Asset, "subject");
    let known = exprs.add(ExprKind::IsKnown(subject));
    let both = exprs.add(ExprKind::And(vec![known, short]));
    let zero = exprs.int(0);
    let or_else = exprs.add(ExprKind::OrElse(subject, zero));
    let chosen = exprs.add(ExprKind::If(both, length, or_else));
    insta::assert_snapshot!(dumped(vec![require(exprs, chosen)]), @r#"
    rule acme.r error
      on Email
      require code 0
      message ""
    code 0
      0 asset
      1 field subject
      2 is known
      3 if false to 9
      4 it
      5 length
      6 push 60
      7 <=
      8 and
      9 branch else to 13 unknown to 17
      10 it
      11 length
      12 to 17
      13 asset
      14 field subject
      15 unless missing to 17
      16 push 0
    "#);
}

#[test]
fn constants_are_folded_and_declarations_shared() {
    let mut lets = Exprs::default();
    let ten = lets.int(10);
    let twice = lets.add(ExprKind::Arithmetic(Arithmetic::Add, ten, ten));
    let limit = declare(ItemKind::Let, "acme.limit", lets.body, Meaning::Let(twice));

    let mut fns = Exprs::default();
    let x = fns.add(ExprKind::Local(0));
    let limit_use = fns.add(ExprKind::Let(DeclPath("acme.limit".into())));
    let small = fns.add(ExprKind::Compare(Comparison::Less, x, limit_use));
    let params = vec![("x".into(), mktlint_hir::model::types::Type::Int)];
    let small = declare(ItemKind::Fn, "acme.small", fns.body, Meaning::Fn(params, small));

    let countries = Meaning::Region(vec!["DE".into(), "FR".into()]);
    let region = declare(ItemKind::Region, "acme.EU", Body::default(), countries);

    let mut exprs = Exprs::default();
    let it = exprs.add(ExprKind::It);
    let words = exprs.add(ExprKind::Call(Builtin::Words, vec![it]));
    let call = exprs.add(ExprKind::CallFn(DeclPath("acme.small".into()), vec![words]));
    let eu = exprs.add(ExprKind::Region(DeclPath("acme.EU".into())));
    let germany = exprs.add(ExprKind::Const(Const::Country("DE".into())));
    let inside = exprs.add(ExprKind::In(germany, eu));
    let no = exprs.bool(false);
    let never = exprs.add(ExprKind::Or(vec![no, call]));
    let both = exprs.add(ExprKind::And(vec![inside, never]));
    insta::assert_snapshot!(dumped(vec![limit, small, region, require(exprs, both)]), @r#"
    rule acme.r error
      on Email
      require code 2
      message ""
    code 0
      0 push 20
    code 1
      0 local 0
      1 push 20
      2 <
    code 2
      0 it
      1 words
      2 call code 1 with 1
      3 truth
    "#);
}

#[test]
fn quantifiers_run_a_code_for_each_item() {
    let mut exprs = Exprs::default();
    let links = exprs.add(ExprKind::Parts("Link".into()));
    let words = exprs.field(ExprKind::Local(0), "text");
    let found = exprs.add(ExprKind::Matches(words, vec![phrase("click here"), phrase("here")]));
    let none = exprs.add(ExprKind::Quantifier(Quantifier::None, links, 0, found));
    insta::assert_snapshot!(dumped(vec![require(exprs, none)]), @r#"
    rule acme.r error
      on Email
      require code 1
      message ""
    code 0
      0 local 0
      1 field text
      2 mentions "click here" | "here"
    code 1
      0 parts Link
      1 none as local 0 where code 0
    "#);
}

#[test]
fn a_claim_with_what_it_needs() {
    let note = DeclPath("acme.study".into());
    let claim = Claim {
        says: vec![phrase("clinically proven")],
        evidence: vec![(DeclPath("acme.nowhere".into()), Span::at(3))],
        disclosures: vec![DisclosureNeed {
            disclosure: note,
            within: Proximity::Paragraphs(2),
            span: Span::at(4),
        }],
        regions: vec![RegionLimit { only: false, countries: vec!["DE".into()], span: Span::at(5) }],
        channels: Vec::new(),
        tier: Some("high".into()),
        regulated: false,
        level: Level::Error,
        terms: Terms::default(),
        says_span: Span::at(2),
    };
    let disclosure = Meaning::Disclosure(vec![phrase("Based on a study.")]);
    let placed = declare(ItemKind::Claim, "acme.proven", Body::default(), Meaning::Claim(claim));
    let items = vec![placed, declare(ItemKind::Disclosure, "acme.study", Body::default(), disclosure)];
    insta::assert_snapshot!(dumped(items), @r#"
    claim acme.proven error
      says "clinically proven"
      needs disclosure acme.study within 2 paragraphs
      never in [DE]
      tier high
      regulated
    disclosure acme.study
      says "Based on a study."
    not judged: declaration acme.proven: it refers to something that does not exist
    "#);
}

#[test]
fn a_declaration_that_needs_itself_is_unknown_and_noted() {
    let mut exprs = Exprs::default();
    let own = exprs.add(ExprKind::Let(DeclPath("acme.a".into())));
    let circle = declare(ItemKind::Let, "acme.a", exprs.body, Meaning::Let(own));
    let mut exprs = Exprs::default();
    let a = exprs.add(ExprKind::Let(DeclPath("acme.a".into())));
    insta::assert_snapshot!(dumped(vec![circle, require(exprs, a)]), @r#"
    rule acme.r error
      on Email
      require code 2
      message ""
    not judged: declaration acme.a: it refers to something that does not exist
    code 0
      0 unknown `acme.a`
    code 1
      0 call code 0 with 0
    code 2
      0 call code 1 with 0
    "#);
}

#[test]
fn nesting_has_an_end() {
    let mut exprs = Exprs::default();
    let mut id = exprs.add(ExprKind::It);
    for _ in 0..10_000 {
        id = exprs.add(ExprKind::Not(id));
    }
    let plan = lower(&program(vec![require(exprs, id)]));
    verify(&plan).expect("what lowering makes is sound");
    assert_eq!(plan.notes.len(), 1);
}

#[test]
fn a_chain_of_functions_has_an_end() {
    let mut items = Vec::new();
    for n in 0..2_000 {
        let mut exprs = Exprs::default();
        let links = exprs.add(ExprKind::Parts("Link".into()));
        let inner = exprs.add(ExprKind::Let(DeclPath(format!("acme.l{}", n + 1).into())));
        let any = exprs.add(ExprKind::Quantifier(Quantifier::Any, links, 0, inner));
        items.push(declare(ItemKind::Let, &format!("acme.l{n}"), exprs.body, Meaning::Let(any)));
    }
    let mut exprs = Exprs::default();
    let first = exprs.add(ExprKind::Let(DeclPath("acme.l0".into())));
    items.push(require(exprs, first));
    let plan = lower(&program(items));
    verify(&plan).expect("what lowering makes is sound");
    assert!(!plan.notes.is_empty());
}

#[test]
fn the_json_dump_names_what_the_text_does() {
    let rule: Rule = rule(("", "Link", ""), Judgement::Match(vec![phrase("click here")]), Vec::new());
    let plan = lower(&program(vec![declare(ItemKind::Rule, "acme.r", Body::default(), Meaning::Rule(rule))]));
    let json = dump::json(&plan);
    assert_eq!(json["rules"][0]["name"], "acme.r");
    assert_eq!(json["rules"][0]["on"][0], "Link");
    assert_eq!(json["rules"][0]["judgement"]["match"][0], "\"click here\"");
    assert_eq!(json["rules"][0]["place"]["start"], 100);
}

#[test]
fn messages_show_values_as_people_write_them() {
    let mut exprs = Exprs::default();
    let it = exprs.add(ExprKind::It);
    let subject = exprs.add(ExprKind::Field(it, "preheader".into()));
    let title = exprs.add(ExprKind::Field(it, "title".into()));
    let size = exprs.int(2000);
    let segments = vec![
        Segment::Text("a ".into()),
        Segment::Expr(size),
        Segment::Text(" b ".into()),
        Segment::Expr(subject),
        Segment::Expr(title),
    ];
    let judgement = Judgement::Require(it);
    let item = Meaning::Rule(Rule {
        message: Message { segments, span: Span::at(0) },
        ..rule(("Email", "", ""), judgement, vec![])
    });
    let mut items = crate::policy::prelude();
    items.push(declare(ItemKind::Rule, "acme.r", exprs.body, item));
    let plan = lower(&program(items));
    let asset = crate::assets::Draft::new(mktlint_asset::Kind::Email).asset;
    let context = mktlint_plan::Context::new(&plan, &asset, jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0));
    assert_eq!(mktlint_plan::message(&plan, plan.rules[0].message, &context), "a 2000 b missingunknown");
}

#[test]
fn who_decides_how_work_flows_and_what_is_measured() {
    let plan = crate::real::compiled(
        "role legal { members [\"a@x.example\"]  keys \"keys/legal\" }\n\
         tier low { when change only [formatting, metadata] }\n\
         tier high {\n  when change touches [claims] or regions touch [DE]\n  yields to low\n\
           approve all of legal for [claims, copy]\n  authors may approve\n  expires after 30 days\n}\n\
         pipeline {\n  stages brief -> live\n  stall brief after 2 days\n  target brief to live within 7 days\n}\n\
         threshold rate on email {\n  above 0.1% warning\n  action \"stop\"\n}\n",
    );
    verify(&plan).expect("what lowering makes is sound");
    let words = |name: &str| mktlint_plan::tier_words(&plan, plan.tier(name).expect("the tier"));
    assert_eq!(
        words("low"),
        ["claims a change when `change only [formatting, metadata]`", "nobody must approve it"]
    );
    assert_eq!(
        words("high"),
        [
            "claims a change when `change touches [claims]`, or `regions touch [DE]`",
            "leaves to `low` what both claim",
            "all of `legal` must approve its claims and copy, when these change",
            "whoever made the change may approve it",
            "an approval holds for 30 days",
        ]
    );
    insta::assert_snapshot!(dump::text(&plan), @r#"
    tier acme.main.low
      when code 3
    tier acme.main.high
      when code 2
      yields to acme.main.low
      approve all of acme.main.legal for [claims, copy]
      authors may approve
      expires after 30 days
    role acme.main.legal
      members a@x.example
      keys keys/legal
    pipeline acme.main.pipeline_1
      stages brief -> live
      stall brief after 2 days
      target brief to live within 7 days
    threshold acme.main.rate
      on email
      above 0.1% warning
      action "stop"
    code 0
      0 change touches [claim_added, claim_removed, claim_reworded]
    code 1
      0 campaign
      1 field regions
      2 push [DE]
      3 has any of
    code 2
      0 change touches [claim_added, claim_removed, claim_reworded]
      1 if true to 7
      2 campaign
      3 field regions
      4 push [DE]
      5 has any of
      6 or
    code 3
      0 change only [formatting, metadata]
    "#);
}
