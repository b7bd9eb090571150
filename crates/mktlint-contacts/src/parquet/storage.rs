//! Where the bytes of a Parquet file are.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

use crate::ReadError;

/// How many bytes are read at once where nobody says how many are needed.
const BLOCK: usize = 16 << 10;

/// Where the bytes of a Parquet file are. Several threads read at once.
#[derive(Debug)]
pub enum Storage {
    /// On a disk. The file has one position for all who read, so one reads at a time.
    File {
        /// The file.
        file: Mutex<File>,
        /// Its length when it was opened.
        len: u64,
    },
    /// In memory.
    Bytes(Bytes),
}

impl Storage {
    /// A file on a disk.
    pub fn file(mut file: File) -> std::result::Result<Self, ReadError> {
        let len = file.seek(SeekFrom::End(0)).map_err(ReadError::Io)?;
        Ok(Self::File { file: Mutex::new(file), len })
    }

    fn read(&self, start: u64, len: usize) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => {
                // `get_bytes` looked at the bounds.
                let start = usize::try_from(start).map_err(io::Error::other)?;
                Ok(bytes.slice(start..start + len))
            }
            Self::File { file, .. } => {
                let mut buffer = vec![0; len];
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(&mut buffer)?;
                Ok(buffer.into())
            }
        }
    }
}

impl Length for Storage {
    fn len(&self) -> u64 {
        match self {
            Self::File { len, .. } => *len,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

/// A [`Storage`] that readers share.
#[derive(Clone, Debug)]
pub struct Shared(pub std::sync::Arc<Storage>);

impl Length for Shared {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl ChunkReader for Shared {
    type T = Stream;

    fn get_read(&self, start: u64) -> Result<Stream> {
        Ok(Stream { of: self.clone(), at: start, block: Bytes::new() })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        // Before anything is allocated: a broken file asks for as much as it likes.
        let end = start.checked_add(length as u64);
        if end.is_none_or(|end| end > self.len()) {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at {start}, but there are {}",
                self.len()
            )));
        }
        self.0.read(start, length).map_err(|error| ParquetError::External(Box::new(error)))
    }
}

/// Reads on from a place.
#[derive(Debug)]
pub struct Stream {
    of: Shared,
    at: u64,
    block: Bytes,
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.block.is_empty() {
            let left = usize::try_from(self.of.len().saturating_sub(self.at)).unwrap_or(usize::MAX);
            self.block = self.of.0.read(self.at.min(self.of.len()), left.min(BLOCK))?;
            self.at += self.block.len() as u64;
        }
        let len = into.len().min(self.block.len());
        self.block.copy_to_slice(&mut into[..len]);
        Ok(len)
    }
}
