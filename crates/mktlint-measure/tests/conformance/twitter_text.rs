//! Every case of twitter-text that says what is found in a post, and how long it is.

use std::ops::Range;

use mktlint_measure::text::Shape;
use mktlint_measure::tweet::{self, Mention, Weights};
use serde_json::{Value, json};

use crate::yaml;

static VALIDATE: &str = include_str!("../../../../tests/conformance/twitter_text/validate.yml");
static EXTRACT: &str = include_str!("../../../../tests/conformance/twitter_text/extract.yml");
static CONFIG_1: &str = include_str!("../../../../tests/conformance/twitter_text/config-v1.json");
static CONFIG_2: &str = include_str!("../../../../tests/conformance/twitter_text/config-v2.json");
static CONFIG_3: &str = include_str!("../../../../tests/conformance/twitter_text/config-v3.json");

/// Cases that are meant to fail: group, description, why.
static DIFFERS: &[(&str, &str, &str)] = &[];

/// Checks every case of a file; `found` gives what stands under `expected` for a text of a group.
fn check(file: &str, n_cases: usize, found: impl Fn(&str, &str) -> Value) {
    let file = yaml::read(file);
    let groups = file["tests"].as_object().unwrap();
    let (mut failures, mut n) = (Vec::new(), 0);
    for (group, cases) in groups {
        for case in cases.as_array().unwrap() {
            n += 1;
            let (description, text) = (case["description"].as_str().unwrap(), case["text"].as_str().unwrap());
            let found = found(group, text);
            let agrees = found == comparable(group, &case["expected"]);
            let differs = DIFFERS.iter().any(|(own, words, _)| own == group && *words == description);
            if agrees == differs {
                failures.push(format!(
                    "{group}: {description}\n  {text:?}\n  found    {found}\n  expected {}",
                    case["expected"]
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} cases\n{}", failures.len(), failures.join("\n"));
    assert_eq!(n, n_cases);
}

/// The part of `expected` that is a promise of ours. Which part of a post a client shows before it is cut is not.
fn comparable(group: &str, expected: &Value) -> Value {
    let fields = ["weightedLength", "valid", "permillage"];
    if group.ends_with("CounterTest") {
        fields.iter().map(|field| ((*field).to_owned(), expected[field].clone())).collect()
    } else {
        expected.clone()
    }
}

#[test]
fn validate() {
    check(VALIDATE, 97, |group, text| match group {
        "tweets" => counted(text, CONFIG_1)["valid"].clone(),
        "WeightedTweetsCounterTest" => counted(text, CONFIG_2),
        "WeightedTweetsWithDiscountedEmojiCounterTest" | "UnicodeDirectionalMarkerCounterTest" => {
            counted(text, CONFIG_3)
        }
        "usernames" => is_all(text, &tweet::mentions(text)).into(),
        "lists" => {
            let lists = tweet::mentions_and_lists(text).into_iter().filter(|it| it.list.is_some());
            is_all(text, &lists.map(|it| it.range).collect::<Vec<_>>()).into()
        }
        "hashtags" => is_all(text, &tweet::hashtags(text)).into(),
        "urls" => Shape::Url.matches(text).into(),
        "urls_without_protocol" => is_all(text, &tweet::urls(text)).into(),
        _ => panic!("a new group: {group}"),
    });
}

fn is_all(text: &str, found: &[Range<usize>]) -> bool {
    found.len() == 1 && found[0] == (0..text.len())
}

/// Length, validity and thousandths of the limit by the rules of `config`.
fn counted(text: &str, config: &str) -> Value {
    let config: Value = serde_json::from_str(config).unwrap();
    let number = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
    let hundredths = 100 / number(&config["scale"]);
    let ranges = config["ranges"].as_array().unwrap().iter();
    let ranges: Vec<(u32, u32, u32)> = ranges
        .map(|it| (number(&it["start"]), number(&it["end"]), number(&it["weight"]) * hundredths))
        .collect();
    let weights = Weights {
        ranges: &ranges,
        default: number(&config["defaultWeight"]) * hundredths,
        url: number(&config["transformedURLLength"]) * 100,
        joins_emoji: config["emojiParsingEnabled"] == true,
    };
    if config["version"] == 3 {
        assert_eq!(weights, Weights::CURRENT);
    }
    let length = tweet::weighted_length(text, &weights).get();
    let most = number(&config["maxWeightedTweetLength"]);
    let is_valid = (1..=most).contains(&length) && !tweet::has_invalid_characters(text);
    json!({ "weightedLength": length, "valid": is_valid, "permillage": length * 1000 / most })
}

#[test]
fn extract() {
    check(EXTRACT, 238, |group, text| {
        let characters = |bytes: usize| text[..bytes].chars().count();
        let indices = |range: &Range<usize>| [characters(range.start), characters(range.end)];
        let name = |range: &Range<usize>| text[range.clone()].trim_start_matches(['@', '#', '＠', '＃', '$']);
        let names = |ranges: Vec<Range<usize>>| ranges.iter().map(name).collect::<Value>();
        let placed = |key: &str, ranges: Vec<Range<usize>>| {
            ranges.iter().map(|it| json!({ key: name(it), "indices": indices(it) })).collect::<Value>()
        };
        let mention = |it: &Mention| {
            let list = it.list.clone().map_or("", |list| &text[list]);
            json!({ "screen_name": &text[it.name.clone()], "list_slug": list, "indices": indices(&it.range) })
        };
        match group {
            "mentions" => names(tweet::mentions(text)),
            "mentions_with_indices" => placed("screen_name", tweet::mentions(text)),
            "mentions_or_lists_with_indices" => tweet::mentions_and_lists(text).iter().map(mention).collect(),
            "replies" => tweet::reply(text).map_or(Value::Null, |it| text[it].into()),
            "urls" | "tco_urls_with_params" => names(tweet::urls(text)),
            "urls_with_indices" | "urls_with_directional_markers" => placed("url", tweet::urls(text)),
            "hashtags" | "hashtags_from_astral" => names(tweet::hashtags(text)),
            "hashtags_with_indices" => placed("hashtag", tweet::hashtags(text)),
            "cashtags" => names(tweet::cashtags(text)),
            "cashtags_with_indices" => placed("cashtag", tweet::cashtags(text)),
            _ => panic!("a new group: {group}"),
        }
    });
}
