//! Declarations that are named and do not exist.

use mktlint_hir::names::kind_of_word;
use mktlint_hir::names::{Namespace, file_scope};

use super::site::Site;

/// A declaration of that kind and name with places to fill; `None` for kinds that nothing can be guessed of.
pub fn skeleton(kind: &str, name: &str) -> Option<String> {
    Some(match kind {
        "audience" => format!("audience {name} = true"),
        "suppress" => format!("suppress {name} {{\n  who true\n}}"),
        "region" => format!("region {name} = [DE]"),
        "role" => format!("role {name} {{\n  members [\"name@example.com\"]\n}}"),
        "tier" => format!("tier {name} {{\n  expires after 30 days\n}}"),
        "evidence" => format!("evidence {name} {{\n  document \"evidence/{name}.pdf\"\n}}"),
        "disclosure" => format!("disclosure {name} \"the words of it\""),
        "claim" => format!("claim {name} {{\n  says \"the words of it\"\n}}"),
        "merge" => format!("merge {name} {{\n  length ..=30\n}}"),
        "enum" => format!("enum {name} {{ one, other }}"),
        "lifecycle" => format!("lifecycle {name} {{\n  first -> second\n}}"),
        "fn" => format!("fn {name}(text: Text) -> Bool = text != \"\""),
        "fact" => format!("fact {name}: Bool"),
        _ => return None,
    })
}

/// `wanted`, or with a number behind it where the file has something of that name.
pub fn free_name(site: &Site<'_>, kind: &str, wanted: &str) -> String {
    let scope = file_scope(site.view.db, site.file);
    let space = kind_of_word(kind).map_or(Namespace::Values, Namespace::of);
    let is_free = |name: &str| !scope.names.contains_key(&(space, name.into()));
    let numbered = || (2..).map(|n| format!("{wanted}_{n}")).find(|name| is_free(name));
    if is_free(wanted) { wanted.to_owned() } else { numbered().unwrap_or_default() }
}
