//! The one door to the world: configuration, discovery, reading, caching, running.
//!
//! Only this crate opens files, reads the clock and the environment. Everything below it takes what it finds as input.

pub mod baseline;
mod cache;
pub mod codes;
pub mod config;
pub mod flow;
pub mod gate;
pub mod git;
pub mod keys;
pub mod library;
pub mod live;
pub mod packs;
pub mod policy;
pub mod records;
mod run;
#[cfg(all(test, unix))]
mod scratch;
pub mod state;
pub mod system;
pub mod waivers;
pub mod workspace;

pub use run::{
    Checked, Explained, FixedFile, Fixing, Inline, Inlined, ManifestFile, Session, Settings, Shown, Standing,
    StartError, Waiver, check, check_under, directives, explain, fix, judge_text, manifests, shown_path,
    waive_inline,
};
