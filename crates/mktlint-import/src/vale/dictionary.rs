//! Words of a language: plain lists and dictionaries of Hunspell.

use std::collections::{BTreeMap, BTreeSet};

/// The most words, all forms counted.
const MOST_WORDS: usize = 300_000;
/// The most letters of a word.
const LONGEST: usize = 60;

/// The words of a language, in small letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    pub(super) words: BTreeSet<String>,
}

impl Dictionary {
    /// Reads a list with a word in each line, or a `.dic` of Hunspell, whose endings `affixes` explains.
    ///
    /// Only plain prefixes and suffixes are followed: compounds and endings of endings are not.
    ///
    /// # Errors
    ///
    /// Says that there is no word, or too many.
    pub fn read(list: &str, affixes: Option<&str>) -> Result<Self, String> {
        let affixes = affixes.map(Affixes::read).unwrap_or_default();
        let mut words = BTreeSet::new();
        let is_count = |line: &str| !line.is_empty() && line.bytes().all(|it| it.is_ascii_digit());
        for (at, line) in list.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let line = line.trim();
            // A dictionary of Hunspell starts with its size.
            if line.is_empty() || line.starts_with('#') || at == 0 && is_count(line) {
                continue;
            }
            let entry = line.split(['\t', ' ']).next().unwrap_or_default();
            let (stem, flags) = entry.split_once('/').unwrap_or((entry, ""));
            for form in affixes.forms(stem, flags) {
                add(&mut words, &form);
            }
            if words.len() > MOST_WORDS {
                return Err(format!("it has more than {MOST_WORDS} words"));
            }
        }
        if words.is_empty() { Err("there is no word in it".to_owned()) } else { Ok(Self { words }) }
    }
}

fn add(words: &mut BTreeSet<String>, form: &str) {
    let form = form.to_lowercase();
    let is_word = form.chars().all(|it| it.is_alphabetic() || matches!(it, '\'' | '’'));
    if !is_word || form.chars().count() > LONGEST || form.is_empty() {
        return;
    }
    if form.contains('\'') {
        words.insert(form.replace('\'', "’"));
    }
    words.insert(form);
}

/// How the flags of an entry are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Flags {
    #[default]
    Letters,
    Pairs,
    Numbers,
}

/// What the flags of a dictionary add to its words.
#[derive(Clone, Debug, Default)]
struct Affixes {
    flags: Flags,
    prefixes: BTreeMap<String, Vec<Affix>>,
    suffixes: BTreeMap<String, Vec<Affix>>,
}

/// `SFX D y ied [^aeiou]y`
#[derive(Clone, Debug)]
struct Affix {
    strip: String,
    add: String,
    /// For each letter at that end of the word: which fit.
    condition: Vec<Fitting>,
    /// Whether it goes with one at the other end.
    crosses: bool,
}

/// `e`, `.`, `[^aeiou]`
#[derive(Clone, Debug)]
enum Fitting {
    Any,
    One { letters: Vec<char>, is_inverse: bool },
}

impl Affixes {
    fn read(text: &str) -> Self {
        let mut affixes = Self::default();
        let mut crosses: BTreeMap<(bool, String), bool> = BTreeMap::new();
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["FLAG", "long", ..] => affixes.flags = Flags::Pairs,
                ["FLAG", "num", ..] => affixes.flags = Flags::Numbers,
                [kind @ ("SFX" | "PFX"), flag, cross @ ("Y" | "N"), count]
                    if count.parse::<u32>().is_ok() =>
                {
                    crosses.insert((*kind == "SFX", (*flag).to_owned()), *cross == "Y");
                }
                [kind @ ("SFX" | "PFX"), flag, strip, add, rest @ ..] => {
                    let is_suffix = *kind == "SFX";
                    let crosses = crosses.get(&(is_suffix, (*flag).to_owned())).copied().unwrap_or(false);
                    let plain = |text: &str| if text == "0" { String::new() } else { text.to_owned() };
                    let add = plain(add.split('/').next().unwrap_or_default());
                    let condition = condition(rest.first().copied().unwrap_or("."));
                    let affix = Affix { strip: plain(strip), add, condition, crosses };
                    let all = if is_suffix { &mut affixes.suffixes } else { &mut affixes.prefixes };
                    all.entry((*flag).to_owned()).or_default().push(affix);
                }
                _ => {}
            }
        }
        affixes
    }

    /// The word and what its flags make of it.
    fn forms(&self, stem: &str, flags: &str) -> Vec<String> {
        let flags = self.split(flags);
        let mut forms = vec![stem.to_owned()];
        let of = |all: &BTreeMap<String, Vec<Affix>>| -> Vec<Affix> {
            flags.iter().filter_map(|flag| all.get(flag)).flatten().cloned().collect()
        };
        let (prefixes, suffixes) = (of(&self.prefixes), of(&self.suffixes));
        for suffix in &suffixes {
            let Some(form) = suffix.at_end(stem) else { continue };
            let both = prefixes.iter().filter(|prefix| prefix.crosses && suffix.crosses);
            forms.extend(both.filter_map(|prefix| prefix.at_start(&form)));
            forms.push(form);
        }
        forms.extend(prefixes.iter().filter_map(|prefix| prefix.at_start(stem)));
        forms
    }

    fn split(&self, flags: &str) -> Vec<String> {
        match self.flags {
            Flags::Letters => flags.chars().map(String::from).collect(),
            Flags::Pairs => {
                flags.chars().collect::<Vec<_>>().chunks(2).map(|pair| pair.iter().collect()).collect()
            }
            Flags::Numbers => flags.split(',').map(str::to_owned).collect(),
        }
    }
}

impl Affix {
    fn at_end(&self, stem: &str) -> Option<String> {
        let kept = stem.strip_suffix(self.strip.as_str())?;
        let fits = self
            .condition
            .iter()
            .rev()
            .zip(stem.chars().rev())
            .all(|(fitting, letter)| fitting.holds(letter));
        (fits && stem.chars().count() >= self.condition.len()).then(|| format!("{kept}{}", self.add))
    }

    fn at_start(&self, stem: &str) -> Option<String> {
        let kept = stem.strip_prefix(self.strip.as_str())?;
        let fits = self.condition.iter().zip(stem.chars()).all(|(fitting, letter)| fitting.holds(letter));
        (fits && stem.chars().count() >= self.condition.len()).then(|| format!("{}{kept}", self.add))
    }
}

impl Fitting {
    fn holds(&self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::One { letters, is_inverse } => letters.contains(&letter) != *is_inverse,
        }
    }
}

fn condition(source: &str) -> Vec<Fitting> {
    let mut found = Vec::new();
    let mut letters = source.chars();
    // `.` alone asks for nothing.
    if source == "." {
        return found;
    }
    while let Some(letter) = letters.next() {
        found.push(match letter {
            '.' => Fitting::Any,
            '[' => {
                let inner: String = letters.by_ref().take_while(|it| *it != ']').collect();
                let (is_inverse, inner) =
                    inner.strip_prefix('^').map_or((false, inner.as_str()), |rest| (true, rest));
                Fitting::One { letters: inner.chars().collect(), is_inverse }
            }
            letter => Fitting::One { letters: vec![letter], is_inverse: false },
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &str, affixes: Option<&str>) -> Vec<String> {
        Dictionary::read(list, affixes).expect("there are words").words.into_iter().collect()
    }

    #[test]
    fn a_list_has_a_word_in_each_line() {
        assert_eq!(words("Serum\n# remark\n\nskin\tpo:noun\nx2\n", None), ["serum", "skin"]);
        assert_eq!(words("2\ndon't\nBerlin/S\n", None), ["berlin", "don't", "don’t"]);
        assert!(Dictionary::read("1\n\n", None).is_err());
    }

    #[test]
    fn endings_are_followed() {
        let affixes = "SET UTF-8\nSFX D Y 3\nSFX D 0 d e\nSFX D y ied [^aeiou]y\nSFX D 0 ed [^ey]\n\
                       SFX S N 1\nSFX S 0 s .\nPFX U Y 1\nPFX U 0 un .\n";
        assert_eq!(words("try/D\n", Some(affixes)), ["tried", "try"]);
        assert_eq!(words("tie/DU\n", Some(affixes)), ["tie", "tied", "untie", "untied"]);
        assert_eq!(words("lock/SU\n", Some(affixes)), ["lock", "locks", "unlock"]);
        let long = "FLAG long\nSFX aa Y 1\nSFX aa 0 s .\n";
        assert_eq!(words("lock/bbaa\n", Some(long)), ["lock", "locks"]);
        let numbers = "FLAG num\nSFX 12 Y 1\nSFX 12 0 s .\n";
        assert_eq!(words("lock/3,12\n", Some(numbers)), ["lock", "locks"]);
    }

    #[test]
    fn odd_files_are_no_trouble() {
        let affixes = "SFX\nSFX A\nSFX A Y x\nSFX A x y [\nPFX A x y [^\nFLAG\n";
        assert_eq!(words("a/A\n", Some(affixes)), ["a"]);
        let many: String = (0..MOST_WORDS as u32 + 2)
            .map(|n| {
                format!(
                    "{}\n",
                    char::from_u32(0x4E00 + n % 20_000)
                        .into_iter()
                        .chain("a".repeat(1 + n as usize / 20_000).chars())
                        .collect::<String>()
                )
            })
            .collect();
        assert!(Dictionary::read(&many, None).is_err());
    }
}
