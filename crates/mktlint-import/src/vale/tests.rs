use super::*;
use crate::Outcome;

fn file(name: &str, text: &str) -> RuleFile {
    RuleFile {
        path: FilePath::new(&format!("Acme/{name}.yml")),
        style: "Acme".to_owned(),
        name: name.to_owned(),
        text: Ok(text.to_owned()),
    }
}

/// The draft of one rule.
fn draft(text: &str) -> Draft {
    import(Source { rules: vec![file("Rule", text)], ..Source::default() })
}

/// The declarations of a draft without tests and remarks, which must be canonical.
fn declarations(draft: &Draft) -> String {
    let text = draft.write().text;
    let again = mktlint_syntax::format(&text);
    assert_eq!((again.text.as_str(), again.problems.len()), (text.as_str(), 0));
    let parts = text.split("\n\n").map(|part| {
        let lines: Vec<&str> =
            part.lines().filter(|line| !line.starts_with("//") && !line.starts_with("  info \"x")).collect();
        lines.join("\n")
    });
    let is_kept = |part: &String| !part.is_empty() && !part.starts_with("test ");
    parts.filter(is_kept).collect::<Vec<_>>().join("\n\n")
}

/// What becomes of a rule that says `x` and is a suggestion.
fn check(rule: &str, expected: &str) {
    let draft = draft(&format!("message: \"x\"\nlevel: suggestion\n{rule}"));
    let row = &draft.rows()[0];
    let found = if row.name.is_some() { declarations(&draft) } else { row.remarks.join("\n") };
    assert_eq!(found.trim(), expected.trim(), "{rule}");
}

/// How faithfully a rule is carried, and its remarks.
fn told(rule: &str, outcome: Outcome, remarks: &[&str]) {
    let draft = draft(&format!("message: \"x\"\nlevel: suggestion\n{rule}"));
    let row = &draft.rows()[0];
    let found: Vec<&str> = row.remarks.iter().map(String::as_str).collect();
    assert_eq!((row.outcome, found.as_slice()), (outcome, remarks), "{rule}");
}

#[test]
fn the_header_becomes_clauses() {
    let draft = draft(
        "extends: existence\nmessage: \"Avoid '%s', %s.\"\nlevel: error\nlink: https://acme.example/a\n\
         description: say it plainly\nignorecase: true\naction:\n  name: remove\ntokens: [very, 'kind of']\n",
    );
    let expected = r#"rule acme_rule {
  match "very" | "kind of"
  error "Avoid '{match}', {match}."
  help "say it plainly"
  because "https://acme.example/a"
  fix unsafe remove match
}"#;
    assert_eq!(declarations(&draft), expected);
    let text = draft.write().text;
    assert!(text.contains("  fires on Sms \"Note: kind of here.\" fixed \"Note: here.\"\n"), "{text}");
    assert!(text.contains("  silent on Sms \"Our serum is back.\"\n"), "{text}");
}

#[test]
fn existence() {
    check("extends: existence\ntokens: [foo]\n", "rule acme_rule {\n  match /\\bfoo\\b/\n}");
    check(
        "extends: existence\nraw: ['\\bvery\\s+', '(?:so )?']\ntokens: [unique]\n",
        "rule acme_rule {\n  match /\\bvery\\s+(?:so )?\\bunique\\b/\n}",
    );
    check("extends: existence\nraw: ['a|b']\n", "rule acme_rule {\n  match /(?:a|b)/\n}");
    check(
        "extends: existence\nappend: true\nraw: ['\\s+!']\ntokens: [wow]\n",
        "rule acme_rule {\n  match /\\b(?:wow)\\b\\s+!/\n}",
    );
    check(
        "extends: existence\nscope: heading.h1\nnonword: true\ntokens: ['[.!]$']\nexceptions: [Inc]\n",
        "rule acme_rule on Heading where level == 1 and not match matches /\\bInc\\b/ {\n  match /[.!]$/m\n}",
    );
    told(
        "extends: existence\ntokens: ['a(?! b)', 'c(?! d)', e]\n",
        Outcome::Approximated,
        &[
            "`a(?! b)` is left out: it asks that something is not there: `(?! b)`",
            "`c(?! d)` is left out: it asks that something is not there: `(?! d)`",
        ],
    );
    told("extends: existence\ntokens: ['(a)\\1']\n", Outcome::NotCarried, &["it refers back to a group"]);
    told(
        "extends: existence\nlimit: 3\ntokens: [a]\n",
        Outcome::Approximated,
        &["`limit` is not kept: everything is found"],
    );
}

#[test]
fn substitution() {
    check(
        "extends: substitution\nignorecase: true\naction: {name: replace}\nswap: {javascript: JavaScript}\n",
        "rule acme_rule where match not in [\"JavaScript\"] {\n  match \"javascript\"\n  \
         fix unsafe replace match with \"JavaScript\"\n}",
    );
    check(
        "extends: substitution\nignorecase: true\naction: {name: replace}\nswap: {utilize: use, 'cell ?phone': phone}\n",
        "fn acme_rule_instead(found: Text) -> Text =\n  if found matches /^cell ?phone$/i\n    then \"phone\"\n    \
         else if found mentions \"utilize\"\n    then \"use\"\n    else found\n\nrule acme_rule {\n  \
         match /\\bcell ?phone\\b/i | \"utilize\"\n  \
         fix unsafe replace match with \"{acme_rule_instead(match)}\"\n}",
    );
    told(
        "extends: substitution\naction: {name: replace}\nswap: {ok: OK|okay, 'it is(?!\\.)': it''s, a: b}\n",
        Outcome::Approximated,
        &[
            "`it is(?!\\.)`: the match takes in what `(?!\\.)` asks for",
            "what a program cannot repair is a rule of its own, `acme_rule_by_hand`",
        ],
    );
    told(
        "extends: substitution\npos: NN\nswap: {a: b}\n",
        Outcome::NotCarried,
        &["it asks for parts of speech (`pos`)"],
    );
    let many: String = (0..320).map(|n| format!("  word{n}x: w{n}y\n")).collect();
    let draft = draft(&format!("extends: substitution\nmessage: \"%s\"\nswap:\n{many}"));
    let joined = "acme_rule_instead_1(found) + acme_rule_instead_2(found) + acme_rule_instead_3(found)";
    let text = declarations(&draft);
    assert!(text.contains(joined), "conditions nest 256 deep at most: {text}");
}

#[test]
fn counts_and_repetitions() {
    check(
        "extends: occurrence\nscope: sentence\nmax: 3\ntoken: ','\n",
        "rule acme_rule on Sentence {\n  forbid count_of(text, /,/) > 3\n}",
    );
    check(
        "extends: occurrence\nscope: alt\nmin: 1\nmax: 2\ntoken: a\n",
        "rule acme_rule on Image.alt {\n  forbid count_of(it, /a/) > 2 or count_of(it, /a/) < 1\n}",
    );
    check(
        "extends: repetition\nignorecase: true\ntokens: ['[^\\s]+']\n",
        "rule acme_rule on Heading, Paragraph {\n  forbid length(repeated_words(text)) > 0\n}",
    );
    told(
        "extends: repetition\ntokens: ['\\d+']\n",
        Outcome::NotCarried,
        &["policies find words that are written twice, not any `\\d+`"],
    );
}

#[test]
fn consistency_and_conditions() {
    check(
        "extends: consistency\nignorecase: true\neither: {advisor: adviser}\n",
        "rule acme_rule on Document {\n  forbid text mentions \"advisor\" and text mentions \"adviser\"\n}",
    );
    check(
        "extends: consistency\nnonword: true\neither: {'\"': '[”“]', a: b}\n",
        "fn acme_rule_mixed(text: Text) -> Text =\n  if text mentions /\"/ and text mentions /[”“]/\n    \
         then \"\\\" and [”“]\"\n    else if text mentions /a/ and text mentions /b/\n    then \"a and b\"\n    \
         else \"\"\n\nrule acme_rule on Document {\n  forbid acme_rule_mixed(text) != \"\"\n}",
    );
    check(
        "extends: conditional\nfirst: '\\b([A-Z]{3,5})\\b'\nsecond: '(?:\\b[A-Z][a-z]+ )+\\(([A-Z]{3,5})\\)'\nexceptions: [FAQ]\n",
        "rule acme_rule on Document where not match matches /\\bFAQ\\b/ and not (text contains \"({match})\") {\n  \
         match /\\b([A-Z]{3,5})\\b/\n}",
    );
    check(
        "extends: conditional\nscope: paragraph\nfirst: '\\[deprecated\\]'\nsecond: 'use '\n",
        "rule acme_rule on Paragraph where not (text matches /use /) {\n  match /\\[deprecated\\]/\n}",
    );
}

#[test]
fn capitals() {
    check(
        "extends: capitalization\nscope: heading\nmatch: $sentence\nexceptions: [I, macOS]\n",
        "rule acme_rule on Heading {\n  require is_sentence_case(text) or text mentions (/\\bmacOS\\b/)\n}",
    );
    check(
        "extends: capitalization\nscope: heading\nmatch: $lower\n",
        "rule acme_rule on Heading {\n  require lower(text) == text\n}",
    );
    check(
        "extends: capitalization\nscope: alt\nmatch: '^[A-Z]'\n",
        "rule acme_rule on Image.alt {\n  require it matches /^[A-Z]/m\n}",
    );
}

#[test]
fn metrics() {
    check(
        "extends: metric\nformula: |\n  words / sentences\ncondition: \"> 20.0\"\n",
        "fn acme_rule_value(text: Text) -> Decimal = words(text) / sentences(text)\n\n\
         rule acme_rule on Document where words > 0 {\n  forbid acme_rule_value(text) > 20.0\n}",
    );
    check(
        "extends: metric\nformula: heading_h1\ncondition: \"> 1\"\n",
        "rule acme_rule on Document where words > 0 {\n  \
         forbid ((count h in headings where h.level == 1)) > 1\n}",
    );
    check(
        "extends: readability\nmetrics: [Flesch-Kincaid, Gunning Fog]\ngrade: 8\n",
        "fn acme_rule_value(text: Text) -> Decimal = ((reading_grade(text)) + (gunning_fog(text))) / 2\n\n\
         rule acme_rule on Document where words > 0 {\n  forbid acme_rule_value(text) > 8\n}",
    );
    told(
        "extends: readability\nmetrics: [SMOG]\ngrade: 8\n",
        Outcome::NotCarried,
        &["policies have no `SMOG`"],
    );
}

#[test]
fn sequences_and_programs() {
    check(
        "extends: sequence\nignorecase: true\ntokens: [{pattern: is|are}, {pattern: to, skip: 1}]\n",
        "rule acme_rule on Sentence {\n  match /\\b(?:is|are)\\s+(?:\\S+\\s+){0,1}(?:to)\\b/i\n}",
    );
    told(
        "extends: sequence\ntokens: [{tag: VB}, {pattern: to}]\n",
        Outcome::NotCarried,
        &["it asks for parts of speech (`tag: VB`)"],
    );
    told("extends: script\nscript: x\n", Outcome::NotCarried, &["it is a program (`script`)"]);
    told(
        "extends: existence\nscope: list\ntokens: [a]\n",
        Outcome::NotCarried,
        &["its scope is `list`, and policies know no such part"],
    );
}

#[test]
fn spelling_needs_a_dictionary() {
    told(
        "extends: spelling\n",
        Outcome::NotCarried,
        &["it needs a dictionary: give one with `--dictionary`"],
    );
    let spell = |words: &str, rule: &str| {
        import(Source {
            rules: vec![file("Rule", &format!("extends: spelling\nmessage: \"'%s'?\"\n{rule}"))],
            dictionary: Dictionary::read(words, None).ok(),
            ..Source::default()
        })
    };
    let draft = spell("skin\nserum\nisn't\n", "custom: true\nfilters: ['[a-z]+\\d']\n");
    let expected = r#"fn acme_rule_known(word: Text) -> Bool = word in ["isn't", "isn’t", "serum", "skin"]

rule acme_rule where not match matches /[a-z]+\d/
  and not acme_rule_known(lower(match))
  and not (match matches /['’]s$/ and acme_rule_known(first(lower(match), length(match) - 2))) {
  match /\b\p{L}[\p{L}'’]*\p{L}\b/
  warning "'{match}'?"
}"#;
    assert_eq!(declarations(&draft), expected);
    // Long lists are split by what follows, so that looking a word up stays short.
    let many: String = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("x{a}{b}\n"))).collect();
    let text = spell(&format!("x\nxa\n{many}"), "").write().text;
    let longest = text.split("fn ").map(|part| part.matches("\",").count()).max();
    assert!(longest.is_some_and(|n| n <= 200), "{longest:?}");
    assert!(text.contains("else word == \"x\"\n"), "the word that all start with is one, too");
}

/// The codes of the problems of a rule file.
fn codes_of(text: &str) -> Vec<String> {
    draft(text).problems().iter().map(|found| found.code.to_string()).collect()
}

#[test]
fn rules_that_mean_nothing_are_problems() {
    let header = "extends: existence\nmessage: x\n";
    for (text, code) in [
        ("a: [b\n", "MKT0801"),
        ("extends: exsitence\nmessage: x\n", "MKT0802"),
        ("message: x\n", "MKT0803"),
        ("extends: existence\ntokens: [a]\n", "MKT0803"),
        (header, "MKT0803"),
        (&format!("{header}tokens: []\n"), "MKT0803"),
        (&format!("{header}tokens: ['', ' ']\n"), "MKT0803"),
        (&format!("{header}tokens: [{{a: b}}]\n"), "MKT0803"),
        (&format!("{header}level: fatal\ntokens: [a]\n"), "MKT0803"),
        ("extends: substitution\nmessage: x\nswap: []\n", "MKT0803"),
        ("extends: substitution\nmessage: x\nswap: {a: {b: c}}\n", "MKT0803"),
        ("extends: occurrence\nmessage: x\ntoken: a\n", "MKT0803"),
        ("extends: occurrence\nmessage: x\ntoken: a\nmax: many\n", "MKT0803"),
        ("extends: metric\nmessage: x\nformula: words\n", "MKT0803"),
        ("extends: sequence\nmessage: x\ntokens: a\n", "MKT0803"),
        ("", "MKT0803"),
        ("- a\n", "MKT0803"),
    ] {
        assert_eq!(codes_of(text), [code], "{text}");
        assert_eq!(draft(text).rows()[0].outcome, Outcome::NotCarried, "{text}");
    }
    let mut unread = file("Rule", "");
    unread.text = Err("permission denied".to_owned());
    let large = file("Large", &"#".repeat(LONGEST_RULE + 1));
    let draft = import(Source { rules: vec![unread, large], ..Source::default() });
    assert_eq!(draft.problems().iter().filter(|found| found.code == "MKT0801" && found.undecided).count(), 2);
}

#[test]
fn the_pages_of_codes_are_true() {
    let fence = |page: &str, section: &str| -> String {
        let body = page.split("\n## ").find(|it| it.starts_with(section)).unwrap_or_default().to_owned();
        body.split("```")
            .nth(1)
            .and_then(|it| it.split_once('\n'))
            .map(|(_, body)| body.to_owned())
            .unwrap_or_default()
    };
    for code in crate::CODES {
        let found = |text: &str| -> Vec<String> {
            let draft = match code.id {
                "MKT0804" => {
                    let config = Config::parse(&".vale.ini".into(), text);
                    let rules = vec![file("Rule", "extends: existence\nmessage: x\ntokens: [a]\n")];
                    import(Source { config: Some(config), rules, ..Source::default() })
                }
                "MKT0805" | "MKT0806" => crate::utm::import(&"sheet.csv".into(), text),
                _ => draft(text),
            };
            draft.problems().iter().map(|found| found.code.to_string()).collect()
        };
        assert_eq!(found(&fence(code.page, "Wrong")), [code.id], "{}", code.id);
        assert!(found(&fence(code.page, "Right")).is_empty(), "{}", code.id);
    }
}

#[test]
fn the_configuration_says_what_is_on() {
    let config = "StylesPath = styles\nMinAlertLevel = warning\nVocab = Base, Gone\n[*]\nBasedOnStyles = Vale, Acme\n\
                  Acme.Off = NO\nAcme.Loud = error\nAcme.Offf = NO\nOther.Rule = YES\n";
    let rule = "extends: existence\nmessage: x\nlevel: warning\ntokens: [a]\n";
    let mut other = file("Rule", rule);
    other.style = "Unused".to_owned();
    let draft = import(Source {
        config: Some(Config::parse(&".vale.ini".into(), config)),
        rules: vec![file("Off", rule), file("Loud", rule), other],
        vocabulary: Vocabulary { accept: vec!["GitHub".to_owned()], reject: vec!["foo".to_owned()] },
        known_vocabularies: ["Base".to_owned()].into(),
        ..Source::default()
    });
    let rows = draft.rows();
    let found: Vec<(&str, Outcome)> = rows.iter().map(|row| (row.source.as_str(), row.outcome)).collect();
    let expected = [
        ("Acme.Loud", Outcome::Carried),
        ("Acme.Off", Outcome::Carried),
        ("Vale.Avoid", Outcome::Carried),
        ("Vale.Repetition", Outcome::Approximated),
        ("Vale.Spelling", Outcome::NotCarried),
        ("Vale.Terms", Outcome::Carried),
    ];
    assert_eq!(found, expected);
    let text = declarations(&draft);
    assert!(text.contains("fn accepted(found: Text) -> Bool = found matches /\\bGitHub\\b/"), "{text}");
    assert!(
        text.contains("rule acme_loud where not accepted(match) {\n  match /\\ba\\b/\n  error \"x\"\n}"),
        "{text}"
    );
    assert!(text.contains("  warning \"x\"\n  off by default\n"), "{text}");
    assert!(text.contains("rule vale_terms where match not in [\"GitHub\"]"), "{text}");
    let problems: Vec<&str> = draft.problems().iter().map(|found| found.message.as_str()).collect();
    let expected = [
        "there is no rule `Acme.Offf` in the styles",
        "there is no style `Other` in the styles",
        "there is no vocabulary `Gone` in the styles",
    ];
    assert_eq!(problems, expected);
    assert_eq!(draft.notes().len(), 1, "the level of alerts has no place in a policy");
}

#[test]
fn names_differ() {
    let rule = "extends: existence\nmessage: x\ntokens: [a]\n";
    let draft = import(Source {
        rules: vec![file("A-b", rule), file("A.b", rule), file("AB", rule)],
        ..Source::default()
    });
    let names: Vec<Option<String>> = draft.rows().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["acme_a_b", "acme_a_b_2", "acme_ab"].map(|name| Some(name.to_owned())));
}

mod laws {
    use proptest::prelude::*;

    use super::draft;

    proptest! {
        /// Whatever tokens and messages a rule has, the result is canonical and has no mistake.
        #[test]
        fn results_are_canonical(token in "\\PC{0,16}", message in "\\PC{1,16}", check in 0..4) {
            let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
            let (token, message) = (quoted(&token), quoted(&message));
            let body = match check {
                0 => format!("extends: existence\nignorecase: true\ntokens: [{token}]\n"),
                1 => format!("extends: substitution\naction: {{name: replace}}\nswap: {{{token}: {token}, a: b}}\n"),
                2 => format!("extends: occurrence\nmax: 1\ntoken: {token}\n"),
                _ => format!("extends: consistency\neither: {{{token}: a, c: {token}}}\n"),
            };
            let text = draft(&format!("message: {message}\nlink: {message}\n{body}")).write().text;
            let again = mktlint_syntax::format(&text);
            prop_assert!(again.problems.is_empty(), "{text}");
            prop_assert_eq!(again.text, text);
        }
    }
}
