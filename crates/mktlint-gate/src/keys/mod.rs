//! Who may decide in which role: members, their public keys, and when those count.

mod line;
mod roles;

pub use line::{Key, read};
pub use roles::{Declared, Role, Roles};
