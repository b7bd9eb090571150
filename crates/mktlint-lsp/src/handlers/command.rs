//! `workspace/executeCommand`: what lenses and editors ask for by name.

use gen_lsp_types::{ExecuteCommandParams, LspAny};

use crate::context::Context;
use crate::failure::{Answer, Failure};

/// The commands, for `initialize`.
pub const NAMES: &[&str] = &[];

/// Runs a command.
pub fn execute(_context: &Context, params: ExecuteCommandParams) -> Answer<Option<LspAny>> {
    Err(Failure::Refused(format!("there is no command `{}`", params.command)))
}
