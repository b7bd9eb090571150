//! What fields give: converted, derived, inherited, missing, unknown.

use mktlint_asset::{Asset, Kind, Value as Given};
use mktlint_hir::model::expr::ExprKind;
use mktlint_plan::{Context, Judgement, Scope, eval, lower, message, subjects, verify};

use crate::assets::Draft;
use crate::policy::{Exprs, prelude, program, require};

fn now() -> jiff::civil::DateTime {
    jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0)
}

/// What the expression gives, as people read it; of an unknown value the reason.
#[track_caller]
fn check(asset: &Asset, campaign: Option<&Asset>, of: ExprKind, name: &str, expected: &str) {
    let mut exprs = Exprs::default();
    let id = exprs.field(of, name);
    let mut items = prelude();
    items.push(require(exprs, id));
    let plan = lower(&program(items));
    verify(&plan).expect("what lowering makes is sound");
    let Judgement::Require(code) = plan.rules[0].judgement else { panic!("a requirement") };
    let context = Context { campaign, ..Context::new(&plan, asset, now()) };
    let value = eval(&plan, code, &context);
    let found = value.as_unknown().map_or_else(|| value.to_string(), |unknown| format!("? {unknown}"));
    assert_eq!(found, expected, "{name}");
}

#[test]
fn values_take_the_declared_type() {
    let mut draft = Draft::new(Kind::Campaign);
    draft.words("purpose", "Never asked");
    draft.words("regions", "DE, fr");
    draft.value("id", Given::Int(2026));
    draft.words("budget", "1_200.50");
    draft.words("send_at", "2026-12-01");
    draft.words("complaints", "0.1 %");
    let asset = draft.asset;
    for (name, expected) in [
        ("purpose", "never_asked"),
        ("regions", "DE, FR"),
        ("id", "2026"),
        ("budget", "EUR 1200.5"),
        ("send_at", "2026-12-01 00:00"),
        ("complaints", "0.1%"),
        ("offer_end", "missing"),
    ] {
        check(&asset, None, ExprKind::It, name, expected);
    }
}

#[test]
fn a_value_of_another_type_is_unknown() {
    let mut draft = Draft::new(Kind::Campaign);
    draft.words("purpose", "transactonal");
    draft.list("regions", &["DE", "EU"]);
    draft.words("offer_end", "22.11.2026");
    draft.words("budget", "USD 20");
    let asset = draft.asset;
    check(&asset, None, ExprKind::It, "purpose", "? `purpose` is `transactonal`, which is not a Purpose");
    check(&asset, None, ExprKind::It, "regions", "DE, unknown");
    check(
        &asset,
        None,
        ExprKind::It,
        "offer_end",
        "? `offer_end` is `22.11.2026`, which is not a day (`2026-11-22`)",
    );
    check(&asset, None, ExprKind::It, "budget", "? `budget` is `USD 20`, which is not a sum of money");
}

#[test]
fn an_absent_field_is_missing_or_unknown() {
    let asset = Draft::new(Kind::Email).asset;
    check(&asset, None, ExprKind::It, "subject", "missing");
    check(&asset, None, ExprKind::It, "title", "? `title` is not given");
    check(&asset, None, ExprKind::Campaign, "id", "? `campaign.id` is not given");
    let campaign = Draft::new(Kind::Campaign).asset;
    check(&asset, Some(&campaign), ExprKind::Campaign, "id", "? `campaign.id` is not given");
    check(&asset, Some(&campaign), ExprKind::Campaign, "budget", "missing");
}

#[test]
fn an_asset_inherits_what_its_campaign_says() {
    let mut draft = Draft::new(Kind::Campaign);
    draft.words("purpose", "marketing");
    draft.words("regions", "DE");
    let campaign = draft.asset;
    let mut draft = Draft::new(Kind::Email);
    draft.words("regions", "FR");
    let asset = draft.asset;
    check(&asset, Some(&campaign), ExprKind::It, "purpose", "marketing");
    check(&asset, Some(&campaign), ExprKind::It, "regions", "FR");
}

#[test]
fn links_and_sentences_are_derived() {
    let mut draft = Draft::new(Kind::Email);
    draft.body(&["One two. Three!"]);
    draft.link("shop", "https://Acme.Example/a?utm_source=news&utm_medium=email");
    let asset = draft.asset;
    let plan = lower(&program(prelude()));
    let context = Context::new(&plan, &asset, now());
    let place = mktlint_plan::PlaceRef { file: mktlint_plan::StrId(0), start: 0, end: 0 };
    let of_part = |kind| Scope { kinds: !0, part: Some(kind), field: None, place };
    let sentences = subjects(Some(&of_part(mktlint_asset::PartKind::Sentence)), &context);
    let words: Vec<&str> = sentences.iter().map(|it| asset.slice(it.text.expect("words"))).collect();
    assert_eq!(words, ["One two.", "Three!"]);
    check(&asset, None, ExprKind::It, "body", "One two. Three!");
    assert_eq!(subjects(Some(&of_part(mktlint_asset::PartKind::Utm)), &context).len(), 1);
    // Every text that people read: the body and the words of the link, but not its address.
    assert_eq!(subjects(None, &context).len(), 2);
}

#[test]
fn each_item_of_a_list_is_a_subject() {
    let mut draft = Draft::new(Kind::Ad);
    draft.list("headlines", &["One", "Two"]);
    let asset = draft.asset;
    let mut items = prelude();
    let mut exprs = Exprs::default();
    let id = exprs.bool(true);
    let mut placed = require(exprs, id);
    let scope = mktlint_hir::model::item::Scope {
        asset: Some("Ad".into()),
        part: None,
        field: Some("headlines".into()),
        span: mktlint_text::Span::at(0),
    };
    let item = std::sync::Arc::make_mut(&mut placed.item);
    if let mktlint_hir::model::item::Meaning::Rule(rule) = &mut item.meaning {
        rule.scopes = vec![scope];
    }
    items.push(placed);
    let plan = lower(&program(items));
    let context = Context::new(&plan, &asset, now());
    let scope = plan.list(plan.rules[0].scopes)[0];
    let found: Vec<String> = subjects(Some(&scope), &context).iter().map(|it| it.it.to_string()).collect();
    assert_eq!(found, ["One", "Two"]);
    let email = Draft::new(Kind::Email).asset;
    assert_eq!(subjects(Some(&scope), &Context::new(&plan, &email, now())), Vec::new());
    assert_eq!(message(&plan, plan.rules[0].message, &context), "");
}
