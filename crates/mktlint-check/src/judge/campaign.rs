//! What is known of a campaign.

use jiff::civil;
use mktlint_asset::{Asset, Kind, Value as Given};
use mktlint_decide::Value as Settled;
use mktlint_diag::Place;
use mktlint_plan::{Context, Datum, FieldDef, Plan, Record, RecordDef, Truth, Value, eval, field};
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::Run;
use super::run::text_field;
use super::tier::tier;
use crate::{AudienceFact, CampaignFact, CampaignValue, SendFact, UnlessFact};

/// What is known of the campaign that the asset is the manifest of; `None` for any other asset, and without an id.
pub fn fact(run: &Run<'_>) -> Option<CampaignFact> {
    let id = text_field(run.asset, "id").filter(|_| run.asset.kind == Kind::Campaign)?;
    let place = of_field(run, "id").unwrap_or_else(|| run.place(run.asset.span));
    let channels = names(run, "channel");
    let sends = sends(run, channels.as_deref(), &place);
    Some(CampaignFact {
        id: id.into(),
        tier: tier(run),
        audience: audience(run),
        channels,
        regions: names(run, "regions").zip(of_field(run, "regions")),
        send_at: sends.iter().filter_map(|send| send.at).min(),
        sends,
        time_zone: text_field(run.asset, "time_zone").map(SmolStr::from).zip(of_field(run, "time_zone")),
        recipient_time: text_field(run.asset, "send_in").is_some_and(is_recipient_time),
        values: values(run.plan, run.asset, run.now),
        unless: unless(run),
        place,
    })
}

fn is_recipient_time(words: &str) -> bool {
    words.trim().replace(['-', ' '], "_").eq_ignore_ascii_case("recipient_time")
}

fn of_field(run: &Run<'_>, name: &str) -> Option<Place> {
    run.asset.fields.get(name).map(|field| run.place(field.span))
}

/// Whom the manifest names.
fn audience(run: &Run<'_>) -> Vec<AudienceFact> {
    let named = crate::people::audience_of(run.plan, run.asset).into_iter();
    named.map(|it| AudienceFact { channel: it.channel, place: run.place(it.span), whom: it.whom }).collect()
}

/// The fields of a campaign, as the policy declares them.
fn fields(plan: &Plan) -> &[FieldDef] {
    let campaign = plan.records.get(RecordDef::of_kind(Kind::Campaign));
    campaign.map_or(&[], |campaign| plan.list(campaign.fields))
}

fn value<'a>(context: &Context<'a>, declared: &FieldDef) -> Value<'a> {
    field(context, &Value::record(Record::Asset(context.asset)), declared.name)
}

/// The names in the field `name`, without repeats.
fn names(run: &Run<'_>, name: &str) -> Option<Vec<SmolStr>> {
    let declared = fields(run.plan).iter().find(|field| run.plan.str(field.name) == name)?;
    match settled(&value(&run.context(None), declared)) {
        CampaignValue::Given(Settled::Set(items)) => {
            let names = items.into_iter().map(|item| match item {
                Settled::Name(name) | Settled::Text(name) => Some(name),
                _ => None,
            });
            names.collect()
        }
        _ => None,
    }
}

/// The value of every field of `campaign` that conditions on people can test, as `campaign.purpose`, in the order of the
/// schema.
pub fn values(plan: &Plan, campaign: &Asset, now: civil::DateTime) -> Vec<(SmolStr, CampaignValue)> {
    let schema = &plan.people.schema;
    if schema.attributes.is_empty() {
        return Vec::new();
    }
    let context = Context::new(plan, campaign, now);
    let named =
        fields(plan).iter().map(|field| (format_smolstr!("campaign.{}", plan.str(field.name)), field));
    let mut found: Vec<(SmolStr, CampaignValue)> = named
        .filter(|(name, _)| schema.position(name).is_some())
        .map(|(name, declared)| (name, settled(&value(&context, declared))))
        .collect();
    found.sort_by_key(|(name, _)| schema.position(name));
    found
}

/// A value as conditions on people test it.
fn settled(value: &Value<'_>) -> CampaignValue {
    match value {
        Value::Missing => CampaignValue::Missing,
        Value::Unknown(unknown) => CampaignValue::Unknown(unknown.to_string(), unknown.help()),
        Value::Known(Datum::List(items)) => {
            let items: Vec<Value<'_>> = items.iter().collect();
            match items.iter().find_map(Value::as_unknown) {
                Some(unknown) => CampaignValue::Unknown(unknown.to_string(), unknown.help()),
                None => match items.iter().map(|item| item.datum().and_then(one)).collect() {
                    Some(set) => CampaignValue::Given(Settled::Set(set)),
                    None => not_a_value(),
                },
            }
        }
        Value::Known(datum) => one(datum).map_or_else(not_a_value, CampaignValue::Given),
    }
}

fn not_a_value() -> CampaignValue {
    CampaignValue::Unknown("a field of the campaign holds more than one value can".into(), None)
}

fn one(datum: &Datum<'_>) -> Option<Settled> {
    Some(match datum {
        Datum::Bool(value) => Settled::Bool(*value),
        Datum::Int(value) => Settled::Number(Decimal::from(*value)),
        Datum::Decimal(value) | Datum::Percent(value) | Datum::Money(value, _) => Settled::Number(*value),
        Datum::Duration(length) if length.months == 0 => {
            Settled::Number(Decimal::from(i64::from(length.days) * 86_400 + length.seconds))
        }
        Datum::Date(date) => Settled::Date(*date),
        Datum::DateTime(at) => Settled::DateTime(*at),
        Datum::Time(time) => Settled::Time(*time),
        Datum::Country(name) | Datum::Language(name) | Datum::Member(name) => Settled::Name((&**name).into()),
        Datum::Text(text) => Settled::Text(text.as_str().into()),
        Datum::Duration(_) | Datum::List(_) | Datum::Record(_) => return None,
    })
}

/// The messages of the campaign: those under `sends`, else one on each channel.
fn sends(run: &Run<'_>, channels: Option<&[SmolStr]>, id: &Place) -> Vec<SendFact> {
    let (at, is_day) = moment(run.asset.fields.get("send_at").map(|field| &field.value));
    let place = of_field(run, "send_at").filter(|_| at.is_some()).unwrap_or_else(|| id.clone());
    let usual = |channel: Option<SmolStr>| SendFact { channel, at, is_day, place: place.clone() };
    let listed = run.asset.fields.get("sends");
    if let Some(Given::List(items)) = listed.map(|field| &field.value) {
        let listed_at = of_field(run, "sends").unwrap_or_else(|| place.clone());
        let only = channels.filter(|channels| channels.len() == 1).and_then(<[_]>::first);
        return items.iter().map(|item| send(run, item, &usual(only.cloned()), &listed_at)).collect();
    }
    match channels {
        Some(channels) if !channels.is_empty() => {
            channels.iter().map(|channel| usual(Some(channel.clone()))).collect()
        }
        _ => vec![usual(None)],
    }
}

/// `{channel: email, at: 2026-11-27T07:00}`; what it leaves out is as for the whole campaign.
fn send(run: &Run<'_>, item: &Given, usual: &SendFact, listed_at: &Place) -> SendFact {
    let Given::Record(members) = item else {
        let (at, is_day) = moment(Some(item));
        return if at.is_some() {
            SendFact { at, is_day, place: listed_at.clone(), ..usual.clone() }
        } else {
            usual.clone()
        };
    };
    let member = |names: &[&str]| members.iter().find(|(name, _)| names.contains(&name.as_str()));
    let mut send = usual.clone();
    if let Some((_, value)) = member(&["at", "send_at"]) {
        (send.at, send.is_day) = moment(Some(value));
        send.place = listed_at.clone();
    }
    if let Some((_, Given::Text(range))) = member(&["channel"]) {
        send.channel = Some(run.asset.slice(*range).trim().to_ascii_lowercase().into());
        send.place = run.place(run.asset.source(*range));
    }
    send
}

/// The moment that a value of a manifest stands for, and whether it is a day alone.
fn moment(value: Option<&Given>) -> (Option<civil::DateTime>, bool) {
    match value {
        Some(Given::Date(date)) => (Some(date.at(0, 0, 0, 0)), true),
        Some(Given::DateTime(at)) => (Some(*at), false),
        _ => (None, false),
    }
}

/// Whether the `unless` of each cap and of quiet hours holds.
fn unless(run: &Run<'_>) -> Vec<UnlessFact> {
    let people = &run.plan.people;
    let caps = people.caps.iter().map(|cap| (cap.head.name, cap.unless));
    let hours = people.quiet_hours.iter().map(|hours| (hours.head.name, hours.unless));
    let claims = run.claims();
    let holds = |code| {
        let context = run.context(claims.as_deref());
        let value = eval(run.plan, code, &context);
        match value.truth() {
            Truth::True => Ok(true),
            Truth::False => Ok(false),
            Truth::Unknown => {
                Err(value.as_unknown().map_or_else(|| "it has no answer".into(), ToString::to_string))
            }
        }
    };
    let rows = caps.chain(hours).filter_map(|(name, unless)| Some((name, unless?)));
    let mut found: Vec<UnlessFact> =
        rows.map(|(name, code)| UnlessFact { rule: run.plan.str(name).into(), holds: holds(code) }).collect();
    found.sort_by(|a, b| a.rule.cmp(&b.rule));
    found
}
