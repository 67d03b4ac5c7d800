//! A report's own words, with line numbers; what facts were read from is underlined, what is looked at stands out.

use super::text::{Row, line_of};
use super::{Skin, border, titles};
use crate::app::reader::{Reader, Text, gutter};
use crate::source::{Source, Span};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the source.
pub fn draw(frame: &mut Frame, reader: &Reader, skin: &Skin, area: Rect) {
    let line = reader.place().map(|place| format!(":{}", place.cite.line)).unwrap_or_default();
    let note = match reader.place() {
        Some(place) => format!("{} · {} of {}", place.label, reader.current + 1, reader.places.len()),
        None => String::new(),
    };
    border(frame, skin, area, true);
    let inner = titles(frame, skin, area, (Role::Heading, &format!("{}{line}", reader.entry.incident.source.path)), (Role::Filter, &note));
    match &reader.text {
        Text::Reading => say(frame, skin, inner, Role::Dim, "Reading …"),
        Text::Gone(problem) => say(frame, skin, inner, Role::Error, &problem.message),
        Text::Open { source, rows } => {
            let number = gutter(source.line_count());
            for (at, row) in rows.iter().skip(reader.scroll).take(usize::from(inner.height)).enumerate() {
                let label = row.line.map(|line| format!("{line} ")).unwrap_or_default();
                let start = Row::new(&skin.theme, inner.width).number(Role::Dim, &label, number);
                words(start, source, reader, row.span).draw(line_of(inner, at), frame.buffer_mut());
            }
        }
    }
}

fn say(frame: &mut Frame, skin: &Skin, area: Rect, role: Role, words: &str) {
    Row::new(&skin.theme, area.width).put(role, &format!(" {words}")).draw(area, frame.buffer_mut());
}

/// A row of text, cut where highlighting begins and ends.
fn words<'a>(mut row: Row<'a>, source: &Source, reader: &Reader, span: Span) -> Row<'a> {
    // Blanks may hang over the edge; there is nothing to see in them.
    let end = span.start + u32::try_from(source.slice(span).trim_end().len()).unwrap_or(0);
    let span = Span { end, ..span };
    let now = reader.place().map(|place| place.cite.span);
    let mut edges = vec![span.start, span.end];
    let cited = || reader.places.iter().map(|place| place.cite.span).filter(|cited| cited.overlaps(span));
    edges.extend(cited().flat_map(|cited| [cited.start.max(span.start), cited.end.min(span.end)]));
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let [start, end] = *pair else { continue };
        let piece = Span { start, end };
        let role = match () {
            () if now.is_some_and(|now| now.overlaps(piece)) => Role::CitedNow,
            () if cited().any(|cited| cited.overlaps(piece)) => Role::Cited,
            () => Role::Text,
        };
        row = row.put(role, source.slice(piece));
    }
    row
}
