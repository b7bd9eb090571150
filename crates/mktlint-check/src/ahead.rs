//! What will judge assets that nobody has written yet.

use std::rc::Rc;

use jiff::civil::DateTime;
use mktlint_asset::{Asset, Format, Kind, Spec, extract};
use mktlint_diag::FilePath;
use mktlint_plan::{Context, Judgement, Plan, Record, Rule, RuleId, Truth, Unknown, Value, eval};

use crate::judge::guard;

/// How a rule stands to assets to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prospect {
    /// It will judge them.
    Sure,
    /// It will where its `where` holds, which hangs on what they say.
    Perhaps,
    /// Whatever they say, it holds: the campaign settles it.
    Held,
    /// Whatever they say, it finds something: the campaign settles it.
    Broken,
}

/// A rule that can judge assets to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Which.
    pub rule: RuleId,
    /// How.
    pub prospect: Prospect,
}

/// The rules that can judge assets of `kind` in `campaign`, in order of name, on the day of `now`. Those whose `where`
/// fails for the campaign, whatever the assets say, are left out: laws of other countries, rules for other purposes.
///
/// Of the kind [`Kind::Campaign`] it is the campaign itself that is asked about, as far as it is written.
pub fn ahead(plan: &Plan, campaign: &Asset, kind: Kind, now: DateTime) -> Vec<Ahead> {
    let blank = extract(&FilePath::new("new"), "", &Spec::new(kind, Format::Text));
    let asset = if kind == Kind::Campaign { Some(campaign) } else { blank.assets.first() };
    let Some(asset) = asset else { return Vec::new() };
    let mut context = Context::new(plan, asset, now);
    context.campaign = Some(campaign);
    context.is_unwritten = kind != Kind::Campaign;
    let rules = plan.rules_for(kind).iter().filter_map(|id| Some((*id, plan.rule(*id)?)));
    let in_force = rules.filter(|(_, rule)| rule.head.in_force_on(now.date()));
    let one = |(id, rule)| Some(Ahead { rule: id, prospect: prospect(plan, rule, &mut context)? });
    in_force.filter_map(one).collect()
}

/// `None` when the rule does not speak of such assets.
fn prospect<'a>(plan: &'a Plan, rule: &Rule, context: &mut Context<'a>) -> Option<Prospect> {
    let mut scopes = plan.list(rule.scopes).iter().filter(|scope| scope.covers(context.asset.kind));
    let is_whole = scopes.any(|scope| scope.part.is_none() && scope.field.is_none());
    context.it = match is_whole {
        true => Value::record(Record::Asset(context.asset)),
        false => Value::unknown(Unknown::AnySubject),
    };
    context.budget = Rc::default();
    match guard(plan, rule, context) {
        Truth::False => None,
        Truth::Unknown => Some(Prospect::Perhaps),
        Truth::True => Some(judged(plan, rule, context)),
    }
}

fn judged(plan: &Plan, rule: &Rule, context: &Context<'_>) -> Prospect {
    let (code, wanted) = match rule.judgement {
        Judgement::Require(code) => (code, Truth::True),
        Judgement::Forbid(code) => (code, Truth::False),
        Judgement::Match(_) => return Prospect::Sure,
    };
    match eval(plan, code, context).truth() {
        Truth::Unknown => Prospect::Sure,
        truth if truth == wanted => Prospect::Held,
        _ => Prospect::Broken,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;
    use mktlint_hir::{Database, Source, program};
    use mktlint_plan::lower;

    use super::*;

    const POLICY: &str = r#"
fact press_release: Bool

rule subject on Email.subject { require length(it) <= 60  error "x" }
rule german on Email where regions touch [DE] { require any link in links where link.url contains "imprint"  error "x" }
rule french on Email where regions touch [FR] { require subject is known  error "x" }
rule reply on Email.subject where in_reply_to is missing { match "re:"  error "x" }
rule offer on Email { require campaign.offer_end is known  error "x" }
rule why on Email { require purpose == marketing  error "x" }
rule old on Email { match "x"  error "x"  until 2020-01-01 }
rule text on Sms { require body is known  error "x" }
rule press on Email { require press_release  error "x" }
"#;

    /// Rules with what they come to, for an email in a campaign that says `fields`.
    fn prospects(fields: &str) -> Vec<String> {
        let db = Database::default();
        let source = Source { path: "a.mkt".into(), module: "acme".into(), text: POLICY.into() };
        let plan = lower(&program(&db, db.project([source], date(2026, 11, 22), BTreeMap::new())));
        let spec = Spec::new(Kind::Campaign, Format::Yaml);
        let manifest = extract(&FilePath::new("campaign.yaml"), fields, &spec);
        let campaign = manifest.assets.first().expect("a campaign");
        let found = ahead(&plan, campaign, Kind::Email, date(2026, 11, 22).at(0, 0, 0, 0));
        let name = |it: &Ahead| plan.rule(it.rule).map_or("", |rule| plan.str(rule.head.name));
        found.iter().map(|it| format!("{} {:?}", name(it).trim_start_matches("acme."), it.prospect)).collect()
    }

    #[test]
    fn the_campaign_says_which_rules_come_into_question() {
        let found = prospects("id: a\nregions: [DE]\npurpose: marketing\npress_release: true\n");
        let expected =
            ["german Sure", "offer Broken", "press Held", "reply Perhaps", "subject Sure", "why Held"];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_the_campaign_does_not_say_may_still_be_asked() {
        let found = prospects("id: a\n");
        assert!(found.contains(&"french Perhaps".to_owned()), "{found:?}");
        assert!(found.contains(&"press Sure".to_owned()), "{found:?}");
    }
}
