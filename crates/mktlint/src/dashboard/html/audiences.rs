//! How audiences stand to each other, as a map.

use super::super::chart::heat::{Cell, heat};
use super::super::data::{Dashboard, Overlap};
use super::part;
use crate::commands::audience::overlap::Relation;
use crate::page::push;

/// Pairs that the table lists.
const MOST: usize = 400;

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    let overlap = &dashboard.overlap;
    if overlap.names.len() < 2 {
        return part::nothing("The policy has fewer than two audiences to compare.", out);
    }
    push!(
        out,
        "<p>Whether somebody can be in two audiences at once. This is decided from their conditions, not counted.</p>\n"
    );
    part::legend(&LEGEND, out);
    let names: Vec<&str> = overlap.names.iter().map(String::as_str).collect();
    let drawing = heat(&names, |row, column| cell(overlap, row, column));
    let pairs = pairs(overlap);
    let n_all = pairs.len();
    let table = part::table(
        "Audiences that share people",
        &["Audience", "", "Audience"],
        pairs.into_iter().take(MOST),
    );
    part::figure(&drawing, "Overlap of audiences", &table, out);
    part::more(n_all, MOST, "pair", "mktlint audience overlap", out);
    part::more(
        overlap.names.len() + overlap.n_more,
        overlap.names.len(),
        "audience",
        "mktlint audience overlap",
        out,
    );
}

const LEGEND: [(&str, &str, &str); 6] = [
    ("apart", "", "nobody is in both"),
    ("overlap", "∩", "somebody is in both"),
    ("inside", "⊂", "all of the row are in the column"),
    ("around", "⊃", "all of the column are in the row"),
    ("same", "=", "the same people"),
    ("open", "?", "cannot be decided"),
];

fn shown(relation: &Relation) -> (&'static str, &'static str, &'static str) {
    let at = match relation {
        Relation::Apart => 0,
        Relation::Overlap => 1,
        Relation::Inside => 2,
        Relation::Around => 3,
        Relation::Same => 4,
        Relation::Undecided(_) => 5,
    };
    LEGEND[at]
}

fn words(relation: &Relation) -> &'static str {
    match relation {
        Relation::Apart => "shares nobody with",
        Relation::Overlap => "shares people with",
        Relation::Inside => "is inside",
        Relation::Around => "is around",
        Relation::Same => "is the same as",
        Relation::Undecided(_) => "cannot be compared with",
    }
}

fn cell(overlap: &Overlap, row: usize, column: usize) -> Option<Cell> {
    let relation = overlap.get(row, column)?;
    let (class, sign, _) = shown(&relation);
    let [a, b] = [row, column].map(|at| overlap.names.get(at).map_or("", String::as_str));
    Some(Cell { class, sign, title: format!("{a} {} {b}", words(&relation)) })
}

/// All pairs that share somebody, or of which nobody knows.
fn pairs(overlap: &Overlap) -> Vec<Vec<String>> {
    let mut pairs = Vec::new();
    for (row, a) in overlap.names.iter().enumerate() {
        for (column, b) in overlap.names.iter().enumerate().skip(row + 1) {
            match overlap.get(row, column) {
                None | Some(Relation::Apart) => {}
                Some(relation) => pairs.push(vec![a.clone(), words(&relation).to_owned(), b.clone()]),
            }
        }
    }
    pairs
}
