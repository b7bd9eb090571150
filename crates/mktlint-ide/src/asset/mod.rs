//! Features of assets, one file each.
