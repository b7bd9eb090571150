//! Which findings are wanted.

use mktlint_diag::{Diagnostic, Level};
use smol_str::SmolStr;

use crate::codes;

/// Which rules are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Rules to run; all when empty.
    pub select: Vec<SmolStr>,
    /// Rules to leave out.
    pub ignore: Vec<SmolStr>,
}

impl Selection {
    /// Whether findings like `found` are wanted. What was not judged is told in any case.
    pub fn wants(&self, found: &Diagnostic) -> bool {
        let is_named = |list: &[SmolStr]| list.iter().any(|name| names(name, &found.code));
        let is_selected = self.select.is_empty() || is_named(&self.select);
        // Whoever asks for some rules does not ask to trust a file that none of them could read.
        let is_broken =
            found.level == Level::Error && mktlint_asset::CODES.iter().any(|it| it.id == found.code);
        is_about_the_run(&found.code) || (is_selected || is_broken) && !is_named(&self.ignore)
    }
}

/// Whether the code tells of a file, a policy or a configuration that could not be used: no selection hides that.
fn is_about_the_run(code: &str) -> bool {
    let lists = [codes::CODES, mktlint_syntax::CODES];
    lists.into_iter().flatten().any(|known| known.id == code)
}

/// Whether `wanted` is `name`, or the end of it from a full stop on.
pub fn is_name_of(wanted: &str, name: &str) -> bool {
    wanted == name || name.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether `wanted` is `name`, the start of it up to a full stop, or the end of it from one.
pub fn names(wanted: &str, name: &str) -> bool {
    let starts = name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    starts || is_name_of(wanted, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_what_starts_or_ends_with_it() {
        assert!(names("std.us", "std.us.can_spam.no_fake_reply"));
        assert!(names("no_fake_reply", "std.us.can_spam.no_fake_reply"));
        assert!(names("MKT0501", "MKT0501"));
        assert!(!names("std.u", "std.us.can_spam"));
        assert!(!names("reply", "std.us.can_spam.no_fake_reply"));
    }
}
