//! What a text costs as an SMS.

mod alphabet;

use std::fmt;

use crate::length::{Segments, Septets, Utf16Units, utf16_units};

/// How the characters of a message are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// The GSM 7-bit default alphabet.
    Gsm7,
    /// 16-bit units, for a message with any character that the alphabet lacks.
    Ucs2,
}

impl Encoding {
    /// As people write it: `GSM-7` or `UCS-2`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        }
    }

    /// How many units fit a message that is one segment: 160 septets or 70 code units.
    pub const fn single(self) -> u32 {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// How many units fit each segment of a longer message: 153 septets or 67 code units, since 6 octets go to the
    /// concatenation header (8-bit reference number).
    pub const fn part(self) -> u32 {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The length of a message in the unit of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Of a message in GSM-7; an extension character counts two.
    Septets(Septets),
    /// Of a message in UCS-2; an emoji usually counts two.
    Utf16(Utf16Units),
}

impl Units {
    /// The bare number.
    pub const fn get(self) -> u32 {
        match self {
            Self::Septets(septets) => septets.get(),
            Self::Utf16(units) => units.get(),
        }
    }
}

/// Returns how `text` is sent: in GSM-7 when every character is in that alphabet, else in UCS-2.
///
/// Empty text is GSM-7. National shift tables are not considered, since support for them is not widespread.
///
/// Source: 3GPP TS 23.038.
pub fn encoding(text: &str) -> Encoding {
    if text.chars().all(|character| alphabet::septets(character).is_some()) {
        Encoding::Gsm7
    } else {
        Encoding::Ucs2
    }
}

/// Returns the length of `text` in the unit of its [`encoding`]. Empty text has 0 septets.
pub fn units(text: &str) -> Units {
    match septets(text) {
        Some(septets) => Units::Septets(septets),
        None => Units::Utf16(utf16_units(text)),
    }
}

/// Returns the length of `text` in septets; `None` when a character is not in the alphabet.
pub fn septets(text: &str) -> Option<Septets> {
    let mut total = 0_usize;
    for character in text.chars() {
        total += alphabet::septets(character)? as usize;
    }
    Some(Septets::of(total))
}

/// Returns the number of segments that `text` is sent and billed as.
///
/// One segment carries 160 septets or 70 UTF-16 code units, depending on the [`encoding`]. A longer message is split
/// into parts of 153 or 67. Parts are filled in order, and neither an extension character (two septets) nor a
/// surrogate pair is cut in two, so a part may stay one unit short.
///
/// Empty text takes 0 segments. `text` is what is sent: merge tags expanded, line endings already `\n`.
///
/// Source: 3GPP TS 23.038 (alphabet), TS 23.040 (concatenation). Whether providers cut surrogate pairs differs.
pub fn segments(text: &str) -> Segments {
    let encoding = encoding(text);
    if units(text).get() <= encoding.single() {
        return Segments(u32::from(!text.is_empty()));
    }
    let (mut parts, mut room) = (0_usize, 0);
    for character in text.chars() {
        let cost = cost(character, encoding);
        if cost > room {
            parts += 1;
            room = encoding.part();
        }
        room -= cost;
    }
    Segments::of(parts)
}

/// What `character` takes in a message in `encoding`, in units.
fn cost(character: char, encoding: Encoding) -> u32 {
    match encoding {
        Encoding::Gsm7 => alphabet::septets(character).unwrap_or(1),
        Encoding::Ucs2 => character.len_utf16() as u32,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    static VECTORS: &str = include_str!("../../../tests/conformance/sms_segments.csv");

    /// Name, text, encoding, units and segments of one line of the vectors.
    fn vector(line: &str) -> (&str, String, &str, u32, u32) {
        let (name, rest) = line.split_once(",\"\"\"").expect("a name, then a quoted JSON string");
        let (text, rest) = rest.split_once("\"\"\",").expect("the end of the string");
        let json = format!("\"{}\"", text.replace("\"\"", "\""));
        let mut fields = rest.split(',');
        let mut next = || fields.next().expect("a field");
        let encoding = next();
        let numbers = (next().parse().expect("units"), next().parse().expect("segments"));
        (name, serde_json::from_str(&json).expect("JSON"), encoding, numbers.0, numbers.1)
    }

    #[test]
    fn agrees_with_every_vector() {
        let lines: Vec<&str> = VECTORS.lines().skip(1).collect();
        assert_eq!(lines.len(), 31);
        for line in lines {
            let (name, text, encoding_name, n_units, n_segments) = vector(line);
            let found = (encoding(&text).name(), units(&text).get(), segments(&text).get());
            assert_eq!(found, (encoding_name, n_units, n_segments), "{name}");
        }
    }

    proptest! {
        #[test]
        fn more_text_never_takes_fewer_segments(text in "[a-z€\\[]{0,400}|[a-zж😀]{0,200}", more in "[a€ж😀]{0,9}") {
            let longer = text.clone() + &more;
            prop_assert!(segments(&text) <= segments(&longer));
        }

        #[test]
        fn segments_are_as_many_as_the_units_need(text in "[a-z€\\[]{0,700}|[a-zж😀]{0,300}") {
            let (n_units, n_segments) = (units(&text).get(), segments(&text).get());
            let part = encoding(&text).part();
            if n_segments > 1 {
                prop_assert!(n_units <= n_segments * part);
                prop_assert!(n_units > (n_segments - 1) * (part - 1));
            }
        }
    }
}
