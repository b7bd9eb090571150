//! One matcher for all phrases and patterns of all rules.
