//! The relations of audiences as a table.

use super::relation::{Relation, Relations};

/// Audiences from which on pairs are listed, since a table would be wider than any screen.
const TOO_WIDE: usize = 41;

/// The signs of a table: disjoint, overlap, subset, superset, equivalent, undecided.
const SIGNS: [char; 6] = ['·', '○', '⊂', '⊃', '=', '?'];
const ASCII: [char; 6] = ['.', 'o', '<', '>', '=', '?'];

/// The table of `relations` between audiences called `names`; a list of pairs when there are many.
pub fn text(names: &[&str], relations: &Relations, ascii: bool) -> String {
    let signs = if ascii { ASCII } else { SIGNS };
    if names.is_empty() {
        return String::new();
    }
    if names.len() >= TOO_WIDE {
        return pairs(names, relations);
    }
    let numbers = names.len().to_string().len();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let head: String = (1..=names.len()).map(|number| format!(" {number:>numbers$}")).collect();
    let mut text = format!("{:numbers$} {:width$} {head}\n", "", "");
    for (row, name) in names.iter().enumerate() {
        let sign = |column| relations.get(row, column).map_or(' ', |relation| sign(&relation, signs));
        let cells: String = (0..names.len()).map(|column| format!(" {:>numbers$}", sign(column))).collect();
        text.push_str(format!("{:>numbers$} {name:width$} {cells}", row + 1).trim_end());
        text.push('\n');
    }
    text.push_str(&legend(relations, signs));
    text
}

fn sign(relation: &Relation, signs: [char; 6]) -> char {
    let [apart, overlap, inside, around, same, undecided] = signs;
    match relation {
        Relation::Apart => apart,
        Relation::Overlap => overlap,
        Relation::Inside => inside,
        Relation::Around => around,
        Relation::Same => same,
        Relation::Undecided(_) => undecided,
    }
}

/// What the signs mean that are there, and why something is undecided.
fn legend(relations: &Relations, signs: [char; 6]) -> String {
    let meanings = [
        (Relation::Apart, "nobody is in both"),
        (Relation::Overlap, "somebody is in both"),
        (Relation::Inside, "all of the row are in the column"),
        (Relation::Around, "all of the column are in the row"),
        (Relation::Same, "the same people"),
    ];
    let seen = |relation: &Relation| {
        let is_it = |(_, _, it): &(usize, usize, Relation)| it == relation || it.mirrored() == *relation;
        relations.pairs.iter().any(is_it)
    };
    let used = meanings.iter().filter(|(relation, _)| seen(relation));
    let mut parts: Vec<String> =
        used.map(|(relation, words)| format!("{} {words}", sign(relation, signs))).collect();
    let mut reasons: Vec<&str> = relations.pairs.iter().filter_map(|(_, _, it)| it.why()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let undecided = sign(&Relation::Undecided(String::new()), signs);
    parts.extend(reasons.iter().map(|why| format!("{undecided} cannot be decided: {why}")));
    if parts.is_empty() { String::new() } else { format!("\n{}\n", parts.join("\n")) }
}

/// A line for each pair that shares people.
fn pairs(names: &[&str], relations: &Relations) -> String {
    let mut text = String::new();
    for (a, b, relation) in &relations.pairs {
        let words = match relation {
            Relation::Apart => continue,
            Relation::Overlap => "overlaps".to_owned(),
            Relation::Inside => "is inside".to_owned(),
            Relation::Around => "contains".to_owned(),
            Relation::Same => "is the same as".to_owned(),
            Relation::Undecided(why) => format!("may overlap (cannot be decided: {why})"),
        };
        if let (Some(a), Some(b)) = (names.get(*a), names.get(*b)) {
            text.push_str(&format!("{a} {words} {b}\n"));
        }
    }
    text
}
