//! The GSM 7-bit default alphabet and its extension table.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// One line for each character: code, code point, table, septets, character.
static TABLE: &str = include_str!("../../../../stdlib/data/gsm7.tsv");

/// Returns what `character` costs in septets: 1, or 2 in the extension table; `None` when the alphabet lacks it.
pub(super) fn septets(character: char) -> Option<u32> {
    let alphabet = alphabet();
    match alphabet.ascii.get(character as usize) {
        Some(&cost) => (cost > 0).then_some(u32::from(cost)),
        None => alphabet.wide.get(&character).map(|&cost| u32::from(cost)),
    }
}

struct Alphabet {
    /// The cost of each ASCII character; 0 for those that are missing.
    ascii: [u8; 128],
    wide: FxHashMap<char, u8>,
}

fn alphabet() -> &'static Alphabet {
    static ALPHABET: OnceLock<Alphabet> = OnceLock::new();
    ALPHABET.get_or_init(|| {
        let mut alphabet = Alphabet { ascii: [0; 128], wide: FxHashMap::default() };
        for (character, cost) in TABLE.lines().skip(1).filter_map(row) {
            match alphabet.ascii.get_mut(character as usize) {
                Some(slot) => *slot = cost,
                None => _ = alphabet.wide.insert(character, cost),
            }
        }
        alphabet
    })
}

fn row(line: &str) -> Option<(char, u8)> {
    let mut fields = line.split('\t');
    let point = u32::from_str_radix(fields.nth(1)?.strip_prefix("U+")?, 16).ok()?;
    Some((char::from_u32(point)?, fields.nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows: Vec<(char, u8)> = TABLE.lines().skip(1).map(|line| row(line).expect(line)).collect();
        let basic = rows.iter().filter(|(_, cost)| *cost == 1).count();
        assert_eq!((basic, rows.len()), (127, 137));
    }

    #[test]
    fn known_traps() {
        let costs = "aÇç€[`\t\n'’\u{a0}".chars().map(septets);
        let expected = [Some(1), Some(1), None, Some(2), Some(2), None, None, Some(1), Some(1), None, None];
        assert_eq!(costs.collect::<Vec<_>>(), expected);
    }
}
