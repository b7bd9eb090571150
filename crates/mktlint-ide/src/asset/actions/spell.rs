//! The word that was meant: an audience, a key, a member of a closed set.

use mktlint_asset::{Asset, TextRange, Value, encode_edit, keys};
use mktlint_diag::{Diagnostic, Edit};
use mktlint_text::Span;

use crate::asset::names::occurrences;
use crate::policy::actions::{replace, ticked};
use crate::{ActionKind, AssetFile, CodeAction, FileEdits};

/// Writes the word that a finding without a fix proposes, ``did you mean `adults`?``, in the place of the one that it
/// names last.
pub fn action(file: &AssetFile, found: &Diagnostic) -> Option<CodeAction> {
    let is_open = found.fix.is_none() && found.waived.is_none();
    let help = found.help.first().filter(|help| is_open && help.starts_with("did you mean `"))?;
    let meant = *ticked(help).first()?;
    let wrong = *ticked(&found.message).last()?;
    let span = found.primary.place.span;
    let edits = key(file, span, meant)
        .or_else(|| value(file, span, wrong, meant))
        .or_else(|| word(file, span, wrong, meant))?;
    Some(CodeAction {
        title: format!("write `{meant}`"),
        kind: ActionKind::QuickFix,
        edits: vec![FileEdits { file: file.path.clone(), edits }],
        repairs: Some((found.code.clone(), span)),
        is_preferred: true,
    })
}

/// The key at `span`, between its quotes.
fn key(file: &AssetFile, span: Span, meant: &str) -> Option<Vec<Edit>> {
    keys(&file.text, file.spec.format).into_iter().find(|key| key.name == span)?;
    let quoted = span.slice(&file.text);
    let inner = quoted.trim_start_matches(['"', '\'']);
    let start = span.start() + (quoted.len() - inner.len()) as u32;
    let end = start + inner.trim_end_matches(['"', '\'']).len() as u32;
    is_plain(meant).then(|| vec![replace(Span::new(start, end), meant)])
}

/// The value of a field that says just `wrong` at `span`, as its format writes it.
fn value(file: &AssetFile, span: Span, wrong: &str, meant: &str) -> Option<Vec<Edit>> {
    file.extraction.assets.iter().find_map(|asset| {
        let mut all = Vec::new();
        asset.fields.values().for_each(|field| texts(&field.value, &mut all));
        let is_there = |range: &TextRange| {
            let source = asset.source(*range);
            source.contains(span) || span.contains(source)
        };
        let range = all.into_iter().filter(is_there).find_map(|range| trimmed(asset, range, wrong))?;
        encode_edit(&file.text, asset, range, meant)
    })
}

/// The letters of `range` without white space around, when they are `wrong`.
fn trimmed(asset: &Asset, range: TextRange, wrong: &str) -> Option<TextRange> {
    let words = asset.slice(range);
    let before = words.len() - words.trim_start().len();
    let start = range.start + before as u32;
    let end = start + wrong.len() as u32;
    (words.trim() == wrong).then_some(TextRange { start, end, ..range })
}

/// The texts in a value, at any depth.
fn texts(value: &Value, found: &mut Vec<TextRange>) {
    match value {
        Value::Text(range) => found.push(*range),
        Value::List(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Record(members) => members.iter().for_each(|(_, item)| texts(item, found)),
        _ => {}
    }
}

/// The only place at `span` where `wrong` stands.
fn word(file: &AssetFile, span: Span, wrong: &str, meant: &str) -> Option<Vec<Edit>> {
    let [at] = *occurrences(span.slice(&file.text), wrong) else { return None };
    let start = span.start() + at;
    is_plain(meant).then(|| vec![replace(Span::new(start, start + wrong.len() as u32), meant)])
}

/// Whether a word is written alike in every format.
fn is_plain(word: &str) -> bool {
    word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}
