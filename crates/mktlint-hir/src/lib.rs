//! Names, types and the meaning of declarations.

pub mod model;
