//! Reading in the background: everything once, then whatever changes.

use super::{FRAME, Wake};
use crate::app::Message;
use crate::library::Progress;
use crate::library::watch::Watch;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant as Moment};

/// How long nobody looks whether files have changed, and how long while one of them is waited for.
const LOOK: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Looking takes at most one part in so many of the time: a large folder is looked at less often.
const SHARE: u32 = 50;

/// Reads in the background, then keeps looking for what has changed. Whoever sends a word has everything read again; when
/// nobody can any more, the thread ends.
pub fn load(mut watch: Watch, cancel: Arc<AtomicBool>, sender: Sender<Wake>) -> (Sender<()>, JoinHandle<()>) {
    let (again, asked) = mpsc::channel();
    let loading = std::thread::spawn(move || {
        first(&mut watch, &cancel, sender.clone());
        let send = |message| sender.send(Wake::Message(message));
        let mut rest = LOOK;
        loop {
            let wanted = if watch.has_files() { asked.recv_timeout(rest) } else { asked.recv().map_err(Into::into) };
            let begun = Moment::now();
            let sent = match wanted {
                Ok(()) => {
                    let (all, trouble) = watch.again(&cancel);
                    let told = trouble.map_or(Ok(()), |why| send(Message::Arrived(vec![Progress::Notice(why)])));
                    told.and_then(|()| send(Message::Reread(all)))
                }
                Err(RecvTimeoutError::Timeout) => match watch.look(&cancel) {
                    changed if changed.is_empty() => Ok(()),
                    changed => send(Message::Reread(changed)),
                },
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if sent.is_err() {
                return;
            }
            rest = if watch.is_waiting() { LOOK_AGAIN } else { LOOK }.max(begun.elapsed() * SHARE);
        }
    });
    (again, loading)
}

/// Reads everything once. What the workers find is gathered, so that a thousand files wake the loop a few times only.
fn first(watch: &mut Watch, cancel: &AtomicBool, sender: Sender<Wake>) {
    // Sent however the reading ends, so that the screen never says "reading" for ever.
    let _done = Done(sender.clone());
    let gathered = Mutex::new((Vec::new(), Moment::now()));
    let send = |arrived| drop(sender.send(Wake::Message(Message::Arrived(arrived))));
    watch.load(cancel, &|progress| {
        let Ok(mut gathered) = gathered.lock() else { return };
        gathered.0.push(progress);
        if gathered.1.elapsed() >= FRAME {
            gathered.1 = Moment::now();
            send(std::mem::take(&mut gathered.0));
        }
    });
    if let Ok(gathered) = gathered.into_inner() {
        send(gathered.0);
    }
}

struct Done(Sender<Wake>);

impl Drop for Done {
    fn drop(&mut self) {
        let _ = self.0.send(Wake::Message(Message::Loaded));
    }
}
