use super::*;
use crate::fixture::Fixture;

/// A small policy with one of everything that a hover speaks of.
pub const POLICY: &str = "contact { country: Country  age: Int?  tags: Set<Text> }

/// People who may buy.
audience adults \"Grown-ups\" = age? >= 18

/// What the shop must know.
fact stock_checked: Bool

/// Subjects that a phone shows whole.
rule subject_length on Email.subject {
  require length(it) <= 10
  warning \"the subject has {length(it)} characters\"
  because \"measured on our phones\"
  help \"put the point first\"
}

/// We do not push people.
rule pressure { match \"act now\"  error \"this pushes the reader: {match}\"  fix unsafe remove match }

rule stock on Email { require stock_checked  error \"no\" }

rule no_children { match \"for kids\"  error \"never\"  never waivable }

/// A result that a laboratory measured.
claim proven { says \"clinically proven\"  tier high }
tier low {}
tier high { when regions touch [DE] }

merge first_name { length 1..=14  fallback required }

utm mail on email {
  hosts [\"acme.example\"]
  source in [newsletter, lifecycle]
  medium = email
  campaign = \"{campaign.id}\"
  content optional matches kebab
}
//- campaign.yaml
id: sale
name: Sale
audience: adults
purpose: marketing
regions: [DE]
send_at: 2026-12-01
offer:
  end: 2026-12-24
stock_checked: true
";

#[track_caller]
fn check(asset: &str, expected: &str) {
    check_all(&format!("{POLICY}{asset}"), expected);
}

#[track_caller]
fn check_all(text: &str, expected: &str) {
    let fixture = Fixture::new(text);
    let file = fixture.asset();
    let hover = hover(fixture.view(), &file, fixture.offset);
    let shown = hover.map(|it| format!("[{}] {}", it.span.slice(&file.text), it.markdown));
    println!("<<<<{}>>>>", shown.as_deref().unwrap_or("nothing"));
    assert_eq!(shown.as_deref().unwrap_or("nothing"), expected);
}

#[test]
fn a_finding_says_what_why_and_how() {
    check(
        "//- emails/a.md\n---\nsubject: A sub$0ject too long\n---\nHi\n",
        r#"[A subject too long] **warning** `acme.main.subject_length`

the subject has 18 characters

Subjects that a phone shows whole.

```mkt
require length(it) <= 10
```

source: measured on our phones

- help: put the point first"#,
    );
}

#[test]
fn words_without_findings_say_how_many_rules_look_there() {
    check(
        "//- emails/a.md\n---\nsubject: Short$0\n---\nHi\n",
        r#"[Short] **subject**: `Text?`

The subject line.

---

1 rule holds here; `mktlint explain emails/a.md:2` shows it"#,
    );
}

#[test]
fn an_unsafe_fix_says_so() {
    check(
        "//- emails/a.html\n<p>Please ac$0t now!</p>\n",
        r#"[act now] **error** `acme.main.pressure`

this pushes the reader: act now

We do not push people.

```mkt
rule pressure { match "act now"  error "this pushes the reader: {match}"  fix unsafe remove match }
```

- fix: remove `act now` (may change what the reader is told)"#,
    );
}

#[test]
fn a_claim_is_explained_across_markup() {
    check(
        "//- emails/a.html\n<p>It is <b>clini$0cally</b> proven</p>\n",
        r#"[clinically</b> proven] **claim** `acme.main.proven`

A result that a laboratory measured.

```mkt
claim proven { says "clinically proven"  tier high }
```"#,
    );
}

#[test]
fn a_merge_tag_says_what_it_prints() {
    check(
        "//- emails/a.html\n<p>Hi {{ first_$0name }} {{ other }}</p>\n",
        r#"[{{ first_name }}] **warning** `MKT0521`

`first_name` prints nothing for people without that value

a template tag has no fallback, and the policy asks for one

```mkt
merge first_name { length 1..=14  fallback required }
```

- help: give it a fallback

---

**merge tag** `first_name` (liquid)

prints nothing when the value is missing

```mkt
merge first_name { length 1..=14  fallback required }
```"#,
    );
}

#[test]
fn a_link_is_taken_apart() {
    check(
        "//- emails/a.html\n<a href=\"https://acme.example/a%20b?utm_source=news$0letter&amp;utm_medium=email&amp;utm_campaign=sale#x\">x</a>\n",
        r#"[https://acme.example/a%20b?utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=sale#x] `https://acme.example/a%20b?utm_source=newsletter&utm_medium=email&utm_campaign=sale#x`

- host: `acme.example`
- path: `/a b`
- `utm_source`: `newsletter`
- `utm_medium`: `email`
- `utm_campaign`: `sale`
- fragment: `x`
- reported by Google Analytics under: Email

`acme.main.mail` says

```mkt
source in [newsletter, lifecycle]
```"#,
    );
}

#[test]
fn a_key_of_json_says_what_it_holds() {
    check(
        "//- x/campaign.json\n{\"id\": \"x\", \"purp$0ose\": \"marketing\", \"audience\": \"adults\"}\n",
        r#"["purpose"] **purpose**: `Purpose`

Why it is sent.

one of `marketing`, `transactional`, `service`, `legal`

Why a message is sent."#,
    );
}

#[test]
fn an_audience_in_toml_shows_somebody() {
    check(
        "//- x/campaign.toml\nid = \"x\"\naudience = \"ad$0ults\"\n",
        r#"[adults] **audience** `acme.main.adults`

Grown-ups

People who may buy.

for example, this person is in `adults`:

```mkt
{ age: 20 }
```

```mkt
audience adults "Grown-ups" = age? >= 18
```"#,
    );
}

#[test]
fn a_key_in_a_record_of_yaml_is_that_of_the_campaign() {
    check(
        "//- x/campaign.yaml\nid: x\noffer:\n  en$0d: 2026-12-24\n",
        r#"[end] **offer.end**: `Date?`

The last day of the offer: `offer.end`."#,
    );
}

#[test]
fn a_value_is_for_what_its_key_says() {
    check(
        "//- x/campaign.yaml\nid: x\npurpose: mar$0keting\n",
        r#"[marketing] **purpose**: `Purpose`

Why it is sent.

one of `marketing`, `transactional`, `service`, `legal`

Why a message is sent."#,
    );
}

#[test]
fn a_cell_is_for_what_its_header_says() {
    check(
        "//- sms/a.csv\nText,Purpose\nx,lega$0l\n",
        r#"[legal] **purpose**: `Purpose`

Why it is sent, when that differs from the campaign.

one of `marketing`, `transactional`, `service`, `legal`

Why a message is sent."#,
    );
}

#[test]
fn a_fact_is_that_of_the_policy() {
    check(
        "//- x/campaign.yaml\nid: x\nstock_$0checked: true\n",
        r#"[stock_checked] **fact** `acme.main.stock_checked`: `Bool`

What the shop must know."#,
    );
}

#[test]
fn a_header_of_csv_is_a_field() {
    check(
        "//- ads/a.csv\nHeadl$0ine 1,Final URL\nx,https://acme.example\n",
        r#"[Headline 1] **headlines**: `List<Text>?`

The headlines, in order."#,
    );
}

#[test]
fn a_directive_names_a_rule() {
    check(
        "//- emails/a.html\n<!-- mktlint: waive press$0ure until 2027-01-01 because \"a poem\" -->\n<p>act now</p>\n",
        r#"[pressure] **rule** `acme.main.pressure`

We do not push people.

```mkt
rule pressure { match "act now"  error "this pushes the reader: {match}"  fix unsafe remove match }
```"#,
    );
}

#[test]
fn a_waived_finding_says_until_when() {
    check(
        "//- emails/a.html\n<!-- mktlint: waive pressure until 2027-01-01 because \"a *poem*\" -->\n<p>act$0 now</p>\n",
        r#"[act now] **error** `acme.main.pressure`, waived until 2027-01-01: a \*poem\*

this pushes the reader: act now

We do not push people.

```mkt
rule pressure { match "act now"  error "this pushes the reader: {match}"  fix unsafe remove match }
```

- fix: remove `act now` (may change what the reader is told)"#,
    );
}

#[test]
fn a_finding_without_waivers_says_so() {
    check(
        "//- blog/a.md\nMade for ki$0ds.\n",
        r#"[for kids] **error** `acme.main.no_children`

never

```mkt
rule no_children { match "for kids"  error "never"  never waivable }
```

never waivable"#,
    );
}

#[test]
fn text_messages_have_findings_too() {
    check(
        "//- sms/a.txt\nAct no$0w.\n",
        r#"[Act now] **error** `acme.main.pressure`

this pushes the reader: Act now

We do not push people.

```mkt
rule pressure { match "act now"  error "this pushes the reader: {match}"  fix unsafe remove match }
```

- fix: remove `Act now` (may change what the reader is told)"#,
    );
}

#[test]
fn mjml_is_read_as_html_is() {
    check(
        "//- emails/a.mjml\n<mjml><mj-body><mj-text>for kids$0</mj-text></mj-body></mjml>\n",
        r#"[for kids] **error** `acme.main.no_children`

never

```mkt
rule no_children { match "for kids"  error "never"  never waivable }
```

never waivable"#,
    );
}

#[test]
fn nothing_is_said_of_plain_words() {
    check("//- blog/a.md\nPlain wo$0rds.\n", "nothing");
}

#[test]
fn what_all_assets_together_show_is_told_with_the_rule() {
    check_all(
        "contact { age: Int? }\naudience adults = age? >= 18\nsuppress young {\n  who age? < 20\n  because \"house rule\"\n}\n\
         //- campaign.yaml\nid: a\naudience: adu$0lts\nchannel: email\nregions: [DE]\npurpose: legal\n",
        r#"[adults] **error** `acme.main.young`

`adults` can include people that `young` keeps out

```mkt
who age? < 20
```

source: house rule

- for example { age: 18 }
- help: add `and not (age? < 20)` to `adults`

---

**audience** `acme.main.adults`

for example, this person is in `adults`:

```mkt
{ age: 20 }
```

```mkt
audience adults = age? >= 18
```"#,
    );
}
