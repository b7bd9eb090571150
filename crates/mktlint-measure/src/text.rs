//! How a text is written: case, emoji, and shapes with a name.

mod case;
mod emoji;
mod shape;

pub use case::{UpperCase, upper_case};
pub use emoji::emoji_count;
pub use shape::Shape;
