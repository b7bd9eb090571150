//! Changes as a patch.

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::console::Console;

/// The change from `old` to `new` of the file at `path` as a unified diff; empty when there is none.
pub fn unified(path: &str, old: &str, new: &str, console: &Console) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if out.is_empty() {
            out.push_str(&console.bold(&format!("--- a/{path}\n+++ b/{path}")));
            out.push('\n');
        }
        out.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
                ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
            };
            let line = change.value().strip_suffix('\n').unwrap_or(change.value());
            out.push_str(&console.styled(style, &format!("{sign}{line}")));
            out.push('\n');
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}
