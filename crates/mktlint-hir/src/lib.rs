//! Names, types and the meaning of declarations.
