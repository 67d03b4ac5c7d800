//! Remembering out of the way of the keys: another program may hold the files, and a disk may be slow.

use super::Wake;
use crate::app::Message;
use crate::state::{Answer, Change, Keeper, Kept, Sent};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// How long nobody looks whether another program has let go of the lock.
const AGAIN: Duration = Duration::from_millis(20);

/// So long the last words may take to be written; a disk that takes longer may never answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who remembers.
#[derive(Debug)]
pub struct Remembering {
    changes: Sender<Sent>,
    left: Receiver<Option<String>>,
}

impl Remembering {
    /// Remembers in `folder`, in the order in which changes are sent, and answers to each.
    pub fn start(folder: Option<PathBuf>, sender: Sender<Wake>) -> Self {
        let (changes, received) = mpsc::channel();
        let (leave, left) = mpsc::channel();
        thread::spawn(move || {
            let _ = leave.send(match folder {
                Some(folder) => write(Keeper::new(folder), &received, &sender),
                None => {
                    forget(&received, &sender);
                    None
                }
            });
        });
        Self { changes, left }
    }

    /// Takes a change that is to be remembered.
    pub fn send(&self, sent: Sent) {
        let _ = self.changes.send(sent);
    }

    /// Has the last words written, as far as they can be; answers with what is to be told of the others.
    pub fn leave(self) -> Option<String> {
        drop(self.changes);
        let late = || Some("what was said last may not be written: the disk does not answer".to_owned());
        self.left.recv_timeout(PATIENCE).unwrap_or_else(|_| late())
    }
}

fn write(mut keeper: Keeper, received: &Receiver<Sent>, sender: &Sender<Wake>) -> Option<String> {
    loop {
        let sent = if keeper.is_held_up() { received.recv_timeout(AGAIN) } else { received.recv().map_err(Into::into) };
        match sent {
            Ok(sent) => keeper.add(sent),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return keeper.leave(),
        }
        received.try_iter().for_each(|sent| keeper.add(sent));
        for answer in keeper.write() {
            let message = match answer {
                Answer::Kept(number, kept) => Message::Kept(number, kept),
                Answer::Failed(why) => Message::Failed(why),
            };
            let _ = sender.send(Wake::Message(message));
        }
    }
}

/// Without a folder everything is for this run.
fn forget(received: &Receiver<Sent>, sender: &Sender<Wake>) {
    for Sent { number, change } in received {
        let told = "kept for this run only; --no-config goes without a state folder";
        let told = matches!(change, Change::Filter { after: Some(_), .. }).then(|| told.to_owned());
        let _ = sender.send(Wake::Message(Message::Kept(number, Kept { told, ..Kept::default() }.into())));
    }
}
