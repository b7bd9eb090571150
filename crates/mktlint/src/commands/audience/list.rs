//! `mktlint audience list`.

use serde_json::{Value as Json, json};

use crate::args::{Day, Format, Global};
use crate::console::Console;
use crate::people::{Crowd, Extent, Group, as_json};
use crate::status::{Status, Stop};
use crate::words::counted;

/// Flags of `audience list`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint audience list\n  mktlint audience list --at 2026-12-24 --output-format json"
)]
pub struct Args {
    #[command(flatten)]
    day: Day,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

/// Lists audiences and suppressions.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let (audiences, suppressions) = (crowd.audiences(), crowd.suppressions());
    let mut solver = crowd.solver();
    let groups = audiences.iter().chain(&suppressions);
    let rows: Vec<(&Group<'_>, Extent)> =
        groups.map(|group| (group, crowd.extent(&group.formula(), &mut solver))).collect();
    match args.output_format {
        Format::Text => {
            let blocks: Vec<String> =
                rows.iter().map(|(group, extent)| block(group, extent, &crowd, console)).collect();
            console.show(&blocks.join("\n"))?;
            let n = suppressions.len();
            console.note(&format!(
                "{}, {} in force",
                counted(audiences.len(), "audience"),
                counted(n, "suppression")
            ));
        }
        Format::Json => {
            let all: Vec<Json> =
                rows.iter().map(|(group, extent)| row_as_json(group, extent, &crowd)).collect();
            console.print(&format!("{:#}\n", json!(all)))?;
        }
    }
    Ok(Status::OK)
}

fn block(group: &Group<'_>, extent: &Extent, crowd: &Crowd, console: &Console) -> String {
    let kind = match group.suppression {
        Some(_) => format!(" (suppression{})", group.on_channels()),
        None => String::new(),
    };
    let title = group.title.map(|title| format!(": {title}")).unwrap_or_default();
    let written = crowd.written(group);
    let mut block = format!("{}{kind}{title}\n  {}\n", console.bold(group.name), written.condition);
    if let Some(unless) = written.unless {
        block.push_str(&format!("  unless {unless}\n"));
    }
    block.push_str(&format!("  {}\n", extent_in_words(extent, crowd)));
    block
}

/// `for example { … }`, or that there is nobody to show.
pub fn extent_in_words(extent: &Extent, crowd: &Crowd) -> String {
    match extent {
        Extent::Nobody => "nobody is in it".to_owned(),
        Extent::Everyone => "everyone is in it".to_owned(),
        Extent::Some(witness) => format!("for example {}", crowd.show(witness)),
        Extent::Undecided(undecided) => {
            format!("whether anybody is in it cannot be decided: {}", crowd.why(undecided))
        }
    }
}

fn row_as_json(group: &Group<'_>, extent: &Extent, crowd: &Crowd) -> Json {
    let written = crowd.written(group);
    json!({
        "name": group.name,
        "kind": group.kind(),
        "title": group.title,
        "docs": group.docs,
        "channels": group.suppression.map(|_| group.channels()),
        "condition": written.condition,
        "unless": written.unless,
        "who": extent_as_json(extent, crowd),
        "declared": crowd.place(group.place),
    })
}

/// `{ "size": "some", "example": { … } }`; the size is `nobody`, `everyone`, `some` or `undecided`.
pub fn extent_as_json(extent: &Extent, crowd: &Crowd) -> Json {
    match extent {
        Extent::Nobody => json!({ "size": "nobody" }),
        Extent::Everyone => json!({ "size": "everyone" }),
        Extent::Some(witness) => json!({ "size": "some", "example": as_json(witness) }),
        Extent::Undecided(undecided) => json!({ "size": "undecided", "why": crowd.why(undecided) }),
    }
}
