//! What a declaration comes to: the assets that a rule judged, the campaigns of an audience, the value of a fact.

use mktlint_diag::Place;
use mktlint_hir::SourceFile;
use mktlint_hir::db::Declaration;
use mktlint_hir::mention::Meant;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::global;
use mktlint_text::Span;

use super::named::named_at;
use crate::View;
use crate::asset::names::names_of;

/// So many assets are listed at most.
const MOST_ASSETS: usize = 1000;

/// What the declaration that the word at `offset` names comes to.
///
/// Of what can be enforced, the assets that it had something to judge in: first those with findings of it, at the first
/// finding; the others at their start. Of an audience the manifests that name it, of a fact its `given`.
pub fn implementations(view: View<'_>, file: SourceFile, offset: u32) -> Vec<Place> {
    let Some(named) = named_at(view, file, offset) else { return Vec::new() };
    match named.what.as_slice() {
        [what @ Meant::Declaration(ItemKind::Audience, path)] => {
            names_of(view, &[what], &[path.name()]).into_iter().map(|name| name.place).collect()
        }
        [Meant::Declaration(ItemKind::Fact, path)] => given(view, path).into_iter().collect(),
        [Meant::Declaration(_, path)] => judged(view, path),
        _ => Vec::new(),
    }
}

fn judged(view: View<'_>, rule: &DeclPath) -> Vec<Place> {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (file, judged) in view.assets.judged_by(&rule.0) {
        match judged.findings.iter().find(|found| found.code == rule.0) {
            Some(found) => with.push(found.primary.place.clone()),
            None => without.push(Place::new(file.clone(), Span::at(0))),
        }
    }
    with.append(&mut without);
    with.truncate(MOST_ASSETS);
    with
}

fn given(view: View<'_>, fact: &DeclPath) -> Option<Place> {
    let entry = global(view.db, view.project, fact.name().into(), ItemKind::Given)?;
    let declaration: Declaration<'_> = view.find(entry.kind, &entry.path)?;
    Some(view.place(declaration, view.item(declaration).name_span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn check(text: &str, expected: &[(&str, u32)]) {
        let fixture = Fixture::new(text);
        let found = implementations(fixture.view(), fixture.policy(), fixture.offset);
        let found: Vec<(&str, u32)> = found.iter().map(|at| (&*at.file, at.span.start())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn assets_with_findings_come_first() {
        check(
            "rule sh$0out {\n  match \"now\"\n  error \"x\"\n}\n\
             rule other on Sms { require body? contains \"stop\"  error \"x\" }\n\
             //- blog/a.md\nCalm words.\n//- blog/b.md\nBuy now, now.\n",
            &[("blog/b.md", 4), ("blog/a.md", 0)],
        );
    }

    #[test]
    fn audiences_have_campaigns_and_facts_have_values() {
        check(
            "contact { age: Int }\naudience old$0 = age > 60\n\
             //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience: old\n",
            &[("campaigns/a/campaign.yaml", 33)],
        );
        check(
            "fact alcohol$0: Bool\ngiven alcohol = false\nrule r on Email { forbid alcohol  error \"x\" }\n",
            &[("policy/main.mkt", 25)],
        );
    }
}
