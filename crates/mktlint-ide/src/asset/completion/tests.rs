use super::*;
use crate::fixture::Fixture;
use crate::policy::completion::MOST;

const POLICY: &str = "contact { age: Int?  country: Country }
/// People who may buy.
audience adults \"Grown-ups\" = age? >= 18
audience north = country in nordic
region nordic = [SE, NO]
/// What the shop must know.
fact checked: Bool
fact stock: Stock?
enum Stock { low, high }
rule ready on Campaign { require checked or stock? == low  error \"no\" }
/// We do not push people.
rule pressure { match \"act now\"  error \"no\" }
rule never_said { match \"cures\"  error \"no\"  never waivable }
claim local { says \"from here\"  only in nordic }
merge first_name { length 1..=14  fallback \"there\" }
merge city { length 1..=14  fallback required }
utm mail on email {
  hosts [\"acme.example\"]
  source in [newsletter, lifecycle]
  medium = email
  campaign = \"{campaign.id}\"
  content optional matches kebab
}
//- campaign.yaml
id: spring-sale
regions: [DE, US]
languages: [de, en]
";

fn all(asset: &str) -> Vec<Completion> {
    let fixture = Fixture::new(&format!("{POLICY}//- {asset}"));
    completion(fixture.view(), &fixture.asset(), fixture.offset)
}

/// The labels, the first ones of them; none when nothing is expected.
#[track_caller]
fn check(asset: &str, expected: &str) {
    let labels: Vec<String> = all(asset).into_iter().map(|item| item.label).collect();
    let labels = labels.join(" ");
    let shown = if expected.is_empty() { &labels } else { labels.get(..expected.len()).unwrap_or(&labels) };
    assert_eq!(shown, expected);
}

/// The line of the place after the item called `label` was taken.
#[track_caller]
fn check_insert(asset: &str, label: &str, expected: &str) {
    let fixture = Fixture::new(&format!("{POLICY}//- {asset}"));
    let file = fixture.asset();
    let all = completion(fixture.view(), &file, fixture.offset);
    let item = all.into_iter().find(|item| item.label == label).expect("the item");
    let mut text = file.text.to_string();
    text.replace_range(item.replace.range(), &item.insert);
    assert_eq!(text, expected);
}

#[test]
fn manifests_have_keys() {
    check(
        "x/campaign.yaml\nid: a\npur$0\nregion: DE\n",
        "name channel audience languages purpose send_at time_zone send_in sends sender offer checked stock",
    );
    check("x/campaign.yaml\nid: a\nsends:\n  - channel: email\n    $0\n", "at id");
    check("x/campaign.toml\n[sender]\n$0\n", "name address");
    check("x/campaign.json\n{\"audience\": {\"$0\"}}\n", "email sms push blog web social ads");
    check_insert("x/campaign.yaml\npur$0\n", "purpose", "purpose: \n");
    check_insert("x/campaign.yaml\npur$0: legal\n", "purpose", "purpose: legal\n");
    check_insert("x/campaign.yaml\n$0\n", "regions", "regions: [$1]\n");
    check_insert("x/campaign.yaml\n$0\n", "offer", "offer:\n  start: $1\n  end: $2\n");
    check_insert("x/campaign.toml\n$0\n", "sends", "sends = [{ channel = \"$1\", at = \"$2\" \\}]\n");
    check_insert("x/campaign.json\n{\"pu$0\"}\n", "purpose", "{\"purpose\"}\n");
    check_insert("x/campaign.json\n{$0}\n", "purpose", "{\"purpose\": \"$1\"}\n");
}

#[test]
fn manifests_have_values() {
    check("x/campaign.yaml\npurpose: $0\n", "marketing transactional service legal");
    check("x/campaign.yaml\nchannel:\n  - email\n  - $0\n", "email sms push blog web social ads");
    check("x/campaign.toml\nchannel = [\"email\", \"$0\"]\n", "email sms push blog web social ads");
    check("x/campaign.yaml\naudience: $0\n", "adults north");
    check("x/campaign.json\n{\"audience\": {\"email\": \"$0\"}}\n", "adults north");
    check("x/campaign.yaml\nregions: [$0]\n", "nordic BENELUX DACH EEA");
    check("x/campaign.yaml\nchecked: $0\n", "true false");
    check("x/campaign.yaml\nstock: $0\n", "low high");
    check(
        "x/campaign.yaml\noffer:\n  end: $0\n",
        "2026-11-22 2026-11-23 2026-11-29 2026-12-06 2026-12-22 2026-11-30",
    );
    check(
        "x/campaign.yaml\nregions: [DE, US]\ntime_zone: $0\n",
        "Europe/Berlin Europe/Busingen America/New_York",
    );
    check("x/campaign.yaml\nname: $0\n", "");
    check_insert("x/campaign.yaml\nregions: [$0]\n", "NO", "regions: [\"NO\"]\n");
    check_insert("x/campaign.toml\npurpose = $0\n", "legal", "purpose = \"legal\"\n");
    check_insert("x/campaign.toml\nsend_at = $0\n", "2026-11-23T09:00:00", "send_at = 2026-11-23T09:00:00\n");
    check_insert(
        "x/campaign.json\n{\"send_at\": $0}\n",
        "2026-11-23T09:00",
        "{\"send_at\": \"2026-11-23T09:00\"}\n",
    );
}

#[test]
fn front_matter_and_records_have_the_keys_of_their_kind() {
    check("emails/a.md\n---\nsubject: x\n$0\n---\nx\n", "preheader from_name from_address reply_to");
    check("emails/a.html\n---\nprev$0\n---\n<p>x</p>\n", "subject preheader");
    check("push/a.json\n{\"title\": \"x\", \"$0\"}\n", "body url image");
    check("sms/a.yaml\nmessages:\n  - body: x\n    $0\n", "sender url regions");
    check("emails/a.md\n---\npurpose: $0\n---\nx\n", "marketing transactional service legal");
    check("emails/a.md\nsubject: $0\n", "");
}

#[test]
fn tables_have_headers_and_values() {
    check(
        "ads/a.csv\nHeadline 1,Headline 2,$0\nx,y,z\n",
        "Headline 3 Long headline 1 Description 1 Body Final URL",
    );
    check("sms/a.csv\ntext,se$0\nx,y\n", "sender url regions");
    check("sms/a.csv\ntext,purpose\nx,$0\n", "marketing transactional service legal");
    check("sms/a.csv\ntext,mktlint_waive\nact now,$0\n", "pressure");
    check("sms/a.csv\ntext,other\nx,$0\n", "");
}

#[test]
fn tags_are_those_of_the_policy_and_the_file() {
    check("emails/a.html\n<p>{{ company }} {{ $0 }}</p>\n", "city first_name company");
    check_insert("emails/a.html\n<p>{{ ci$0 }}</p>\n", "city", "<p>{{ city | default: \"$1\" }}</p>\n");
    check_insert("emails/a.html\n<p>{{$0</p>\n", "first_name", "<p>{{ first_name }}</p>\n");
    check_insert("emails/a.md\n*|FI$0|* x\n", "FIRST_NAME", "*|FIRST_NAME|* x\n");
    check_insert("sms/a.csv\ntext\nHi {{fi$0\n", "first_name", "text\nHi {{ first_name }}\n");
    check("emails/a.html\n<p>{{ city | $0 }}</p>\n", "");
}

#[test]
fn links_are_tagged_as_the_convention_says() {
    let link = "emails/a.html\n<a href=\"https://acme.example/?";
    check(
        &format!("{link}utm_source=newsletter&amp;$0\">x</a>\n"),
        "utm_medium utm_campaign utm_content utm: all that is asked for utm_id",
    );
    check(&format!("{link}utm_source=$0\">x</a>\n"), "newsletter lifecycle");
    check(&format!("{link}utm_campaign=$0\">x</a>\n"), "spring-sale");
    check("emails/a.md\n[x](https://other.example/?utm_content=$0)\n", "spring-sale");
    check_insert(
        &format!("{link}$0\">x</a>\n"),
        "utm: all that is asked for",
        "<a href=\"https://acme.example/?utm_source=$1&amp;utm_medium=email&amp;utm_campaign=spring-sale\">x</a>\n",
    );
    check_insert(
        "emails/a.md\n[x](https://acme.example/?utm_m$0)\n",
        "utm_medium",
        "[x](https://acme.example/?utm_medium=email)\n",
    );
    check("emails/a.md\nReally? ac$0\n", "");
}

#[test]
fn waivers_name_the_rules_that_fired_first() {
    check("blog/a.md\n<!-- mk$0 -->\n\nact now\n", "mktlint: waive");
    check("blog/a.md\n<!-- mktlint: waive $0 -->\n\nact now\n", "pressure ready local mail");
    check("blog/a.md\n<!-- mktlint: waive pressure $0 -->\n\nact now\n", "until because");
    check(
        "blog/a.md\n<!-- mktlint: waive pressure until $0 -->\n\nact now\n",
        "2027-02-20 2026-12-22 2027-05-21 2027-11-22",
    );
    check("blog/a.md\n<!-- mktlint: waive pressure until 2027-02-20 $0 -->\n\nact now\n", "because");
    check("blog/a.md\n<!-- mktlint: waive pressure because \"$0\" -->\n\nact now\n", "");
    check("x/campaign.yaml\nid: a\n# mktlint: waive re$0\npurpose: legal\n", "ready");
    check_insert(
        "blog/a.md\n<!-- mktlint: waive pr$0 -->\n\nact now\n",
        "pressure",
        "<!-- mktlint: waive pressure until 2027-02-20 because \"$1\" -->\n\nact now\n",
    );
}

#[test]
fn text_has_nothing_to_complete() {
    for asset in
        ["blog/a.md\nPlain wo$0rds\n", "sms/a.txt\nPlain$0\n", "emails/a.html\n<p cl$0ass=\"x\">y</p>\n"]
    {
        assert!(all(asset).is_empty(), "{asset}");
    }
}

#[test]
fn rules_behind_the_longest_list_are_found_by_their_letters() {
    let many: String =
        (0..=MOST).map(|n| format!("rule many_{n} {{ match \"w{n}\"  error \"no\" }}\n")).collect();
    let zebra = "rule zebra { match \"z\"  error \"no\" }\n";
    let fixture = Fixture::new(&format!("{many}{zebra}//- a.md\n<!-- mktlint: waive ze$0 -->\n"));
    let all = completion(fixture.view(), &fixture.asset(), fixture.offset);
    assert_eq!(all.into_iter().map(|item| item.label).collect::<Vec<_>>(), ["zebra"]);
}
