//! Which sentences are about money.
//!
//! Numbers with a currency say so in every language; for the rest there are the words of those that campaigns are mostly
//! written in. A sentence too many is looked at once more by whoever answers for prices; one too few would slip through, so
//! in doubt it is a price.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Signs and words of currencies; letters in lower case.
const CURRENCIES: [&str; 46] = [
    "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₪", "₫", "₴", "฿", "¢", "zł", "kč", "kr", "ft", "lei", "лв",
    "usd", "eur", "gbp", "chf", "jpy", "cad", "aud", "nzd", "cny", "inr", "brl", "mxn", "sek", "nok", "dkk",
    "pln", "czk", "huf", "sgd", "hkd", "zar", "dollars", "dollar", "euros", "euro", "pounds", "cents",
];

/// Words that make a percentage one of a price.
const LESS: [&str; 38] = [
    "off",
    "save",
    "saves",
    "saving",
    "savings",
    "less",
    "extra",
    "reduced",
    "reduction",
    "sparen",
    "spare",
    "gespart",
    "günstiger",
    "reduziert",
    "nachlass",
    "remise",
    "réduction",
    "réductions",
    "économisez",
    "moins",
    "rebaja",
    "rebajas",
    "ahorra",
    "ahorre",
    "menos",
    "risparmia",
    "risparmi",
    "meno",
    "bespaar",
    "taniej",
    "zniżki",
    "zniżka",
    "poupe",
    "economize",
    "spara",
    "spar",
    "alennus",
    "sleva",
];

/// Words that are about money wherever they stand.
const MONEY: [&str; 59] = [
    "price",
    "prices",
    "priced",
    "pricing",
    "cheaper",
    "cheapest",
    "discount",
    "discounts",
    "discounted",
    "coupon",
    "coupons",
    "voucher",
    "vouchers",
    "cashback",
    "rebate",
    "rebates",
    "refund",
    "refunds",
    "sale",
    "bogo",
    "money-back",
    "half-price",
    "preis",
    "preise",
    "preisen",
    "rabatt",
    "rabatte",
    "gutschein",
    "gutscheine",
    "kostenlos",
    "kostenlose",
    "kostenloser",
    "gratis",
    "umsonst",
    "prix",
    "soldes",
    "gratuit",
    "gratuite",
    "gratuits",
    "gratuites",
    "gratuitement",
    "offert",
    "offerte",
    "precio",
    "precios",
    "descuento",
    "descuentos",
    "cupón",
    "prezzo",
    "prezzi",
    "sconto",
    "sconti",
    "saldi",
    "gratuito",
    "gratuita",
    "prijs",
    "korting",
    "desconto",
    "rabat",
];

/// What stands before `free` where it means without something, or nothing to do with money.
const FREE_OF: [&str; 30] = [
    "feel",
    "fragrance",
    "perfume",
    "cruelty",
    "oil",
    "sugar",
    "gluten",
    "paraben",
    "parabens",
    "sulfate",
    "sulphate",
    "silicone",
    "alcohol",
    "dairy",
    "lactose",
    "nut",
    "fat",
    "plastic",
    "chemical",
    "risk",
    "stress",
    "worry",
    "hassle",
    "care",
    "hands",
    "ad",
    "break",
    "set",
    "roam",
    "soap",
];

/// What stands after `free` where it means something else.
const FREE_TO: [&str; 9] = ["of", "from", "to", "time", "range", "will", "speech", "yourself", "up"];

/// What a word says about money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Currency,
    Less,
    Money,
}

/// All words, so that each word of a text is looked up once.
static WORDS: LazyLock<FxHashMap<&str, Says>> = LazyLock::new(|| {
    let all = |words: &'static [&str], says| words.iter().map(move |word| (*word, says));
    all(&CURRENCIES, Says::Currency).chain(all(&LESS, Says::Less)).chain(all(&MONEY, Says::Money)).collect()
});

fn says(word: &str, what: Says) -> bool {
    WORDS.get(word) == Some(&what)
}

/// Whether `sentence`, in its normal form, names a price, a discount or an offer.
pub fn is_about_money(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower.split(' ').map(bare).filter(|word| !word.is_empty()).collect();
    words.iter().any(|word| says(word, Says::Money))
        || has_amount(&words)
        || has_percent(&words)
        || words.iter().enumerate().any(|(at, word)| is_free(&words, at, word))
        || words.windows(3).any(is_bundle)
}

/// A word without the punctuation around it, signs of currencies and percentages apart.
fn bare(word: &str) -> &str {
    let is_noise = |letter: char| {
        matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '(' | ')' | '[' | ']' | '*')
    };
    word.trim_matches(is_noise)
}

/// `$40`, `40 €`, `USD 500`, `1.299,00zł`.
fn has_amount(words: &[&str]) -> bool {
    let is_currency = |word: &str| says(word, Says::Currency);
    let in_word = |word: &&str| {
        let rest = word.trim_matches(|letter: char| {
            letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '+' | '\'')
        });
        rest.len() < word.len() && is_currency(rest) || is_sign_before_number(word)
    };
    let beside = |pair: &[&str]| match pair {
        [one, other] => is_currency(one) && is_number(other) || is_number(one) && is_currency(other),
        _ => false,
    };
    words.iter().any(in_word) || words.windows(2).any(beside)
}

/// `from$40`, `us$40.`, `(€5)`: a sign of a currency with a digit beside it.
fn is_sign_before_number(word: &str) -> bool {
    let is_sign = |letter: char| {
        matches!(letter, '$' | '€' | '£' | '¥' | '₹' | '₩' | '₽' | '₺' | '₪' | '₫' | '₴' | '฿' | '¢')
    };
    let letters: Vec<char> = word.chars().collect();
    letters.windows(2).any(|pair| match pair {
        [one, other] => is_sign(*one) && other.is_numeric() || one.is_numeric() && is_sign(*other),
        _ => false,
    })
}

fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_numeric())
}

/// `20% off`, `25 % weniger`, `-20 %`.
fn has_percent(words: &[&str]) -> bool {
    let is_percent = |word: &str| {
        word.ends_with('%')
            || matches!(word, "percent" | "prozent" | "procent" | "cent" | "ciento" | "cento" | "pct")
    };
    let Some(first) = words.iter().position(|word| is_percent(word)) else { return false };
    let has_minus = |word: &&str| word.starts_with('-') && word.get(1..).is_some_and(is_number);
    words.iter().any(|word| says(word, Says::Less)) || words.iter().take(first + 1).any(has_minus)
}

fn is_free(words: &[&str], at: usize, word: &str) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
    let after = words.get(at + 1).copied().unwrap_or_default();
    match word {
        "free" => !FREE_OF.contains(&before) && !FREE_TO.contains(&after),
        _ => word.starts_with("free-"),
    }
}

/// `2 for 1`, `buy one get`.
fn is_bundle(words: &[&str]) -> bool {
    match words {
        [two, "for", one] => is_number(two) && is_number(one),
        ["buy", n, "get"] => is_number(n) || matches!(*n, "one" | "two" | "three"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_money_are_found() {
        for sentence in [
            "Free delivery over $40",
            "20% off until December 3, both sizes.",
            "Members save 20 percent.",
            "Nur 39,90 € im Shop",
            "Jetzt 25 % sparen!",
            "-20% heute",
            "USD 500 a year",
            "Das kostet 1.299,00zł",
            "The small bottle ships free until December 3.",
            "Use the coupon below.",
            "Livraison gratuite",
            "Take 2 for 1.",
            "Buy one get one.",
        ] {
            assert!(is_about_money(sentence), "{sentence}");
        }
    }

    #[test]
    fn other_sentences_are_not() {
        for sentence in [
            "Two drops are enough.",
            "Fragrance free, tested for eight weeks.",
            "Feel free to write to us.",
            "A cruelty-free serum",
            "100% vegan",
            "It holds the same 30 ml.",
            "9 out of 10 buyers love it.",
            "Thin goes before thick, and water before oil.",
            "",
        ] {
            assert!(!is_about_money(sentence), "{sentence}");
        }
    }
}
