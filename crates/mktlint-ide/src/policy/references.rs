//! Where else is spoken of what a word names.

use std::collections::BTreeSet;

use mktlint_diag::Place;
use mktlint_hir::SourceFile;
use mktlint_hir::db::Declaration;
use mktlint_hir::mention::{Meant, Role, home};

use super::named::{named_at, usages};
use crate::View;
use crate::asset::names::names_of;

/// Where else is spoken of what the word at `offset` names: in the project's own policies, then in packs, then in
/// manifests and directives of assets. With where it is introduced, if that is wanted.
pub fn references(view: View<'_>, file: SourceFile, offset: u32, with_definition: bool) -> Vec<Place> {
    let Some(named) = named_at(view, file, offset) else { return Vec::new() };
    references_to(view, named.declaration, &named.what, with_definition)
}

/// The same of what `from` speaks of.
pub fn references_to(
    view: View<'_>,
    from: Declaration<'_>,
    what: &[&Meant],
    with_definition: bool,
) -> Vec<Place> {
    let mut places = Vec::new();
    let mut seen = BTreeSet::new();
    for usage in what.iter().flat_map(|what| usages(view, from, what)) {
        let place = usage.place(view);
        if (with_definition || usage.role != Role::Definition) && seen.insert(place.clone()) {
            places.push(place);
        }
    }
    let words: Vec<&str> = what.iter().filter_map(|what| name(what)).collect();
    places.extend(names_of(view, what, &words).into_iter().map(|name| name.place));
    places
}

/// The same of what a word of an asset names.
pub fn references_from_asset(view: View<'_>, what: &Meant, with_definition: bool) -> Vec<Place> {
    match home(view.db, view.project, what) {
        Some(home) => references_to(view, home, &[what], with_definition),
        None => Vec::new(),
    }
}

/// The word by which assets can name `what`.
pub fn name(what: &Meant) -> Option<&str> {
    match what {
        Meant::Declaration(_, path) => Some(path.name()),
        Meant::Field(_, name) | Meant::Member(_, name) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use mktlint_text::LineIndex;

    use super::*;
    use crate::fixture::Fixture;

    fn check(text: &str, expected: &[&str]) {
        let fixture = Fixture::new(text);
        let view = fixture.view();
        let places = match view.policy(&fixture.file) {
            Some(file) => references(view, file, fixture.offset, true),
            None => {
                let names = crate::asset::names::names(view, &fixture.asset());
                let at = names.into_iter().find(|name| name.place.span.touches(fixture.offset));
                references_from_asset(view, &at.expect("a name").what, true)
            }
        };
        let shown = |place: &Place| {
            let text: &str = match view.policy(&place.file) {
                Some(file) => file.text(view.db),
                None => fixture.text(&place.file),
            };
            let at = LineIndex::new(text).line_column(text, place.span.start());
            format!("{}:{}:{} {}", place.file, at.line, at.column, place.span.slice(text))
        };
        assert_eq!(places.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_are_found_across_files() {
        check(
            "contact { age: Int }\npub audience old$0 = age > 60\nprove old subset of old\n\
             //- policy/b.mkt\nuse acme.main.old as aged\naudience x = aged and age > 70\n",
            &[
                "policy/b.mkt:1:15 old",
                "policy/b.mkt:1:22 aged",
                "policy/b.mkt:2:14 aged",
                "policy/main.mkt:2:14 old",
                "policy/main.mkt:3:7 old",
                "policy/main.mkt:3:21 old",
            ],
        );
    }

    #[test]
    fn another_name_can_be_the_end_of_the_own_one() {
        check(
            "contact { age: Int }\npub audience grown_ups$0 = age > 60\n\
             //- policy/b.mkt\nuse acme.main.grown_ups as ups\naudience x = ups and age > 70\n",
            &[
                "policy/b.mkt:1:15 grown_ups",
                "policy/b.mkt:1:28 ups",
                "policy/b.mkt:2:14 ups",
                "policy/main.mkt:2:14 grown_ups",
            ],
        );
    }

    #[test]
    fn a_name_of_the_library_is_found_in_packs_too() {
        let fixture = Fixture::new("use std.regions.{EE$0A}\nlet x = EEA\n");
        let places = references(fixture.view(), fixture.policy(), fixture.offset, false);
        let own = places.iter().filter(|place| &*place.file == "policy/main.mkt").count();
        assert_eq!((own, places.len() > own), (2, true));
    }

    const MANIFEST: &str = "contact { age: Int  land: Country }\npub audience vip = age > 60\n\
         //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience: v$0ip\n\
         //- campaigns/b/campaign.yaml\nid: b\nchannel: [email]\naudience: \"vip and land in [DE]\"\n\
         //- campaigns/c/campaign.yaml\nid: c\nchannel: [email]\naudience:\n  all:\n    - {audience: vip}\n    \
         - {attribute: land, in: [DE]}\n";

    #[test]
    fn manifests_name_audiences() {
        check(
            MANIFEST,
            &[
                "policy/main.mkt:2:14 vip",
                "campaigns/a/campaign.yaml:3:11 vip",
                "campaigns/b/campaign.yaml:3:12 vip",
                "campaigns/c/campaign.yaml:5:18 vip",
            ],
        );
    }

    #[test]
    fn conditions_of_manifests_name_attributes() {
        check(
            &MANIFEST.replace("v$0ip", "vip").replace("land: Country", "land$0: Country"),
            &[
                "policy/main.mkt:1:21 land",
                "campaigns/b/campaign.yaml:3:20 land",
                "campaigns/c/campaign.yaml:6:19 land",
            ],
        );
    }

    #[test]
    fn directives_name_rules() {
        check(
            "rule loud$0 on Email.subject {\n  match \"a\"\n  error \"b\"\n}\n\
             //- a.html\n<!-- mktlint: waive loud because \"x\" -->\n<p>a</p>\n",
            &["policy/main.mkt:1:6 loud", "a.html:1:21 loud"],
        );
    }
}
