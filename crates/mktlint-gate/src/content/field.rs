//! Fields: of a manifest all that it says, of an asset what people do not read as running text.

use std::collections::BTreeSet;

use mktlint_asset::{Asset, Field, Format, Kind, PartKind as Found, Role, TextRange, Value, names};
use mktlint_check::CampaignFact;
use mktlint_diag::Place;
use mktlint_plan::{Op, Plan};
use mktlint_text::Span;

use super::assemble::Entries;
use super::control::squeezed;
use super::{Reader, normal};
use crate::{Item, PartKind};

/// What notes that people keep for themselves are called: all of a name, or its last word, as in `internal.owner` and
/// `review_notes`.
const NOTES: [&str; 24] = [
    "author",
    "authors",
    "owner",
    "owners",
    "editor",
    "reviewer",
    "reviewers",
    "note",
    "notes",
    "comment",
    "comments",
    "todo",
    "stage",
    "stages",
    "status",
    "draft",
    "ticket",
    "issue",
    "created",
    "updated",
    "modified",
    "lastmod",
    "version",
    "revision",
];

/// Names of whole fields that nobody sees, and that decide nothing.
const INVISIBLE: [&str; 5] = ["id", "internal", "corrections", "in_reply_to", "references"];

/// What an id may be of and say nothing: that of a list or a template decides who gets what.
const ROWS: [&str; 14] = [
    "campaign", "ad", "group", "set", "message", "asset", "external", "internal", "tracking", "row", "post",
    "item", "task", "record",
];

/// Words in the names of fields that decide who gets something.
const PEOPLE: [&str; 24] = [
    "audience",
    "audiences",
    "segment",
    "segments",
    "list",
    "lists",
    "recipient",
    "recipients",
    "subscriber",
    "subscribers",
    "suppress",
    "suppression",
    "suppressions",
    "exclude",
    "excludes",
    "excluded",
    "exclusion",
    "exclusions",
    "targeting",
    "targets",
    "consent",
    "to",
    "cc",
    "bcc",
];

/// Words in the names of fields that are about money.
const MONEY: [&str; 28] = [
    "price",
    "prices",
    "pricing",
    "discount",
    "discounts",
    "offer",
    "offers",
    "coupon",
    "coupons",
    "voucher",
    "vouchers",
    "promo",
    "promotion",
    "amount",
    "cost",
    "costs",
    "fee",
    "fees",
    "currency",
    "budget",
    "bid",
    "percent",
    "percentage",
    "sale",
    "deal",
    "rebate",
    "shipping",
    "refund",
];

/// Computed from how the file is written, or read otherwise.
const COMPUTED: [&str; 3] = ["html_size", "file", "mktlint_waive"];

/// The names that rules read of assets and campaigns, and the facts that policies declare.
pub fn read_by_rules(plan: &Plan) -> BTreeSet<&str> {
    let names = plan.ops.iter().filter_map(|op| match op {
        Op::Field(name) | Op::Fact(name) => Some(plan.str(*name)),
        _ => None,
    });
    let of_people = plan.people.schema.attributes.iter().filter_map(|it| it.name.strip_prefix("campaign."));
    names.chain(of_people).collect()
}

/// Adds the fields of `asset`, without the texts that people read, and of a manifest without whom it is sent to.
pub fn add(reader: &Reader<'_>, asset: &Asset, campaign: Option<&CampaignFact>, entries: &mut Entries) {
    let in_parts = addresses(asset);
    let is_manifest = asset.kind == Kind::Campaign;
    for (name, field) in top_level(asset) {
        let kind = match (is_manifest, name) {
            (true, "audience" | "id") => continue,
            _ => kind_of(reader, asset, name, &field.value),
        };
        let reach = campaign.and_then(|campaign| reach(campaign, name));
        for (text, span) in reach.unwrap_or_else(|| values(reader, asset, field, &in_parts)) {
            let place = Place::new(asset.file.clone(), span.unwrap_or(field.span));
            entries.add(kind, Item { name: name.to_owned(), text, place });
        }
    }
    waivers(asset, entries);
    for kind in PartKind::ALL {
        // Keys may stand in any order; the values of one stay as they are.
        entries.sort_by(kind, |entry| entry.item.name.clone());
    }
}

/// Adds the waivers in comments and cells: what is spared, until when, and why.
fn waivers(asset: &Asset, entries: &mut Entries) {
    for directive in &asset.directives {
        let rule = directive.rule.as_ref().map_or("", |(rule, _)| rule);
        let until = directive.until.map_or_else(String::new, |until| format!(" until {until}"));
        let why = directive.because.as_deref().map_or_else(String::new, |why| format!(" because \"{why}\""));
        let text = normal::text(&format!("{rule}{until}{why}"));
        let place = Place::new(asset.file.clone(), directive.span);
        entries.add(PartKind::Evidence, Item { name: "waive".to_owned(), text, place });
    }
}

/// The fields that stand at the top of the file, in order of name. Members of a record are in it, under names with a full
/// stop and some under names of their own.
fn top_level(asset: &Asset) -> impl Iterator<Item = (&str, &Field)> {
    let has = |name: &str| asset.fields.contains_key(name);
    let (has_sender, has_offer) = (has("sender"), has("offer"));
    let is_member = move |name: &str| {
        let of_record = has_sender && name.starts_with("sender_") || has_offer && name.starts_with("offer_");
        of_record && asset.kind == Kind::Campaign
    };
    let fields = asset.fields.iter().map(|(name, field)| (name.as_str(), field));
    fields.filter(move |(name, _)| {
        let is_below = name.rsplit_once('.').is_some_and(|(above, _)| asset.fields.contains_key(above));
        !is_below && !is_member(name) && !COMPUTED.contains(name)
    })
}

/// What the field `name` is about.
fn kind_of(reader: &Reader<'_>, asset: &Asset, name: &str, value: &Value) -> PartKind {
    let is_day = matches!(value, Value::Date(_) | Value::DateTime(_) | Value::Time(_));
    let is_manifest = asset.kind == Kind::Campaign;
    match name {
        "regions" | "languages" | "lang" => PartKind::Regions,
        "channel" | "platform" | "format" | "store" => PartKind::Channels,
        "send_at" | "sends" | "send_in" | "time_zone" | "live_at" => PartKind::Schedule,
        "tracking_template" | "final_url_suffix" => PartKind::Utm,
        "canonical" | "list_unsubscribe" | "list_unsubscribe_post" | "display_url" | "site" => {
            PartKind::Links
        }
        "from_address" | "reply_to" | "sender" if !is_manifest => PartKind::Copy,
        "alt" if !is_manifest => PartKind::Images,
        "purpose" => PartKind::Evidence,
        _ if name == "offer" || name.starts_with("offer_") || name.starts_with("offer.") => PartKind::Prices,
        _ if reader.judge.plan.is_fact(name) => PartKind::Evidence,
        _ if is_day => PartKind::Schedule,
        "name" | "tags" | "labels" if is_manifest => PartKind::Metadata,
        _ if is_note(name) => PartKind::Metadata,
        _ if is_read(reader, asset, name) => PartKind::Evidence,
        _ if is_of_people(name) => PartKind::Audience,
        _ if has_word(name, &MONEY) => PartKind::Prices,
        // What is not known to be a note may be shown, or decide what is.
        _ => PartKind::Copy,
    }
}

/// Whether a rule reads `name`: of `sender` what it reads of a member counts, too.
fn is_read(reader: &Reader<'_>, asset: &Asset, name: &str) -> bool {
    let below = |read: &&&str| read.strip_prefix(name).is_some_and(|rest| rest.starts_with(['_', '.']));
    let is_record = matches!(asset.fields.get(name).map(|field| &field.value), Some(Value::Record(_)));
    reader.read_fields.contains(name) || is_record && reader.read_fields.iter().any(|read| below(&read))
}

fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split(['.', '_', '-'])
}

fn has_word(name: &str, all: &[&str]) -> bool {
    words(name).any(|word| all.contains(&word))
}

/// Whether a field called `name` decides who gets something.
pub fn is_of_people(name: &str) -> bool {
    has_word(name, &PEOPLE)
}

fn is_note(name: &str) -> bool {
    let last = words(name).next_back().unwrap_or_default();
    let is_id = last == "id" && words(name).all(|word| word == "id" || ROWS.contains(&word));
    let is_named = NOTES.contains(&last) && !is_of_people(name) && !has_word(name, &MONEY);
    INVISIBLE.contains(&name) || is_id || is_named
}

/// Whether the text field `name` is something that readers of `asset` see.
pub fn is_copy(reader: &Reader<'_>, asset: &Asset, name: &str) -> bool {
    let plan = &reader.judge.plan;
    let record = mktlint_plan::RecordDef::of_kind(asset.kind);
    let declared = plan.records.get(record).map_or(&[][..], |record| plan.list(record.fields));
    let is_declared = declared.iter().any(|field| plan.str(field.name) == name);
    let top = name.split('.').next().unwrap_or(name);
    name != "alt" && !plan.is_fact(top) && (is_declared || !is_note(name))
}

/// What a campaign says of its channels or regions, each by itself, with groups of countries written out.
fn reach(campaign: &CampaignFact, name: &str) -> Option<Vec<(String, Option<Span>)>> {
    let words = match name {
        "channel" => campaign.channels.clone()?,
        "regions" => campaign.regions.as_ref().map(|(regions, _)| regions.clone())?,
        _ => return None,
    };
    let all: BTreeSet<String> = words.iter().map(ToString::to_string).collect();
    Some(all.into_iter().map(|word| (word, None)).collect())
}

/// The texts that parts of the asset hold, or that are looked at as running text.
fn addresses(asset: &Asset) -> BTreeSet<TextRange> {
    let of_part = |part: &mktlint_asset::Part| {
        let name = match part.kind {
            Found::Link | Found::Button => names::URL,
            Found::Image => names::SOURCE,
            _ => return None,
        };
        match part.field(name)? {
            Value::Text(range) => Some(*range),
            _ => None,
        }
    };
    let alts = asset.parts.iter().filter(|part| part.kind == Found::Image);
    let alts = alts.filter_map(|image| match image.field(names::ALT)? {
        Value::Text(range) => Some(*range),
        _ => None,
    });
    let words: Vec<&str> = alts.clone().map(|alt| asset.slice(alt)).collect();
    // The alternative text of a picture is a field of its own in data files; it is said once.
    let alt_field = asset.fields.get("alt").and_then(|field| match field.value {
        Value::Text(range) if words.contains(&asset.slice(range)) => Some(range),
        _ => None,
    });
    asset.parts.iter().filter_map(of_part).chain(alts).chain(alt_field).collect()
}

/// The values of a field, one for each item of a list; those of a set in order.
fn values(
    reader: &Reader<'_>,
    asset: &Asset,
    field: &Field,
    in_parts: &BTreeSet<TextRange>,
) -> Vec<(String, Option<Span>)> {
    let show = Show { reader, asset, in_parts };
    let items = if let Value::List(items) = &field.value {
        items.as_slice()
    } else {
        std::slice::from_ref(&field.value)
    };
    let shown = items.iter().filter_map(|item| Some((show.value(item, 0)?, span_of(asset, item))));
    let mut shown: Vec<(String, Option<Span>)> = shown.collect();
    if asset.kind == Kind::Campaign || asset.format == Format::Csv {
        shown.sort();
    }
    shown
}

fn span_of(asset: &Asset, value: &Value) -> Option<Span> {
    match value {
        Value::Text(range) => Some(asset.source(*range)),
        _ => None,
    }
}

/// How deep values may stand in each other; extractors end there, too.
const MOST_DEPTH: usize = 200;

struct Show<'a, 'r> {
    reader: &'a Reader<'r>,
    asset: &'a Asset,
    in_parts: &'a BTreeSet<TextRange>,
}

impl Show<'_, '_> {
    /// `value` in one spelling; `None` when it is looked at elsewhere, or says nothing.
    fn value(&self, value: &Value, depth: usize) -> Option<String> {
        Some(match value {
            _ if depth > MOST_DEPTH => "nested too deeply".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Decimal(value) => value.normalize().to_string(),
            Value::Date(value) => value.to_string(),
            Value::DateTime(value) => value.to_string(),
            Value::Time(value) => value.to_string(),
            Value::Text(range) => self.text(*range)?,
            Value::List(items) => {
                let items: Vec<String> =
                    items.iter().filter_map(|item| self.value(item, depth + 1)).collect();
                Some(items).filter(|items| !items.is_empty())?.join("; ")
            }
            Value::Record(members) => {
                let shown = members
                    .iter()
                    .filter_map(|(key, value)| Some(format!("{key}: {}", self.value(value, depth + 1)?)));
                let mut shown: Vec<String> = shown.collect();
                shown.sort();
                Some(shown).filter(|shown| !shown.is_empty())?.join(", ")
            }
        })
    }

    fn text(&self, range: TextRange) -> Option<String> {
        if self.in_parts.contains(&range) {
            return None;
        }
        let is_manifest = self.asset.kind == Kind::Campaign;
        match &self.asset.text(range.text)?.role {
            Role::Body | Role::PlainPart | Role::PartField(_) => return None,
            Role::Field(name) if !is_manifest && is_copy(self.reader, self.asset, name) => return None,
            _ => {}
        }
        Some(normal::text(&squeezed(self.asset.slice(range)))).filter(|words| !words.is_empty())
    }
}
