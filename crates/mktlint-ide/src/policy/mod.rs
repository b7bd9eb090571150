//! Features of policy files, one file each.
