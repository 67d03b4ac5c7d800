//! Drawing: reads the [`App`] and changes nothing.

pub mod axis;
mod bar;
mod compare;
mod detail;
mod facet;
mod gantt;
mod help;
mod list;
mod source;
mod status;
pub mod text;

use crate::app::layout::Pane;
use crate::app::{App, View};
use crate::keymap::Keymap;
use crate::theme::{Role, Theme};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget};
use text::Row;

/// How the explorer looks and what its keys are.
#[derive(Debug)]
pub struct Skin {
    /// The colours.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
}

/// Draws everything.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin) {
    let layout = app.layout();
    if layout.header.is_empty() {
        let row = Row::new(&skin.theme, layout.body.width).put(Role::Text, "sevline needs 24×5 cells");
        return row.draw(layout.body, frame.buffer_mut());
    }
    status::header(frame, app, skin, layout.header);
    status::filter(frame, app, skin, layout.filter);
    status::footer(frame, app, skin, layout.footer);
    match app.screen() {
        Some(View::Compare(comparison)) => compare::draw(frame, app, comparison, skin, layout.body),
        Some(View::Source(reader)) => source::draw(frame, reader, skin, layout.body),
        _ => panes(frame, app, skin),
    }
    match app.top() {
        Some(View::Menu(menu)) => facet::draw(frame, menu, skin, layout.body),
        Some(View::Help(scroll)) => help::draw(frame, app, *scroll, skin, layout.body),
        Some(View::Problems(scroll)) => help::problems(frame, app, *scroll, skin, layout.body),
        _ => {}
    }
}

/// The pane with the focus comes last, so that the border it shares with its neighbours is its own.
fn panes(frame: &mut Frame, app: &App, skin: &Skin) {
    let layout = app.layout();
    let mut order = Pane::ALL;
    order.sort_by_key(|&pane| pane == app.focus);
    for pane in order {
        match pane {
            Pane::List => list::draw(frame, app, skin, layout.list),
            Pane::Detail => detail::draw(frame, app, skin, layout.detail),
            Pane::Timeline => gantt::draw(frame, app, skin, layout.timeline),
        }
    }
}

/// A border with titles; what it returns is the room inside.
fn frame_of(frame: &mut Frame, skin: &Skin, area: Rect, title: Line<'static>, note: Line<'static>, focused: bool) -> Rect {
    let role = if focused { Role::Focus } else { Role::Border };
    let block = Block::bordered()
        .border_style(skin.theme.style(role))
        .merge_borders(MergeStrategy::Exact)
        .title_top(title)
        .title_top(note.right_aligned());
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    inner
}

/// A title with blanks around it; one that is empty stays empty.
fn title(skin: &Skin, role: Role, text: &str, room: u16) -> Line<'static> {
    if text.is_empty() {
        return Line::default();
    }
    Row::new(&skin.theme, room.saturating_sub(2)).put(role, &format!(" {text} ")).line()
}

/// A box in the middle of `area` over whatever is there; what it returns is the room inside.
fn popup(frame: &mut Frame, skin: &Skin, area: Rect, size: (u16, u16), heading: &str, note: &str) -> Rect {
    let (width, height) = (size.0.min(area.width), size.1.min(area.height));
    let x = area.x + (area.width - width) / 2;
    let y = area.y + (area.height - height) / 3;
    let place = Rect::new(x, y, width, height);
    // A blank on each side keeps the text below from touching the border.
    let margin = Rect::new(x.saturating_sub(1).max(area.x), y, width + 2, height).intersection(area);
    Clear.render(margin, frame.buffer_mut());
    frame_of(frame, skin, place, title(skin, Role::Heading, heading, width), title(skin, Role::Dim, note, width), true)
}

/// The style of a row: chosen where the focus is, chosen elsewhere, or not.
fn row_role(selected: bool, focused: bool) -> Option<Role> {
    match (selected, focused) {
        (true, true) => Some(Role::Selected),
        (true, false) => Some(Role::SelectedElsewhere),
        _ => None,
    }
}
