//! The function library: lengths, segments, sentences, reading grade, links, channel groups, dates.
