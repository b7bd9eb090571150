//! Formats that people read.

pub(crate) mod concise;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod pretty;
pub(crate) mod words;
