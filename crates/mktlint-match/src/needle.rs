//! What a policy asks to be found, and where it was.

use serde::{Deserialize, Serialize};

/// Something a policy wants found in text: a phrase (`"clinically proven"`) or
/// a pattern (`/dermatologist[- ]approved/i`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Needle {
    /// Whole words, forgiving about everything that a reader cannot see.
    ///
    /// Any run of white space in the text (including no-break spaces and one
    /// line break, but never a blank line) matches a space of the phrase;
    /// hyphens and dashes, straight and curly quotes, and full-width forms are
    /// equal; soft hyphens and zero-width characters in the text are skipped.
    /// A word boundary is asked for only at an edge where the phrase has a word
    /// character ("C++", "#ad", "100%"), and never next to a character of a
    /// script that is written without spaces (Chinese, Japanese, Thai, …).
    Phrase {
        /// The words; white space at both ends does not count.
        text: String,
        /// Whether capitals matter.
        case: Case,
    },
    /// A regular expression in the dialect of `regex-syntax`, with Unicode on.
    Pattern {
        /// The text between the slashes.
        source: String,
        /// The letters after the second slash.
        flags: Flags,
    },
}

/// Whether capitals matter in a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Case {
    /// `Clinically PROVEN` is `clinically proven` (Unicode simple case folding).
    #[default]
    Any,
    /// Capitals must agree.
    Exact,
}

/// The flags of a pattern literal: the letters `i`, `m`, `s`, `x` after `/…/`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Flags {
    /// `i`: letters match in any case.
    pub ignore_case: bool,
    /// `m`: `^` and `$` match at each line, not only at the ends of the text.
    pub multi_line: bool,
    /// `s`: `.` matches a line feed too.
    pub dot_all: bool,
    /// `x`: white space and `#` comments in the source do not count.
    pub verbose: bool,
}

impl Flags {
    /// Reads the letters after the closing slash, each at most once.
    ///
    /// # Errors
    /// Gives back the byte offset and the letter that is unknown or repeated.
    pub fn parse(letters: &str) -> Result<Flags, (usize, char)> {
        let mut flags = Flags::default();
        for (at, letter) in letters.char_indices() {
            let flag = match letter {
                'i' => &mut flags.ignore_case,
                'm' => &mut flags.multi_line,
                's' => &mut flags.dot_all,
                'x' => &mut flags.verbose,
                _ => return Err((at, letter)),
            };
            if std::mem::replace(flag, true) {
                return Err((at, letter));
            }
        }
        Ok(flags)
    }
}

/// Names one needle of one matcher; dense, from 0 in the order of adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NeedleId(pub(crate) u32);

impl NeedleId {
    /// The number behind the name, for tables that run beside the matcher.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One place where a needle was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// What was found.
    pub needle: NeedleId,
    /// Where it starts, in bytes of the scanned text.
    pub start: u32,
    /// Where it ends; equal to `start` only for a pattern that matches nothing
    /// but a position, such as `/^/`.
    pub end: u32,
}
