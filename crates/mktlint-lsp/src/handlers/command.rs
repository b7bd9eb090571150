//! `workspace/executeCommand`: what lenses and editors ask for by name.

use gen_lsp_types::{ExecuteCommandParams, Location, LspAny, Uri};
use mktlint_hir::Meant;
use mktlint_ide::policy::lens::{run_test, witness};
use mktlint_ide::policy::references::references_to;
use serde::Deserialize;
use serde_json::json;

use crate::context::Context;
use crate::failure::{Answer, Failure};

/// Runs the tests and proofs of a declaration; answers with plain lines, the sum last.
pub const RUN_TEST: &str = "mktlint.runTest";
/// Shows somebody who is in an audience; answers with Markdown.
pub const SHOW_WITNESS: &str = "mktlint.showWitness";
/// Lists the findings of a rule; answers with places.
pub const SHOW_FINDINGS: &str = "mktlint.showFindings";
/// Lists the references of a declaration; answers with places.
pub const SHOW_REFERENCES: &str = "mktlint.showReferences";

/// The commands, for `initialize`.
pub const NAMES: &[&str] = &[RUN_TEST, SHOW_WITNESS, SHOW_FINDINGS, SHOW_REFERENCES];

/// What every command takes, as the first and only argument.
#[derive(Debug, Deserialize)]
struct Target {
    /// A document of the workspace.
    uri: Uri,
    /// The full name of a declaration.
    name: String,
}

/// Runs a command.
pub fn execute(context: &Context, params: ExecuteCommandParams) -> Answer<Option<LspAny>> {
    let command = params.command.as_str();
    if !NAMES.contains(&command) {
        return Err(Failure::Refused(format!("there is no command `{command}`")));
    }
    let first = params.arguments.and_then(|all| all.into_iter().next()).unwrap_or_default();
    let target: Target = serde_json::from_value(first).map_err(|error| Failure::Params(error.to_string()))?;
    // The server has chosen the workspace by the document: of nested ones the inner one.
    if context.document(&target.uri).is_none() {
        return Err(Failure::Refused("the document is in no workspace".to_owned()));
    }
    let (view, name) = (context.view(), target.name.as_str());
    Ok(Some(match command {
        RUN_TEST => run_test(view, name).into(),
        SHOW_WITNESS => match witness(view, name) {
            Some(words) => words.into(),
            None => return Err(Failure::Refused(format!("`{name}` is no audience, suppression or proof"))),
        },
        SHOW_FINDINGS => json!(findings(context, name)),
        _ => json!(references(context, name)),
    }))
}

fn findings(context: &Context, rule: &str) -> Vec<Location> {
    let all = context.view().assets.findings().filter(|found| found.code == rule);
    all.filter_map(|found| context.location(&found.primary.place)).collect()
}

fn references(context: &Context, name: &str) -> Vec<Location> {
    let view = context.view();
    let Some(target) = view.find_rule(name) else { return Vec::new() };
    let item = view.item(target);
    let what = Meant::Declaration(item.kind, item.path.clone());
    let places = references_to(view, target, &[&what], false);
    places.iter().filter_map(|place| context.location(place)).collect()
}
