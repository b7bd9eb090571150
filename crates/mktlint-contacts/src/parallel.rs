//! Work in parallel, results in order, memory bounded.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::ReadError;

/// How many pieces of work may be finished or under way before the first of them is used.
const AHEAD: u64 = 32;

/// How many parts of a piece a thread may send before it is that piece's turn.
const EARLY_PARTS: usize = 4;

/// Gives out pieces of work, in order.
pub trait Feed: Send {
    /// A piece of work.
    type Work: Send;

    /// The next piece; `None` after the last.
    fn next(&mut self) -> Result<Option<Self::Work>, ReadError>;
}

/// Sends one part of the result of a piece of work; `false` when nobody wants any more.
pub type Emit<'e, P> = dyn FnMut(P) -> bool + 'e;

/// What a thread does.
pub trait Worker: Send {
    /// What it works on.
    type Work: Send;
    /// What comes out.
    type Part: Send;

    /// Works on one piece, and emits parts of its result in order.
    fn work(&mut self, work: Self::Work, emit: &mut Emit<'_, Self::Part>) -> Result<(), ReadError>;
}

enum Message<P> {
    Part(P),
    End(Result<(), ReadError>),
}

struct Queue<F> {
    feed: F,
    /// The number of the next piece.
    next: u64,
    /// The piece whose parts are being used; [`NEVER`] when nobody wants any more.
    turn: u64,
    /// Whether there is no more work.
    is_over: bool,
}

const NEVER: u64 = u64::MAX;

struct Shared<F> {
    queue: Mutex<Queue<F>>,
    moved: Condvar,
}

impl<F> Shared<F> {
    fn lock(&self) -> MutexGuard<'_, Queue<F>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, queue: MutexGuard<'g, Queue<F>>) -> MutexGuard<'g, Queue<F>> {
        self.moved.wait(queue).unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Queue<F>)) {
        change(&mut self.lock());
        self.moved.notify_all();
    }

    fn end(&self) {
        self.change(|queue| (queue.is_over, queue.turn) = (true, NEVER));
    }
}

/// Ends the run when a thread panics, so that no other waits for it.
struct Watch<'s, F>(&'s Shared<F>);

impl<F> Drop for Watch<'_, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}

/// Lets `threads` workers work on what `feed` gives, and hands all parts to `consume` on this thread, in the order of
/// the feed.
///
/// # Errors
/// The first error in the order of the feed, whoever met it.
pub fn run<F, W>(
    feed: F,
    threads: NonZeroUsize,
    worker: impl Fn() -> W + Sync,
    mut consume: impl FnMut(W::Part) -> Result<(), ReadError>,
) -> Result<(), ReadError>
where
    F: Feed,
    W: Worker<Work = F::Work>,
{
    let queue = Queue { feed, next: 0, turn: 0, is_over: false };
    let shared = Shared { queue: Mutex::new(queue), moved: Condvar::new() };
    std::thread::scope(|scope| {
        let (sender, messages) = sync_channel(threads.get() * 2);
        for _ in 0..threads.get() {
            let (sender, shared, worker) = (sender.clone(), &shared, &worker);
            scope.spawn(move || toil(shared, &sender, worker()));
        }
        drop(sender);
        let mut early: BTreeMap<u64, Vec<Message<W::Part>>> = BTreeMap::new();
        let mut turn = 0;
        let mut result = Ok(());
        for (piece, message) in messages {
            early.entry(piece).or_default().push(message);
            while let Some(ready) = early.remove(&turn) {
                match drain(ready, &mut consume) {
                    Ok(true) => turn += 1,
                    Ok(false) => break,
                    Err(error) => {
                        result = Err(error);
                        break;
                    }
                }
                shared.change(|queue| queue.turn = turn);
            }
            if result.is_err() {
                break;
            }
        }
        // Dropping `messages`, which the loop did, wakes those who send; this those who wait.
        shared.end();
        result
    })
}

/// Uses the parts of the piece whose turn it is; whether its end is among them.
fn drain<P>(
    messages: Vec<Message<P>>,
    consume: &mut impl FnMut(P) -> Result<(), ReadError>,
) -> Result<bool, ReadError> {
    for message in messages {
        match message {
            Message::Part(part) => consume(part)?,
            Message::End(end) => return end.map(|()| true),
        }
    }
    Ok(false)
}

fn toil<F, W>(shared: &Shared<F>, sender: &SyncSender<(u64, Message<W::Part>)>, mut worker: W)
where
    F: Feed,
    W: Worker<Work = F::Work>,
{
    let _watch = Watch(shared);
    while let Some((piece, work)) = take(shared) {
        let mut n_parts = 0;
        let mut emit = |part| {
            n_parts += 1;
            (n_parts <= EARLY_PARTS || has_turn(shared, piece))
                && sender.send((piece, Message::Part(part))).is_ok()
        };
        let end = work.and_then(|work| worker.work(work, &mut emit));
        if sender.send((piece, Message::End(end))).is_err() {
            return;
        }
    }
}

/// The next piece of work and its number; an error counts as the last piece.
fn take<F: Feed>(shared: &Shared<F>) -> Option<(u64, Result<F::Work, ReadError>)> {
    let mut queue = shared.lock();
    while !queue.is_over && queue.next >= queue.turn + AHEAD {
        queue = shared.wait(queue);
    }
    if queue.is_over {
        return None;
    }
    let work = queue.feed.next().transpose();
    queue.is_over |= !matches!(work, Some(Ok(_)));
    let piece = queue.next;
    queue.next += 1;
    work.map(|work| (piece, work))
}

/// Waits until it is the turn of `piece`; `false` when nobody wants any more.
fn has_turn<F>(shared: &Shared<F>, piece: u64) -> bool {
    let mut queue = shared.lock();
    while queue.turn != piece && queue.turn != NEVER {
        queue = shared.wait(queue);
    }
    queue.turn == piece
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from 0 on; the last one fails when it says so.
    struct Numbers {
        next: u64,
        end: u64,
        is_broken: bool,
    }

    impl Feed for Numbers {
        type Work = u64;

        fn next(&mut self) -> Result<Option<u64>, ReadError> {
            self.next += 1;
            match self.next - 1 {
                number if number < self.end => Ok(Some(number)),
                _ if self.is_broken => Err(ReadError::Empty),
                _ => Ok(None),
            }
        }
    }

    /// Emits each number as often as it says, and fails at one of them.
    struct Repeat {
        fails_at: u64,
    }

    impl Worker for Repeat {
        type Work = u64;
        type Part = u64;

        fn work(&mut self, work: u64, emit: &mut Emit<'_, u64>) -> Result<(), ReadError> {
            if work == self.fails_at {
                return Err(ReadError::TooLong { line: work, most: 0 });
            }
            // The first piece is slow, so that the others run ahead as far as they may.
            if work == 0 {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            for _ in 0..work % 9 {
                if !emit(work) {
                    break;
                }
            }
            Ok(())
        }
    }

    fn collect(numbers: Numbers, fails_at: u64, threads: usize) -> (Vec<u64>, Result<(), ReadError>) {
        let threads = NonZeroUsize::new(threads).expect("there are some");
        let mut all = Vec::new();
        let result = run(
            numbers,
            threads,
            || Repeat { fails_at },
            |part| {
                all.push(part);
                Ok(())
            },
        );
        (all, result)
    }

    #[test]
    fn parts_come_in_order_with_any_number_of_threads() {
        let expected: Vec<u64> = (0..300).flat_map(|number| vec![number; number as usize % 9]).collect();
        for threads in [1, 2, 5] {
            let (all, result) = collect(Numbers { next: 0, end: 300, is_broken: false }, NEVER, threads);
            assert_eq!(all, expected, "{threads} threads");
            assert!(result.is_ok());
        }
    }

    #[test]
    fn the_first_error_wins() {
        let (all, result) = collect(Numbers { next: 0, end: 100, is_broken: true }, 40, 3);
        assert!(matches!(result, Err(ReadError::TooLong { line: 40, .. })), "{result:?}");
        assert_eq!(all.last(), Some(&39));
        let (_, result) = collect(Numbers { next: 0, end: 100, is_broken: true }, NEVER, 3);
        assert!(matches!(result, Err(ReadError::Empty)), "{result:?}");
    }

    #[test]
    fn a_consumer_that_stops_ends_the_run() {
        let numbers = Numbers { next: 0, end: 1 << 40, is_broken: false };
        let threads = NonZeroUsize::new(3).expect("there are some");
        let stop = |part| if part > 50 { Err(ReadError::Empty) } else { Ok(()) };
        assert!(run(numbers, threads, || Repeat { fails_at: NEVER }, stop).is_err());
    }
}
