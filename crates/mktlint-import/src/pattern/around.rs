//! Look-arounds: those that ask for a word boundary, and those at the edge of a token that ask for one character.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// What a look-around asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// No word character on that side. `exactly` when it asks for nothing else.
    Boundary { exactly: bool },
    /// One character on that side, as a class, or the end of the text when `or_end`; `outside_words` when it is none of
    /// a word.
    Character { class: String, or_end: bool, outside_words: bool },
    /// A text on that side.
    Text,
    /// No such text on that side.
    NoText,
}

/// What `(?=inner)` asks for, or `(?!inner)` when `is_negative`. `inner` is translated already.
pub(super) fn meaning(inner: &str, is_negative: bool) -> Option<Meaning> {
    let hir = regex_syntax::ParserBuilder::new().build().parse(inner).ok()?;
    let Some(one) = One::of(&hir) else {
        return Some(if is_negative { Meaning::NoText } else { Meaning::Text });
    };
    let word = word();
    let mut words_in = one.class.clone();
    words_in.intersect(&word);
    let (has_word, has_all_words) = (!words_in.ranges().is_empty(), words_in == word);
    Some(match is_negative {
        // `(?!\w)`, `(?![a-z])`
        true if has_letters(&one.class) && !one.has_end => {
            Meaning::Boundary { exactly: has_all_words && one.class == word }
        }
        // `(?=\s|$)`, `(?=[.,])`
        false if !has_word && one.has_end => {
            let mut rest = word;
            rest.negate();
            Meaning::Boundary { exactly: one.class == rest }
        }
        _ => {
            let mut class = one.class;
            if is_negative {
                class.negate();
            }
            let outside_words = !has_word && !is_negative;
            Meaning::Character { class: written(&class), or_end: one.has_end != is_negative, outside_words }
        }
    })
}

/// One character or an end of the text.
struct One {
    class: ClassUnicode,
    has_end: bool,
}

impl One {
    fn of(hir: &Hir) -> Option<Self> {
        match hir.kind() {
            HirKind::Class(Class::Unicode(class)) => Some(Self { class: class.clone(), has_end: false }),
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                let mut letters = text.chars();
                let letter = letters.next().filter(|_| letters.next().is_none())?;
                let range = ClassUnicodeRange::new(letter, letter);
                Some(Self { class: ClassUnicode::new([range]), has_end: false })
            }
            HirKind::Look(Look::Start | Look::End | Look::StartLF | Look::EndLF) => {
                Some(Self { class: ClassUnicode::empty(), has_end: true })
            }
            HirKind::Capture(capture) => Self::of(&capture.sub),
            // `\w+` asks no more than `\w`.
            HirKind::Repetition(repetition) if repetition.min == 1 => Self::of(&repetition.sub),
            HirKind::Alternation(parts) => {
                let mut all = Self { class: ClassUnicode::empty(), has_end: false };
                for part in parts {
                    let one = Self::of(part)?;
                    all.class.union(&one.class);
                    all.has_end |= one.has_end;
                }
                Some(all)
            }
            _ => None,
        }
    }
}

/// `\w`
fn word() -> ClassUnicode {
    of_escape(r"\w")
}

/// The class of `\s` and the like.
fn of_escape(escape: &str) -> ClassUnicode {
    match regex_syntax::parse(escape).map(Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        _ => ClassUnicode::empty(),
    }
}

/// Whether the small or the capital letters from A to Z are all in `class`.
fn has_letters(class: &ClassUnicode) -> bool {
    let holds = |first, last| class.iter().any(|range| range.start() <= first && range.end() >= last);
    holds('a', 'z') || holds('A', 'Z')
}

/// The class as patterns write it.
fn written(class: &ClassUnicode) -> String {
    let known =
        [r"\s", r"\S", r"\w", r"\W", r"\d", r"\D"].into_iter().find(|escape| of_escape(escape) == *class);
    known.map_or_else(|| bracketed(class), str::to_owned)
}

/// The class between brackets.
fn bracketed(class: &ClassUnicode) -> String {
    let letter = |it: char| match it {
        _ if it.is_ascii_alphanumeric() => it.to_string(),
        '[' | ']' | '\\' | '^' | '-' | '&' | '~' => format!("\\{it}"),
        '!'..='~' if it != '/' => it.to_string(),
        _ => format!("\\x{{{:X}}}", it as u32),
    };
    // `[^…]` reads better than all the rest of Unicode.
    let mut inverse = class.clone();
    inverse.negate();
    let is_inverse = inverse.ranges().len() < class.ranges().len()
        || inverse.ranges().len() == class.ranges().len()
            && class.iter().any(|range| range.end() == char::MAX);
    let shown = if is_inverse { &inverse } else { class };
    if let ([range], false) = (shown.ranges(), is_inverse)
        && range.start() == range.end()
    {
        return super::escape::literal(range.start());
    }
    let ranges: String = shown
        .iter()
        .map(|range| match range.start() == range.end() {
            true => letter(range.start()),
            false => format!("{}-{}", letter(range.start()), letter(range.end())),
        })
        .collect();
    format!("[{}{ranges}]", if is_inverse { "^" } else { "" })
}
