//! The incident list, on one line each where there is room, else on two.

use super::text::{Row, line_of};
use super::{Skin, row_role, titles};
use crate::app::action::{Action, Context};
use crate::app::compare::label;
use crate::app::layout::Pane;
use crate::app::show::{self, MISSING};
use crate::app::text::wrap;
use crate::app::{App, glyph};
use crate::incident::Certainty;
use crate::query::Indexed;
use crate::query::order::Column;
use crate::review::Review;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::borrow::Cow;

/// The cells of a date and a time, and of a date, each with a gap.
const STAMP: u16 = 17;
const DATE: u16 = 11;

/// Draws the list.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    if area.is_empty() {
        return;
    }
    let (list, layout) = (&app.list, app.layout());
    let focused = app.focus == Pane::List;
    let place = if list.visible.is_empty() { String::new() } else { format!("{}/{}", list.position() + 1, list.visible.len()) };
    let inner = titles(frame, skin, area, (super::heading(focused), "Incidents"), (Role::Dim, &place));
    if list.visible.is_empty() {
        return empty(frame, app, skin, inner);
    }
    let (height, head) = (usize::from(layout.row_height()), usize::from(layout.head_height()));
    if layout.wide_rows() {
        columns(frame, app, skin, inner);
    }
    let clock = &app.clock;
    for (at, &id) in list.visible.iter().enumerate().skip(list.scroll).take(layout.list_rows().max(1)) {
        let Some(row) = list.rows.get(id) else { continue };
        let top = line_of(inner, head + (at - list.scroll) * height);
        let clock = clock.for_offset(row.offset_seconds);
        let view = RowView { row, marked: list.marks.contains(&id), start: row.start.map(|start| clock.stamp(start)), skin };
        if layout.wide_rows() {
            view.one_line(frame, top);
        } else if height == 1 {
            view.short_line(frame, top);
        } else {
            view.two_lines(frame, top, line_of(inner, (at - list.scroll) * height + 1));
        }
        if let Some(role) = row_role(at == list.position(), focused) {
            let chosen = Rect { height: layout.row_height(), ..top }.intersection(inner);
            frame.buffer_mut().set_style(chosen, skin.theme.style(role));
        }
    }
}

/// The cells of organization and title where an incident has one line; the services take the rest.
fn widths(width: u16) -> (u16, u16) {
    let rest = width.saturating_sub(22 + 9 + 1);
    let (whose, services) = ((rest / 4).clamp(10, 24), rest / 4);
    (whose, rest.saturating_sub(whose + services + 2))
}

/// The names of the columns, with an arrow on the one that the list is sorted by.
fn columns(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    let order = app.list.order();
    let arrow = if order.descending() { '↓' } else { '↑' };
    let name = |column: Column| if order.column == column { format!("{}{arrow}", column.name()) } else { column.name().to_owned() };
    let severity = if order.column == Column::Severity { format!(" sev{arrow}") } else { " sev ".into() };
    let (whose, title) = widths(area.width);
    let row = Row::new(&skin.theme, area.width).cell(Role::Dim, &severity, 5).cell(Role::Dim, &name(Column::Start), 17);
    let row = row.number(Role::Dim, &name(Column::Duration), 9).put(Role::Dim, " ").cell(Role::Dim, &name(Column::Organization), whose + 1);
    row.cell(Role::Dim, &name(Column::Title), title + 1).put(Role::Dim, &name(Column::Services)).draw(area, frame.buffer_mut());
}

struct RowView<'a> {
    row: &'a Indexed,
    marked: bool,
    start: Option<String>,
    skin: &'a Skin,
}

impl RowView<'_> {
    /// How bad it was and when it began, in so many cells.
    fn head(&self, width: u16, when: u16) -> Row<'_> {
        let (meter, letter, role) = glyph::severity(self.row.severity);
        let (role, text) = (self.role(role), self.role(Role::Text));
        let inferred = self.row.severity_certainty == Some(Certainty::Inferred);
        let sorted_by = if self.row.start.is_some() { show::INFERRED } else { "" };
        let about = self.row.start_certainty.map_or(sorted_by, |(certainty, about)| show::marks(certainty, about));
        let start_said = self.row.start.is_some_and(|at| self.says(|review| review.says(at)));
        let severity = match inferred {
            _ if self.says(|review| review.severity.is_some()) => show::CORRECTED,
            true => show::INFERRED,
            false => " ",
        };
        Row::new(&self.skin.theme, width)
            .put(Role::Mark, if self.marked { glyph::MARKED } else { " " })
            .put(role, &format!("{meter}{letter}"))
            .put(if self.says(|review| review.severity.is_some()) { Role::Own } else { Role::Inferred }, severity)
            .number(if start_said { Role::Own } else { Role::Inferred }, if start_said { show::CORRECTED } else { about }, 1)
            .cell(text, self.start.as_deref().map_or(MISSING, |start| start.get(..usize::from(when) - 1).unwrap_or(start)), when)
    }

    /// How something looks that would else look like `role`: what is doubtful steps back as a whole.
    fn role(&self, role: Role) -> Role {
        if self.row.doubtful { Role::Dim } else { role }
    }

    /// What it is called, with a mark where it is doubtful.
    fn title(&self) -> Cow<'_, str> {
        glyph::titled(label::trimmed(self.row.name()), self.row.doubtful)
    }

    fn says(&self, what: impl Fn(&Review) -> bool) -> bool {
        self.row.entry.review().is_some_and(what)
    }

    /// The tags, and a sign where there is a note.
    fn said(&self) -> String {
        let tags = self.row.tags().map(|tag| format!("#{tag} ")).collect::<String>();
        let note = if self.says(|review| !review.note.is_empty()) { format!("{} ", glyph::NOTE) } else { String::new() };
        format!("{tags}{note}")
    }

    fn length(&self) -> String {
        match (self.row.minutes, self.row.open) {
            (Some(minutes), _) => {
                let inferred = self.row.certainty == Some(Certainty::Inferred);
                let mark = if inferred { show::INFERRED } else { "" };
                let ends = [self.row.start, self.row.end].into_iter().flatten();
                let mark = if ends.clone().any(|at| self.says(|review| review.says(at))) { show::CORRECTED } else { mark };
                format!("{mark}{}", show::minutes(minutes))
            }
            (None, true) => "open".into(),
            (None, false) => MISSING.into(),
        }
    }

    fn organization(&self) -> &str {
        self.row.organization_name().unwrap_or(MISSING)
    }

    fn services(&self) -> String {
        self.row.services().map(|service| service.name).collect::<Vec<_>>().join(", ")
    }

    fn one_line(&self, frame: &mut Frame, area: Rect) {
        let (whose, title) = widths(area.width);
        let row = self.head(area.width, STAMP).number(self.role(Role::Text), &self.length(), 9).put(Role::Text, " ");
        let row = row.cell(Role::Dim, self.organization(), whose).put(Role::Text, " ");
        let row = row.cell(self.role(Role::Text), &self.title(), title).put(Role::Text, " ");
        row.put(Role::Own, &self.said()).put(Role::Dim, &self.services()).draw(area, frame.buffer_mut());
    }

    /// As much as can be told on one narrow line: the title before the time and the length.
    fn short_line(&self, frame: &mut Frame, area: Rect) {
        let row = match area.width {
            56.. => self.head(area.width, STAMP).number(self.role(Role::Text), &self.length(), 7).put(Role::Text, " "),
            _ => self.head(area.width, DATE),
        };
        row.put(self.role(Role::Text), &self.title()).put(Role::Own, &format!(" {}", self.said())).draw(area, frame.buffer_mut());
    }

    fn two_lines(&self, frame: &mut Frame, first: Rect, second: Rect) {
        let row = self.head(first.width, STAMP).number(self.role(Role::Text), &self.length(), 7).put(Role::Text, " ");
        row.put(Role::Own, &self.said()).put(Role::Dim, self.organization()).draw(first, frame.buffer_mut());
        let row = Row::new(&self.skin.theme, second.width).put(Role::Text, "     ");
        let services = self.services();
        let room = row.room();
        let row = row.put(self.role(Role::Text), &self.title());
        let gap = if services.is_empty() || row.room() < 8.min(room) { "" } else { " · " };
        let row = row.put(Role::Dim, gap);
        if gap.is_empty() { row } else { row.put(Role::Dim, &services) }.draw(second, frame.buffer_mut());
    }
}

/// Which part of the filter to give up, and what that would show.
fn nothing_passes(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    let relaxed = app.list.relaxed();
    let parts = app.list.query().parts().len();
    let mut lines = vec![vec![(Role::Dim, " No incident passes the filter.".to_owned())]];
    if app.searching.is_some() {
        lines.push(vec![(Role::Dim, " Sources are still being read for it.".to_owned())]);
    } else if parts > 1 && relaxed.is_empty() {
        lines.push(vec![(Role::Dim, " Giving up one part is not enough.".to_owned())]);
    } else if parts > 1 {
        lines.push(vec![(Role::Dim, " Giving up one part shows".to_owned())]);
        let part = |(part, count): &(String, usize)| {
            vec![(Role::Text, format!("{count:>6}  ")), (Role::Dim, "without ".into()), (Role::Filter, part.clone())]
        };
        lines.extend(relaxed.iter().map(part));
    }
    for (at, line) in lines.into_iter().enumerate() {
        let row = line.into_iter().fold(Row::new(&skin.theme, area.width), |row, (role, text)| row.put(role, &text));
        row.draw(line_of(area, at), frame.buffer_mut());
    }
}

/// Why the list is empty and what to do.
fn empty(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    let count = app.left_out.len();
    let problems = skin.keymap.keys(Context::List, Action::Problems).next();
    let lines: Vec<String> = if !app.list.rows.is_empty() {
        return nothing_passes(frame, app, skin, area);
    } else if !app.loading.finished {
        vec!["Reading …".into()]
    } else if !app.problems.is_empty() {
        vec![
            "No incident could be read.".into(),
            format!("The problems are listed under {}", problems.map(|key| key.to_string()).unwrap_or_default()),
        ]
    } else {
        let looked = match count {
            0 => "Nothing to read was found here: no file, or only hidden and ignored ones.".into(),
            1 => "The one file here was looked at; it tells of no incident.".into(),
            _ => format!("{count} files were looked at; none of them tells of an incident."),
        };
        let named = "A file that is named is read whatever it looks like: sevline FILE".into();
        vec![looked, String::new(), "A report that is put here is shown at once.".into(), named]
    };
    let room = usize::from(area.width.saturating_sub(2));
    let rows = lines.iter().flat_map(|line| wrap(line, room).into_iter().filter_map(|row| line.get(row)));
    for (at, text) in rows.enumerate() {
        Row::new(&skin.theme, area.width).put(Role::Dim, &format!(" {text}")).draw(line_of(area, at), frame.buffer_mut());
    }
}
