//! The terminal's state, owned in one place: whatever way the program ends, the terminal is as it was.

use super::screen::Screen;
use crate::lock;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use std::io;
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Moment};

/// So long a lock of our own may keep us from being stopped.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// So late a signal may come that a key sent to another program.
const LATE: Duration = Duration::from_millis(300);

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// Holds the terminal in raw mode on the alternate screen; gives it back when dropped, when the thread that entered
/// panics, and on [`Handle::restore`].
#[must_use = "the terminal is given back when the guard is dropped"]
pub struct Guard {
    handle: Handle,
    previous: Arc<Hook>,
}

/// Gives the terminal back from another thread.
#[derive(Debug, Clone)]
pub struct Handle {
    /// Whether the terminal is ours; giving it back twice would leave someone else's screen.
    held: Arc<AtomicBool>,
    /// Whether another program has it for a while.
    lent: Arc<AtomicBool>,
    /// When that program gave it back.
    returned: Arc<Mutex<Option<Moment>>>,
    /// Whether it reports what the mouse does.
    mouse: Arc<AtomicBool>,
}

impl Guard {
    /// Takes the terminal. A panic of this thread gives it back before the message is printed; a panic of any other is
    /// kept from the live screen, because who spawned the thread reports it.
    pub fn enter() -> io::Result<Self> {
        let handle = Handle { held: Arc::default(), lent: Arc::default(), returned: Arc::default(), mouse: Arc::default() };
        let previous: Arc<Hook> = panic::take_hook().into();
        let (ours, theirs, owner) = (handle.clone(), previous.clone(), std::thread::current().id());
        panic::set_hook(Box::new(move |info| {
            let held = ours.held.load(Ordering::SeqCst);
            if std::thread::current().id() == owner {
                ours.restore();
            }
            if !held || std::thread::current().id() == owner {
                theirs(info);
            }
        }));
        let guard = Self { handle, previous };
        guard.take()?;
        Ok(guard)
    }

    /// The way to give the terminal back from another thread.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Gives the terminal back, stops the program until the shell continues it, and takes the terminal again. Answers
    /// whether it did: a program that holds a lock is not stopped, for others would wait for it.
    pub fn suspend(&mut self) -> io::Result<bool> {
        let Some(_free) = lock::none_held(PATIENCE) else { return Ok(false) };
        self.handle.restore();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.take().map(|()| true)
    }

    /// Has the terminal report what the mouse does, or not.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        if self.handle.mouse.swap(on, Ordering::SeqCst) == on {
            return Ok(());
        }
        report_mouse(io::stdout(), on)
    }

    /// Gives the terminal to another program while that runs.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        self.handle.lent.store(true, Ordering::SeqCst);
        self.handle.restore();
        let answer = run();
        let taken = self.take_with_keys();
        if let Ok(mut returned) = self.handle.returned.lock() {
            *returned = Some(Moment::now());
        }
        self.handle.lent.store(false, Ordering::SeqCst);
        // Until then a signal may be one that a key sent to the other program, and ours is a key.
        let handle = self.handle.clone();
        std::thread::spawn(move || {
            std::thread::sleep(LATE);
            if handle.is_held() && !handle.was_lent() {
                interruptible();
            }
        });
        taken.map(|()| answer)
    }

    /// Takes the terminal anew after someone else had it: a shell sets it as it likes while we are stopped.
    pub fn resume(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        self.take()
    }

    fn take(&self) -> io::Result<()> {
        self.take_with_keys()?;
        interruptible();
        Ok(())
    }

    /// Takes the terminal with Ctrl-C as a key.
    fn take_with_keys(&self) -> io::Result<()> {
        self.handle.held.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.handle.mouse.load(Ordering::SeqCst) { report_mouse(io::stdout(), true) } else { Ok(()) }
    }
}

/// Buttons and wheel only, in numbers that know no last column. What crossterm asks for reports every movement as well.
#[cfg(not(windows))]
fn report_mouse(mut out: impl io::Write, on: bool) -> io::Result<()> {
    io::Write::write_all(&mut out, if on { b"\x1b[?1000h\x1b[?1006h" } else { b"\x1b[?1006l\x1b[?1000l" })?;
    io::Write::flush(&mut out)
}

#[cfg(windows)]
fn report_mouse(mut out: impl io::Write, on: bool) -> io::Result<()> {
    use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
    if on { execute!(out, EnableMouseCapture) } else { execute!(out, DisableMouseCapture) }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.handle.restore();
        // A hook cannot be set while its thread unwinds.
        if !std::thread::panicking() {
            let previous = self.previous.clone();
            panic::set_hook(Box::new(move |info| previous(info)));
        }
    }
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("handle", &self.handle).finish_non_exhaustive()
    }
}

impl Handle {
    /// Gives the terminal back, once. A terminal that is gone cannot be restored, and there is nobody to tell.
    pub fn restore(&self) {
        self.restore_by(io::stdout());
    }

    /// The same through `out`, which a thread that stands still may not hold.
    pub fn restore_by(&self, mut out: impl io::Write) {
        if self.held.swap(false, Ordering::SeqCst) {
            let _ = disable_raw_mode();
            if self.mouse.load(Ordering::SeqCst) {
                let _ = report_mouse(&mut out, false);
            }
            let _ = execute!(out, EndSynchronizedUpdate, ResetColor, DisableBracketedPaste, LeaveAlternateScreen, Show);
        }
    }

    /// Whether another program has the terminal for a while.
    pub fn is_lent(&self) -> bool {
        self.lent.load(Ordering::SeqCst)
    }

    /// Whether a key that was pressed in another program may be heard of only now.
    pub fn was_lent(&self) -> bool {
        let late = |returned: &Moment| returned.elapsed() < LATE;
        self.is_lent() || self.returned.lock().is_ok_and(|returned| returned.as_ref().is_some_and(late))
    }

    /// Whether the terminal is ours.
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::SeqCst)
    }
}

/// Has Ctrl-C be a signal, whatever was typed or sent before it: half an escape sequence would swallow it as a key. The other
/// keys that send signals stay keys, and nothing that was typed is thrown away for it.
#[cfg(unix)]
fn interruptible() {
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
    /// `_POSIX_VDISABLE` where terminals have it: no key.
    const NONE: u8 = if cfg!(any(target_os = "linux", target_os = "android")) { 0 } else { 0xff };
    let stdout = io::stdout();
    if let Ok(mut modes) = tcgetattr(&stdout) {
        modes.local_modes |= LocalModes::ISIG | LocalModes::NOFLSH;
        modes.special_codes[SpecialCodeIndex::VINTR] = 3;
        modes.special_codes[SpecialCodeIndex::VQUIT] = NONE;
        modes.special_codes[SpecialCodeIndex::VSUSP] = NONE;
        // A terminal that refuses has Ctrl-C as a key.
        let _ = tcsetattr(&stdout, OptionalActions::Now, &modes);
    }
}

#[cfg(not(unix))]
fn interruptible() {}

/// Draws so that a terminal that knows how shows the frame at once; others ignore the marks.
pub fn synchronized<W: io::Write>(
    terminal: &mut Terminal<Screen<W>>,
    draw: impl FnOnce(&mut Terminal<Screen<W>>) -> io::Result<()>,
) -> io::Result<()> {
    queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
    draw(terminal)?;
    execute!(terminal.backend_mut(), EndSynchronizedUpdate)
}
