use super::*;
use crate::fixture::Fixture;

const POLICY: &str = "rule subject_length on Email.subject {
  require longest_length(it) <= 60
  warning \"long\"
}
rule wide_headline on Ad.headlines { forbid display_width(it) > 30  error \"long\" }
rule tight_on_social on Ad.headlines where platform? == \"linkedin\" { forbid length(it) >= 21  error \"long\" }
merge first_name { length 1..=14 }
";

/// Every hint of the asset, in its place between brackets.
#[track_caller]
fn check(asset: &str, expected: &str) {
    let fixture = Fixture::new(&format!("{POLICY}//- {asset}"));
    let path = fixture.files().find(|path| !path.ends_with(".mkt")).expect("an asset").clone();
    let file = fixture.asset_at(&path);
    let all = hints(fixture.view(), &file, Span::of(0..file.text.len()));
    let mut shown = file.text.to_string();
    for hint in all.iter().rev() {
        shown.insert_str(hint.offset as usize, &format!("[{}]", hint.label));
    }
    assert_eq!(shown, expected);
}

#[test]
fn messages_say_their_segments() {
    check("sms/a.txt\nAcme: sale today", "Acme: sale today[1 segment, 144 left]");
    check("sms/a.csv\nid,text\n1,Sale “today”\n", "id,text\n1,Sale “today”[1 segment, 58 left]\n");
    // 14 letters for the name.
    check("sms/a.yaml\nbody: Hi {{ first_name }}!\n", "body: Hi {{ first_name }}![1 segment, 142 left]\n");
    check("sms/a.yaml\nbody: Hi {{ city }}!\n", "body: Hi {{ city }}![at least 1 segment, 156 left]\n");
    let long = "x".repeat(161);
    check(
        &format!("sms/a.json\n{{\"body\": \"{long}\"}}"),
        &format!("{{\"body\": \"{long}\"[2 segments, 145 left]}}"),
    );
}

#[test]
fn what_makes_a_message_dear_is_named() {
    let fixture = Fixture::new(&format!("{POLICY}//- sms/a.txt\nWow “so” good$0"));
    let file = fixture.asset();
    let all = hints(fixture.view(), &file, Span::of(0..file.text.len()));
    assert_eq!(all[0].tooltip.as_deref(), Some("13 units in UCS-2, because of `“”`"));
}

#[test]
fn lengths_stand_against_the_tightest_limit() {
    check(
        "emails/a.md\n---\nsubject: \"Hi {{ first_name }}\"\npreheader: Now\n---\nText\n",
        "---\nsubject: \"Hi {{ first_name }}\"[17 of 60]\npreheader: Now[3 characters]\n---\nText\n",
    );
    check(
        "ads/google.csv\nHeadline 1,Headline 2\nShort,汉字\n",
        "Headline 1,Headline 2\nShort[5 of 30],汉字[4 of 30]\n",
    );
    check("ads/a.csv\nHeadline,Platform\nShort,linkedin\n", "Headline,Platform\nShort[5 of 20],linkedin\n");
    check(
        "push/a.toml\ntitle = 'Hi'\nbody = 'You'\n",
        "title = 'Hi'[2 characters]\nbody = 'You'[3 characters]\n",
    );
}

#[test]
fn cells_without_a_limit_have_no_number() {
    check("ads/a.csv\nHeadline,Description\nHi,You\n", "Headline,Description\nHi[2 of 30],You\n");
    check("emails/a.csv\nSubject,Preheader\nHi,You\n", "Subject,Preheader\nHi[2 of 60],You[3 characters]\n");
    check("blog/a.csv\nTitle,Body\nHi,You\n", "Title,Body\nHi,You\n");
}

#[test]
fn tagged_links_say_their_channel_group() {
    check(
        "emails/a.html\n<a href=\"https://acme.example/?utm_source=x&amp;utm_medium=email\">x</a><a href=\"https://acme.example/\">y</a>",
        "<a href=\"https://acme.example/?utm_source=x&amp;utm_medium=email\"[Email]>x</a><a href=\"https://acme.example/\">y</a>",
    );
    check(
        "emails/a.mjml\n<mjml><mj-body><mj-button href=\"https://a.example/?utm_medium=cpc&amp;utm_source=google\">x</mj-button></mj-body></mjml>",
        "<mjml><mj-body><mj-button href=\"https://a.example/?utm_medium=cpc&amp;utm_source=google\"[Paid Search]>x</mj-button></mj-body></mjml>",
    );
}

#[test]
fn posts_in_english_have_a_reading_grade() {
    let words = "The cat sat on the mat. ".repeat(20);
    check(&format!("blog/a.md\n# Cats\n\n{words}\n"), &format!("# Cats[reading grade -1.5]\n\n{words}\n"));
    let german = format!("---\nlang: de\n---\n# Cats\n\n{words}\n");
    check(&format!("blog/a.md\n{german}"), &german);
}

#[test]
fn only_what_is_shown_is_measured() {
    let fixture = Fixture::new("//- emails/a.csv\nSubject\none\ntwo\nthree\n$0");
    let file = fixture.asset();
    let found = hints(fixture.view(), &file, Span::new(12, 15));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].label, "3 characters");
}
