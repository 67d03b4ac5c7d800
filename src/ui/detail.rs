//! The facts of the selected incident, in tabs.

use super::text::{Row, glyph, line_of};
use super::{Skin, bar, row_role, source, titles};
use crate::app::App;
use crate::app::detail::Detail;
use crate::app::facts::Tab;
use crate::app::layout::{Pane, inner};
use crate::app::tabs::Head;
use crate::app::text;
use crate::app::viewport::{Range, Viewport};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

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
    let head = Head::of(detail, area);
    // That there is more is shown at the border where there is no room to say how much.
    if head.is_cut && height > 0 {
        glyph(frame.buffer_mut(), area.right() - 1, inner.bottom() - 1, '↓', skin.theme.style(Role::Key));
    }
    titles(frame, skin, area, (Role::Text, ""), (Role::Dim, &head.note));
    tabs(frame, detail, skin, &head, focused);
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
        // Elsewhere the selection is shown on an event only: it is the moment that the timeline points at.
        let selected = line.item == detail.selected && (focused || (item.event.is_some() && app.focus == Pane::Timeline));
        // The selection lies under what is looked for: that must be seen above all where a search led to.
        let over = row_role(selected, focused).map(|role| skin.theme.style(role));
        if let Some(over) = over {
            frame.buffer_mut().set_style(place, over);
        }
        let paint = |role| over.map_or(skin.theme.style(role), |over| skin.theme.style(role).patch(over));
        let found = if selected { Role::CitedNow } else { Role::Found };
        let look = |role| if role == Role::Found { skin.theme.style(found) } else { paint(role) };
        let label = text::pad(if line.first { item.label } else { "" }, usize::from(detail.indent(item)));
        let row = Row::new(&skin.theme, inner.width).styled(look(Role::Dim), &label);
        let row = marked(row, app, role(item.role, words), words, look);
        let more = if line.more > 0 { format!("  +{} more", line.more) } else { String::new() };
        row.styled(paint(Role::Key), &more).draw(place, frame.buffer_mut());
        if let Some(parts) = item.parts.as_ref().filter(|_| line.parts) {
            let indent = detail.indent(item).min(place.width);
            let chart = Rect { x: place.x + indent, width: (place.width - indent).saturating_sub(1), ..place };
            let whole = Range { start: 0, end: ((parts.whole() * 60_000.0) as i64).max(1) };
            let mut bars = parts.bars(|_| String::new());
            // Their names stand below, in the same order.
            bars.iter_mut().for_each(|bar| bar.sign = None);
            bar::row(frame.buffer_mut(), skin, chart, Viewport::even(whole, chart.width), bars.iter(), i64::MAX);
        }
    }
}

/// The tabs in the pane's border.
fn tabs(frame: &mut Frame, detail: &Detail, skin: &Skin, head: &Head, focused: bool) {
    frame.buffer_mut().set_style(head.place, Style::reset());
    Row::new(&skin.theme, head.place.width).skip_to_last(0).draw(head.place, frame.buffer_mut());
    for label in &head.labels {
        let role = match (label.tab == detail.tab, focused) {
            (true, true) => Role::Selected,
            (true, false) => Role::SelectedElsewhere,
            (false, _) if detail.count(label.tab) == 0 && label.tab != Tab::Source => Role::Grid,
            (false, _) => Role::Dim,
        };
        Row::new(&skin.theme, label.place.width).put(role, &label.text).draw(label.place, frame.buffer_mut());
    }
}

/// Adds words, with what is looked for and addresses marked in them.
fn marked<'a>(mut row: Row<'a>, app: &App, role: Role, words: &str, look: impl Fn(Role) -> Style) -> Row<'a> {
    let found = app.find.matches(words);
    let links = links(words);
    let mut edges = vec![0, words.len()];
    edges.extend(found.iter().chain(&links).flat_map(|range| [range.start, range.end]));
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let [start, end] = *pair else { continue };
        let within = |ranges: &[std::ops::Range<usize>]| ranges.iter().any(|range| range.contains(&start));
        let role = match () {
            () if within(&found) => Role::Found,
            () if within(&links) => Role::Cited,
            () => role,
        };
        row = row.styled(look(role), words.get(start..end).unwrap_or_default());
    }
    row
}

/// Where addresses stand in a text.
fn links(words: &str) -> Vec<std::ops::Range<usize>> {
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
