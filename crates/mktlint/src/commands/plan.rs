//! `mktlint plan`.

use std::path::PathBuf;

use mktlint_plan::{dump, file};

use crate::args::{Format, Global};
use crate::console::Console;
use crate::files;
use crate::home::{Home, working_directory};
use crate::status::{Status, Stop};

/// Flags of `plan`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint plan\n  mktlint plan -o acme.plan\n  mktlint check --plan acme.plan campaigns/"
)]
pub struct Args {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "output")]
    output_format: Format,
    /// Write the portable plan to this file instead
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Shows what policies compile to.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let compiled = match home.compile(global, console)? {
        Ok(compiled) => compiled,
        Err(status) => return Ok(status),
    };
    let plan = mktlint_plan::lower(&compiled.program());
    match (&args.output, args.output_format) {
        (Some(path), _) => {
            let full = working_directory()?.join(path);
            let bytes = file::to_bytes(&plan);
            files::write(&full, path, &bytes)?;
            console.note(&format!("wrote {} bytes to `{}`", bytes.len(), path.display()));
        }
        (None, Format::Text) => console.show(&dump::text(&plan))?,
        (None, Format::Json) => console.print(&format!("{:#}\n", dump::json(&plan)))?,
    }
    Ok(Status::OK)
}
