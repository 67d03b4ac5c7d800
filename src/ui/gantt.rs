//! The time axis of the selected incident: what was felt, what was done, and the moments between.

use super::bar::{self, HATCH, OPEN, fill};
use super::chart::{self, Plot};
use super::text::{Row, line_of};
use super::{Skin, titles};
use crate::app::lanes::{Bar, Mark};
use crate::app::layout::Pane;
use crate::app::show::{self, Clock, MISSING, Zone};
use crate::app::viewport::{Viewport, instant};
use crate::app::{App, glyph as signs, text};
use crate::incident::Certainty;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// So many lines below the chart are room for the words of the events.
const ROOMY: u16 = 8;

/// The cells of the bar of a time in which nothing was told.
const GAP_BAR: u16 = 10;

/// From so many cells on events have it.
const WIDE: u16 = 76;

/// The lines that tell of the cursor there.
const READOUT: usize = 2;

/// Draws the timeline.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    if area.is_empty() {
        return;
    }
    let (layout, timeline) = (app.layout(), &app.timeline);
    let focused = app.focus == Pane::Timeline;
    let lanes = &timeline.lanes;
    let inferred = lanes.bars().any(|bar| fill(bar) == HATCH);
    let open = lanes.bars().any(|bar| bar.end.is_none());
    let gutter = layout.gutter(timeline.scope);
    let view = timeline.range.map(|range| Viewport { range, width: layout.axis_width(timeline.scope), scale: &timeline.scale });
    let hidden = view.map(|view| bar::hidden(view, lanes)).filter(|hidden| !hidden.is_empty());
    let signs = [
        inferred.then(|| format!("{HATCH} inferred")),
        open.then(|| format!("{OPEN} no end known")),
        (timeline.scale.break_count() > 0).then(|| format!("{} dead time left out", chart::BREAK)),
        hidden.map(|hidden| format!("more events {hidden}")),
    ];
    let note = signs.into_iter().flatten().collect::<Vec<_>>().join("  ");
    // Rows of the list differ in their offset from UTC; here it is one, that of the incident.
    let offset = app.incident().and_then(|incident| Some(app.clock.for_report(incident).offset(incident.start()?)));
    let title = offset.filter(|_| app.clock.zone != Zone::Utc).map_or("Timeline".into(), |offset| format!("Timeline · {offset}"));
    let inner = titles(frame, skin, area, (super::heading(focused), &title), (Role::Dim, &note));
    let (Some(view), Some(incident)) = (view, app.incident()) else {
        let words = if app.incident().is_some() { "No time is known." } else { "" };
        return Row::new(&skin.theme, inner.width).put(Role::Dim, &format!(" {words}")).draw(inner, frame.buffer_mut());
    };
    let axis = Rect { x: inner.x + gutter, width: view.width, ..inner };
    let clock = app.clock.for_report(incident);
    let buffer = frame.buffer_mut();
    let rows = rows(app, usize::from(inner.height));
    let lines = rows.len() + 2;
    let plot = Plot { area: axis, view, lines };
    plot.frame(buffer, skin, inner.x, &clock);
    plot.breaks(buffer, skin, lines);
    let mut unlabelled: Vec<&Bar> = Vec::new();
    for (at, (name, row)) in rows.iter().enumerate() {
        Row::new(&skin.theme, gutter).put(Role::Dim, name).draw(line_of(inner, at + 1), buffer);
        if row.is_empty() {
            Row::new(&skin.theme, axis.width).put(Role::Dim, MISSING).draw(line_of(axis, at + 1), buffer);
        }
        let known_until = lanes.known_until.unwrap_or(i64::MIN);
        unlabelled.extend(bar::row(buffer, skin, line_of(axis, at + 1), view, row.iter(), known_until));
    }
    let selected = app.detail.item().and_then(|item| item.event).filter(|_| app.focus == Pane::Detail);
    Row::new(&skin.theme, gutter).put(Role::Dim, "events").draw(line_of(inner, lines - 1), buffer);
    bar::marks(buffer, skin, line_of(axis, lines - 1), view, lanes, selected);
    if lanes.marks.is_empty() {
        Row::new(&skin.theme, axis.width).put(Role::Dim, MISSING).draw(line_of(axis, lines - 1), buffer);
    }
    let height = inner.height.saturating_sub(u16::try_from(lines).unwrap_or(u16::MAX));
    let mut rest = Rect { y: line_of(inner, lines).y, height, ..inner };
    let roomy = rest.height >= ROOMY && !lanes.marks.is_empty();
    if focused && let Some(at) = timeline.cursor {
        plot.cursor(buffer, skin, at);
        if roomy {
            // As many lines whatever there is to say, so that nothing below jumps while the cursor moves.
            let lines = here(Row::new(&skin.theme, rest.width * 2), app, &clock, view, at, false).wrapped(rest.width);
            lines.iter().take(READOUT).enumerate().for_each(|(at, line)| line.render(line_of(rest, at), buffer));
            rest = below(rest, READOUT);
        } else if rest.height > 0 {
            here(Row::new(&skin.theme, rest.width), app, &clock, view, at, true).draw(rest, buffer);
            rest = below(rest, 1);
        }
    } else if let Some(mark) = lanes.marks.iter().find(|mark| Some(mark.event) == selected).filter(|_| rest.height > 0) {
        let row = Row::new(&skin.theme, rest.width);
        let when = instant(mark.at).map(|at| clock.time_after(at, incident.start().unwrap_or(at)));
        quoted(event(row, app, mark, when), app, mark).draw(rest, buffer);
        rest = below(rest, 1);
    }
    if !roomy {
        let entries = unlabelled.iter().map(|bar| bar_entry(bar)).chain(mark_entries(app, &clock)).collect::<Vec<_>>();
        legend(buffer, skin, rest, &entries);
        return;
    }
    let used = legend(buffer, skin, rest, &unlabelled.iter().map(|bar| bar_entry(bar)).collect::<Vec<_>>());
    events(buffer, app, skin, &clock, below(rest, used + 1), view);
}

/// What is left of `area` below so many lines.
fn below(area: Rect, lines: usize) -> Rect {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + lines, height: area.height - lines, ..area }
}

/// The events with their words, a line each; those around the cursor where there is no room for all.
fn events(buffer: &mut Buffer, app: &App, skin: &Skin, clock: &Clock, area: Rect, view: Viewport) {
    let (marks, cursor) = (&app.timeline.lanes.marks, app.timeline.cursor);
    let room = usize::from(area.height);
    let near = cursor.map_or(0, |at| marks.partition_point(|mark| mark.at < at));
    let hidden = marks.len().saturating_sub(room);
    let shown = if hidden > 0 { room.saturating_sub(1) } else { room };
    let first = near.saturating_sub(shown / 2).min(marks.len().saturating_sub(shown));
    let entries = mark_entries(app, clock);
    let times = entries.iter().map(|entry| text::width(&entry.when)).max().unwrap_or(0);
    let kinds = entries.iter().map(|entry| text::width(&entry.what)).max().unwrap_or(0);
    let gaps: Vec<i64> = std::iter::once(0).chain(marks.windows(2).map(gap)).collect();
    let longest = gaps.iter().copied().max().unwrap_or(0).max(1);
    let roomy = area.width >= WIDE;
    let cells = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
    for (line, (mark, entry)) in marks.iter().zip(&entries).skip(first).take(shown).enumerate() {
        let place = line_of(area, line);
        let row = Row::new(&skin.theme, area.width).number(Role::Text, &entry.when, cells(times));
        let gap = gaps.get(first + line).copied().unwrap_or(0);
        let row = if roomy { waited(row, gap, longest) } else { row };
        let row = row.put(entry.role, &format!(" {} ", entry.sign));
        let row = row.cell(Role::Text, &entry.what, cells(kinds)).put(Role::Text, "  ");
        let words = app.incident().and_then(|incident| incident.events.get(mark.event)).map(|event| event.text.as_str());
        row.put(Role::Dim, words.unwrap_or_default()).draw(place, buffer);
        if cursor.is_some_and(|at| view.column(at).is_some() && view.column(mark.at) == view.column(at)) {
            buffer.set_style(place, skin.theme.style(Role::SelectedElsewhere));
        }
    }
    if hidden > 0 {
        let words = format!("+{} more events", marks.len() - shown);
        Row::new(&skin.theme, area.width).put(Role::Dim, &words).draw(line_of(area, shown), buffer);
    }
}

/// How long it was from one event to the next.
fn gap(pair: &[Mark]) -> i64 {
    if let [before, after] = pair { after.at.saturating_sub(before.at) } else { 0 }
}

/// How long nothing was told before an event, with a bar beside the longest such time: that is what a reviewer looks for.
fn waited(row: Row, gap: i64, longest: i64) -> Row {
    let words = if gap > 0 { format!("+{}", show::minutes(gap as f64 / 60_000.0)) } else { String::new() };
    let eighths = (gap as f64 / longest as f64 * f64::from(GAP_BAR) * 8.0).ceil() as usize;
    let role = if gap == longest { Role::Filter } else { Role::Dim };
    let row = row.number(role, &words, 9).put(Role::Text, " ");
    row.cell(if gap == longest { Role::Filter } else { Role::Bar }, &bar::blocks(eighths), GAP_BAR)
}

/// The moment at the cursor and what happens there: the events in its column, the phases that run. The words of an event are
/// `told` where they do not stand below.
fn here<'a>(row: Row<'a>, app: &App, clock: &Clock, view: Viewport, at: i64, told: bool) -> Row<'a> {
    let lanes = &app.timeline.lanes;
    let when = instant(at).map_or(MISSING.into(), |at| clock.exact(at));
    let mut row = row.put(Role::Cursor, &when);
    let chosen = app.detail.item().and_then(|item| item.event);
    let column = view.column(at);
    let mut marks: Vec<_> = lanes.marks.iter().filter(|mark| view.column(mark.at) == column).collect();
    // The selected of several in one column is told first.
    marks.sort_by_key(|mark| (Some(mark.event) != chosen, (mark.at - at).abs()));
    let running: Vec<_> = lanes.running(at).collect();
    for mark in &marks {
        // What was worked out or is approximate is the time; its mark never stands alone.
        let told = mark.at != at || !about(app, mark).is_empty();
        let when = instant(mark.at).zip(instant(at)).filter(|_| told).map(|(time, here)| clock.time_after(time, here));
        row = event(row.put(Role::Dim, " · "), app, mark, when);
    }
    for bar in &running {
        let since = bar.start.map(|start| show::minutes((at - start) as f64 / 60_000.0));
        let of = bar.start.zip(bar.end).map(|(start, end)| format!(" of {}", show::minutes((end - start) as f64 / 60_000.0)));
        let words = format!(" {} {}", bar.label, since.map(|since| format!("{since}{}", of.unwrap_or_default())).unwrap_or_default());
        row = row.put(Role::Dim, " · ").put(signs::phase(bar.kind), &fill(bar).to_string()).put(Role::Text, &words);
    }
    if let Some(mark) = marks.first().filter(|_| told) {
        row = quoted(row.put(Role::Dim, " ·"), app, mark);
    }
    if running.is_empty() && marks.is_empty() {
        let dead = app.timeline.scale.dead_at(at).map(|dead| show::minutes(dead.length() as f64 / 60_000.0));
        let words = dead.map_or(" · nothing is known to happen".into(), |dead| format!(" · dead time of {dead}, left out here"));
        row = row.put(Role::Dim, &words);
    }
    row
}

/// What kind of event it is, with its time where that is worth saying.
fn event<'a>(row: Row<'a>, app: &App, mark: &Mark, when: Option<String>) -> Row<'a> {
    let when = when.map(|when| format!("{}{when} ", about(app, mark))).unwrap_or_default();
    row.put(Role::Event, &format!("{} ", signs::event(mark.kind))).put(Role::Text, &format!("{when}{}", signs::event_name(mark.kind)))
}

/// What stands before the time of an event that was worked out or is approximate.
fn about(app: &App, mark: &Mark) -> &'static str {
    let approximate = app.incident().and_then(|incident| incident.events.get(mark.event)).is_some_and(|event| event.approximate);
    show::marks(mark.certainty, approximate)
}

/// An event's own words, with what of its time was chosen narrowly and the rule that read it.
fn quoted<'a>(row: Row<'a>, app: &App, mark: &Mark) -> Row<'a> {
    let Some(event) = app.incident().and_then(|incident| incident.events.get(mark.event)) else { return row };
    let others: String = event.alternatives.iter().map(|other| format!("{other}, ")).collect();
    row.put(Role::Dim, &format!(" “{}” {others}{}", event.text, event.basis))
}

/// The rows of both lanes that find room beside axis, events and a line of legend.
fn rows(app: &App, height: usize) -> Vec<(&'static str, &[Bar])> {
    let impact = named("impact", &app.timeline.lanes.impact);
    let response = named("response", &app.timeline.lanes.response);
    let room = height.saturating_sub(3).max(2);
    let first = impact.len().min(room - response.len().min(room / 2));
    impact.into_iter().take(first).chain(response).take(room).collect()
}

fn named<'a>(name: &'static str, rows: &'a [Vec<Bar>]) -> Vec<(&'static str, &'a [Bar])> {
    if rows.is_empty() {
        return vec![(name, &[])];
    }
    rows.iter().enumerate().map(|(at, row)| (if at == 0 { name } else { "" }, row.as_slice())).collect()
}

/// A sign and what it means.
struct Entry {
    role: Role,
    sign: char,
    what: String,
    /// The time of an event, the length of a bar.
    when: String,
}

/// A bar too short for its name.
fn bar_entry(bar: &Bar) -> Entry {
    let length = bar.start.zip(bar.end).map(|(start, end)| show::minutes((end - start) as f64 / 60_000.0));
    Entry { role: signs::phase(bar.kind), sign: fill(bar), what: bar.label.clone(), when: length.unwrap_or_default() }
}

/// The events, each with its date where that is not the day of the incident and that of the one before.
fn mark_entries(app: &App, clock: &Clock) -> Vec<Entry> {
    let home = app.incident().and_then(|incident| incident.start()).map(|start| clock.day(start));
    let mut above = None;
    let entry = |mark: &Mark| {
        let when = instant(mark.at).map(|at| clock.time_among(at, home.into_iter().chain(above)));
        above = instant(mark.at).map(|at| clock.day(at));
        let role = if mark.certainty == Certainty::Inferred { Role::Inferred } else { Role::Event };
        let when = format!("{}{}", about(app, mark), show::or_missing(when));
        Entry { role, sign: signs::event(mark.kind), what: signs::event_name(mark.kind).into(), when }
    };
    app.timeline.lanes.marks.iter().map(entry).collect()
}

/// What signs mean, one after another; answers with the lines that takes.
fn legend(buffer: &mut Buffer, skin: &Skin, area: Rect, entries: &[Entry]) -> usize {
    let mut at = 0;
    let mut row = Row::new(&skin.theme, area.width);
    for (place, Entry { role, sign, what, when }) in entries.iter().enumerate() {
        let words = if when.is_empty() { what.clone() } else { format!("{what} {when}") };
        let cells = text::width(&words) + 4;
        if cells > row.room() && row.room() < usize::from(area.width) {
            let left = entries.len() - place;
            if at + 1 >= usize::from(area.height) {
                row = row.put(Role::Dim, &format!("+{left}"));
                break;
            }
            std::mem::replace(&mut row, Row::new(&skin.theme, area.width)).draw(line_of(area, at), buffer);
            at += 1;
        }
        row = row.put(*role, &sign.to_string()).put(Role::Dim, &format!(" {words}  "));
    }
    row.draw(line_of(area, at), buffer);
    at + usize::from(!entries.is_empty())
}
