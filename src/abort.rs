//! The last words of a program that aborts, as where memory is refused. Nothing here needs memory when it comes to that.

use signal_hook::consts::SIGABRT;
use signal_hook::low_level;
use std::io::{self, Read, Write};
use std::thread;

const LAST_WORDS: &str = "sevline: ended in the midst of its work, likely for want of memory; read fewer or smaller files at a time\n";

/// A thread that only waits needs little.
const STACK: usize = 1 << 16;

/// Has a thread that aborts the program wait in its handler for whoever was registered before, who [`end`]s it: it writes to
/// a pipe that is full. No handler of ours is needed for that.
pub fn hold() -> io::Result<()> {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    let (reader, mut full) = io::pipe()?;
    low_level::pipe::register(SIGABRT, full.try_clone()?)?;
    // Registering has made it one that never waits.
    while full.write(&[0; 4096]).is_ok() {}
    fcntl_setfl(&full, fcntl_getfl(&full)? - OFlags::NONBLOCK)?;
    // Without whoever could read, a write would fail.
    std::mem::forget(reader);
    Ok(())
}

/// Says why, and ends the program as the signal would.
pub fn end() -> ! {
    let _ = rustix::io::write(io::stderr(), LAST_WORDS.as_bytes());
    low_level::exit(128 + SIGABRT)
}

/// Has the program say so when it aborts, where no terminal has to be given back before.
///
/// # Errors
/// There is no thread or pipe for it; the program then ends without a word.
pub fn tell() -> io::Result<()> {
    let (mut aborted, writer) = io::pipe()?;
    low_level::pipe::register(SIGABRT, writer)?;
    hold()?;
    thread::Builder::new().stack_size(STACK).spawn(move || aborted.read(&mut [0]).map(|_| end())).map(drop)
}
