//! Broken files make the Parquet reader panic; here that is an error.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::ParquetError;

use crate::ReadError;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread would be the answer of the Parquet reader to a broken file, which becomes a
/// [`ReadError`], so that a panic hook should keep silent.
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

/// Lets the Parquet reader work; its panics are errors.
///
/// Nothing that `work` was about may be used after an error: it may be half done.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ReadError> {
    IS_GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(false);
    match result {
        Ok(result) => result.map_err(complaint),
        Err(_) => Err(ReadError::Parquet("it breaks the rules of the format".to_owned())),
    }
}

fn complaint(error: ParquetError) -> ReadError {
    if let ParquetError::External(inner) = error {
        return match inner.downcast::<std::io::Error>() {
            Ok(error) => ReadError::Io(*error),
            Err(other) => ReadError::Parquet(other.to_string()),
        };
    }
    let text = error.to_string();
    // `Parquet error: …`, `EOF: …`
    ReadError::Parquet(text.split_once(": ").map_or(text.as_str(), |(_, what)| what).to_owned())
}
