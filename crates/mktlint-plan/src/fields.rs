//! Fields of records: from files, or derived.
