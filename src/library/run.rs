//! Reading many files at once, and handing them on as they are read.

use super::Found;
use super::find::Job;
use super::keep::Keeper;
use crate::resolve::Policy;
use crate::work;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// In which order files are handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// That of their paths, whatever has to be waited for.
    Path,
    /// The same, but large files last, and none waits long for one that is slow.
    Soon,
}

/// So long a file that is read waits for one before it.
const PATIENCE: Duration = Duration::from_millis(100);

/// So often somebody looks whether reading was cancelled.
const LOOK: Duration = Duration::from_millis(5);

/// So many bytes of files are read at once, or one file that is larger: what memory reading takes goes with their sizes.
const AT_ONCE: u64 = 64 << 20;

/// Larger files are read last where all are wanted soon, in bytes.
const LARGE: u64 = 256 << 10;

/// Reads files, many in parallel, except for what `keeper` has, gives it what was read, and hands each to `each`. Answers with
/// why it could not be kept. Ends early when `cancel` is set.
pub fn run(
    jobs: &[Job],
    policy: &Policy,
    mut keeper: Option<Keeper>,
    turn: Turn,
    cancel: &AtomicBool,
    each: &mut dyn FnMut(&Job, Found),
) -> Option<String> {
    let mut order: Vec<(usize, &Job)> = jobs.iter().enumerate().collect();
    if turn == Turn::Soon {
        order.sort_by_key(|(_, job)| job.stamp().is_some_and(|stamp| stamp.size() > LARGE));
    }
    let cores = rayon::current_num_threads().max(1);
    let leave = Arc::new(AtomicBool::new(false));
    let mut line = Line { order: &order, turn, ready: BTreeMap::new(), front: 0, early: BTreeSet::new(), moved: Instant::now() };
    let room = &Room::default();
    rayon::in_place_scope(|scope| {
        let (sender, read) = mpsc::channel();
        let (mut next, mut running) = (0, 0);
        while line.front < order.len() {
            // As many as keep the cores busy, and so few that what waits for its turn never is a whole library.
            while running < cores * 16
                && (turn == Turn::Soon || next < line.front + cores * 64)
                && let Some(&(number, job)) = order.get(next)
            {
                match keeper.as_mut().and_then(|keeper| keeper.take(number, job)) {
                    Some(found) => drop(line.ready.insert(next, found)),
                    None => {
                        let (sender, leave, policy) = (sender.clone(), leave.clone(), policy.clone());
                        scope.spawn(move |_| {
                            let _taken = room.take(job.stamp().map_or(0, |stamp| stamp.size()));
                            let found = (!leave.load(Ordering::Relaxed)).then(|| work::until(&leave, || job.run(&policy)));
                            let _ = sender.send((next, found));
                        });
                        running += 1;
                    }
                }
                next += 1;
                if line.ready.len() > cores * 64 {
                    break;
                }
            }
            let mut group = line.next();
            if group.is_empty() {
                match read.recv_timeout(LOOK) {
                    Ok((at, found)) => {
                        let more = std::iter::from_fn(|| read.try_recv().ok());
                        for (at, found) in [(at, found)].into_iter().chain(more) {
                            running -= 1;
                            line.ready.extend(found.map(|found| (at, found)));
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if let Some(keeper) = &mut keeper {
                keeper.keep(&mut group);
            }
            for (job, found) in group {
                if cancel.load(Ordering::Relaxed) {
                    break;
                }
                each(job, found);
            }
            if cancel.load(Ordering::Relaxed) {
                leave.store(true, Ordering::Relaxed);
                break;
            }
        }
    });
    keeper.and_then(|keeper| keeper.finish(!cancel.load(Ordering::Relaxed)))
}

/// How many bytes of files are being read.
#[derive(Default)]
struct Room {
    taken: Mutex<u64>,
    freed: Condvar,
}

/// A share of a [`Room`], given back when it is dropped.
struct Taken<'r>(&'r Room, u64);

impl Room {
    /// Waits until there is room for a file of so many bytes.
    fn take(&self, bytes: u64) -> Taken<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut u64| *taken > 0 && taken.saturating_add(bytes) > AT_ONCE;
        *self.freed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += bytes;
        Taken(self, bytes)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.1;
        self.0.freed.notify_all();
    }
}

/// A file and what was found in it.
pub type Done<'j> = (&'j Job, Found);

/// The files that are read and wait for their turn.
struct Line<'j> {
    order: &'j [(usize, &'j Job)],
    turn: Turn,
    ready: BTreeMap<usize, Found>,
    /// The first that was not handed on.
    front: usize,
    /// Those behind it that were.
    early: BTreeSet<usize>,
    /// When the last was handed on.
    moved: Instant,
}

impl<'j> Line<'j> {
    /// Those whose turn it is.
    fn next(&mut self) -> Vec<Done<'j>> {
        let mut group = Vec::new();
        let late = self.turn == Turn::Soon && self.moved.elapsed() >= PATIENCE;
        while let Some(entry) = self.ready.first_entry().filter(|entry| late || *entry.key() == self.front) {
            let (at, found) = entry.remove_entry();
            self.early.insert(at);
            while self.early.remove(&self.front) {
                self.front += 1;
            }
            group.extend(self.order.get(at).map(|(_, job)| (*job, found)));
        }
        if !group.is_empty() && self.early.is_empty() {
            self.moved = Instant::now();
        }
        group
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_much_is_read_at_once() {
        let room = Room::default();
        let large = room.take(AT_ONCE * 2);
        std::thread::scope(|scope| {
            let (sender, done) = mpsc::channel();
            let room = &room;
            scope.spawn(move || {
                let _taken = room.take(1);
                let _ = sender.send(());
            });
            assert_eq!(done.recv_timeout(LOOK), Err(RecvTimeoutError::Timeout));
            drop(large);
            assert_eq!(done.recv(), Ok(()));
        });
        let _several: Vec<_> = (0..4).map(|_| room.take(AT_ONCE / 4)).collect();
    }
}
