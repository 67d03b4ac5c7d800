//! Lines of styled text that never exceed their room: every word a widget shows passes through [`Row`].

use crate::app::text;
use crate::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use std::ops::Range;

/// A line that is filled from the left.
pub struct Row<'a> {
    theme: &'a Theme,
    spans: Vec<Span<'static>>,
    room: usize,
}

impl<'a> Row<'a> {
    /// An empty line of so many cells.
    pub fn new(theme: &'a Theme, room: u16) -> Self {
        Self { theme, spans: Vec::new(), room: usize::from(room) }
    }

    /// Adds text, cut with `…` where the room ends.
    pub fn put(self, role: Role, text: &str) -> Self {
        let style = self.theme.style(role);
        self.styled(style, text)
    }

    /// Adds text in a style of its own.
    pub fn styled(mut self, style: Style, text: &str) -> Self {
        let fitted = text::fit(text, self.room);
        self.room -= text::width(&fitted).min(self.room);
        if !fitted.is_empty() {
            self.spans.push(Span::styled(fitted, style));
        }
        self
    }

    /// Adds text cut or filled up to so many cells.
    pub fn cell(self, role: Role, text: &str, cells: u16) -> Self {
        let padded = text::pad(text, usize::from(cells).min(self.room));
        self.put(role, &padded)
    }

    /// Adds text pushed to the right of so many cells.
    pub fn number(self, role: Role, text: &str, cells: u16) -> Self {
        let padded = text::pad_left(text, usize::from(cells).min(self.room));
        self.put(role, &padded)
    }

    /// Adds blanks up to the last `cells` cells.
    pub fn skip_to_last(self, cells: usize) -> Self {
        let blanks = self.room.saturating_sub(cells);
        self.put(Role::Text, &" ".repeat(blanks))
    }

    /// How many cells are left.
    pub fn room(&self) -> usize {
        self.room
    }

    /// Draws the line at the top of `area`.
    pub fn draw(self, area: Rect, buffer: &mut Buffer) {
        self.line().render(area.intersection(buffer.area), buffer);
    }

    /// The line in lines of so many cells, broken at blanks.
    pub fn wrapped(self, room: u16) -> Vec<Line<'static>> {
        let whole: String = self.spans.iter().map(|span| span.content.as_ref()).collect();
        let part = |row: Range<usize>| {
            let mut begin = 0;
            let spans = self.spans.iter().filter_map(|span| {
                let (from, to) = (row.start.max(begin) - begin, row.end.saturating_sub(begin).min(span.content.len()));
                begin += span.content.len();
                let words = span.content.get(from..to).filter(|words| !words.is_empty())?;
                Some(Span::styled(words.to_owned(), span.style))
            });
            Line::from(spans.collect::<Vec<_>>())
        };
        text::wrap(&whole, usize::from(room)).into_iter().map(part).collect()
    }

    /// The line.
    pub fn line(self) -> Line<'static> {
        Line::from(self.spans)
    }
}

/// The `at`th line of `area`; empty below its end.
pub fn line_of(area: Rect, at: usize) -> Rect {
    let y = area.y.saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
    let height = u16::from(y < area.bottom());
    Rect { y: y.min(area.bottom()), height, ..area }
}

/// Puts one of our own glyphs on a cell, if the screen has it.
pub fn glyph(buffer: &mut Buffer, x: u16, y: u16, glyph: char, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        // Whatever lay here before must not shine through.
        cell.reset();
        cell.set_char(glyph).set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Depth;

    #[test]
    fn a_wrapped_row_loses_no_words_and_no_style() {
        let theme = Theme::shipped("dark", Depth::True).unwrap();
        let row = || Row::new(&theme, 99).put(Role::Text, "one ").put(Role::Error, "two three").put(Role::Dim, " four");
        for room in 1..30 {
            let lines = row().wrapped(room);
            let whole: String = lines.iter().flat_map(|line| &line.spans).map(|span| span.content.as_ref()).collect();
            assert_eq!(whole, "one two three four");
            let red = lines.iter().flat_map(|line| &line.spans).filter(|span| span.style == theme.style(Role::Error));
            assert_eq!(red.map(|span| span.content.as_ref()).collect::<String>(), "two three");
        }
        assert_eq!(row().wrapped(8).len(), 3);
    }
}
