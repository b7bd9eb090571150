//! The outline of an asset.

use mktlint_asset::{Asset, Format, Kind, Part, PartKind, Value, keys, names};
use mktlint_text::Span;

use super::at::{field, words};
use crate::AssetFile;
use crate::policy::symbols::{Symbol, SymbolKind};

/// The most lines of an outline.
const MOST_SYMBOLS: usize = 2_000;

/// The most letters of a name.
const MOST_LETTERS: usize = 60;

/// The outline of a file: the keys of a manifest; of any other file its assets where it has several, and in each its
/// headings, with the links, buttons and images below them.
pub fn outline(file: &AssetFile) -> Vec<Symbol> {
    if file.spec.kind == Kind::Campaign {
        return of_keys(file);
    }
    let assets = &file.extraction.assets;
    let is_table = matches!(file.spec.format, Format::Csv | Format::Json | Format::Yaml | Format::Toml);
    let mut left = MOST_SYMBOLS;
    match assets.as_slice() {
        [one] if !is_table => parts(one, &mut left),
        all => all.iter().take(MOST_SYMBOLS).map(|asset| item(file, asset, &mut left)).collect(),
    }
}

/// The keys of a manifest, those of records below their own.
fn of_keys(file: &AssetFile) -> Vec<Symbol> {
    let text = &file.text;
    let mut top: Vec<Symbol> = Vec::new();
    for key in keys(text, file.spec.format).into_iter().take(MOST_SYMBOLS) {
        let value = key.value.slice(text);
        let is_short = !value.contains('\n') && value.chars().count() <= MOST_LETTERS;
        let name = key.path.rsplit('.').next().unwrap_or(&key.path).to_owned();
        let symbol = Symbol {
            name,
            detail: is_short
                .then(|| value.trim_matches(['"', '\'']).to_owned())
                .filter(|value| !value.is_empty()),
            kind: SymbolKind::Field,
            full: key.name.cover(key.value),
            span: key.name,
            children: Vec::new(),
        };
        match top.last_mut().filter(|last| last.full.contains(symbol.full)) {
            Some(above) if key.path.contains('.') => {
                above.detail = None;
                above.children.push(symbol);
            }
            _ => top.push(symbol),
        }
    }
    top
}

/// A row or item, by the first words that people read of it.
fn item(file: &AssetFile, asset: &Asset, left: &mut usize) -> Symbol {
    const NAMES: [&str; 6] = ["subject", "title", "headlines", "name", "body", "card_title"];
    let first = NAMES.iter().find_map(|name| match &asset.fields.get(*name)?.value {
        Value::List(items) => items.iter().find_map(|item| match item {
            Value::Text(range) => Some(asset.slice(*range).to_owned()),
            _ => None,
        }),
        _ => field(asset, name).map(|(words, _)| words.to_owned()),
    });
    let body = || asset.texts.first().map(|text| text.mapped.text().to_owned());
    let name = first.or_else(body).map(|words| shown(&words)).filter(|words| !words.is_empty());
    let line = asset.span.slice(&file.text).lines().next().unwrap_or_default();
    Symbol {
        name: name.unwrap_or_else(|| format!("{} {}", asset.kind.as_str(), asset.ordinal + 1)),
        detail: Some(asset.kind.as_str().to_owned()),
        kind: SymbolKind::Member,
        full: asset.span,
        span: Span::new(asset.span.start(), asset.span.start() + line.len() as u32),
        children: parts(asset, left),
    }
}

/// Headings by their level, the other parts below the heading before them.
fn parts(asset: &Asset, left: &mut usize) -> Vec<Symbol> {
    // The headings around the place, outermost first; the lowest stands for the asset itself.
    let mut open: Vec<(i64, Option<Symbol>, Vec<Symbol>)> = vec![(0, None, Vec::new())];
    for part in &asset.parts {
        let Some(symbol) = symbol(asset, part).filter(|_| *left > 0) else { continue };
        *left -= 1;
        if part.kind == PartKind::Heading {
            let level = match part.field(names::LEVEL) {
                Some(Value::Int(level)) => (*level).max(1),
                _ => 1,
            };
            close(&mut open, level, symbol.full.start());
            open.push((level, Some(symbol), Vec::new()));
        } else if let Some((_, _, children)) = open.last_mut() {
            children.push(symbol);
        }
    }
    close(&mut open, 1, asset.span.end());
    open.pop().map_or_else(Vec::new, |(_, _, children)| children)
}

/// Ends the headings of `level` and below at `end`.
fn close(open: &mut Vec<(i64, Option<Symbol>, Vec<Symbol>)>, level: i64, end: u32) {
    while let Some((_, Some(mut symbol), children)) = open.pop_if(|(own, ..)| *own >= level) {
        symbol.full = Span::new(symbol.full.start(), end.max(symbol.full.end()));
        symbol.children = children;
        if let Some((_, _, above)) = open.last_mut() {
            above.push(symbol);
        }
    }
}

fn symbol(asset: &Asset, part: &Part) -> Option<Symbol> {
    let said = || part.text.map(|range| shown(asset.slice(range))).filter(|words| !words.is_empty());
    let field =
        |name| words(asset, part, name).map(|(words, _)| shown(words)).filter(|words| !words.is_empty());
    let (name, detail, kind) = match part.kind {
        PartKind::Heading => (said(), None, SymbolKind::Clause),
        PartKind::Link => (
            field(names::TEXT).or_else(said).or_else(|| field(names::URL)),
            field(names::URL),
            SymbolKind::Field,
        ),
        PartKind::Image => {
            (field(names::ALT).or_else(|| field(names::SOURCE)), Some("image".to_owned()), SymbolKind::Field)
        }
        _ => return None,
    };
    Some(Symbol { name: name?, detail, kind, full: part.span, span: part.span, children: Vec::new() })
}

/// The start of a text on one line; template tags as `…`.
fn shown(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{FFFC}', "…");
    match line.char_indices().nth(MOST_LETTERS) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// Names, indented by depth.
    #[track_caller]
    fn check(asset: &str, expected: &str) {
        fn write(symbols: &[Symbol], depth: usize, out: &mut String) {
            for symbol in symbols {
                let detail = symbol.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
                out.push_str(&format!("{}{}{detail}\n", "  ".repeat(depth), symbol.name));
                write(&symbol.children, depth + 1, out);
            }
        }
        let file = Fixture::new(&format!("//- {asset}$0")).asset();
        let mut shown = String::new();
        write(&outline(&file), 0, &mut shown);
        assert_eq!(shown, expected);
    }

    #[test]
    fn headings_hold_what_is_below_them() {
        check(
            "blog/a.md\n# One\n\n[x](https://a.example)\n\n## Two\n\n![y](z.png)\n\n# Three {{ name }}\n",
            "One\n  x (https://a.example)\n  Two\n    y (image)\nThree …\n",
        );
        check(
            "emails/a.html\n<p><a href=\"https://a.example\">x</a></p><h1>One</h1><a href=\"/b\"><img src=\"c.png\"></a>\n",
            "x (https://a.example)\nOne\n  /b (/b)\n  c.png (image)\n",
        );
    }

    #[test]
    fn rows_and_items_go_by_their_words() {
        check(
            "ads/a.csv\nHeadline 1,Final URL\nBuy,https://a.example\nRent,\n",
            "Buy (Ad)\n  https://a.example (https://a.example)\nRent (Ad)\n",
        );
        check("push/a.json\n[{\"title\": \"Hi\"}, {\"body\": \"You\"}]\n", "Hi (Push)\nYou (Push)\n");
    }

    #[test]
    fn manifests_show_their_keys() {
        check("campaign.yaml\nid: a\noffer:\n  end: 2026-12-24\n", "id (a)\noffer\n  end (2026-12-24)\n");
    }
}
