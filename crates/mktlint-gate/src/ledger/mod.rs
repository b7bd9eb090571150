//! All records together: search, and whether anything is missing or altered.
