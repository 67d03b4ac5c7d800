//! The prompt for words to look for, in the footer, where pagers have it.

use super::Skin;
use super::text::Row;
use crate::app::App;
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
    let none = match app.reader() {
        _ if input.value().is_empty() => false,
        Some(reader) => reader.matches.is_empty(),
        None => !app.detail.of_tab().any(|at| app.detail.items.get(at).is_some_and(|item| app.find.is_in(&item.value))),
    };
    let row = row.put(Role::Text, &visible);
    row.put(Role::Warning, if none { "  not here" } else { "" }).draw(area, frame.buffer_mut());
}
