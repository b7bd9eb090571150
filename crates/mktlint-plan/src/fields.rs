//! Fields of records: from files, or derived from what files say.

use mktlint_asset::{
    Asset, Context as Written, Format, Kind, Part, PartKind, Role, TextId, TextRange, Value as Given, names,
};
use mktlint_measure::length;
use mktlint_measure::link::Link;
use mktlint_text::Span;
use std::rc::Rc;

use crate::builtin::channel_group;
use crate::value::convert::{Source, convert, form};
use crate::{Context, Datum, FieldType, Plan, Record, RecordDef, StrId, TextValue, Unknown, Value};

/// Which record a derived field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Asset,
    Part,
    Link,
    Image,
    Passage,
    Sentence,
    Utm,
}

/// How it is computed.
type Compute = for<'a> fn(&Context<'a>, Record<'a>, &str) -> Value<'a>;

/// Fields that no extractor fills. A field that a file gives goes before one that is derived.
static DERIVED: &[(Of, &str, Compute)] = &[
    (Of::Asset, "file", |_, record, _| {
        record.asset().map_or(Value::Missing, |asset| Value::text(&*asset.file))
    }),
    (Of::Asset, "body", |_, record, _| text_of_role(record, &Role::Body)),
    (Of::Asset, "all_text", |context, record, _| all_that_is_read(context, record)),
    (Of::Asset, "plain_text", |_, record, _| text_of_role(record, &Role::PlainPart)),
    (Of::Asset, "is_html", |_, record, _| {
        record.asset().map_or(Value::Missing, |asset| Value::bool(is_html(asset)))
    }),
    (Of::Asset, "has_plain_text", |_, record, _| {
        record.asset().and_then(has_plain_text).map_or(Value::Missing, Value::bool)
    }),
    (Of::Part, "text", |_, record, _| words(record)),
    (Of::Sentence, "text", |_, record, _| words(record)),
    (Of::Part, "words", |_, record, _| on_words(record, |text| length::words(text).count())),
    (Of::Sentence, "words", |_, record, _| on_words(record, |text| length::words(text).count())),
    (Of::Part, "length", |_, record, _| on_words(record, |text| length::graphemes(text).get() as usize)),
    (Of::Sentence, "length", |_, record, _| on_words(record, |text| length::graphemes(text).get() as usize)),
    (Of::Link, "host", |context, record, _| on_link(context, record, |link| optional(link.host()))),
    (Of::Link, "scheme", |context, record, _| {
        on_link(context, record, |link| optional(link.scheme.as_ref().map(|scheme| scheme.text())))
    }),
    (Of::Link, "path", |context, record, _| {
        on_link(context, record, |link| Value::text(link.path.text().to_owned()))
    }),
    (Of::Link, "fragment", |context, record, _| {
        on_link(context, record, |link| optional(link.fragment.as_ref().map(|fragment| fragment.text())))
    }),
    (Of::Link, "is_tagged", |context, record, _| {
        on_link(context, record, |link| Value::bool(is_tagged(link)))
    }),
    (Of::Link, "is_web", |context, record, _| {
        on_link(context, record, |link| Value::bool(link.kind == mktlint_measure::link::Kind::Web))
    }),
    (Of::Link, "group", |context, record, _| on_link(context, record, group)),
    (Of::Link, "offset", |_, record, _| offset(record)),
    // Of these the extractor says only that they are so.
    (Of::Part, "bold", |_, _, _| Value::bool(false)),
    (Of::Part, "checked", |_, _, _| Value::bool(false)),
    (Of::Passage, "hidden", |_, _, _| Value::bool(false)),
    (Of::Link, "hidden", |_, _, _| Value::bool(false)),
    (Of::Link, "is_image", |_, _, _| Value::bool(false)),
    (Of::Image, "decorative", |_, _, _| Value::bool(false)),
    (Of::Image, "is_pixel", |_, _, _| Value::bool(false)),
    (Of::Image, "embedded", |_, record, _| Value::bool(is_embedded(record))),
    (Of::Utm, "group", |context, record, _| on_link(context, record, group)),
    (Of::Utm, "url", |_, record, _| url(record)),
    (Of::Utm, "", |context, record, name| {
        on_link(context, record, |link| optional(link.value(&format!("utm_{name}"))))
    }),
];

impl Of {
    fn fits(self, record: Record<'_>) -> bool {
        let is_link = |asset: &Asset, at: u32| {
            asset.parts.get(at as usize).is_some_and(|part| part.field(names::URL).is_some())
        };
        let is_kind = |asset: &Asset, at: u32, kind: PartKind| {
            asset.parts.get(at as usize).is_some_and(|part| part.kind == kind)
        };
        match (self, record) {
            (Self::Asset, Record::Asset(_)) => true,
            (Self::Part, Record::Part(..))
            | (Self::Sentence, Record::Sentence(..))
            | (Self::Utm, Record::Utm(..)) => true,
            (Self::Link, Record::Part(asset, at)) => is_link(asset, at),
            (Self::Image, Record::Part(asset, at)) => is_kind(asset, at, PartKind::Image),
            (Self::Passage, Record::Part(asset, at)) => is_kind(asset, at, PartKind::Passage),
            _ => false,
        }
    }
}

/// The value of the field `name` of `record`.
///
/// What the file says, turned into the declared type; else what can be derived; else, for an asset, what its campaign
/// says of the same field; else missing when the field is optional and unknown when it is not.
pub fn field<'a>(context: &Context<'a>, record: &Value<'a>, name: StrId) -> Value<'a> {
    let record = match record {
        Value::Known(Datum::Record(record)) => *record,
        Value::Known(_) => return Value::unknown(Unknown::NotGiven(context.plan.str(name).to_owned())),
        Value::Missing | Value::Unknown(_) => return record.clone(),
    };
    if context.is_to_come(record) {
        return inherited(context, record, name).unwrap_or_else(|| Value::unknown(Unknown::AnySubject));
    }
    given(context, record, name)
        .or_else(|| derived(context, record, context.plan.str(name)))
        .or_else(|| inherited(context, record, name))
        .unwrap_or_else(|| absent(context, record, name))
}

/// What the file says.
fn given<'a>(context: &Context<'a>, record: Record<'a>, name: StrId) -> Option<Value<'a>> {
    let plan = context.plan;
    let declared = plan.field(record.definition(), name);
    let ty = declared.map_or(FieldType::Any, |field| field.ty);
    let (id, name) = (name, plan.str(name));
    match record {
        Record::Asset(asset) => {
            let field = asset.fields.get(name)?;
            let read = || convert(&field.value, ty, Source { plan, asset, name, span: field.span });
            let is_campaign = context.campaign.is_some_and(|campaign| std::ptr::eq(campaign, asset));
            // Nearly every rule of a law asks for the countries of the campaign.
            Some(if is_campaign && is_countries(plan, ty) {
                context.known.countries(id, read)
            } else {
                read()
            })
        }
        Record::Part(asset, at) => {
            let part = asset.parts.get(at as usize)?;
            Some(convert(part.field(name)?, ty, Source { plan, asset, name, span: part.span }))
        }
        Record::Contact(fields) => {
            let found = fields.iter().find(|(own, _)| own == name)?;
            Some(found.1.clone())
        }
        Record::NoCampaign | Record::Sentence(..) | Record::Utm(..) => None,
    }
}

fn is_countries(plan: &Plan, ty: FieldType) -> bool {
    matches!(ty, FieldType::List(item) if plan.types.get(item as usize) == Some(&FieldType::Country))
}

fn derived<'a>(context: &Context<'a>, record: Record<'a>, name: &str) -> Option<Value<'a>> {
    let row = DERIVED.iter().find(|(of, own, _)| of.fits(record) && (*own == name || own.is_empty()));
    row.map(|(_, _, compute)| compute(context, record, name)).filter(|value| *value != Value::Missing)
}

/// What the asset says of a fact, else its campaign.
pub fn fact<'a>(context: &Context<'a>, name: StrId) -> Value<'a> {
    let plan = context.plan;
    let declared = plan.field(RecordDef::FACTS, name);
    let ty = declared.map_or(FieldType::Any, |field| field.ty);
    let word = plan.str(name);
    for asset in [Some(context.asset), context.campaign].into_iter().flatten() {
        if let Some(field) = asset.fields.get(word).filter(|field| !is_blank(asset, &field.value)) {
            return convert(&field.value, ty, Source { plan, asset, name: word, span: field.span });
        }
    }
    match declared {
        Some(field) if field.optional => Value::Missing,
        _ => Value::unknown(Unknown::NotSaid { name: word.to_owned(), form: form(ty, plan) }),
    }
}

/// Whether nothing was filled in: `unsubscribe_valid_for: ""`.
fn is_blank(asset: &Asset, value: &Given) -> bool {
    matches!(value, Given::Text(range) if asset.slice(*range).trim().is_empty())
}

/// What the campaign says, of a field that the asset's kind shares with it.
fn inherited<'a>(context: &Context<'a>, record: Record<'a>, name: StrId) -> Option<Value<'a>> {
    let Record::Asset(asset) = record else { return None };
    let campaign = context.campaign.filter(|_| asset.kind != Kind::Campaign)?;
    let campaign = Record::Asset(campaign);
    context.plan.field(record.definition(), name)?;
    context.plan.field(campaign.definition(), name)?;
    given(context, campaign, name)
}

fn absent<'a>(context: &Context<'a>, record: Record<'a>, name: StrId) -> Value<'a> {
    let plan = context.plan;
    let is_optional = plan.field(record.definition(), name).is_some_and(|field| field.optional);
    let word = plan.str(name);
    match record {
        Record::NoCampaign => Value::unknown(Unknown::NotGiven(format!("campaign.{word}"))),
        _ if is_optional => Value::Missing,
        Record::Asset(asset) if asset.kind == Kind::Campaign => {
            Value::unknown(Unknown::NotGiven(format!("campaign.{word}")))
        }
        Record::Asset(_) | Record::Contact(_) => Value::unknown(Unknown::NotGiven(word.to_owned())),
        _ => Value::unknown(Unknown::NotGiven(format!("{}.{word}", record.word()))),
    }
}

/// The parts of `kind`, in order. Sentences are cut from paragraphs and headings, tracking parameters from links.
pub fn parts<'a>(context: &Context<'a>, kind: PartKind) -> Value<'a> {
    if context.is_to_come(Record::Asset(context.asset)) {
        return Value::unknown(Unknown::AnySubject);
    }
    match kind {
        PartKind::Sentence => Value::list(sentences(context.asset)),
        PartKind::Utm => Value::list(tagged_links(context)),
        _ => Value::Known(Datum::List(crate::List::Parts(context.asset, kind))),
    }
}

fn sentences(asset: &Asset) -> Vec<Value<'_>> {
    let blocks =
        asset.parts.iter().filter(|part| part.kind == PartKind::Paragraph).filter_map(|part| part.text);
    let in_block = |block: TextRange| {
        let at = move |inside: std::ops::Range<usize>| TextRange {
            start: block.start + inside.start as u32,
            end: block.start + inside.end as u32,
            ..block
        };
        length::sentences(asset.slice(block)).map(at)
    };
    blocks.flat_map(in_block).map(|range| Value::record(Record::Sentence(asset, range))).collect()
}

fn tagged_links<'a>(context: &Context<'a>) -> Vec<Value<'a>> {
    let asset = context.asset;
    let numbered = asset.parts.iter().zip(0..).filter(|(part, _)| part.kind == PartKind::Link);
    let records = numbered.map(|(_, at)| Record::Utm(asset, at));
    let tagged = records.filter(|record| parsed(context, *record).is_some_and(|link| is_tagged(&link)));
    tagged.map(Value::record).collect()
}

fn is_tagged(link: &Link) -> bool {
    let is_utm = |key: &str| key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("utm_"));
    link.query.iter().chain(&link.fragment_pairs).any(|pair| is_utm(pair.key.text()))
}

fn group(link: &Link) -> Value<'static> {
    Value::text(channel_group(link))
}

fn optional(text: Option<&str>) -> Value<'static> {
    text.map_or(Value::Missing, |text| Value::text(text.to_owned()))
}

/// The part that `record` is about; of tracking parameters the link.
fn part(record: Record<'_>) -> Option<(&Asset, &Part)> {
    match record {
        Record::Part(asset, at) | Record::Utm(asset, at) => Some((asset, asset.parts.get(at as usize)?)),
        _ => None,
    }
}

/// The words of a part or sentence.
pub fn words(record: Record<'_>) -> Value<'_> {
    let range = match record {
        Record::Sentence(asset, range) => Some((asset, range)),
        _ => part(record).and_then(|(asset, part)| Some((asset, part.text?))),
    };
    range.map_or(Value::Missing, |(asset, range)| Value::Known(Datum::Text(TextValue::at(asset, range))))
}

fn on_words<'a>(record: Record<'a>, count: impl FnOnce(&str) -> usize) -> Value<'a> {
    words(record).as_text().map_or(Value::Missing, |text| Value::count(count(text.as_str())))
}

fn url(record: Record<'_>) -> Value<'_> {
    let url = || {
        let (asset, part) = part(record)?;
        match part.field(names::URL)? {
            mktlint_asset::Value::Text(range) => {
                Some(Value::Known(Datum::Text(TextValue::at(asset, *range))))
            }
            _ => None,
        }
    };
    url().unwrap_or(Value::Missing)
}

fn parsed(context: &Context<'_>, record: Record<'_>) -> Option<Rc<Link>> {
    let parse = || Some(Link::parse(url(record).as_text()?.as_str()));
    match record {
        Record::Part(asset, at) | Record::Utm(asset, at) if std::ptr::eq(asset, context.asset) => {
            context.known.link(at, parse)
        }
        _ => parse().map(Rc::new),
    }
}

fn on_link<'a>(
    context: &Context<'a>,
    record: Record<'a>,
    compute: impl FnOnce(&Link) -> Value<'static>,
) -> Value<'a> {
    parsed(context, record).map_or(Value::Missing, |link| compute(&link))
}

/// Whether the file holds HTML or MJML, or the running text was read from HTML.
fn is_html(asset: &Asset) -> bool {
    matches!(asset.format, Format::Html | Format::Mjml)
        || asset.texts.first().is_some_and(|text| {
            text.role == Role::Body && matches!(text.contexts.first(), Some(Written::HtmlText))
        })
}

/// Whether readers get plain text; `None` when the file is only a template of the HTML.
fn has_plain_text(asset: &Asset) -> Option<bool> {
    let plain = asset.texts.iter().any(|text| text.role == Role::PlainPart);
    match asset.format {
        _ if plain => Some(true),
        Format::Html | Format::Mjml | Format::Markdown => None,
        _ => Some(!is_html(asset)),
    }
}

/// The bytes of HTML before a link: its place in the file, unless the extractor says another.
fn offset(record: Record<'_>) -> Value<'_> {
    let html = part(record).filter(|(asset, _)| asset.format == Format::Html);
    html.map_or(Value::Missing, |(_, part)| Value::count(part.span.start() as usize))
}

fn is_embedded(record: Record<'_>) -> bool {
    let source = part(record).and_then(|(asset, part)| match part.field(names::SOURCE)? {
        mktlint_asset::Value::Text(range) => Some(asset.slice(*range)),
        _ => None,
    });
    source.and_then(|source| source.get(..5)).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Every text of the asset that people read, with a blank line between each two.
fn all_that_is_read<'a>(context: &Context<'a>, record: Record<'a>) -> Value<'a> {
    let Some(asset) = record.asset() else { return Value::Missing };
    let texts = asset.texts.iter().filter(|text| text.is_read() && !text.mapped.is_empty());
    let joined = || texts.map(|text| text.mapped.text()).collect::<Vec<_>>().join("\n\n");
    let words = match context.facts.filter(|facts| facts.are_of(asset)) {
        Some(facts) => Value::text(facts.all_text(joined)),
        None => Value::text(joined()),
    };
    words.as_text().filter(|words| !words.as_str().is_empty()).map_or(Value::Missing, |_| words.clone())
}

/// The first text of the asset with this role.
fn text_of_role<'a>(record: Record<'a>, role: &Role) -> Value<'a> {
    let found = || {
        let asset = record.asset()?;
        let (text, at) = asset.texts.iter().zip(0..).find(|(text, _)| text.role == *role)?;
        let range = TextRange { text: TextId(at), start: 0, end: text.mapped.len() };
        Some(Value::Known(Datum::Text(TextValue::at(asset, range))))
    };
    found().unwrap_or(Value::Missing)
}

/// The bytes of the file that a finding about `record` points at.
pub fn span(record: Record<'_>) -> Option<Span> {
    match record {
        Record::Asset(asset) => Some(asset.span),
        Record::Sentence(asset, range) => Some(asset.source(range)),
        Record::Part(..) | Record::Utm(..) => part(record).map(|(_, part)| part.span),
        Record::NoCampaign | Record::Contact(_) => None,
    }
}
