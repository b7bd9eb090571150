//! Ctrl-C, and the signals that end a process politely.

use std::sync::{Mutex, PoisonError};

/// Held while a file is written, so that an interrupt waits for its end.
static WRITING: Mutex<()> = Mutex::new(());

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
        std::process::exit(INTERRUPTED);
    });
}

/// Runs `write`; an interrupt waits for it.
pub fn uninterrupted<T>(write: impl FnOnce() -> T) -> T {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    write()
}
