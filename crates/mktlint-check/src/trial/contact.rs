//! `includes { … }` and `excludes { … }`: an audience or suppression on one person.

use mktlint_asset::{Asset, Format, Kind};
use mktlint_diag::FilePath;
use mktlint_hir::model::expr::{Body, ExprId, ExprKind};
use mktlint_hir::model::item::{Item, ItemKind, Meaning};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_hir::model::test::Test;
use mktlint_plan::{Context, Plan, Record, RecordDef, Truth, Value, reference};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::coverage::Tracker;
use super::fixture::{has_field, manifest_of};
use super::{Failure, day, json};
use crate::observe::Observed;

/// Checks whether the contact with `values` is in the audience or suppression under test.
pub fn check(
    program: &Program,
    plan: &Plan,
    test: &Test,
    body: &Body,
    values: &[(SmolStr, ExprId)],
    wanted: bool,
    tracker: &mut Tracker,
) -> Result<(), Failure> {
    let Some(target) = target(program, test) else {
        return Err(Failure::new(format!("`{}` is no audience or suppression", test.target.name())));
    };
    let nothing = Asset::new(FilePath::new("contact"), Kind::Post, Format::Json, Span::default());
    let plain = Context::new(plan, &nothing, day(test).at(0, 0, 0, 0));
    let value = |(name, id): &(SmolStr, ExprId)| (name.clone(), reference::eval(program, body, *id, &plain));
    let is_of_person = |(name, _): &(SmolStr, Value<'_>)| has_field(plan, RecordDef::CONTACT, name);
    let (mut fields, of_campaign): (Vec<_>, Vec<_>) = values.iter().map(value).partition(is_of_person);
    let manifest =
        of_campaign.iter().filter_map(|(name, value)| Some((name.to_string(), json::value(value)?)));
    let manifest = manifest_of(manifest.collect());
    fields.sort_by(|one, other| one.0.cmp(&other.0));
    let mut context = plain.clone();
    context.it = Value::record(Record::Contact(&fields));
    context.campaign = manifest.as_ref().and_then(|manifest| manifest.assets.first());
    let judged = judge(program, &target.item, &context);
    let observed = observe(program, target, &context, tracker);
    let failure = |message: String| Failure { message, observed, notes: Vec::new() };
    match (judged.truth(), wanted) {
        (Truth::True, true) | (Truth::False, false) => Ok(()),
        (Truth::True, false) => Err(failure("this contact is in it".into())),
        (Truth::False, true) => Err(failure("this contact is not in it".into())),
        (Truth::Unknown, _) => {
            let why = judged.as_unknown().map_or_else(|| "it has no answer".into(), ToString::to_string);
            Err(failure(format!("it cannot be said: {why}")))
        }
    }
}

fn target<'p>(program: &'p Program, test: &Test) -> Option<&'p Placed> {
    let find = |kind| program.find(kind, &test.target);
    find(ItemKind::Audience).or_else(|| find(ItemKind::Suppress))
}

/// Whether the contact is in it: of a suppression those it keeps out.
fn judge<'a>(program: &'a Program, item: &'a Item, context: &Context<'a>) -> Value<'a> {
    let eval = |id| reference::eval(program, &item.body, id, context);
    match &item.meaning {
        Meaning::Audience(condition) => eval(*condition),
        Meaning::Suppress(suppress) => {
            let who = suppress.who.map_or(Value::bool(true), eval);
            let spared = suppress.unless.map_or(Value::bool(false), eval);
            match (who.truth(), spared.truth()) {
                (Truth::False, _) | (_, Truth::True) => Value::bool(false),
                (Truth::True, Truth::False) => Value::bool(true),
                (Truth::Unknown, _) => who,
                (_, Truth::Unknown) => spared,
            }
        }
        _ => Value::bool(false),
    }
}

/// What each condition of the declaration gives.
fn observe<'a>(
    program: &'a Program,
    placed: &'a Placed,
    context: &Context<'a>,
    tracker: &mut Tracker,
) -> Vec<Observed> {
    let body = &placed.item.body;
    let mut observed = Vec::new();
    for id in conditions(&placed.item) {
        let value = reference::eval(program, body, id, context);
        let place = placed.place(body.get(id).span);
        tracker.saw(place.clone(), value.truth());
        let fields = fields_in(body, id)
            .into_iter()
            .map(|(name, field)| format!("{name} = {}", reference::eval(program, body, field, context)));
        let fields: Vec<String> = fields.collect();
        let shown = if fields.is_empty() { String::new() } else { format!(" ({})", fields.join(", ")) };
        observed.push(Observed { place, value: format!("{value}{shown}") });
    }
    observed
}

/// The conditions that `and`, `or` and `not` join, in order.
pub fn conditions(item: &Item) -> Vec<ExprId> {
    let mut open: Vec<ExprId> = match &item.meaning {
        Meaning::Audience(condition) => vec![*condition],
        Meaning::Suppress(suppress) => suppress.unless.into_iter().chain(suppress.who).collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        match &item.body.get(id).kind {
            ExprKind::And(ids) | ExprKind::Or(ids) => open.extend(ids.iter().rev()),
            ExprKind::Not(id) => open.push(*id),
            _ => found.push(id),
        }
    }
    found
}

/// The fields that a condition compares, in order of mention.
fn fields_in(body: &Body, id: ExprId) -> Vec<(SmolStr, ExprId)> {
    let operands = match &body.get(id).kind {
        ExprKind::Compare(_, one, other)
        | ExprKind::In(one, other)
        | ExprKind::Temporal(_, one, other)
        | ExprKind::TextTest(_, one, other)
        | ExprKind::Has(one, other)
        | ExprKind::Meets(_, one, other) => vec![*one, *other],
        ExprKind::InRange(one, ..) | ExprKind::IsKnown(one) | ExprKind::Matches(one, _) => vec![*one],
        _ => Vec::new(),
    };
    let field = |id: ExprId| match &body.get(id).kind {
        ExprKind::Field(_, name) => Some((name.clone(), id)),
        _ => None,
    };
    operands.into_iter().filter_map(field).collect()
}
