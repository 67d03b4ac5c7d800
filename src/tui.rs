//! The explorer on a terminal: loading, input and drawing brought together.

mod changes;
mod editor;
pub mod guard;
pub mod input;
#[cfg(unix)]
mod keys;
mod listen;
mod load;
mod output;
mod remember;
pub mod screen;
mod watch;

use crate::app::action::{Action, Context};
use crate::app::command::Typed;
use crate::app::show::{Clock, Zone};
use crate::app::{App, Effect, Message, SourceSearch};
use crate::cache::Cache;
use crate::incident::Instant;
use crate::keymap::Keymap;
use crate::library::watch::Watch;
use crate::library::{self, Input};
use crate::query::Query;
use crate::query::order::Order;
use crate::resolve::Policy;
use crate::sanitize;
use crate::state::libraries::{self, Memory};
use crate::state::{Change, Sent, State};
use crate::ui::look::Look;
use crate::ui::{self, Skin};
use chrono::{FixedOffset, Local, NaiveDate, Offset, TimeZone, Utc};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::Event;
use crossterm::execute;
use guard::Guard;
use ratatui::layout::Size;
use ratatui::{Frame, Terminal};
use remember::Remembering;
use screen::Screen;
use std::io::{self, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant as Moment};

/// What to explore.
#[derive(Debug)]
pub struct Start {
    /// Where to read.
    pub inputs: Vec<Input>,
    /// What to assume where a report says nothing.
    pub policy: Policy,
    /// What was read before.
    pub cache: Option<Cache>,
    /// Which library is shown and how to open one's own, where that needs saying.
    pub notice: Option<String>,
    /// How it looks and what its keys are.
    pub skin: Skin,
    /// The themes there are.
    pub look: Look,
    /// The name of the theme to begin with.
    pub theme: String,
    /// Whether colours are wanted.
    pub colour: bool,
    /// What is shown, for example the folder.
    pub title: String,
    /// What was typed to open it.
    pub typed: Typed,
    /// The filter to begin with; none for the one that the library was left with.
    pub filter: Option<Query>,
    /// The order to begin with; none for that it was left in.
    pub order: Option<Order>,
    /// Whether it begins without what the library was left with.
    pub fresh: bool,
    /// Where things are remembered; none to remember nothing.
    pub state: Option<PathBuf>,
}

/// Why the explorer could not run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no terminal that could show it.
    #[error("the explorer needs a terminal; use 'sevline list' or 'sevline export' for output to a file or a pipe")]
    NoTerminal,
    /// The terminal refused.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
}

/// While files arrive the screen is drawn no more often than this: reading them is what the machine is for.
const FRAME: Duration = Duration::from_millis(50);

/// So long somebody who leaves waits at most for what is being read to be kept. The end of the program takes some
/// milliseconds more, for its memory is given back: together it is less than a person notices.
const LEAVE: Duration = Duration::from_millis(40);

/// So long it listens for keys that were pressed before its terminal was gone, or a signal ended it.
const LAST: Duration = Duration::from_millis(50);

/// What wakes the loop.
#[derive(Debug)]
enum Wake {
    /// The terminal reports something. No more is read of it until this is taken in.
    Terminal(Vec<Event>),
    /// The explorer has something to take in.
    Message(Message),
    /// A signal came.
    Signal(i32),
    /// The terminal is gone.
    Lost,
}

/// Runs the explorer until it is left; answers with the exit status.
pub fn run(start: Start) -> Result<u8, Error> {
    let get = |name: &str| std::env::var(name).ok();
    if !io::stdout().is_terminal() || get("TERM").is_some_and(|term| term == "dumb") {
        return Err(Error::NoTerminal);
    }
    // crossterm heeds NO_COLOR by itself, which the command line may overrule.
    crossterm::style::force_color_output(start.colour);
    // Before the terminal is taken: a signal in between would end the program and leave it raw.
    let signals = watch::registered()?;
    let mut guard = Guard::enter()?;
    let (sender, receiver) = mpsc::channel();
    watch::signals(signals, sender.clone(), guard.handle());
    watch::hangup(sender.clone());
    let listen = listen::terminal(sender.clone())?;
    let cancel = Arc::new(AtomicBool::new(false));
    let (columns, rows) = crossterm::terminal::size()?;
    let clock = Clock::new(Zone::Utc, local_offset);
    let first = start.state.as_deref().is_some_and(is_first);
    let notice = if first { Some(with_tour(start.notice, &start.skin.keymap)) } else { start.notice };
    let mut app = App::new(start.title, notice, clock, Size { width: columns, height: rows });
    app.typed = start.typed;
    app.update(Message::Today(today()));
    app.help = crate::ui::help::sections(&start.skin.keymap);
    (app.themes, app.theme) = (start.look.names(), start.theme.clone());
    let (state, mut errors) = start.state.as_deref().map(State::load).unwrap_or_default();
    app.state = state;
    let paths = library_paths(&start.inputs);
    let before = start.state.as_deref().zip(paths.as_deref()).map(|(folder, paths)| libraries::left(folder, paths));
    let before = before.transpose().unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let before = before.flatten().unwrap_or_default();
    app.restore(if start.fresh { Memory::default() } else { before.clone() }, (start.filter, start.order));
    app.message = errors.first().map(ToString::to_string).or(app.message);
    let remembering = Remembering::start(start.state, sender.clone());
    let watch = Watch::new(start.inputs, start.policy, start.cache).cut(app.state.cuts.clone());
    let (again, loading) = load::load(watch, cancel.clone(), sender.clone());
    let (skin, look, theme) = (start.skin, start.look, start.theme);
    let mut running = Loop { app, skin, look, theme, remembering, again: again.clone(), listen, search: Arc::default(), sender, receiver };
    let status = running.run(&mut guard);
    let left_at = Moment::now();
    cancel.store(true, Ordering::Relaxed);
    let _ = again.send(load::Asked::Leave);
    // What was typed before a terminal is gone is taken in.
    if !matches!(status, Ok(0)) {
        running.take_last_words();
    }
    let left = running.app.memory();
    if let Some(paths) = paths.filter(|_| left != before) {
        running.remembering.send(Sent { number: 0, change: Change::Left { paths, found: before.into(), left: left.into() } });
    }
    drop(guard);
    // What was asked to be remembered is, and what was read so far, but neither is waited for without end.
    if let Some(why) = running.remembering.leave() {
        let _ = writeln!(io::stderr(), "sevline: {}", sanitize::line(&why));
    }
    let _ = loading.recv_timeout(LEAVE.saturating_sub(left_at.elapsed()));
    // A terminal that was there and refuses now is gone.
    Ok(status.unwrap_or(watch::LOST))
}

/// Whether nothing was ever remembered in that folder. It is there afterwards, so that this is told once.
fn is_first(state: &Path) -> bool {
    !state.exists() && std::fs::create_dir_all(state).is_ok()
}

/// The notice of the first start: what is to be said, and that there is a tour.
fn with_tour(notice: Option<String>, keymap: &Keymap) -> String {
    let key = keymap.keys(Context::List, Action::Palette).next().map(|key| key.to_string()).unwrap_or_default();
    let tour = format!("{key}{} shows you around", Action::Tour.name());
    [notice, Some(tour)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What a library is known by: where it is read from, none for what has no place.
fn library_paths(inputs: &[Input]) -> Option<Vec<String>> {
    let path = |input: &Input| match input {
        Input::Path(path) => path.canonicalize().ok()?.to_str().map(str::to_owned),
        Input::Stdin(_) | Input::Samples => None,
    };
    inputs.iter().map(path).collect()
}

fn local_offset(at: Instant) -> FixedOffset {
    Local.offset_from_utc_datetime(&at.naive_utc()).fix()
}

/// The day it is, in UTC.
fn today() -> NaiveDate {
    Utc::now().date_naive()
}

struct Loop {
    app: App,
    skin: Skin,
    look: Look,
    /// The theme that was last looked up.
    theme: String,
    /// Takes what is to be remembered.
    remembering: Remembering,
    /// Has everything read again.
    again: Sender<load::Asked>,
    /// Has the terminal read on.
    listen: Sender<()>,
    /// Set to end the search of sources that is running.
    search: Arc<AtomicBool>,
    sender: Sender<Wake>,
    receiver: Receiver<Wake>,
}

impl Loop {
    /// Draws a frame. The terminal may have changed its size before the event that says so arrives; then the size is taken
    /// from the frame, for what was laid out for another screen does not fit this one.
    fn draw<W: io::Write>(&mut self, terminal: &mut Terminal<Screen<W>>) -> io::Result<()> {
        loop {
            let mut size = self.app.size();
            let draw = |frame: &mut Frame| {
                size = frame.area().as_size();
                if size == self.app.size() {
                    ui::draw(frame, &self.app, &self.skin);
                }
            };
            guard::synchronized(terminal, |terminal| terminal.draw(draw).map(drop))?;
            if size == self.app.size() {
                return Ok(());
            }
            self.app.update(Message::Resize(size));
        }
    }

    /// Takes in what was typed last, and has it remembered, without a terminal.
    fn take_last_words(&mut self) {
        let begun = Moment::now();
        while let Ok(wake) = self.receiver.recv_timeout(LAST.saturating_sub(begun.elapsed())) {
            let Wake::Terminal(events) = wake else { continue };
            for event in events {
                let effect = input::message(&self.app, &self.skin.keymap, event).map(|message| self.app.update(message));
                if let Some(Effect::Remember(sent) | Effect::Cut(sent)) = effect {
                    self.remembering.send(sent);
                }
            }
            let _ = self.listen.send(());
        }
    }

    /// Runs until the explorer is left; answers with the exit status.
    fn run(&mut self, guard: &mut Guard) -> io::Result<u8> {
        let output = Screen::new(io::BufWriter::with_capacity(1 << 16, io::stdout()));
        // Never dropped: it would show the cursor, which is the guard's to do, and panic where the terminal is gone.
        let mut terminal = ManuallyDrop::new(Terminal::new(output)?);
        let mut drawn: Option<Moment> = None;
        loop {
            self.draw(&mut terminal)?;
            drawn.replace(Moment::now());
            // Everything that is waiting is taken in before the next frame: held keys must not queue up frames.
            let mut wake = self.receiver.recv().unwrap_or(Wake::Lost);
            let mut urgent = false;
            loop {
                urgent |= !matches!(wake, Wake::Message(Message::Arrived(_) | Message::Searched(..)));
                if let Some(status) = self.take_in(wake, guard, &mut terminal)? {
                    return Ok(status);
                }
                let rest = drawn.map_or(Duration::ZERO, |drawn| FRAME.saturating_sub(drawn.elapsed()));
                wake = match self.receiver.recv_timeout(if urgent { Duration::ZERO } else { rest }) {
                    Ok(wake) => wake,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => Wake::Lost,
                };
            }
        }
    }

    /// Answers with an exit status when it is time to go.
    fn take_in<W: io::Write>(&mut self, wake: Wake, guard: &mut Guard, terminal: &mut Terminal<Screen<W>>) -> io::Result<Option<u8>> {
        match wake {
            Wake::Message(message) => return self.update(message, guard, terminal),
            Wake::Terminal(events) => {
                if self.app.list.today() != Some(today()) {
                    self.app.update(Message::Today(today()));
                }
                for event in events {
                    let message = input::message(&self.app, &self.skin.keymap, event);
                    let status = message.map(|message| self.update(message, guard, terminal)).transpose()?.flatten();
                    if status.is_some() {
                        return Ok(status);
                    }
                }
                let _ = self.listen.send(());
            }
            Wake::Signal(signal) if watch::is_stop(signal) => {
                self.suspend(guard, terminal)?;
            }
            Wake::Signal(signal) if watch::is_continue(signal) => {
                guard.resume()?;
                repaint(terminal)?;
            }
            // The next frame takes it from the terminal.
            Wake::Signal(signal) if watch::is_resize(signal) => {}
            Wake::Signal(signal) => return Ok(Some(u8::try_from(128 + signal).unwrap_or(u8::MAX))),
            Wake::Lost => return Ok(Some(watch::LOST)),
        }
        Ok(None)
    }

    /// Takes a message in and does what it asks for; answers with an exit status when it is time to go.
    fn update<W: io::Write>(&mut self, message: Message, guard: &mut Guard, terminal: &mut Terminal<Screen<W>>) -> io::Result<Option<u8>> {
        let effect = self.app.update(message);
        self.change_theme();
        guard.set_mouse(self.app.mouse)?;
        match effect {
            Effect::None => {}
            Effect::Quit(status) => return Ok(Some(status)),
            Effect::Repaint => repaint(terminal)?,
            Effect::Suspend => self.suspend(guard, terminal)?,
            Effect::Remember(sent) => self.remembering.send(sent),
            Effect::Recut => drop(self.again.send(load::Asked::Cut(self.app.state.cuts.clone()))),
            Effect::Cut(sent) => {
                self.remembering.send(sent);
                let _ = self.again.send(load::Asked::Cut(self.app.state.cuts.clone()));
            }
            Effect::OpenCuts(entry) => {
                let sender = self.sender.clone();
                std::thread::spawn(move || {
                    let ways = library::cuts_of(&entry);
                    let _ = sender.send(Wake::Message(Message::Cuts(entry, ways)));
                });
            }
            Effect::SearchSources(search) => self.search(search),
            Effect::Copy(text) => execute!(terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?,
            Effect::Edit(path, line) => {
                let ended = guard.lend(|| editor::edit(&path, line, &|name| std::env::var(name).ok()))?;
                repaint(terminal)?;
                if let Err(why) = ended {
                    self.app.update(Message::Failed(why));
                }
            }
            Effect::Write(output) => {
                let sender = self.sender.clone();
                std::thread::spawn(move || sender.send(Wake::Message(Message::Written(output::write(&output)))));
            }
            Effect::ReadAgain => drop(self.again.send(load::Asked::Again)),
            Effect::OpenSource(entry) => {
                let sender = self.sender.clone();
                std::thread::spawn(move || {
                    let _ = sender.send(Wake::Message(Message::Source(entry.clone(), library::source_of(&entry))));
                    if entry.has_changed() {
                        let why = format!(
                            "{} was changed after it was read; its words may stand elsewhere until it is read again",
                            entry.source.path
                        );
                        let _ = sender.send(Wake::Message(Message::Failed(why)));
                    }
                });
            }
        }
        Ok(None)
    }
}

impl Loop {
    fn suspend<W: io::Write>(&mut self, guard: &mut Guard, terminal: &mut Terminal<Screen<W>>) -> io::Result<()> {
        if !guard.suspend()? {
            self.app.update(Message::Failed("not suspended, for something is still being written; try again".into()));
            return Ok(());
        }
        repaint(terminal)
    }

    /// Looks up the theme that is wanted; one that cannot be used changes nothing.
    fn change_theme(&mut self) {
        if self.theme == self.app.theme {
            return;
        }
        self.theme.clone_from(&self.app.theme);
        match self.look.theme(&self.theme) {
            Ok(theme) => self.skin.theme = theme,
            Err(error) => drop(self.app.update(Message::Failed(error.to_string()))),
        }
    }

    /// Searches sources in the background, instead of the search before.
    fn search(&mut self, search: SourceSearch) {
        self.search.store(true, Ordering::Relaxed);
        self.search = Arc::default();
        let (cancel, sender) = (self.search.clone(), self.sender.clone());
        let SourceSearch { number, words, rows } = search;
        std::thread::spawn(move || {
            library::search(&rows, &words, &cancel, &|answers| {
                let _ = sender.send(Wake::Message(Message::Searched(number, answers)));
            });
        });
    }
}

/// Forgets what is on the screen, which others may have written on. Not `Terminal::clear`: it asks the terminal where
/// the cursor is, and waits for an answer that the input thread takes away.
fn repaint<W: io::Write>(terminal: &mut Terminal<Screen<W>>) -> io::Result<()> {
    let size = terminal.size()?;
    terminal.resize(size.into())
}
