//! What each incident is doing under the hairline, in words.

use super::{Plan, columns, select, window};
use crate::app::compare::{Comparison, Here, Side};
use crate::app::lanes::Mark;
use crate::app::show::{self, Clock};
use crate::app::viewport::instant;
use crate::app::{App, glyph as signs};
use crate::theme::Role;
use crate::ui::Skin;
use crate::ui::bar::fill;
use crate::ui::text::{Row, line_of};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the lines at the top of `area`; answers with how many.
pub fn draw(frame: &mut Frame, app: &App, comparison: &Comparison, skin: &Skin, area: Rect, plan: &Plan) -> usize {
    let top = usize::from(plan.headed);
    if plan.headed {
        let what = if comparison.selected_stretch().is_some() { "range " } else { "at " };
        let at = super::looked_at(app, comparison);
        let head = Row::new(&skin.theme, area.width).put(Role::Border, "── ").put(Role::Dim, what).put(Role::Cursor, &at);
        let left = head.room().saturating_sub(1);
        head.put(Role::Border, &format!(" {}", "─".repeat(left))).draw(line_of(area, 0), frame.buffer_mut());
    }
    let (gutter, ..) = columns(area);
    for (at, place) in window(comparison.selected, plan.heard, comparison.sides.len()).enumerate() {
        let first = top + at * plan.told;
        let Some(side) = comparison.sides.get(place) else { continue };
        for (line, row) in told(app, comparison, skin, side, plan.told, area.width).into_iter().enumerate() {
            row.draw(line_of(area, first + line), frame.buffer_mut());
        }
        if plan.heard > 1 {
            let letter = Rect { width: gutter.min(1), ..line_of(area, first) };
            select(frame, skin, place == comparison.selected, letter);
        }
    }
    let (unheard, told) = (plan.shown.saturating_sub(plan.heard), top + plan.heard * plan.told);
    if unheard > 0 && plan.heard > 0 {
        let words = format!(" +{unheard} ");
        let wide = u16::try_from(words.len()).unwrap_or(0).min(area.width);
        let last = line_of(area, told.saturating_sub(1));
        Row::new(&skin.theme, wide).put(Role::Key, &words).draw(Rect { x: last.right() - wide, width: wide, ..last }, frame.buffer_mut());
    }
    told
}

/// What one incident is doing, on so many lines.
fn told<'a>(app: &App, comparison: &Comparison, skin: &'a Skin, side: &Side, lines: usize, width: u16) -> Vec<Row<'a>> {
    let clock = app.list.rows.get(side.id).map_or(app.clock, |row| app.clock.for_offset(row.offset_seconds));
    let row =
        move |first: bool| Row::new(&skin.theme, width).put(Role::Heading, &if first { format!("{} ", side.letter) } else { "  ".into() });
    let Some(here) = side.here(comparison.cursor) else {
        return vec![row(true).put(Role::Dim, &format!("does not tell {}", comparison.align.wanted()))];
    };
    let state = running(row(true), &here, &clock);
    match lines {
        1 => vec![last(state.put(Role::Dim, " · "), side, &here, &clock)],
        2 => vec![last(state.put(Role::Dim, " · "), side, &here, &clock), next(row(false), side, &here, &clock)],
        3 => vec![state, last(row(false), side, &here, &clock), next(row(false), side, &here, &clock)],
        more => {
            let mut rows = vec![state];
            rows.extend(around(side, &here, &clock, more - 1, row));
            rows
        }
    }
}

/// So many events around the moment, those that have been above those that come.
fn around<'a>(side: &Side, here: &Here, clock: &Clock, lines: usize, row: impl Fn(bool) -> Row<'a>) -> Vec<Row<'a>> {
    let marks = &side.lanes.marks;
    let after = marks.partition_point(|mark| here.last.is_some_and(|last| mark.at <= last.at));
    let first = after.saturating_sub(lines.div_ceil(2)).min(marks.len().saturating_sub(lines));
    let shown = marks.iter().enumerate().skip(first).take(lines);
    let told = |(at, mark): (usize, &Mark)| {
        let minutes = mark.at.abs_diff(here.at) as f64 / 60_000.0;
        let apart = match (minutes > 0.0, at < after) {
            (false, _) => String::new(),
            (true, true) => format!(" {} ago", show::minutes(minutes)),
            (true, false) => format!(" in {}", show::minutes(minutes)),
        };
        event(row(false), side, mark, here, clock, &apart)
    };
    shown.map(told).collect()
}

/// The time on its own clock, and what runs.
fn running<'a>(row: Row<'a>, here: &Here, clock: &Clock) -> Row<'a> {
    let mut row = row.put(Role::Text, &show::or_missing(instant(here.at).map(|at| clock.time(at))));
    for bar in &here.running {
        let minutes = |from: i64, to: i64| show::minutes(to.saturating_sub(from) as f64 / 60_000.0);
        let since = bar.start.map(|start| format!(" {}", minutes(start, here.at))).unwrap_or_default();
        let of = bar.start.zip(bar.end).map(|(start, end)| format!(" of {}", minutes(start, end))).unwrap_or_default();
        row = row.put(Role::Dim, "  ").put(signs::phase(bar.kind), &fill(bar).to_string());
        row = row.put(Role::Text, &format!(" {}", bar.label)).put(Role::Dim, &format!("{since}{of}"));
    }
    if here.running.is_empty() { row.put(Role::Dim, "  nothing is under way") } else { row }
}

/// The last event so far.
fn last<'a>(row: Row<'a>, side: &Side, here: &Here, clock: &Clock) -> Row<'a> {
    let Some(mark) = here.last else { return row.put(Role::Dim, "no event so far") };
    let ago = here.since().filter(|since| *since > 0.0).map(|since| format!(" {} ago", show::minutes(since))).unwrap_or_default();
    event(row, side, mark, here, clock, &ago)
}

/// The event that comes next.
fn next<'a>(row: Row<'a>, side: &Side, here: &Here, clock: &Clock) -> Row<'a> {
    let (Some(mark), Some(until)) = (here.next, here.until()) else { return row.put(Role::Dim, "no event after this") };
    event(row, side, mark, here, clock, &format!(" in {}", show::minutes(until)))
}

fn event<'a>(row: Row<'a>, side: &Side, mark: &Mark, here: &Here, clock: &Clock, apart: &str) -> Row<'a> {
    let event = side.events.get(mark.event);
    let about = show::marks(mark.certainty, event.is_some_and(|event| event.approximate));
    let when = instant(mark.at).zip(instant(here.at)).map(|(at, here)| clock.time_after(at, here)).unwrap_or_default();
    let row = row.put(Role::Event, &mark.sign().to_string()).put(Role::Text, &format!(" {about}{when} {}", signs::event_name(mark.kind)));
    let words = event.map(|event| event.text.trim()).filter(|words| !words.is_empty());
    let row = row.put(Role::Dim, apart);
    match words {
        Some(words) => row.put(Role::Dim, &format!(" “{words}”")),
        None => row,
    }
}
