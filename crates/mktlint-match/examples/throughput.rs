//! How fast a scan is, and what building and loading cost, beside a regex for each rule.
//!
//! ```text
//! cargo run --release -p mktlint-match --example throughput [FILE]
//! ```
//!
//! Without a file, 32 MiB of generated text: words of an English-like
//! vocabulary drawn by Zipf's law, in sentences and paragraphs, one word in
//! fifty beyond ASCII. Rules are phrases of one to four words of
//! the rarer half.

use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};

use mktlint_match::{Case, Flags, Matcher, MatcherBuilder, Needle, Scratch};
use regex_automata::{meta, util::syntax};

const TEXT: usize = 32 << 20;
const VOCABULARY: usize = 20_000;

/// Marsaglia's xorshift; the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((u128::from(self.0) * n as u128) >> 64) as usize
    }

    /// A rank below `n`, about as often as words of that rank are written.
    fn zipf(&mut self, n: usize) -> usize {
        let uniform = self.below(1 << 53) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(uniform) as usize).min(n) - 1
    }
}

fn vocabulary(random: &mut Random) -> Vec<String> {
    const COMMON: &str = "the to and of a in your you for is on with it that this we our are be or";
    const SYLLABLES: &str = "con ver sion mar ket ing de li ve ra ble pro duct cam paign tar get ed sig nal re ten tion \
                             au di ence seg ment of fer sea son al vi tal clin ic ly se rum der ma lo gist a b c";
    let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
    let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
    while words.len() < VOCABULARY {
        let syllable = |random: &mut Random| syllables[random.below(syllables.len())];
        // Frequent words are short.
        let length = 2 + random.below(2 + words.len() * 3 / VOCABULARY);
        words.push((0..length).map(|_| syllable(random)).collect());
    }
    words
}

fn text(words: &[String], random: &mut Random) -> String {
    let mut text = String::with_capacity(TEXT + 64);
    let mut in_sentence = 0;
    while text.len() < TEXT {
        let word = &words[random.zipf(words.len())];
        match (in_sentence, random.below(50)) {
            (0, _) => {
                text.extend(word.chars().take(1).map(|c| c.to_ascii_uppercase()).chain(word.chars().skip(1)))
            }
            (_, 0) => text.extend(["“", word, "’s", "”"]),
            _ => text.push_str(word),
        }
        in_sentence += 1;
        let end = if in_sentence < 6 + random.below(12) { " " } else { ". " };
        in_sentence = if end == ". " { 0 } else { in_sentence };
        text.push_str(if in_sentence == 0 && random.below(5) == 0 { ".\n\n" } else { end });
    }
    text
}

fn phrases(words: &[String], n: usize, random: &mut Random) -> Vec<String> {
    let rare = &words[words.len() / 2..];
    let phrase = |random: &mut Random| {
        // One in ten is a single word; most are two to four.
        let length = if random.below(10) == 0 { 1 } else { 2 + random.below(3) };
        (0..length).map(|_| rare[random.below(rare.len())].as_str()).collect::<Vec<_>>().join(" ")
    };
    (0..n).map(|_| phrase(random)).collect()
}

fn build(phrases: &[String]) -> Matcher {
    let mut builder = MatcherBuilder::new();
    for text in phrases {
        builder.add(Needle::Phrase { text: text.clone(), case: Case::Any }).expect("phrases are not empty");
    }
    builder.build()
}

/// Processor time of this thread; the clock on the wall where the system does not tell.
fn cpu_time(since: Instant) -> Duration {
    let mut stat = String::new();
    let read = std::fs::File::open("/proc/thread-self/schedstat")
        .and_then(|mut file| file.read_to_string(&mut stat));
    let nanos = read.ok().and_then(|_| stat.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// The least time of several runs, and the last result.
fn timed<T>(runs: usize, mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut best = Duration::MAX;
    let mut result = None;
    let since = Instant::now();
    for _ in 0..runs {
        let start = cpu_time(since);
        result = Some(black_box(run()));
        best = best.min(cpu_time(since) - start);
    }
    (best, result.expect("at least one run"))
}

/// The mean time of many runs: the system counts processor time in steps of
/// some milliseconds.
fn timed_short<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    const RUNS: u32 = 100;
    let (time, mut results) = timed(1, || (0..RUNS).map(|_| black_box(run())).collect::<Vec<T>>());
    (time / RUNS, results.pop().expect("at least one run"))
}

fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / time.as_secs_f64() / 1e9
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// One regex for each phrase over the whole text; returns the time and the hits.
fn regex_for_each(phrases: &[String], text: &str) -> (Duration, usize) {
    let compile = |phrase: &String| {
        let source = format!(r"\b{}\b", phrase.replace(' ', r"\s+"));
        let syntax = syntax::Config::new().case_insensitive(true);
        meta::Builder::new().syntax(syntax).build(&source).expect("a plain pattern")
    };
    let regexes: Vec<_> = phrases.iter().map(compile).collect();
    timed(1, || regexes.iter().map(|regex| regex.find_iter(text).count()).sum())
}

fn row(rules: usize, phrases: &[String], text: &str) {
    let (building, matcher) = timed_short(|| build(phrases));
    let saved = postcard::to_stdvec(&matcher).expect("memory is enough");
    let (loading, loaded) = timed_short(|| {
        let loaded: Matcher = postcard::from_bytes(&saved).expect("what was saved can be loaded");
        loaded.verify().expect("what was saved holds together");
        loaded
    });
    let (mut scratch, mut hits) = (Scratch::default(), Vec::new());
    let (scanning, ()) = timed(5, || loaded.scan(text, &mut scratch, &mut hits));
    let few = (0..text.len().min(TEXT / rules)).rev().find_map(|end| text.get(..end)).unwrap_or(text);
    let (each, _) = regex_for_each(phrases, few);
    println!(
        "| {rules} | {:.2} | {:.5} | {:.2} | {:.2} | {} | {} |",
        speed(text.len(), scanning),
        speed(few.len(), each),
        millis(building),
        millis(loading),
        saved.len(),
        hits.len()
    );
}

/// Texts and policies that are made to be slow.
fn hostile() {
    let size = 50 << 20;
    let fill = |part: &str| part.repeat(size / part.len());
    let phrases = ["free free free free shipping", "free", "a b", "clinically proven"].map(str::to_owned);
    let matcher = build(&phrases);
    let mut patterns = MatcherBuilder::new();
    for source in [r"\bfree\s+trial\b", r"\bfree [a-z]{1,20}\b", r"\bfree\b.*\bnow\b", "!{3,}"] {
        let flags = Flags { ignore_case: true, ..Flags::default() };
        patterns.add(Needle::Pattern { source: source.to_owned(), flags }).expect("a plain pattern");
    }
    let patterns = patterns.build();
    let (mut scratch, mut hits) = (Scratch::default(), Vec::new());
    for (name, text) in [
        ("one word of 50 MiB", fill("a")),
        ("the anchor 10 million times", fill("free ")),
        ("the anchor, lines between", fill("free\n\n")),
        ("white space", fill(" ")),
        ("soft hyphens", fill("\u{ad}")),
        ("an anchor among zero-width spaces", fill("free\u{200b}\u{200b}\u{200b}")),
        ("Chinese", fill("我们免费")),
    ] {
        let (phrases, ()) = timed(1, || matcher.scan(&text, &mut scratch, &mut hits));
        let found = hits.len();
        let (regexes, ()) = timed(1, || patterns.scan(&text, &mut scratch, &mut hits));
        println!("| {name} | {:.0} | {found} | {:.0} | {} |", millis(phrases), millis(regexes), hits.len());
    }
}

fn main() {
    let mut random = Random(0x853c_49e6_748f_ea9b);
    let words = vocabulary(&mut random);
    let text = match std::env::args().nth(1) {
        None => text(&words, &mut random),
        Some(path) => {
            let mut text = String::new();
            std::fs::File::open(path)
                .and_then(|mut file| file.read_to_string(&mut text))
                .expect("a UTF-8 file");
            text
        }
    };
    println!("| rules | scan GB/s | a regex each GB/s | build ms | load ms | saved bytes | hits |");
    println!("|---|---|---|---|---|---|---|");
    for rules in [10, 100, 1000, 4611, 10_000] {
        row(rules, &phrases(&words, rules, &mut random), &text);
    }
    println!("\n| 50 MiB of | phrases ms | hits | patterns ms | hits |");
    println!("|---|---|---|---|---|");
    hostile();
}
