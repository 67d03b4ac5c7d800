//! What every chart of time has: the axis with its grid, the breaks in it, and the cursor.

use super::Skin;
use super::text::{Row, glyph, line_of};
use crate::app::axis::{Tick, clock_ticks};
use crate::app::show::Clock;
use crate::app::viewport::{Range, Viewport, instant};
use crate::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What stands in the axis where dead time is left out.
pub const BREAK: char = '╱';

/// What stands in the minimap where something happens.
pub const BUSY: char = '▬';

/// What stands in it where the shown part has nothing.
pub const SHOWN: char = '━';

/// What stands below it.
const DEAD: char = '·';

/// A chart of time on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Plot<'a> {
    /// Where the axis and the lines below it are, without the gutter on their left.
    pub area: Rect,
    /// The time it shows.
    pub view: Viewport<'a>,
    /// How many lines it has with the axis.
    pub lines: usize,
}

impl Plot<'_> {
    /// Draws the axis with the grid below it, and in the gutter that begins at `left` the date at its left edge.
    pub fn frame(self, buffer: &mut Buffer, skin: &Skin, left: u16, clock: &Clock) {
        let ticks = clock_ticks(self.view, clock);
        let dated = ticks.first().is_some_and(|tick| tick.column == 0 && tick.label.len() == 10);
        if let Some(first) = instant(self.view.start()).filter(|_| !dated) {
            let gutter = Rect { x: left, width: self.area.x.saturating_sub(left), height: self.area.height.min(1), ..self.area };
            let row = Row::new(&skin.theme, gutter.width);
            row.number(Role::Dim, &clock.date(first), gutter.width.saturating_sub(1)).draw(gutter, buffer);
        }
        axis(buffer, skin, line_of(self.area, 0), &ticks);
        grid(buffer, skin, self.area, &ticks, self.lines);
    }

    /// Marks the columns in which time is left out, in the first `lines` lines.
    pub fn breaks(self, buffer: &mut Buffer, skin: &Skin, lines: usize) {
        let Self { area, view, .. } = self;
        let style = skin.theme.style(Role::Grid);
        let mut column = 0;
        // One look for each column at most, however many breaks there are.
        while column < view.width {
            let place = view.range.start.saturating_add((f64::from(column) * view.per_column()) as i64);
            let Some((dead, end)) = view.scale.break_after(place) else { return };
            let at =
                |place: i64| (place.saturating_sub(view.range.start) as f64 / view.per_column()).clamp(0.0, f64::from(view.width)) as u16;
            let (from, to) = (at(dead.place).max(column), at(end).max(at(dead.place).max(column) + 1));
            for column in from..to.min(view.width) {
                for line in (0..lines).map(|at| line_of(area, at)).filter(|line| line.height > 0) {
                    let free = buffer.cell((line.x + column, line.y)).is_some_and(|cell| matches!(cell.symbol(), " " | "┊"));
                    if free {
                        glyph(buffer, line.x + column, line.y, if line.y == area.y { BREAK } else { DEAD }, style);
                    }
                }
            }
            column = to;
        }
    }

    /// Marks a selected stretch of time on the axis.
    pub fn selection(self, buffer: &mut Buffer, skin: &Skin, (from, to): (i64, i64)) {
        let Some(shown) = self.view.columns(from, to).filter(|_| self.area.height > 0) else { return };
        let place = Rect { x: self.area.x + shown.start, width: shown.end - shown.start, height: 1, ..self.area };
        buffer.set_style(place, skin.theme.style(Role::Selected));
    }

    /// Draws on the border below the chart which part of the whole axis is shown, and where in it something happens.
    pub fn minimap(self, buffer: &mut Buffer, skin: &Skin, border: Rect, (whole, busy): (Range, &[Range])) {
        let all = Viewport { range: whole, ..self.view };
        let line = Rect { x: self.area.x, width: self.area.width, ..border };
        for busy in busy {
            let columns = all.columns(busy.start, busy.end).into_iter().flatten();
            columns.for_each(|column| glyph(buffer, line.x + column, line.y, BUSY, skin.theme.style(Role::Dim)));
        }
        let moment = |place: i64| self.view.scale.moment(place);
        let Some(shown) = all.columns(moment(self.view.range.start), moment(self.view.range.end)) else { return };
        for column in shown {
            let sign = match buffer.cell((line.x + column, line.y)) {
                Some(cell) if cell.symbol().starts_with(BUSY) => BUSY,
                _ => SHOWN,
            };
            glyph(buffer, line.x + column, line.y, sign, skin.theme.style(Role::Cursor));
        }
    }

    /// Draws the cursor: a line down from the axis; what it meets is shown as looked at.
    pub fn cursor(self, buffer: &mut Buffer, skin: &Skin, at: i64) {
        let Some(column) = self.view.column(at) else { return };
        let style = skin.theme.style(Role::Cursor);
        for line in (1..self.lines).map(|at| line_of(self.area, at)).filter(|line| line.height > 0) {
            let Some(cell) = buffer.cell_mut((line.x + column, line.y)) else { continue };
            let below = cell.style();
            match cell.symbol().chars().next().unwrap_or(' ') {
                ' ' | '┊' | '·' => cell.set_char('│').set_style(style),
                '█'..='▐' => {
                    // A cell that a bar fills in part may have its colours exchanged, which the line is not to inherit.
                    cell.reset();
                    cell.set_char('│').set_style(Style { bg: below.fg, ..style })
                }
                _ => cell.set_style(skin.theme.style(Role::CitedNow)),
            };
        }
    }
}

/// Draws the labels of an axis.
pub fn axis(buffer: &mut Buffer, skin: &Skin, area: Rect, ticks: &[Tick]) {
    for tick in ticks {
        let place = Rect { x: area.x + tick.column, width: area.width - tick.column, ..area };
        Row::new(&skin.theme, place.width).put(Role::Dim, &tick.label).draw(place, buffer);
    }
}

/// Draws faint lines down from the labels; bars come over them.
pub fn grid(buffer: &mut Buffer, skin: &Skin, chart: Rect, ticks: &[Tick], lines: usize) {
    for at in 1..lines {
        let line = line_of(chart, at);
        for tick in ticks.iter().filter(|_| line.height > 0) {
            glyph(buffer, line.x + tick.column, line.y, '┊', skin.theme.style(Role::Grid));
        }
    }
}
