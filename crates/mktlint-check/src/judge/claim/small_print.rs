//! `needs disclosure study_note within 2 paragraphs`.

use std::collections::BTreeMap;

use mktlint_asset::{Format, Kind, Part, PartKind, Role, TextRange};
use mktlint_diag::{Edit, Fix, Safety};
use mktlint_hir::model::item::Proximity;
use mktlint_plan::{Claim, ClaimId, Disclosure, DisclosureId, DisclosureNeed};
use mktlint_text::Span;

use super::{about, spoken};
use crate::index::Decl;
use crate::judge::Run;
use crate::judge::said::Occurrence;
use crate::words::layout::{Distance, MOST_WORDS};

/// Judges every place where `claim` is made by every disclosure that it needs.
pub fn all(run: &mut Run<'_>, claim: &Claim, id: ClaimId, places: &[Occurrence<ClaimId>]) {
    let said = run.said;
    for need in run.plan.list(claim.disclosures) {
        let Some(disclosure) = run.plan.disclosures.get(need.disclosure.index()) else { continue };
        let given = Given::new(run, said.places_of(need.disclosure));
        for place in places {
            let nearest = given.nearest(run, need.within, place.range);
            if nearest.is_none_or(|(distance, _)| distance > limit(need.within)) {
                missing(run, claim, id, place, need, disclosure, nearest);
            }
        }
    }
}

fn missing(
    run: &mut Run<'_>,
    claim: &Claim,
    id: ClaimId,
    place: &Occurrence<ClaimId>,
    need: &DisclosureNeed,
    disclosure: &Disclosure,
    nearest: Option<(Distance, TextRange)>,
) {
    let name = spoken(run.plan.str(disclosure.name));
    let words = format!("needs its {name} {}", within(need.within));
    let mut found = about(run, claim, place, &words).also_at(run.plan.place(need.place), "required here");
    if let Some((distance, range)) = nearest {
        let text = format!("the nearest one, {} away", apart(need.within, distance));
        found = found.also_at(run.place_of(range), text);
    }
    let shown = run.plan.str(disclosure.shown);
    if !shown.is_empty() {
        found = found.help(format!("add \"{shown}\" {}", position(need.within)));
        found.fix = insertion(run, place.range, need.within, shown);
    }
    run.fire(Decl::Claim(id.0), found);
}

/// The places of one disclosure, to be found by where they stand in the file.
struct Given {
    /// By version of the message: in fields, with those in the body; in fields, with those in the plain part.
    versions: [BTreeMap<(u32, u32), TextRange>; 2],
    /// By text.
    texts: BTreeMap<(u32, u32), TextRange>,
}

impl Given {
    fn new(run: &Run<'_>, places: &[Occurrence<DisclosureId>]) -> Self {
        let mut given = Self { versions: Default::default(), texts: BTreeMap::new() };
        for range in places.iter().map(|place| place.range) {
            given.texts.insert((range.text.0, range.start), range);
            let at = (run.asset.source(range).start(), range.text.0);
            let role = run.asset.text(range.text).map(|text| &text.role);
            if role != Some(&Role::PlainPart) {
                given.versions[0].insert(at, range);
            }
            if role != Some(&Role::Body) {
                given.versions[1].insert(at, range);
            }
        }
        given
    }

    /// The nearest place to `claim`. Only neighbours are looked at: in the same text, and in the file.
    fn nearest(&self, run: &Run<'_>, unit: Proximity, claim: TextRange) -> Option<(Distance, TextRange)> {
        let in_text = neighbours(&self.texts, (claim.text.0, claim.start));
        let at = (run.asset.source(claim).start(), claim.text.0);
        let in_file = self.versions.iter().flat_map(|version| neighbours(version, at));
        let distances = in_text.into_iter().chain(in_file).filter_map(|range| {
            let distance = run.layout.distance(unit, claim, range)?;
            Some((distance, range))
        });
        distances.min_by_key(|(distance, range)| (*distance, *range))
    }
}

/// The last entry before `at` and the first from there on.
fn neighbours(places: &BTreeMap<(u32, u32), TextRange>, at: (u32, u32)) -> Vec<TextRange> {
    let before = places.range(..at).next_back();
    let after = places.range(at..).next();
    before.into_iter().chain(after).map(|(_, range)| *range).collect()
}

const fn limit(within: Proximity) -> Distance {
    match within {
        Proximity::Words(n) | Proximity::Sentences(n) | Proximity::Paragraphs(n) => Distance(n),
        Proximity::Document => Distance(u32::MAX),
    }
}

/// `within 2 paragraphs`.
fn within(within: Proximity) -> String {
    match within {
        Proximity::Words(n) => format!("within {}", counted(n, "word")),
        Proximity::Sentences(0) => "in the same sentence".into(),
        Proximity::Sentences(n) => format!("within {}", counted(n, "sentence")),
        Proximity::Paragraphs(0) => "in the same paragraph".into(),
        Proximity::Paragraphs(n) => format!("within {}", counted(n, "paragraph")),
        Proximity::Document => "in the same document".into(),
    }
}

fn apart(within: Proximity, Distance(n): Distance) -> String {
    match within {
        Proximity::Words(_) if n > MOST_WORDS => format!("more than {MOST_WORDS} words"),
        Proximity::Words(_) => counted(n, "word"),
        Proximity::Sentences(_) => counted(n, "sentence"),
        Proximity::Paragraphs(_) | Proximity::Document => counted(n, "paragraph"),
    }
}

fn counted(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

const fn position(within: Proximity) -> &'static str {
    match within {
        Proximity::Words(_) | Proximity::Sentences(_) => "right after this sentence",
        Proximity::Paragraphs(0) => "to this paragraph",
        Proximity::Paragraphs(_) | Proximity::Document => "after this paragraph",
    }
}

/// Puts the disclosure into a paragraph of its own after that of the claim, or at its end. Offered where the place is
/// clear: after a paragraph of an article, a page or an email that is written in Markdown or plain text and stands
/// between line breaks, so in no list, quotation or table.
fn insertion(run: &Run<'_>, claim: TextRange, within: Proximity, shown: &str) -> Option<Fix> {
    let is_prose = matches!(run.asset.kind, Kind::Post | Kind::Page | Kind::Email);
    let is_plain = matches!(run.asset.format, Format::Markdown | Format::Text);
    let text = run.asset.text(claim.text).filter(|text| is_prose && is_plain && text.role == Role::Body)?;
    let before = match within {
        Proximity::Paragraphs(0) => " ",
        Proximity::Paragraphs(_) | Proximity::Document => "\n\n",
        Proximity::Words(_) | Proximity::Sentences(_) => return None,
    };
    let span = paragraph(run, run.asset.source(claim))?.span;
    let start = run.source.get(..span.start() as usize)?;
    let tail = run.source.get(span.end() as usize..)?;
    let end = span.end() - trailing_breaks(span.slice(run.source));
    let stands_free = (start.is_empty() || start.ends_with('\n'))
        && (tail.is_empty() || tail.starts_with(['\n', '\r']) || end < span.end());
    if !stands_free || starts_block(span.slice(run.source)) {
        return None;
    }
    let written = mktlint_asset::encode(shown, &text.contexts)?;
    let edit = Edit { span: Span::at(end), text: format!("{before}{written}") };
    Some(run.fix(format!("add \"{shown}\""), Safety::Unsafe, vec![edit]))
}

/// Whether `words` start with the mark of a list item, quotation, table or heading.
fn starts_block(words: &str) -> bool {
    let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_item = match rest.len() < words.len() {
        true => rest.starts_with(['.', ')']),
        false => ["- ", "+ ", "* "].iter().any(|mark| rest.starts_with(mark)),
    };
    is_item || words.starts_with(['>', '|', '#'])
}

fn trailing_breaks(words: &str) -> u32 {
    (words.len() - words.trim_end_matches(['\n', '\r']).len()) as u32
}

/// The paragraph that holds the bytes of `span`.
fn paragraph<'a>(run: &Run<'a>, span: Span) -> Option<&'a Part> {
    let parts = &run.asset.parts;
    let end = parts.partition_point(|part| part.span.start() <= span.start());
    // Links and images of the paragraph stand between it and the claim; a paragraph with more is left alone.
    let near = parts.get(end.saturating_sub(64)..end)?.iter().rev();
    near.filter(|part| part.kind == PartKind::Paragraph).find(|part| part.span.contains(span))
}
