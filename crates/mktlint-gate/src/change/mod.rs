//! What changed between two states, as meaning.
