//! The time axis of the selected incident: what was felt, what was done, and the moments between.

use super::axis::{Tick, clock_ticks};
use super::bar::{self, HATCH, OPEN, fill};
use super::text::{Row, glyph, line_of};
use super::{Skin, titles};
use crate::app::lanes::{Bar, Mark};
use crate::app::layout::Pane;
use crate::app::show::{self, Clock, MISSING};
use crate::app::viewport::{Viewport, instant};
use crate::app::{App, glyph as signs, text};
use crate::incident::Certainty;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The cells left of the axis: a date and a gap.
const GUTTER: u16 = 11;

/// Draws the timeline.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    if area.is_empty() {
        return;
    }
    let focused = app.focus == Pane::Timeline;
    let bars = || app.lanes.impact.iter().chain(&app.lanes.response).flatten();
    let inferred = bars().any(|bar| fill(bar) == HATCH);
    let open = bars().any(|bar| bar.end.is_none());
    let gutter = GUTTER.min(area.width / 3);
    let chart_width = area.width.saturating_sub(2 + gutter);
    let hidden = app.range.map(|range| bar::hidden(Viewport { range, width: chart_width }, &app.lanes)).filter(|hidden| !hidden.is_empty());
    let signs = [
        inferred.then(|| format!("{HATCH} inferred")),
        open.then(|| format!("{OPEN} no end known")),
        hidden.map(|hidden| format!("more events {hidden}")),
    ];
    let note = signs.into_iter().flatten().collect::<Vec<_>>().join("  ");
    let inner = titles(frame, skin, area, (super::heading(focused), "Timeline"), (Role::Dim, &note));
    let chart = Rect { x: inner.x + gutter, width: chart_width, ..inner };
    let (Some(range), Some(incident)) = (app.range, app.incident()) else {
        let words = if app.incident().is_some() { "No time is known." } else { "" };
        return Row::new(&skin.theme, inner.width).put(Role::Dim, &format!(" {words}")).draw(inner, frame.buffer_mut());
    };
    let view = Viewport { range, width: chart.width };
    let clock = app.clock.for_report(incident);
    let buffer = frame.buffer_mut();
    let ticks = clock_ticks(view, &clock);
    if let Some(left) = instant(range.start) {
        Row::new(&skin.theme, gutter).put(Role::Dim, &clock.date(left)).draw(inner, buffer);
    }
    axis(buffer, skin, line_of(chart, 0), &ticks);
    let lanes = rows(app, usize::from(inner.height));
    grid(buffer, skin, chart, &ticks, lanes.len() + 2);
    let mut unlabelled: Vec<&Bar> = Vec::new();
    for (at, (name, row)) in lanes.iter().enumerate() {
        Row::new(&skin.theme, gutter).put(Role::Dim, name).draw(line_of(inner, at + 1), buffer);
        if row.is_empty() {
            Row::new(&skin.theme, chart.width).put(Role::Dim, MISSING).draw(line_of(chart, at + 1), buffer);
        }
        let known_until = app.lanes.known_until.unwrap_or(range.start);
        unlabelled.extend(bar::row(buffer, skin, line_of(chart, at + 1), view, row.iter(), known_until));
    }
    let selected = app.detail.item().and_then(|item| item.event).filter(|_| app.focus != Pane::List);
    let below = lanes.len() + 1;
    Row::new(&skin.theme, gutter).put(Role::Dim, "events").draw(line_of(inner, below), buffer);
    bar::marks(buffer, skin, line_of(chart, below), view, &app.lanes, selected);
    if app.lanes.marks.is_empty() {
        Row::new(&skin.theme, chart.width).put(Role::Dim, MISSING).draw(line_of(chart, below), buffer);
    }
    let rest =
        Rect { y: line_of(inner, below + 1).y, height: inner.height.saturating_sub(u16::try_from(below + 1).unwrap_or(u16::MAX)), ..inner };
    let told = selected.and_then(|event| app.lanes.marks.iter().find(|mark| mark.event == event));
    legend(buffer, app, skin, &clock, rest, &unlabelled, told);
}

/// The rows of both lanes that find room beside axis, events and a line of legend.
fn rows(app: &App, height: usize) -> Vec<(&'static str, &[Bar])> {
    let impact = named("impact", &app.lanes.impact);
    let response = named("response", &app.lanes.response);
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

/// Draws the labels of an axis.
pub fn axis(buffer: &mut Buffer, skin: &Skin, area: Rect, ticks: &[Tick]) {
    for tick in ticks {
        let place = Rect { x: area.x + tick.column, width: area.width - tick.column, ..area };
        Row::new(&skin.theme, place.width).put(Role::Dim, &tick.label).draw(place, buffer);
    }
}

/// Draws faint lines down from the labels; bars come over them.
pub fn grid(buffer: &mut Buffer, skin: &Skin, chart: Rect, ticks: &[Tick], lines: usize) {
    for at in 1..lines {
        let line = line_of(chart, at);
        for tick in ticks.iter().filter(|_| line.height > 0) {
            glyph(buffer, line.x + tick.column, line.y, '┊', skin.theme.style(Role::Grid));
        }
    }
}

/// What the marks and the bars too short for their names mean; the selected event in its own words.
fn legend(buffer: &mut Buffer, app: &App, skin: &Skin, clock: &Clock, area: Rect, bars: &[&Bar], told: Option<&Mark>) {
    let mut area = area;
    if let (Some(mark), Some(incident)) = (told, app.incident())
        && let Some(event) = incident.events.get(mark.event)
        && area.height > 0
    {
        let when = instant(mark.at).map_or(MISSING.into(), |at| clock.stamp(at));
        let about = show::marks(event.certainty, event.approximate);
        let row = Row::new(&skin.theme, area.width).put(Role::Event, &format!("{} ", signs::event(mark.kind)));
        let row = row.put(Role::Text, &format!("{about}{when} {} ", event.kind.name()));
        row.put(Role::Dim, &format!("“{}” {}", event.text, event.basis)).draw(line_of(area, 0), buffer);
        area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let reference = app.range.and_then(|range| instant(range.start));
    let mut entries: Vec<(Role, String, String)> = Vec::new();
    for bar in bars {
        let length = bar.start.zip(bar.end).map(|(start, end)| format!(" {}", show::minutes((end - start) as f64 / 60_000.0)));
        entries.push((signs::phase(bar.kind), fill(bar).to_string(), format!("{}{}", bar.label, length.unwrap_or_default())));
    }
    for mark in &app.lanes.marks {
        let when = instant(mark.at).zip(reference).map(|(at, reference)| clock.time_after(at, reference));
        let approximate = app.incident().and_then(|incident| incident.events.get(mark.event)).is_some_and(|event| event.approximate);
        let about = show::marks(mark.certainty, approximate);
        let role = if mark.certainty == Certainty::Inferred { Role::Inferred } else { Role::Event };
        entries.push((role, signs::event(mark.kind).to_string(), format!("{} {about}{}", mark.kind.name(), show::or_missing(when))));
    }
    let mut at = 0;
    let mut row = Row::new(&skin.theme, area.width);
    for (place, (role, sign, words)) in entries.iter().enumerate() {
        let cells = text::width(sign) + text::width(words) + 3;
        if cells > row.room() && row.room() < usize::from(area.width) {
            let left = entries.len() - place;
            if at + 1 >= usize::from(area.height) {
                row = row.put(Role::Dim, &format!("+{left}"));
                break;
            }
            std::mem::replace(&mut row, Row::new(&skin.theme, area.width)).draw(line_of(area, at), buffer);
            at += 1;
        }
        row = row.put(*role, sign).put(Role::Dim, &format!(" {words}  "));
    }
    row.draw(line_of(area, at), buffer);
}
