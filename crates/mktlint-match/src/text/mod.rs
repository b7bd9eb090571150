//! How text is read: which characters count, which are equal, where words are.

pub(crate) mod chars;
pub(crate) mod hash;
pub(crate) mod words;
