//! Functions that take or give a list.

use std::collections::BTreeSet;
use std::ops::Range;

use mktlint_hir::model::builtin::Builtin;
use mktlint_measure::{percent, text, tweet, unsubscribe};

use crate::eval::pure::LONGEST_TEXT;
use crate::value::compare::first_unknown;
use crate::value::show;
use crate::{Datum, List, Unknown, Value};

/// The list that `builtin` finds in `words`; `None` when it gives no list.
pub fn of_text(builtin: Builtin, words: &str) -> Option<Value<'static>> {
    let texts = |ranges: Vec<Range<usize>>| list(ranges.into_iter().map(|range| &words[range]));
    // Hashtags and mentions are shown without the sign that they start with.
    let names = |ranges: Vec<Range<usize>>| {
        list(ranges.into_iter().map(|range| {
            let mut name = words[range].chars();
            name.next();
            name.as_str()
        }))
    };
    Some(match builtin {
        Builtin::Hashtags => names(tweet::hashtags(words)),
        Builtin::Mentions => names(tweet::mentions(words)),
        Builtin::Cashtags => names(tweet::cashtags(words)),
        Builtin::Urls => texts(tweet::urls(words)),
        Builtin::Emojis => list(text::emojis(words)),
        Builtin::RepeatedWords => texts(text::repeated_words(words)),
        Builtin::UnsubscribeLinks => list(unsubscribe::unsubscribe_links(words).iter().map(String::as_str)),
        Builtin::Percents => {
            let percent = |value| Value::Known(Datum::Percent(value));
            Value::list(percent::percents(words).into_iter().map(percent).collect())
        }
        _ => return None,
    })
}

fn list<'t>(items: impl Iterator<Item = &'t str>) -> Value<'static> {
    Value::list(items.map(|item| Value::text(item.to_owned())).collect())
}

/// How many items differ, when case, white space and punctuation do not count.
pub fn distinct<'a>(list: &List<'a>) -> Value<'a> {
    on_items(list, |items| {
        let kinds: BTreeSet<String> = items.map(|item| text::squashed(&item)).collect();
        Value::count(kinds.len())
    })
}

/// The items as people write them, `separator` between them.
pub fn join<'a>(list: &List<'a>, separator: &str) -> Value<'a> {
    on_items(list, |items| {
        let mut joined = String::new();
        for (at, item) in items.enumerate() {
            if at > 0 {
                joined.push_str(separator);
            }
            joined.push_str(&item);
            if joined.len() > LONGEST_TEXT {
                return Value::unknown(Unknown::TooLarge);
            }
        }
        Value::text(joined)
    })
}

/// Computes with the items as people write them; unknown when one is unknown. Missing items are left out.
fn on_items<'a>(
    list: &List<'a>,
    compute: impl FnOnce(&mut dyn Iterator<Item = String>) -> Value<'a>,
) -> Value<'a> {
    let items: Vec<Value<'a>> = list.iter().collect();
    match first_unknown(&items) {
        Some(unknown) => unknown,
        None => compute(&mut items.iter().filter_map(Value::datum).map(show::datum)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::call;

    #[test]
    fn lists_of_a_text() {
        let check = |builtin, words: &'static str, expected: &str| {
            assert_eq!(show::value(&call(builtin, &[Value::text(words)])), expected, "{words}");
        };
        check(Builtin::Hashtags, "#sale and ＃夏 #12", "sale, 夏");
        check(Builtin::Mentions, "cc @acme a@b.co", "acme");
        check(Builtin::Cashtags, "buy $ACME", "ACME");
        check(Builtin::Urls, "see acme.com, https://acme.com/a.", "acme.com, https://acme.com/a");
        check(Builtin::Emojis, "a 👍🏽 b 🎉", "👍🏽, 🎉");
        check(Builtin::Percents, "12,5 % or 20%", "12.5%, 20%");
        check(Builtin::RepeatedWords, "The the end", "the");
        check(Builtin::UnsubscribeLinks, "<mailto:u@a.example>, x", "mailto:u@a.example");
        check(Builtin::Urls, "", "");
    }

    #[test]
    fn texts_of_a_list() {
        let texts = Value::list(["Buy now!", "BUY NOW", "Sale"].map(Value::text).to_vec());
        assert_eq!(call(Builtin::Distinct, std::slice::from_ref(&texts)), Value::int(2));
        let joined = call(Builtin::Join, &[texts, Value::text(" | ")]);
        assert_eq!(show::value(&joined), "Buy now! | BUY NOW | Sale");
        let none = Value::list(Vec::new());
        assert_eq!(show::value(&call(Builtin::Join, &[none.clone(), Value::text(", ")])), "");
        assert_eq!(call(Builtin::Distinct, &[none]), Value::int(0));
        let unknown = Value::list(vec![Value::unknown(Unknown::TooLarge)]);
        assert!(call(Builtin::Distinct, &[unknown]).as_unknown().is_some());
    }
}
