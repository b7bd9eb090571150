//! Contacts in text, one record behind the other.

mod chunks;
mod csv;
mod json;
mod split;

pub use csv::run as run_csv;
pub use json::{Names, put_object, run as run_json};
pub use split::{JsonLines, JsonValues};
