//! The time axis of the selected incident: what was felt, what was done, and the moments between.

mod events;
mod legend;

use super::bar::{self, HATCH, OPEN, fill};
use super::chart::{self, Plot};
use super::text::{Row, line_of};
use super::{Skin, titles};
use crate::app::lanes::{Bar, Mark};
use crate::app::layout::Pane;
use crate::app::measures::{Kind, Measures};
use crate::app::show::{self, Clock, MISSING, Zone};
use crate::app::viewport::{Viewport, instant};
use crate::app::{App, glyph as signs};
use crate::query::Indexed;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// So many lines below the chart are room for the words of the events.
const ROOMY: u16 = 8;

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
    let offset = offset.filter(|_| app.clock.zone != Zone::Utc).map(|offset| format!(" · {offset}")).unwrap_or_default();
    // Where it has the whole screen nothing else tells whose it is.
    let named = app.list.selected().filter(|_| layout.single).map(|row| caption(row, app)).unwrap_or_default();
    let title = format!("Timeline{offset}{named}");
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
    if let Some(whole) = timeline.fit().filter(|whole| timeline.range != Some(*whole)) {
        let border = Rect { y: area.bottom() - 1, height: 1, ..area };
        plot.minimap(buffer, skin, border, (whole, &timeline.busy()));
    }
    if focused && let Some(at) = timeline.cursor {
        plot.cursor(buffer, skin, at);
        let mut row = |width: u16| match timeline.selected() {
            Some(selected) => {
                plot.selection(buffer, skin, selected);
                range(Row::new(&skin.theme, width), app, &clock, selected)
            }
            None => here(Row::new(&skin.theme, width), app, &clock, view, at, !roomy),
        };
        if roomy {
            // As many lines whatever there is to say, so that nothing below jumps while the cursor moves.
            let lines = row(rest.width * 2).wrapped(rest.width);
            lines.iter().take(READOUT).enumerate().for_each(|(at, line)| line.render(line_of(rest, at), buffer));
            rest = below(rest, READOUT);
        } else if rest.height > 0 {
            row(rest.width).draw(rest, buffer);
            rest = below(rest, 1);
        }
    } else if let Some(mark) = lanes.marks.iter().find(|mark| Some(mark.event) == selected).filter(|_| rest.height > 0) {
        let row = Row::new(&skin.theme, rest.width);
        let when = instant(mark.at).map(|at| clock.time_after(at, incident.start().unwrap_or(at)));
        quoted(event(row, app, mark, when), app, mark).draw(rest, buffer);
        rest = below(rest, 1);
    }
    let bars: Vec<_> = unlabelled.iter().map(|bar| legend::bar(bar, skin)).collect();
    if !roomy {
        let entries: Vec<_> = bars.into_iter().chain(legend::marks(app, skin, &clock)).collect();
        legend::draw(buffer, skin, rest, &entries);
        return;
    }
    let used = legend::draw(buffer, skin, rest, &bars);
    events::draw(buffer, app, skin, &clock, below(rest, used + 1), view);
}

/// How bad the incident was, how long it lasted and what it is called.
fn caption(row: &Indexed, app: &App) -> String {
    let (_, letter, _) = signs::severity(row.severity);
    let length = app.incident().map(|incident| Measures::of(incident).cell(Kind::Impact)).unwrap_or_default();
    format!(" · {letter} {length} {}", signs::titled(row.name(), row.doubtful))
}

/// What is left of `area` below so many lines.
fn below(area: Rect, lines: usize) -> Rect {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + lines, height: area.height - lines, ..area }
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

/// The selected stretch of time, its length and what it holds.
fn range<'a>(row: Row<'a>, app: &App, clock: &Clock, (from, to): (i64, i64)) -> Row<'a> {
    let lanes = &app.timeline.lanes;
    let inside: Vec<_> = lanes.marks.iter().filter(|mark| (from..=to).contains(&mark.at)).map(|mark| mark.at).collect();
    let quiet = [from].iter().chain(&inside).zip(inside.iter().chain([&to])).map(|(before, after)| after - before).max();
    let row = selected(row, clock, (from, to));
    let events = format!(" · {} event{}", inside.len(), if inside.len() == 1 { "" } else { "s" });
    let row = row.put(Role::Text, &events);
    match quiet.filter(|quiet| !inside.is_empty() && *quiet < to - from) {
        Some(quiet) => row.put(Role::Dim, &format!(" · longest time without one {}", show::minutes(quiet as f64 / 60_000.0))),
        None => row,
    }
}

/// A selected stretch of time and its length.
pub fn selected<'a>(row: Row<'a>, clock: &Clock, (from, to): (i64, i64)) -> Row<'a> {
    let when = instant(from).zip(instant(to)).map(|(from, to)| format!("{} → {}", clock.exact(from), clock.time_after(to, from)));
    let row = row.put(Role::Cursor, &show::or_missing(when));
    row.put(Role::Filter, &format!(" · {}", show::minutes((to - from) as f64 / 60_000.0)))
}

/// What kind of event it is, with its time where that is worth saying.
fn event<'a>(row: Row<'a>, app: &App, mark: &Mark, when: Option<String>) -> Row<'a> {
    let when = when.map(|when| format!("{}{when} ", about(app, mark))).unwrap_or_default();
    row.put(Role::Event, &format!("{} ", mark.sign())).put(Role::Text, &format!("{when}{}", signs::event_name(mark.kind)))
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
