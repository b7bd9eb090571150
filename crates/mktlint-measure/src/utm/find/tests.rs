use proptest::prelude::*;

use super::*;
use crate::utm::tidy_value;

/// The problems of `text` without those that every short example has, each as its name and the bytes it points at.
fn show(text: &str) -> Vec<String> {
    let link = Link::parse(text);
    let problems = problems(&link);
    let relevant = problems.iter().filter(|problem| !matches!(problem, Problem::Missing { .. }));
    relevant.map(|problem| format!("{} {}", name(problem), link.written(problem.range()))).collect()
}

fn name(problem: &Problem) -> String {
    match problem {
        Problem::PersonalData { leak, .. } => format!("{leak:?}"),
        Problem::Misspelt { meant, .. } | Problem::WrongCase { meant, .. } => meant.to_string(),
        _ => format!("{problem:?}").split(' ').next().unwrap_or_default().to_owned(),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn tagged_links_need_three_keys() {
    let missing = |text| {
        let problems = problems(&Link::parse(text));
        let keys =
            problems.iter().filter(|it| matches!(it, Problem::Missing { .. })).filter_map(Problem::key);
        keys.map(Key::short_name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(missing("/?utm_source=newsletter"), "medium campaign");
    assert_eq!(missing("/?utm_source=a&utm_medium=b&utm_campaign=c"), "");
    assert_eq!(missing("/?UTM_Source=a&utm_medum=b&amp;utm_campaign=c"), "");
    assert_eq!(missing("/?utm_source=a&{{ utm_rest }}"), "");
    assert_eq!(missing("/?x=1"), "");
}

#[test]
fn keys() {
    check("/?utm_medium=", &["EmptyValue utm_medium="]);
    check("/?utm_medium=%20", &["EmptyValue utm_medium=%20"]);
    check("/?utm_medium", &["EmptyValue utm_medium"]);
    check("/?utm_audience=x", &["UnknownKey utm_audience"]);
    check("/?utm_marketing_tactic=x", &[]);
    check(
        "/?UTM_Source=x&utm_compaign=y&utm-medium=z",
        &["utm_source UTM_Source", "utm_campaign utm_compaign", "utm_medium utm-medium"],
    );
    check("/?utm_source=a&amp;utm_medium=b", &["EncodedAmpersand amp;"]);
    check("/?utm_source=a&utm_source=b", &["Duplicate utm_source=b"]);
    check("/?utm_source=a&utm_medium=b&utm_campaign=c", &[]);
}

#[test]
fn places() {
    check("/p#top?utm_source=x", &["AfterFragment utm_source=x"]);
    check("/p?utm_source=x#top", &[]);
    check("/p?utm_source=x#utm_source=x", &[]);
    check("/p?id=1?utm_source=x", &["SecondQuestionMark ?"]);
    check("/p?q=why?", &[]);
    check("/p?id=1&utm_source=x", &[]);
}

#[test]
fn values() {
    check("/?utm_source=Facebook", &["UpperCase Facebook"]);
    check("/?utm_campaign={{Campaign.Name}}&utm_source=*|SRC|*", &[]);
    check("/?utm_campaign=spring%20sale", &["WhiteSpace %20"]);
    check("/?utm_campaign=spring+sale", &["WhiteSpace +"]);
    check("/?utm_campaign=%C3%A9t%C3%A9!", &["Charset %C3%A9"]);
    check("/?utm_campaign=ete-2026", &[]);
    check("/?utm_campaign=-x", &["Charset -"]);
    check("/?utm_campaign=spring%2520sale", &["DoubleEncoded %2520"]);
    check("/?utm_source_platform=Search%20Ads%20360", &[]);
    check("/?utm_source=A+B", &["UpperCase A+B", "WhiteSpace +"]);
    check("/?q=Anything Goes", &[]);
}

#[test]
fn personal_data() {
    check("/?utm_content=jane@example.com", &["Email jane@example.com", "Charset @"]);
    check("/u/jane%40example.com", &["Email jane%40example.com"]);
    check("/?e={{contact.email}}", &["Placeholder e={{contact.email}}"]);
    check("/?e=*|EMAIL|*&c={{ campaign.name }}", &["Placeholder e=*|EMAIL|*"]);
    check("/?tel=+12125550123", &["Phone +12125550123"]);
    check("/?p=%2B12125550123", &["Phone %2B12125550123"]);
    check("/?first-name=Jane&email=1&id=8f3a", &["Key first-name=Jane"]);
    check("/#e=jane@example.com", &["Email jane@example.com"]);
    check("mailto:jane@example.com?utm_source=X", &[]);
    check("/logo@2x.png?size=100-212-3000", &[]);
}

proptest! {
    #[test]
    fn ranges_fit_and_are_in_order(text in "(/p)?[?#]?((utm_|UTM-)(source|id)=?[a-zA%2520+@.{}é]{0,9}[&?#]?){0,4}") {
        let link = Link::parse(&text);
        let problems = problems(&link);
        prop_assert!(problems.iter().all(|problem| text.get(problem.range().clone()).is_some()));
        prop_assert!(problems.is_sorted_by_key(|problem| problem.range().start));
    }

    #[test]
    fn a_tidy_value_has_no_problem(value in "[a-cA-C0-9 _+%.-]{1,12}(\\{\\{X\\}\\})?[a-zA-Z%20]{0,3}") {
        let link = Link::parse(&format!("/?utm_source={value}&utm_medium=a&utm_campaign=b"));
        let tidy = link.query.first().and_then(|pair| tidy_value(&link, pair.value.as_ref()?));
        if let Some(tidy) = tidy {
            let link = Link::parse(&format!("/?utm_source={tidy}&utm_medium=a&utm_campaign=b"));
            prop_assert_eq!(problems(&link), vec![]);
        }
    }
}
