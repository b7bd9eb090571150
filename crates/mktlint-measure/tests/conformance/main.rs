//! Whole files of expected values that others wrote; `tests/conformance/README.md` says from where.

#![allow(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

mod twitter_text;
mod unsubscribe;
mod yaml;
