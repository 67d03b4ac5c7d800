//! A program on a pseudo-terminal: what it shows, what it says in bytes, and the state it leaves the terminal in.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine; only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the program writes behind every frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";

pub struct Session {
    pub child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    hang_up: Arc<AtomicBool>,
    /// Whoever holds it keeps the reader from reading.
    gate: Arc<Mutex<()>>,
    parser: vt100::Parser,
    /// What of the end of the last output is not drawn yet.
    held: usize,
    written: Vec<u8>,
    cooked: u64,
}

impl Session {
    pub fn start(command: CommandBuilder) -> Self {
        Self::start_at(command, (24, 80))
    }

    pub fn start_at(mut command: CommandBuilder, (rows, cols): (u16, u16)) -> Self {
        command.env("TERM", "xterm-256color");
        for locale in ["LC_ALL", "LC_CTYPE", "LANG"] {
            command.env_remove(locale);
        }
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let cooked = local_flags(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        let hang_up = Arc::new(AtomicBool::new(false));
        let hung_up = hang_up.clone();
        let gate = Arc::new(Mutex::new(()));
        let open = gate.clone();
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() || hung_up.load(Ordering::SeqCst) {
                    return;
                }
                drop(open.lock());
            }
        });
        let writer = Some(pair.master.take_writer().unwrap());
        let parser = vt100::Parser::new(rows, cols, 0);
        Self {
            child,
            master: Some(pair.master),
            writer,
            output,
            reader: Some(reader),
            hang_up,
            gate,
            parser,
            held: 0,
            written: Vec::new(),
            cooked,
        }
    }

    /// What keeps the terminal from reading what the program writes, as long as it is locked.
    pub fn gate(&self) -> Arc<Mutex<()>> {
        self.gate.clone()
    }

    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_ref()).unwrap();
        writer.flush().unwrap();
    }

    /// Types a key, and again whenever nothing comes of it for a while, as a person does, until the screen shows it.
    pub fn type_until_shown(&mut self, key: &str) {
        let deadline = Instant::now() + PATIENCE;
        self.send(key);
        while !self.is_whole() || !self.contents().contains(key) {
            match self.output.recv_timeout(Duration::from_millis(100)) {
                Ok(bytes) => self.take_in(&bytes),
                Err(_) => self.send(key),
            }
            assert!(Instant::now() < deadline, "{key:?} is not heard; the screen shows\n{}", self.contents());
        }
    }

    /// Reads what the program writes until the screen is as wanted, at the end of a frame.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !self.is_whole() || !wanted(self.parser.screen()) {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(&bytes),
                Err(error) => panic!("waiting for {what}: {error:?}; the screen shows\n{}", self.parser.screen().contents()),
            }
        }
    }

    /// Whether no frame is begun and not ended.
    fn is_whole(&self) -> bool {
        let last = |mark: &[u8]| memchr::memmem::rfind(&self.written, mark);
        last(b"\x1b[?2026h") <= last(FRAME_END)
    }

    pub fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| drawn(screen).contains(text));
    }

    /// What is on the screen.
    pub fn contents(&self) -> String {
        drawn(self.screen())
    }

    fn take_in(&mut self, bytes: &[u8]) {
        let from = self.written.len() - self.held;
        self.written.extend_from_slice(bytes);
        let fresh = &self.written[from..];
        self.held = (1..REPLACEMENT.len()).rev().find(|&held| fresh.ends_with(&REPLACEMENT.as_bytes()[..held])).unwrap_or(0);
        let mut whole = fresh[..fresh.len() - self.held].to_vec();
        let places: Vec<usize> = memchr::memmem::find_iter(&whole, REPLACEMENT).collect();
        places.into_iter().for_each(|at| whole[at..at + REPLACEMENT.len()].copy_from_slice(STAND_IN.as_bytes()));
        self.parser.process(&whole);
    }

    /// Reads until the program has written so many bytes, or has ended.
    pub fn wait_written(&mut self, bytes: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.written.len() < bytes && self.child.try_wait().unwrap().is_none() {
            match self.output.recv_timeout(Duration::from_millis(200)) {
                Ok(bytes) => self.take_in(&bytes),
                // It has nothing more to say.
                Err(_) => return,
            }
            assert!(Instant::now() < deadline, "the program does not write {bytes} bytes");
        }
    }

    /// Waits for the end of a frame after what was taken last, and takes all that was written until then.
    pub fn take_frames(&mut self) -> Vec<u8> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.take_in(&bytes);
            }
            if let Some(at) = memchr::memmem::rfind(&self.written, FRAME_END) {
                return self.written.drain(..at + FRAME_END.len()).collect();
            }
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(&bytes),
                Err(error) => panic!("waiting for a frame: {error:?}; the screen shows\n{}", self.contents()),
            }
        }
    }

    /// All that the program has written, as far as it was read.
    pub fn bytes(&self) -> &[u8] {
        &self.written
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Whether any cell has a colour of its own.
    pub fn is_coloured(&self) -> bool {
        let (rows, columns) = self.screen().size();
        let mut cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        cells.any(|(row, column)| {
            let plain = |cell: &vt100::Cell| (cell.fgcolor(), cell.bgcolor()) == (vt100::Color::Default, vt100::Color::Default);
            self.screen().cell(row, column).is_some_and(|cell| !plain(cell))
        })
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([&format!("-{name}"), &pid]).status().unwrap().success());
    }

    /// Waits until the program is stopped, as a shell does.
    pub fn wait_stopped(&self) {
        let pid = self.child.process_id().unwrap().to_string();
        let deadline = Instant::now() + PATIENCE;
        let state = || std::process::Command::new("ps").args(["-o", "state=", "-p", &pid]).output().unwrap().stdout;
        while !state().starts_with(b"T") {
            assert!(Instant::now() < deadline, "the program does not stop");
        }
    }

    /// The exit status, and everything the program wrote before it.
    pub fn end(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            // The output must be read on, or the program would wait for room to write.
            match self.output.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.take_in(&bytes),
                Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => {
                    if let Some(status) = self.child.try_wait().unwrap() {
                        break status;
                    }
                }
            }
            assert!(Instant::now() < deadline, "the program does not end; the screen shows\n{}", self.screen().contents());
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
            self.take_in(&bytes);
        }
        status.exit_code()
    }

    /// Whether the terminal is as a shell wants it.
    pub fn is_restored(&self) -> bool {
        let screen = self.screen();
        let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        let modes = !mouse && !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste();
        modes && local_flags(self.master.as_ref().unwrap().as_ref()) == self.cooked
    }

    pub fn is_raw(&self) -> bool {
        local_flags(self.master.as_ref().unwrap().as_ref()) != self.cooked && self.screen().alternate_screen()
    }

    /// Takes the terminal away, as a closed window does. The program must answer the key `?` with output.
    pub fn hang_up(&mut self) {
        self.hang_up.store(true, Ordering::SeqCst);
        self.send("?");
        // The reader holds the terminal open until something arrives.
        self.reader.take().unwrap().join().unwrap();
        (self.writer, self.master) = (None, None);
    }

    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.parser.screen_mut().set_size(rows, cols);
        self.resize_unseen(rows, cols);
    }

    /// Another size for the program alone; the emulator, which some sizes are too small for, keeps its own.
    pub fn resize_unseen(&mut self, rows: u16, cols: u16) {
        self.master.as_ref().unwrap().resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// The emulator leaves U+FFFD out, where terminals draw it in a cell of its own: it gets another sign of as many bytes.
const REPLACEMENT: &str = "\u{fffd}";
const STAND_IN: &str = "□";

fn drawn(screen: &vt100::Screen) -> String {
    screen.contents().replace(STAND_IN, REPLACEMENT)
}

fn local_flags(master: &(dyn MasterPty + Send)) -> u64 {
    u64::from(master.get_termios().unwrap().local_flags.bits())
}
