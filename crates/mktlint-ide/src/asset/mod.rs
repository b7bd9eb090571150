//! Features of assets, one file each.

pub mod names;
