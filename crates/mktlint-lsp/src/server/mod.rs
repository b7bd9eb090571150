//! The loop.

mod capabilities;

pub use capabilities::capabilities;
