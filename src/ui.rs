//! Drawing: reads the [`App`] and changes nothing.

mod bar;
mod calendar;
mod chart;
mod compare;
mod detail;
mod facet;
mod find;
mod gantt;
pub mod help;
mod list;
pub mod look;
mod orphans;
mod plain;
mod prompt;
mod signs;
mod source;
mod statistics;
mod status;
pub mod text;
mod tour;

use crate::app::action::{Action, Context};
use crate::app::layout::Pane;
use crate::app::timeline::Scope;
use crate::app::{App, View};
use crate::keymap::Keymap;
use crate::theme::{Role, Theme};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
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

impl Skin {
    /// The key to tell of an action in a place; without one the action's name, by which it is found among all commands.
    pub fn shown_key(&self, context: Context, action: Action) -> String {
        self.keymap.keys(context, action).next().map_or_else(|| action.name().to_owned(), |key| key.to_string())
    }
}

/// Draws everything.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin) {
    draw_all(frame, app, skin);
    if skin.theme.ascii {
        plain::spell(frame.buffer_mut());
    }
}

fn draw_all(frame: &mut Frame, app: &App, skin: &Skin) {
    let layout = app.layout();
    if layout.header.is_empty() {
        let row = Row::new(&skin.theme, layout.body.width).put(Role::Text, "sevline needs 24×5 cells");
        return row.draw(layout.body, frame.buffer_mut());
    }
    status::header(frame, app, skin, layout.header);
    status::filter(frame, app, skin, layout.filter);
    status::footer(frame, app, skin, layout.footer);
    if let Some(tour) = &app.tour {
        tour::draw(frame, app, tour, skin, layout.tour);
    }
    match app.screen() {
        Some(View::Compare(comparison)) => compare::draw(frame, app, comparison, skin, layout.body),
        Some(View::Statistics(board)) => statistics::draw(frame, app, board, skin, layout.body),
        Some(View::Source(reader)) => source::draw(frame, reader, skin, layout.body),
        _ => panes(frame, app, skin),
    }
    match app.top() {
        Some(View::Menu(menu)) => facet::draw(frame, menu, skin, app.menu_area(menu), app.context_below()),
        Some(View::Prompt(typed)) => {
            prompt::below(frame, skin, status::left_of_counts(app, skin, layout.filter), layout.body, typed, app.list.query())
        }
        Some(View::Help(help)) => help::draw(frame, app, help, skin, layout.body),
        Some(View::Problems(scroll)) => help::problems(frame, app, *scroll, skin, layout.body),
        Some(View::Find(input, _)) => find::draw(frame, app, input, skin, layout.footer),
        _ => {}
    }
}

/// The panes share their borders. That of the pane with the focus is drawn over the others', and the titles over all.
fn panes(frame: &mut Frame, app: &App, skin: &Skin) {
    let layout = app.layout();
    let mut panes = [(Pane::List, layout.list), (Pane::Detail, layout.detail), (Pane::Timeline, layout.timeline)];
    panes.sort_by_key(|(pane, _)| *pane == app.focus);
    for (pane, area) in panes {
        border(frame, skin, area, pane == app.focus);
    }
    list::draw(frame, app, skin, layout.list);
    detail::draw(frame, app, skin, layout.detail);
    match app.timeline.scope {
        Scope::One => gantt::draw(frame, app, skin, layout.timeline),
        Scope::All => calendar::draw(frame, app, skin, layout.timeline),
    }
}

fn border(frame: &mut Frame, skin: &Skin, area: Rect, focused: bool) {
    let style = skin.theme.style(if focused { Role::Focus } else { Role::Border });
    Block::bordered().border_style(style).merge_borders(MergeStrategy::Exact).render(area, frame.buffer_mut());
}

/// A text on the left and one on the right of a border's top; what it returns is the room inside the border.
fn titles(frame: &mut Frame, skin: &Skin, area: Rect, title: (Role, &str), note: (Role, &str)) -> Rect {
    let top = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: area.height.min(1), ..area };
    let spaced = |text: &str| if text.is_empty() { String::new() } else { format!(" {text} ") };
    let cells = |text: &str| u16::try_from(crate::app::text::width(text)).unwrap_or(u16::MAX);
    let (left, right) = (spaced(title.1), spaced(note.1));
    // Where there is no room for both, each has half of it at least.
    let wide = cells(&right).min(top.width - cells(&left).min(top.width / 2));
    let place = Rect { x: top.right() - wide, width: wide, ..top };
    let start = Rect { width: cells(&left).min(top.width - wide), ..top };
    for ((role, text), place) in [((note.0, &right), place), ((title.0, &left), start)] {
        // The border's own weight is not the title's.
        frame.buffer_mut().set_style(place, Style::reset());
        Row::new(&skin.theme, place.width).put(role, text).draw(place, frame.buffer_mut());
    }
    crate::app::layout::inner(area)
}

/// A box over whatever is there; what it returns is the room inside.
fn popup(frame: &mut Frame, skin: &Skin, place: Rect, heading: &str, note: &str) -> Rect {
    Clear.render(place, frame.buffer_mut());
    border(frame, skin, place, true);
    titles(frame, skin, place, (Role::Heading, heading), (Role::Dim, note))
}

/// Why nothing is shown, in a line.
fn nothing(app: &App) -> &'static str {
    match (&app.searching, app.list.rows.is_empty()) {
        (_, true) if !app.loading.finished => "Reading …",
        (_, true) => "There is no incident here.",
        (Some(_), false) => "No incident passes the filter so far; sources are still being read for it.",
        (None, false) => "No incident passes the filter.",
    }
}

/// The look of a pane's name.
fn heading(focused: bool) -> Role {
    if focused { Role::Heading } else { Role::Dim }
}

/// The style of a row: chosen where the focus is, chosen elsewhere, or not.
fn row_role(selected: bool, focused: bool) -> Option<Role> {
    match (selected, focused) {
        (true, true) => Some(Role::Selected),
        (true, false) => Some(Role::SelectedElsewhere),
        _ => None,
    }
}
