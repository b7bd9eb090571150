//! Prints `src/scanner/xid.h`: which characters a name is made of, outside ASCII, as the compiler sees it.
//!
//!     cargo run -p tree-sitter-mkt --example xid > grammar/tree-sitter-mkt/src/scanner/xid.h

use std::fmt::Write;

/// The characters that `holds` allows, as a table in C.
fn table(name: &str, holds: fn(char) -> bool) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for it in ('\u{80}'..=char::MAX).filter(|it| holds(*it)).map(u32::from) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == it => *last = it,
            _ => ranges.push((it, it)),
        }
    }
    let mut out = format!("static const struct Range {name}[] = {{");
    for (at, (first, last)) in ranges.iter().enumerate() {
        let gap = if at % 5 == 0 { "\n  " } else { " " };
        write!(out, "{gap}{{0x{first:X}, 0x{last:X}}},").expect("writing to a string cannot fail");
    }
    out.push_str("\n};\n");
    out
}

/// The whole header.
pub fn header() -> String {
    let start = table("XID_START", unicode_ident::is_xid_start);
    let go_on = table("XID_CONTINUE", unicode_ident::is_xid_continue);
    let intro = "/* Made by examples/xid.rs. */\n\n#pragma once\n\n#include <stdint.h>\n\n";
    format!("{intro}struct Range {{ uint32_t first, last; }};\n\n{start}\n{go_on}")
}

#[allow(dead_code, reason = "a test takes the header alone")]
fn main() {
    print!("{}", header());
}
