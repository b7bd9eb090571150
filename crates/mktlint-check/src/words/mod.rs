//! What words in a text are: how they are used, how they are written, how far apart they stand.

pub mod casing;
pub mod gap;
pub mod layout;
pub mod speech;
