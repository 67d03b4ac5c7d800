//! The facts of the selected incident.

use super::text::{Row, line_of};
use super::{Skin, row_role, titles};
use crate::app::App;
use crate::app::detail::{Detail, Line};
use crate::app::layout::Pane;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the facts.
pub fn draw(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    if area.is_empty() {
        return;
    }
    let detail = &app.detail;
    let focused = app.focus == Pane::Detail;
    let height = usize::from(area.height.saturating_sub(2));
    let below = detail.lines.len().saturating_sub(detail.scroll + height);
    let findings = app.incident().map_or(0, |incident| incident.diagnostics.len());
    let findings = (findings > 0).then(|| format!("{findings} finding{}", if findings == 1 { "" } else { "s" }));
    let more = (below > 0).then(|| format!("↓ {below} more"));
    let note = [findings, more].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let inner = titles(frame, skin, area, (super::heading(focused), "Detail"), (Role::Dim, &note));
    for (at, line) in detail.lines.iter().skip(detail.scroll).take(height).enumerate() {
        let place = line_of(inner, at);
        let row = Row::new(&skin.theme, inner.width);
        match line {
            Line::Heading(name) => row.put(Role::Heading, name).draw(place, frame.buffer_mut()),
            Line::Part { item: index, range, first } => {
                let Some(item) = detail.items.get(*index) else { continue };
                let text = item.value.get(range.clone()).unwrap_or_default().trim_end();
                let row = row.cell(Role::Dim, if *first { item.label } else { "" }, Detail::indent(item));
                row.put(role(item.role, text), text).draw(place, frame.buffer_mut());
                // Elsewhere the selection is shown on an event only: it is the moment that the timeline points at.
                let selected = *index == detail.selected && (focused || (item.event.is_some() && app.focus == Pane::Timeline));
                if let Some(role) = row_role(selected, focused) {
                    frame.buffer_mut().set_style(place, skin.theme.style(role));
                }
            }
        }
    }
}

/// What is missing or worked out looks so, whatever the fact.
fn role(role: Role, text: &str) -> Role {
    match role {
        Role::Text if text.starts_with(crate::app::show::INFERRED) => Role::Inferred,
        Role::Text if text == crate::app::show::MISSING => Role::Dim,
        role => role,
    }
}
