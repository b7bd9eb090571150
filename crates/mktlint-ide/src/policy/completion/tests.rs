use std::cell::RefCell;

use super::*;
use crate::fixture::Fixture;
use crate::model::CompletionKind;
use crate::policy::context::bench::{Bench, acme};

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::new(Bench::new());
}

fn at(text: &str) -> Vec<Completion> {
    BENCH.with_borrow_mut(|bench| {
        let offset = bench.set_with_cursor(text);
        completion(bench.view(), bench.file, offset)
    })
}

/// The first labels at the cursor.
fn labels(text: &str, most: usize) -> String {
    let found = at(text);
    found.iter().take(most).map(|item| item.label.as_str()).collect::<Vec<_>>().join(" | ")
}

/// The text after the first completion called `label`.
fn applied(text: &str, label: &str) -> String {
    let found = at(text);
    let item = found.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("no {label}"));
    let mut edits: Vec<(mktlint_text::Span, String)> =
        item.edits.iter().map(|edit| (edit.span, edit.text.clone())).collect();
    let insert = if item.is_snippet { without_places(&item.insert) } else { item.insert.clone() };
    edits.push((item.replace, insert));
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start()));
    let mut text = text.replacen("$0", "", 1);
    for (span, new) in edits {
        text.replace_range(span.range(), &new);
    }
    text
}

const PEOPLE: &str = "
contact { stage: Stage  country: Country  age: Int?  last_order: Date?  tags: Set<Text> }
lifecycle Stage { lead -> customer -> lapsed }
";

#[test]
fn declarations_start_at_the_top() {
    assert_eq!(labels("ru$0", 3), "rule");
    assert!(labels("$0", 5).starts_with("rule | claim | term"));
    assert_eq!(labels("pub re$0", 1), "region");
    assert_eq!(applied("reg$0\n\nlet a = 1\n", "region"), "region name = [DE]\n\nlet a = 1\n");
}

#[test]
fn half_a_word_in_front_of_a_declaration_is_one() {
    assert_eq!(labels("aud$0\n\nrule a { match \"x\"  error \"y\" }", 1), "audience");
    assert_eq!(labels("rule a { match \"x\"  error \"y\" }\naud$0", 1), "audience");
    assert_eq!(labels("let a = 1\nlet b = 2\nte$0", 2), "term | test");
}

#[test]
fn bodies_offer_the_clauses_of_their_kind() {
    assert_eq!(
        labels("rule a on Email {\n  $0\n}", 30),
        "match | require | forbid | error | warning | info | fix | because | help | from | until | never | \
         waivable | absolute | off"
    );
    assert_eq!(
        labels("claim a { says \"x\"\n  $0 }", 8),
        "says | needs | never | only | tier | regulated | because | help"
    );
    assert_eq!(labels("evidence a {\n  document \"x\"\n  $0\n}", 9), "sha256 | expires | because | help");
    assert_eq!(labels("merge a { $0 }", 9), "length | fallback");
    assert_eq!(labels("cap a {\n  at$0\n}", 1), "at most");
}

#[test]
fn what_is_there_is_not_offered_again() {
    assert_eq!(
        labels("rule a on Email {\n  require true\n  $0\n  error \"x\"\n  because \"y\"\n}", 10),
        "fix | help | from | until | never | waivable | absolute | off | and | or"
    );
    assert!(labels("test a { fires on Email\n  $0 }", 9).contains("fires | silent"));
}

#[test]
fn a_body_without_its_end_is_a_body() {
    assert_eq!(labels("rule a on Email {\n  $0", 3), "match | require | forbid");
    assert_eq!(labels("rule a on Email {\n  req$0\n\nrule b { match \"x\" error \"y\" }", 1), "require");
}

#[test]
fn headers_lead_on() {
    assert_eq!(labels("rule a $0", 9), "on | where");
    assert_eq!(labels("rule a on Email $0 {", 9), "where");
    assert_eq!(labels("suppress a $0", 9), "on");
    assert_eq!(labels("suppress a on $0", 9), "email | sms | push | blog | web | social | ads");
    assert_eq!(labels("enforce std.us.can_spam $0", 3), "as | from | until");
    assert_eq!(labels("enforce std.us.can_spam as $0", 9), "error | warning | info");
    assert_eq!(labels("prove a $0", 9), "subset of | disjoint from | equivalent to | never");
    assert_eq!(labels("prove a disjoint $0", 9), "from");
}

#[test]
fn rules_look_at_kinds_parts_and_fields() {
    assert!(labels("rule a on Em$0", 3).starts_with("Email"));
    assert_eq!(labels("rule a on Email.pre$0", 1), "preheader");
    assert!(labels("rule a on Email.$0", 200).contains(" | Link"));
    assert_eq!(labels("rule a on Link.ur$0", 3), "url");
    assert!(labels("rule a on Email, Sm$0", 3).starts_with("Sms"));
}

#[test]
fn members_stand_first_behind_a_comparison() {
    let text = format!("{PEOPLE}audience a = stage == $0");
    assert_eq!(labels(&text, 4), "lead | customer | lapsed | stage");
    let text = format!("{PEOPLE}audience a = stage in [lead, $0]");
    assert_eq!(labels(&text, 3), "lead | customer | lapsed");
    let text = format!("{PEOPLE}audience a = stage != la$0 and age? > 3");
    assert_eq!(labels(&text, 1), "lapsed");
    assert_eq!(labels("rule a on Email where purpose == $0", 2), "marketing | transactional");
}

#[test]
fn countries_and_regions_where_a_country_is_wanted() {
    let text = format!("{PEOPLE}region nordic = [SE]\naudience a = country == D$0");
    assert_eq!(labels(&text, 4), "DE | DJ | DK | DM");
    let text = format!("{PEOPLE}region nordic = [SE]\naudience a = country in $0");
    assert!(labels(&text, 2).starts_with("[…] | nordic"), "{}", labels(&text, 5));
    assert_eq!(labels("region a = [F$0]", 3), "FI | FJ | FK");
    assert!(labels("claim a { says \"x\"\n never in E$0 }", 3).contains("EEA"));
}

#[test]
fn a_name_of_another_module_brings_its_use() {
    let text = "region a = EE$0\n";
    assert_eq!(applied(text, "EEA"), "use std.regions.{EEA}\n\nregion a = EEA\n");
    let text = "//! House.\n\nuse std.regions.{EU, UK}\n\nregion a = EU + EE$0\n";
    assert_eq!(applied(text, "EEA"), "//! House.\n\nuse std.regions.{EEA, EU, UK}\n\nregion a = EU + EEA\n");
    let text = "use std.brand.{trademarks}\n\nregion a = EE$0\n";
    assert_eq!(applied(text, "EEA"), "use std.brand.{trademarks}\nuse std.regions.{EEA}\n\nregion a = EEA\n");
    let tall = "use std.regions.{\n  EU,\n  UK,\n}\n\nregion a = EE$0\n";
    assert_eq!(applied(tall, "EEA"), "use std.regions.{\n  EEA,\n  EU,\n  UK,\n}\n\nregion a = EEA\n");
}

#[test]
fn what_follows_an_operand_depends_on_its_type() {
    let text = |end: &str| format!("{PEOPLE}audience a = {end}");
    assert_eq!(labels(&text("age $0"), 4), "is known | is missing | or else | in");
    assert_eq!(labels(&text("last_order? $0"), 3), "within | within the next | older than");
    assert_eq!(labels(&text("last_order? older $0"), 3), "than");
    assert_eq!(labels(&text("last_order? older than $0"), 2), "7 days | 30 days");
    assert_eq!(labels(&text("last_order? older than 7 $0"), 3), "minutes | hours | days");
    assert_eq!(labels(&text("tags $0"), 2), "has | has any of");
    assert_eq!(labels(&text("tags has any $0"), 2), "of");
    assert_eq!(labels(&text("age is $0"), 3), "known | missing | not");
    assert_eq!(labels(&text("stage == lead $0"), 2), "and | or");
    assert_eq!(labels("rule a on Email where subject? st$0", 2), "starts with");
}

#[test]
fn fields_and_functions_start_a_condition() {
    let text = format!("{PEOPLE}audience a = last$0");
    assert_eq!(labels(&text, 2), "last_order | last_order?");
    assert!(labels("rule a on Email.subject {\n  require len$0\n}", 2).starts_with("length"));
    assert_eq!(
        applied("rule a on Email.subject {\n  require len$0\n}", "length"),
        "rule a on Email.subject {\n  require length()\n}"
    );
    assert!(labels("rule a on Email.subject {\n  require length(i$0) < 3\n}", 1).starts_with("it"));
    assert!(labels("rule a on Email {\n  require ca$0\n}", 3).contains("campaign"));
}

#[test]
fn fields_follow_a_dot() {
    assert_eq!(labels("rule a on Email {\n  forbid any link in links where link.ur$0\n}", 2), "url");
    assert_eq!(labels("rule a on Email {\n  require campaign.offer_$0\n}", 2), "offer_start | offer_end");
    let text = format!("{PEOPLE}audience a = stage == Stage.$0");
    assert_eq!(labels(&text, 9), "lead | customer | lapsed");
    assert_eq!(labels("let a = std.regions.E$0", 2), "EEA | EEA_UK");
}

#[test]
fn quantifiers_go_through_lists() {
    let text = |end: &str| format!("rule a on Email {{\n  forbid {end}\n}}");
    assert_eq!(labels(&text("any link $0"), 2), "in");
    assert!(labels(&text("any link in $0"), 99).contains("links"));
    assert_eq!(labels(&text("any link in links $0"), 2), "where");
    assert_eq!(applied(&text("any lin$0"), "links"), text("any link in links where "));
    assert_eq!(labels(&text("any link in links where $0"), 1), "link");
}

#[test]
fn modules_are_named_word_by_word() {
    assert_eq!(labels("use $0", 2), "acme | std");
    assert!(labels("use std.$0", 100).contains("regions"));
    assert!(labels("use std.us.can$0", 1).starts_with("can_spam"));
    assert!(labels("use std.regions.{EU, $0}", 20).contains("EEA"));
    assert!(labels("enforce std.us.can_spam.no_fa$0", 1).starts_with("no_fake_reply"));
    assert_eq!(labels("enforce can$0", 1), "std.us.can_spam");
    assert_eq!(applied("use regi$0\n", "std.regions"), "use std.regions.{}\n");
    assert!(labels("waive no_fake$0", 1).starts_with("no_fake_reply"));
    let found = at("enforce std.us.can_s$0");
    assert!(found[0].docs.as_deref().is_some_and(|docs| docs.contains("CAN-SPAM")), "{:?}", found[0]);
}

#[test]
fn claims_need_what_is_declared() {
    let text = |end: &str| {
        format!(
            "evidence trial {{ document \"x\" }}\ndisclosure note \"y\"\nrole legal {{ members [\"a\"] }}\ntier high {{ approve legal }}\nclaim a {{\n  says \"z\"\n  {end}\n}}"
        )
    };
    assert_eq!(labels(&text("needs $0"), 9), "evidence | disclosure");
    assert_eq!(labels(&text("needs evidence $0"), 1), "trial");
    assert_eq!(labels(&text("needs disclosure $0"), 1), "note");
    assert_eq!(labels(&text("needs disclosure note $0"), 1), "within 2 paragraphs");
    assert_eq!(labels(&text("tier $0"), 1), "high");
    assert_eq!(labels(&text("never $0"), 9), "in | on | waivable");
    assert_eq!(labels(&text("only on $0"), 2), "email | sms");
    assert_eq!(labels(&text("waivable by $0"), 1), "legal");
}

#[test]
fn tests_have_fixtures_with_fields() {
    let text = |end: &str| {
        format!("rule short on Email {{ require true  error \"x\" }}\n\ntest short {{\n  {end}\n}}")
    };
    assert_eq!(labels("rule short { match \"x\" error \"y\" }\ntest sh$0", 1), "short");
    assert_eq!(labels(&text("fires $0"), 9), "on");
    assert!(labels(&text("fires on Em$0"), 1).starts_with("Email"));
    assert_eq!(labels(&text("fires on Email { sub$0 }"), 1), "subject");
    assert!(labels(&text("fires on Email { subject: \"a\", regio$0 }"), 1).starts_with("regions"));
    assert_eq!(labels(&text("fires on Email { purpose: $0 }"), 2), "marketing | transactional");
    let people = format!("{PEOPLE}audience a = stage == lead\ntest a {{ includes {{ stage: $0 }} }}");
    assert_eq!(labels(&people, 3), "lead | customer | lapsed");
    let people =
        format!("{PEOPLE}audience a = stage == lead\ntest a {{ includes {{ stage: lead, cou$0 }} }}");
    assert_eq!(labels(&people, 1), "country");
}

#[test]
fn types_follow_a_colon() {
    assert_eq!(labels("contact { age: In$0 }", 1), "Int");
    assert_eq!(labels("fact a: Bo$0", 1), "Bool");
    assert_eq!(labels("fn a(text: Te$0", 1), "Text");
    assert_eq!(labels("fn a(text: Text) -> Bo$0", 1), "Bool");
    assert!(labels("contact { stages: Set<Sta$0 }\nlifecycle Stage { a -> b }", 1).starts_with("Stage"));
    assert!(labels("contact { age: Int? $0 }", 2).starts_with("in"));
}

#[test]
fn texts_patterns_comments_and_numbers_offer_nothing() {
    for text in [
        "rule a on Email {\n  error \"the $0 subject\"\n}",
        "rule a on Email {\n  error \"the $0",
        "rule a on Email {\n  match /a$0b/\n}",
        "rule a on Email {\n  // req$0\n}",
        "/// rul$0\nrule a { match \"x\" error \"y\" }",
        "/* rul$0 */",
        "let a = 12$0",
        "let a = 2026-11-2$0",
    ] {
        assert_eq!(labels(text, 3), "", "{text}");
    }
    assert!(
        labels("rule a on Email.subject {\n  require true\n  error \"it has {len$0}\"\n}", 1)
            .starts_with("length")
    );
    assert!(labels("rule a on Email.subject {\n  match \"x\"\n  error \"{ma$0", 1).starts_with("match"));
}

#[test]
fn an_item_says_what_it_is() {
    let found = at("/// Who stopped buying.\naudience gone = true\naudience a = go$0");
    let gone = &found[0];
    assert_eq!((gone.label.as_str(), gone.kind), ("gone", CompletionKind::Declaration));
    assert_eq!(gone.docs.as_deref(), Some("Who stopped buying."));
    assert_eq!(gone.detail.as_deref(), Some("Who stopped buying."));
    let field = &at("rule a on Email where subj$0")[0];
    assert_eq!((field.detail.as_deref(), field.docs.as_deref()), (Some("Text?"), Some("The subject line.")));
}

#[test]
fn places_of_snippets_become_their_examples() {
    assert_eq!(without_places("rule ${1:name} on ${2:Email} {\n  $0\n}"), "rule name on Email {\n  \n}");
    assert_eq!(without_places("a \\$ ${1:b ${2:c}} }"), "a $ b c }");
}

#[test]
fn a_choice_goes_on_with_its_words() {
    let text = |end: &str| format!("fn f(a: Bool) -> Int = {end}");
    assert!(labels(&text("if a $0"), 3).contains("then"));
    assert!(labels(&text("if a then 1 $0"), 30).contains("else"));
    assert_eq!(labels("rule a on Email where purpose not $0", 2), "in");
    assert_eq!(labels("rule a on Email where length(subject?) > 3 a$0", 2), "and");
}

/// The files of a workspace and of packs, with their paths in the project.
fn written() -> (Fixture, Vec<String>) {
    let files = acme();
    let texts: Vec<String> = files.iter().map(|(path, text)| format!("//- {path}\n{text}")).collect();
    let mut paths: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
    paths.extend(
        ["us/can_spam", "sms/ctia", "us/ftc_pricing", "governance"].map(|name| format!("std/{name}.mkt")),
    );
    (Fixture::new(&texts.concat()), paths)
}

/// Words that nobody can know before: names that are introduced, and values of tracking parameters and pipelines.
fn is_new(view: View<'_>, file: SourceFile, offset: u32, line: &str) -> bool {
    let Some((declaration, inside)) = view.declaration_at(file, offset) else { return false };
    let tree = view.tree(declaration).expect("a tree");
    let mut mentions = mktlint_hir::mentions(view.db, view.project, declaration).iter();
    let introduces =
        mentions.any(|own| own.span.start() == inside && own.role == mktlint_hir::Role::Definition);
    let is_name = mktlint_hir::names::declared_name(tree).is_some_and(|(_, span)| span.start() == inside);
    let is_value =
        tree.kind.text == "utm" && ["source", "medium"].iter().any(|own| line.trim().starts_with(own));
    introduces || is_name || is_value || line.trim().starts_with("stages")
}

/// Words that are written otherwise than they are offered: a module before a rule of its own project, and a plural.
const OTHERWISE: [&str; 6] =
    ["test brand.", "test claims.", "test terms.", "test links.", "waive terms.", "1 days"];

/// Whatever stands in a policy is offered where it stands, once its first letter is typed.
#[test]
fn every_word_that_is_there_could_have_been_completed() {
    let (fixture, paths) = written();
    let view = fixture.view();
    let mut missed = Vec::new();
    let mut n_words = 0;
    for path in paths {
        let file = view.policy(&mktlint_diag::FilePath::new(&path)).expect("a policy");
        let text: &str = file.text(view.db);
        for token in
            mktlint_syntax::lex::lex(text).into_iter().filter(|it| mktlint_syntax::lex::WORDS.has(it.kind))
        {
            let (word, start) = (token.text(text), token.span.start());
            let line_start = text[..start as usize].rfind('\n').map_or(0, |at| at + 1);
            let line = text[line_start..].lines().next().unwrap_or_default();
            let found = completion(view, file, start + 1);
            let is_it = |label: &str| {
                let words = label.split(|c: char| !c.is_alphanumeric() && c != '_');
                words.into_iter().any(|own| own == word)
            };
            let otherwise = OTHERWISE.iter().any(|own| line.contains(own));
            n_words += 1;
            if !found.iter().any(|item| is_it(&item.label)) && !otherwise && !is_new(view, file, start, line)
            {
                missed.push(format!("{path}: `{word}` in {line}"));
            }
        }
    }
    assert!(n_words > 4_000, "{n_words}");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_rule_that_is_offered_is_called_by_its_label() {
    let found = at("waive [$0");
    assert!(found.len() > 400, "{}", found.len());
    let labels: Vec<&str> = found.iter().map(|item| item.label.as_str()).collect();
    let text = format!("waive [{}] until 2199-01-01 {{ because \"x\" }}", labels.join(", "));
    let fixture = Fixture::new(&text);
    let view = fixture.view();
    let problems = mktlint_hir::diagnostics(view.db, view.project, fixture.policy());
    let wrong: Vec<&String> = problems
        .iter()
        .map(|found| &found.message)
        .filter(|message| !message.contains("cannot be"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn names_that_are_taken_are_not_brought_in() {
    let found = at("region EEA = [DE]\nregion a = EE$0");
    let eea: Vec<&Completion> = found.iter().filter(|item| item.label == "EEA").collect();
    assert_eq!(eea.len(), 1);
    assert!(eea[0].edits.is_empty());
}

#[test]
fn lists_of_names_offer_those_names() {
    assert_eq!(labels("enforce std.us.can_spam except [no_f$0]", 1), "no_fake_reply");
    assert!(!labels("enforce std.us.can_spam except [$0]", 500).contains("quiet_hours"));
    let claim = "claim vegan { says \"vegan\" }\n";
    assert_eq!(labels(&format!("{claim}tier high {{ when uses claims [$0] }}"), 9), "vegan");
    assert!(labels("tier high { when $0 }", 2).starts_with("uses regulated claims | uses claims"));
    assert_eq!(labels("tier low { when change only [$0] }", 3), "formatting | schedule | metadata");
    assert_eq!(
        labels("role legal { members [\"a\"] }\ntier t { approve legal for [$0] }", 2),
        "copy | claims"
    );
    assert_eq!(labels("tier low {}\ntier high { yields to $0 }", 2), "high | low");
    let people = format!("{PEOPLE}audience a = stage == lead\nprove [$0] cover contact");
    assert_eq!(labels(&people, 1), "a");
    assert_eq!(labels("role legal { members [\"a\"] }\ntier high { approve le$0 }", 1), "legal");
}

#[test]
fn conventions_caps_and_fixes_go_on_with_their_words() {
    assert_eq!(labels("utm email { source $0 }", 3), "= | in | matches");
    assert_eq!(labels("utm email { content optional matches ke$0 }", 1), "kebab");
    assert_eq!(labels("utm email { group = \"$0 }", 1), "");
    assert_eq!(labels("utm email { group = $0 }", 2), "\"Affiliates\" | \"Audio\"");
    assert!(labels("cap a { at most 3 $0 }", 9).starts_with("email | sms"));
    assert_eq!(labels("cap a { at most 3 me$0 }", 1), "messages");
    assert_eq!(labels("cap a { at most 3 email per $0 }", 2), "day | week");
    assert_eq!(labels("cap a { at most 3 email per 7 days unless purpose == $0 }", 1), "marketing");
    assert_eq!(labels("quiet_hours sms { from 21:00 $0 }", 2), "to");
    assert_eq!(labels("rule a { match \"x\"\n fix $0 }", 2), "remove match | replace match with");
    assert_eq!(labels("term \"a\" { not \"b\" as $0 }", 2), "verb | noun");
    assert_eq!(labels("fact ships: Bool\ngiven $0", 1), "ships");
    assert!(
        labels("enum Basis { consent, none }\nfact basis: Basis\ngiven basis = $0", 2)
            .starts_with("consent | none")
    );
}

#[test]
fn conditions_on_people_offer_what_is_known_of_people_first() {
    let text = format!("{PEOPLE}audience reachable = age? > 17\naudience a = $0");
    assert_eq!(
        labels(&text, 12),
        "age | country | last_order | stage | tags | age? | last_order? | reachable | not | all | any | none"
    );
    let all = labels(&text, 500);
    assert!(all.find("| length |") < all.find("| sender_address |"), "{all}");
    let suppress = |end: &str| format!("{PEOPLE}suppress a on email {{\n  who age? > 17\n  {end}\n}}");
    assert!(labels(&suppress("unless $0"), 9).starts_with("audience | channel | file | id | languages"));
    assert!(
        labels(&suppress("unless $0").replace("who age? > 17", "who $0").replace("unless $0", ""), 9)
            .starts_with("age | country")
    );
    let all = labels(&suppress("unless $0"), 500);
    assert!(all.find("| sender_address |") < all.find("| stage |"), "{all}");
}

#[test]
fn what_most_people_mean_stands_first() {
    assert_eq!(labels("enforce $0", 2), "std.recommended | std.ads.before_after");
    let all = labels("enforce $0", 500);
    assert!(all.find("| acme |") < all.find("| std.regions |"), "{all}");
    assert!(all.find("| std.us.can_spam |") < all.find("| acme |"), "{all}");
    assert_eq!(labels("evidence e { expires $0 }", 3), "2027-11-22 | 2027-02-20 | 2026-11-22");
    assert_eq!(labels("waive x until $0", 3), "2027-02-20 | 2027-11-22 | 2026-11-22");
    assert_eq!(labels("enforce std.us.can_spam from $0", 1), "2026-11-22");
    let claim = |end: &str| {
        format!("disclosure d \"x\"\nclaim c {{\n  says \"y\"\n  needs disclosure d within {end}\n}}")
    };
    assert!(labels(&claim("$0"), 9).contains("| 1 sentence |"));
    assert_eq!(labels(&claim("1 $0"), 9), "paragraph | sentence | word");
}
