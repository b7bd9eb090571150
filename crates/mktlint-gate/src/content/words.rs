//! Running text, sentence by sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use mktlint_asset::{Asset, Format, Kind, PartKind as Found, Role, Text, TextId, TextRange, Value, names};
use mktlint_check::{SourceFile, Speaker, Wording, wordings};
use mktlint_diag::Place;
use mktlint_measure::length::sentences;
use mktlint_plan::Plan;
use mktlint_text::Span;

use super::assemble::Entries;
use super::control::{self, Stand};
use super::{Reader, field, language, normal, price, proof};
use crate::{Item, PartKind};

/// What stands for a link that is shown as its address, which is said among the links.
const LINK: &str = "[link]";

/// What tags that decide what is shown are called.
const CONTROL: &str = "control";

/// Adds what people read of `asset`: sentences with claims, prices and small print to their parts, the rest to the copy.
pub fn add(reader: &Reader<'_>, source: &SourceFile<'_>, asset: &Asset, entries: &mut Entries) {
    if asset.kind == Kind::Campaign {
        return;
    }
    let said = wordings(reader.judge, asset, &mut reader.scratch.borrow_mut());
    let is_english = language::may_be_english(asset, source.campaign);
    let page =
        Page { reader, asset, said: by_text(&said), stands: stands(asset), looks: looks(asset), is_english };
    for sentence in page.read() {
        page.add(sentence, entries);
    }
}

/// An asset while it is read.
struct Page<'a, 'r> {
    reader: &'a Reader<'r>,
    asset: &'a Asset,
    said: BTreeMap<TextId, Vec<(Range<u32>, Speaker)>>,
    stands: BTreeMap<TextId, Vec<Stand>>,
    /// Headings and buttons of the running text.
    looks: Vec<(Range<u32>, &'static str)>,
    is_english: bool,
}

/// One sentence, or a tag that shows nothing itself.
struct Sentence {
    /// Where its text stands among the others: 1 is the running text.
    order: u8,
    /// The field; empty of running text.
    field: String,
    /// What it looks like, or the field.
    name: String,
    text: String,
    span: Span,
    speakers: BTreeSet<Speaker>,
}

fn by_text(said: &[Wording]) -> BTreeMap<TextId, Vec<(Range<u32>, Speaker)>> {
    let mut found: BTreeMap<TextId, Vec<(Range<u32>, Speaker)>> = BTreeMap::new();
    for it in said {
        found.entry(it.range.text).or_default().push((it.range.start..it.range.end, it.speaker));
    }
    found.values_mut().for_each(|all| all.sort_by_key(|(range, speaker)| (range.start, range.end, *speaker)));
    found
}

/// What is quoted otherwise than it is written: tags, and links that are shown as addresses.
fn stands(asset: &Asset) -> BTreeMap<TextId, Vec<Stand>> {
    let mut all = control::tags(asset);
    let links = asset.parts.iter().filter(|part| part.kind == Found::Link);
    let bare = links.filter_map(|link| link.text.filter(|range| is_address(asset, link, *range)));
    all.extend(bare.map(|range| Stand { range, words: LINK.to_owned() }));
    all.sort_by_key(|stand| (stand.range.text, stand.range.start, std::cmp::Reverse(stand.range.end)));
    let mut found: BTreeMap<TextId, Vec<Stand>> = BTreeMap::new();
    for stand in all {
        let of_text = found.entry(stand.range.text).or_default();
        if of_text.last().is_none_or(|last| last.range.end <= stand.range.start) {
            of_text.push(stand);
        }
    }
    found
}

/// Whether a link shows its own address. Of one with template tags the first letters tell.
fn is_address(asset: &Asset, link: &mktlint_asset::Part, shown: TextRange) -> bool {
    let Some(Value::Text(url)) = link.field(names::URL) else { return false };
    let (shown, url) = (asset.slice(shown).trim(), asset.slice(*url).trim());
    let start: String = shown.chars().take_while(|letter| *letter != '\u{FFFC}').collect();
    !start.is_empty() && (url.starts_with(&start) && shown.contains(['/', '.']) || start.contains("://"))
}

fn looks(asset: &Asset) -> Vec<(Range<u32>, &'static str)> {
    let look = |part: &mktlint_asset::Part| {
        let name = match part.kind {
            Found::Heading => "heading",
            Found::Button => "button",
            _ => return None,
        };
        let range = part.text.filter(|range| range.text == TextId(0))?;
        Some((range.start..range.end, name))
    };
    let mut looks: Vec<_> = asset.parts.iter().filter_map(look).collect();
    looks.sort_by_key(|(range, _)| (range.start, range.end));
    looks
}

impl Page<'_, '_> {
    fn read(&self) -> Vec<Sentence> {
        let texts = self.asset.texts.iter().zip(0..);
        let mut texts: Vec<_> =
            texts.filter_map(|(text, at)| Some((self.place_of(text)?, text, TextId(at)))).collect();
        // Columns of one list, as the headlines of an ad are, may stand in any order; so may fields everywhere.
        let is_table = self.asset.format == Format::Csv;
        texts.sort_by_key(|(place, text, _)| (place.clone(), is_table.then(|| text.mapped.text())));
        let mut found = Vec::new();
        for ((order, field), text, id) in texts {
            self.text(id, text, order, &field, &mut found);
        }
        self.with_controls(found)
    }

    /// Where a text stands among the others, and its field; `None` of one that is no copy.
    fn place_of(&self, text: &Text) -> Option<(u8, String)> {
        match &text.role {
            Role::Field(name) if field::is_copy(self.reader, self.asset, name) => Some((0, name.to_string())),
            Role::Body => Some((1, String::new())),
            Role::PlainPart => Some((2, "plain_text".to_owned())),
            Role::PartField(name) if !matches!(name.as_str(), names::ALT | names::FALLBACK) => {
                Some((3, name.to_string()))
            }
            // Words that a style hides are read by programs, and by people once the style is gone.
            Role::Machine(name) if name == names::HIDDEN => Some((4, names::HIDDEN.to_owned())),
            Role::Field(_) | Role::PartField(_) | Role::Machine(_) => None,
        }
    }

    fn text(&self, id: TextId, text: &Text, order: u8, field: &str, found: &mut Vec<Sentence>) {
        let written = text.mapped.text();
        let said = self.said.get(&id).map_or(&[][..], Vec::as_slice);
        let mut first_mark = 0;
        for range in sentences(written) {
            let (start, end) = (range.start as u32, range.end as u32);
            let quoted = self.quoted(id, written, start..end);
            while said.get(first_mark).is_some_and(|(mark, _)| mark.end <= start) {
                first_mark += 1;
            }
            let here = said.iter().skip(first_mark).take_while(|(mark, _)| mark.start < end);
            let speakers = here.filter(|(mark, _)| mark.end > start).map(|(_, speaker)| *speaker).collect();
            if quoted.is_empty() {
                continue;
            }
            let look = if order == 1 { self.look(start) } else { None };
            found.push(Sentence {
                order,
                field: field.to_owned(),
                name: look.map_or_else(|| field.to_owned(), str::to_owned),
                text: quoted,
                span: text.mapped.source(start..end),
                speakers,
            });
        }
    }

    /// The heading or button that the running text is part of at `at`.
    fn look(&self, at: u32) -> Option<&'static str> {
        let before = self.looks.partition_point(|(range, _)| range.start <= at);
        let near = self.looks.get(..before)?.iter().rev().take(4);
        near.filter(|(range, _)| at < range.end).map(|(_, name)| *name).next()
    }

    /// The words at `range` in their normal form.
    fn quoted(&self, id: TextId, text: &str, range: Range<u32>) -> String {
        let stands = self.stands.get(&id).map_or(&[][..], Vec::as_slice);
        let from = stands.partition_point(|stand| stand.range.start < range.start);
        let slice = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
        let mut out = String::new();
        let mut at = range.start;
        for stand in stands.iter().skip(from).take_while(|stand| stand.range.end <= range.end) {
            out.push_str(&self.spelled(slice(at, stand.range.start)));
            out.push_str(&stand.words);
            at = stand.range.end;
        }
        out.push_str(&self.spelled(slice(at, range.end)));
        normal::text(&out)
    }

    /// `words` put right; white space at the ends stays, since other words may follow.
    fn spelled(&self, words: &str) -> String {
        if self.is_english { self.reader.lexicon.corrected(&spaced(words)) } else { words.to_owned() }
    }

    /// The sentences with the tags that decide what is shown: between those of the running text where the file has them,
    /// behind them in a data file, whose keys may stand in any order.
    fn with_controls(&self, sentences: Vec<Sentence>) -> Vec<Sentence> {
        let mut tags = control::hidden(self.asset);
        let is_markup =
            !matches!(self.asset.format, Format::Csv | Format::Json | Format::Yaml | Format::Toml);
        match is_markup {
            true => tags.sort_by_key(|(span, _)| span.start()),
            false => tags.sort_by(|(_, one), (_, other)| one.cmp(other)),
        }
        let mut tags = tags.into_iter().map(control_tag).peekable();
        let mut found = Vec::new();
        for sentence in sentences {
            while let Some(tag) = tags
                .next_if(|tag| is_markup && sentence.order == 1 && tag.span.start() < sentence.span.start())
            {
                found.push(tag);
            }
            found.push(sentence);
        }
        found.extend(tags);
        found
    }

    /// Adds a sentence to each part that it belongs to, or to the copy.
    fn add(&self, sentence: Sentence, entries: &mut Entries) {
        let plan = &self.reader.judge.plan;
        let place = Place::new(self.asset.file.clone(), sentence.span);
        let mut is_copy = true;
        for speaker in &sentence.speakers {
            is_copy &= !self.speak(plan, *speaker, &sentence, &place, entries);
        }
        let kind = match price::is_about_money(&sentence.text) {
            true if sentence.field != CONTROL => PartKind::Prices,
            _ if is_copy => PartKind::Copy,
            _ => return,
        };
        let counted = vec![sentence.field, sentence.text.clone()];
        entries.add_counted(kind, Item { name: sentence.name, text: sentence.text, place }, counted);
    }

    /// Adds a sentence that `speaker` names to its part; says whether it did.
    fn speak(
        &self,
        plan: &Plan,
        speaker: Speaker,
        sentence: &Sentence,
        place: &Place,
        entries: &mut Entries,
    ) -> bool {
        let item =
            |name: &str| Item { name: name.to_owned(), text: sentence.text.clone(), place: place.clone() };
        match speaker {
            Speaker::Claim(at) => {
                let Some(claim) = plan.claims.get(at as usize).filter(|claim| claim.in_force) else {
                    return false;
                };
                let item = item(plan.str(claim.head.name));
                let counted = self.counted("claim", &item);
                entries.add_counted(PartKind::Claims, item, counted);
                proof::add(plan, claim, place, entries);
            }
            Speaker::Disclosure(at) => {
                let Some(disclosure) = plan.disclosures.get(at as usize) else { return false };
                let item = item(plan.str(disclosure.name));
                let counted = self.counted("disclosure", &item);
                entries.add_counted(PartKind::Disclosures, item, counted);
            }
            Speaker::Term(_) => return false,
        }
        true
    }

    /// What an approval of a sentence that a declaration names is bound to: the sentence and what the declaration means.
    fn counted(&self, kind: &'static str, item: &Item) -> Vec<String> {
        let meaning = self.reader.meanings().of_declaration(kind, &item.name);
        let meaning = meaning.map_or_else(String::new, |digest| digest.to_string());
        vec![item.name.clone(), item.text.clone(), meaning]
    }
}

fn control_tag((span, text): (Span, String)) -> Sentence {
    let name = CONTROL.to_owned();
    Sentence { order: 1, field: name.clone(), name, text, span, speakers: BTreeSet::new() }
}

/// `words` with every white space as a space, so that words can be told apart by it.
fn spaced(words: &str) -> String {
    words.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect()
}

impl Reader<'_> {
    /// `words`, in their normal form, with misspellings put right where the language of `asset` may be English.
    pub(super) fn spelled(&self, asset: &Asset, campaign: Option<&Asset>, words: &str) -> String {
        if language::may_be_english(asset, campaign) {
            self.lexicon.corrected(words)
        } else {
            words.to_owned()
        }
    }
}
