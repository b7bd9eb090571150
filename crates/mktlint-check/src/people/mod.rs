//! Whom campaigns are sent to.

mod answers;
mod crowd;
mod segment;
mod settle;

use mktlint_asset::{Asset, Kind, Value as Given};
use mktlint_decide::{Formula, Tag};
use mktlint_diag::closest;
use mktlint_plan::{FieldType, Plan, RecordDef};
use mktlint_text::Span;
use smol_str::SmolStr;

pub use answers::{Answers, Memo, reason as answer_reason};
pub use crowd::{Crowds, campaign_of, crowds};
pub use settle::Settler;

use crate::{Inputs, Whom};

/// Why a value of `audience` does not say who gets a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// No audience is called so; one that nearly is.
    UnknownName(SmolStr, Option<SmolStr>),
    /// Several are called so, by their full names.
    Several(SmolStr, Vec<SmolStr>),
    /// A condition with a mistake, and what the compiler says.
    Mistake(String),
    /// A condition that nobody could look at, because the policies are not there.
    NotRead,
    /// A table that is no segment: where, what is wrong, what to write.
    Wrong(Span, String, String),
}

/// Who is meant by a value of `audience`.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// The full name of the audience; `None` of a condition.
    pub name: Option<SmolStr>,
    /// Their condition, over the definitions of the plan and the fields of the campaign.
    pub formula: Formula,
}

impl Crowd {
    /// What messages call them.
    pub fn words(&self) -> String {
        match &self.name {
            Some(name) => format!("`{}`", short(name)),
            None => "this audience".into(),
        }
    }
}

/// The last word of a full name.
pub fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// What one value at `span` of the field `audience` says; `None` when it is empty.
fn whom(plan: &Plan, asset: &Asset, value: &Given, span: Span) -> Option<Whom> {
    let words: SmolStr = match value {
        Given::Text(range) => asset.slice(*range).trim().into(),
        Given::Record(_) => {
            return Some(match segment::condition(plan, asset, value, span) {
                Ok(words) => Whom::Condition(words.into()),
                Err(mistake) => Whom::Wrong(mistake.span, mistake.words, mistake.help),
            });
        }
        _ => {
            let help = "write the name of an audience, or a condition".to_owned();
            return Some(Whom::Wrong(span, "this is no audience".into(), help));
        }
    };
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    match words.as_str() {
        "" => None,
        name if name.chars().all(is_name) => Some(Whom::Name(words)),
        _ => Some(Whom::Condition(words)),
    }
}

/// The conditions that the manifests among `assets` write instead of the name of an audience, in order, once each: what
/// [`Inputs::segments`] must have.
pub fn conditions_of<'a>(plan: &Plan, assets: impl IntoIterator<Item = &'a Asset>) -> Vec<SmolStr> {
    let mut found: Vec<SmolStr> = Vec::new();
    for asset in assets.into_iter().filter(|asset| asset.kind == Kind::Campaign) {
        let conditions = audience_of(plan, asset).into_iter().filter_map(|named| match named.whom {
            Whom::Condition(words) => Some(words),
            _ => None,
        });
        found.extend(conditions);
    }
    found.sort();
    found.dedup();
    found
}

/// One value of the field `audience`.
#[derive(Clone, Debug)]
pub struct Named {
    /// The channel whose messages it gets; all when `None`.
    pub channel: Option<SmolStr>,
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub whom: Whom,
}

/// The values of the field `audience`, in order.
pub fn audience_of(plan: &Plan, asset: &Asset) -> Vec<Named> {
    let Some(field) = asset.fields.get("audience") else { return Vec::new() };
    let mut found = Vec::new();
    match &field.value {
        Given::Record(members) if is_by_channel(plan, members) => {
            for (channel, value) in members {
                named_in(plan, asset, value, field.span, Some(channel), &mut found);
            }
        }
        value => named_in(plan, asset, value, field.span, None, &mut found),
    }
    found
}

/// Adds what `value` names: one, or each of a list.
fn named_in(
    plan: &Plan,
    asset: &Asset,
    value: &Given,
    field: Span,
    channel: Option<&SmolStr>,
    found: &mut Vec<Named>,
) {
    let items = if let Given::List(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
    for item in items {
        let span = match item {
            Given::Text(range) => asset.source(*range),
            _ => field,
        };
        let whom = whom(plan, asset, item, field);
        found.extend(whom.map(|whom| Named { channel: channel.cloned(), span, whom }));
    }
}

/// Whether a table says for each channel who gets its messages.
fn is_by_channel(plan: &Plan, members: &[(SmolStr, Given)]) -> bool {
    let channels = channels(plan);
    !members.is_empty() && members.iter().all(|(key, _)| channels.iter().any(|channel| channel == key))
}

/// The channels that a campaign can have.
pub fn channels(plan: &Plan) -> Vec<&str> {
    let campaign = plan.records.get(RecordDef::of_kind(Kind::Campaign));
    let fields = campaign.map_or(&[][..], |campaign| plan.list(campaign.fields));
    let field = fields.iter().find(|field| plan.str(field.name) == "channel").map(|field| field.ty);
    let ty = match field {
        Some(FieldType::List(item)) => plan.types.get(item as usize).copied(),
        other => other,
    };
    match ty {
        Some(FieldType::Enum(_, members)) => plan.strs(members).collect(),
        _ => Vec::new(),
    }
}

/// Who is meant by `whom`.
///
/// # Errors
/// See [`Unclear`].
pub fn resolve(plan: &Plan, inputs: &Inputs, whom: &Whom) -> Result<Crowd, Unclear> {
    match whom {
        Whom::Name(name) => named(plan, name),
        Whom::Condition(words) => match inputs.segments.get(words) {
            Some(Ok(formula)) => Ok(Crowd { name: None, formula: formula.clone() }),
            Some(Err(mistake)) => Err(Unclear::Mistake(mistake.clone())),
            None => Err(Unclear::NotRead),
        },
        Whom::Wrong(span, words, help) => Err(Unclear::Wrong(*span, words.clone(), help.clone())),
    }
}

fn named(plan: &Plan, name: &SmolStr) -> Result<Crowd, Unclear> {
    let all = || plan.people.audiences.iter().map(|audience| plan.str(audience.name));
    let is_meant = |full: &&str| {
        full.strip_suffix(name.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    let found: Vec<SmolStr> = all().filter(is_meant).map(SmolStr::from).collect();
    match found.as_slice() {
        [full] => {
            let formula = Formula::Named { name: full.clone(), tag: Tag::default() };
            Ok(Crowd { name: Some(full.clone()), formula })
        }
        [] => {
            let near = closest(name, all().map(short));
            Err(Unclear::UnknownName(name.clone(), near.map(SmolStr::from)))
        }
        _ => match found.iter().find(|full| *full == name) {
            Some(full) => {
                let formula = Formula::Named { name: full.clone(), tag: Tag::default() };
                Ok(Crowd { name: Some(full.clone()), formula })
            }
            None => Err(Unclear::Several(name.clone(), found)),
        },
    }
}

/// The attribute that says in which country somebody is: `country`, else the first of that type.
pub fn country_attribute(plan: &Plan) -> Option<&SmolStr> {
    let fields = plan.records.get(RecordDef::CONTACT).map_or(&[][..], |contact| plan.list(contact.fields));
    let is_country = |name: &str| {
        fields.iter().any(|field| field.ty == FieldType::Country && plan.str(field.name) == name)
    };
    let of_contact = plan.people.schema.attributes.iter().filter(|attribute| attribute.of_contact);
    let names: Vec<&SmolStr> =
        of_contact.map(|attribute| &attribute.name).filter(|name| is_country(name)).collect();
    names.iter().find(|name| **name == "country").or(names.first()).copied()
}
