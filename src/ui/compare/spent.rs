//! Where the time went: one bar an incident on a common scale, cut at the moments that reviews measure by.

use super::{LARGEST_SIGN, columns};
use crate::app::compare::{Align, Comparison};
use crate::app::lanes::Bar;
use crate::app::parts::{Part, Piece, Point};
use crate::app::viewport::{Range, Viewport};
use crate::app::{glyph as signs, text};
use crate::theme::{Role, Theme};
use crate::ui::text::{Row, glyph, line_of};
use crate::ui::{Skin, bar};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What the colours and signs mean, as far as any incident has them: with the names and the gaps that there is room for.
/// What has none is counted.
pub fn heading(frame: &mut Frame, comparison: &Comparison, skin: &Skin, line: Rect) {
    let mut row = Row::new(&skin.theme, line.width).put(Role::Border, "── ").put(Role::Heading, "where the time went");
    let entries = legend(comparison, skin);
    let cells = |gap: usize, short: bool| entries.iter().map(|entry| gap + 2 + text::width(entry.name(short))).sum::<usize>();
    let ways = [(2, false), (2, true), (1, true)];
    let (gap, short) = ways.into_iter().find(|&(gap, short)| cells(gap, short) <= row.room()).unwrap_or((1, true));
    for (at, entry) in entries.iter().enumerate() {
        let name = entry.name(short);
        let left = entries.len() - at;
        // Half an entry says nothing, and what does not fit is told.
        if gap + 2 + text::width(name) + if left > 1 && cells(gap, short) > row.room() { 4 } else { 0 } > row.room() {
            row = row.put(Role::Dim, &format!(" +{left}"));
            break;
        }
        row = row.put(Role::Text, &" ".repeat(gap)).styled(entry.style, &entry.sign.to_string()).put(Role::Dim, &format!(" {name}"));
    }
    let left = row.room().saturating_sub(2);
    row.put(Role::Border, &format!("  {}", "─".repeat(left))).draw(line, frame.buffer_mut());
}

/// A sign of the bars and what it means.
struct Entry {
    style: Style,
    sign: char,
    names: [&'static str; 2],
}

impl Entry {
    fn name(&self, short: bool) -> &'static str {
        let [long, brief] = self.names;
        if short { brief } else { long }
    }
}

fn legend(comparison: &Comparison, skin: &Skin) -> Vec<Entry> {
    let pieces = || comparison.sides.iter().flat_map(|side| side.parts.pieces()).filter(|piece| piece.minutes() > 0.0);
    let parts = Part::ALL.into_iter().filter(|part| pieces().any(|piece| piece.part() == Some(*part)));
    let part = |part: Part| Entry {
        style: Theme::on(skin.theme.style(signs::phase(Some(part.kind())))),
        sign: part.sign(),
        names: [part.name(); 2],
    };
    let pale = |sign: char, names| Entry { style: skin.theme.style(Role::Undetected), sign, names };
    let unsplit = pieces().any(|piece| piece.part().is_none()).then(|| pale(bar::FAINT, ["not split by milestones", "not split"]));
    let posted = comparison.sides.iter().any(|side| side.parts.is_posted());
    let posted = posted.then(|| pale(bar::UNBEGUN, ["not told before", "not told before"]));
    parts.map(part).chain(unsplit).chain(posted).collect()
}

/// Draws a bar for each incident.
pub fn draw(frame: &mut Frame, comparison: &Comparison, skin: &Skin, area: Rect) {
    let (gutter, chart, cells) = columns(area);
    let longest = comparison.sides.iter().map(|side| side.parts.whole()).fold(1.0, f64::max);
    let view = Viewport::even(scale(comparison, (longest * 60_000.0) as i64), chart.width);
    let verdict = comparison.verdict();
    for (at, side) in comparison.sides.iter().enumerate() {
        let (line, place) = (line_of(area, at), line_of(chart, at));
        let most = verdict.filter(|verdict| verdict.long.id == side.id).map(|verdict| verdict.span);
        let buffer = frame.buffer_mut();
        let row = Row::new(&skin.theme, gutter.saturating_sub(1)).put(Role::Heading, &side.letter.to_string());
        row.put(Role::Dim, &format!(" {}", side.name)).draw(line, buffer);
        let bars = side.parts.bars(|piece| label(piece, view, most.flatten()));
        bar::row(buffer, skin, place, view, bars.iter(), i64::MAX);
        for bar in bars.iter().filter(|bar| bar.rest) {
            words(frame, skin, bar, view, place);
        }
        let buffer = frame.buffer_mut();
        // The cell before the chart is blank, where the first bar begins at its left edge.
        if let Some(column) = view.column(0).filter(|_| side.parts.is_posted() && gutter > 0 && place.height > 0) {
            glyph(buffer, place.x + column - 1, place.y, bar::UNBEGUN, skin.theme.style(Role::Undetected));
        }
        let end = view.column((side.parts.whole() * 60_000.0) as i64);
        if let Some(column) = end.filter(|column| side.parts.is_open() && !bars.is_empty() && column + 1 < place.width && place.height > 0)
        {
            glyph(buffer, place.x + column + 1, place.y, bar::OPEN, skin.theme.style(Role::Undetected));
        }
        if bars.is_empty() {
            Row::new(&skin.theme, place.width).put(Role::Dim, "no milestone has a time").draw(place, buffer);
        }
        let whole = side.parts.total().unwrap_or_default();
        let (sign, sign_role) = if most.is_some() { (LARGEST_SIGN, Role::Filter) } else { ("", Role::Dim) };
        let value = Rect { x: chart.right(), width: cells, ..line };
        Row::new(&skin.theme, cells).number(Role::Text, &whole, cells.saturating_sub(1)).cell(sign_role, sign, 1).draw(value, buffer);
    }
}

/// The words on a pale bar, which is not dark enough to be written on.
fn words(frame: &mut Frame, skin: &Skin, bar: &Bar, view: Viewport, line: Rect) {
    let (Some(start), Some(end)) = (bar.start, bar.end) else { return };
    let column = |at: i64| u16::try_from(view.eighths(at).max(0) / 8).unwrap_or(u16::MAX).min(line.width);
    let (from, to) = (column(start).saturating_add(1), column(end).saturating_sub(1));
    let words = format!(" {} ", bar.label);
    let wide = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
    if from.saturating_add(wide) <= to {
        let place = Rect { x: line.x + from, width: wide, ..line };
        Row::new(&skin.theme, wide).put(Role::Text, &words).draw(place, frame.buffer_mut());
    }
}

/// Where all are aligned at their start and all of it is shown, the bars stand below those of the chart.
fn scale(comparison: &Comparison, longest: i64) -> Range {
    let whole = comparison.range.filter(|range| comparison.align == Align::Start && Some(*range) == comparison.bounds());
    whole.filter(|range| range.contains(longest)).unwrap_or(Range { start: 0, end: longest.max(1) })
}

/// As much of a name and a length as has room on a piece; the one with the largest difference is marked.
fn label(piece: &Piece, view: Viewport, most: Option<(Point, Point)>) -> String {
    let cells = piece.minutes() * 60_000.0 / view.per_column();
    let sign = if most == Some((piece.from, piece.to)) { format!(" {LARGEST_SIGN}") } else { String::new() };
    let length = format!("{}{sign}", piece.length());
    let named = [Some(piece.name()), piece.part().map(|part| part.sign().to_string())];
    let named = named.into_iter().flatten().map(|name| format!("{name} {length}"));
    named.into_iter().find(|words| text::width(words) as f64 + 3.0 <= cells).unwrap_or(length)
}
