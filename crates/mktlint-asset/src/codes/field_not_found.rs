//! A configured field, column or list that the file does not have.

use mktlint_diag::{Code, Diagnostic, Level, Place, closest};

/// A configured field, column or list that the file does not have.
pub static CODE: Code = Code {
    id: "MKT0712",
    slug: "field-not-found",
    level: Level::Error,
    page: include_str!("../../explain/MKT0712.md"),
};

/// No column of the header at `place` fits `pattern`, which the configuration names for `field`.
pub(crate) fn column_not_found<'c>(
    place: Place,
    field: &str,
    pattern: &str,
    columns: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let message = format!("there is no column `{pattern}`, from which `{field}` is to be read");
    let diagnostic = Diagnostic::new(&CODE, place, message);
    match closest(pattern, columns) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// The list `path`, whose items are the assets, is not in the file.
pub(crate) fn items_not_found(place: Place, path: &str) -> Diagnostic {
    Diagnostic::new(&CODE, place, format!("there is no list at `{path}`, whose items are the assets"))
        .help("mend `items` in `mktlint.toml`")
}
