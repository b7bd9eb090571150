//! The header of a CSV file to fields.

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::cells::Row;
use crate::data::fill::names::{Use, is_read, readable, snake, use_of, usual};
use crate::{FieldSource, Spec, codes};

/// The name of the column that waives rules for its row.
const WAIVER: &str = "mktlint_waive";

/// A column and the field that it fills.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) name: SmolStr,
    pub(super) how: Use,
    /// The bytes of its header.
    pub(super) span: Span,
    /// Whether it holds directives.
    pub(super) is_waiver: bool,
    /// Whether it holds addresses that nobody follows: pictures, tracking templates.
    pub(super) is_resource: bool,
}

/// The columns of a file, in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    pub(super) list: Vec<Column>,
}

impl Columns {
    /// The columns that `header` names, those that `spec` places first, and what is wrong with them.
    pub(super) fn of(header: &Row, text: &str, spec: &Spec, file: &FilePath) -> (Self, Vec<Diagnostic>) {
        let names: Vec<String> =
            header.cells.iter().map(|cell| cell.decode(text).text().trim().to_owned()).collect();
        let spans: Vec<Span> = header.cells.iter().map(|cell| cell.span).collect();
        let place = |span: Span| Place::new(file.clone(), span);
        let mut problems = Vec::new();
        let twice = duplicates(&names);
        for (at, first) in &twice {
            problems.push(codes::duplicate_column(place(spans[*at]), &names[*at], place(spans[*first])));
        }
        let mut placed: Vec<Option<SmolStr>> = vec![None; names.len()];
        for (field, source) in &spec.fields {
            let FieldSource::Column(pattern) = source else { continue };
            let fits: Vec<usize> = (0..names.len()).filter(|at| matches(pattern, &names[*at])).collect();
            if fits.is_empty() {
                let columns = names.iter().map(String::as_str);
                problems.push(codes::column_not_found(place(header.span), field, pattern, columns));
            }
            for at in fits {
                placed[at] = Some(field.clone());
            }
        }
        let list: Vec<Column> = (0..names.len())
            .map(|at| {
                column(
                    spec,
                    &names[at],
                    spans[at],
                    placed[at].clone(),
                    twice.binary_search_by_key(&at, |(own, _)| *own).is_ok(),
                )
            })
            .collect();
        if !list.iter().any(|column| is_read(column.how) || placed_by_hand(spec, column)) {
            problems.push(codes::no_known_column(
                place(header.span),
                spec.kind.as_str(),
                &readable(spec.kind),
            ));
        }
        (Self { list }, problems)
    }
}

fn placed_by_hand(spec: &Spec, column: &Column) -> bool {
    spec.fields.contains_key(&column.name)
}

fn column(spec: &Spec, header: &str, span: Span, placed: Option<SmolStr>, twice: bool) -> Column {
    const RESOURCES: [&str; 9] =
        ["image", "logo", "video", "template", "tracking", "canonical", "icon", "pixel", "thumbnail"];
    let key = snake(header);
    let is_waiver = key == WAIVER;
    let is_resource = RESOURCES.iter().any(|word| key.contains(word));
    let (name, how) = match placed {
        Some(field) => {
            let how = placed_use(spec, &field);
            (field, how)
        }
        None if twice => (key, Use::Any),
        None if is_resource => match usual(spec.kind, &key) {
            Some((name, Use::Machine)) => (name.into(), Use::Machine),
            _ => (key, Use::Any),
        },
        // What a translation or an edit started from, beside what is published.
        None if key.starts_with("original_") => (key, Use::Machine),
        None => match usual(spec.kind, &key) {
            Some((name, how)) => (name.into(), how),
            None if key.ends_with("url") || key.ends_with("link") => (key, Use::Url),
            None => (key, Use::Any),
        },
    };
    Column { name, how, span, is_waiver, is_resource }
}

/// What a column is used for that the configuration places: a list when its pattern may fit several.
fn placed_use(spec: &Spec, field: &SmolStr) -> Use {
    let is_list =
        |source: &FieldSource| matches!(source, FieldSource::Column(pattern) if pattern.contains('*'));
    match use_of(spec.kind, field) {
        _ if spec.fields.get(field).is_some_and(is_list) => Use::Texts,
        Use::Any => Use::Text,
        how => how,
    }
}

/// The positions of names that are there already, in order, each with the position of the first.
fn duplicates(names: &[String]) -> Vec<(usize, usize)> {
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut twice = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        match seen.get(&name.to_lowercase()) {
            Some(first) => twice.push((at, *first)),
            None => {
                seen.insert(name.to_lowercase(), at);
            }
        }
    }
    twice
}

/// Whether `name` fits `pattern`, in which `*` stands for any text; upper and lower case are the same.
///
/// Greedy from the left, which is enough for `*` alone and linear for each `*`.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.trim().to_lowercase(), name.to_lowercase());
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        if let Some(middle) = last.replace(piece) {
            let Some(at) = rest.find(middle) else { return false };
            rest = &rest[at + middle.len()..];
        }
    }
    match last {
        Some(end) => rest.ends_with(end),
        None => rest.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, expected) in [
            ("Headline *", "headline 1", true),
            ("Headline *", "Headline", false),
            ("headline", "Headline", true),
            ("*url", "Final URL", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("ab*b", "ab", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} on {name}");
        }
    }
}
