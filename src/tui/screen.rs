//! What is sent to the terminal for a frame: only what changed, in few bytes, for the terminal may be far away.

use crossterm::cursor::{MoveRight, MoveTo};
use crossterm::queue;
use crossterm::style::{Attribute, Colors, Print, SetAttribute, SetBackgroundColor, SetColors, SetForegroundColor};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, IntoCrossterm, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};

/// So many cells that did not change are written again rather than passed over: the way over them takes as many bytes.
const NEAR: u16 = 6;

/// What stands in a cell that a wide symbol before it may cover: nothing that could be written again.
const HIDDEN: &str = "";

/// crossterm's terminal, but for how a frame is written: a short way to the next change goes over what stands there, of
/// colours only those that differ are named, and none for a blank that does not show them.
#[derive(Debug)]
pub struct Screen<W: Write> {
    terminal: CrosstermBackend<W>,
    /// What was written in the cells since the screen was cleared; the others are blank.
    rows: Vec<Vec<Cell>>,
}

impl<W: Write> Screen<W> {
    /// A screen on which nothing is known to stand.
    pub fn new(output: W) -> Self {
        Self { terminal: CrosstermBackend::new(output), rows: Vec::new() }
    }

    fn keep(&mut self, x: u16, y: u16, cell: Cell) {
        let (x, y) = (usize::from(x), usize::from(y));
        self.rows.resize(self.rows.len().max(y + 1), Vec::new());
        if let Some(row) = self.rows.get_mut(y) {
            row.resize(row.len().max(x + 1), Cell::EMPTY);
            if let Some(place) = row.get_mut(x) {
                *place = cell;
            }
        }
    }

    /// What stands at a place.
    fn at(&self, x: u16, y: u16) -> &Cell {
        self.rows.get(usize::from(y)).and_then(|row| row.get(usize::from(x))).unwrap_or(&Cell::EMPTY)
    }

    /// The symbols that stand in a row from `from` to before `to`, where all are plain and as `pen` writes them.
    fn between(&self, y: u16, from: u16, to: u16, pen: Pen) -> Option<String> {
        let plain = |cell: &&Cell| pen.over(cell) == pen && matches!(cell.symbol().as_bytes(), [b' '..=b'~']);
        (from..to).map(|x| Some(self.at(x, y)).filter(plain).map(Cell::symbol)).collect()
    }
}

/// How the terminal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

const BARE: Pen = Pen { foreground: Color::Reset, background: Color::Reset, modifier: Modifier::empty() };

const ATTRIBUTES: [(Modifier, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

/// The attributes that show where nothing is written.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifier: cell.modifier }
    }

    /// The pen that writes `cell` behind this one: what a blank does not show stays as it is.
    fn over(self, cell: &Cell) -> Self {
        if cell.symbol() != " " || cell.modifier.intersects(SEEN_ON_BLANKS) {
            return Self::of(cell);
        }
        Self { background: cell.bg, modifier: self.modifier - SEEN_ON_BLANKS, ..self }
    }

    /// Writes what turns this pen into `other`.
    fn turn(&mut self, other: Self, output: &mut impl Write) -> io::Result<()> {
        // Nothing takes one attribute away in fewer bytes than this takes them all.
        if !(self.modifier - other.modifier).is_empty() || (other == BARE && *self != BARE) {
            queue!(output, SetAttribute(Attribute::Reset))?;
            *self = BARE;
        }
        for (modifier, attribute) in ATTRIBUTES {
            if (other.modifier - self.modifier).contains(modifier) {
                queue!(output, SetAttribute(attribute))?;
            }
        }
        let (foreground, background) = (other.foreground.into_crossterm(), other.background.into_crossterm());
        match (other.foreground != self.foreground, other.background != self.background) {
            (true, true) => queue!(output, SetColors(Colors::new(foreground, background)))?,
            (true, false) => queue!(output, SetForegroundColor(foreground))?,
            (false, true) => queue!(output, SetBackgroundColor(background))?,
            (false, false) => {}
        }
        *self = other;
        Ok(())
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut pen = BARE;
        let mut place = None;
        for (x, y, cell) in content {
            let stands = self.at(x, y);
            if stands.symbol() == cell.symbol() && BARE.over(stands) == BARE.over(cell) {
                continue;
            }
            let near = place.filter(|&(from, row): &(u16, u16)| row == y && (from..=from.saturating_add(NEAR)).contains(&x));
            match near.and_then(|(from, _)| self.between(y, from, x, pen)) {
                Some(symbols) => queue!(self.terminal, Print(symbols))?,
                None => match place {
                    Some((from, row)) if row == y && from < x => queue!(self.terminal, MoveRight(x - from))?,
                    _ => queue!(self.terminal, MoveTo(x, y))?,
                },
            }
            pen.turn(pen.over(cell), &mut self.terminal)?;
            queue!(self.terminal, Print(cell.symbol()))?;
            // Terminals differ in how wide they draw what is not plain.
            let plain = cell.symbol().chars().count() == 1 && crate::app::text::width(cell.symbol()) == 1;
            place = plain.then(|| (x.saturating_add(1), y));
            self.keep(x, y, cell.clone());
            if !plain {
                self.keep(x.saturating_add(1), y, Cell::new(HIDDEN));
            }
        }
        pen.turn(BARE, &mut self.terminal)
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.terminal.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.terminal.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.terminal.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.terminal.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.terminal.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.rows.clear();
        self.terminal.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.rows.clear();
        self.terminal.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.terminal.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.terminal)
    }
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.terminal.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.terminal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    const AREA: Rect = Rect { x: 0, y: 0, width: 24, height: 4 };

    /// A word at a place, in a style.
    type Word = (u16, u16, usize, usize);

    const WORDS: [&str; 6] = ["down", "a b", "事故", "é", "█▄▂", "   "];

    fn style(number: usize) -> Style {
        let colours = [Color::Reset, Color::Red, Color::Indexed(245)];
        let modifiers = [Modifier::empty(), Modifier::BOLD, Modifier::ITALIC | Modifier::REVERSED];
        Style::new().fg(colours[number % 3]).bg(colours[number / 3 % 3]).add_modifier(modifiers[number / 9 % 3])
    }

    /// What a terminal shows after frames, as symbols and styles; of blanks, as far as it can be seen.
    fn shown(bytes: &[u8]) -> Vec<(String, vt100::Color, vt100::Color, bool, bool, bool)> {
        let mut parser = vt100::Parser::new(AREA.height, AREA.width, 0);
        parser.process(bytes);
        let screen = parser.screen();
        let cell = |at: u16| screen.cell(at / AREA.width, at % AREA.width).unwrap();
        let told = |cell: &vt100::Cell| {
            let symbol = if cell.has_contents() { cell.contents().to_owned() } else { " ".into() };
            let written = symbol != " ";
            let seen = if written || cell.inverse() { cell.fgcolor() } else { vt100::Color::Default };
            (symbol, seen, cell.bgcolor(), written && cell.bold(), written && cell.italic(), cell.inverse())
        };
        (0..AREA.width * AREA.height).map(|at| told(cell(at))).collect()
    }

    /// Draws frames that hold words.
    fn frames(backend: impl Backend<Error = io::Error>, frames: &[Vec<Word>]) {
        let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(AREA) }).unwrap();
        for words in frames {
            terminal
                .draw(|frame| {
                    for &(x, y, word, number) in words {
                        frame.buffer_mut().set_string(x % AREA.width, y % AREA.height, WORDS[word % WORDS.len()], style(number));
                    }
                })
                .unwrap();
        }
    }

    proptest! {
        #[test]
        fn looks_as_crossterm_writes_it(told in prop::collection::vec(prop::collection::vec((0u16..24, 0u16..4, 0usize..6, 0usize..27), 0..12), 1..6)) {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            frames(Screen::new(&mut ours), &told);
            frames(CrosstermBackend::new(&mut theirs), &told);
            prop_assert_eq!(shown(&ours), shown(&theirs));
        }
    }

    #[test]
    fn a_short_way_goes_over_what_stands_there() {
        let told = [vec![(0, 0, 0, 0), (5, 0, 0, 0)], vec![(0, 0, 1, 0), (5, 0, 1, 0)]];
        let mut bytes = Vec::new();
        frames(Screen::new(&mut bytes), &told);
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.matches("\u{1b}[1;").count(), 2, "{text:?}");
    }
}
