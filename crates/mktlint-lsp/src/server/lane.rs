//! Work behind the answers, of which only the newest counts.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Which work replaces which: the number of a workspace.
pub type Key = u32;

/// Work; it asks [`Stop::is_set`] now and then, and ends early when it is.
pub type Job = Box<dyn FnOnce(&Stop) + Send>;

/// Tells a job that its result is no longer wanted.
#[derive(Clone, Debug)]
pub struct Stop {
    newest: Arc<AtomicU64>,
    own: u64,
}

impl Stop {
    /// Whether newer work waits.
    pub fn is_set(&self) -> bool {
        self.newest.load(Ordering::Relaxed) != self.own
    }
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<(Key, Stop, Job)>,
    closed: bool,
}

#[derive(Default)]
struct Inbox {
    waiting: Mutex<Waiting>,
    ready: Condvar,
}

/// A thread that does one job after the other. A job that waits is replaced by a newer one with its key, and one that
/// runs is asked to stop, so that a burst of edits costs little more than the last of them.
pub struct Lane {
    inbox: Arc<Inbox>,
    newest: std::collections::BTreeMap<Key, Arc<AtomicU64>>,
}

impl Lane {
    /// Starts the thread. `on_bug` is told the words of a panic; what a panic leaves is the job's own.
    pub fn start(name: &str, on_bug: impl Fn(String) + Send + 'static) -> std::io::Result<Self> {
        let inbox = Arc::new(Inbox::default());
        let own = inbox.clone();
        thread::Builder::new().name(name.to_owned()).spawn(move || own.work(&on_bug))?;
        Ok(Self { inbox, newest: std::collections::BTreeMap::new() })
    }

    /// Puts `job` in the place of every other with this key.
    pub fn post(&mut self, key: Key, job: Job) {
        let newest = self.newest.entry(key).or_default();
        let own = newest.fetch_add(1, Ordering::Relaxed) + 1;
        let stop = Stop { newest: newest.clone(), own };
        let mut waiting = self.inbox.lock();
        waiting.jobs.retain(|(other, ..)| *other != key);
        waiting.jobs.push_back((key, stop, job));
        self.inbox.ready.notify_one();
    }

    /// Asks every job with this key to stop, and drops those that wait.
    pub fn clear(&mut self, key: Key) {
        if let Some(newest) = self.newest.get(&key) {
            newest.fetch_add(1, Ordering::Relaxed);
        }
        self.inbox.lock().jobs.retain(|(other, ..)| *other != key);
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        for newest in self.newest.values() {
            newest.fetch_add(1, Ordering::Relaxed);
        }
        let mut waiting = self.inbox.lock();
        waiting.jobs.clear();
        waiting.closed = true;
        self.inbox.ready.notify_one();
    }
}

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<(Stop, Job)> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some((_, stop, job)) = waiting.jobs.pop_front() {
                return Some((stop, job));
            }
            waiting = self.ready.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self, on_bug: &dyn Fn(String)) {
        while let Some((stop, job)) = self.next() {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| job(&stop)))
                && let Some(words) = super::panic::words(&*panic)
            {
                on_bug(words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn only_the_newest_of_a_burst_runs() {
        let mut lane = Lane::start("test", |_| ()).expect("a thread");
        let (started, has_started) = channel();
        let (go, may_go) = channel::<()>();
        let (done, ran) = channel();
        let first = done.clone();
        lane.post(
            1,
            Box::new(move |stop| {
                started.send(()).expect("the test waits");
                may_go.recv().expect("the test lets it go");
                first.send((0, stop.is_set())).expect("the test waits");
            }),
        );
        has_started.recv().expect("it starts");
        for number in 1..=200 {
            let done = done.clone();
            lane.post(1, Box::new(move |stop| done.send((number, stop.is_set())).expect("the test waits")));
        }
        go.send(()).expect("it waits");
        let two: Vec<(i32, bool)> = ran.iter().take(2).collect();
        assert_eq!(two, [(0, true), (200, false)]);
        assert!(ran.try_recv().is_err(), "nothing else runs");
    }

    #[test]
    fn a_panic_is_told_and_the_lane_goes_on() {
        let (told, words) = channel();
        let mut lane =
            Lane::start("test", move |bug| told.send(bug).expect("the test waits")).expect("a thread");
        lane.post(1, Box::new(|_| panic!("odd")));
        assert_eq!(words.recv().expect("it is told"), "odd");
        let (done, ran) = channel();
        lane.post(1, Box::new(move |_| done.send(()).expect("the test waits")));
        ran.recv().expect("it goes on");
    }
}
