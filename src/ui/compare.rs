//! Marked incidents on one scale, and a table of their lengths with the differences to a base.

use super::text::{Row, glyph, line_of};
use super::{Skin, bar, border, chart, row_role, titles};
use crate::app::axis::{Tick, clock_ticks, percent_ticks, relative_ticks};
use crate::app::compare::{self, Align, Comparison, Side};
use crate::app::measures::Kind;
use crate::app::scale::Scale;
use crate::app::show::{self, MISSING};
use crate::app::viewport::{Range, Viewport, instant};
use crate::app::{App, glyph as signs, text};
use crate::incident::Certainty;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The cells that a name in a sentence may have, the most first.
const NAMES: [usize; 6] = [usize::MAX, 60, 40, 28, 18, 12];

/// The mark of the largest difference of an incident.
pub const LARGEST_SIGN: &str = "◂";

/// How the lines inside the border are shared out.
struct Plan {
    /// Lines that an incident has in the chart: its bar, and its events where there is room.
    lines: usize,
    /// How many incidents the chart shows.
    charted: usize,
    /// How many incidents the table shows; none where it has no room.
    listed: usize,
}

impl Plan {
    /// For so many incidents on so many lines.
    fn of(count: usize, height: usize) -> Self {
        // The axis above, the difference in words below; the table has a rule, a head and two lines an incident.
        let (axis, table) = (2, 2);
        let lines = if axis + table + 4 * count <= height { 2 } else { 1 };
        if axis + table + count + 4 <= height {
            let listed = (height - axis - table - lines * count) / 2;
            return Self { lines, charted: count, listed: listed.min(count) };
        }
        let room = height.saturating_sub(axis).max(1);
        let lines = if 2 * count <= room { 2 } else { 1 };
        Self { lines, charted: (room / lines).clamp(1, count.max(1)), listed: 0 }
    }
}

/// The part of a list of `count` that `shown` lines show around the selected one.
fn window(selected: usize, shown: usize, count: usize) -> std::ops::Range<usize> {
    let first = selected.saturating_sub(shown / 2).min(count - shown.min(count));
    first..(first + shown).min(count)
}

/// Draws the comparison.
pub fn draw(frame: &mut Frame, app: &App, comparison: &Comparison, skin: &Skin, area: Rect) {
    let count = comparison.sides.len();
    let heading = format!("Compare · {count} incidents · {}", comparison.align.name());
    let base = comparison.sides.get(comparison.base).map_or(MISSING, |side| &side.name);
    border(frame, skin, area, true);
    // How they are aligned must be read; which is the base the table tells as well.
    let room = usize::from(area.width).saturating_sub(text::width(&heading) + 8);
    let note = if room > 12 { text::fit(&format!("base {base}"), room) } else { String::new() };
    let inner = titles(frame, skin, area, (Role::Heading, &heading), (Role::Dim, &note));
    let plan = Plan::of(count, usize::from(inner.height));
    charts(frame, app, comparison, skin, inner, &plan);
    if plan.listed > 0 {
        let top = 1 + plan.charted * plan.lines;
        let height = inner.height.saturating_sub(u16::try_from(top + 1).unwrap_or(u16::MAX));
        table(frame, comparison, skin, &plan, Rect { y: line_of(inner, top).y, height, ..inner });
    }
    let used = 1 + plan.charted * plan.lines + if plan.listed > 0 { 2 + 2 * plan.listed } else { 0 };
    if inner.height > 2 {
        let (height, width) = (usize::from(inner.height), usize::from(inner.width));
        let room = height.saturating_sub(used).max(1);
        let (role, words) = words(comparison, width, room);
        let rows = text::wrap(&words, width);
        let shown = rows.len().min(room);
        // Below the table with a gap, where that leaves all lines on the screen.
        let top = (used + 1).min(height - shown);
        if plan.lines > 1 {
            let free = height.saturating_sub(top + shown);
            legend(frame, comparison, skin, Rect { y: line_of(inner, top + shown).y, height: u16::try_from(free).unwrap_or(0), ..inner });
        }
        for (at, range) in rows.iter().take(shown).enumerate() {
            // What finds no line of its own is cut at the end of the last.
            let end = if at + 1 == shown { words.len() } else { range.end };
            let part = words.get(range.start..end).unwrap_or_default().trim_end();
            Row::new(&skin.theme, inner.width).put(role, part).draw(line_of(inner, top + at), frame.buffer_mut());
        }
    }
}

/// What the selected cell says, else the largest difference, with names as long as that many lines allow.
fn words(comparison: &Comparison, width: usize, lines: usize) -> (Role, String) {
    let said = |names: usize| match (comparison.told(names), comparison.verdict(names)) {
        (Some(told), _) => (Role::Text, told),
        (None, Some(verdict)) => (Role::Filter, verdict),
        (None, None) => (Role::Dim, "No length is known of the base and of another incident; b chooses another base.".into()),
    };
    let fits = |words: &str| text::wrap(words, width).len() <= lines;
    let shortened = NAMES.into_iter().map(said).find(|(_, words)| fits(words));
    shortened.unwrap_or_else(|| {
        let (role, words) = said(NAMES.into_iter().min().unwrap_or_default());
        (role, words.strip_prefix(compare::LARGEST).map(str::to_owned).unwrap_or(words))
    })
}

/// What the marks of events mean, at the bottom of what is free, where there is room for all of them.
fn legend(frame: &mut Frame, comparison: &Comparison, skin: &Skin, free: Rect) {
    let mut kinds: Vec<_> = comparison.sides.iter().flat_map(|side| side.lanes.marks.iter().map(|mark| mark.kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let (empty, width) = (|| Row::new(&skin.theme, free.width), usize::from(free.width));
    let mut rows = vec![empty()];
    for kind in kinds {
        let (mark, words) = (signs::event(kind).to_string(), format!(" {}", kind.name()));
        let mut row = rows.pop().unwrap_or_else(empty);
        if row.room() < width && row.room() < text::width(&mark) + text::width(&words) + 2 {
            rows.push(std::mem::replace(&mut row, empty()));
        }
        let gap = if row.room() < width { "  " } else { "" };
        rows.push(row.put(Role::Dim, gap).put(Role::Event, &mark).put(Role::Dim, &words));
    }
    if let Some(first) = usize::from(free.height).checked_sub(rows.len()) {
        for (at, row) in rows.into_iter().enumerate() {
            row.draw(line_of(free, first + at), frame.buffer_mut());
        }
    }
}

fn charts(frame: &mut Frame, app: &App, comparison: &Comparison, skin: &Skin, inner: Rect, plan: &Plan) {
    let name = (inner.width / 4).clamp(8, 36);
    let length = 11.min(inner.width / 5);
    let chart = Rect { x: inner.x + name, width: inner.width.saturating_sub(name + length), ..inner };
    let Some(range) = comparison.range else {
        let words = " No common moment is known: a aligns at another.";
        return Row::new(&skin.theme, inner.width).put(Role::Dim, words).draw(inner, frame.buffer_mut());
    };
    let even = Viewport::even(range, chart.width);
    let ticks = ticks(app, comparison.align, even);
    let lines = 1 + plan.charted * plan.lines;
    if let (Align::Calendar, Some(left)) = (comparison.align, instant(range.start)) {
        Row::new(&skin.theme, name).put(Role::Dim, &app.clock.date(left)).draw(inner, frame.buffer_mut());
    }
    chart::axis(frame.buffer_mut(), skin, line_of(chart, 0), &ticks);
    chart::grid(frame.buffer_mut(), skin, chart, &ticks, lines.min(usize::from(inner.height)));
    zero(frame, skin, chart, even, comparison, lines);
    for (at, place) in window(comparison.selected, plan.charted, comparison.sides.len()).enumerate() {
        let Some(side) = comparison.sides.get(place) else { continue };
        let top = 1 + at * plan.lines;
        let under = if plan.lines > 1 { line_of(inner, top + 1) } else { Rect { height: 0, ..inner } };
        side_lines(frame, app, skin, side, (line_of(inner, top), under), chart, range);
        select(frame, skin, place == comparison.selected, Rect { width: name.saturating_sub(1), ..line_of(inner, top) });
    }
}

fn ticks(app: &App, align: Align, view: Viewport) -> Vec<Tick> {
    match align {
        Align::Calendar => clock_ticks(view, &app.clock),
        Align::Stretched => percent_ticks(view),
        _ => relative_ticks(view),
    }
}

fn select(frame: &mut Frame, skin: &Skin, selected: bool, area: Rect) {
    if let Some(role) = row_role(selected, true) {
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

fn side_lines(frame: &mut Frame, app: &App, skin: &Skin, side: &Side, lines: (Rect, Rect), chart: Rect, range: Range) {
    let Some(row) = app.list.rows.get(side.id) else { return };
    let gutter = chart.x - lines.0.x;
    let buffer = frame.buffer_mut();
    Row::new(&skin.theme, gutter.saturating_sub(1)).put(Role::Text, &side.name).draw(lines.0, buffer);
    if lines.1.height > 0 {
        Row::new(&skin.theme, gutter.saturating_sub(1)).put(Role::Dim, &side.note).draw(lines.1, buffer);
    }
    let on = |line: Rect| Rect { x: chart.x, width: chart.width, ..line };
    let view = side.scale.as_ref().map(|scale: &Scale| Viewport { range, width: chart.width, scale });
    match view {
        Some(view) if lines.0.height > 0 => {
            let lanes = &side.lanes;
            bar::row(buffer, skin, on(lines.0), view, lanes.impact.iter().flatten(), lanes.known_until.unwrap_or(i64::MIN));
            if lines.1.height > 0 {
                bar::marks(buffer, skin, on(lines.1), view, lanes, None);
            }
        }
        Some(_) => {}
        None => Row::new(&skin.theme, chart.width).put(Role::Dim, " the report does not tell this moment").draw(on(lines.0), buffer),
    }
    let (meter, letter, role) = signs::severity(row.severity);
    let inferred = row.severity_certainty == Some(Certainty::Inferred);
    let place = Rect { x: chart.right(), width: lines.0.right().saturating_sub(chart.right()), ..lines.0 };
    let hidden = view.map(|view| bar::hidden(view, &side.lanes)).unwrap_or_default();
    let under = Rect { y: lines.1.y, height: lines.1.height, ..place };
    if under.height > 0 {
        Row::new(&skin.theme, place.width).number(Role::Dim, &hidden, place.width).draw(under, buffer);
    }
    Row::new(&skin.theme, place.width)
        .put(role, &format!(" {meter}{letter}"))
        .put(Role::Inferred, if inferred { show::INFERRED } else { " " })
        .number(Role::Text, &side.measures.cell(Kind::Impact), place.width.saturating_sub(4))
        .draw(place, buffer);
}

fn table(frame: &mut Frame, comparison: &Comparison, skin: &Skin, plan: &Plan, area: Rect) {
    let widest = |kind: Kind| {
        let values = comparison.sides.iter().map(|side| side.measures.cell(kind));
        let words = values.chain(comparison.others().map(|side| comparison.cell(side, kind))).map(|words| text::width(&words) + 1);
        words.chain([text::width(kind.name()) + 1]).max().unwrap_or(0)
    };
    let name = (area.width / 5).clamp(8, 36);
    let widths: Vec<_> = comparison.kinds.iter().map(|&kind| widest(kind) + 1).collect();
    let chosen = comparison.column.saturating_sub(1);
    // What the words below speak of can be seen.
    let spoken = comparison.kind().or(comparison.largest_of_all().map(|(_, kind)| kind));
    let spoken = comparison.kinds.iter().position(|kind| Some(*kind) == spoken).unwrap_or(chosen);
    let shown = columns(&widths, spoken, usize::from(area.width.saturating_sub(name)));
    let first = shown.start;
    let cells = |kind: usize| u16::try_from(widths.get(kind).copied().unwrap_or(0)).unwrap_or(u16::MAX);
    let kinds: Vec<_> = shown.clone().filter_map(|at| Some((*comparison.kinds.get(at)?, cells(at)))).collect();
    let buffer = frame.buffer_mut();
    Row::new(&skin.theme, area.width).put(Role::Border, &"─".repeat(usize::from(area.width))).draw(line_of(area, 0), buffer);
    let before = if first > 0 { format!("‹ {first} more") } else { String::new() };
    let after = comparison.kinds.len() - shown.end;
    let mut head = Row::new(&skin.theme, area.width).cell(Role::Dim, &before, name);
    for (kind, cells) in &kinds {
        head = head.number(Role::Dim, kind.name(), cells.saturating_sub(1)).put(Role::Dim, " ");
    }
    if after > 0 {
        let more = format!(" {after} more › ");
        let place = Rect { x: area.right().saturating_sub(u16::try_from(text::width(&more)).unwrap_or(0)), ..line_of(area, 0) };
        Row::new(&skin.theme, area.right() - place.x).put(Role::Dim, &more).draw(place, buffer);
    }
    head.draw(line_of(area, 1), buffer);
    for (at, place) in window(comparison.selected, plan.listed, comparison.sides.len()).enumerate() {
        let Some(side) = comparison.sides.get(place) else { continue };
        let (top, under) = (line_of(area, 2 + at * 2), line_of(area, 3 + at * 2));
        let mut row = Row::new(&skin.theme, area.width).cell(Role::Text, &side.name, name.saturating_sub(1)).put(Role::Text, " ");
        for &(kind, cells) in &kinds {
            let stated = side.measures.get(kind).is_some_and(|measure| measure.certainty == Certainty::Stated);
            let role = if stated || side.measures.is_open(kind) { Role::Text } else { Role::Inferred };
            row = row.number(role, &side.measures.cell(kind), cells.saturating_sub(1)).put(Role::Text, " ");
        }
        row.draw(top, frame.buffer_mut());
        differences(frame, comparison, skin, (place, side), &kinds, name, under);
        if comparison.column == 0 {
            select(frame, skin, place == comparison.selected, Rect { width: name.saturating_sub(1), ..top });
        } else if place == comparison.selected {
            let before: u16 = (first..chosen).map(cells).sum();
            let cell = Rect { x: area.x + name + before, width: cells(chosen), ..top };
            select(frame, skin, true, cell.intersection(area));
        }
    }
}

/// The columns that have room, the chosen one among them.
fn columns(widths: &[usize], chosen: usize, room: usize) -> std::ops::Range<usize> {
    let fits = |range: std::ops::Range<usize>| widths.get(range).is_some_and(|widths| widths.iter().sum::<usize>() <= room);
    let last = chosen.min(widths.len().saturating_sub(1));
    let first = (0..=last).find(|&first| fits(first..last + 1)).unwrap_or(last);
    let end = (last + 1..=widths.len()).take_while(|&end| end == last + 1 || fits(first..end)).last().unwrap_or(last);
    first..end
}

fn differences(
    frame: &mut Frame,
    comparison: &Comparison,
    skin: &Skin,
    (place, side): (usize, &Side),
    kinds: &[(Kind, u16)],
    name: u16,
    line: Rect,
) {
    if line.height == 0 {
        return;
    }
    if place == comparison.base {
        return Row::new(&skin.theme, line.width).put(Role::Dim, "  base").draw(line, frame.buffer_mut());
    }
    let most = comparison.largest(side).map(|(kind, _)| kind);
    let mut row = Row::new(&skin.theme, line.width).cell(Role::Dim, "  difference", name);
    for &(kind, cells) in kinds {
        let role = match comparison.difference(side, kind) {
            Some(by) if by.minutes > 0.0 => Role::Worse,
            Some(by) if by.minutes < 0.0 => Role::Better,
            _ => Role::Dim,
        };
        // A theme may underline what stands out, and a blank that is underlined would look like a sign.
        let (sign, sign_role) = if most == Some(kind) { (LARGEST_SIGN, Role::Filter) } else { ("", Role::Dim) };
        row = row.number(role, &comparison.cell(side, kind), cells.saturating_sub(1)).cell(sign_role, sign, 1);
    }
    row.draw(line, frame.buffer_mut());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_column_is_always_shown() {
        let widths = [5, 9, 14, 9, 20, 7];
        assert_eq!(columns(&widths, 0, 40), 0..4);
        assert_eq!(columns(&widths, 4, 44), 2..5);
        assert_eq!(columns(&widths, 5, 44), 3..6);
        assert_eq!(columns(&widths, 4, 3), 4..5);
        assert_eq!(columns(&[], 0, 3), 0..0);
    }

    #[test]
    fn every_incident_is_charted_where_that_leaves_room_for_a_table() {
        for count in 2..=8 {
            for height in 1..60 {
                let plan = Plan::of(count, height);
                let table = if plan.listed > 0 { 2 + 2 * plan.listed } else { 0 };
                assert!(plan.charted >= 1 && (height < 3 || 2 + plan.charted * plan.lines + table <= height), "{count} on {height}");
                assert!(plan.listed == 0 || plan.charted == count);
            }
        }
        assert!(Plan::of(3, 19).listed == 3 && Plan::of(3, 19).lines == 2);
        assert!(Plan::of(8, 19).listed >= 3);
    }
}
