//! Lists the files of the standard library, so that a new pack is a new file and nothing else.

#![allow(clippy::disallowed_methods, reason = "a build script is outside the house")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../stdlib");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let relative = file.strip_prefix(&root).unwrap_or(&file).with_extension("");
        let words: Vec<String> = relative.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let (path, module) = (words.join("/"), words.join("."));
        let full = file.canonicalize()?;
        let _ = writeln!(list, "    (\"std/{path}.mkt\", \"std.{module}\", include_str!({full:?})),");
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("stdlib.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "mkt") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
