//! How a text is written: case, emoji, and formats with a name.

mod case;
mod emoji;
mod format;

pub use case::{UpperCase, upper_case};
pub use emoji::emoji_count;
pub use format::Format;
