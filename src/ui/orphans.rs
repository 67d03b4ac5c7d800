//! The reviews that no incident has any more: of what they were, where, and what they say.

use super::text::{Row, line_of};
use super::{Skin, popup};
use crate::app::menu::shape::Shape;
use crate::app::menu::{Menu, Value};
use crate::app::show;
use crate::review::Reviewed;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The cells between two columns.
const GAP: u16 = 2;

/// Draws the list.
pub fn draw(frame: &mut Frame, menu: &Menu, skin: &Skin, area: Rect) {
    let Shape { place, heading, note, .. } = Shape::of(menu, area);
    let inner = popup(frame, skin, place, &heading, &note);
    if menu.choices.is_empty() {
        return Row::new(&skin.theme, inner.width).put(Role::Dim, " no such review").draw(inner, frame.buffer_mut());
    }
    for (at, choice) in menu.choices.iter().enumerate().skip(menu.scroll).take(usize::from(inner.height)) {
        let Value::Orphan(said) = &choice.value else { continue };
        let line = line_of(inner, at - menu.scroll);
        row(said, Row::new(&skin.theme, inner.width), inner.width).draw(line, frame.buffer_mut());
        if at == menu.selected {
            frame.buffer_mut().set_style(line, skin.theme.style(Role::Selected));
        }
    }
}

/// The title has most of the room; where there is little, what a review says is worth more than its file.
fn row<'a>(said: &Reviewed, row: Row<'a>, width: u16) -> Row<'a> {
    let (title, file, marks) = match width {
        0..60 => (width / 2, 0, width / 4),
        _ => (width * 2 / 5, width / 5, width / 5),
    };
    let cell = |row: Row<'a>, role, text: &str, width: u16| match width {
        0 => row,
        width => row.cell(role, text, width.saturating_sub(GAP)).put(Role::Text, "  "),
    };
    let corrected = if said.review.corrects() { format!("{} ", show::CORRECTED) } else { String::new() };
    let row = cell(row.put(Role::Text, " "), Role::Text, &said.title, title);
    let row = cell(row, Role::Dim, &said.key.place, file);
    cell(row, Role::Own, &format!("{corrected}{}", said.marks()), marks).put(Role::Own, said.first_line())
}
