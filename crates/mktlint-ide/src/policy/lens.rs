//! Lines above declarations that can be clicked.

mod trial;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use mktlint_diag::FilePath;
use mktlint_hir::Meant;
use mktlint_hir::SourceFile;
use mktlint_hir::db::declarations;
use mktlint_hir::model::item::{Item, ItemKind};
use smol_str::SmolStr;

use super::references::references_to;
use crate::asset::heads;
use crate::{Lens, LensAction, View};
pub use trial::run_test;
pub use witness::witness;

/// The lenses of a file, in order. Those that list references have no title yet; [`resolve`] counts.
pub fn lenses(view: View<'_>, file: SourceFile) -> Vec<Lens> {
    let found = findings(view);
    let runs = !file.is_pack(view.db);
    let mut lenses = Vec::new();
    for &declaration in declarations(view.db, file) {
        let item = view.item(declaration);
        for (title, action) in of_item(item, runs, &found) {
            let span = item.name_span.shift(declaration.offset(view.db));
            lenses.push(Lens { span, title, action });
        }
    }
    lenses
}

/// The lens with its title.
pub fn resolve(view: View<'_>, lens: &Lens) -> Lens {
    let title = match &lens.action {
        Some(LensAction::ShowReferences { name }) if lens.title.is_empty() => {
            counted(n_references(view, name), "reference")
        }
        _ => lens.title.clone(),
    };
    Lens { title, ..lens.clone() }
}

/// How many findings each declaration in force has, and in which files.
type Findings<'a> = BTreeMap<&'a str, (usize, BTreeSet<&'a FilePath>)>;

fn findings(view: View<'_>) -> Findings<'_> {
    let mut found = Findings::new();
    if let Some(plan) = view.assets.plan() {
        found.extend(heads::all(plan).map(|head| (plan.str(head.name), Default::default())));
    }
    for finding in view.assets.findings().filter(|finding| view.texts.wants(finding)) {
        if let Some((n, files)) = found.get_mut(finding.code.as_str()) {
            *n += 1;
            files.insert(&finding.primary.place.file);
        }
    }
    found
}

/// Tests and proofs of packs are not the project's to run: `runs`.
fn of_item(item: &Item, runs: bool, found: &Findings<'_>) -> Vec<(String, Option<LensAction>)> {
    let name = item.path.0.clone();
    let people = matches!(item.kind, ItemKind::Audience | ItemKind::Suppress);
    let mut lenses = Vec::new();
    match item.kind {
        ItemKind::Test if runs => lenses.push(("run test", LensAction::RunTest { name: name.clone() })),
        ItemKind::Prove if runs => lenses.push(("check proof", LensAction::RunTest { name: name.clone() })),
        _ if people => lenses.push(("show example", LensAction::ShowWitness { name: name.clone() })),
        _ => {}
    }
    if people || is_shared(item.kind) {
        lenses.push(("", LensAction::ShowReferences { name: name.clone() }));
    }
    let mut lenses: Vec<_> =
        lenses.into_iter().map(|(title, action)| (title.to_owned(), Some(action))).collect();
    if let Some((n, files)) = found.get(name.as_str()).filter(|_| judges(item.kind)) {
        lenses.push(of_findings(*n, files.len(), name));
    }
    lenses
}

fn of_findings(n: usize, n_files: usize, name: SmolStr) -> (String, Option<LensAction>) {
    if n == 0 {
        return ("no findings".to_owned(), None);
    }
    let title = format!("{} in {}", counted(n, "finding"), counted(n_files, "file"));
    (title, Some(LensAction::ShowFindings { name }))
}

/// Kinds that exist to be named.
const fn is_shared(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Region | ItemKind::Fn | ItemKind::Evidence | ItemKind::Disclosure)
}

const fn judges(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Rule | ItemKind::Claim | ItemKind::Term | ItemKind::Utm)
}

/// How often policies and assets speak of the declaration called `name`.
fn n_references(view: View<'_>, name: &str) -> usize {
    let Some(target) = view.find_rule(name) else { return 0 };
    let item = view.item(target);
    let what = Meant::Declaration(item.kind, item.path.clone());
    references_to(view, target, &[&what], false).len()
}

/// `1 finding`, `2 findings`
pub(crate) fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const TEXT: &str = "contact { country: Country  age: Int? }
audience adults$0 = age? >= 18
audience home = adults and country == DE
rule shouts on Email.subject {
  match \"sale\"
  error \"no\"
}
rule quiet {
  match \"psst\"
  error \"no\"
}
test shouts {
  fires on Email { subject: \"sale\" }
  silent on Email { subject: \"SALE\" }
}
test adults { includes { age: 18 } }
prove home subset of adults
prove adults subset of home
//- emails/a.html
<meta name=\"mktlint:subject\" content=\"sale sale\">
//- emails/b.html
<meta name=\"mktlint:subject\" content=\"Big sale\">
";

    #[test]
    fn declarations_have_lines_that_can_be_clicked() {
        let fixture = Fixture::new(&TEXT.replace("\nprove adults subset of home", ""));
        let view = fixture.view();
        let text = fixture.text("policy/main.mkt");
        let shown = |lens: &Lens| {
            let lens = resolve(view, lens);
            let clicks = if lens.action.is_some() { "" } else { " (nothing)" };
            format!("{}: {}{clicks}", lens.span.slice(text), lens.title)
        };
        let found: Vec<String> = lenses(view, fixture.policy()).iter().map(shown).collect();
        assert_eq!(
            found,
            [
                "adults: show example",
                "adults: 3 references",
                "home: show example",
                "home: 1 reference",
                "shouts: 3 findings in 2 files",
                "quiet: no findings (nothing)",
                "test: run test",
                "test: run test",
                "prove: check proof",
            ]
        );
    }

    #[test]
    fn nothing_is_said_of_findings_before_a_policy_has_compiled() {
        let fixture = Fixture::new(&TEXT.replace("\nprove adults subset of home", ""));
        let waiting = crate::Assets { judge: None, inputs: None, ..fixture.view().assets.clone() };
        let view = View { assets: &waiting, ..fixture.view() };
        assert!(lenses(fixture.view(), fixture.policy()).iter().any(|lens| lens.title.contains("finding")));
        assert!(!lenses(view, fixture.policy()).iter().any(|lens| lens.title.contains("finding")));
    }

    #[test]
    fn a_test_says_what_came_of_it() {
        let fixture = Fixture::new(TEXT);
        let run = |name| run_test(fixture.view(), name);
        assert_eq!(run("acme.main.test_adults_1"), "1 expectation: all met\n");
        assert_eq!(
            run("acme.main.shouts"),
            "policy/main.mkt:14:3: `acme.main.shouts`: it fired: no\n2 expectations: 1 not met\n"
        );
        assert_eq!(
            run("acme.main.adults"),
            "policy/main.mkt:18:7: `adults` can include people who are not in `home`\n  \
             for example { country: US, age: 20 }\n  help: add `and adults and country == DE` to `adults`\n\
             1 expectation, 2 proofs: 1 refuted\n"
        );
        assert_eq!(run("acme.main.quiet"), "there is no test or proof of `acme.main.quiet`\n");
    }

    #[test]
    fn an_audience_has_an_example() {
        let fixture = Fixture::new(TEXT);
        let show = |name| witness(fixture.view(), name).unwrap_or_default();
        assert_eq!(
            show("acme.main.home"),
            "for example, this person is in `home`:\n\n```mkt\n{ country: DE, age: 20 }\n```\n"
        );
        assert_eq!(
            show("acme.main.prove_adults_1"),
            "`adults` can include people who are not in `home`\n\nfor example { country: US, age: 20 }\n\n\
             help: add `and adults and country == DE` to `adults`\n"
        );
        assert_eq!(witness(fixture.view(), "acme.main.shouts"), None);
        let fixture =
            Fixture::new("contact { age: Int? in 0..=9 }\naudience a = age? > 9\naudience b = true\n");
        assert_eq!(witness(fixture.view(), "acme.main.a").as_deref(), Some("nobody can be in `a`\n"));
        assert_eq!(witness(fixture.view(), "acme.main.b").as_deref(), Some("everybody is in `b`\n"));
    }
}
