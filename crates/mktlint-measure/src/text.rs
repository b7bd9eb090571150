//! How a text is written: case, punctuation, emoji, and formats with a name.

mod case;
mod emoji;
mod format;
mod punctuation;

pub use case::{UpperCase, title_case, upper_case};
pub use emoji::emoji_count;
pub use format::Format;
pub use punctuation::{exclamation_count, repeated_punctuation};
