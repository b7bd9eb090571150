//! The policies of both states.

use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::Digest;
use mktlint_gate::change::{Declared, PolicyFile};
use mktlint_plan::Plan;
use mktlint_syntax::{dump, parse_file};
use smol_str::SmolStr;

use super::{Asked, CompareError};
use crate::state::{Pair, State};
use crate::workspace::Workspace;
use crate::{config, packs, policy};

/// What the policies of both states mean.
#[derive(Debug)]
pub struct Policies {
    /// Before; that of the head where it cannot be used.
    pub base: Arc<Plan>,
    /// After.
    pub head: Arc<Plan>,
    /// Whether that of the base can be used.
    pub has_base: bool,
    /// That of the revision that the change is compared with as it is now, where it is another one than before the change
    /// and can be used.
    pub tip: Option<Arc<Plan>>,
    /// Everything wrong with the policy of the head.
    pub diagnostics: Vec<Diagnostic>,
    /// Remarks of one line.
    pub notes: Vec<String>,
}

impl Policies {
    /// Compiles both, or takes what earlier runs kept. The same texts are compiled once.
    pub fn of(pair: &Pair, asked: &Asked) -> Result<Self, CompareError> {
        let head = &pair.head.policy;
        if !head.workspace.problems.is_empty() {
            return Err(CompareError::Configuration(head.workspace.problems.clone()));
        }
        let ready = policy::ready_from(&head.workspace, head.sources.clone(), asked.today, asked.use_cache);
        let Some(plan) = ready.plan else { return Err(CompareError::Policy(ready.diagnostics)) };
        let base = if pair.has_same_policy() {
            Some(plan.clone())
        } else {
            policy::ready_elsewhere(&pair.base.policy, asked.today, asked.use_cache)
        };
        let mut notes = Vec::new();
        if base.is_none() {
            let name = &pair.base.name;
            notes.push(format!(
                "the policy in {name} does not compile, so the tiers and roles of this change count"
            ));
        }
        let has_base = base.is_some();
        let tip = pair.tip.as_ref().filter(|_| !pair.has_same_standard());
        let tip = tip.and_then(|tip| {
            let plan = policy::ready_elsewhere(&tip.policy, asked.today, asked.use_cache);
            if plan.is_none() {
                let name = &tip.name;
                notes.push(format!("the policy in {name} does not compile now, so the one before it counts"));
            }
            plan
        });
        Ok(Self {
            tip,
            base: base.unwrap_or_else(|| plan.clone()),
            head: plan,
            has_base,
            diagnostics: ready.diagnostics,
            notes,
        })
    }
}

/// Everything that makes the policy of `state`: its files, the configuration, the lock file, and the keys that `plans`
/// name.
pub fn files(state: &State, plans: [&Plan; 2]) -> Result<BTreeMap<FilePath, PolicyFile>, CompareError> {
    let keys: Vec<&str> = plans.iter().flat_map(|plan| key_files(plan)).collect();
    let workspace = &state.policy.workspace;
    let mut found = BTreeMap::new();
    for (path, content) in state.files.iter() {
        let is_policy = workspace.is_policy(path);
        if is_policy || is_set_up(path) || keys.contains(&path.as_str()) {
            let bytes = state.files.read(path, content)?;
            let text = str::from_utf8(&bytes).ok().filter(|_| is_policy);
            let declarations = text.and_then(|text| declared(workspace, path, text));
            found.insert(path.clone(), PolicyFile { bytes: Digest::of(&bytes), declarations });
        }
    }
    Ok(found)
}

/// The files of `plan` with keys.
pub fn key_files(plan: &Plan) -> impl Iterator<Item = &str> {
    plan.roles.iter().flat_map(|role| plan.strs(role.keys))
}

/// The policy files that differ and are still there.
pub fn altered(pair: &Pair) -> impl Iterator<Item = FilePath> {
    let workspace = &pair.head.policy.workspace;
    let own = pair.altered.iter().filter(|path| workspace.is_policy(path));
    own.filter(|path| pair.head.files.get(path).is_some()).cloned()
}

/// Whether the file says what belongs to the workspace: a configuration further down takes a folder out of it.
pub fn is_set_up(path: &FilePath) -> bool {
    path.as_str() == packs::FILE || path.rsplit('/').next() == Some(config::FILE)
}

/// The declarations of a policy file; `None` when one has a mistake.
fn declared(workspace: &Workspace, path: &FilePath, text: &str) -> Option<Vec<Declared>> {
    let module = workspace.module(path);
    let file = parse_file(text);
    let all = file.declarations.iter().map(|(chunk, parse)| {
        let tree = parse.declaration.as_ref().filter(|_| parse.problems.is_empty())?;
        let name = chunk.name.as_ref().filter(|_| has_name(&tree.kind.text));
        let name = name.map(|name| SmolStr::from(format!("{module}.{}", name.text)));
        Some(Declared {
            kind: tree.kind.text.clone(),
            name: name.unwrap_or_default(),
            canonical: Digest::of(dump(tree).as_bytes()),
        })
    });
    all.collect()
}

/// Whether the word behind `kind` is what is declared, rather than what is spoken of.
fn has_name(kind: &str) -> bool {
    !matches!(kind, "use" | "enforce" | "waive" | "test" | "prove" | "given" | "contact" | "pipeline")
}
