//! The matcher against the obvious way to find each needle, on generated texts.

use mktlint_match::{Case, Flags, Hit, Matcher, MatcherBuilder, Needle, NeedleId, Scratch};
use proptest::prelude::*;
use regex_automata::{meta, util::syntax};

/// A character, or a run of white space, as a reader sees it.
struct Glyph {
    c: char,
    start: usize,
    end: usize,
}

/// Marks white space with a blank line in it; equal to nothing in a phrase.
const BLANK_LINE: char = '\0';

fn glyphs(text: &str, case: Case) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut line_feeds = 0;
    for (start, c) in text.char_indices() {
        if "\u{ad}\u{200b}\u{200d}\u{2060}\u{fe0f}".contains(c) {
            continue;
        }
        let end = start + c.len_utf8();
        line_feeds = if c.is_whitespace() { line_feeds + usize::from(c == '\n') } else { 0 };
        match glyphs.last_mut() {
            Some(last) if c.is_whitespace() && [' ', BLANK_LINE].contains(&last.c) => {
                last.c = if line_feeds > 1 { BLANK_LINE } else { ' ' };
                last.end = end;
            }
            _ => glyphs.push(Glyph { c: glyph(c, case), start, end }),
        }
    }
    glyphs
}

fn glyph(c: char, case: Case) -> char {
    let plain = match c {
        'ａ' => 'a',
        'Ａ' => 'A',
        'ｋ' => 'k',
        '！' => '!',
        '–' | '\u{2011}' => '-',
        '’' => '\'',
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    match (case, plain) {
        (Case::Exact, _) => plain,
        (Case::Any, 'ſ' | 'S') => 's',
        (Case::Any, 'K' | '\u{212a}') => 'k',
        (Case::Any, 'A' | 'B' | 'É') => plain.to_lowercase().next().unwrap_or(plain),
        _ => plain,
    }
}

fn is_letter(c: char) -> bool {
    "abskéABSKÉſ\u{212a}1_ｋ".contains(c)
}

fn phrase_by_glyphs(phrase: &str, case: Case, text: &str) -> Vec<(usize, usize)> {
    let wanted =
        glyphs(phrase.trim_matches(|c: char| c.is_whitespace() || "\u{ad}\u{200b}".contains(c)), case);
    let wanted: Vec<char> = wanted.iter().map(|glyph| glyph.c).collect();
    let glyphs = glyphs(text, case);
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= glyphs.len() {
        let end = at + wanted.len();
        let same = glyphs[at..end].iter().zip(&wanted).all(|(glyph, &want)| glyph.c == want);
        let joined = |left: Option<char>, right: Option<char>| {
            left.is_some_and(is_letter) && right.is_some_and(is_letter)
        };
        let before = at.checked_sub(1).map(|at| glyphs[at].c);
        let after = glyphs.get(end).map(|glyph| glyph.c);
        if same && !joined(before, wanted.first().copied()) && !joined(wanted.last().copied(), after) {
            found.push((glyphs[at].start, glyphs[end - 1].end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn pattern_by_regex(source: &str, flags: Flags, text: &str) -> Vec<(usize, usize)> {
    let syntax = syntax::Config::new()
        .case_insensitive(flags.ignore_case)
        .multi_line(flags.multi_line)
        .dot_matches_new_line(flags.dot_all);
    let regex = meta::Builder::new().syntax(syntax).build(source).expect("the matcher took this pattern");
    regex.find_iter(text).map(|found| (found.start(), found.end())).collect()
}

fn naive(needle: &Needle, text: &str) -> Vec<(usize, usize)> {
    match needle {
        Needle::Phrase { text: phrase, case } => phrase_by_glyphs(phrase, *case, text),
        Needle::Pattern { source, flags } => pattern_by_regex(source, *flags, text),
    }
}

/// Parts of phrases, each with texts that a reader takes for it.
const PHRASE_PARTS: &[(&str, &[&str])] = &[
    ("a", &["a", "A", "ａ", "Ａ", "\u{ad}a"]),
    ("b", &["b", "B", "b\u{200b}"]),
    ("s", &["s", "S", "ſ"]),
    ("k", &["k", "K", "\u{212a}"]),
    ("é", &["é", "É"]),
    ("ab", &["ab", "aB", "a\u{ad}b"]),
    ("1", &["1"]),
    (" ", &[" ", "\n", "\u{a0}", " \n ", "\u{3000}", "\n\n", "\n \u{200b}\n", "\u{ad} "]),
    (" ", &[" "]),
    (" as ", &[" as ", " AS ", "\nas "]),
    ("-", &["-", "–", "\u{2011}"]),
    ("'", &["'", "’"]),
    ("’", &["'", "’"]),
    ("!", &["!", "！"]),
    ("%", &["%"]),
    ("我", &["我"]),
    ("们", &["们"]),
    ("\u{ad}", &[""]),
];

/// Parts of patterns, each with texts that it may match.
const PATTERN_PARTS: &[(&str, &[&str])] = &[
    ("a", &["a", "A"]),
    ("b", &["b"]),
    ("ab", &["ab", "aB"]),
    ("s", &["s", "ſ"]),
    ("k", &["k", "\u{212a}"]),
    ("é", &["é"]),
    ("A", &["A", "a"]),
    (" ", &[" "]),
    (" ab ", &[" ab ", " AB "]),
    ("-", &["-"]),
    ("!", &["!"]),
    ("1", &["1"]),
    ("我", &["我"]),
    ("\u{ad}", &["\u{ad}"]),
    ("\u{200d}", &["\u{200d}"]),
    (r"\b", &["", " "]),
    (r"\b", &["", " "]),
    (r"\b", &["", "\u{200b}"]),
    (r"\B", &["", "a"]),
    (r"\b{start}", &["", " "]),
    (r"\b{end}", &["", " "]),
    (r"(?-u:\b)", &["", "é"]),
    ("^", &["", "\n"]),
    ("$", &["", "\n"]),
    ("(?m:^)", &["", "\n"]),
    ("[ab]", &["a", "b"]),
    ("[aA]", &["a", "A"]),
    ("(?i:s)", &["s", "S"]),
    ("a?", &["a", ""]),
    ("b??", &["b", ""]),
    (r"\s+", &[" ", "\n\n"]),
    (r"\s*", &[" ", ""]),
    (r"\bkasa", &["kasa", "\u{212a}aſA", " kasa", "kas\u{ad}a", "ｋasa"]),
    (r" éas1\w", &[" éas1a", " ÉAS1"]),
    (r"\W", &[" ", "-"]),
    (r"\w*", &["", "abs"]),
    (".", &["a", "é", " "]),
    ("[a-]{1,2}", &["a-", "a"]),
    ("(?:a|as|b)", &["a", "as", "b"]),
    ("(?:as|a)?", &["as", "a", ""]),
    ("(?:ab|a){1,2}", &["aba", "ab"]),
    ("(?:b|ab){0,2}?", &["", "bab"]),
    ("|", &[""]),
];

const NOISE: &[&str] = &[
    "", " ", " ", " ", "a", "ab", "B", "é", "s", "_", "1", "-", "\n", "\u{ad}", "\u{200d}", "\u{fe0f}", "我",
    "!", "\u{2060}",
];

/// What a policy writes, and texts that may match it.
#[derive(Clone, Debug)]
struct Sampled {
    needle: Needle,
    samples: Vec<String>,
}

fn parts(
    list: &'static [(&'static str, &'static [&'static str])],
) -> impl Strategy<Value = (String, Vec<String>)> {
    let part = prop::sample::select(list);
    let picks = prop::collection::vec(any::<prop::sample::Index>(), 3);
    prop::collection::vec((part, picks), 0..7).prop_map(|parts| {
        let source = parts.iter().map(|((source, _), _)| *source).collect();
        let sample = |n: usize| parts.iter().map(|((_, texts), picks)| *picks[n].get(texts)).collect();
        (source, (0..3).map(sample).collect())
    })
}

fn phrases() -> impl Strategy<Value = Sampled> {
    (parts(PHRASE_PARTS), prop::bool::ANY).prop_map(|((text, samples), exact)| {
        let case = if exact { Case::Exact } else { Case::Any };
        Sampled { needle: Needle::Phrase { text, case }, samples }
    })
}

fn patterns() -> impl Strategy<Value = Sampled> {
    (parts(PATTERN_PARTS), any::<[bool; 3]>()).prop_map(|((source, samples), [i, m, s])| {
        let flags = Flags { ignore_case: i, multi_line: m, dot_all: s, verbose: false };
        Sampled { needle: Needle::Pattern { source, flags }, samples }
    })
}

/// Some needles, and a text with things in it that look like them.
fn cases() -> impl Strategy<Value = (Vec<Needle>, String)> {
    let needles = prop::collection::vec(prop_oneof![phrases(), patterns()], 1..8);
    needles.prop_flat_map(|sampled| {
        let samples: Vec<String> = sampled.iter().flat_map(|it| it.samples.clone()).collect();
        let noise = prop::sample::select(NOISE).prop_map(str::to_owned);
        let part = prop_oneof![prop::sample::select(samples), noise.clone(), noise];
        let text = prop::collection::vec(part, 0..20).prop_map(|parts| parts.concat());
        let needles = sampled.into_iter().map(|it| it.needle).collect::<Vec<_>>();
        (Just(needles), text)
    })
}

/// A matcher of those needles that are valid, and which needle has which id.
fn build(needles: &[Needle]) -> (Matcher, Vec<(NeedleId, Needle)>) {
    let mut builder = MatcherBuilder::new();
    let mut named: Vec<(NeedleId, Needle)> = Vec::new();
    for needle in needles {
        if let Ok(id) = builder.add(needle.clone())
            && named.iter().all(|&(other, _)| other != id)
        {
            named.push((id, needle.clone()));
        }
    }
    (builder.build(), named)
}

fn scan(matcher: &Matcher, text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    matcher.scan(text, &mut Scratch::default(), &mut hits);
    hits
}

fn hits_of(named: &[(NeedleId, Needle)], text: &str) -> Vec<Hit> {
    let hits = named.iter().flat_map(|(id, needle)| {
        let found = naive(needle, text).into_iter();
        found.map(|(start, end)| Hit { needle: *id, start: start as u32, end: end as u32 })
    });
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by_key(|hit| (hit.start, hit.end, hit.needle));
    hits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scan_finds_what_each_needle_alone_finds((needles, text) in cases()) {
        let (matcher, named) = build(&needles);
        let expected = hits_of(&named, &text);
        prop_assert_eq!(&scan(&matcher, &text), &expected, "scan of {:?}", named);
        for (id, _) in &named {
            let of_needle: Vec<Hit> = expected.iter().filter(|hit| hit.needle == *id).copied().collect();
            prop_assert_eq!(matcher.is_match(*id, &text), !of_needle.is_empty());
            let survey = matcher.survey(&text, &mut Scratch::default());
            prop_assert!(of_needle.is_empty() || matcher.possible(&survey).contains(id));
            let settled = matcher.settle(&survey, &text, *id);
            let known = if matcher.is_pattern(*id) { &settled[..] } else { survey.literals(*id) };
            prop_assert_eq!(known, &of_needle[..], "survey of {:?}", named);
            prop_assert_eq!(matcher.find(*id, &text), of_needle, "find of {:?}", named);
        }
    }

    #[test]
    fn a_saved_matcher_finds_the_same((needles, text) in cases()) {
        let (matcher, _) = build(&needles);
        let saved = postcard::to_stdvec(&matcher).expect("memory is enough");
        let loaded: Matcher = postcard::from_bytes(&saved).expect("what was saved can be loaded");
        prop_assert_eq!(loaded.verify(), Ok(()));
        prop_assert_eq!(scan(&loaded, &text), scan(&matcher, &text));
    }

    #[test]
    fn a_damaged_matcher_is_rejected_or_harmless(
        (needles, text) in cases(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (matcher, _) = build(&needles);
        let mut saved = postcard::to_stdvec(&matcher).expect("memory is enough");
        for (at, byte) in damage {
            let at = at.index(saved.len());
            saved[at] = byte;
        }
        if let Ok(loaded) = postcard::from_bytes::<Matcher>(&saved) && loaded.verify().is_ok() {
            scan(&loaded, &text);
            for needle in 0..loaded.len() as u32 {
                let id = postcard::from_bytes(&postcard::to_stdvec(&needle).expect("memory is enough"));
                loaded.find(id.expect("an id is a number"), &text);
            }
        }
    }
}
