//! The text of the first files.

use std::collections::{BTreeMap, BTreeSet};

use super::library::Library;
use super::offers::{Offer, Offers};
use super::survey::Survey;
use crate::book::{Giver, Need};
use crate::words::counted;

/// How often something must occur to count as meant.
const MEANT: usize = 2;

/// Whether `name` can start the names of rules.
pub fn is_name(name: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    name.chars().next().is_some_and(char::is_alphabetic) && name.chars().all(is_word) && name != "std"
}

/// The name of a folder as the first word of rules' names; `policy` when it cannot be one.
pub fn name_of(folder: &str) -> String {
    let word = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let name: String = folder.to_lowercase().chars().map(word).collect();
    let name = name.trim_matches('_');
    if is_name(name) { name.to_owned() } else { "policy".to_owned() }
}

/// `mktlint.toml`.
pub fn config(name: &str) -> String {
    format!(
        "# The first word of the names of your own rules.\nname = \"{name}\"\n\n\
         # Files that are never judged.\nexclude = []\n\n\
         # The lowest level that fails a run: error, warning or info.\nfail-on = \"error\"\n\n\
         # Files are recognised by their names and folders. Say what others hold like this:\n\
         # [[assets]]\n# kind = \"Ad\"\n# files = \"ads/*.csv\"\n# columns = {{ headlines = \"Headline *\" }}\n"
    )
}

/// `policy/main.mkt`, in canonical form.
pub fn policy(survey: &Survey, offers: &Offers, library: &Library<'_>, name: &str) -> String {
    let mut text = format!("//! The marketing policy of {name}.\n\nenforce std.recommended\n");
    if !offers.ready.is_empty() {
        text.push_str("\n// What platforms and template languages take, of those that are used here.\n");
        offers.ready.iter().for_each(|offer| text.push_str(&format!("{}\n", enforced(offer))));
    }
    if !offers.taste.is_empty() {
        text.push_str(
            "\n// Good practice. `mktlint explain PACK` shows what is in each; take away the slashes before those you want.\n",
        );
        offers.taste.iter().for_each(|offer| text.push_str(&format!("// {}\n", enforced(offer))));
    }
    text.push_str(&asking(&offers.asking, library));
    text.push_str(&convention(survey));
    text.push_str(&lengths(survey));
    text.push_str(EXAMPLE);
    text
}

/// `enforce std.utm // campaign tags of links`
fn enforced(offer: &Offer) -> String {
    format!("enforce {} // {}", offer.pack, offer.why)
}

const ASKING: &str = "
// These ask what no file shows; a rule that is not told is undecided. A `given` speaks for everything here, and a
// campaign's manifest or a single asset can say otherwise. The values show how each is written: put yours.
";

/// The packs that ask, each above the facts that no pack before it asks for.
fn asking(offers: &[Offer], library: &Library<'_>) -> String {
    if offers.is_empty() {
        return String::new();
    }
    let needs = || offers.iter().flat_map(|offer| library.asked(offer.pack));
    let mut text = ASKING.to_owned();
    if let Some(manifest) = manifest(needs()) {
        text.push_str(&format!("// Say it in each campaign.yaml: {manifest}\n"));
    }
    let mut said = BTreeSet::new();
    for offer in offers {
        text.push_str(&format!("//\n// {}\n", enforced(offer)));
        let facts = library.asked(offer.pack).into_iter().filter(|need| need.giver == Giver::Fact);
        for fact in facts.filter(|fact| said.insert(fact.path.clone())) {
            text.push_str(&format!("// given {} = {} // {}\n", fact.name(), fact.sample, question(fact)));
        }
    }
    text
}

/// The fields of a manifest that rules ask for: `purpose: marketing, regions: [US]`.
fn manifest<'n>(needs: impl Iterator<Item = &'n Need>) -> Option<String> {
    let fields: BTreeSet<String> = needs
        .filter(|need| need.giver == Giver::Campaign)
        .map(|need| format!("{}: {}", need.name(), need.sample))
        .collect();
    (!fields.is_empty()).then(|| fields.into_iter().collect::<Vec<_>>().join(", "))
}

/// The first sentence of what a fact means, and the values it can have.
fn question(fact: &Need) -> String {
    let meaning = fact.docs.split_once(". ").map_or(fact.docs.as_str(), |(first, _)| first);
    let meaning = meaning.trim_end_matches('.');
    match fact.members.is_empty() {
        true => meaning.to_owned(),
        false => format!("{meaning}: {}", fact.members.join(", ")),
    }
}

/// `merge` declarations for the tags that are used, with lengths to be corrected.
fn lengths(survey: &Survey) -> String {
    let tags: Vec<&str> = meant(&survey.merge_tags).into_iter().filter(|tag| is_word(tag)).collect();
    if tags.is_empty() {
        return String::new();
    }
    let lines: String = tags.iter().map(|tag| format!("// merge {tag} {{ length 1..=20 }}\n")).collect();
    format!("\n// How long what merge tags print can get, where that decides whether a text fits.\n{lines}")
}

/// Whether `tag` can be the name of a `merge` declaration.
fn is_word(tag: &str) -> bool {
    is_name(tag) && tag.is_ascii()
}

const EXAMPLE: &str = "
// A rule of your own: what it looks at, what it looks for, what it says.
// rule no_pressure on Email.subject {
//   match \"act now\" | \"last chance\"
//   warning \"the subject pushes the reader: {match}\"
//   help \"say what they get instead\"
// }
";

/// The convention that most tagged links follow already.
fn convention(survey: &Survey) -> String {
    let (hosts, sources, mediums) = (meant(&survey.hosts), meant(&survey.sources), meant(&survey.mediums));
    if hosts.is_empty() || sources.is_empty() || mediums.is_empty() {
        return String::new();
    }
    let quoted =
        |words: &[&str]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    format!(
        "\n// Inferred from the links that are here: correct it before you rely on it.\n\
         utm links {{\n  hosts [{}]\n  source in [{}]\n  medium in [{}]\n  others allowed\n  warning\n}}\n",
        quoted(&hosts),
        quoted(&sources),
        quoted(&mediums)
    )
}

/// What occurs often enough, in order.
fn meant(counts: &BTreeMap<String, usize>) -> Vec<&str> {
    counts.iter().filter(|(_, n)| **n >= MEANT).map(|(word, _)| word.as_str()).collect()
}

/// What was found and inferred, a line each.
pub fn said(survey: &Survey, offers: &Offers, name: &str) -> Vec<String> {
    let total: usize = survey.kinds.values().sum();
    let kinds: Vec<String> = survey.kinds.iter().map(|(kind, n)| format!("{n} {}", kind.as_str())).collect();
    let found = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    let mut said = vec![
        format!("found {}{found}", counted(total, "asset")),
        format!("your rules are called `{name}.…`"),
    ];
    if !convention(survey).is_empty() {
        let hosts = meant(&survey.hosts).join(", ");
        said.push(format!("inferred the convention of campaign tags from links to {hosts}"));
    }
    let tags: Vec<&str> = meant(&survey.merge_tags);
    if !tags.is_empty() {
        said.push(format!("saw the merge tags {}; `merge` declarations give their lengths", tags.join(", ")));
    }
    if offers.n() > 0 {
        let (n, n_ready) = (counted(offers.n(), "pack"), offers.ready.len());
        said.push(format!(
            "beside the recommended rules {n} fit: {n_ready} in force, the others behind `//`"
        ));
    }
    said
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mktlint_asset::Kind;
    use mktlint_host::policy;
    use mktlint_host::workspace::Workspace;

    use super::*;
    use crate::book::Shelf;
    use crate::home::Home;
    use crate::policies::Policies;

    fn survey() -> Survey {
        let counts =
            |words: &[(&str, usize)]| words.iter().map(|(word, n)| ((*word).to_owned(), *n)).collect();
        let networks = [(Kind::Ad, "google"), (Kind::SocialPost, "linkedin")];
        Survey {
            kinds: [(Kind::Email, 3), (Kind::Sms, 1), (Kind::Post, 2)].into(),
            hosts: counts(&[("acme.example", 4), ("typo.example", 1)]),
            sources: counts(&[("newsletter", 3), ("sms", 2)]),
            mediums: counts(&[("email", 3)]),
            merge_tags: counts(&[("first_name", 2)]),
            dialects: counts(&[("liquid", 2)]),
            networks: networks.into_iter().map(|(kind, word)| (kind, word.to_owned())).collect(),
            regions: ["US", "DE", "GB", "CA", "AU", "TR"].map(str::to_owned).into(),
            names_audiences: true,
            n_links: 1,
        }
    }

    /// Calls `check` with the standard library.
    fn with_library(check: impl FnOnce(&Library<'_>)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Workspace::open(folder.path(), None).expect("an empty folder is a workspace");
        let home = Home { folder: folder.path().to_owned(), workspace };
        let compiled = policy::compile(&home.workspace, &[], date(2026, 11, 22));
        let policies = Policies::new(&home, &compiled);
        let program = policies.everything();
        check(&Library::new(&Shelf::new(&policies, &program, date(2026, 11, 22))));
    }

    /// `text` with what is behind slashes taken for meant.
    fn uncommented(text: &str) -> String {
        let line = |line: &str| {
            let code = ["// enforce ", "// given ", "// merge "].iter().any(|start| line.starts_with(start));
            if code { line.trim_start_matches("// ").to_owned() } else { line.to_owned() }
        };
        text.lines().map(|text| line(text) + "\n").collect()
    }

    // One test, since compiling the library takes longest.
    #[test]
    fn a_first_policy_fits_the_library() {
        with_library(|library| {
            every_pack_that_is_offered_exists(library);
            packs_fit_what_is_here(library);
            for survey in [survey(), Survey::default()] {
                is_canonical_and_has_no_mistake(&survey, library);
            }
        });
    }

    fn is_canonical_and_has_no_mistake(survey: &Survey, library: &Library<'_>) {
        let text = policy(survey, &Offers::of(survey, library), library, "acme");
        let formatted = mktlint_syntax::format(&text);
        assert_eq!((formatted.text, formatted.problems), (text.clone(), vec![]));
        assert_eq!(mktlint_syntax::format(&uncommented(&text)).problems, vec![]);
    }

    fn every_pack_that_is_offered_exists(library: &Library<'_>) {
        let gone: Vec<&str> = super::super::offers::all().filter(|pack| !library.has(pack)).collect();
        assert_eq!(gone, [""; 0]);
    }

    fn packs_fit_what_is_here(library: &Library<'_>) {
        let offers = Offers::of(&survey(), library);
        let packs = |offers: &[Offer]| offers.iter().map(|offer| offer.pack).collect::<Vec<_>>();
        assert!(packs(&offers.ready).contains(&"std.ads.google_rsa"));
        assert!(packs(&offers.ready).contains(&"std.social.linkedin"));
        assert!(!packs(&offers.ready).contains(&"std.social.x"));
        assert!(packs(&offers.taste).contains(&"std.email.subject"));
        assert!(packs(&offers.asking).contains(&"std.eu.gdpr"));
        assert_eq!(Offers::of(&Survey::default(), library).n(), 0);
    }

    #[test]
    fn only_what_occurs_twice_is_meant() {
        assert!(
            convention(&survey())
                .contains("  hosts [\"acme.example\"]\n  source in [\"newsletter\", \"sms\"]\n")
        );
        assert_eq!(convention(&Survey::default()), "");
    }

    #[test]
    fn any_folder_gives_a_name() {
        assert_eq!(name_of("Acme Skincare (EU)"), "acme_skincare__eu");
        assert_eq!(name_of("2026"), "policy");
        assert_eq!(name_of("std"), "policy");
    }
}
