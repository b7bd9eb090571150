//! Writes the workspace that editors are measured with.
//!
//! `cargo run --release -p mktlint-host --example big_workspace -- FOLDER`

#![allow(clippy::disallowed_methods, reason = "it writes a folder")]

mod content;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).ok_or_else(|| io::Error::other("name a folder"))?;
    let (mut n, mut bytes) = (0, 0);
    for (path, text) in content::files() {
        let path = Path::new(&folder).join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(&path, &text)?;
        (n, bytes) = (n + 1, bytes + text.len());
    }
    println!("{n} files, {} KB, a policy of {} lines", bytes / 1000, content::policy().lines().count());
    Ok(())
}
