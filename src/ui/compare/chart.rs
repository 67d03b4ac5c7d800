//! The timelines under one another, with a hairline through all of them.

use super::{Plan, columns, select, window};
use crate::app::axis::{Tick, clock_ticks, percent_ticks, relative_ticks};
use crate::app::compare::{Align, Comparison, Side};
use crate::app::lanes::{Bar, Lanes};
use crate::app::measures::Kind;
use crate::app::show::{self, Clock};
use crate::app::viewport::{Viewport, instant};
use crate::app::{App, glyph as signs, text};
use crate::incident::Certainty;
use crate::theme::Role;
use crate::ui::text::{Row, glyph, line_of};
use crate::ui::{Skin, bar, chart};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the axis, and below it so many lines for each incident as the plan gives.
pub fn draw(frame: &mut Frame, app: &App, comparison: &Comparison, skin: &Skin, inner: Rect, plan: &Plan) {
    let (gutter, axis, _) = columns(inner);
    let lines = plan.chart().min(usize::from(inner.height));
    let shared = comparison.range.map(|range| Viewport { range, width: axis.width, scale: comparison.scale() });
    if let Some(view) = shared {
        let ticks = ticks(&app.clock, comparison.align, view);
        let dated = ticks.first().is_some_and(|tick| tick.column == 0 && tick.label.len() == 10);
        if let Some(left) = instant(view.start()).filter(|_| comparison.align == Align::Calendar && !dated) {
            Row::new(&skin.theme, gutter).put(Role::Dim, &app.clock.date(left)).draw(line_of(inner, 0), frame.buffer_mut());
        }
        chart::axis(frame.buffer_mut(), skin, line_of(axis, 0), &ticks);
        chart::grid(frame.buffer_mut(), skin, axis, &ticks, lines);
        zero(frame.buffer_mut(), skin, axis, view, comparison.align, lines);
        chart::Plot { area: axis, view, lines }.breaks(frame.buffer_mut(), skin, lines);
    }
    for (at, place) in window(comparison.selected, plan.shown, comparison.sides.len()).enumerate() {
        let Some(side) = comparison.sides.get(place) else { continue };
        let top = 1 + at * plan.lines;
        let height = plan.lines.min(usize::from(inner.height).saturating_sub(top));
        let block = Rect { y: line_of(inner, top).y, height: u16::try_from(height).unwrap_or(0), ..inner };
        name(frame.buffer_mut(), comparison, skin, place, block);
        value(frame.buffer_mut(), app, comparison, skin, place, block);
        let place_of_chart = Rect { y: block.y, height: block.height, ..axis };
        let view = comparison.range.zip(side.scale.as_ref()).map(|(range, scale)| Viewport { range, width: axis.width, scale });
        match view {
            Some(view) => tracks(frame.buffer_mut(), skin, side, view, place_of_chart),
            None => {
                let words = format!("does not tell {}", comparison.align.wanted());
                Row::new(&skin.theme, axis.width).put(Role::Dim, &words).draw(line_of(place_of_chart, 0), frame.buffer_mut());
            }
        }
        let marked = Rect { width: gutter.saturating_sub(1), ..line_of(block, 0) };
        select(frame, skin, place == comparison.selected, marked);
    }
    if let Some(view) = shared {
        let even = Viewport::even(view.range, axis.width);
        if let Some(stretch) = comparison.selected_stretch() {
            chart::Plot { area: axis, view: even, lines }.selection(frame.buffer_mut(), skin, stretch);
        }
        chart::Plot { area: axis, view: even, lines }.cursor(frame.buffer_mut(), skin, comparison.cursor);
        flag(frame.buffer_mut(), app, comparison, skin, even, line_of(axis, 0));
    }
}

fn ticks(clock: &Clock, align: Align, view: Viewport) -> Vec<Tick> {
    match align {
        Align::Calendar => clock_ticks(view, clock),
        Align::Stretched => percent_ticks(view),
        _ => relative_ticks(view),
    }
}

/// The line of the moment at which all are aligned.
fn zero(buffer: &mut Buffer, skin: &Skin, axis: Rect, view: Viewport, align: Align, lines: usize) {
    let Some(column) = view.column(0).filter(|_| align != Align::Calendar) else { return };
    for line in (1..lines).map(|at| line_of(axis, at)).filter(|line| line.height > 0) {
        glyph(buffer, line.x + column, line.y, '│', skin.theme.style(Role::Border));
    }
}

/// Where the cursor stands, over the axis.
fn flag(buffer: &mut Buffer, app: &App, comparison: &Comparison, skin: &Skin, view: Viewport, line: Rect) {
    let Some(column) = view.column(comparison.cursor).filter(|_| line.height > 0) else { return };
    let words = match comparison.align {
        Align::Calendar => {
            let at = instant(comparison.scale().moment(comparison.cursor));
            show::or_missing(at.map(|at| app.clock.time(at)))
        }
        _ => super::offset(app, comparison, comparison.cursor),
    };
    let words = format!(" {words} ");
    let wide = u16::try_from(text::width(&words)).unwrap_or(0).min(line.width);
    let start = column.saturating_sub(wide / 2).min(line.width - wide);
    let place = Rect { x: line.x + start, width: wide, ..line };
    // The label of the axis below is not to shine through.
    buffer.set_style(place, Style::reset());
    Row::new(&skin.theme, wide).put(Role::Selected, &words).draw(place, buffer);
}

/// Letter and title, below them the date and whose it was.
fn name(buffer: &mut Buffer, comparison: &Comparison, skin: &Skin, place: usize, block: Rect) {
    let (gutter, ..) = columns(block);
    let Some(side) = comparison.sides.get(place) else { return };
    let room = gutter.saturating_sub(1);
    let label = side.label();
    let rows = text::wrap(&label, usize::from(room));
    // The title has two lines where there are more than two, for it is what tells one from another.
    let shown = if block.height > 2 { rows.len().min(2) } else { 1 };
    for (at, range) in rows.iter().take(shown).enumerate() {
        let end = if at + 1 == shown { label.len() } else { range.end };
        let words = label.get(range.start..end).unwrap_or_default().trim_end();
        let row = Row::new(&skin.theme, room);
        let letter = words.split_at_checked(1).filter(|_| at == 0);
        let row = match letter {
            Some((letter, words)) => row.put(Role::Heading, letter).put(Role::Text, words),
            None => row.put(Role::Text, words),
        };
        row.draw(line_of(block, at), buffer);
    }
    if usize::from(block.height) > shown {
        Row::new(&skin.theme, room).put(Role::Dim, &side.note).draw(line_of(block, shown), buffer);
    }
}

/// How bad it was and how long, below that how much longer than the base.
fn value(buffer: &mut Buffer, app: &App, comparison: &Comparison, skin: &Skin, place: usize, block: Rect) {
    let (.., cells) = columns(block);
    let (Some(side), Some(row)) = (comparison.sides.get(place), comparison.sides.get(place).and_then(|side| app.list.rows.get(side.id)))
    else {
        return;
    };
    let (meter, letter, role) = signs::severity(row.severity);
    let inferred = row.severity_certainty == Some(Certainty::Inferred);
    let at = |line: usize| Rect { x: block.right().saturating_sub(cells), width: cells, ..line_of(block, line) };
    Row::new(&skin.theme, cells)
        .put(role, &format!(" {meter}{letter}"))
        .put(Role::Inferred, if inferred { show::INFERRED } else { " " })
        .number(Role::Text, &side.measures.cell(Kind::Impact), cells.saturating_sub(4))
        .draw(at(0), buffer);
    if block.height < 2 {
        return;
    }
    let (role, words) = match comparison.difference(side, Kind::Impact) {
        _ if place == comparison.base => (Role::Dim, "base".to_owned()),
        Some(by) => (super::numbers::role(by), format!("{}{}", show::marks(by.certainty, false), show::more_or_less(by.minutes))),
        None => (Role::Dim, String::new()),
    };
    Row::new(&skin.theme, cells).number(role, &words, cells).draw(at(1), buffer);
}

/// The bars and the events of one incident on as many lines as `chart` has.
fn tracks(buffer: &mut Buffer, skin: &Skin, side: &Side, view: Viewport, chart: Rect) {
    let lanes = &side.lanes;
    let until = lanes.known_until.unwrap_or(i64::MIN);
    let rows = rows(lanes, usize::from(chart.height));
    let first = lanes.edges().first().copied().or(lanes.marks.first().map(|mark| mark.at));
    for (at, row) in rows.iter().enumerate() {
        let line = line_of(chart, at);
        if chart.height == 1 {
            // The events stand on the bars; a name that they cut says nothing.
            let bare: Vec<_> = row.iter().map(|bar| bare(bar, lanes)).collect();
            bar::row(buffer, skin, line, view, bare.iter(), until);
        } else {
            bar::row(buffer, skin, line, view, row.iter().copied(), until);
        }
        outside(buffer, skin, line, view, row, until);
        if row.is_empty() {
            let words = if at == 0 { "impact not told" } else { "response not told" };
            // Behind the line of the moment at which all are aligned.
            let left = view.column(first.unwrap_or(view.start())).unwrap_or(0).saturating_add(2).min(line.width);
            let place = Rect { x: line.x + left, width: line.width - left, ..line };
            Row::new(&skin.theme, place.width).put(Role::Dim, words).draw(place, buffer);
        }
    }
    let last = rows.len().min(usize::from(chart.height).saturating_sub(1));
    let line = line_of(chart, last);
    if chart.height == 1 {
        bar::marks_on(buffer, skin, line, view, lanes);
    } else {
        bar::marks(buffer, skin, line, view, lanes, None);
    }
    let (before, after) = bar::hidden_count(view, lanes);
    let style = skin.theme.style(Role::Key);
    for (count, words) in [(before, format!("‹{before}")), (after, format!("{after}›"))] {
        let wide = u16::try_from(text::width(&words)).unwrap_or(0).min(line.width);
        let x = if words.starts_with('‹') { line.x } else { line.right().saturating_sub(wide) };
        if count > 0 && line.height > 0 {
            Row::new(&skin.theme, wide).styled(style, &words).draw(Rect { x, width: wide, ..line }, buffer);
        }
    }
}

/// A bar without its words where an event stands on it.
fn bare(bar: &Bar, lanes: &Lanes) -> Bar {
    let covered = lanes.marks.iter().any(|mark| bar.start < Some(mark.at) && bar.end.is_none_or(|end| mark.at < end));
    if covered { Bar { label: String::new(), sign: None, ..bar.clone() } } else { bar.clone() }
}

/// The bars in lanes, with a line left for the events: first what was felt, then what was done, then whatever of both lies over
/// one another. Lanes without a line of their own are laid over the last of their kind.
fn rows(lanes: &Lanes, height: usize) -> Vec<Vec<&Bar>> {
    let room = height.saturating_sub(1).max(1);
    let (felt, done) = (&lanes.impact, &lanes.response);
    let response = if room == 1 { 0 } else { done.len().clamp(1, (room / 2).max(1)) };
    let impact = felt.len().clamp(1, room - response);
    let response = if room == 1 { 0 } else { done.len().clamp(1, room - impact) };
    over(felt, impact).into_iter().chain(over(done, response)).collect()
}

/// Rows laid over one another where there are fewer lines.
fn over(rows: &[Vec<Bar>], lines: usize) -> Vec<Vec<&Bar>> {
    let mut laid: Vec<Vec<&Bar>> = vec![Vec::new(); lines];
    for (at, row) in rows.iter().enumerate() {
        if let Some(line) = laid.get_mut(at.min(lines.saturating_sub(1))) {
            line.extend(row);
        }
    }
    laid
}

/// An arrow at the edge towards bars that lie wholly outside.
fn outside(buffer: &mut Buffer, skin: &Skin, line: Rect, view: Viewport, row: &[&Bar], until: i64) {
    let place = |at: i64| view.scale.place(at);
    let end = |bar: &Bar| bar.end.unwrap_or(until);
    let before = row.iter().any(|bar| place(end(bar)) < view.range.start);
    let after = row.iter().any(|bar| bar.start.or(bar.end).is_some_and(|start| place(start) > view.range.end));
    for (is, x, sign) in [(before, line.x, '‹'), (after, line.right().saturating_sub(1), '›')] {
        if is && line.height > 0 {
            glyph(buffer, x, line.y, sign, skin.theme.style(Role::Key));
        }
    }
}
