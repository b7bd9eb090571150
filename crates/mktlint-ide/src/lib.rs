//! What editors show of policies and assets, in editor words.
//!
//! A feature is a function of a [`View`], a file and an offset in bytes, and returns spans and texts; who speaks with an
//! editor turns those into its protocol. One file for each feature: [`policy`] for `.mkt` files, [`asset`] for what they
//! judge.

pub mod asset;
#[cfg(test)]
mod fixture;
mod model;
pub mod policy;
mod view;

pub use model::{
    ActionKind, CodeAction, Completion, CompletionKind, FileEdits, Hint, HintKind, Hover, Lens, LensAction,
};
pub use view::{AssetFile, Assets, JudgedFile, Texts, View};
