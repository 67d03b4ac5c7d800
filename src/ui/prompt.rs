//! The filter line while it is typed, what is wrong with it below the place at fault, and what may be completed.

use super::text::{Row, line_of};
use super::{Skin, border, titles};
use crate::app::prompt::Prompt;
use crate::app::text;
use crate::query::{Mistake, Query};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};
use tui_input::Input;
use unicode_width::UnicodeWidthChar;

/// What stands before the filter.
pub const SIGN: &str = " / ";

/// A text field that is scrolled so that its cursor can be seen.
struct Field<'a> {
    value: &'a str,
    /// The cells that are scrolled away.
    scroll: usize,
    /// Where it begins on screen.
    x: u16,
    width: u16,
}

impl<'a> Field<'a> {
    fn new(input: &'a Input, cursor: usize, area: Rect) -> Self {
        let value = input.value();
        let room = usize::from(area.width).saturating_sub(1);
        Self { value, scroll: cells(value, cursor).saturating_sub(room), x: area.x, width: area.width }
    }

    /// The column of a byte, as far as it can be seen.
    fn column(&self, at: usize) -> u16 {
        let cell = cells(self.value, at).saturating_sub(self.scroll);
        self.x + u16::try_from(cell).unwrap_or(u16::MAX).min(self.width.saturating_sub(1))
    }

    /// The bytes from the first one that is not scrolled away.
    fn visible(&self) -> usize {
        let mut used = 0;
        let first = self.value.char_indices().find(|(_, c)| {
            used += c.width().unwrap_or(1);
            used > self.scroll
        });
        first.map_or(self.value.len(), |(at, _)| at)
    }
}

/// The cells of `text` before the byte `at`.
fn cells(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, text::width)
}

/// Draws a line that is typed, with what is wrong in it; `cells` on its right are taken.
pub fn line(frame: &mut Frame, skin: &Skin, area: Rect, sign: &str, input: &Input, mistakes: &[Mistake]) {
    let row = Row::new(&skin.theme, area.width).put(Role::Filter, sign);
    let taken = u16::try_from(text::width(sign)).unwrap_or(0).min(area.width);
    let place = Rect { x: area.x + taken, width: area.width - taken, ..area };
    let cursor = input.value().char_indices().nth(input.cursor()).map_or(input.value().len(), |(at, _)| at);
    let field = Field::new(input, cursor, place);
    frame.set_cursor_position((field.column(cursor), area.y));
    faulty(row, field.value, field.visible(), mistakes).draw(area, frame.buffer_mut());
}

/// The text from the byte `first` on, its faults marked.
pub fn faulty<'t>(mut row: Row<'t>, value: &str, first: usize, mistakes: &[Mistake]) -> Row<'t> {
    let mut at = first;
    for mistake in mistakes {
        if mistake.span.start < at {
            continue;
        }
        row = row.put(Role::Text, value.get(at..mistake.span.start).unwrap_or_default());
        row = row.put(Role::Error, value.get(mistake.span.clone()).unwrap_or_default());
        at = mistake.span.end;
    }
    row.put(Role::Text, value.get(at..).unwrap_or_default())
}

/// Draws what hangs below the line at `area`: over the top of `body`, the fault that matters and the candidates.
pub fn below(frame: &mut Frame, skin: &Skin, area: Rect, body: Rect, prompt: &Prompt, query: &Query) {
    let taken = u16::try_from(text::width(SIGN)).unwrap_or(0).min(area.width);
    let place = Rect { x: area.x + taken, width: area.width - taken, ..area };
    let cursor = prompt.cursor();
    let field = Field::new(&prompt.input, cursor, place);
    let shown = prompt.shown();
    // What is being typed is not wrong yet: where there is something to choose that says enough.
    let typed_now = |mistake: &&Mistake| mistake.span.start <= cursor && cursor <= mistake.span.end;
    let mistakes = query.mistakes();
    let fault = mistakes.iter().find(|mistake| !typed_now(mistake)).or_else(|| mistakes.first().filter(|_| shown.is_none()));
    let used = fault.map_or(0, |fault| {
        let role = if fault.is_unfinished(query.text()) { Role::Dim } else { Role::Error };
        message(frame, skin, body, field.column(fault.span.start), carets(&field, fault), role, &fault.to_string())
    });
    let Some((first, candidates, chosen)) = shown else { return };
    let names = candidates.iter().map(|candidate| text::width(&candidate.name)).max().unwrap_or(0).min(40);
    let notes = candidates.iter().map(|candidate| text::width(&candidate.note)).max().unwrap_or(0).min(60);
    let heading = query_field(prompt);
    let width = u16::try_from((names + notes + 7).max(heading.len() + 14)).unwrap_or(u16::MAX).min(body.width);
    let room = body.height.saturating_sub(used);
    let height = u16::try_from(candidates.len() + 2).unwrap_or(u16::MAX).min(room);
    if height < 3 {
        return;
    }
    let x = field.column(prompt.place()).saturating_sub(2).min(body.right() - width);
    let place = Rect::new(x, body.y + used, width, height);
    Clear.render(place, frame.buffer_mut());
    border(frame, skin, place, true);
    let count = prompt.candidates();
    let note = match chosen {
        Some(at) => format!("{}/{count}", at + 1),
        None if count > usize::from(height - 2) => count.to_string(),
        None => String::new(),
    };
    let inner = titles(frame, skin, place, (Role::Heading, heading), (Role::Dim, &note));
    // A small screen shows fewer than the prompt keeps ready.
    let rows = usize::from(inner.height);
    let skip = chosen.map_or(0, |at| (at - first.min(at) + 1).saturating_sub(rows));
    for (at, candidate) in candidates.iter().enumerate().skip(skip).take(rows) {
        let line = line_of(inner, at - skip);
        let row = Row::new(&skin.theme, inner.width).put(Role::Text, " ");
        let row = row.cell(Role::Text, &candidate.name, u16::try_from(names).unwrap_or(0));
        row.put(Role::Dim, "  ").put(Role::Dim, &candidate.note).draw(line, frame.buffer_mut());
        if Some(first + at) == chosen {
            frame.buffer_mut().set_style(line, skin.theme.style(Role::Selected));
        }
    }
}

fn query_field(prompt: &Prompt) -> &'static str {
    prompt.field().map_or("fields", crate::query::field::Field::name)
}

/// How many carets stand below a fault.
fn carets(field: &Field, fault: &Mistake) -> usize {
    usize::from(field.column(fault.span.end).saturating_sub(field.column(fault.span.start))).max(1)
}

/// Writes a message below a column, beside its carets where there is room; answers with how many lines it takes.
fn message(frame: &mut Frame, skin: &Skin, body: Rect, column: u16, carets: usize, role: Role, words: &str) -> u16 {
    let marks = "^".repeat(carets);
    let right = usize::from(body.right().saturating_sub(column));
    let mut lines = if carets + 1 + text::width(words) <= right {
        vec![(column, format!("{marks} {words}"))]
    } else {
        let rows = text::wrap(words, usize::from(body.width.saturating_sub(2)));
        let rows = rows.into_iter().map(|row| (body.x + 1, words.get(row).unwrap_or_default().trim_end().to_owned()));
        std::iter::once((column, marks)).chain(rows).collect()
    };
    lines.truncate(usize::from(body.height));
    for (at, (x, line)) in lines.iter().enumerate() {
        let place = line_of(body, at);
        Clear.render(place, frame.buffer_mut());
        let place = Rect { x: *x, width: body.right().saturating_sub(*x), ..place };
        Row::new(&skin.theme, place.width).put(role, line).draw(place, frame.buffer_mut());
    }
    u16::try_from(lines.len()).unwrap_or(0)
}
