//! A report's own words, with line numbers; the times and labels that facts were read from are underlined, passages have a bar
//! beside them, what is looked at stands out, and below the text stands what was read there.

use super::text::{Row, glyph, line_of};
use super::{Skin, border, titles};
use crate::app::reader::{Reader, Text, gutter, text_rows, told_rows};
use crate::source::{Source, Span};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What stands beside the rows of a passage that facts were read from.
pub const PASSAGE: char = '▐';

/// From so many bytes on words are a passage: to underline whole sentences would leave nothing that stands out.
const LONG: u32 = 32;

/// Draws the source over the whole of `area`.
pub fn draw(frame: &mut Frame, reader: &Reader, skin: &Skin, area: Rect) {
    border(frame, skin, area, true);
    let line = reader.place().map(|place| format!(":{}", place.cite.line)).unwrap_or_default();
    let title = format!("{}{line}", reader.entry.source.path);
    let inner = titles(frame, skin, area, (Role::Heading, &title), (Role::Filter, &reader.note()));
    inside(frame, reader, skin, inner, true);
}

/// Draws the text and what was read from the words looked at.
pub fn inside(frame: &mut Frame, reader: &Reader, skin: &Skin, inner: Rect, focused: bool) {
    match &reader.text {
        Text::Reading => say(frame, skin, inner, Role::Dim, "Reading …"),
        Text::Gone(problem) => say(frame, skin, inner, Role::Error, &problem.message),
        Text::Open { source, rows } => {
            let number = gutter(source.line_count());
            let height = usize::from(inner.height);
            let shown = rows.get(reader.scroll..).unwrap_or_default();
            let shown = shown.get(..text_rows(height)).unwrap_or(shown);
            let cited = shown.first().zip(shown.last()).map_or_else(Vec::new, |(first, last)| {
                let span = Span { start: first.span.start, end: last.span.end };
                reader.places.iter().map(|place| place.cite.span).filter(|cited| cited.overlaps(span)).collect()
            });
            for (at, row) in shown.iter().enumerate() {
                let label = row.line.map(|line| format!("{line} ")).unwrap_or_default();
                let place = line_of(inner, at);
                let start = Row::new(&skin.theme, inner.width).number(Role::Dim, &label, number);
                words(start, source, reader, &cited, row.span).draw(place, frame.buffer_mut());
                if cited.iter().any(|cited| is_passage(*cited) && cited.overlaps(row.span)) {
                    let bar = place.x + number.saturating_sub(1);
                    glyph(frame.buffer_mut(), bar, place.y, PASSAGE, skin.theme.style(Role::Key));
                }
                if let Some(role) = super::row_role(reader.scroll + at == reader.row, focused) {
                    frame.buffer_mut().set_style(Rect { width: number.saturating_sub(1), ..place }, skin.theme.style(role));
                }
            }
            told(frame, reader, skin, inner);
        }
    }
}

/// What was read from the words looked at, below the text.
fn told(frame: &mut Frame, reader: &Reader, skin: &Skin, inner: Rect) {
    let height = usize::from(inner.height);
    let rows = told_rows(height);
    if rows == 0 {
        return;
    }
    if rows > 1 {
        let rule = "─".repeat(usize::from(inner.width));
        Row::new(&skin.theme, inner.width).put(Role::Border, &rule).draw(line_of(inner, height - rows - 1), frame.buffer_mut());
    }
    let told = reader.told();
    for (at, fact) in told.iter().take(rows).enumerate() {
        let more = told.len().saturating_sub(rows);
        let more = if at + 1 == rows && more > 0 { format!(" +{more}") } else { String::new() };
        let cells = u16::try_from(more.len()).unwrap_or(0);
        let row = Row::new(&skin.theme, inner.width.saturating_sub(cells));
        let (name, value) = fact.split_once(": ").unwrap_or(("", fact));
        let row = row.put(Role::Key, "▸ ").put(Role::Dim, name).put(Role::Text, &format!(" {value}"));
        let place = line_of(inner, height - rows + at);
        row.draw(place, frame.buffer_mut());
        let end = Rect { x: place.right() - cells, width: cells, ..place };
        Row::new(&skin.theme, cells).put(Role::Dim, &more).draw(end, frame.buffer_mut());
    }
    if told.is_empty() {
        let place = line_of(inner, height - rows);
        Row::new(&skin.theme, inner.width).put(Role::Dim, "nothing was read from this line").draw(place, frame.buffer_mut());
    }
}

fn is_passage(words: Span) -> bool {
    words.end.saturating_sub(words.start) >= LONG
}

fn say(frame: &mut Frame, skin: &Skin, area: Rect, role: Role, words: &str) {
    Row::new(&skin.theme, area.width).put(role, &format!(" {words}")).draw(area, frame.buffer_mut());
}

/// A row of text, cut where highlighting begins and ends; facts on the screen were read from `cited`.
fn words<'a>(mut row: Row<'a>, source: &Source, reader: &Reader, cited: &[Span], span: Span) -> Row<'a> {
    // Blanks may hang over the edge; there is nothing to see in them.
    let end = span.start + u32::try_from(source.slice(span).trim_end().len()).unwrap_or(0);
    let span = Span { end, ..span };
    let here = reader.current_match();
    // While something is looked for, that is what stands out.
    let now = reader.place().map(|place| place.cite.span).filter(|_| here.is_none());
    let mut edges = vec![span.start, span.end];
    let cited = || cited.iter().filter(|cited| cited.overlaps(span));
    edges.extend(cited().flat_map(|cited| [cited.start.max(span.start), cited.end.min(span.end)]));
    let first = reader.matches.partition_point(|found| found.end <= span.start);
    let found = || reader.matches.iter().skip(first).take_while(|found| found.start < span.end);
    edges.extend(found().flat_map(|found| [found.start.max(span.start), found.end.min(span.end)]));
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let [start, end] = *pair else { continue };
        let piece = Span { start, end };
        let role = match () {
            () if here.is_some_and(|here| here.overlaps(piece)) => Role::CitedNow,
            () if found().any(|found| found.overlaps(piece)) => Role::Found,
            () if now.is_some_and(|now| now.overlaps(piece)) => Role::CitedNow,
            () if cited().any(|cited| !is_passage(*cited) && cited.overlaps(piece)) => Role::Cited,
            () => Role::Text,
        };
        row = row.put(role, source.slice(piece));
    }
    row
}
