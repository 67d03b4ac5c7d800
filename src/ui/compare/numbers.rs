//! The lengths of all incidents in a table, each with its difference to the base.

use super::{LARGEST_SIGN, more, rest, select, sentence, window};
use crate::app::compare::{Comparison, Difference, Side};
use crate::app::measures::Kind;
use crate::app::text;
use crate::incident::Certainty;
use crate::theme::Role;
use crate::ui::text::{Row, line_of};
use crate::ui::{Skin, bar};
use ratatui::Frame;
use ratatui::layout::Rect;

/// The cells of a block of bars at least.
const BLOCK: u16 = 38;

/// Those of a length behind a bar.
const LENGTH: u16 = 8;

/// The look of a difference.
pub fn role(by: Difference) -> Role {
    match by.minutes {
        by if by > 0.0 => Role::Worse,
        by if by < 0.0 => Role::Better,
        _ => Role::Dim,
    }
}

/// Draws what the selected cell says, else the largest difference, and the table.
pub fn draw(frame: &mut Frame, comparison: &Comparison, skin: &Skin, inner: Rect) {
    let (role, words) = comparison.told().map_or_else(|| sentence(comparison), |told| (Role::Text, format!("{told}.")));
    let rows = text::wrap(&words, usize::from(inner.width).max(1));
    // As many lines as the words may need, so that the table does not jump while the selection moves.
    let lines = if inner.height >= 8 && inner.width < 90 { 2 } else { 1 };
    for (at, range) in rows.iter().take(lines).enumerate() {
        let end = if at + 1 == lines { words.len() } else { range.end };
        let part = words.get(range.start..end).unwrap_or_default().trim_end();
        Row::new(&skin.theme, inner.width).put(role, part).draw(line_of(inner, at), frame.buffer_mut());
    }
    let below = rest(inner, lines);
    Row::new(&skin.theme, inner.width).put(Role::Border, &"─".repeat(usize::from(inner.width))).draw(line_of(below, 0), frame.buffer_mut());
    table(frame, comparison, skin, rest(below, 1));
}

fn table(frame: &mut Frame, comparison: &Comparison, skin: &Skin, area: Rect) {
    let name = (area.width / 4).clamp(8, 40);
    let widest = |kind: Kind| {
        let values = comparison.sides.iter().map(|side| side.measures.cell(kind));
        let words = values.chain(comparison.others().map(|side| comparison.cell(side, kind))).map(|words| text::width(&words) + 1);
        words.chain([text::width(kind.name()) + 1]).max().unwrap_or(0)
    };
    let widths: Vec<_> = comparison.kinds.iter().map(|&kind| widest(kind) + 1).collect();
    let chosen = comparison.column.saturating_sub(1);
    let shown = columns(&widths, chosen, usize::from(area.width.saturating_sub(name)));
    let first = shown.start;
    let cells = |kind: usize| u16::try_from(widths.get(kind).copied().unwrap_or(0)).unwrap_or(u16::MAX);
    let kinds: Vec<_> = shown.clone().filter_map(|at| Some((*comparison.kinds.get(at)?, cells(at)))).collect();
    let before = if first > 0 { format!("‹ {first} more") } else { String::new() };
    let mut head = Row::new(&skin.theme, area.width).cell(Role::Key, &before, name);
    for (kind, cells) in &kinds {
        head = head.number(Role::Dim, kind.name(), cells.saturating_sub(1)).put(Role::Dim, " ");
    }
    head.draw(line_of(area, 0), frame.buffer_mut());
    let after = comparison.kinds.len() - shown.end;
    if after > 0 && area.y > 0 {
        let words = format!(" {after} more › ");
        let wide = u16::try_from(text::width(&words)).unwrap_or(0).min(area.width);
        let place = Rect { x: area.right() - wide, y: area.y - 1, width: wide, height: 1 };
        Row::new(&skin.theme, wide).put(Role::Key, &words).draw(place, frame.buffer_mut());
    }
    let listed = (usize::from(area.height).saturating_sub(1) / 2).clamp(1, comparison.sides.len().max(1));
    let rows = window(comparison.selected, listed, comparison.sides.len());
    more(frame, skin, frame_of(area), rows.start, comparison.sides.len() - rows.end);
    bars(frame, comparison, skin, rest(area, 2 + rows.len() * 2));
    for (at, place) in rows.enumerate() {
        let Some(side) = comparison.sides.get(place) else { continue };
        let (top, under) = (line_of(area, 1 + at * 2), line_of(area, 2 + at * 2));
        let row = Row::new(&skin.theme, area.width).put(Role::Heading, &side.letter.to_string());
        let mut row = row.cell(Role::Text, &format!(" {}", side.name), name.saturating_sub(2)).put(Role::Text, " ");
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

/// Below the table, where a screen has room for it: each length of all incidents as bars on one scale.
fn bars(frame: &mut Frame, comparison: &Comparison, skin: &Skin, area: Rect) {
    let across = usize::from(area.width / BLOCK).max(1);
    let high = comparison.sides.len() + 2;
    let cells = area.width / u16::try_from(across).unwrap_or(1).max(1);
    let chosen = comparison.column.checked_sub(1).and_then(|at| comparison.kinds.get(at));
    let minutes = |side: &Side, kind: Kind| side.measures.get(kind).map(|measure| measure.minutes);
    // Of one alone there is nothing to compare.
    let told = comparison.kinds.iter().filter(|kind| comparison.sides.iter().filter(|side| minutes(side, **kind).is_some()).count() > 1);
    let room = across * ((usize::from(area.height) + 1) / high);
    for (at, &kind) in told.take(room).enumerate() {
        let left = u16::try_from(at % across).unwrap_or(0).saturating_mul(cells);
        let block = Rect { x: area.x + left, width: cells.saturating_sub(3), ..rest(area, at / across * high) };
        let role = if chosen == Some(&kind) { Role::Heading } else { Role::Dim };
        Row::new(&skin.theme, block.width).put(role, kind.meaning()).draw(line_of(block, 0), frame.buffer_mut());
        let longest = comparison.sides.iter().filter_map(|side| minutes(side, kind)).fold(1.0_f64, f64::max);
        let room = block.width.saturating_sub(2 + LENGTH);
        for (at, side) in comparison.sides.iter().enumerate() {
            let part = minutes(side, kind).unwrap_or(0.0).max(0.0) / longest;
            let eighths = (part * f64::from(room) * 8.0).ceil() as usize;
            let row = Row::new(&skin.theme, block.width).put(Role::Heading, &format!("{} ", side.letter));
            let row = row.cell(if part >= 1.0 { Role::Filter } else { Role::Bar }, &bar::blocks(eighths), room);
            row.number(Role::Text, &side.measures.cell(kind), LENGTH).draw(line_of(block, at + 1), frame.buffer_mut());
        }
    }
}

/// The border around what is inside of it on the left, on the right and below.
fn frame_of(inner: Rect) -> Rect {
    Rect { x: inner.x.saturating_sub(1), width: inner.width + 2, height: inner.height + 1, ..inner }
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
    let is_base = place == comparison.base;
    let note = if is_base { "  base".to_owned() } else { format!("  {}", side.note) };
    let mut row = Row::new(&skin.theme, line.width).cell(Role::Dim, &note, name.saturating_sub(1)).put(Role::Dim, " ");
    let most = comparison.largest(side).map(|(kind, _)| kind);
    for &(kind, cells) in kinds.iter().filter(|_| !is_base) {
        let look = comparison.difference(side, kind).map_or(Role::Dim, role);
        // A theme may underline what stands out, and a blank that is underlined would look like a sign.
        let (sign, sign_role) = if most == Some(kind) { (LARGEST_SIGN, Role::Filter) } else { ("", Role::Dim) };
        row = row.number(look, &comparison.cell(side, kind), cells.saturating_sub(1)).cell(sign_role, sign, 1);
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
}
