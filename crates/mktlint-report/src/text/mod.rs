//! Texts that findings point into, and text that is safe to print.

pub(crate) mod clean;
mod file;
mod texts;

pub(crate) use file::{FileText, Point, Unit};
pub(crate) use texts::Texts;
