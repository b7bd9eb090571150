//! Policies that are wrong, and what is said about them.

use std::collections::BTreeMap;

use jiff::civil::date;
use mktlint_hir::{Database, Source, diagnostics};
use mktlint_text::LineIndex;

/// The problems of one policy file, one per line: `line:column code message`.
fn problems(text: &str) -> String {
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let file = project.modules(&db)["acme.main"];
    let lines = LineIndex::new(text);
    let shown = diagnostics(&db, project, file).into_iter().map(|found| {
        let at = lines.line_column(text, found.primary.place.span.start());
        let help = found.help.first().map(|help| format!(" [{help}]")).unwrap_or_default();
        format!("{}:{} {} {}{help}\n", at.line, at.column, found.code, found.message)
    });
    shown.collect()
}

#[test]
fn the_tour_only_lacks_what_it_does_not_show() {
    let tour = include_str!("../../../tests/syntax/tour.mkt");
    insta::assert_snapshot!(problems(tour), @r#"
    3:22 MKT0115 nothing in this file uses `EEA` [remove it from the `use`]
    4:5 MKT0115 nothing in this file uses `email` [remove it from the `use`]
    43:8 MKT0110 nothing here is called `prospects`
    43:19 MKT0110 nothing here is called `active`
    43:27 MKT0110 nothing here is called `lapsed_any` [did you mean `lapsed_eu`?]
    47:12 MKT0105 a SHA-256 digest has 64 hexadecimal digits [run `sha256sum` on the document]
    96:28 MKT0110 no `role` is called `marketing` [declare it: `role marketing …`]
    98:61 MKT0203 `age` can be missing [write `age?` when a missing one should not pass, or `age or else …`]
    99:21 MKT0110 no `role` is called `brand` [declare it: `role brand …`]
    "#);
}

#[test]
fn what_to_type_is_said() {
    let policy = r#"
contact { country: Country  age: Int?  last_order: Date?  stage: Stage }
enum Stage { lead, customer }
audience text_for_country = country == "DE"
audience text_in_list = country in [DE, "FR"]
audience text_for_number = age? >= "18"
audience text_for_member = stage == "lead"
audience words_for_country = country == "Germany"
audience number_for_day = last_order? > 7
claim region_without_use { says "a"  never in EU  needs evidence trial }
rule no_condition on Email { require subject or else ""  warning "w" }
rule list_field on Email { require links.count > 3  warning "w" }
test list_field { silent on Emial { subject: "x" } }
"#;
    insta::assert_snapshot!(problems(policy), @r#"
    4:40 MKT0201 a `Country` cannot be compared with a `Text` [write `DE` without quotes]
    5:41 MKT0201 expected `Country`, found `Text` [write `FR` without quotes]
    6:36 MKT0201 an `Int` cannot be compared with a `Text` [write `18` without quotes]
    7:37 MKT0201 a `Stage` cannot be compared with a `Text` [write `lead` without quotes]
    8:41 MKT0201 a `Country` cannot be compared with a `Text` [write its ISO 3166 code without quotes, such as `DE`]
    9:41 MKT0201 a `Date` cannot be compared with an `Int` [write `… older than 7 days` or `… within 7 days`]
    10:47 MKT0110 `EU` is no country [add `use std.regions.EU` at the top of the file]
    10:66 MKT0110 no `evidence` is called `trial` [declare it: `evidence trial …`]
    11:38 MKT0201 expected a condition, found `Text` [compare it with something: `… != ""`]
    12:42 MKT0204 a `List<Link>` has no fields, so no `count` [write `length(…)` for how many it holds, or `any … in … where …` for its items]
    13:29 MKT0110 no kind of asset or part is called `Emial` [did you mean `Email`?]
    "#);
}

#[test]
fn clauses_on_one_line_are_told_apart() {
    let policy = r#"
rule a { match "x" warning "y" }
rule b { match "x"  error "y" because "z" }
rule c on Email { require body? contains "x" warning "y" }
rule d { match act now  warning now }
rule e on Email { require body? contains "x" "y"  warning "z" }
"#;
    insta::assert_snapshot!(problems(policy), @r#"
    2:20 MKT0105 `warning` starts a clause of its own [write `warning` on a new line, or put `;` before it]
    3:31 MKT0105 `because` starts a clause of its own [write `because` on a new line, or put `;` before it]
    4:46 MKT0105 `warning` starts a clause of its own [write `warning` on a new line, or put `;` before it]
    5:16 MKT0105 expected a phrase or a pattern [write `"act now"`]
    5:33 MKT0105 expected a text in double quotes [write `"now"`]
    6:46 MKT0105 expected an operator before this [write `and`, `or`, `==` or another operator]
    "#);
}
