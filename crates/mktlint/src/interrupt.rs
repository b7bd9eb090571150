//! Ctrl-C, and the signals that end a process politely.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use mktlint_host::system;

/// Held while a file is written, so that an interrupt waits for its end.
static WRITING: Mutex<()> = Mutex::new(());

/// A file that grows for a long time beside the one that it will become, so that nobody wants to wait for its end.
static GROWING: Mutex<Option<PathBuf>> = Mutex::new(None);

/// What shells expect of a process that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Makes Ctrl-C, SIGTERM and SIGHUP wait until the file that is being written is complete.
///
/// Files are written beside the old one and then take its place, so none is ever half; without this the one beside
/// could stay behind.
pub fn leave_no_half_written_file() {
    // Fails only when another handler is there, and then that one decides.
    let _ = ctrlc::set_handler(|| {
        let _done = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = GROWING.lock().unwrap_or_else(PoisonError::into_inner).take() {
            system::remove_own(&path);
        }
        std::process::exit(INTERRUPTED);
    });
}

/// Runs `write`; an interrupt waits for it.
pub fn uninterrupted<T>(write: impl FnOnce() -> T) -> T {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    write()
}

/// As long as this lives, an interrupt removes the file that it was made for.
#[derive(Debug)]
pub struct Removing;

/// Makes an interrupt remove the file at `path`, for as long as the result lives; there is one such file at a time.
pub fn removing(path: &Path) -> Removing {
    *GROWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
    Removing
}

impl Drop for Removing {
    fn drop(&mut self) {
        *GROWING.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
