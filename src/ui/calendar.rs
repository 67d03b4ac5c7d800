//! All visible incidents on one calendar axis, in the order of the list, what is doubtful only if it is asked for. Only the rows on screen are looked at.

use super::bar::{self, OPEN};
use super::chart::{self, Plot};
use super::text::{Row, glyph, line_of};
use super::{Skin, gantt, row_role, status, titles};
use crate::app::compare::label;
use crate::app::lanes::Lanes;
use crate::app::layout::Pane;
use crate::app::show::{self, MISSING, Zone};
use crate::app::viewport::{Range, Viewport, instant};
use crate::app::{App, glyph as signs};
use crate::incident::Certainty;
use crate::query::Indexed;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What stands where several incidents are under way at once.
pub const OVERLAP: char = '‖';

/// Draws the timeline of all visible incidents.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    if area.is_empty() {
        return;
    }
    let (layout, timeline, list) = (app.layout(), &app.timeline, &app.list);
    let focused = app.focus == Pane::Timeline;
    let first = timeline.scroll;
    let (charted, shown) = (list.charted(), list.visible.len());
    let count = charted.len();
    let last = (first + layout.timeline_rows()).min(count);
    let place = if last.saturating_sub(first) < count { format!("{}–{last} of {count}", first + 1) } else { String::new() };
    let signs = [
        (!timeline.calendar.shared.is_empty()).then(|| format!("{OVERLAP} at the same time")),
        (timeline.scale.break_count() > 0).then(|| format!("{} dead time left out", chart::BREAK)),
        (!place.is_empty()).then_some(place),
    ];
    let note = signs.into_iter().flatten().collect::<Vec<_>>().join("  ");
    // Reports differ in their offset, and an axis has one.
    let axis = if app.clock.zone == Zone::Reported { " · axis in UTC" } else { "" };
    let left_out = if count < shown { " left out" } else { "" };
    let title = format!("Timeline · {}{left_out}{axis}", status::apart(list.sure(), shown - list.sure()));
    let inner = titles(frame, skin, area, (super::heading(focused), &title), (Role::Dim, &note));
    let Some(range) = timeline.range else {
        let words = match (count, shown) {
            (0, 0) => super::nothing(app),
            (0, _) => "All that is shown is doubtful; is:doubtful in the filter asks for it.",
            _ => "No time is known of any of these incidents.",
        };
        return Row::new(&skin.theme, inner.width).put(Role::Dim, &format!(" {words}")).draw(inner, frame.buffer_mut());
    };
    let gutter = layout.gutter(timeline.scope);
    let view = Viewport { range, width: layout.axis_width(timeline.scope), scale: &timeline.scale };
    let axis = Rect { x: inner.x + gutter, width: view.width, ..inner };
    let buffer = frame.buffer_mut();
    let rows = charted.get(first..last).unwrap_or_default();
    let lines = (rows.len() + 2).min(usize::from(inner.height));
    let plot = Plot { area: axis, view, lines };
    plot.frame(buffer, skin, inner.x, &app.clock);
    plot.breaks(buffer, skin, 2);
    overlaps(buffer, skin, line_of(inner, 1), line_of(axis, 1), view, &timeline.calendar.shared);
    for (at, &id) in rows.iter().enumerate() {
        let Some(row) = list.rows.get(id) else { continue };
        let (line, chart) = (line_of(inner, at + 2), line_of(axis, at + 2));
        let shared = row.extent.is_some_and(|(start, end)| timeline.calendar.is_shared(at_least_a_moment(start, end)));
        let name = Rect { width: gutter.saturating_sub(1), ..line };
        label(row, list.marks.contains(&id), shared, skin, name.width).draw(name, buffer);
        bars(buffer, skin, row, chart, view);
        if let Some(role) = row_role(first + at == list.position(), focused) {
            buffer.set_style(name, skin.theme.style(role));
        }
    }
    if let Some(whole) = timeline.fit().filter(|whole| timeline.range != Some(*whole)) {
        let border = Rect { y: area.bottom() - 1, height: 1, ..area };
        plot.minimap(buffer, skin, border, (whole, &timeline.busy()));
    }
    if let Some(at) = timeline.cursor.filter(|_| focused) {
        plot.cursor(buffer, skin, at);
    }
    let selected = timeline.selected().filter(|_| focused);
    if let Some(selected) = selected {
        plot.selection(buffer, skin, selected);
    }
    let told = selected.map_or_else(|| here(app, skin, inner.width), |selected| chosen(app, skin, inner.width, selected));
    told.draw(line_of(inner, usize::from(inner.height).saturating_sub(1).max(lines)), buffer);
}

fn at_least_a_moment(start: i64, end: i64) -> Range {
    Range { start, end: end.max(start.saturating_add(1)) }
}

/// How bad it was, how long, whose and what.
fn label<'a>(row: &Indexed, marked: bool, shared: bool, skin: &'a Skin, width: u16) -> Row<'a> {
    let (meter, letter, role) = signs::severity(row.severity);
    let inferred = row.severity_certainty == Some(Certainty::Inferred);
    let line = Row::new(&skin.theme, width)
        .put(Role::Mark, if marked { signs::MARKED } else { " " })
        .put(if row.doubtful { Role::Dim } else { role }, &format!("{meter}{letter}"))
        .put(Role::Inferred, if inferred { show::INFERRED } else { " " })
        .put(Role::Filter, &if shared { OVERLAP } else { ' ' }.to_string());
    let length = match row.minutes {
        Some(minutes) => show::minutes(minutes),
        None if row.open => "open".into(),
        None => MISSING.into(),
    };
    let line = if width >= 24 { line.number(Role::Dim, &length, 6).put(Role::Text, " ") } else { line };
    let (title, role) = (signs::titled(label::trimmed(row.name()), row.doubtful), if row.doubtful { Role::Dim } else { Role::Text });
    match row.organization_name() {
        Some(name) if width >= 40 => line.cell(Role::Dim, name, 12).put(Role::Text, " ").put(role, &title),
        _ => line.put(role, &title),
    }
}

/// The impact of an incident on one line, or where its report tells of none what was done.
fn bars(buffer: &mut Buffer, skin: &Skin, row: &Indexed, chart: Rect, view: Viewport) {
    if chart.height == 0 {
        return;
    }
    let lanes = Lanes::of(&row.entry.incident());
    let until = lanes.known_until.unwrap_or(i64::MIN);
    let told = if lanes.impact.is_empty() { &lanes.response } else { &lanes.impact };
    bar::row(buffer, skin, chart, view, told.iter().flatten(), until);
    let times = || told.iter().flatten().flat_map(|bar| [bar.start, bar.end]).flatten().chain(lanes.marks.iter().map(|mark| mark.at));
    if told.is_empty() {
        bar::marks(buffer, skin, chart, view, &lanes, None);
    }
    let words = match (times().min(), times().max()) {
        (Some(_), Some(last)) if view.scale.place(last) < view.range.start => (0, '‹'),
        (Some(first), Some(_)) if view.scale.place(first) > view.range.end => (chart.width.saturating_sub(1), '›'),
        (Some(_), _) => return,
        _ => return Row::new(&skin.theme, chart.width).put(Role::Dim, MISSING).draw(chart, buffer),
    };
    glyph(buffer, chart.x + words.0, chart.y, words.1, skin.theme.style(Role::Dim));
}

/// Marks the columns in which several incidents are under way.
fn overlaps(buffer: &mut Buffer, skin: &Skin, line: Rect, chart: Rect, view: Viewport, shared: &[Range]) {
    if line.height == 0 {
        return;
    }
    let words = if shared.is_empty() { "nothing at the same time" } else { "at the same time" };
    Row::new(&skin.theme, chart.x - line.x - 1).number(Role::Dim, words, chart.x - line.x - 1).draw(line, buffer);
    let edge = |column: u16| {
        let place = view.range.start.saturating_add((f64::from(column) * view.per_column()) as i64);
        view.scale.moment(place)
    };
    for column in 0..view.width {
        let (from, to) = (edge(column), edge(column + 1));
        let first = shared.partition_point(|shared| shared.end <= from);
        if shared.get(first).is_some_and(|shared| shared.start < to) {
            glyph(buffer, chart.x + column, chart.y, OVERLAP, skin.theme.style(Role::Filter));
        }
    }
}

/// The selected stretch of time, its length and how many incidents begin in it.
fn chosen<'a>(app: &App, skin: &'a Skin, width: u16, (from, to): (i64, i64)) -> Row<'a> {
    let count = app.timeline.calendar.begun(from, to);
    let words = format!(" · {count} incident{} begin{} in it", if count == 1 { "" } else { "s" }, if count == 1 { "s" } else { "" });
    gantt::selected(Row::new(&skin.theme, width), &app.clock, (from, to)).put(Role::Text, &words)
}

/// The moment at the cursor, and which incidents are under way there.
fn here<'a>(app: &App, skin: &'a Skin, width: u16) -> Row<'a> {
    let row = Row::new(&skin.theme, width);
    let timeline = &app.timeline;
    let Some(at) = timeline.cursor else { return row };
    let mut row = row.put(Role::Cursor, &instant(at).map_or(MISSING.into(), |at| app.clock.exact(at)));
    let count = timeline.calendar.count(at);
    if count == 0 {
        let dead = timeline.scale.dead_at(at).map(|dead| show::minutes(dead.length() as f64 / 60_000.0));
        let next = timeline.calendar.next(at, true).map(|(next, _)| show::minutes((next - at) as f64 / 60_000.0));
        let words = match (dead, next) {
            (Some(dead), _) => format!(" · dead time of {dead}, left out here"),
            (None, Some(next)) => format!(" · nothing is under way; {next} until the next incident"),
            (None, None) => " · nothing is under way".into(),
        };
        return row.put(Role::Dim, &words);
    }
    row = row.put(Role::Text, &format!(" · {count} under way: "));
    for (place, id) in timeline.calendar.under_way(at).into_iter().enumerate() {
        let Some(incident) = app.list.rows.get(id) else { continue };
        let since = incident.extent.map(|(start, _)| show::minutes((at - start) as f64 / 60_000.0));
        let open = if incident.open { format!(" {OPEN}") } else { String::new() };
        let row_before = row.put(Role::Dim, if place > 0 { " · " } else { "" });
        row = row_before.put(Role::Text, incident.name()).put(Role::Dim, &format!(" {} in{open}", show::or_missing(since)));
    }
    row
}
