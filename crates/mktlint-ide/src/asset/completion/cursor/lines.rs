//! Keys and values on lines: YAML and TOML.

use mktlint_text::Span;

use super::flow::{Comments, cursor as flow};
use super::{Cursor, Spot, key, typed};

/// Lines that are looked at above and below the place. A guess: a manifest has fifty.
const MOST_LINES: usize = 2_000;

/// Lines that one value of TOML may take.
const MOST_LINES_OF_VALUE: usize = 200;

/// What a line says.
#[derive(Clone, Debug, Default)]
struct Line {
    /// Spaces before anything.
    indent: usize,
    /// Letters before the key: spaces and dashes.
    depth: usize,
    /// Whether it starts an item of a list.
    is_item: bool,
    /// Whether it says nothing.
    is_blank: bool,
    key: Option<String>,
    /// Where the value, or what may become a key, starts in the file.
    rest: u32,
}

/// The bytes of the line at `offset`, without its end.
fn line_at(text: &str, region: Span, offset: u32) -> Span {
    let before = Span::new(region.start(), offset.max(region.start())).slice(text);
    let after = Span::new(offset, region.end().max(offset)).slice(text);
    let start = offset - (before.len() - before.rfind('\n').map_or(0, |at| at + 1)) as u32;
    Span::new(start, offset + after.find('\n').unwrap_or(after.len()) as u32)
}

/// The lines above `line`, the nearest first.
fn above<'t>(text: &'t str, region: Span, line: Span) -> impl Iterator<Item = Span> + 't {
    let mut start = line.start();
    let lines = std::iter::from_fn(move || {
        let end = start.checked_sub(1).filter(|end| *end >= region.start())?;
        let line = line_at(text, region, end);
        start = line.start();
        Some(line)
    });
    lines.take(MOST_LINES)
}

/// The lines below `line`.
fn below<'t>(text: &'t str, region: Span, line: Span) -> impl Iterator<Item = Span> + 't {
    let mut end = line.end();
    let lines = std::iter::from_fn(move || {
        let start = Some(end + 1).filter(|start| *start <= region.end())?;
        let line = line_at(text, region, start);
        end = line.end();
        Some(line)
    });
    lines.take(MOST_LINES)
}

/// Where `offset` is in YAML at `region`.
pub fn yaml(text: &str, region: Span, offset: u32) -> Option<Cursor> {
    let whole = line_at(text, region, offset);
    let typed_line = Span::new(whole.start(), offset);
    let line = yaml_line(text, typed_line);
    let rest = Span::new(line.rest.min(offset), offset).slice(text);
    if rest.trim_start().starts_with('#') || rest.contains(" #") {
        return None;
    }
    let (mut path, siblings) = around(text, region, whole, &line);
    let is_value = line.key.is_some();
    path.extend(line.key.clone());
    if rest.trim_start().starts_with(['{', '[']) {
        let region = Span::new(line.rest, whole.end());
        return flow(text, region, offset, path, Comments::Hashes);
    }
    let (word, quote) = typed(text, line.rest, offset);
    let spot = if is_value { Spot::Value } else { Spot::Key };
    let siblings = if is_value { Vec::new() } else { siblings };
    Some(Cursor { path, spot, in_list: line.is_item && !is_value, word, quote, siblings })
}

fn yaml_line(text: &str, span: Span) -> Line {
    let written = span.slice(text);
    let indent = written.len() - written.trim_start_matches(' ').len();
    let mut rest = written.trim_start_matches(' ');
    let mut is_item = false;
    while let Some(item) =
        rest.strip_prefix("- ").or_else(|| rest.strip_prefix('-').filter(|rest| rest.is_empty()))
    {
        is_item = true;
        rest = item.trim_start_matches(' ');
    }
    let depth = written.len() - rest.len();
    let start = span.end() - rest.len() as u32;
    let is_blank = rest.trim().is_empty() && !is_item || rest.starts_with('#') || rest.starts_with("---");
    let end = rest.find(':').filter(|at| {
        rest.get(at + 1..).is_some_and(|after| after.is_empty() || after.starts_with([' ', '\r']))
    });
    let end = end.filter(|at| !rest.get(..*at).unwrap_or_default().contains(['{', '[', '#']));
    let name = end.and_then(|at| rest.get(..at)).map(key);
    let rest = start + end.map_or(0, |at| at as u32 + 1);
    Line { indent, depth, is_item, is_blank, key: name, rest }
}

/// The keys around a line, and those beside it.
fn around(text: &str, region: Span, at: Span, line: &Line) -> (Vec<String>, Vec<String>) {
    let (mut path, mut siblings) = (Vec::new(), Vec::new());
    // Keys at this depth are beside the line, as long as no item of a list starts between.
    let mut depth = line.depth;
    let mut is_beside = !line.is_item;
    for other in above(text, region, at).map(|span| yaml_line(text, span)).filter(|other| !other.is_blank) {
        if other.depth == depth && is_beside {
            siblings.extend(other.key.clone());
        }
        if other.is_item && other.depth == depth && is_beside {
            // The record is an item; its list belongs to a key that stands no deeper than the dash.
            (depth, is_beside) = (other.indent + 1, false);
        } else if other.depth < depth && (!other.is_item || other.key.is_some()) {
            path.extend(other.key);
            (depth, is_beside) = (if other.is_item { other.indent + 1 } else { other.depth }, false);
        }
        // Nothing is around the outermost keys, but there are more beside them.
        if depth == 0 && !is_beside {
            break;
        }
    }
    siblings.reverse();
    if !line.is_item || line.key.is_some() {
        let others =
            below(text, region, at).map(|span| yaml_line(text, span)).filter(|other| !other.is_blank);
        let beside = others
            .take_while(|other| other.depth >= line.depth && !(other.is_item && other.depth <= line.depth));
        siblings.extend(beside.filter(|other| other.depth == line.depth).filter_map(|other| other.key));
    }
    path.reverse();
    (path, siblings)
}

/// Where `offset` is in TOML at `region`.
pub fn toml(text: &str, region: Span, offset: u32) -> Option<Cursor> {
    let whole = line_at(text, region, offset);
    let lines = || std::iter::once(whole).chain(above(text, region, whole));
    let table = lines().find_map(|line| header(line.slice(text))).unwrap_or_default();
    if let Some((name, start)) = lines().take(MOST_LINES_OF_VALUE).find_map(|line| assignment(text, line)) {
        let mut path = table.clone();
        path.extend(name.split('.').map(str::to_owned));
        let rest = Span::new(start, region.end());
        if let Some(found) = flow(text, rest, offset, path.clone(), Comments::Hashes) {
            return Some(found);
        }
        if start >= whole.start() && start <= offset {
            return toml_value(text, start, offset, path);
        }
    }
    toml_key(text, region, whole, offset, table)
}

/// A value that starts at `start`, without brackets.
fn toml_value(text: &str, start: u32, offset: u32, path: Vec<String>) -> Option<Cursor> {
    let (word, quote) = typed(text, start, offset);
    if quote.is_none() && Span::new(start, offset).slice(text).contains('#') {
        return None;
    }
    Some(Cursor { path, spot: Spot::Value, in_list: false, word, quote, siblings: Vec::new() })
}

/// A key of `table` on the line `whole`.
fn toml_key(text: &str, region: Span, whole: Span, offset: u32, table: Vec<String>) -> Option<Cursor> {
    let written = Span::new(whole.start(), offset).slice(text).trim_start();
    if written.starts_with(['#', '[']) || written.contains(['=', ' ']) {
        return None;
    }
    let of_table = |lines: &mut dyn Iterator<Item = Span>| -> Vec<String> {
        let own = lines.take_while(|line| header(line.slice(text)).is_none());
        own.filter_map(|line| assignment(text, line)).map(|(name, _)| name).collect()
    };
    let mut siblings = of_table(&mut above(text, region, whole));
    siblings.reverse();
    siblings.extend(of_table(&mut below(text, region, whole)));
    let (word, quote) = typed(text, whole.start(), offset);
    Some(Cursor { path: table, spot: Spot::Key, in_list: false, word, quote, siblings })
}

/// `[offer]`, `[[sends]]`
fn header(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('[')?.trim_start_matches('[');
    let (inner, behind) = inner.split_once(']')?;
    // An item of a list on lines of its own looks alike: `["a", "b"],`.
    let is_header =
        matches!(behind.trim(), "" | "]") || behind.trim_start_matches(']').trim().starts_with('#');
    let words: Vec<String> = inner.split('.').map(key).collect();
    let is_bare =
        |word: &String| word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'));
    (is_header && words.iter().all(is_bare)).then_some(words)
}

/// The key of `key = value`, and where the value starts.
fn assignment(text: &str, line: Span) -> Option<(String, u32)> {
    let written = line.slice(text);
    let at = written.find('=')?;
    let name = key(written.get(..at)?);
    let is_key = !name.is_empty()
        && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'));
    is_key.then(|| (name, line.start() + at as u32 + 1))
}
