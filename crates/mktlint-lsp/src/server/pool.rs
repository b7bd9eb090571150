//! Threads that answer requests.

use std::io;
use std::thread;

use crossbeam_channel::{Sender, unbounded};

/// Something to do.
type Task = Box<dyn FnOnce() + Send>;

/// A few threads that take tasks in the order they came.
pub struct Pool {
    tasks: Sender<Task>,
}

impl Pool {
    /// Starts `n_threads`. They end when the pool is dropped and nothing waits. A task must not panic.
    pub fn start(n_threads: usize) -> io::Result<Self> {
        let (tasks, waiting) = unbounded::<Task>();
        for number in 0..n_threads {
            let waiting = waiting.clone();
            let name = format!("request {number}");
            thread::Builder::new().name(name).spawn(move || waiting.iter().for_each(|task| task()))?;
        }
        Ok(Self { tasks })
    }

    /// Does `task` when a thread is free.
    pub fn spawn(&self, task: impl FnOnce() + Send + 'static) {
        // The threads live as long as the pool, so somebody takes it.
        let _ = self.tasks.send(Box::new(task));
    }
}
