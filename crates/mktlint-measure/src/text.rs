//! How a text is written: case, emoji, repetition, parts, and shapes with a name.

mod case;
mod emoji;
mod headline;
mod part;
mod repeat;
mod shape;

pub use case::{UpperCase, upper_case};
pub use emoji::{emoji_count, emojis, is_emoji};
pub use headline::{is_sentence_case, is_title_case};
pub use part::{first, last, squashed};
pub use repeat::repeated_words;
pub use shape::Shape;
