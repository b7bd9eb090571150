//! The text of the first files.

use std::collections::BTreeMap;

use mktlint_asset::Kind;

use super::survey::Survey;
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
pub fn policy(survey: &Survey, name: &str) -> String {
    let mut text = format!("//! The marketing policy of {name}.\n\nenforce std.recommended\n");
    let packs = packs(survey);
    if !packs.is_empty() {
        text.push_str(
            "\n// More packs that fit what is here; `mktlint rules --all` shows what is in them.\n",
        );
        packs.iter().for_each(|(pack, why)| text.push_str(&format!("// enforce {pack} // {why}\n")));
    }
    text.push_str(&convention(survey));
    text.push_str(EXAMPLE);
    text
}

const EXAMPLE: &str = "
// A rule of your own: what it looks at, what it looks for, what it says.
// rule no_pressure on Email.subject {
//   match \"act now\" | \"last chance\"
//   warning \"the subject pushes the reader: {match}\"
//   help \"say what they get instead\"
// }
";

/// Packs that speak of what was found, and why they are offered.
fn packs(survey: &Survey) -> Vec<(&'static str, &'static str)> {
    let has = |kind| survey.kinds.contains_key(&kind);
    let mut packs = Vec::new();
    if has(Kind::Email) {
        packs.push(("std.us.can_spam", "commercial email to people in the US"));
        packs.push(("std.email", "how mail programs show a message"));
    }
    if has(Kind::Sms) {
        packs.push(("std.sms.ctia", "text messages to people in the US"));
    }
    if !survey.hosts.is_empty() {
        packs.push(("std.utm", "campaign tags of links"));
    }
    if has(Kind::Post) || has(Kind::Page) {
        packs.push(("std.style.inclusive", "wording that leaves nobody out"));
    }
    packs
}

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
pub fn said(survey: &Survey, name: &str) -> Vec<String> {
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
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> Survey {
        let counts =
            |words: &[(&str, usize)]| words.iter().map(|(word, n)| ((*word).to_owned(), *n)).collect();
        Survey {
            kinds: [(Kind::Email, 3), (Kind::Sms, 1), (Kind::Post, 2)].into(),
            hosts: counts(&[("acme.example", 4), ("typo.example", 1)]),
            sources: counts(&[("newsletter", 3), ("sms", 2)]),
            mediums: counts(&[("email", 3)]),
            merge_tags: counts(&[("first_name", 2)]),
        }
    }

    #[test]
    fn the_policy_is_canonical_and_has_no_mistake() {
        for survey in [survey(), Survey::default()] {
            let text = policy(&survey, "acme");
            let formatted = mktlint_syntax::format(&text);
            assert_eq!((formatted.text, formatted.problems), (text, vec![]));
        }
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
