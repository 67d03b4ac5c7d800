//! How much work a reading may cost, and whether anybody still waits for it.
//!
//! What looks at text asks first whether it [`may`]. Once the budget is spent, or nobody waits any more, the answer is no, so
//! that whatever is being read comes to its end at once, with what was read so far.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// How many bytes may still be looked at.
    static LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
    /// Set when nobody waits any more.
    static LEAVE: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Whether `bytes` more may be looked at.
pub fn may(bytes: usize) -> bool {
    let rest = LEFT.get().saturating_sub(bytes as u64);
    LEFT.set(rest);
    rest > 0 && !LEAVE.with_borrow(|leave| leave.as_ref().is_some_and(|leave| leave.load(Ordering::Relaxed)))
}

/// Does `work`, which may look at `most` bytes, each as often as it likes; answers also with whether that was too little.
pub fn limited<T>(most: u64, work: impl FnOnce() -> T) -> (T, bool) {
    let _before = Before(LEFT.replace(most));
    let done = work();
    (done, LEFT.get() == 0)
}

/// Does `work` until `leave` is set.
pub fn until<T>(leave: &Arc<AtomicBool>, work: impl FnOnce() -> T) -> T {
    let _before = Waiting(LEAVE.replace(Some(leave.clone())));
    work()
}

/// What held before, also where the work panics.
struct Before(u64);

impl Drop for Before {
    fn drop(&mut self) {
        LEFT.set(self.0);
    }
}

struct Waiting(Option<Arc<AtomicBool>>);

impl Drop for Waiting {
    fn drop(&mut self) {
        LEAVE.set(self.0.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_with_its_budget_and_with_who_waits() {
        assert!(may(usize::MAX / 2));
        assert_eq!(limited(10, || (may(4), may(5), may(1), may(0))), ((true, true, false, false), true));
        assert_eq!(limited(10, || may(4)), (true, false));
        let leave = Arc::new(AtomicBool::new(false));
        let told = until(&leave, || {
            let before = may(1);
            leave.store(true, Ordering::Relaxed);
            (before, may(1))
        });
        assert_eq!((told, may(1)), ((true, false), true));
    }
}
