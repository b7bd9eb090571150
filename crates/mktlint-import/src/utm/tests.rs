use super::*;
use crate::Outcome;

/// The declarations of a sheet, and its problems with their lines.
fn check(sheet: &str, declarations: &str, problems: &[&str]) {
    let draft = import(&"sheet.csv".into(), sheet);
    let text = draft.write().text;
    let formatted = mktlint_syntax::format(&text);
    assert_eq!((formatted.text.as_str(), formatted.problems.len()), (text.as_str(), 0));
    let found: Vec<&str> =
        text.split("\n\n").filter(|part| part.starts_with("utm ") || part.contains("\nutm ")).collect();
    let found: Vec<&str> =
        found.iter().map(|part| part.find("utm ").map_or(*part, |at| &part[at..])).collect();
    assert_eq!(found.join("\n").trim(), declarations.trim());
    let found: Vec<String> =
        draft.problems().iter().map(|it| format!("{} {}", it.code, it.message)).collect();
    assert_eq!(found, problems);
}

#[test]
fn columns_are_parameters() {
    check(
        "utm_source,Medium,Campaign name,owner,content\nnewsletter,email,spring,ann,\"hero, big\"\ncrm,cpc,paid-2026,,cta\n,,,,\n",
        "utm links {\n  source in [newsletter, crm]\n  medium in [email, cpc]\n  campaign in [spring, \"paid-2026\"]\n  \
         content optional matches /(?:cta)/\n}\n",
        &["MKT0805 line 2: content is `hero, big`: white space splits reports"],
    );
}

#[test]
fn pairs_name_their_parameter() {
    check(
        "parameter;value\nutm_source;newsletter\nsauce;x\nmedium;email\nmedium;email\ncampaign;{campaign}\nmedium;a;b\n",
        "utm links {\n  source = newsletter\n  medium = email\n  campaign required\n}\n",
        &[
            "MKT0805 line 3: analytics reads no parameter `sauce`; did you mean `source`?",
            "MKT0805 line 7: it has 3 cells, and the header has 2",
        ],
    );
}

#[test]
fn links_give_hosts_and_order() {
    check(
        "https://acme.example/?utm_source=crm&utm_medium=email&utm_campaign=a\n\
         https://acme.example/x?utm_source=crm&utm_medium=email&utm_content=b&utm_campaign=c\n\
         https://acme.example/\nhttps://shop.acme.example/?utm_medium=sms&utm_source=crm&utm_campaign=a&UTM_ID=1\n",
        "utm links {\n  hosts [\"acme.example\", \"shop.acme.example\"]\n  source = crm\n  medium in [email, sms]\n  \
         campaign in [a, c]\n  content optional matches /(?:b)/\n}\n",
        &["MKT0805 line 3: the link carries no tag", "MKT0805 line 4: analytics reads no parameter `UTM_ID`"],
    );
    let draft = import(&"s.csv".into(), "url\nhttps://a.example/?utm_source=b&utm_medium=c&utm_campaign=d\n");
    assert!(draft.write().text.contains("  order source, medium, campaign\n"));
}

#[test]
fn a_channel_has_a_convention_of_its_own() {
    check(
        "channel,source,medium\nemail,newsletter,email\nads,google,cpc\nfax,x,y\n",
        "utm ads {\n  source = google\n  medium = cpc\n  others allowed\n}\n\
         utm email {\n  source = newsletter\n  medium = email\n  others allowed\n}\n",
        &["MKT0805 line 4: there is no channel `fax`"],
    );
}

#[test]
fn one_spelling_of_a_value_is_kept() {
    check(
        "source,medium\nNewsletter,Email\nnewsletter,Email\nNewsletter,EMAIL\n",
        "utm links {\n  source = newsletter\n  medium = Email\n  others allowed\n}\n",
        &[
            "MKT0806 medium is `EMAIL` and `Email`: reports keep the two apart",
            "MKT0806 source is `Newsletter` and `newsletter`: reports keep the two apart",
        ],
    );
    let draft = import(&"s.csv".into(), "source\nA\na\nA\n");
    assert_eq!(draft.problems()[0].notes, ["`A` in lines 2, 4"]);
}

#[test]
fn sheets_that_say_nothing_are_refused() {
    let first = |sheet: &str| {
        let draft = import(&"s.csv".into(), sheet);
        assert!(draft.is_empty());
        draft.problems().first().map(|found| found.message.clone()).unwrap_or_default()
    };
    assert!(first("").contains("it is empty"));
    assert!(first("\n\n \n").contains("it is empty"));
    assert!(first("a,b\n1,2\n").contains("its header is `a, b`"));
    assert!(first(&format!("source\n\"{}\"\n", "x".repeat(70_000))).contains("longer than 64 KB"));
    assert!(first(&",".repeat(2_000)).contains("more than 1000 cells"));
    assert_eq!(first("source,medium\n"), "");
}

#[test]
fn too_many_values_are_any() {
    let many: String = (0..600).map(|n| format!("c{n}\n")).collect();
    let draft = import(&"s.csv".into(), &format!("campaign\n{many}"));
    let row = &draft.rows()[0];
    assert_eq!(
        (row.outcome, row.remarks[0].as_str()),
        (Outcome::Approximated, "campaign takes any value, and not only the 600 of the sheet")
    );
}

mod laws {
    use proptest::prelude::*;

    use super::super::import;

    proptest! {
        /// Whatever is in a sheet, the result is canonical.
        #[test]
        fn results_are_canonical(sheet in "(source|medium,source|parameter,value|url|channel,source)\n([a-zA-Z,;\"{}\\\\/?&=% \n*é-]{0,60})") {
            let text = import(&"s.csv".into(), &sheet).write().text;
            let again = mktlint_syntax::format(&text);
            prop_assert!(again.problems.is_empty(), "{text}");
            prop_assert_eq!(again.text, text);
        }
    }
}
