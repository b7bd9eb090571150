//! Reads the file of a decision, with a place for everything that is wrong.

mod fields;

use jiff::Timestamp;
use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use toml::de::{DeTable, Error};

use super::text::{MAX_BYTES, Text};
use super::{ApprovedPart, Record, Verdict, WaiverTerms, folder, path_of};
use crate::codes::record as codes;
use crate::{Digest, PartKind, Unit};
use fields::{Fields, Problems};

/// The format that this version writes, and the only one that it reads.
pub(super) const FORMAT: u32 = 1;

/// The file of a decision, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFile {
    /// Where it lies, from the root of the workspace.
    pub file: FilePath,
    /// What it says.
    pub record: Record,
    /// Of [`RecordFile::signed`]: what later records name in `after`.
    pub digest: Digest,
    /// What was signed: the text above `[signature]`.
    pub signed: String,
    /// The signature, not looked at yet.
    pub signature: Option<Signature>,
    spans: FxHashMap<&'static str, Span>,
}

/// The table `[signature]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The fingerprint of the key: `SHA256:…`.
    pub key: SmolStr,
    /// The signature as `ssh-keygen -Y sign` writes it.
    pub armor: String,
}

impl RecordFile {
    /// Where the value of `field` stands; the start of the file when it is not there.
    pub fn place(&self, field: &str) -> Place {
        Place::new(self.file.clone(), self.spans.get(field).copied().unwrap_or_default())
    }
}

/// What `bytes`, the content of `file`, say.
///
/// # Errors
///
/// Everything that is wrong with them, each with its place. There is no half of a record.
pub fn read(file: &FilePath, bytes: &[u8]) -> Result<RecordFile, Vec<Diagnostic>> {
    let only = |found: Diagnostic| vec![found];
    if bytes.len() > MAX_BYTES {
        return Err(only(codes::too_large(file, bytes.len())));
    }
    let text = str::from_utf8(bytes).map_err(|error| only(codes::not_utf8(file, error.valid_up_to())))?;
    let text = Text::of(text);
    if let Some(span) = text.conflict() {
        return Err(only(codes::conflict(Place::new(file.clone(), span))));
    }
    let mut problems = Problems::new(file);
    let read = parsed(&text, &mut problems);
    match read {
        Some((record, signature, spans)) if problems.found.is_empty() => Ok(RecordFile {
            file: file.clone(),
            record,
            digest: Digest::of(text.signed().as_bytes()),
            signed: text.signed().to_owned(),
            signature,
            spans,
        }),
        _ => Err(problems.found),
    }
}

type Parsed = (Record, Option<Signature>, FxHashMap<&'static str, Span>);

fn parsed(text: &Text, problems: &mut Problems<'_>) -> Option<Parsed> {
    let move_head = |span| text.in_file(span);
    let move_rest = |span| text.rest_in_file(span);
    let head = table(text.signed(), &move_head, problems)?;
    let mut fields = Fields::new(&head, &move_head, problems);
    if !fields.has_format(FORMAT) {
        return None;
    }
    let record = record(&mut fields);
    let mut spans = fields.finish();
    let signature = if text.rest().is_empty() {
        None
    } else {
        let rest = table(text.rest(), &move_rest, problems)?;
        let mut fields = Fields::new(&rest, &move_rest, problems);
        let signature = fields.table("signature", signature).flatten();
        spans.extend(fields.finish());
        signature
    };
    let record = record?;
    if problems.found.is_empty() {
        at_home(&record, &spans, problems);
    }
    Some((record, signature, spans))
}

fn table<'t>(
    text: &'t str,
    in_file: &dyn Fn(Span) -> Span,
    problems: &mut Problems<'_>,
) -> Option<DeTable<'t>> {
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(error) => {
            problems.add(in_file(span_of(&error)), reason(&error), None);
            None
        }
    }
}

fn span_of(error: &Error) -> Span {
    error.span().map_or(Span::at(0), Span::of)
}

fn reason(error: &Error) -> String {
    error.message().lines().next().unwrap_or("this is not TOML").to_lowercase()
}

fn signature(fields: &mut Fields<'_, '_>) -> Option<Signature> {
    let key = fields.text("key");
    let armor = fields.text("value");
    Some(Signature { key: key?.into(), armor: armor? })
}

/// Every field is read before one that is missing ends it, so that all problems are told at once.
fn record(fields: &mut Fields<'_, '_>) -> Option<Record> {
    let id = fields.text("id");
    let verdict =
        fields.one_of("verdict", &Verdict::ALL.map(Verdict::word)).and_then(|word| Verdict::named(&word));
    let unit = fields.read("unit", "`campaign:ID`, `asset:PATH` or `policy`", Unit::read);
    let tier = fields.optional_text("tier");
    let tier_reasons = fields.texts("tier-reasons");
    let role = fields.optional_text("role");
    let person = fields.text("person");
    let time = fields.moment("time");
    let expires = fields.optional_moment("expires");
    let reason = fields.optional_text("reason").unwrap_or_default();
    let conditions = fields.texts("conditions");
    let evidence = fields.texts("evidence");
    let policy = fields.read("policy", "a digest like `sha256:…`", |text| text.parse::<Digest>().ok());
    let tool = fields.text("tool");
    let normal_form = fields.number("normal-form");
    let after = fields.each("after", "a digest like `sha256:…`", |text| text.parse::<Digest>().ok());
    let parts = fields.tables("parts", part);
    let withdraws = fields.optional_text("withdraws");
    let waiver = fields.optional_table("waiver", waiver);
    let verdict = verdict?;
    fields.belongs("waiver", verdict == Verdict::Waived, waiver.is_some(), verdict.word());
    fields.belongs("withdraws", verdict == Verdict::Withdrawn, withdraws.is_some(), verdict.word());
    Some(Record {
        id: id?.into(),
        verdict,
        unit: unit?,
        tier: tier.map(SmolStr::from),
        tier_reasons,
        role: role.map(SmolStr::from),
        person: person?.into(),
        time: time?,
        expires,
        reason,
        conditions,
        evidence: evidence.into_iter().map(SmolStr::from).collect(),
        policy: policy?,
        tool: tool?.into(),
        normal_form: normal_form?,
        after,
        parts,
        withdraws: withdraws.map(SmolStr::from),
        waiver: waiver.flatten(),
    })
}

fn part(fields: &mut Fields<'_, '_>) -> Option<ApprovedPart> {
    let file = fields.optional_text("file").map(|file| FilePath::from(file.as_str()));
    let kinds = PartKind::ALL.map(PartKind::word);
    let kind = fields.one_of("kind", &kinds).and_then(|word| PartKind::named(&word));
    let digest = fields.read("digest", "a digest like `sha256:…`, or `gone`", |text| {
        if text == ApprovedPart::GONE { Some(None) } else { text.parse::<Digest>().ok().map(Some) }
    });
    let names = fields.texts("names").into_iter().map(SmolStr::from).collect();
    Some(ApprovedPart { file, kind: kind?, digest: digest?, names })
}

fn waiver(fields: &mut Fields<'_, '_>) -> Option<WaiverTerms> {
    let small = |texts: Vec<String>| texts.into_iter().map(SmolStr::from).collect();
    let rules = small(fields.texts("rules"));
    let files = small(fields.texts("files"));
    let until = fields.day("until");
    let owner = fields.text("owner");
    Some(WaiverTerms { rules, files, until: until?, owner: owner?.into() })
}

/// Whether the file is called as its id says and lies with the records of its unit: a record that was copied to another
/// campaign does not.
fn at_home(record: &Record, spans: &FxHashMap<&'static str, Span>, problems: &mut Problems<'_>) {
    let place =
        |field: &str| Place::new(problems.file.clone(), spans.get(field).copied().unwrap_or_default());
    let mut parts = problems.file.rsplit('/');
    let name = parts.next().unwrap_or_default().strip_suffix(".toml").unwrap_or_default();
    let found = if !folder::is_id(&record.id) {
        codes::bad_id(place("id"), &record.id)
    } else if name != record.id {
        codes::misnamed(place("id"), &record.id, name)
    } else if parts.next().is_some_and(|own| own != folder::folder_of(record)) {
        codes::wrong_folder(place("unit"), &record.unit, &path_of(record))
    } else {
        return;
    };
    problems.found.push(found);
}

/// A moment as TOML writes it, with its zone.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// A day as TOML writes it.
pub(super) fn day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;
