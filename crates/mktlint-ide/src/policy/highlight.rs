//! Where a file speaks of what stands at a place in it.

use mktlint_hir::SourceFile;
use mktlint_hir::mention::Role;
use mktlint_text::Span;

use super::named::{named_at, usages_in};
use crate::View;

/// A word to highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// The word.
    pub span: Span,
    /// Whether it introduces what it names.
    pub is_definition: bool,
}

/// The words of `file` that mean the same as the one at `offset`, in order.
pub fn highlights(view: View<'_>, file: SourceFile, offset: u32) -> Vec<Highlight> {
    let Some(named) = named_at(view, file, offset) else { return Vec::new() };
    let usages = named.what.iter().flat_map(|what| usages_in(view, file, named.declaration, what));
    let mut found: Vec<Highlight> = usages
        .map(|usage| Highlight {
            span: usage.place(view).span,
            is_definition: usage.role == Role::Definition,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn check(text: &str, expected: &[(u32, bool)]) {
        let fixture = Fixture::new(text);
        let found = highlights(fixture.view(), fixture.policy(), fixture.offset);
        let found: Vec<_> = found.iter().map(|found| (found.span.start(), found.is_definition)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_means_the_same_is_highlighted() {
        check(
            "contact { a: Int }\naudience b = $0a > 1\naudience a_b = a > 2 and b\n",
            &[(10, true), (32, false), (53, false)],
        );
        check("fn f(n: Int) -> Int = $0n\nfn g(n: Int) -> Int = n\n", &[(5, true), (22, false)]);
        check("let $0x = 1\nlet y = \"x {x}\"\n", &[(4, true), (22, false)]);
        check("audience$0 x = true\n", &[]);
    }
}
