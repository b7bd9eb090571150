//! A stream of text cut into chunks of whole records.

use std::io::{ErrorKind, Read};

use super::split::{Range, Split};
use crate::ReadError;
use crate::parallel::Feed;

/// How many bytes a chunk has, unless one record has more.
const CHUNK: usize = 256 << 10;

/// The most bytes of one record.
pub const MOST_RECORD: usize = 4 << 20;

/// Some whole records.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Their text.
    pub text: Vec<u8>,
    /// The records in it.
    pub records: Vec<Range>,
    /// The line in which the text starts, counted from 1.
    pub line: u64,
    /// How many records came before.
    pub records_before: u64,
}

/// Cuts a stream into chunks.
pub struct Chunks<'r, S> {
    read: Box<dyn Read + Send + 'r>,
    split: S,
    /// Read and not handed over.
    text: Vec<u8>,
    /// How much of it the splitter knows.
    scanned: usize,
    records: Vec<Range>,
    line: u64,
    n_records: u64,
    is_over: bool,
}

impl<'r, S: Split> Chunks<'r, S> {
    /// The chunks of `start` and what `read` has behind it.
    pub fn new(start: Vec<u8>, read: Box<dyn Read + Send + 'r>, split: S) -> Self {
        Self {
            read,
            split,
            text: start,
            scanned: 0,
            records: Vec::new(),
            line: 1,
            n_records: 0,
            is_over: false,
        }
    }

    /// Reads on and scans.
    fn fill(&mut self) -> Result<(), ReadError> {
        let more = more(&mut self.read, &mut self.text, CHUNK)?;
        let line = self.line;
        let brackets = |text: &[u8], at: usize| ReadError::Brackets { line: line + lines(&text[..at]) };
        let scanned = self.split.scan(&self.text, self.scanned, &mut self.records);
        scanned.map_err(|at| brackets(&self.text, at))?;
        self.scanned = self.text.len();
        if !more {
            self.is_over = true;
            let finished = self.split.finish(&self.text, &mut self.records);
            finished.map_err(|at| brackets(&self.text, at))?;
        }
        let start = self.split.start();
        if self.text.len() - start > MOST_RECORD {
            return Err(ReadError::TooLong {
                line: self.line + lines(&self.text[..start]),
                most: MOST_RECORD,
            });
        }
        Ok(())
    }

    /// Hands over all that is complete.
    fn cut(&mut self) -> Chunk {
        let end = self.split.start().min(self.text.len());
        let rest = self.text[end..].to_vec();
        let mut text = std::mem::replace(&mut self.text, rest);
        text.truncate(end);
        self.split.shift(end);
        self.scanned = self.text.len();
        let records = std::mem::take(&mut self.records);
        let chunk = Chunk { line: self.line, records_before: self.n_records, text, records };
        self.line += lines(&chunk.text);
        self.n_records += chunk.records.len() as u64;
        chunk
    }
}

fn lines(text: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', text).count() as u64
}

/// Reads until `text` has `wanted` bytes more; `false` at the end of the file.
pub fn more(read: &mut dyn Read, text: &mut Vec<u8>, wanted: usize) -> Result<bool, ReadError> {
    let before = text.len();
    text.resize(before + wanted, 0);
    let mut len = before;
    while len < text.len() {
        match read.read(&mut text[len..]) {
            Ok(0) => {
                text.truncate(len);
                return Ok(false);
            }
            Ok(n_bytes) => len += n_bytes,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(ReadError::Io(error)),
        }
    }
    Ok(true)
}

/// The first bytes of a file without its mark of UTF-8, and whether there are more.
///
/// # Errors
/// When there are none, they are UTF-16, or not text at all: of a compressed file the rows would be noise.
pub fn beginning(read: &mut dyn Read) -> Result<Vec<u8>, ReadError> {
    let mut text = Vec::new();
    more(read, &mut text, CHUNK)?;
    match text.as_slice() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err(ReadError::Encoding("UTF-16")),
        [0x1F, 0x8B, ..] => Err(ReadError::Compressed("gzip")),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Err(ReadError::Compressed("zstd")),
        [b'P', b'K', 3, 4, ..] => Err(ReadError::Compressed("zip")),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok(rest.to_vec()),
        _ => Ok(text),
    }
    .and_then(|text| if text.trim_ascii().is_empty() { Err(ReadError::Empty) } else { Ok(text) })
}

impl<S: Split> Feed for Chunks<'_, S> {
    type Work = Chunk;

    fn next(&mut self) -> Result<Option<Chunk>, ReadError> {
        while !self.is_over && self.records.is_empty() {
            self.fill()?;
            // A gigabyte of blank lines is not kept.
            if self.records.is_empty() {
                self.cut();
            }
        }
        let chunk = self.cut();
        Ok((!chunk.records.is_empty()).then_some(chunk))
    }
}
