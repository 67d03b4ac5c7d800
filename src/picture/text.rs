//! A chart in characters: bars to an eighth of a cell, without relying on colours.

mod table;

use super::build::OVERLAPS;
use super::chart::{Axis, Chart, Forms, Span, Track};
use crate::app::axis::Tick;
use crate::app::glyph;
use crate::app::text::{self, clean, fit, pad, pad_left, width};
use crate::app::viewport::{Range, Viewport};
use crate::incident::{Certainty, PhaseKind};
use std::io::{Result, Write};

/// How a chart is written.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The cells of a line.
    pub width: usize,
    /// What comes out goes through this: for a terminal that has ASCII only it spells signs out.
    pub spell: &'a dyn Fn(&str) -> String,
    /// Whether bars are drawn with ASCII only.
    pub ascii: bool,
    /// The colour of a phase around a text, where colours are wanted.
    pub paint: &'a dyn Fn(&str, Option<PhaseKind>) -> String,
    /// A text as a heading.
    pub bold: &'a dyn Fn(&str) -> String,
}

/// Blocks that fill a cell from the left, by eighths.
const LEFT: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// What stands where time is left out.
const BREAK: char = '╱';

/// Writes `chart`.
pub fn text(out: &mut dyn Write, chart: &Chart, look: Look) -> Result<()> {
    let mut page = Page { out, look, name: 0, value: 0, chart: 0 };
    wrap(&chart.title, look.width).iter().try_for_each(|line| page.heading(line))?;
    chart.facts.iter().flat_map(|fact| wrap(fact, look.width)).try_for_each(|line| page.line(&line))?;
    page.line("")?;
    match chart.range {
        Some(range) => page.picture(&chart.axis, range, &chart.tracks)?,
        None => page.line("No time is known.")?,
    }
    let legend: Vec<_> = chart.events().into_iter().map(|kind| format!("{} {}", glyph::event(kind), glyph::event_name(kind))).collect();
    if !chart.notes.is_empty() || !legend.is_empty() {
        page.line("")?;
        flow(&legend, look.width).iter().try_for_each(|line| page.line(line))?;
        chart.notes.iter().flat_map(|note| wrap(note, look.width)).try_for_each(|line| page.line(&line))?;
    }
    if let Some(panel) = &chart.more {
        page.line("")?;
        page.heading(&panel.caption)?;
        page.picture(&Axis::Relative, panel.range, &panel.tracks)?;
        panel.note.iter().flat_map(|note| wrap(note, look.width)).try_for_each(|line| page.line(&line))?;
    }
    chart.tables.iter().filter(|table| matches!(table.forms, Forms::All | Forms::Everywhere)).try_for_each(|table| page.table(table))
}

struct Page<'a> {
    out: &'a mut dyn Write,
    look: Look<'a>,
    /// The cells left of the axis, behind it, and of the axis itself.
    name: usize,
    value: usize,
    chart: usize,
}

/// A cell of the chart with what colours it.
type Cell = (char, Option<Option<PhaseKind>>);

impl Page<'_> {
    fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.out, "{}", self.plain(text).trim_end())
    }

    fn heading(&mut self, text: &str) -> Result<()> {
        let text = (self.look.spell)(&clean(text));
        writeln!(self.out, "{}", (self.look.bold)(&text))
    }

    fn picture(&mut self, axis: &Axis, range: Range, tracks: &[Track]) -> Result<()> {
        let widest = |text: fn(&Track) -> &str| tracks.iter().map(|track| width(text(track))).max().unwrap_or(0);
        self.name = widest(|track| &track.name).max(widest(|track| &track.note).min(24)).clamp(14, (self.look.width / 3).clamp(14, 36)) + 2;
        self.value = widest(|track| &track.value).min(12);
        self.chart = self.look.width.saturating_sub(self.name + self.value + 1).max(20);
        let view = Viewport::even(range, u16::try_from(self.chart).unwrap_or(u16::MAX));
        let ticks = axis.ticks(range, view.width);
        self.line(&format!("{}{}", pad(&axis.corner(range), self.name), labels(&ticks)))?;
        let grid = self.grid(&ticks, axis.breaks(range).into_iter().filter_map(|dead| view.columns(dead.start, dead.end)));
        for track in tracks {
            self.track(track, view, &grid)?;
        }
        Ok(())
    }

    fn track(&mut self, track: &Track, view: Viewport, grid: &[Cell]) -> Result<()> {
        let several = !track.note.is_empty() && !track.bars.is_empty() && !track.marks.is_empty();
        if let Some(why) = track.empty {
            self.row(&track.name, (why, width(why)), &track.value)?;
            return if track.note.is_empty() { Ok(()) } else { self.row(&track.note, ("", 0), "") };
        }
        let mut cells = grid.to_vec();
        for bar in track.bars.iter().filter(|bar| bar.rest).chain(track.bars.iter().filter(|bar| !bar.rest)) {
            draw(&mut cells, view, bar);
        }
        if !several {
            marks(&mut cells, view, track);
            let sign = if track.overlaps { format!("{OVERLAPS} ") } else { String::new() };
            let name = if track.name.is_empty() { &track.note } else { &track.name };
            return self.row(&format!("{sign}{name}"), (&self.painted(&cells), self.chart), &track.value);
        }
        self.row(&track.name, (&self.painted(&cells), self.chart), &track.value)?;
        cells = grid.to_vec();
        marks(&mut cells, view, track);
        self.row(&track.note, (&self.painted(&cells), self.chart), "")
    }

    /// A line of a name, of drawn cells with their number, and of a value.
    fn row(&mut self, name: &str, (cells, used): (&str, usize), value: &str) -> Result<()> {
        let blank = " ".repeat(self.chart.saturating_sub(used) + 1);
        let value = pad_left(&self.spelled(value, self.value), self.value);
        let line = format!("{}{cells}{blank}{value}", pad(&self.spelled(name, self.name - 2), self.name));
        writeln!(self.out, "{}", line.trim_end())
    }

    /// `text` in `room` cells as it comes out.
    fn spelled(&self, text: &str, room: usize) -> String {
        if self.look.ascii { fit_plain(&self.plain(text), room) } else { fit(text, room) }
    }

    /// `text` on one line as it comes out: our own signs as they are in the picture, the others as they are spelled.
    fn plain(&self, text: &str) -> String {
        if !self.look.ascii {
            return clean(text);
        }
        let ours: String = clean(text).chars().map(|c| Some(plain(c)).filter(|plain| *plain != '?').unwrap_or(c)).collect();
        (self.look.spell)(&ours)
    }

    /// What lies behind all rows: lines down from the labels, and where time is left out.
    fn grid(&self, ticks: &[Tick], breaks: impl Iterator<Item = std::ops::Range<u16>>) -> Vec<Cell> {
        let mut cells = vec![(' ', None); self.chart];
        breaks.flatten().for_each(|column| put(&mut cells, column.into(), BREAK, None));
        for tick in ticks {
            put(&mut cells, i64::from(tick.column), '┊', None);
        }
        cells
    }

    /// The cells as text, ASCII or painted.
    fn painted(&self, cells: &[Cell]) -> String {
        let sign = |c: char| if self.look.ascii { plain(c) } else { c };
        let runs = cells.chunk_by(|a, b| a.1 == b.1);
        let run = |run: &[Cell]| {
            let text: String = run.iter().map(|(c, _)| sign(*c)).collect();
            match run.first().and_then(|(_, kind)| *kind) {
                Some(kind) => (self.look.paint)(&text, kind),
                None => text,
            }
        };
        runs.map(run).collect()
    }
}

/// `text` in lines of that many cells; none where it is empty.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let rows = text::wrap(text, room).into_iter().filter_map(|row| text.get(row));
    rows.map(|row| row.trim_end().to_owned()).filter(|row| !row.is_empty()).collect()
}

/// `items` in lines of that many cells, none broken in two.
fn flow(items: &[String], room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut().filter(|line| width(line) + 2 + width(item) <= room) {
            Some(line) => line.push_str(&format!("  {item}")),
            None => lines.push(item.clone()),
        }
    }
    lines
}

/// An ASCII text in `room` cells.
fn fit_plain(text: &str, room: usize) -> String {
    if text.len() <= room { text.to_owned() } else { format!("{}..", text.get(..room.saturating_sub(2)).unwrap_or_default()) }
}

fn labels(ticks: &[Tick]) -> String {
    let mut line = String::new();
    for tick in ticks {
        line = pad(&line, usize::from(tick.column)) + &tick.label;
    }
    line
}

fn put(cells: &mut [Cell], column: i64, c: char, kind: Option<Option<PhaseKind>>) {
    if let Some(cell) = usize::try_from(column).ok().and_then(|column| cells.get_mut(column)) {
        *cell = (c, kind);
    }
}

fn draw(cells: &mut [Cell], view: Viewport, bar: &Span) {
    let Some((start, end)) = bar.edges() else { return };
    let right = i64::from(view.width) * 8;
    let (from, to) = (view.eighths(start), view.eighths(end));
    if to < 0 || from > right {
        return;
    }
    let (from, to) = (from.max(0), to.min(right));
    let kind = Some(bar.kind);
    let fill = match bar.certainty {
        _ if bar.rest => '░',
        Certainty::Inferred => '▒',
        Certainty::Stated => '█',
    };
    // What is shorter than a cell is seen, and where it is matters more than how short.
    if to - from < 8 {
        put(cells, (from / 8).min(right / 8 - 1), '┃', kind);
    } else {
        for column in from / 8..=(to - 1) / 8 {
            let (left, right) = ((from - column * 8).max(0), (to - column * 8).min(8));
            put(cells, column, if fill == '█' { partial(left, right) } else { fill }, kind);
        }
        if bar.joined && to - from > 8 && from > 0 {
            put(cells, from / 8, if fill == '█' { '▐' } else { '│' }, kind);
        }
        label(cells, bar, from, to);
    }
    if bar.start.is_none() {
        put(cells, from / 8 - 1, '◁', kind);
    }
    if bar.end.is_none() {
        let begin = (to + 7) / 8;
        for (column, c) in (begin..).zip(['▓', '▒', '░', '▷']) {
            put(cells, column, if fill == '█' || c == '▷' { c } else { '░' }, kind);
        }
        if begin + 3 >= i64::from(view.width) {
            put(cells, i64::from(view.width) - 1, '▷', kind);
        }
    }
}

/// The block that covers a cell from one eighth to another as nearly as plain characters can.
fn partial(left: i64, right: i64) -> char {
    match (left, right) {
        (0, right) => usize::try_from(right).ok().and_then(|right| LEFT.get(right)).copied().unwrap_or('█'),
        (..=2, 8) => '█',
        (3..=6, 8) => '▐',
        (_, 8) => '▕',
        _ => '█',
    }
}

/// Writes the name on the bar, where both its ends can still be seen.
fn label(cells: &mut [Cell], bar: &Span, from: i64, to: i64) {
    let words = clean(&bar.label);
    let (first, end) = ((from + 7) / 8 + 1, to / 8 - 1);
    let room = usize::try_from(end - first).unwrap_or(0);
    if words.is_empty() || bar.rest || width(&words) + 2 > room || width(&words) != words.chars().count() {
        return;
    }
    let at = first + i64::try_from((room - width(&words) - 2) / 2).unwrap_or(0);
    for (column, c) in (at..).zip(format!(" {words} ").chars()) {
        put(cells, column, c, None);
    }
}

fn marks(cells: &mut [Cell], view: Viewport, track: &Track) {
    let columns: Vec<_> = track.marks.iter().filter_map(|mark| Some((view.column(mark.at)?, mark))).collect();
    if let (Some((first, _)), Some((last, _))) = (columns.first(), columns.last())
        && (track.bars.is_empty() || !track.note.is_empty())
    {
        (*first..=*last).for_each(|column| put(cells, column.into(), '─', None));
    }
    for here in columns.chunk_by(|a, b| a.0 == b.0) {
        let Some((column, mark)) = here.first() else { continue };
        let several = u32::try_from(here.len()).ok().and_then(|count| char::from_digit(count, 10)).unwrap_or('+');
        put(cells, (*column).into(), if here.len() > 1 { several } else { mark.sign }, None);
    }
}

/// The sign that stands for one beyond ASCII.
pub fn plain(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        '█' | '▉' | '▊' | '▋' | '▌' | '▓' => '#',
        '▐' | '▍' | '▎' | '▏' | '▕' | '┃' | '│' => '|',
        '▒' => '=',
        '░' | '─' => '-',
        '▷' => '>',
        '◁' => '<',
        '┊' => ':',
        '▼' => 'v',
        // Capitals are what incidents are called.
        '◆' => 'd',
        '○' => 'a',
        '●' => 'i',
        '◉' => 'f',
        '▲' => 'm',
        '△' => 'h',
        '◎' => 'w',
        '◇' => 'r',
        '■' => 'x',
        '□' => 'o',
        '×' => 'x',
        '▪' => 'p',
        '◂' => '<',
        '•' => '*',
        OVERLAPS => '!',
        BREAK => '/',
        '①'..='⑨' => u32::from(c).checked_sub(u32::from('①')).and_then(|at| char::from_digit(at + 1, 10)).unwrap_or('+'),
        '⑩'..='⑳' => '+',
        _ => '?',
    }
}
