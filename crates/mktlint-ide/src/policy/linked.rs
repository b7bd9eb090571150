//! Words that are edited together.

use mktlint_hir::SourceFile;
use mktlint_hir::mention::{Meant, mentions};
use mktlint_text::Span;

use crate::View;

/// All places of the parameter or variable at `offset`, which exists in one declaration only, so that an editor can
/// change them while one is typed. Empty where there is none.
pub fn linked(view: View<'_>, file: SourceFile, offset: u32) -> Vec<Span> {
    let Some((declaration, inside)) = view.declaration_at(file, offset) else { return Vec::new() };
    let mentions = mentions(view.db, view.project, declaration);
    let local = mentions.iter().find_map(|mention| match &mention.what {
        Meant::Local(home) if mention.span.touches(inside) => Some(*home),
        _ => None,
    });
    let Some(home) = local else { return Vec::new() };
    let own = mentions.iter().filter(|mention| mention.what == Meant::Local(home));
    let base = declaration.offset(view.db);
    own.map(|mention| mention.span.shift(base)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn check(text: &str, expected: &[u32]) {
        let fixture = Fixture::new(text);
        let found = linked(fixture.view(), fixture.policy(), fixture.offset);
        let starts: Vec<u32> = found.iter().map(|span| span.start()).collect();
        assert_eq!(starts, expected);
    }

    #[test]
    fn a_parameter_goes_with_its_uses() {
        check("fn long(text: Text, n: Int) -> Bool = length(te$0xt) > n and text != \"\"\n", &[8, 45, 59]);
        check("let a$0 = 1\n", &[]);
    }

    #[test]
    fn a_variable_goes_with_its_uses() {
        check(
            "rule r on Page {\n  require (count $0h in headings where h.level == 1) <= 1\n  error \"x\"\n}\n",
            &[34, 54],
        );
    }
}
