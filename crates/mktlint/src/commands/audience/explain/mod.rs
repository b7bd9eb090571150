//! `mktlint audience explain`.

mod change;
mod tree;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use mktlint_contacts::contact_from_json;
use mktlint_decide::{Contact, Schema, eval};
use mktlint_host::system;
use mktlint_measure::personal::mask;
use serde_json::{Value as Json, json};

use crate::args::{Day, Format, Global};
use crate::console::Console;
use crate::people::{Crowd, named};
use crate::status::{Reason, Status, Stop};
use change::Change;
use tree::Line;

/// A contact is one record; files that are larger hold something else.
const MOST_BYTES: u64 = 1 << 20;

/// Flags of `audience explain`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  mktlint audience explain vip --contact contact.json\n  \
    echo '{ \"country\": \"DE\", \"stage\": \"lapsed\" }' | mktlint audience explain lapsed_eu --contact -\n\n\
    The file holds one JSON object with the attributes of a contact; what is left out is missing, and what the audience does not \
    look at may be left out.\n\n\
    Exit status:\n  \
      0  it is decided whether the contact is in\n  \
      4  it is not, or the file cannot be used")]
pub struct Args {
    /// An audience or suppression; the last words of its name will do
    #[arg(value_name = "NAME")]
    name: String,
    /// The contact, as a JSON object; standard input for `-`
    #[arg(long, value_name = "FILE")]
    contact: PathBuf,
    /// Show email addresses and phone numbers as they are
    #[arg(long)]
    show_personal_data: bool,
    #[command(flatten)]
    day: Day,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

/// Says why a contact is in or out.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let group = named(&args.name, &crowd.groups(), "audience")?;
    let contact = read(&args.contact, group.name, &crowd)?;
    let formula = group.own();
    let story = Story {
        name: group.name,
        is_in: eval(&formula, crowd.definitions(), &contact, crowd.now),
        lines: tree::lines(group.name, &contact, &crowd),
        reasons: reasons(&crowd, &formula, &contact),
        changes: change::changes(group.name, &contact, &crowd),
    };
    let cover = |text: String| if args.show_personal_data { text } else { mask(&text).into_owned() };
    match args.output_format {
        Format::Text => console.show(&cover(story.text(console)))?,
        Format::Json => console.print(&cover(format!("{:#}\n", story.json())))?,
    }
    Ok(Status::OK.when(story.is_in.is_none(), Reason::Undecided))
}

/// The contact in the file at `path`, which must have what `name` looks at.
fn read(path: &Path, name: &str, crowd: &Crowd) -> Result<Contact, Stop> {
    let shown =
        if path == Path::new("-") { "standard input".to_owned() } else { format!("`{}`", path.display()) };
    let fail = |reason: String| Stop::File(format!("{shown}: {reason}"));
    let plain = |error: std::io::Error| fail(mktlint_host::workspace::reason(&error));
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(plain)?;
    } else {
        let file = system::open_file(&crowd.home.folder.join(path)).map_err(fail)?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(plain)?;
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(fail("it is too large for one contact; `mktlint audience eval` reads many".to_owned()));
    }
    let json: Json =
        serde_json::from_slice(&bytes).map_err(|error| fail(format!("it is no JSON: {error}")))?;
    contact_from_json(&json, &needed(name, crowd)).map_err(|wrong| {
        let all: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        fail(all.join("; "))
    })
}

/// The schema, in which everything can be missing that the definition `name` does not look at.
fn needed(name: &str, crowd: &Crowd) -> Schema {
    let looked_at = crowd.looked_at(name);
    let mut schema = crowd.schema().clone();
    for attribute in &mut schema.attributes {
        attribute.optional |= !looked_at.contains(attribute.name.as_str());
    }
    schema
}

/// The conditions that decide it, with their places.
fn reasons(crowd: &Crowd, formula: &mktlint_decide::Formula, contact: &Contact) -> Vec<String> {
    let origins = crowd.solver().reasons(formula, contact, crowd.now);
    let mut reasons: Vec<String> = origins.iter().filter_map(|origin| crowd.condition(origin)).collect();
    reasons.dedup();
    reasons
}

/// `lines` below each other, `word` before the first.
fn block(word: &str, lines: &[String]) -> String {
    let Some((first, others)) = lines.split_first() else { return String::new() };
    let others = others.iter().map(|line| format!("{:1$}  {line}\n", "", word.len()));
    format!("\n{word}  {first}\n{}", others.collect::<String>())
}

/// Why a contact is in or out.
struct Story<'c> {
    name: &'c str,
    /// `None` when that hangs on a condition that is not understood.
    is_in: Option<bool>,
    lines: Vec<Line>,
    reasons: Vec<String>,
    changes: Vec<Change>,
}

impl Story<'_> {
    fn text(&self, console: &Console) -> String {
        let verdict = match self.is_in {
            Some(true) => "in",
            Some(false) => "out",
            None => "cannot be decided",
        };
        let mut text = format!("{}: {}\n\n", console.bold(self.name), console.bold(verdict));
        let words = |line: &Line| format!("{}{}", "  ".repeat(line.depth), line.condition);
        // Long lists of countries push the values off the screen; those lines do without alignment.
        let widths = self.lines.iter().map(|line| words(line).chars().count());
        let width = widths.filter(|width| *width <= 60).max().unwrap_or(0);
        for line in &self.lines {
            let row = format!("{:<3}  {:<width$}  {}", line.verdict(), words(line), line.values);
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text.push_str(&block(if self.is_in.is_some() { "because" } else { "hangs on" }, &self.reasons));
        let changes: Vec<String> = self.changes.iter().map(|change| change.words().to_owned()).collect();
        text.push_str(&block(if self.is_in == Some(true) { "out with" } else { "in with" }, &changes));
        if self.changes.is_empty() && self.is_in.is_some() {
            text.push_str("\nno change of one attribute alone changes that\n");
        }
        text
    }

    fn json(&self) -> Json {
        let line = |line: &Line| json!({ "depth": line.depth, "condition": line.condition, "holds": line.holds, "values": line.values });
        json!({
            "name": self.name,
            "in": self.is_in,
            "conditions": self.lines.iter().map(line).collect::<Vec<_>>(),
            "because": self.reasons,
            "changes": self.changes.iter().map(Change::json).collect::<Vec<_>>(),
        })
    }
}
