//! Words of assets that name what policies declare: audiences and conditions in manifests, rules in directives.

use std::collections::BTreeMap;

use mktlint_asset::{Extraction, extract};
use mktlint_check::{AudienceFact, FileFacts, Whom};
use mktlint_diag::{FilePath, Place};
use mktlint_hir::SourceFile;
use mktlint_hir::mention::Meant;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::file_scope;
use mktlint_hir::people::segment;
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::{AssetFile, View};

/// A word of an asset that names something of a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssetName {
    /// Where the word stands; where that cannot be told, all that holds it.
    pub place: Place,
    /// The word; `None` where its place cannot be told, or it is written with escapes.
    pub word: Option<SmolStr>,
    /// What it names.
    pub what: Meant,
}

impl AssetName {
    /// The word at `span`, unless other bytes stand there.
    fn at(file: &FilePath, text: &str, span: Span, word: &str, what: Meant) -> Self {
        let is_there = span.slice(text) == word;
        Self { place: Place::new(file.clone(), span), word: is_there.then(|| word.into()), what }
    }
}

/// The names in an asset file, in order.
pub fn names(view: View<'_>, asset: &AssetFile) -> Vec<AssetName> {
    let mut found = of_manifest(view, &asset.path, &asset.text, &asset.judged.facts);
    found.extend(of_directives(view, &asset.path, &asset.text, &asset.extraction));
    found.sort();
    found
}

/// The names in all asset files that stand for `what`, in order; `words` are the ways to write it.
pub fn names_of(view: View<'_>, what: &[&Meant], words: &[&str]) -> Vec<AssetName> {
    let is_of_rules = |what: &&Meant| matches!(what, Meant::Declaration(kind, _) if is_waivable(*kind));
    names_where(view, words, what.iter().any(is_of_rules), |found| what.contains(&found))
}

/// The names in all asset files for which `is_wanted` holds, in order; those in directives if rules are among them. A
/// manifest or file that holds none of `words` is left out.
pub fn names_where(
    view: View<'_>,
    words: &[&str],
    with_rules: bool,
    is_wanted: impl Fn(&Meant) -> bool,
) -> Vec<AssetName> {
    let mut found = Vec::new();
    for (path, judged) in &view.assets.files {
        let says = is_said(&judged.facts, words);
        if !says && !with_rules {
            continue;
        }
        let Some(text) = view.texts.text(path) else { continue };
        if says {
            found.extend(of_manifest(view, path, &text, &judged.facts));
        }
        if with_rules
            && text.contains("mktlint")
            && words.iter().any(|word| text.contains(word))
            && let Some(spec) = view.texts.spec(path, &text)
        {
            found.extend(of_directives(view, path, &text, &extract(path, &text, &spec)));
        }
    }
    found.retain(|name| is_wanted(&name.what));
    found.sort();
    found.dedup();
    found
}

/// Whether a manifest says one of `words` of its audience, escapes aside.
fn is_said(facts: &FileFacts, words: &[&str]) -> bool {
    let mut all = facts.campaigns.iter().flat_map(|campaign| &campaign.audience);
    all.any(|said| match &said.whom {
        Whom::Name(own) | Whom::Condition(own) => words.iter().any(|word| own.contains(word)),
        Whom::Wrong(..) => false,
    })
}

/// Whether findings come of declarations of this kind, so that directives can name them.
pub const fn is_waivable(kind: ItemKind) -> bool {
    use ItemKind::{Cap, Claim, QuietHours, Rule, Suppress, Term, Utm};
    matches!(kind, Rule | Claim | Term | Utm | Suppress | Cap | QuietHours)
}

fn of_manifest(view: View<'_>, file: &FilePath, text: &str, facts: &FileFacts) -> Vec<AssetName> {
    let mut found = Vec::new();
    // Tables of one field share the place of the field.
    let mut tables: BTreeMap<Span, Vec<Word>> = BTreeMap::new();
    for said in facts.campaigns.iter().flat_map(|campaign| &campaign.audience) {
        let span = said.place.span;
        match &said.whom {
            Whom::Name(name) => found.extend(audience(view, file, text, said, name)),
            Whom::Condition(words) => {
                match condition_at(text, span, words) {
                    Some(start) => found.extend(of_condition(view, words).into_iter().map(|word| {
                        AssetName::at(file, text, word.span.shift(start), &word.word, word.what)
                    })),
                    None => tables.entry(span).or_default().extend(of_condition(view, words)),
                }
            }
            Whom::Wrong(..) => {}
        }
    }
    for (span, words) in tables {
        found.extend(in_tables(file, text, span, &words));
    }
    found
}

/// `vip`, `acme.people.vip`
fn audience(
    view: View<'_>,
    file: &FilePath,
    text: &str,
    said: &AudienceFact,
    name: &SmolStr,
) -> Option<AssetName> {
    let meant = declared(view, name, |kind| kind == ItemKind::Audience);
    let [(kind, path)] = meant.as_slice() else { return None };
    let span = said.place.span;
    let start = condition_at(text, span, name)?;
    let end = start.saturating_add(u32::try_from(name.len()).ok()?);
    let last = u32::try_from(path.name().len()).ok()?;
    let word = Span::new(end.saturating_sub(last), end);
    Some(AssetName::at(file, text, word, path.name(), Meant::Declaration(*kind, path.clone())))
}

/// Where `words` start at `span`, when they stand there as they are; white space before them does not count.
fn condition_at(text: &str, span: Span, words: &str) -> Option<u32> {
    let written = span.slice(text);
    let before = written.len() - written.trim_start().len();
    let is_there = written.trim_start().starts_with(words);
    is_there.then(|| span.start().saturating_add(u32::try_from(before).unwrap_or(0)))
}

/// A word of a condition.
struct Word {
    span: Span,
    word: SmolStr,
    what: Meant,
}

fn of_condition(view: View<'_>, words: &SmolStr) -> Vec<Word> {
    let Ok(segment) = segment(view.db, view.project, words) else { return Vec::new() };
    let word = |mention: mktlint_hir::mention::Mention| Word {
        span: mention.span,
        word: mention.span.slice(words).into(),
        what: mention.what,
    };
    segment.mentions.into_iter().map(word).collect()
}

/// Words of conditions that are written as tables at `span`: found by their letters where the table holds these as often
/// as the condition that it stands for.
fn in_tables(file: &FilePath, text: &str, span: Span, words: &[Word]) -> Vec<AssetName> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_first = words.iter().take(at).all(|other| other.what != word.what);
        if !is_first {
            continue;
        }
        let n_meant = words.iter().filter(|other| other.what == word.what).count();
        let places = occurrences(span.slice(text), &word.word);
        if places.len() == n_meant {
            let shown = |start: u32| {
                let own = Span::new(start, start + word.word.len() as u32).shift(span.start());
                AssetName::at(file, text, own, &word.word, word.what.clone())
            };
            found.extend(places.into_iter().map(shown));
        } else {
            let place = Place::new(file.clone(), span);
            found.push(AssetName { place, word: None, what: word.what.clone() });
        }
    }
    found
}

/// Where `word` stands in `text` as a whole word.
pub fn occurrences(text: &str, word: &str) -> Vec<u32> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let found = text.match_indices(word).filter(|(at, _)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !word.is_empty() && !before.is_some_and(is_of_word) && !after.is_some_and(is_of_word)
    });
    found.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
}

fn of_directives(view: View<'_>, file: &FilePath, text: &str, extraction: &Extraction) -> Vec<AssetName> {
    let directives = extraction.assets.iter().flat_map(|asset| &asset.directives);
    let rules = directives.filter_map(|directive| directive.rule.as_ref());
    let mut found = Vec::new();
    for (name, span) in rules {
        // The directives of a file belong to each of its assets.
        let word = name.rsplit('.').next().unwrap_or_default();
        let start = span.end().saturating_sub(u32::try_from(word.len()).unwrap_or(0));
        for (kind, path) in declared(view, name, is_waivable) {
            let what = Meant::Declaration(kind, path);
            found.push(AssetName::at(file, text, Span::new(start, span.end()), word, what));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The declarations that `name` is the full name of, or the last words of that name: one of exactly this name, else the
/// project's own, else those of packs.
pub fn declared(view: View<'_>, name: &str, is_wanted: fn(ItemKind) -> bool) -> Vec<(ItemKind, DeclPath)> {
    let word = name.rsplit('.').next().unwrap_or_default();
    let is_meant =
        |path: &str| path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    let of_file = |file: SourceFile| {
        let is_possible = file.text(view.db).contains(word) || word.is_empty();
        let scope = is_possible.then(|| file_scope(view.db, file).names.values());
        let named =
            scope.into_iter().flatten().filter(|entry| is_wanted(entry.kind) && is_meant(&entry.path.0));
        named.map(|entry| (entry.kind, entry.path.clone())).collect::<Vec<_>>()
    };
    let own: Vec<_> = view.own_files().flat_map(of_file).collect();
    let packs = view.project.files(view.db).iter().copied().filter(|file| file.is_pack(view.db));
    let all = if own.is_empty() { packs.flat_map(of_file).collect() } else { own };
    match all.iter().find(|(_, path)| path.0 == name) {
        Some(exact) => vec![exact.clone()],
        None => all,
    }
}
