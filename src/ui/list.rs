//! The incident list, on one line each where there is room, else on two.

use super::text::{Row, line_of};
use super::{Skin, row_role, titles};
use crate::app::action::{Action, Context};
use crate::app::compare::label;
use crate::app::layout::Pane;
use crate::app::list::columns::Place;
use crate::app::show::{self, Clock, MISSING};
use crate::app::text::{self, wrap};
use crate::app::{App, glyph};
use crate::incident::{Certainty, Instant};
use crate::query::Indexed;
use crate::query::column::Column;
use crate::query::field::Field;
use crate::review::Review;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::borrow::Cow;

/// The cells of a date and a time with a gap.
const STAMP: u16 = 17;

/// Those of a length with a gap, most of the time.
const LENGTH: u16 = 7;

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
    let places = app.columns_drawn();
    if head > 0 {
        names(frame, app, skin, inner, &places);
    }
    let clock = &app.clock;
    for (at, &id) in list.visible.iter().enumerate().skip(list.scroll).take(layout.list_rows().max(1)) {
        let Some(row) = list.rows.get(id) else { continue };
        let top = line_of(inner, head + (at - list.scroll) * height);
        let clock = clock.for_offset(row.offset_seconds);
        let view = RowView { row, marked: list.marks.contains(&id), clock, skin };
        if height == 1 {
            view.one_line(frame, top, &places);
        } else {
            view.two_lines(frame, top, line_of(inner, (at - list.scroll) * height + 1));
        }
        if let Some(role) = row_role(at == list.position(), focused) {
            let chosen = Rect { height: layout.row_height(), ..top }.intersection(inner);
            frame.buffer_mut().set_style(chosen, skin.theme.style(role));
        }
    }
}

/// The names of the columns, with an arrow on the one that the list is sorted by.
fn names(frame: &mut Frame, app: &App, skin: &Skin, area: Rect, places: &[Place]) {
    let order = app.list.order();
    let mut row = Row::new(&skin.theme, area.width).put(Role::Text, " ");
    for &Place { column, width, .. } in places {
        let arrow = match order.descending() {
            _ if order.column != column => "",
            true => "↓",
            false => "↑",
        };
        let name = format!("{}{arrow}", if column == Column::Severity { "sev" } else { column.name() });
        row = match column {
            Column::Severity => row.cell(Role::Dim, &name, width),
            column if column.is_length() => row.number(Role::Dim, &name, width),
            _ => row.put(Role::Text, " ").cell(Role::Dim, &name, width - 1),
        };
    }
    row.draw(area, frame.buffer_mut());
}

struct RowView<'a> {
    row: &'a Indexed,
    marked: bool,
    clock: Clock,
    skin: &'a Skin,
}

impl RowView<'_> {
    /// A line with its mark.
    fn row(&self, width: u16) -> Row<'_> {
        Row::new(&self.skin.theme, width).put(Role::Mark, if self.marked { glyph::MARKED } else { " " })
    }

    /// How bad it was, in four cells: its mark is not to touch that of the time behind it.
    fn severity<'r>(&self, row: Row<'r>) -> Row<'r> {
        let (meter, letter, role) = glyph::severity(self.row.severity);
        let said = self.says(|review| review.severity.is_some());
        let mark = match self.row.severity_certainty {
            _ if said => show::CORRECTED,
            Some(Certainty::Inferred) => show::INFERRED,
            _ => " ",
        };
        row.put(self.role(role), &format!("{meter}{letter}")).put(if said { Role::Own } else { Role::Inferred }, mark).put(Role::Text, " ")
    }

    /// When it began, with the mark before it, in so many cells.
    fn start<'r>(&self, row: Row<'r>, width: u16) -> Row<'r> {
        let sorted_by = if self.row.start.is_some() { show::INFERRED } else { "" };
        let mark = self.row.start_certainty.map_or(sorted_by, |(certainty, about)| show::marks(certainty, about));
        self.moment(row, self.row.start, mark, width)
    }

    fn moment<'r>(&self, row: Row<'r>, at: Option<Instant>, mark: &str, width: u16) -> Row<'r> {
        let said = at.is_some_and(|at| self.says(|review| review.says(at)));
        let stamp = at.map(|at| self.clock.stamp(at));
        // A day has fewer cells than a time; the day stands first.
        let stamp = stamp.as_deref().map_or(MISSING, |stamp| stamp.get(..usize::from(width) - 1).unwrap_or(stamp));
        let (role, mark) = if said { (Role::Own, show::CORRECTED) } else { (Role::Inferred, mark) };
        row.number(role, mark, 1).cell(self.role(Role::Text), stamp, width - 1)
    }

    /// Its cell in a column.
    fn cell<'r>(&self, row: Row<'r>, Place { column, width, .. }: Place) -> Row<'r> {
        let marked = |value: String| if self.row.is_worked_out(column) { format!("{}{value}", show::INFERRED) } else { value };
        let words = |row: Row<'r>, role: Role, words: &str| row.put(Role::Text, " ").cell(role, words, width - 1);
        match column {
            Column::Severity => self.severity(row),
            Column::Start => self.start(row, width),
            Column::End if self.row.open => words(row, self.role(Role::Text), " open"),
            Column::End => {
                let mark = if self.row.end.is_some() && self.row.is_worked_out(column) { show::INFERRED } else { "" };
                self.moment(row.put(Role::Text, " "), self.row.end, mark, width - 1)
            }
            Column::Duration => row.number(self.role(Role::Text), &self.length(), width),
            Column::Organization => words(row, Role::Dim, self.organization()),
            Column::Title => words(row, self.role(Role::Text), &self.title()),
            Column::Services => {
                let said = self.said();
                let room = (usize::from(width) - 1).saturating_sub(text::width(&said));
                row.put(Role::Text, " ").put(Role::Own, &said).put(Role::Dim, &text::pad(&self.services(), room))
            }
            Column::Status => {
                let status = self.row.status.map_or(MISSING.into(), |status| marked(status.name().replace('_', " ")));
                words(row, Role::Dim, &status)
            }
            Column::Tags => words(row, Role::Own, &self.row.tags().collect::<Vec<_>>().join(", ")),
            Column::Format => words(row, Role::Dim, self.row.format.name()),
            Column::File => words(row, Role::Dim, &self.row.entry.source.path),
            column => {
                let length = column.measured(&self.row.metrics).map_or(MISSING.into(), |minutes| marked(show::minutes(minutes)));
                row.number(self.role(Role::Text), &length, width)
            }
        }
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

    fn one_line(&self, frame: &mut Frame, area: Rect, places: &[Place]) {
        let row = places.iter().fold(self.row(area.width), |row, place| self.cell(row, *place));
        row.draw(area, frame.buffer_mut());
    }

    fn two_lines(&self, frame: &mut Frame, first: Rect, second: Rect) {
        let row = self.start(self.severity(self.row(first.width)), STAMP);
        // A length keeps its gap to the time, also one that has more cells than others.
        let length = format!(" {}", self.length());
        let cells = u16::try_from(text::width(&length)).unwrap_or(LENGTH).max(LENGTH);
        let row = row.number(self.role(Role::Text), &length, cells).put(Role::Text, " ");
        row.put(Role::Own, &self.said()).put(Role::Dim, self.organization()).draw(first, frame.buffer_mut());
        let row = Row::new(&self.skin.theme, second.width).put(Role::Text, "      ");
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
    let query = app.list.query();
    let parts = query.parts().len();
    let mut lines = vec![vec![(Role::Dim, " No incident passes the filter.".to_owned())]];
    // A word of the screens that is typed alone is found in titles and sources only.
    let words = query.parts().iter().map(|part| query.written(part));
    for (word, field) in words.filter_map(|word| Field::of_stretch(&word).map(|field| (word, field))) {
        let asked = format!("{}>30m", field.name());
        lines.push(vec![(Role::Dim, format!(" {word} is a time: ")), (Role::Filter, asked)]);
    }
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
