//! What the policy says of the fields of assets and campaigns.

use mktlint_asset::Kind;
use mktlint_diag::Place;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{Item, ItemKind, Meaning, RecordField};
use mktlint_hir::model::types::Type;
use mktlint_hir::names::{self, PRELUDE};
use mktlint_plan::RecordDef;
use mktlint_text::Span;
use smol_str::{SmolStr, format_smolstr};

use crate::View;

/// The fields of assets of a kind, as the prelude declares them.
pub fn fields<'a>(view: View<'a>, kind: Kind) -> &'a [RecordField] {
    let path = DeclPath(format_smolstr!("{PRELUDE}.{}", kind.as_str()));
    let item = view.find(ItemKind::Asset, &path).map(|declaration| view.item(declaration));
    match item.map(|item| &item.meaning) {
        Some(Meaning::Record(record)) => &record.fields,
        _ => &[],
    }
}

/// The field that `name` is, or usually stands for.
pub fn field<'a>(view: View<'a>, kind: Kind, name: &str) -> Option<&'a RecordField> {
    let fields = fields(view, kind);
    let named = |name: &str| fields.iter().find(|field| field.name == name);
    named(name).or_else(|| named(mktlint_asset::usual_field(kind, name)?))
}

/// Where the prelude declares a field.
pub fn place(view: View<'_>, kind: Kind, field: &RecordField) -> Option<Place> {
    let path = DeclPath(format_smolstr!("{PRELUDE}.{}", kind.as_str()));
    Some(view.place(view.find(ItemKind::Asset, &path)?, field.span))
}

/// The type of one value of a field: `Country` of `Set<Country>?`.
pub fn one(ty: &Type) -> &Type {
    let present = ty.present();
    present.item().map_or(present, Type::present)
}

/// The declaration of a closed set, and its members.
pub fn members<'a>(view: View<'a>, ty: &Type) -> Option<(&'a Item, &'a [SmolStr])> {
    let Type::Enum(path) = one(ty) else { return None };
    let found = view.find(ItemKind::Enum, path).or_else(|| view.find(ItemKind::Lifecycle, path))?;
    let item = view.item(found);
    match &item.meaning {
        Meaning::Enum(members) | Meaning::Lifecycle(members, _) => Some((item, members)),
        _ => None,
    }
}

/// A `fact` of the policy: an input that no file shows, and that a manifest or an asset can give.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// Its declaration.
    pub item: &'a Item,
    /// Its type.
    pub ty: &'a Type,
    /// Its name in the policy.
    pub place: Place,
}

/// The fact called `name`.
pub fn fact<'a>(view: View<'a>, name: &str) -> Option<Fact<'a>> {
    let entry = names::global(view.db, view.project, name.into(), ItemKind::Fact)?;
    let declaration = view.find(ItemKind::Fact, &entry.path)?;
    let item = view.item(declaration);
    match &item.meaning {
        Meaning::Fact(ty) => Some(Fact { item, ty, place: view.place(declaration, item.name_span) }),
        _ => None,
    }
}

/// The facts that rules in force ask for, in order of name.
pub fn facts(view: View<'_>) -> Vec<Fact<'_>> {
    let Some(plan) = view.assets.plan() else { return Vec::new() };
    let record = plan.records.get(RecordDef::FACTS);
    let declared = record.map_or(&[][..], |record| plan.list(record.fields)).iter();
    let mut names: Vec<&str> = declared.map(|field| plan.str(field.name)).collect();
    names.sort_unstable();
    names.into_iter().filter_map(|name| fact(view, name)).collect()
}

/// A key of a manifest that stands for something else than one field of the prelude: its path, what it holds, what it
/// means.
pub type Extra = (&'static str, &'static str, &'static str);

/// Keys of manifests with a shape of their own.
pub const EXTRAS: [Extra; 8] = [
    (
        "sends",
        "a list",
        "The messages of the campaign, each with its `channel` and the moment `at` which it is sent.",
    ),
    ("sends.channel", "Channel", "The channel of this message."),
    ("sends.at", "DateTime", "When this message is sent, in the sender's local time."),
    ("sender", "a record", "Who sends it: `name`, and the postal `address`."),
    (
        "offer",
        "a record",
        "The offer: its first day `start`, its last day `end`, and whatever the policy asks for.",
    ),
    ("offer.discount", "Percent", "The reduction, as rules read it in `campaign.offer_discount`."),
    ("sends.id", "Text", "What reports call this message."),
    ("sends.name", "Text", "What people call this message."),
];

/// What is said of the key at `path` of a manifest: `offer.end` is the field `offer_end`, too.
pub fn extra(path: &str) -> Option<&'static Extra> {
    EXTRAS.iter().find(|(own, _, _)| *own == path)
}

/// The audiences and suppressions of the project, by full name; of packs those audiences that the plan has.
pub fn audiences(view: View<'_>) -> Vec<(DeclPath, ItemKind)> {
    let scopes = view.own_files().flat_map(|file| names::file_scope(view.db, file).names.values());
    let is_people = |kind| matches!(kind, ItemKind::Audience | ItemKind::Suppress);
    let mut found: Vec<(DeclPath, ItemKind)> =
        scopes.filter(|entry| is_people(entry.kind)).map(|entry| (entry.path.clone(), entry.kind)).collect();
    if let Some(plan) = view.assets.plan() {
        let known = plan.people.audiences.iter().map(|audience| plan.str(audience.name));
        found.extend(known.map(|name| (DeclPath(name.into()), ItemKind::Audience)));
    }
    found.sort();
    found.dedup();
    found
}

/// The text of a clause of a policy, with what stands before it on its first line; `None` when the file is none.
pub fn clause(view: View<'_>, place: &Place) -> Option<String> {
    let text = view.policy(&place.file)?.text(view.db);
    let before = text.get(..place.span.start() as usize)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(start..)?;
    let after = text.get(place.span.end() as usize..)?;
    let end = place.span.end() as usize + after.find('\n').unwrap_or(after.len());
    let whole = Span::of(start..end).slice(text);
    let indent = lead.len() - lead.trim_start().len();
    let cut = |line: &str| {
        line.get(indent..)
            .filter(|_| line.get(..indent).is_some_and(|gap| gap.trim().is_empty()))
            .unwrap_or(line)
            .to_owned()
    };
    Some(whole.lines().map(cut).collect::<Vec<_>>().join("\n"))
}
