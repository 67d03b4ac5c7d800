//! The explorer, driven by bytes: keys, pastes and sizes, with what must hold between any two of them.

use super::{clock, safe};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use sevline::app::{App, Effect, Message, View};
use sevline::keymap::Keymap;
use sevline::library::{self, Found, Input, Problem, Progress};
use sevline::query::Indexed;
use sevline::resolve::Policy;
use sevline::theme::{Depth, Theme};
use sevline::tui::input;
use sevline::ui::{self, Skin};
use std::collections::HashSet;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

/// So many events are played at most: longer inputs find nothing that shorter ones do not.
const MOST: usize = 200;

const SIZES: [(u16, u16); 8] = [(80, 24), (120, 36), (40, 10), (24, 5), (1, 1), (200, 60), (23, 4), (79, 500)];

const CODES: [KeyCode; 16] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::F(1),
    KeyCode::Null,
];

const PASTES: [&str; 8] = ["sev>=high ", "\u{1b}[2J\u{202e}", "org:", "\"", "(a or ", "e\u{301}\u{200b}事", "q\n:quit\n", "text:\"the\" "];

static ARRIVED: LazyLock<library::Library> = LazyLock::new(|| library::load(&[Input::Samples], &Policy::default()));

struct Driver {
    app: App,
    skin: Skin,
    terminal: Terminal<TestBackend>,
}

/// Any keys: nothing panics, the selection stands on what is visible, every frame can be drawn, steers no terminal, and says
/// what it filters.
pub fn keys(data: &[u8]) {
    let size = SIZES[usize::from(data.first().copied().unwrap_or(0)) % SIZES.len()];
    let theme = if data.len().is_multiple_of(2) { "dark" } else { "ascii" };
    let mut driver = Driver::new(size, theme);
    let mut batch = vec![Progress::Queued(ARRIVED.entries.len())];
    batch.extend(ARRIVED.entries.iter().map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry.clone())]))));
    let lost = Problem { path: "old\u{1b}[2J.bin".into(), message: "this is a binary file".into() };
    batch.push(Progress::File(Found::Problem(lost)));
    driver.walk(batch, data.get(1..).unwrap_or_default());
}

/// Shows rows wherever rows are shown: in the list by several orders, filtered, in the detail, on an axis, in the
/// calendar and in the statistics.
pub fn shows(rows: Vec<Indexed>) {
    let mut driver = Driver::new((120, 36), "dark");
    let batch = vec![Progress::Queued(rows.len()), Progress::File(Found::Report(rows))];
    driver.walk(batch, b"jG\x80tjq/sev>=high dur>30m\x80\x81\x81s\x87\x80\x81#j\x80qqo\x87\x80\x81");
}

impl Driver {
    fn new((width, height): (u16, u16), theme: &str) -> Self {
        let app = App::new("samples".into(), None, clock(), Size { width, height });
        let theme = Theme::shipped(theme, Depth::True).expect("shipped");
        let skin = Skin { theme, keymap: Keymap::shipped().expect("shipped keys are right") };
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("a test's terminal");
        Self { app, skin, terminal }
    }

    /// Takes rows in and plays keys until they end or the explorer does.
    fn walk(&mut self, batch: Vec<Progress>, keys: &[u8]) {
        self.tell(Message::Arrived(batch));
        let mut bytes = keys.iter().copied();
        for _ in 0..MOST {
            let Some(byte) = bytes.next() else { break };
            if !self.play(byte, &mut bytes) {
                break;
            }
            self.check();
        }
    }

    /// Plays what a byte stands for; answers whether the explorer is still open.
    fn play(&mut self, byte: u8, more: &mut impl Iterator<Item = u8>) -> bool {
        let event = match byte {
            0x20..=0x7e => Event::Key(KeyEvent::new(KeyCode::Char(byte.into()), KeyModifiers::NONE)),
            0x80..=0x8f => Event::Key(KeyEvent::new(CODES[usize::from(byte & 15)], KeyModifiers::NONE)),
            0x90..=0x9f => Event::Key(KeyEvent::new(CODES[usize::from(byte & 15)], KeyModifiers::SHIFT)),
            0xa0..=0xba => Event::Key(KeyEvent::new(KeyCode::Char(char::from(byte - 0xa0 + b'`')), KeyModifiers::CONTROL)),
            0xc0..=0xda => Event::Key(KeyEvent::new(KeyCode::Char(char::from(byte - 0xc0 + b'`')), KeyModifiers::ALT)),
            0xe0..=0xe7 => Event::Paste(PASTES[usize::from(byte & 7)].into()),
            0xe8..=0xef => {
                let (width, height) = SIZES[usize::from(byte & 7)];
                Event::Resize(width, height)
            }
            0xf0 => Event::Resize(more.next().unwrap_or(0).into(), more.next().unwrap_or(0).into()),
            0xf1 => return self.tell(Message::Loaded),
            0xf2 => return self.tell(Message::Failed("no room\u{1b}[2J".into())),
            0xf3 => {
                let again = ARRIVED.entries.first().cloned().into_iter();
                let again = again.map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)])));
                return self.tell(Message::Arrived(again.collect()));
            }
            _ => return true,
        };
        match input::message(&self.app, &self.skin.keymap, event) {
            Some(message) => self.tell(message),
            None => true,
        }
    }

    fn tell(&mut self, message: Message) -> bool {
        match self.app.update(message) {
            Effect::Quit(_) => false,
            Effect::OpenSource(entry) => self.tell(Message::Source(entry.clone(), library::source_of(&entry))),
            Effect::SearchSources(search) => {
                let found = std::cell::RefCell::new(Vec::new());
                library::search(&search.rows, &search.words, &AtomicBool::new(false), &|answers| found.borrow_mut().extend(answers));
                self.tell(Message::Searched(search.number, found.into_inner()))
            }
            _ => true,
        }
    }

    fn check(&mut self) {
        let list = &self.app.list;
        let seen: HashSet<_> = list.visible.iter().collect();
        assert_eq!(seen.len(), list.visible.len(), "a row is shown twice");
        assert!(list.visible.iter().chain(&list.marks).all(|id| *id < list.rows.len()));
        assert_eq!(list.selected_id(), list.visible.get(list.position()).copied());
        assert!(list.visible.is_empty() || list.selected_id().is_some(), "nothing is selected");
        let size = self.app.size();
        self.terminal.backend_mut().resize(size.width, size.height);
        self.terminal.resize(size.into()).expect("a test's terminal");
        let (app, skin) = (&self.app, &self.skin);
        let drawn = self.terminal.draw(|frame| ui::draw(frame, app, skin)).expect("a test's terminal");
        let text: Vec<&str> = drawn.buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        text.iter().for_each(|symbol| safe(symbol));
        let layout = app.layout();
        if !layout.header.is_empty() && !app.list.query().is_empty() && !matches!(app.top(), Some(View::Prompt(_))) {
            let from = usize::from(layout.filter.y) * usize::from(size.width);
            let row: String = text.iter().skip(from).take(usize::from(size.width)).copied().collect();
            // Where there is no room for the word, there is for how many pass.
            let beside = row.contains("filter") || row.contains(" of ");
            assert!(beside, "{row:?} does not say that {:?} filters", app.list.query().text());
        }
    }
}
