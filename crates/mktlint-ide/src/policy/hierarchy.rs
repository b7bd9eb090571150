//! Who uses whom: functions, audiences, suppressions, and the campaigns that are sent to an audience.

use mktlint_diag::FilePath;
use mktlint_hir::SourceFile;
use mktlint_hir::db::Declaration;
use mktlint_hir::mention::{Meant, Role, home, mentions};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_text::Span;

use super::definition::Target;
use super::named::{named_at, usages};
use crate::View;
use crate::asset::names::names_of;

/// What uses, or is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub name: String,
    /// Its module, or the folder of the campaign.
    pub detail: String,
    /// Its kind; `None` of a campaign.
    pub kind: Option<ItemKind>,
    /// Where it stands.
    pub target: Target,
}

/// One end of a use, and the words that say so. Those are in the file of whoever uses the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The other end.
    pub node: Node,
    /// The words.
    pub words: Vec<Span>,
}

/// Whether others can use declarations of this kind by what they mean.
const fn is_used(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Fn
            | ItemKind::Let
            | ItemKind::Region
            | ItemKind::Audience
            | ItemKind::Suppress
            | ItemKind::Claim
            | ItemKind::Evidence
            | ItemKind::Disclosure
            | ItemKind::Fact
            | ItemKind::Rule
    )
}

/// What the word at `offset` names, when that can be used by others or uses them.
pub fn prepare(view: View<'_>, file: SourceFile, offset: u32) -> Vec<Node> {
    let Some(named) = named_at(view, file, offset) else { return Vec::new() };
    let homes = named.what.iter().filter_map(|what| match what {
        Meant::Declaration(kind, _) if is_used(*kind) => home(view.db, view.project, what),
        _ => None,
    });
    homes.map(|home| node(view, home)).collect()
}

/// The declaration that `prepare` gave, by its name in its file.
fn at(view: View<'_>, file: SourceFile, name: u32) -> Option<(Declaration<'_>, ItemKind, DeclPath)> {
    let (declaration, _) = view.declaration_at(file, name)?;
    let item = view.item(declaration);
    is_used(item.kind).then(|| (declaration, item.kind, item.path.clone()))
}

/// Who uses the declaration whose name stands at `name`, in order of file; then the campaigns that are sent to it.
pub fn incoming(view: View<'_>, file: SourceFile, name: u32) -> Vec<Call> {
    let Some((declaration, kind, path)) = at(view, file, name) else { return Vec::new() };
    let what = Meant::Declaration(kind, path.clone());
    let mut calls: Vec<(Declaration<'_>, Call)> = Vec::new();
    for usage in usages(view, declaration, &what).into_iter().filter(|usage| usage.role == Role::Need) {
        let words = usage.place(view).span;
        match calls.last_mut().filter(|(last, _)| *last == usage.declaration) {
            Some((_, call)) => call.words.push(words),
            None => {
                let node = node(view, usage.declaration);
                calls.push((usage.declaration, Call { node, words: vec![words] }));
            }
        }
    }
    let mut calls: Vec<Call> = calls.into_iter().map(|(_, call)| call).collect();
    calls.extend(campaigns(view, &what, path.name()));
    calls
}

/// The campaigns whose manifests name it.
fn campaigns(view: View<'_>, what: &Meant, word: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for name in names_of(view, &[what], &[word]) {
        match calls.last_mut().filter(|call| call.node.target.file == name.place.file) {
            Some(call) => call.words.push(name.place.span),
            None => calls.push(Call { node: campaign(view, &name.place.file), words: vec![name.place.span] }),
        }
    }
    calls
}

fn campaign(view: View<'_>, file: &FilePath) -> Node {
    let facts = view.assets.files.get(file).map(|judged| &judged.facts);
    let first = facts.and_then(|facts| facts.campaigns.first());
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let span = first.map_or(Span::at(0), |campaign| campaign.place.span);
    Node {
        name: first.map_or(name, |campaign| campaign.id.as_str()).to_owned(),
        detail: folder.to_owned(),
        kind: None,
        target: Target { file: file.clone(), full: span, name: span },
    }
}

/// What the declaration whose name stands at `name` uses, in order of mention.
pub fn outgoing(view: View<'_>, file: SourceFile, name: u32) -> Vec<Call> {
    let Some((declaration, ..)) = at(view, file, name) else { return Vec::new() };
    let offset = declaration.offset(view.db);
    let mut calls: Vec<(&Meant, Call)> = Vec::new();
    for mention in mentions(view.db, view.project, declaration) {
        let is_call = matches!(&mention.what, Meant::Declaration(kind, _) if is_used(*kind));
        if !is_call || mention.role != Role::Need {
            continue;
        }
        let words = mention.span.shift(offset);
        match calls.iter_mut().find(|(what, _)| **what == mention.what) {
            Some((_, call)) => call.words.push(words),
            None => {
                let Some(home) = home(view.db, view.project, &mention.what) else { continue };
                calls.push((&mention.what, Call { node: node(view, home), words: vec![words] }));
            }
        }
    }
    calls.into_iter().map(|(_, call)| call).collect()
}

fn node(view: View<'_>, declaration: Declaration<'_>) -> Node {
    let item = view.item(declaration);
    Node {
        name: item.path.name().to_owned(),
        detail: item.path.module().to_owned(),
        kind: Some(item.kind),
        target: Target::of(view, declaration, item.name_span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const POLICY: &str = "contact { age: Int }\nfn over(n: Int, m: Int) -> Bool = n > m\n\
         audience old = over(age, 60) and over(70, 60)\naudience vip = old and age > 80\n\
         suppress grandparents on email { who old }\nprove vip subset of old\n\
         //- campaigns/a/campaign.yaml\nid: spring\nchannel: [email]\naudience: old\n";

    /// The names of both ends with how often each is said.
    fn check(cursor: &str, incoming_calls: &[(&str, usize)], outgoing_calls: &[(&str, usize)]) {
        let fixture = Fixture::new(&POLICY.replacen(cursor, &format!("{cursor}$0"), 1));
        let (view, file) = (fixture.view(), fixture.policy());
        let nodes = prepare(view, file, fixture.offset);
        let [node] = nodes.as_slice() else { panic!("one node, not {nodes:?}") };
        let name = node.target.name.start();
        let shown = |calls: Vec<Call>| -> Vec<(String, usize)> {
            calls.into_iter().map(|call| (call.node.name, call.words.len())).collect()
        };
        let wanted = |calls: &[(&str, usize)]| -> Vec<(String, usize)> {
            calls.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
        };
        assert_eq!(shown(incoming(view, file, name)), wanted(incoming_calls));
        assert_eq!(shown(outgoing(view, file, name)), wanted(outgoing_calls));
    }

    #[test]
    fn functions_audiences_and_campaigns_use_each_other() {
        check("fn over", &[("old", 2)], &[]);
        let of_old = [("vip", 1), ("grandparents", 1), ("prove_vip_1", 1), ("spring", 1)];
        check("audience old", &of_old, &[("over", 2)]);
        check("who old", &of_old, &[("over", 2)]);
        check("suppress grandparents", &[], &[("old", 1)]);
    }

    #[test]
    fn fields_use_nobody() {
        let fixture = Fixture::new("contact { age$0: Int }\n");
        assert!(prepare(fixture.view(), fixture.policy(), fixture.offset).is_empty());
    }
}
