//! Whole declarations, for where one can start.

use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::word_of_kind;

use super::items::{Distance, Draft, Fit, Items};
use crate::model::CompletionKind;

/// What a kind of declaration is for, and how one is begun.
pub struct Skeleton {
    /// The kind.
    pub kind: ItemKind,
    /// One sentence.
    pub docs: &'static str,
    snippet: &'static str,
}

const fn skeleton(kind: ItemKind, docs: &'static str, snippet: &'static str) -> Skeleton {
    Skeleton { kind, docs, snippet }
}

/// Every kind, in the order in which people need them.
pub const ALL: [Skeleton; 30] = [
    skeleton(
        ItemKind::Rule,
        "A rule says where it looks, what it looks for, and what to say when it finds it.",
        "rule ${1:name} on ${2:Email.subject} {\n  require ${3:length(it) <= 60}\n  error \"${4:what is wrong}\"\n}",
    ),
    skeleton(
        ItemKind::Claim,
        "A claim may only be said under conditions: with evidence, with a disclosure, in some regions.",
        "claim ${1:name} {\n  says \"${2:clinically proven}\"\n  $0\n}",
    ),
    skeleton(
        ItemKind::Term,
        "The wording to use, and those to avoid.",
        "term \"${1:sign up}\" {\n  not \"${2:register now}\"\n}",
    ),
    skeleton(
        ItemKind::Audience,
        "A condition on a contact, by name.",
        "audience ${1:name} \"${2:who that is}\" =\n  $0",
    ),
    skeleton(
        ItemKind::Suppress,
        "People whom campaigns must leave alone.",
        "suppress ${1:name} on ${2:email} {\n  who $0\n}",
    ),
    skeleton(ItemKind::Enforce, "Puts a pack, a folder of packs or a single rule in force.", "enforce $0"),
    skeleton(ItemKind::Use, "Brings names of another module into this file.", "use $0"),
    skeleton(
        ItemKind::Test,
        "What must stay true of a rule, claim, term, convention, audience or suppression.",
        "test ${1:name} {\n  $0\n}",
    ),
    skeleton(
        ItemKind::Waive,
        "A recorded exception: which rules, for which files, until when, and why.",
        "waive ${1:rule} for \"${2:campaigns/**}\" until ${3:2199-01-31} {\n  because \"${4:why this exception is right}\"\n}",
    ),
    skeleton(
        ItemKind::Evidence,
        "A document that a claim can rely on.",
        "evidence ${1:name} {\n  document \"${2:evidence/study.pdf}\"\n  sha256 \"${3}\"\n  expires ${4:2199-01-01}\n}",
    ),
    skeleton(
        ItemKind::Disclosure,
        "Words that must stand near a claim.",
        "disclosure ${1:name} \"${2:Based on a study of 212 adults.}\"",
    ),
    skeleton(ItemKind::Region, "A named set of countries.", "region ${1:name} = [${2:DE}]"),
    skeleton(ItemKind::Let, "A value by name.", "let ${1:name} = $0"),
    skeleton(
        ItemKind::Fn,
        "An expression with parameters, by name.",
        "fn ${1:name}(${2:text}: ${3:Text}) -> ${4:Bool} = $0",
    ),
    skeleton(
        ItemKind::Fact,
        "What a rule has to know and no file shows.",
        "/// ${3:What it says.}\nfact ${1:name}: ${2:Bool}",
    ),
    skeleton(ItemKind::Given, "The value of a fact where nobody nearer says one.", "given ${1:fact} = $0"),
    skeleton(
        ItemKind::Contact,
        "What is known about one person: attributes with types.",
        "contact {\n  ${1:country}: ${2:Country}\n}",
    ),
    skeleton(ItemKind::Enum, "A closed set of members.", "enum ${1:Name} { ${2:granted, withdrawn} }"),
    skeleton(
        ItemKind::Lifecycle,
        "A closed set of stages, and the moves between them that exist.",
        "lifecycle ${1:Stage} { ${2:lead -> customer -> lapsed} }",
    ),
    skeleton(
        ItemKind::Prove,
        "What must hold of audiences, whatever contacts there are.",
        "prove ${1:audience} disjoint from ${2:suppression}",
    ),
    skeleton(
        ItemKind::Cap,
        "How many messages somebody may get in a length of time.",
        "cap ${1:name} { at most ${2:3} ${3:email} per ${4:7 days} }",
    ),
    skeleton(
        ItemKind::QuietHours,
        "Hours in which no message may come.",
        "quiet_hours ${1:sms} { from ${2:21:00} to ${3:08:00} recipient_time }",
    ),
    skeleton(
        ItemKind::Utm,
        "The convention for the tracking parameters of links.",
        "utm ${1:email} {\n  hosts [\"${2:acme.example}\"]\n  source in [${3:newsletter}]\n  medium = ${4:email}\n}",
    ),
    skeleton(
        ItemKind::Merge,
        "What a template tag prints: how long it can get, and what stands in for a missing value.",
        "merge ${1:first_name} { length ${2:1..=14}  fallback \"${3:there}\" }",
    ),
    skeleton(
        ItemKind::Role,
        "Who decides: people who can approve and waive.",
        "role ${1:legal} { members [\"${2:legal@acme.example}\"] }",
    ),
    skeleton(
        ItemKind::Tier,
        "When a change needs approval, and by whom.",
        "tier ${1:high} {\n  when ${2:uses regulated claims}\n  approve ${3:legal}\n}",
    ),
    skeleton(
        ItemKind::Pipeline,
        "The stages that work goes through.",
        "pipeline {\n  stages ${1:brief -> build -> live}\n}",
    ),
    skeleton(
        ItemKind::Threshold,
        "A measured result that calls for a change.",
        "threshold ${1:complaint_rate} on ${2:email} { above ${3:0.1%} warning }",
    ),
    skeleton(
        ItemKind::Asset,
        "A kind of asset with its fields.",
        "asset ${1:Name} {\n  ${2:body}: ${3:Text?}\n}",
    ),
    skeleton(
        ItemKind::Part,
        "A part of an asset with its fields.",
        "part ${1:Name} {\n  ${2:text}: ${3:Text}\n}",
    ),
];

/// What declarations of `kind` are for.
pub fn docs_of(kind: ItemKind) -> &'static str {
    ALL.iter().find(|own| own.kind == kind).map_or("", |own| own.docs)
}

/// Offers every declaration.
pub fn offer(items: &mut Items<'_, '_>) {
    for (n, own) in ALL.iter().enumerate() {
        let draft = Draft::new(word_of_kind(own.kind), CompletionKind::Snippet).docs(own.docs);
        items.push(draft.snippet(own.snippet).ranked(Fit::Exact, Distance::Local).nth(n));
    }
    if !items.at.is_public() {
        let docs = "Lets other modules name the declaration.";
        items.push(Draft::keyword("pub", docs).ranked(Fit::Exact, Distance::Field));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one() {
        for word in mktlint_syntax::KINDS {
            let kind = mktlint_hir::names::kind_of_word(word);
            assert!(kind.is_some_and(|kind| !docs_of(kind).is_empty()), "{word}");
        }
    }
}
