//! Files that one process writes at a time. No lock is waited for without end, and a program that is about to be suspended
//! holds none: whoever waits for it would wait as long as nobody continues it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Held by whoever in this process holds a lock.
static TURN: Mutex<()> = Mutex::new(());

/// How long nobody looks whether a lock is free by now.
const AGAIN: Duration = Duration::from_millis(5);

/// A lock of this process, until it is dropped.
#[derive(Debug)]
pub struct Held {
    // Let go of first: whoever has the turn finds no lock of ours.
    _file: File,
    _turn: Turn,
}

/// While it lives this process holds no lock, but for one that it stands for.
pub type Turn = MutexGuard<'static, ()>;

/// Takes the lock at `path`; none where another process holds it for longer than `patience`. A file system without locks is
/// used by one at a time.
pub fn hold(path: &Path, patience: Duration) -> io::Result<Option<Held>> {
    let begun = Instant::now();
    loop {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let file = File::options().create(true).append(true).open(path)?;
        match file.try_lock() {
            Ok(()) => return Ok(Some(Held { _file: file, _turn: turn })),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Some(Held { _file: file, _turn: turn }));
            }
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => drop(turn),
        }
        if begun.elapsed() >= patience {
            return Ok(None);
        }
        thread::sleep(AGAIN);
    }
}

/// Has this process hold no lock while the answer lives; none where one is held for longer than `patience`.
pub fn none_held(patience: Duration) -> Option<Turn> {
    let begun = Instant::now();
    loop {
        match TURN.try_lock() {
            Ok(turn) => return Some(turn),
            Err(std::sync::TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) if begun.elapsed() >= patience => return None,
            Err(std::sync::TryLockError::WouldBlock) => thread::sleep(AGAIN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_not_waited_for_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let other = File::create(&path).unwrap();
        other.lock().unwrap();
        assert!(hold(&path, Duration::ZERO).unwrap().is_none());
        assert!(hold(&path, AGAIN * 3).unwrap().is_none());
        drop(other);
        let held = hold(&path, Duration::from_secs(20)).unwrap();
        assert!(held.is_some());
        // Before this is let go of nobody is suspended.
        assert!(thread::spawn(|| none_held(AGAIN).is_none()).join().unwrap());
        drop(held);
        assert!(none_held(Duration::from_secs(20)).is_some());
    }
}
