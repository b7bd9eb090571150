//! A field or member that its type does not have.

use mktlint_diag::{Code, Level, closest};
use mktlint_syntax::ast::Name;
use smol_str::SmolStr;

use crate::draft::Draft;
use crate::model::DeclPath;
use crate::model::types::Type;

/// A field or member that its type does not have.
pub static CODE: Code = Code {
    id: "MKT0204",
    slug: "unknown-member",
    level: Level::Error,
    page: include_str!("../../explain/MKT0204.md"),
};

/// A member of an enum.
pub fn of_enum(name: &Name, of: &DeclPath, members: &[SmolStr]) -> Draft {
    let near = closest(&name.text, members.iter().map(SmolStr::as_str)).map(SmolStr::new);
    let draft = Draft::new(&CODE, name.span, format!("`{}` has no member `{}`", of.name(), name.text));
    match near {
        Some(near) => draft.did_you_mean(Some(&near)),
        None => draft.help(format!("it has {}", few(members))),
    }
}

/// A stage of a pipeline.
pub fn of_pipeline(name: &Name, stages: &[SmolStr]) -> Draft {
    let near = closest(&name.text, stages.iter().map(SmolStr::as_str)).map(SmolStr::new);
    let draft = Draft::new(&CODE, name.span, format!("the pipeline has no stage `{}`", name.text));
    match near {
        Some(near) => draft.did_you_mean(Some(&near)),
        None => draft.help(format!("it has {}", few(stages))),
    }
}

/// A field of a record.
pub fn of_record(name: &Name, of: &DeclPath, fields: &[SmolStr]) -> Draft {
    let near = closest(&name.text, fields.iter().map(SmolStr::as_str)).map(SmolStr::new);
    let what = if of.name().starts_with("contact_") { "contact" } else { of.name() };
    let draft = Draft::new(&CODE, name.span, format!("`{what}` has no field `{}`", name.text));
    match near {
        Some(near) => draft.did_you_mean(Some(&near)),
        None if fields.is_empty() => draft,
        None => draft.help(format!("it has {}", few(fields))),
    }
}

/// A field of something that has none.
pub fn of_other(name: &Name, of: &Type) -> Draft {
    let draft = Draft::new(&CODE, name.span, format!("a `{of}` has no fields, so no `{}`", name.text));
    match of.item() {
        Some(_) => {
            draft.help("write `length(…)` for how many it holds, or `any … in … where …` for its items")
        }
        None => draft,
    }
}

fn few(names: &[SmolStr]) -> String {
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > 5 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
