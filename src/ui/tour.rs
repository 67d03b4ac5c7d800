//! The line of the tour, above the footer.

use super::Skin;
use super::text::Row;
use crate::app::action::Action;
use crate::app::tour::{Step, Tour};
use crate::app::{App, text};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the line.
pub fn draw(frame: &mut Frame, app: &App, tour: &Tour, skin: &Skin, area: Rect) {
    let (before, context, action, after) = app.told(tour.step);
    let key = skin.shown_key(context, action);
    let row = Row::new(&skin.theme, area.width)
        .put(Role::Filter, &format!(" tour {}/{} ", tour.step.number(), Step::ALL.len()))
        .put(Role::Text, &format!(" {before} "))
        .put(Role::Key, &key)
        .put(Role::Text, &format!(" {after}"));
    // Where Enter is what is told it needs no telling.
    let keys = |action| skin.keymap.keys(app.context(), action).next().map(|key| key.to_string()).unwrap_or_default();
    let on = if app.goes_on() && tour.step.next().is_some() { format!("{}: next · ", keys(Action::Open)) } else { String::new() };
    let ways = format!("{on}{}: end ", keys(Action::Cancel));
    let cells = text::width(&ways);
    let told = row.room() > cells + 1 && app.is_touring();
    let row = if told { row.skip_to_last(cells).put(Role::Dim, &ways) } else { row };
    row.draw(area, frame.buffer_mut());
}
