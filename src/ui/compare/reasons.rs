//! What the reports say of why it happened and what ended it, where a screen has room for their words.

use super::window;
use crate::app::compare::{Comparison, REASONS};
use crate::app::{show, text};
use crate::theme::Role;
use crate::ui::Skin;
use crate::ui::text::{Row, line_of};
use ratatui::Frame;
use ratatui::layout::Rect;

/// The cells of the letter and of the label behind it.
const LABEL: u16 = 13;

/// The labels of what any of the incidents tells.
pub fn labels(comparison: &Comparison) -> Vec<&'static str> {
    let is_told = |wanted: &&str| comparison.sides.iter().flat_map(|side| &side.reasons).any(|(label, _)| label == wanted);
    REASONS.into_iter().filter(is_told).collect()
}

/// Draws a heading, and so many lines for each label of the incidents that are shown.
pub fn draw(frame: &mut Frame, comparison: &Comparison, skin: &Skin, area: Rect, (shown, lines): (usize, usize)) {
    let row = Row::new(&skin.theme, area.width).put(Role::Border, "── ").put(Role::Heading, "what the reports say");
    let left = row.room().saturating_sub(2);
    row.put(Role::Border, &format!("  {}", "─".repeat(left))).draw(line_of(area, 0), frame.buffer_mut());
    let labels = labels(comparison);
    let room = area.width.saturating_sub(LABEL);
    for (at, place) in window(comparison.selected, shown, comparison.sides.len()).enumerate() {
        let Some(side) = comparison.sides.get(place) else { continue };
        for (nth, label) in labels.iter().enumerate() {
            let top = 1 + (at * labels.len() + nth) * lines;
            let letter = if nth == 0 { side.letter } else { ' ' };
            let head = Row::new(&skin.theme, LABEL).put(Role::Heading, &format!("{letter} ")).put(Role::Dim, label);
            head.draw(line_of(area, top), frame.buffer_mut());
            let words = side.reasons.iter().find(|(known, _)| known == label).map_or(show::MISSING, |(_, words)| words);
            let rows = text::wrap(words, usize::from(room).max(1));
            for (line, range) in rows.iter().take(lines).enumerate() {
                // What finds no line of its own is cut at the end of the last.
                let end = if line + 1 == lines { words.len() } else { range.end };
                let part = words.get(range.start..end).unwrap_or_default().trim_end();
                let place = Rect { x: area.x + area.width - room, width: room, ..line_of(area, top + line) };
                Row::new(&skin.theme, room).put(Role::Text, part).draw(place, frame.buffer_mut());
            }
        }
    }
}
