//! Where the time went: one bar an incident on a common scale, cut at the moments that reviews measure by.

use super::{LARGEST_SIGN, columns};
use crate::app::compare::{Align, Comparison};
use crate::app::lanes::Bar;
use crate::app::parts::{Part, Piece, Point};
use crate::app::viewport::{Range, Viewport};
use crate::app::{glyph as signs, show, text};
use crate::theme::Role;
use crate::ui::text::{Row, glyph, line_of};
use crate::ui::{Skin, bar};
use ratatui::Frame;
use ratatui::layout::Rect;

/// What the colours mean, as far as any incident has them.
pub fn heading(frame: &mut Frame, comparison: &Comparison, skin: &Skin, line: Rect) {
    let pieces = || comparison.sides.iter().flat_map(|side| side.parts.pieces()).filter(|piece| piece.minutes() > 0.0);
    let mut row = Row::new(&skin.theme, line.width).put(Role::Border, "── ").put(Role::Heading, "where the time went");
    for part in Part::ALL.into_iter().filter(|part| pieces().any(|piece| piece.part() == Some(*part))) {
        row = entry(row, signs::phase(Some(part.kind())), '█', part.name());
    }
    if pieces().any(|piece| piece.part().is_none()) {
        row = entry(row, Role::Undetected, bar::FAINT, "not split by milestones");
    }
    if comparison.sides.iter().any(|side| side.parts.is_posted()) {
        row = entry(row, Role::Undetected, bar::UNBEGUN, "not told before");
    }
    let left = row.room().saturating_sub(2);
    row.put(Role::Border, &format!("  {}", "─".repeat(left))).draw(line, frame.buffer_mut());
}

/// Half an entry of a legend says nothing.
fn entry<'a>(row: Row<'a>, role: Role, sign: char, name: &str) -> Row<'a> {
    if row.room() < text::width(name) + 4 { row } else { row.put(role, &format!("  {sign}")).put(Role::Dim, &format!(" {name}")) }
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
        if bars.is_empty() {
            Row::new(&skin.theme, place.width).put(Role::Dim, "no milestone has a time").draw(place, buffer);
        }
        let whole = side.parts.pieces().last().map(|last| show::minutes(last.end)).unwrap_or_default();
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
    let (long, short) = (format!("{} {}{sign}", piece.name(), piece.length()), format!("{}{sign}", piece.length()));
    if text::width(&long) as f64 + 3.0 <= cells { long } else { short }
}
