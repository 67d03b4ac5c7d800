//! Reading in the background: everything once, then whatever changes.

use super::{FRAME, Wake, changes};
use crate::app::Message;
use crate::library::Progress;
use crate::library::watch::Watch;
use crate::review::Cuts;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant as Moment};

/// How long nobody looks whether files have changed where the system does not tell of it, and how long while one of them
/// is waited for until it is quiet.
const LOOK: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// How long whoever changes files is given before somebody looks: changes come many at a time.
const SETTLED: Duration = Duration::from_millis(100);

/// Looking takes at most one part in so many of the time: a large folder is looked at less often.
const SHARE: u32 = 50;

/// What the thread that reads is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// To read again what is cut otherwise now.
    Cut(Cuts),
    /// To read everything again.
    Again,
    /// To look, for something has changed.
    Look,
    /// To end.
    Leave,
}

/// Reads in the background, then whatever changes, or everything again when it is asked to. Nothing wakes it before that,
/// where the system tells of changes. Who receives what comes second is told when it has ended.
pub fn load(mut watch: Watch, cancel: Arc<AtomicBool>, sender: Sender<Wake>) -> (Sender<Asked>, Receiver<()>) {
    let (ask, asked) = mpsc::channel();
    let (running, ended) = mpsc::channel();
    let tell = ask.clone();
    std::thread::spawn(move || {
        let _running: Sender<()> = running;
        first(&mut watch, &cancel, sender.clone());
        let send = |message| sender.send(Wake::Message(message));
        // Of many changes one is told, until somebody has looked.
        let told = Arc::new(AtomicBool::new(false));
        let (flag, paths) = (told.clone(), watch.paths());
        let watched = changes::watched(&paths, move || {
            if !flag.swap(true, Ordering::Relaxed) {
                let _ = tell.send(Asked::Look);
            }
        });
        let usual = if watched.is_some() || paths.is_empty() { None } else { Some(LOOK) };
        // What changed before anybody watched is found by a first look.
        let mut rest = if paths.is_empty() { None } else { Some(LOOK) };
        let mut least = Duration::ZERO;
        loop {
            let wanted = match rest {
                Some(rest) => asked.recv_timeout(rest.max(least)),
                None => asked.recv().map_err(Into::into),
            };
            let begun = Moment::now();
            let sent = match wanted {
                Ok(Asked::Again) => {
                    let (all, trouble) = watch.again(&cancel);
                    let told = trouble.map_or(Ok(()), |why| send(Message::Arrived(vec![Progress::Notice(why)])));
                    told.and_then(|()| send(Message::Reread(all)))
                }
                Ok(Asked::Cut(cuts)) => match watch.recut(cuts, &cancel) {
                    changed if changed.is_empty() => Ok(()),
                    changed => send(Message::Reread(changed)),
                },
                Ok(Asked::Look) => {
                    rest = Some(SETTLED);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {
                    told.store(false, Ordering::Relaxed);
                    match watch.look(&cancel) {
                        changed if changed.is_empty() => Ok(()),
                        changed => send(Message::Reread(changed)),
                    }
                }
                Ok(Asked::Leave) | Err(RecvTimeoutError::Disconnected) => return,
            };
            if sent.is_err() {
                return;
            }
            least = begun.elapsed() * SHARE;
            rest = if watch.is_waiting() { Some(LOOK_AGAIN) } else { usual };
        }
    });
    (ask, ended)
}

/// Reads everything once. What is found within a frame is gathered, so that a thousand files wake the loop a few times only.
fn first(watch: &mut Watch, cancel: &AtomicBool, sender: Sender<Wake>) {
    // Sent however the reading ends, so that the screen never says "reading" for ever.
    let _done = Done(sender.clone());
    let (found, gathered) = mpsc::channel();
    std::thread::scope(|scope| {
        let sender = &sender;
        scope.spawn(move || {
            while let Ok(first) = gathered.recv() {
                let (begun, mut arrived) = (Moment::now(), vec![first]);
                while let Ok(more) = gathered.recv_timeout(FRAME.saturating_sub(begun.elapsed())) {
                    arrived.push(more);
                }
                let _ = sender.send(Wake::Message(Message::Arrived(arrived)));
            }
        });
        watch.load(cancel, &|progress| drop(found.send(progress)));
        drop(found);
    });
}

struct Done(Sender<Wake>);

impl Drop for Done {
    fn drop(&mut self) {
        let _ = self.0.send(Wake::Message(Message::Loaded));
    }
}
