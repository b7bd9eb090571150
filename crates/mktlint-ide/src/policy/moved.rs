//! What must be written elsewhere when policy files get other modules.

use std::collections::BTreeMap;

use mktlint_diag::{Edit, FilePath};
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::mention::{Meant, Mention, mentions};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::asset::names::{AssetName, names_where};
use crate::{FileEdits, View};

/// The edits that go with modules which get other names: from, to. A folder of policies is a module too. What is written
/// in full gets the full new name, what is shortened as many of its last words; another name behind `as` stays. Names in
/// manifests and directives of assets follow, too.
pub fn moved(view: View<'_>, modules: &[(SmolStr, SmolStr)]) -> Vec<FileEdits> {
    let mut all: BTreeMap<FilePath, Vec<Edit>> = BTreeMap::new();
    for file in view.own_files() {
        all.insert(file.path(view.db).clone(), of_file(view, file, modules));
    }
    for (file, edit) in in_assets(view, modules) {
        all.entry(file).or_default().push(edit);
    }
    all.retain(|_, edits| !edits.is_empty());
    all.into_iter().map(|(file, edits)| FileEdits { file, edits }).collect()
}

/// What assets call by more than its last word.
fn in_assets(view: View<'_>, modules: &[(SmolStr, SmolStr)]) -> Vec<(FilePath, Edit)> {
    let words: Vec<&str> = modules.iter().map(|(from, _)| last_words(from, 1)).collect();
    let new_module = |what: &Meant| match what {
        Meant::Declaration(_, path) => modules.iter().find_map(|(from, to)| {
            let rest = path.module().strip_prefix(from.as_str())?;
            let is_inside = rest.is_empty() || rest.starts_with('.');
            is_inside.then(|| (path.module().to_owned(), format!("{to}{rest}")))
        }),
        _ => None,
    };
    let names = names_where(view, &words, true, |what| new_module(what).is_some());
    let edit = |name: AssetName| {
        let text = view.texts.text(&name.place.file)?;
        let (old, new) = new_module(&name.what)?;
        let edit = before(&text, name.place.span.start(), &old, &new)?;
        Some((name.place.file, edit))
    };
    names.into_iter().filter_map(edit).collect()
}

/// The edit of the words of a module before the name at `start`, when these are the last words of `old`.
fn before(text: &str, start: u32, old: &str, new: &str) -> Option<Edit> {
    let dotted = text.get(..start as usize)?.strip_suffix('.')?;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let written = dotted.get(dotted.trim_end_matches(is_of_name).len()..)?;
    let span = Span::of(dotted.len() - written.len()..dotted.len());
    let n_words = written.split('.').count();
    let is_full = old.split('.').count() == n_words;
    let new = if is_full { new } else { last_words(new, n_words) };
    let is_changed = written == last_words(old, n_words) && written != new;
    is_changed.then(|| Edit { span, text: new.to_owned() })
}

fn of_file(view: View<'_>, file: SourceFile, modules: &[(SmolStr, SmolStr)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for &declaration in declarations(view.db, file) {
        let offset = declaration.offset(view.db);
        for edit in of_declaration(view, declaration, modules) {
            edits.push(Edit { span: edit.span.shift(offset), text: edit.text });
        }
    }
    edits
}

fn of_declaration(view: View<'_>, declaration: Declaration<'_>, modules: &[(SmolStr, SmolStr)]) -> Vec<Edit> {
    let text = declaration.text(view.db);
    let mut edits = Vec::new();
    // The words of one name, each behind the dot of the one before.
    let mut name: Vec<(Span, &SmolStr)> = Vec::new();
    for Mention { span, what, .. } in mentions(view.db, view.project, declaration) {
        let goes_on =
            name.last().is_some_and(|(last, _)| Span::new(last.end(), span.start()).slice(text) == ".");
        if !goes_on {
            edits.extend(rewritten(text, &name, modules));
            name.clear();
        }
        if let Meant::Module(module) = what {
            name.push((*span, module));
        }
    }
    edits.extend(rewritten(text, &name, modules));
    edits
}

/// The edit of a name whose modules are `name`, when the longest of them that moves is written there by its own words.
fn rewritten(text: &str, name: &[(Span, &SmolStr)], modules: &[(SmolStr, SmolStr)]) -> Option<Edit> {
    let (first, _) = name.first()?;
    let moves = |module: &SmolStr| modules.iter().find(|(from, _)| from == module);
    let (at, (last, (from, to))) =
        name.iter().enumerate().rev().find_map(|(at, (span, module))| Some((at, (span, moves(module)?))))?;
    let n_words = at + 1;
    let span = Span::new(first.start(), last.end());
    if span.slice(text) != last_words(from, n_words) {
        return None;
    }
    let is_full = from.split('.').count() == n_words;
    let new = if is_full { to.as_str() } else { last_words(to, n_words) };
    (span.slice(text) != new).then(|| Edit { span, text: new.to_owned() })
}

/// The last `n` words of a module; all when it has fewer.
fn last_words(module: &str, n: usize) -> &str {
    let start = module.rmatch_indices('.').nth(n.saturating_sub(1)).map_or(0, |(at, _)| at + 1);
    module.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, applied};

    fn check(text: &str, from: &str, to: &str, expected: &str) {
        let fixture = Fixture::new(text);
        let edits = moved(fixture.view(), &[(from.into(), to.into())]);
        let after = edits.iter().map(|own| applied(fixture.text(&own.file), &own.edits));
        assert_eq!(after.collect::<String>(), expected);
    }

    const OTHER: &str =
        "//- policy/claims.mkt\npub let limit = 3\npub rule loud { match \"x\"  error \"y\" }\n";

    #[test]
    fn names_follow_their_files() {
        let used = format!(
            "use acme.claims.{{limit}}\nuse acme.claims as c\nlet a = limit + acme.claims.limit + c.limit\n\
             waive claims.loud for \"a\" {{ because \"b\" }}\n{OTHER}"
        );
        check(
            &used,
            "acme.claims",
            "acme.legal.promises",
            "use acme.legal.promises.{limit}\nuse acme.legal.promises as c\n\
             let a = limit + acme.legal.promises.limit + c.limit\n\
             waive promises.loud for \"a\" { because \"b\" }\n",
        );
    }

    #[test]
    fn a_name_without_an_as_follows_too() {
        check(
            &format!("use acme.claims\nlet a = claims.limit\n{OTHER}"),
            "acme.claims",
            "acme.law.promises",
            "use acme.law.promises\nlet a = promises.limit\n",
        );
    }

    #[test]
    fn manifests_and_directives_follow() {
        check(
            "contact { age: Int }\nlet x = 1\n\
             //- policy/crm.mkt\npub audience vip = age > 1\npub rule loud { match \"x\"  error \"y\" }\n\
             //- campaigns/a/campaign.yaml\nid: a\nchannel: [email]\naudience: [acme.crm.vip, crm.vip, vip]\n\
             //- campaigns/b/campaign.yaml\nid: b\nchannel: [email]\naudience: acme.crm.vip and age < 9\n\
             //- a.html\n<!-- mktlint: waive crm.loud because \"z\" -->\n<p>x</p>\n",
            "acme.crm",
            "acme.people.all",
            "<!-- mktlint: waive all.loud because \"z\" -->\n<p>x</p>\n\
             id: a\nchannel: [email]\naudience: [acme.people.all.vip, all.vip, vip]\n\
             id: b\nchannel: [email]\naudience: acme.people.all.vip and age < 9\n",
        );
    }

    #[test]
    fn folders_move_with_what_is_in_them() {
        check(
            "enforce acme.law\nuse acme.law.a.{x}\nlet y = x\n//- policy/law/a.mkt\npub let x = 1\n",
            "acme.law",
            "acme.rules",
            "enforce acme.rules\nuse acme.rules.a.{x}\nlet y = x\n",
        );
    }
}
