//! Names the build, so that a cache written by another one is never used.

#![allow(clippy::disallowed_methods, reason = "a build script is outside the house")]

use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    // Any change of our crates rebuilds this one, whose script then runs again.
    for folder in ["../", "../../stdlib"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    println!("cargo::rustc-env=MKTLINT_BUILD={seconds}");
}
