//! The function library: lengths, segments, sentences, reading grade, links, channel groups, hashtags, percentages,
//! dates, time zones.
//!
//! Everything here is a pure function of its arguments: no file, no clock, no table that can change between two runs.
//! Ranges are bytes of the text that was handed in, on character boundaries; going on from there to the bytes of a
//! file is the business of whoever decoded the text. Nothing reports anything: functions return what they found, and
//! the wording belongs to the caller. Every function runs in time linear in its input.

pub mod channel_group;
pub mod date;
pub mod language;
pub mod length;
pub mod link;
pub mod percent;
pub mod personal;
pub mod readability;
pub mod sms;
pub mod text;
pub mod tweet;
pub mod unsubscribe;
pub mod utm;
pub mod zones;
