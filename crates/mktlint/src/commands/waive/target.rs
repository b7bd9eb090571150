//! What a waiver is for: rules, and files.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::Arc;

use mktlint_check::Scope;
use mktlint_diag::{Diagnostic, FilePath, closest};
use mktlint_host::config::{is_name_of, names};
use mktlint_host::workspace::relative;
use mktlint_plan::{Plan, Waivable};
use smol_str::SmolStr;

use super::Asked;
use crate::catalog;
use crate::status::Stop;

/// Rules, and files.
pub struct Target {
    /// Full names of rules, or codes.
    pub rules: Vec<SmolStr>,
    /// Globs from the root.
    pub globs: Vec<SmolStr>,
    /// The assets that the globs fit, from the root.
    pub assets: BTreeSet<FilePath>,
    /// The findings that it would waive, with the paths that are shown.
    pub findings: Vec<Diagnostic>,
}

impl Target {
    /// What the words of the command line mean.
    pub fn find(asked: &Asked<'_>) -> Result<Self, Stop> {
        let (home, checked) = (asked.home, asked.checked);
        let root = &home.workspace.root;
        let Some(at) = checked.roots.iter().position(|own| own == root) else {
            return Err(Stop::Usage("there is nothing to judge here".to_owned()));
        };
        let plan = checked.plans.get(at).map(Arc::as_ref).ok_or_else(no_rule)?;
        let known = rule_names(plan);
        let (mut rules, mut globs) = (Vec::new(), Vec::new());
        for word in &asked.args.what {
            match rule(word, &known)? {
                Some(rule) => rules.push(rule),
                None if is_path(word, asked) => globs.push(glob(word, asked)?),
                None => return Err(Stop::Usage(neither(word, &known))),
            }
        }
        if rules.is_empty() {
            return Err(no_rule());
        }
        if globs.is_empty() {
            return Err(Stop::Usage(
                "name the files that it is for, or a glob in quotes: `'blog/**'`".to_owned(),
            ));
        }
        rules.sort();
        rules.dedup();
        globs.sort();
        globs.dedup();
        rules.iter().try_for_each(|rule| may_be_waived(rule, plan, asked.args.role.as_deref()))?;
        let scope = Scope::files(globs.clone());
        let facts = checked.facts.get(at).map_or(&[][..], Vec::as_slice);
        let assets =
            facts.iter().filter_map(|facts| facts.file.clone()).filter(|file| scope.covers_file(file));
        let assets = assets.collect();
        let findings = findings(&rules, &assets, asked);
        Ok(Self { rules, globs, assets, findings })
    }
}

fn no_rule() -> Stop {
    Stop::Usage(
        "name a rule, then the files that it is waived for; `mktlint rules` lists the rules".to_owned(),
    )
}

/// The findings that count and that the waiver would cover.
fn findings(rules: &[SmolStr], assets: &BTreeSet<FilePath>, asked: &Asked<'_>) -> Vec<Diagnostic> {
    let root = &asked.home.workspace.root;
    let is_of = |found: &&Diagnostic| {
        let path = asked.checked.shown.file(&found.primary.place.file);
        found.waived.is_none()
            && rules.contains(&found.code)
            && path.is_some_and(|path| assets.contains(&relative(root, path)))
    };
    asked.checked.findings.iter().filter(is_of).cloned().collect()
}

/// The full names of all rules in force.
fn rule_names(plan: &Plan) -> BTreeSet<SmolStr> {
    catalog::of_plan(plan, Clone::clone).into_iter().map(|rule| rule.id).collect()
}

/// The rule that `word` is the name of, whole or its last words, or the code; `None` when it is none.
fn rule(word: &str, known: &BTreeSet<SmolStr>) -> Result<Option<SmolStr>, Stop> {
    if mktlint_check::is_code(word) && catalog::codes().iter().any(|code| code.id == word) {
        return Ok(Some(word.into()));
    }
    let meant: Vec<&SmolStr> = known.iter().filter(|name| is_name_of(word, name)).collect();
    match meant.as_slice() {
        [] => {}
        [only] => return Ok(Some((*only).clone())),
        several => {
            let all = several.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            return Err(Stop::Usage(format!("several rules are called `{word}`: {all}")));
        }
    }
    let n_inside = known.iter().filter(|name| names(word, name)).count();
    if n_inside > 0 {
        return Err(Stop::Usage(format!(
            "`{word}` holds {n_inside} rules; waive each by its name, or leave it out of the policy with `enforce … except`"
        )));
    }
    Ok(None)
}

fn is_path(word: &str, asked: &Asked<'_>) -> bool {
    is_glob(word) || word.contains('/') || mktlint_host::system::exists(&asked.home.folder.join(word))
}

fn is_glob(word: &str) -> bool {
    word.contains(['*', '?', '[', '{'])
}

/// The glob from the root that `word`, a path or a glob from the working directory, stands for.
fn glob(word: &str, asked: &Asked<'_>) -> Result<SmolStr, Stop> {
    let (home, root) = (asked.home, &asked.home.workspace.root);
    let outside = || Stop::Usage(format!("`{word}` is outside of the workspace"));
    if is_glob(word) && !mktlint_host::system::exists(&home.folder.join(word)) {
        let parts = Path::new(word).components();
        if parts.clone().any(|part| matches!(part, Component::ParentDir | Component::RootDir)) {
            return Err(outside());
        }
        let here = relative(root, &home.folder);
        let prefix = if home.folder == *root { String::new() } else { format!("{}/", escaped(&here)) };
        return Ok(format!("{prefix}{}", word.strip_prefix("./").unwrap_or(word)).into());
    }
    let full = home.folder.join(word);
    let real =
        full.canonicalize().map_err(|_| Stop::Usage(format!("there is no file or folder `{word}`")))?;
    let real_root = root.canonicalize().map_err(|_| outside())?;
    let inside = real.strip_prefix(&real_root).map_err(|_| outside())?;
    let path = relative(Path::new(""), inside);
    match (real.is_dir(), path.is_empty()) {
        (true, true) => Ok("**".into()),
        (true, false) => Ok(format!("{}/**", escaped(&path)).into()),
        (false, _) => Ok(escaped(&path).into()),
    }
}

/// `path` with what globs take for a sign of theirs in brackets.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '*' | '?' | '[' | ']' | '{' | '}' => out.extend(['[', c, ']']),
            c => out.push(c),
        }
    }
    out
}

fn neither(word: &str, known: &BTreeSet<SmolStr>) -> String {
    let last = |name: &'_ SmolStr| name.rsplit('.').next().unwrap_or_default().to_owned();
    let lasts: Vec<String> = known.iter().map(last).collect();
    let near = closest(word, known.iter().map(SmolStr::as_str));
    match near.or_else(|| closest(word, lasts.iter().map(String::as_str))) {
        Some(near) => format!("`{word}` is neither a rule in force nor a file; did you mean `{near}`?"),
        None => format!("`{word}` is neither a rule in force nor a file; `mktlint rules` lists the rules"),
    }
}

/// Says why nobody, or only somebody else, may waive `rule`.
fn may_be_waived(rule: &SmolStr, plan: &Plan, role: Option<&str>) -> Result<(), Stop> {
    match mktlint_check::head_of(plan, rule).map(|head| head.waivable) {
        None | Some(Waivable::Anyone) => Ok(()),
        Some(Waivable::Never) => {
            Err(Stop::Usage(format!("`{rule}` is `never waivable`; mend what it finds")))
        }
        Some(Waivable::Absolute) => Err(Stop::Usage(format!("`{rule}` is `absolute`; mend what it finds"))),
        Some(Waivable::By(roles)) => {
            let roles: Vec<&str> = plan.strs(roles).collect();
            if role.is_some_and(|role| roles.contains(&role)) {
                return Ok(());
            }
            let all = roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(" or ");
            let add = roles.first().map_or_else(String::new, |role| format!("; add `--role {role}`"));
            Err(Stop::Usage(format!("`{rule}` is waivable by {all} only{add}")))
        }
    }
}
