//! `mktlint init`.

mod library;
mod offers;
mod survey;
mod write;

use mktlint_host::workspace::Workspace;
use mktlint_host::{policy, system};

use crate::book::Shelf;
use crate::console::Console;
use crate::home::{Home, working_directory};
use crate::interrupt::uninterrupted;
use crate::policies::Policies;
use crate::status::{Status, Stop};
use library::Library;
use offers::Offers;
use survey::Survey;

/// Flags of `init`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Looks at the files of the working directory and writes `mktlint.toml` and `policy/main.mkt`.\n\
    Files that are there already are left as they are."
)]
pub struct Args {
    /// The first word of the names of your rules; that of the folder when it is not given
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Write nothing; print what would be written
    #[arg(long)]
    dry_run: bool,
}

/// Writes the first files.
pub fn run(args: &Args, console: &Console) -> Result<Status, Stop> {
    let folder = working_directory()?;
    let name = match &args.name {
        Some(name) if write::is_name(name) => name.clone(),
        Some(name) => {
            return Err(Stop::Usage(format!(
                "`{name}` is no name: write one word of letters, digits and `_`, not `std`"
            )));
        }
        None => write::name_of(&folder.file_name().unwrap_or_default().to_string_lossy()),
    };
    let workspace = Workspace::open(&folder, None).map_err(Stop::File)?;
    let survey = Survey::of(&workspace);
    let (policy, mut said) = compose(&survey, Home { folder: folder.clone(), workspace }, &name);
    for (path, text) in [("mktlint.toml", write::config(&name)), ("policy/main.mkt", policy)] {
        let full = folder.join(path);
        if args.dry_run {
            console.show(&format!("{}\n{text}\n", console.bold(&format!("# {path}"))))?;
            continue;
        }
        if system::exists(&full) {
            said.push(format!("left `{path}` as it is"));
            continue;
        }
        let fail = |reason: String| Stop::File(format!("`{path}` cannot be written: {reason}"));
        let parent = full.parent().unwrap_or(&folder);
        system::create_folder(parent).map_err(fail)?;
        uninterrupted(|| system::write_file(&full, text.as_bytes())).map_err(fail)?;
        said.push(format!("wrote `{path}`"));
    }
    said.push("next: `mktlint check`".to_owned());
    console.show(&format!("{}\n", said.join("\n")))?;
    Ok(Status::OK)
}

/// The first policy, and what to say about it.
fn compose(survey: &Survey, home: Home, name: &str) -> (String, Vec<String>) {
    // The standard library alone: a policy that is here already may be half written.
    let compiled = policy::compile(&home.workspace, &[], system::today());
    let policies = Policies::new(&home, &compiled);
    let program = policies.everything();
    let library = Library::new(&Shelf::new(&policies, &program, system::today()));
    let offers = Offers::of(survey, &library);
    (write::policy(survey, &offers, &library, name), write::said(survey, &offers, name))
}
