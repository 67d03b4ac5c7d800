//! The facts of the selected incident, in tabs.

use super::text::{Row, glyph, line_of};
use super::{Skin, row_role, source, titles};
use crate::app::detail::Detail;
use crate::app::facts::Tab;
use crate::app::layout::{Pane, inner};
use crate::app::{App, text};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::ops::Range;

/// Draws the facts.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    if area.is_empty() {
        return;
    }
    let detail = &app.detail;
    let focused = app.focus == Pane::Detail;
    let inner = inner(area);
    let height = usize::from(inner.height);
    if detail.items.is_empty() {
        titles(frame, skin, area, (super::heading(focused), "Detail"), (Role::Dim, ""));
        return;
    }
    let below = detail.lines.len().saturating_sub(detail.scroll + height);
    let note = match (&detail.reader, detail.tab) {
        (Some(reader), Tab::Source) => source::note(reader),
        _ if below > 0 => format!("↓{below}"),
        _ => String::new(),
    };
    let top = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    // The names of the tabs are worth more than how much lies below; that there is more is shown at the border then.
    let names = Tab::ALL.iter().map(|tab| tab.name().len() + 1).sum::<usize>() + 1;
    let fits = names + text::width(&note) + 2 <= usize::from(top.width) || usize::from(top.width) < names;
    if !fits && below > 0 && height > 0 {
        glyph(frame.buffer_mut(), area.right() - 1, inner.bottom() - 1, '↓', skin.theme.style(Role::Key));
    }
    let note = if fits { note } else { String::new() };
    titles(frame, skin, area, (Role::Text, ""), (Role::Dim, &note));
    tabs(frame, detail, skin, top, focused, if note.is_empty() { 0 } else { text::width(&note) + 2 });
    if detail.tab == Tab::Source {
        if let Some(reader) = &detail.reader {
            source::inside(frame, reader, skin, inner, focused);
        }
        return;
    }
    if detail.lines.is_empty() {
        Row::new(&skin.theme, inner.width).put(Role::Dim, detail.tab.when_empty()).draw(inner, frame.buffer_mut());
    }
    for (at, line) in detail.lines.iter().skip(detail.scroll).take(height).enumerate() {
        let place = line_of(inner, at);
        let Some(item) = detail.items.get(line.item) else { continue };
        let words = item.value.get(line.range.clone()).unwrap_or_default().trim_end();
        let row = Row::new(&skin.theme, inner.width).cell(Role::Dim, if line.first { item.label } else { "" }, Detail::indent(item));
        marked(row, app, role(item.role, words), words).draw(place, frame.buffer_mut());
        // Elsewhere the selection is shown on an event only: it is the moment that the timeline points at.
        let selected = line.item == detail.selected && (focused || (item.event.is_some() && app.focus == Pane::Timeline));
        if let Some(role) = row_role(selected, focused) {
            frame.buffer_mut().set_style(place, skin.theme.style(role));
        }
    }
}

/// The tabs in the pane's border, with how much each holds where there is room for that.
fn tabs(frame: &mut Frame, detail: &Detail, skin: &Skin, area: Rect, focused: bool, taken: usize) {
    let room = usize::from(area.width).saturating_sub(taken);
    let name = |tab: Tab, counted: bool| match detail.count(tab) {
        count if counted && count > 0 && tab != Tab::Summary => format!("{} {count}", tab.name()),
        _ => tab.name().to_owned(),
    };
    let cells = |counted: bool| Tab::ALL.iter().map(|&tab| text::width(&name(tab, counted)) + 2).sum::<usize>();
    // Where not even the names have room, the one that is shown has, and the others their beginnings.
    let (counted, whole) = (cells(true) <= room, cells(false) <= room);
    let letters = if cells(false) < room + Tab::ALL.len() { usize::MAX } else { 2 };
    let mut row = Row::new(&skin.theme, u16::try_from(room).unwrap_or(u16::MAX)).put(Role::Text, if whole { "" } else { " " });
    for tab in Tab::ALL {
        let shown = tab == detail.tab;
        let name: String = name(tab, counted).chars().take(if shown { usize::MAX } else { letters }).collect();
        let role = match (shown, focused) {
            (true, true) => Role::Selected,
            (true, false) => Role::SelectedElsewhere,
            (false, _) if detail.count(tab) == 0 && tab != Tab::Source => Role::Grid,
            (false, _) => Role::Dim,
        };
        // Neighbours share the blank between them where each with its own would not fit.
        let gap = if whole { " " } else { "" };
        row = row.put(role, &format!("{}{name}{gap}", if whole { " " } else { "" }));
        row = row.put(Role::Text, if whole { "" } else { " " });
    }
    let used = u16::try_from(room - row.room()).unwrap_or(0);
    let place = Rect { width: used, ..area };
    frame.buffer_mut().set_style(place, ratatui::style::Style::reset());
    row.draw(place, frame.buffer_mut());
}

/// Adds words, with what is looked for and addresses marked in them.
fn marked<'a>(mut row: Row<'a>, app: &App, role: Role, words: &str) -> Row<'a> {
    let found: Vec<_> = app.find.matches(words).collect();
    let links = links(words);
    let mut edges = vec![0, words.len()];
    edges.extend(found.iter().chain(&links).flat_map(|range| [range.start, range.end]));
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let [start, end] = *pair else { continue };
        let within = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&start));
        let role = match () {
            () if within(&found) => Role::Found,
            () if within(&links) => Role::Cited,
            () => role,
        };
        row = row.put(role, words.get(start..end).unwrap_or_default());
    }
    row
}

/// Where addresses stand in a text.
fn links(words: &str) -> Vec<Range<usize>> {
    let begins = words.match_indices("http").filter(|(at, _)| {
        let rest = words.get(*at..).unwrap_or_default();
        rest.starts_with("http://") || rest.starts_with("https://")
    });
    let link = |(at, _): (usize, &str)| {
        let rest = words.get(at..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"”)]".contains(c)).unwrap_or(rest.len());
        at..at + rest.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
    };
    begins.map(link).collect()
}

/// What is missing or worked out looks so, whatever the fact.
fn role(role: Role, text: &str) -> Role {
    match role {
        Role::Text if text.starts_with(crate::app::show::INFERRED) => Role::Inferred,
        Role::Text if text == crate::app::show::MISSING => Role::Dim,
        role => role,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_addresses_without_the_sentence_around_them() {
        let found = |words: &str| links(words).into_iter().map(|range| words[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("see https://a.example/x, (http://b.example)."), ["https://a.example/x", "http://b.example"]);
        assert_eq!(found("the http protocol"), [""; 0]);
    }
}
