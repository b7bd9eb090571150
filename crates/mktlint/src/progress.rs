//! A sign of life for runs that take long.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use mktlint_host::system;

use crate::console::Console;

/// Shorter runs show nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error that tells how long the run has taken, until this is dropped.
#[derive(Debug)]
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts to wait. Shows nothing when standard error is no terminal, under `CI`, or when less is wanted.
    pub fn start(console: &Console, doing: &'static str) -> Self {
        if console.quiet || !stderr().is_terminal() || system::variable("CI").is_some() {
            return Self { running: None };
        }
        let (done, wait) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut elapsed = Duration::ZERO;
            while wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                elapsed += PATIENCE;
                let _ = write!(stderr(), "\r{doing} … {:.1} s", elapsed.as_secs_f32());
            }
            if !elapsed.is_zero() {
                let _ = write!(stderr(), "\r\x1b[2K");
            }
        });
        Self { running: Some((done, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.running.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}
