//! Spans, line positions, and decoded text that knows the bytes it came from.
//!
//! Everything above stands on this crate; it stands on nothing of ours and knows neither files nor policies.

mod lines;
mod mapped;
mod span;

pub use lines::{LineColumn, LineIndex};
pub use mapped::{MappedText, Piece, PieceKind};
pub use span::Span;
