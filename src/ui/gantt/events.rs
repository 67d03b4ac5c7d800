//! The events of an incident with their words, and how long it was from each to the next.

use super::{below, legend};
use crate::app::lanes::Mark;
use crate::app::show::{self, Clock};
use crate::app::viewport::Viewport;
use crate::app::{App, text};
use crate::incident::Event;
use crate::theme::Role;
use crate::ui::text::{Row, line_of};
use crate::ui::{Skin, bar};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The cells of the bar of a time in which nothing was told.
const GAP_BAR: u16 = 10;

/// From so many cells on events have it.
const WIDE: u16 = 76;

/// The lines that the words of the event at the cursor have at most.
const MOST_LINES: usize = 4;

/// Draws the events, a line each and the one at the cursor with all its words; those around the cursor where there is no room
/// for all.
pub fn draw(buffer: &mut Buffer, app: &App, skin: &Skin, clock: &Clock, area: Rect, view: Viewport) {
    let (marks, cursor) = (&app.timeline.lanes.marks, app.timeline.cursor);
    let entries = legend::marks(app, skin, clock);
    let times = entries.iter().map(|entry| text::width(&entry.when)).max().unwrap_or(0);
    let kinds = entries.iter().map(|entry| text::width(&entry.what)).max().unwrap_or(0);
    let gaps: Vec<i64> = std::iter::once(0).chain(marks.windows(2).map(gap)).collect();
    let longest = gaps.iter().copied().max().unwrap_or(0).max(1);
    let cells = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
    let roomy = area.width >= WIDE;
    let gap_cells = if roomy { 10 + usize::from(GAP_BAR) } else { 0 };
    let words_at = cells(times + gap_cells + 3 + kinds + 2).min(area.width);
    let room = usize::from(area.width - words_at).max(1);
    let event = |mark: &Mark| app.incident().and_then(|incident| incident.events.get(mark.event));
    let words = |mark: &Mark| event(mark).map_or("", |event| event.text.as_str());
    let chosen = chosen(app, view);
    let all: Vec<_> = chosen.and_then(|at| marks.get(at)).map(|mark| text::wrap(words(mark), room)).unwrap_or_default();
    // The words of one event leave most of the lines to the others.
    let lines = all.len().clamp(1, MOST_LINES.min(usize::from(area.height / 3)).max(1));
    let fitting = usize::from(area.height).saturating_sub(lines - 1);
    let hidden = marks.len().saturating_sub(fitting);
    let shown = if hidden > 0 { fitting.saturating_sub(1) } else { fitting };
    let near = chosen.unwrap_or_else(|| cursor.map_or(0, |at| marks.partition_point(|mark| mark.at < at)));
    let first = near.saturating_sub(shown / 2).min(marks.len().saturating_sub(shown));
    let mut rest = area;
    for (at, (mark, entry)) in marks.iter().zip(&entries).enumerate().skip(first).take(shown) {
        let is_chosen = chosen == Some(at);
        let height = if is_chosen { lines } else { 1 };
        let place = Rect { height: cells(height).min(rest.height), ..rest };
        let row = Row::new(&skin.theme, words_at).number(Role::Text, &entry.when, cells(times));
        let row = if roomy { waited(row, gaps.get(at).copied().unwrap_or(0), longest) } else { row };
        let row = row.styled(entry.style, &format!(" {} ", entry.sign));
        row.cell(Role::Text, &entry.what, cells(kinds)).draw(line_of(place, 0), buffer);
        let beside = Rect { x: place.x + words_at, width: place.width - words_at, ..place };
        let spoken =
            if is_chosen { whole(words(mark), &all, lines) } else { event(mark).map(|event| around(event, room)).into_iter().collect() };
        for (line, part) in spoken.iter().enumerate() {
            let role = if is_chosen { Role::Text } else { Role::Dim };
            Row::new(&skin.theme, beside.width).put(role, part).line().render(line_of(beside, line).intersection(buffer.area), buffer);
        }
        if cursor.is_some_and(|cursor| view.column(cursor).is_some() && view.column(mark.at) == view.column(cursor)) {
            buffer.set_style(place, skin.theme.style(Role::SelectedElsewhere));
        }
        rest = below(rest, height);
    }
    if hidden > 0 {
        let words = format!("+{} more events", marks.len() - shown);
        Row::new(&skin.theme, area.width).put(Role::Dim, &words).draw(line_of(rest, 0), buffer);
    }
}

/// The place of the event at the cursor: of several in its column the selected one.
fn chosen(app: &App, view: Viewport) -> Option<usize> {
    let column = view.column(app.timeline.cursor?)?;
    let selected = app.detail.item().and_then(|item| item.event);
    let here = || app.timeline.lanes.marks.iter().enumerate().filter(|(_, mark)| view.column(mark.at) == Some(column));
    here().find(|(_, mark)| Some(mark.event) == selected).or_else(|| here().next()).map(|(at, _)| at)
}

/// Words in so many lines; what has no room is cut off at the end of the last.
fn whole(words: &str, rows: &[std::ops::Range<usize>], lines: usize) -> Vec<String> {
    let line = |(at, row): (usize, &std::ops::Range<usize>)| {
        let end = if at + 1 == lines { words.len() } else { row.end };
        words.get(row.start..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    rows.iter().take(lines).enumerate().map(line).collect()
}

/// The words of an event in so many cells: where its time would be cut off they begin shortly before that.
fn around(event: &Event, room: usize) -> String {
    let words = event.text.as_str();
    let begin = words.find(event.written.trim()).filter(|_| text::width(words) > room).unwrap_or(0);
    let (before, behind) = words.split_at(begin);
    if text::width(before) + text::width(behind.get(..event.written.trim().len()).unwrap_or_default()) < room * 2 / 3 {
        return words.to_owned();
    }
    // A quarter of the room for what leads to the time, or more where little follows; from the start of a word.
    let lead = (room / 4).max(room.saturating_sub(text::width(behind) + 1));
    let lead = before.char_indices().rev().take(lead).last().map_or(begin, |(at, _)| at);
    let start = before.get(lead..).and_then(|lead| lead.find(' ')).map_or(begin, |blank| lead + blank + 1);
    format!("{}{}", text::ELLIPSIS, words.get(start..).unwrap_or(words))
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
    // A theme may underline what stands out, and blanks are not to be underlined with it.
    let row = row.put(Role::Text, &" ".repeat(9_usize.saturating_sub(text::width(&words)))).put(role, &words).put(Role::Text, " ");
    row.cell(if gap == longest { Role::Filter } else { Role::Bar }, &bar::blocks(eighths), GAP_BAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn words_are_cut_around_the_time_where_it_would_be_cut_off() {
        let mut event = fixture::entries()[0].incident().events.remove(0);
        event.text = "From 09:10 until 11:45 the pumps of the second basin were fed from the reserve".into();
        let told = |written: &str, room: usize| around(&Event { written: written.into(), ..event.clone() }, room);
        assert_eq!(told("09:10", 30), event.text);
        assert_eq!(told("11:45", 20), "…11:45 the pumps of the second basin were fed from the reserve");
        assert_eq!(told("11:45", 40), event.text);
        assert_eq!(told("not there", 20), event.text);
        event.text = "Pumpen der zweiten Anlage über die Reserve bis 11:45".into();
        assert!(around(&Event { written: "11:45".into(), ..event.clone() }, 24).ends_with(" 11:45"));
    }
}
