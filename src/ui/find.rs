//! The prompt for words to look for, in the footer, where pagers have it.

use super::Skin;
use super::text::Row;
use crate::app::{App, find};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};
use tui_input::Input;

/// Draws the prompt.
pub fn draw(frame: &mut Frame, app: &App, input: &Input, skin: &Skin, area: Rect) {
    Clear.render(area, frame.buffer_mut());
    let row = Row::new(&skin.theme, area.width).put(Role::Filter, " find ▸ ");
    let before = usize::from(area.width) - row.room();
    let scroll = input.visual_scroll(row.room().saturating_sub(1));
    let cursor = before + input.visual_cursor().saturating_sub(scroll);
    let x = area.x.saturating_add(u16::try_from(cursor).unwrap_or(0)).min(area.right().saturating_sub(1));
    frame.set_cursor_position((x, area.y));
    let visible: String = input.value().chars().skip(scroll).collect();
    let (here, all) = match app.reader() {
        Some(reader) => (reader.match_number(), reader.matches.len()),
        None => app.detail.matches(&app.find),
    };
    let row = row.put(Role::Text, &visible);
    match find::place(here, all) {
        _ if input.value().is_empty() => row,
        Some(told) => row.put(Role::Dim, &format!("  {told}")),
        None => row.put(Role::Warning, "  not here"),
    }
    .draw(area, frame.buffer_mut());
}
