//! Editors and the compiler see the same in a policy.

mod common;
#[path = "common/outline.rs"]
mod outline;

use common::{Example, Policy, examples, policies, tree, walk};
use outline::{declared, declared_in_tree, is_well_formed, outline_of_tree};

/// What differs between the two, in words; nothing when they agree.
fn difference(text: &str) -> Option<String> {
    let tree = tree(text);
    let accepted = !tree.root_node().has_error();
    if accepted != is_well_formed(text) {
        return Some(
            if accepted { "only the compiler sees a mistake" } else { "only the editor sees a mistake" }
                .into(),
        );
    }
    let (ours, theirs) = (declared(text), declared_in_tree(&tree, text));
    if ours != theirs {
        return Some(format!("declarations:\n  {ours:?}\n  {theirs:?}"));
    }
    if !accepted {
        return None;
    }
    let (ours, theirs) = (outline::outline(text), outline_of_tree(&tree));
    let at = ours.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs);
    let at = at.or((ours.len() != theirs.len()).then(|| ours.len().min(theirs.len())))?;
    let show = |it: Option<&(&str, usize, usize)>| {
        it.map(|(label, start, end)| format!("{label} `{}`", &text[*start..*end]))
    };
    Some(format!("trees: {:?} / {:?}", show(ours.get(at)), show(theirs.get(at))))
}

#[test]
fn every_policy_of_the_repository_reads_the_same() {
    let policies = policies();
    assert!(policies.len() > 400, "only {} policies were found", policies.len());
    let differences: Vec<String> = policies
        .iter()
        .filter_map(|Policy { place, text }| Some(format!("{place}: {}", difference(text)?)))
        .collect();
    assert!(
        differences.is_empty(),
        "{} of {}:\n{}",
        differences.len(),
        policies.len(),
        differences.join("\n")
    );
}

#[test]
fn every_example_of_the_corpus_reads_the_same() {
    for Example { name, text, .. } in examples() {
        assert_eq!(difference(&text), None, "{name}");
    }
}

#[test]
fn every_kind_has_its_shape() {
    for kind in mktlint_syntax::KINDS {
        let tree = tree(&format!("{kind} x"));
        let mut found = Vec::new();
        walk(tree.root_node(), &mut |node| found.push(node.kind()));
        assert!(found.contains(&"kind"), "{kind}");
        // Whether the braces are a body, and what the colon is.
        for text in
            [format!("{kind} x {{ a b\n c }}"), format!("{kind} x: Y"), format!("{kind} x = y {{ a }}")]
        {
            assert_eq!(difference(&text), None, "{text}");
        }
    }
}
