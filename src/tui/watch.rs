//! Threads that wait for what the loop must know of: signals, the end of the terminal.

use super::Wake;
use super::guard::Handle;
#[cfg(unix)]
use crate::abort;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

/// The exit status when the terminal is gone: that of a hangup.
pub const LOST: u8 = 129;

/// How long a program that is told to end may take before it is ended: its screen may hang in a write.
const PATIENCE: Duration = Duration::from_millis(500);

/// Signals that only some systems have: on Linux of a stack fault, of the power, and those without a name.
#[cfg(unix)]
fn own_signals() -> Vec<i32> {
    if cfg!(target_os = "linux") { [16, 30].into_iter().chain(34..=64).collect() } else { Vec::new() }
}

/// Whether files have a limit that they may not grow beyond.
#[cfg(unix)]
fn may_not_grow() -> bool {
    rustix::process::getrlimit(rustix::process::Resource::Fsize).current.is_some()
}

/// Every signal that would end the program and can be caught, those that stop it, and another size; they wait from now on until
/// [`signals`] hands them on.
#[cfg(unix)]
pub fn registered() -> io::Result<signal_hook::iterator::Signals> {
    use signal_hook::consts::*;
    let signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ])?;
    // A system that has one of these not, or keeps it for itself, does not send it.
    let others = [SIGABRT, SIGALRM, SIGBUS, SIGIO, SIGPROF, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU];
    for signal in others.into_iter().chain(own_signals()) {
        let _ = signals.handle().add_signal(signal);
    }
    abort::hold()?;
    Ok(signals)
}

/// Without Unix signals there is nothing to wait for.
#[cfg(not(unix))]
pub fn registered() -> io::Result<()> {
    Ok(())
}

/// Hands on signals. Those that end the program are obeyed even if the loop does not answer; those that a person sends from
/// the keyboard are not ours while another program has the terminal.
#[cfg(unix)]
pub fn signals(mut signals: signal_hook::iterator::Signals, sender: Sender<Wake>, terminal: Handle) {
    thread::spawn(move || {
        for signal in signals.forever() {
            if signal == signal_hook::consts::SIGABRT {
                aborted(&terminal);
            }
            let pressed_elsewhere = terminal.was_lent() && KEYS.contains(&signal);
            if pressed_elsewhere || terminal.is_lent() && (is_stop(signal) || is_continue(signal)) {
                continue;
            }
            // Where files may not grow it comes with a write that fails, which is told; else somebody sent it.
            if signal == signal_hook::consts::SIGXFSZ && may_not_grow() {
                continue;
            }
            let _ = sender.send(Wake::Signal(signal));
            if !is_stop(signal) && !is_continue(signal) && !is_resize(signal) {
                let terminal = terminal.clone();
                thread::spawn(move || end(&terminal, 128 + signal));
            }
        }
    });
}

/// Ends the program for a thread that waits in its handler, without a thread or memory of its own.
#[cfg(unix)]
fn aborted(terminal: &Handle) -> ! {
    terminal.restore_by(Unlocked);
    abort::end()
}

/// The terminal, past the lock of the standard output: the thread that waits may hold it.
#[cfg(unix)]
struct Unlocked;

#[cfg(unix)]
impl io::Write for Unlocked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(io::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Without Unix signals there is nothing to hand on.
#[cfg(not(unix))]
pub fn signals((): (), _: Sender<Wake>, _: Handle) {}

/// What keys of a terminal send.
#[cfg(unix)]
const KEYS: [i32; 2] = [signal_hook::consts::SIGINT, signal_hook::consts::SIGQUIT];

#[cfg(unix)]
fn end(terminal: &Handle, status: i32) {
    thread::sleep(PATIENCE);
    if terminal.is_held() {
        // Giving back may hang as well, where the terminal takes no more output.
        let terminal = terminal.clone();
        thread::spawn(move || terminal.restore());
        thread::sleep(PATIENCE / 2);
    } else if terminal.is_lent() {
        return;
    } else {
        // It is on its way out, and what it writes last does not end.
        thread::sleep(PATIENCE * 4);
    }
    std::process::exit(status);
}

/// Waits for the terminal to hang up, which no signal tells of where the program is in the background or ignores it.
/// Asks for nothing but that, so it never wakes before.
#[cfg(unix)]
pub fn hangup(sender: Sender<Wake>) {
    use rustix::event::{PollFd, PollFlags, poll};
    thread::spawn(move || {
        let stdout = io::stdout();
        loop {
            let mut fds = [PollFd::new(&stdout, PollFlags::empty())];
            match poll(&mut fds, None) {
                Ok(_) if fds.iter().any(|fd| fd.revents().intersects(PollFlags::HUP | PollFlags::ERR)) => break,
                Err(rustix::io::Errno::INTR) => {}
                // A system that cannot wait for this on a terminal; the signal has to do.
                _ => return,
            }
        }
        let _ = sender.send(Wake::Lost);
        thread::sleep(PATIENCE);
        std::process::exit(i32::from(LOST));
    });
}

/// Without Unix terminals reading fails instead.
#[cfg(not(unix))]
pub fn hangup(_: Sender<Wake>) {}

/// Whether a signal asks to stop for a while.
pub fn is_stop(signal: i32) -> bool {
    cfg!(unix) && signal == STOP
}

/// Whether a signal tells that the program goes on.
pub fn is_continue(signal: i32) -> bool {
    cfg!(unix) && signal == CONTINUE
}

/// Whether a signal tells that the terminal has another size.
pub fn is_resize(signal: i32) -> bool {
    cfg!(unix) && signal == RESIZE
}

#[cfg(unix)]
const RESIZE: i32 = signal_hook::consts::SIGWINCH;
#[cfg(unix)]
const STOP: i32 = signal_hook::consts::SIGTSTP;
#[cfg(unix)]
const CONTINUE: i32 = signal_hook::consts::SIGCONT;
#[cfg(not(unix))]
const RESIZE: i32 = -1;
#[cfg(not(unix))]
const STOP: i32 = -1;
#[cfg(not(unix))]
const CONTINUE: i32 = -1;
