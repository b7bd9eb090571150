//! An approval that nobody can give.

use mktlint_diag::{Code, Level};
use mktlint_text::Span;

use crate::draft::Draft;

/// An approval that nobody can give.
pub static CODE: Code = Code {
    id: "MKT0424",
    slug: "impossible-approval",
    level: Level::Error,
    page: include_str!("../../explain/MKT0424.md"),
};

/// `approve 0 of legal`
pub fn by_nobody(span: Span, role: &str) -> Draft {
    Draft::new(&CODE, span, format!("an approval by nobody of `{role}` is none"))
        .help("write `approve 1 of` or more; a tier that nobody must approve needs no `approve`")
}

/// `approve legal` and `approve 2 of legal`
pub fn twice(span: Span, role: &str) -> Draft {
    Draft::new(&CODE, span, format!("`{role}` is asked twice"))
        .help(format!("say once how many of `{role}` must approve"))
}

/// Roles with fewer members together than must approve.
pub fn too_few(span: Span, roles: &[&str], n_members: usize, n_wanted: usize) -> Draft {
    let members = if n_members == 1 { "1 member".to_owned() } else { format!("{n_members} members") };
    let names: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
    let message = match names.as_slice() {
        [one] => format!("{one} has {members}, and {n_wanted} must approve"),
        _ => format!("{} have {members} together, and {n_wanted} must approve", names.join(" and ")),
    };
    Draft::new(&CODE, span, message)
        .note("one person approves once")
        .help("ask fewer, or add members to the role")
}
