//! A thread that waits for what the terminal reports.

use super::Wake;
use crossterm::event::Event;
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread;
#[cfg(unix)]
use std::time::Duration;

/// So many events are handed on at once at most.
const BATCH: usize = 1024;

/// Hands on what the terminal reports, and reads on when it is told to: in between the terminal may be someone else's.
/// Reading ends with the terminal, or with the process.
///
/// # Errors
/// There is no terminal to read from.
pub fn terminal(sender: Sender<Wake>) -> io::Result<Sender<()>> {
    let mut input = Input::open()?;
    let (listen, told) = channel();
    thread::spawn(move || {
        while let Ok(events) = input.next() {
            if sender.send(Wake::Terminal(events)).is_err() || told.recv().is_err() {
                return;
            }
        }
        let _ = sender.send(Wake::Lost);
    });
    Ok(listen)
}

/// The terminal's side that keys come from. Read by ourselves: crossterm waits for the rest of a sequence without end.
#[cfg(unix)]
struct Input {
    terminal: std::fs::File,
    keys: super::keys::Keys,
}

#[cfg(unix)]
impl Input {
    /// The standard input, or the terminal behind it where a report was piped in.
    fn open() -> io::Result<Self> {
        use std::os::fd::AsFd;
        let stdin = io::stdin();
        let terminal =
            if io::IsTerminal::is_terminal(&stdin) { stdin.as_fd().try_clone_to_owned()?.into() } else { std::fs::File::open("/dev/tty")? };
        Ok(Self { terminal, keys: super::keys::Keys::default() })
    }

    /// Everything that has arrived, as soon as that is anything.
    fn next(&mut self) -> io::Result<Vec<Event>> {
        let (mut events, mut bytes) = (Vec::new(), [0; 4096]);
        while events.len() < BATCH {
            // Held keys come many at a time.
            let patience = if events.is_empty() { self.keys.patience() } else { Some(Duration::ZERO) };
            if self.has_more(patience)? {
                match rustix::io::retry_on_intr(|| rustix::io::read(&self.terminal, &mut bytes)) {
                    Ok(read @ 1..) => self.keys.take(bytes.get(..read).unwrap_or_default(), &mut events),
                    _ if events.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
                    // It is gone, but what came before is not lost.
                    _ => break,
                }
            } else if events.is_empty() {
                self.keys.give_up(&mut events);
            } else {
                break;
            }
        }
        Ok(events)
    }

    /// Waits until there is something to read, or to find out that there never will be; at most so long, or for ever.
    fn has_more(&self, patience: Option<Duration>) -> io::Result<bool> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
        let mut fds = [PollFd::new(&self.terminal, PollFlags::IN)];
        Ok(rustix::io::retry_on_intr(|| poll(&mut fds, patience.as_ref()))? > 0)
    }
}

#[cfg(not(unix))]
struct Input;

#[cfg(not(unix))]
impl Input {
    fn open() -> io::Result<Self> {
        Ok(Self)
    }

    fn next(&mut self) -> io::Result<Vec<Event>> {
        use crossterm::event::{poll, read};
        let mut events = vec![read()?];
        // Held keys come many at a time.
        while events.len() < BATCH && poll(std::time::Duration::ZERO).unwrap_or(false) {
            events.push(read()?);
        }
        Ok(events)
    }
}
