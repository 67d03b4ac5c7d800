//! Marked incidents on one scale, and a table of their lengths with the differences to a base.

use super::axis::{clock_ticks, relative_ticks};
use super::text::{Row, glyph, line_of};
use super::{Skin, bar, border, gantt, row_role, titles};
use crate::app::compare::{Align, Comparison, Side, largest};
use crate::app::measures::{self, Measure};
use crate::app::show::{self, MISSING};
use crate::app::viewport::{Viewport, instant};
use crate::app::{App, glyph as signs};
use crate::incident::Certainty;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Lines that an incident takes: bar and events above, lengths and differences in the table.
const LINES: usize = 4;

/// Lines for the axis, the rule and the head of the table.
const FIXED: usize = 3;

/// Draws the comparison.
pub fn draw(frame: &mut Frame, app: &App, comparison: &Comparison, skin: &Skin, area: Rect) {
    let count = comparison.sides.len();
    let heading = format!("Compare · {count} incidents · {}", comparison.align.name());
    let base = comparison.sides.get(comparison.base).map_or(MISSING, |side| &side.name);
    border(frame, skin, area, true);
    let inner = titles(frame, skin, area, (Role::Heading, &heading), (Role::Dim, &format!("base {base}")));
    let height = usize::from(inner.height);
    // Where the table leaves no room to compare anything, the bars alone are worth more.
    let with_table = height >= FIXED + 2 * LINES;
    let fitting = if with_table { height.saturating_sub(FIXED) / LINES } else { height.saturating_sub(1) / 2 };
    let fitting = fitting.clamp(1, count.max(1));
    let first = comparison.selected.saturating_sub(fitting / 2).min(count - fitting.min(count));
    let sides: Vec<_> = comparison.sides.iter().enumerate().skip(first).take(fitting).collect();
    let name = (inner.width / 4).clamp(8, 36);
    let length = 11.min(inner.width / 5);
    let chart = Rect { x: inner.x + name, width: inner.width.saturating_sub(name + length), ..inner };
    if let Some(range) = comparison.range {
        let view = Viewport { range, width: chart.width };
        let ticks = if comparison.align == Align::Calendar { clock_ticks(view, &app.clock) } else { relative_ticks(view) };
        if let (Align::Calendar, Some(left)) = (comparison.align, instant(range.start)) {
            Row::new(&skin.theme, name).put(Role::Dim, &app.clock.date(left)).draw(inner, frame.buffer_mut());
        }
        let lines = 1 + sides.len() * 2;
        gantt::axis(frame.buffer_mut(), skin, line_of(chart, 0), &ticks);
        gantt::grid(frame.buffer_mut(), skin, chart, &ticks, lines.min(usize::from(inner.height)));
        zero(frame, skin, chart, view, comparison, lines);
        for (at, (place, side)) in sides.iter().enumerate() {
            let lines = (line_of(inner, 1 + at * 2), line_of(inner, 2 + at * 2));
            side_lines(frame, app, skin, side, lines, chart, view);
            select(frame, skin, comparison, *place, Rect { width: name, ..lines.0 });
        }
    } else {
        let words = " No common moment is known: a aligns at another.";
        Row::new(&skin.theme, inner.width).put(Role::Dim, words).draw(inner, frame.buffer_mut());
    }
    if !with_table {
        return;
    }
    let top = FIXED - 1 + sides.len() * 2;
    table(
        frame,
        skin,
        comparison,
        &sides,
        name,
        Rect { y: line_of(inner, top - 1).y, height: inner.height.saturating_sub(u16::try_from(top - 1).unwrap_or(u16::MAX)), ..inner },
    );
}

fn select(frame: &mut Frame, skin: &Skin, comparison: &Comparison, place: usize, area: Rect) {
    if let Some(role) = row_role(place == comparison.selected, true) {
        frame.buffer_mut().set_style(area, skin.theme.style(role));
    }
}

/// The line of the moment at which all are aligned.
fn zero(frame: &mut Frame, skin: &Skin, chart: Rect, view: Viewport, comparison: &Comparison, lines: usize) {
    let Some(column) = view.column(0).filter(|_| comparison.align != Align::Calendar) else { return };
    for at in 1..lines {
        let line = line_of(chart, at);
        if line.height > 0 {
            glyph(frame.buffer_mut(), line.x + column, line.y, '│', skin.theme.style(Role::Border));
        }
    }
}

fn side_lines(frame: &mut Frame, app: &App, skin: &Skin, side: &Side, lines: (Rect, Rect), chart: Rect, view: Viewport) {
    let Some(row) = app.list.rows.get(side.id) else { return };
    let gutter = chart.x - lines.0.x;
    let buffer = frame.buffer_mut();
    Row::new(&skin.theme, gutter.saturating_sub(1)).put(Role::Text, &side.name).draw(lines.0, buffer);
    Row::new(&skin.theme, gutter.saturating_sub(1)).put(Role::Dim, &side.note).draw(lines.1, buffer);
    let on = |line: Rect| Rect { x: chart.x, width: chart.width, ..line };
    match &side.lanes {
        Some(lanes) if lines.0.height > 0 => {
            bar::row(buffer, skin, on(lines.0), view, lanes.impact.iter().flatten(), lanes.known_until.unwrap_or(view.range.start));
            if lines.1.height > 0 {
                bar::marks(buffer, skin, on(lines.1), view, lanes, None);
            }
        }
        Some(_) => {}
        None => Row::new(&skin.theme, chart.width).put(Role::Dim, " the report does not tell this moment").draw(on(lines.0), buffer),
    }
    let (meter, letter, role) = signs::severity(row.severity);
    let inferred = row.entry.incident.severity.as_ref().is_some_and(|fact| fact.certainty == Certainty::Inferred);
    let place = Rect { x: chart.right(), width: lines.0.right().saturating_sub(chart.right()), ..lines.0 };
    let length = side.measures.first().copied().flatten().map(Measure::text);
    let hidden = side.lanes.as_ref().map(|lanes| bar::hidden(view, lanes)).unwrap_or_default();
    let under = Rect { y: lines.1.y, height: lines.1.height, ..place };
    Row::new(&skin.theme, place.width).number(Role::Dim, &hidden, place.width).draw(under, buffer);
    Row::new(&skin.theme, place.width)
        .put(role, &format!(" {meter}{letter}"))
        .put(Role::Inferred, if inferred { show::INFERRED } else { " " })
        .number(Role::Text, &show::or_missing(length), place.width.saturating_sub(4))
        .draw(place, buffer);
}

fn table(frame: &mut Frame, skin: &Skin, comparison: &Comparison, sides: &[(usize, &Side)], name: u16, area: Rect) {
    let cells = (area.width.saturating_sub(name) / 6).min(14);
    let buffer = frame.buffer_mut();
    let rule = line_of(area, 0);
    Row::new(&skin.theme, area.width).put(Role::Border, &"─".repeat(usize::from(area.width))).draw(rule, buffer);
    let mut head = Row::new(&skin.theme, area.width).cell(Role::Dim, "", name);
    for measure in measures::NAMES {
        head = head.number(Role::Dim, measure, cells);
    }
    head.draw(line_of(area, 1), buffer);
    for (at, (place, side)) in sides.iter().enumerate() {
        let is_base = *place == comparison.base;
        let (first, second) = (line_of(area, 2 + at * 2), line_of(area, 3 + at * 2));
        let mut row = Row::new(&skin.theme, area.width).cell(Role::Text, &side.name, name.saturating_sub(1)).put(Role::Text, " ");
        for measure in side.measures {
            let stated = measure.is_some_and(|measure| measure.certainty == Certainty::Stated);
            let role = if stated { Role::Text } else { Role::Inferred };
            row = row.number(role, &show::or_missing(measure.map(Measure::text)), cells);
        }
        row.draw(first, frame.buffer_mut());
        select(frame, skin, comparison, *place, Rect { width: name.saturating_sub(1), ..first });
        if is_base {
            Row::new(&skin.theme, area.width).put(Role::Dim, "  base").draw(second, frame.buffer_mut());
            continue;
        }
        let differences = comparison.differences(side);
        let most = largest(&differences);
        let mut row = Row::new(&skin.theme, area.width).cell(Role::Dim, "  difference", name);
        for (at, by) in differences.iter().enumerate() {
            let role = match by {
                Some(by) if *by > 0.0 => Role::Worse,
                Some(by) if *by < 0.0 => Role::Better,
                _ => Role::Dim,
            };
            let sign = if most == Some(at) { "◂" } else { "" };
            // What was worked out stays worked out in a difference.
            let guessed =
                |side: &Side| side.measures.get(at).copied().flatten().is_some_and(|measure| measure.certainty == Certainty::Inferred);
            let mark = if guessed(side) || comparison.sides.get(comparison.base).is_some_and(guessed) { "~" } else { "" };
            let text = show::or_missing(by.map(|by| format!("{mark}{}", show::difference(by))));
            // A theme may underline what stands out, and a blank that is underlined would look like a sign.
            let sign_role = if sign.is_empty() { Role::Dim } else { Role::Filter };
            row = row.number(role, &text, cells.saturating_sub(1)).cell(sign_role, sign, 1);
        }
        row.draw(second, frame.buffer_mut());
    }
}
