//! Counts and lengths: tables of figures, and bars.

use super::text::{Row, glyph, line_of};
use super::{Skin, bar, border, heading, titles};
use crate::app::show::{self, MISSING};
use crate::app::statistics::tabs::labels;
use crate::app::statistics::{Bar, Board, Line, Part, Section, panels};
use crate::app::{App, glyph as signs, text};
use crate::incident::Severity;
use crate::stats::summary::{LEAST_FOR_P90, Summary};
use crate::stats::survival::Figure;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The cells of the name of a length.
const NAME: u16 = 20;

/// From so many cells on the quartiles are drawn beside the figures.
const BOX: u16 = 24;

/// Draws the statistics over the whole of `area`.
pub fn draw(frame: &mut Frame, app: &App, board: &Board, skin: &Skin, area: Rect) {
    let mut all = panels(area, board.section);
    all.sort_by_key(|(section, _)| *section == board.section);
    let single = all.len() == 1;
    for (section, place) in &all {
        border(frame, skin, *place, *section == board.section);
    }
    for (section, place) in all {
        let part = board.part(section);
        let focused = section == board.section;
        let more = board.more(section, place, area);
        let inner = if single {
            let about = about(board, usize::from(place.width.saturating_sub(16)));
            let inner = titles(frame, skin, place, (Role::Heading, "Statistics"), (Role::Dim, &about));
            tabs(frame.buffer_mut(), skin, section, &more, inner);
            Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }
        } else {
            let about = if section == Section::Lengths { about(board, usize::from(place.width.saturating_sub(14))) } else { String::new() };
            let note = if more.is_empty() { about } else { more };
            titles(frame, skin, place, (heading(focused), section.name()), (Role::Dim, &note))
        };
        if part.lines.is_empty() {
            let words = if board.found.as_ref().is_some_and(|found| found.incidents > 0) {
                "No report tells it."
            } else if app.list.visible.is_empty() {
                super::nothing(app)
            } else if board.found.as_ref().is_some_and(|found| found.doubtful_left_out > 0) {
                "All that is shown is doubtful or planned, and is not counted."
            } else {
                "All that is shown is planned work, which is not counted."
            };
            Row::new(&skin.theme, inner.width).put(Role::Dim, &format!(" {words}")).draw(inner, frame.buffer_mut());
        }
        lines(frame.buffer_mut(), part, section, skin, inner, focused);
    }
}

/// What is counted, what is not; from when to when where there is room for it.
fn about(board: &Board, room: usize) -> String {
    let Some(found) = &board.found else { return String::new() };
    let mut said = vec![format!("{} incident{}", found.incidents, if found.incidents == 1 { "" } else { "s" })];
    let counts = [(found.ongoing, "ongoing"), (found.undated, "without a date")];
    let counted = |(count, what): (usize, &str)| (count > 0).then(|| format!("{count} {what}"));
    said.extend(counts.into_iter().filter_map(counted));
    let left_out = [(found.maintenance_left_out, "planned"), (found.doubtful_left_out, "doubtful")];
    let left_out: Vec<_> = left_out.into_iter().filter_map(counted).collect();
    said.extend((!left_out.is_empty()).then(|| format!("{} left out", left_out.join(", "))));
    let short = said.join(" · ");
    if let (Some(first), Some(last)) = (found.first_day, found.last_day) {
        said.insert(1, if first == last { first.to_string() } else { format!("{first} to {last}") });
    }
    let long = said.join(" · ");
    if text::width(&long) <= room { long } else { short }
}

/// The names of the sections; where they have no room the one that is shown, and its number.
fn tabs(buffer: &mut Buffer, skin: &Skin, shown: Section, more: &str, area: Rect) {
    let line = Rect { height: area.height.min(1), ..area };
    let labels = labels(shown, text::width(more), line);
    for label in &labels {
        let row = Row::new(&skin.theme, label.place.width);
        let row = match (label.section == shown, labels.len() == Section::ALL.len()) {
            (true, true) => row.styled(skin.theme.style(Role::Focus).add_modifier(ratatui::style::Modifier::UNDERLINED), &label.text),
            (true, false) => row.put(Role::Heading, &label.text),
            (false, true) => row.put(Role::Dim, &label.text),
            (false, false) => row.put(Role::Key, &label.text),
        };
        row.draw(label.place, buffer);
    }
    let end = labels.last().map_or(line.x, |label| label.place.right());
    let rest = Rect { x: end, width: line.right().saturating_sub(end), ..line };
    let row = Row::new(&skin.theme, rest.width);
    if labels.len() == Section::ALL.len() {
        return row.skip_to_last(text::width(more)).put(Role::Dim, more).draw(rest, buffer);
    }
    row.put(Role::Dim, &format!(" {}/{} {more}", shown as usize + 1, Section::ALL.len())).draw(rest, buffer);
}

fn lines(buffer: &mut Buffer, part: &Part, section: Section, skin: &Skin, area: Rect, focused: bool) {
    let figures =
        || part.lines.iter().filter_map(|line| if let Line::Figures(name, summary) = line { Some((name, summary)) } else { None });
    let bars = || part.lines.iter().filter_map(|line| if let Line::Bar(bar) = line { Some(bar) } else { None });
    let names = bars().map(|bar| text::width(&bar.name)).max().unwrap_or(0).clamp(4, (usize::from(area.width) / 3).max(6));
    let notes = bars().map(|bar| text::width(&note(bar))).max().unwrap_or(0);
    let count = bars().map(|bar| (bar.count + bar.ongoing).to_string().len()).max().unwrap_or(1).max(2);
    let table = Table::new(area.width, figures().filter_map(|(_, summary)| summary.maximum).map(|figure| figure.minutes));
    for (at, line) in part.lines.iter().enumerate().skip(part.scroll).take(usize::from(area.height)) {
        let place = line_of(area, at - part.scroll);
        match line {
            Line::Gap => {}
            Line::Heading(words) => Row::new(&skin.theme, area.width).put(Role::Dim, words).draw(place, buffer),
            Line::Columns(name) => table.head(buffer, skin, name, place),
            Line::Figures(name, summary) => table.figures(buffer, skin, name, summary, place),
            Line::Bar(bar) => {
                let role = if section == Section::Severities { signs::severity(Severity::from_name(&bar.name)).2 } else { Role::Bar };
                let name = if section == Section::Severities { role } else { Role::Text };
                let total = bar.count + bar.ongoing;
                let row = Row::new(&skin.theme, area.width).put(Role::Text, " ");
                let row = row.cell(if total == 0 { Role::Dim } else { name }, &bar.name, cells(names)).put(Role::Text, " ");
                let row =
                    row.number(if total == 0 { Role::Dim } else { Role::Text }, &total.to_string(), cells(count)).put(Role::Text, " ");
                let room = row.room().saturating_sub(notes + 1);
                let eighths = if bar.most == 0 { 0 } else { (total * room * 8).div_ceil(bar.most) };
                let row = row.cell(role, &bar::blocks(eighths), cells(room)).put(Role::Text, " ");
                row.put(Role::Inferred, &note(bar)).draw(place, buffer);
            }
        }
        if focused && part.selected() == Some(at) {
            // The colour of a bar says what it counts; it stays.
            let width = if let Line::Bar(_) = line { cells(names + count + 2) } else { place.width };
            buffer.set_style(Rect { width: width.min(place.width), ..place }, skin.theme.style(Role::Selected));
        }
    }
    let used = part.lines.len();
    if section == Section::Lengths && used > 0 && used < usize::from(area.height) {
        let place = line_of(area, usize::from(area.height) - 1);
        let words = format!("{MISSING} nothing tells it; p90 needs n = {LEAST_FOR_P90} · ≥ an ongoing incident decides{}", table.hidden());
        Row::new(&skin.theme, area.width).put(Role::Dim, &words).draw(place, buffer);
    }
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn note(bar: &Bar) -> String {
    match (bar.ongoing, bar.inferred) {
        (0, 0) => String::new(),
        (0, inferred) => format!("{}{inferred} inferred", show::INFERRED),
        (ongoing, _) => format!("{ongoing} ongoing"),
    }
}

/// The columns of figures: name, cells, and how much they are wanted where there is no room for all.
const COLUMNS: [(&str, u16, u8); 8] =
    [("n", 5, 0), ("missing", 8, 3), ("ongoing", 8, 6), ("q1", 7, 4), ("median", 7, 1), ("q3", 7, 5), ("p90", 7, 7), ("longest", 8, 2)];

struct Table {
    /// The columns that have room.
    columns: Vec<usize>,
    /// The cells in which quartiles are drawn, after the figures.
    chart: Option<(u16, u16)>,
    /// The longest length.
    longest: f64,
}

#[allow(clippy::indexing_slicing, reason = "columns are chosen by their place in the table of columns")]
impl Table {
    fn new(width: u16, longest: impl Iterator<Item = f64>) -> Self {
        let mut wanted: Vec<usize> = (0..COLUMNS.len()).collect();
        wanted.sort_by_key(|&at| COLUMNS[at].2);
        let mut used = NAME;
        let mut columns: Vec<usize> = wanted
            .into_iter()
            .take_while(|&at| {
                used += COLUMNS[at].1;
                used <= width
            })
            .collect();
        columns.sort_unstable();
        let used: u16 = NAME + columns.iter().map(|&at| COLUMNS[at].1).sum::<u16>();
        let chart = (width >= used + BOX).then(|| (used + 2, width - used - 3));
        Self { columns, chart, longest: longest.fold(1.0, f64::max) }
    }

    fn hidden(&self) -> String {
        let hidden = COLUMNS.len() - self.columns.len();
        if hidden == 0 { String::new() } else { format!(" · {hidden} columns hidden") }
    }

    fn head(&self, buffer: &mut Buffer, skin: &Skin, name: &str, place: Rect) {
        let row = Row::new(&skin.theme, place.width).cell(Role::Dim, name, NAME);
        let row = self.columns.iter().fold(row, |row, &at| row.number(Role::Dim, COLUMNS[at].0, COLUMNS[at].1));
        row.draw(place, buffer);
        let Some((start, width)) = self.chart else { return };
        let mut free = 0;
        for minutes in [1.0, 10.0, 60.0, 360.0, 1440.0, 10_080.0, 43_200.0, 525_600.0] {
            let column = self.column(minutes, width);
            let label = show::minutes(minutes);
            if minutes <= self.longest && column >= free && column + cells(label.len()) < width {
                let at = Rect { x: place.x + start + column, width: width - column, ..place };
                Row::new(&skin.theme, at.width).put(Role::Dim, &label).draw(at, buffer);
                free = column + cells(label.len()) + 2;
            }
        }
    }

    /// Where a length stands on the logarithmic scale.
    fn column(&self, minutes: f64, width: u16) -> u16 {
        let part = minutes.max(0.0).ln_1p() / self.longest.ln_1p();
        (part * f64::from(width.saturating_sub(1))).round() as u16
    }

    fn figures(&self, buffer: &mut Buffer, skin: &Skin, name: &str, summary: &Summary, place: Rect) {
        let (.., severity) = signs::severity(Severity::from_name(name));
        let role = if Severity::from_name(name).is_some() { severity } else { Role::Text };
        let mut row = Row::new(&skin.theme, place.width).cell(role, &format!(" {name}"), NAME);
        for &at in &self.columns {
            let (words, role) = match at {
                0 => (summary.n.to_string(), Role::Text),
                1 => (summary.missing.to_string(), Role::Dim),
                2 => (summary.ongoing.to_string(), Role::Dim),
                3 => (figure(summary.lower_quartile), Role::Text),
                4 => (figure(summary.median), Role::Heading),
                5 => (figure(summary.upper_quartile), Role::Text),
                6 => (figure(summary.p90), Role::Text),
                _ => (figure(summary.maximum), Role::Text),
            };
            let role = if words == MISSING || words == "0" { Role::Dim } else { role };
            row = row.number(role, &words, COLUMNS[at].1);
        }
        row.draw(place, buffer);
        let Some((start, width)) = self.chart else { return };
        let mut put = |from: Option<Figure>, to: Option<Figure>, c: char, role: Role| {
            let (Some(from), Some(to)) = (from, to) else { return };
            for column in self.column(from.minutes, width)..=self.column(to.minutes, width) {
                glyph(buffer, place.x + start + column, place.y, c, skin.theme.style(role));
            }
        };
        // A line to the longest, a bar over the middle half, and in it the median.
        put(summary.upper_quartile, summary.maximum, '─', Role::Dim);
        put(summary.lower_quartile, summary.upper_quartile, '█', Role::Bar);
        put(summary.median, summary.median, '┃', Role::Heading);
        put(summary.maximum, summary.maximum, '┤', Role::Dim);
    }
}

fn figure(figure: Option<Figure>) -> String {
    let words = |figure: Figure| format!("{}{}", if figure.at_least { "≥" } else { "" }, show::minutes(figure.minutes));
    figure.map_or_else(|| MISSING.to_owned(), words)
}
