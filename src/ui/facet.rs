//! A menu of values with their counts.

use super::text::{Row, line_of};
use super::{Skin, popup};
use crate::app::menu::{Choice, Kind, Menu, Value};
use crate::app::{glyph, text};
use crate::incident::Severity;
use crate::query::facet::{Choice as Chosen, Facet};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the menu.
pub fn draw(frame: &mut Frame, menu: &Menu, skin: &Skin, area: Rect) {
    let names = menu.choices.iter().map(|choice| text::width(&choice.name)).max().unwrap_or(0).clamp(8, 40);
    let details = match menu.kind {
        Kind::SortBy | Kind::Severity => 2,
        Kind::Facet(Facet::Severity) => 20,
        Kind::Facet(_) | Kind::Tags => 8,
        Kind::Filters | Kind::Review => 2 + menu.choices.iter().map(|choice| text::width(detail(choice))).max().unwrap_or(0).min(50),
    };
    let keys = if menu.kind.narrows() { 1 } else { 3 };
    let heading = if menu.needle.is_empty() { menu.kind.title().to_owned() } else { format!("{} ▸ {}", menu.kind.title(), menu.needle) };
    let note = match (menu.kind, menu.chosen()) {
        (Kind::Tags, on) if on > 0 => format!("{on} on"),
        (Kind::Facet(_), 0) => "all".into(),
        (Kind::Facet(_), on) => format!("{on} of {}", menu.count()),
        _ => String::new(),
    };
    let more = menu.choices.len() > usize::from(area.height.saturating_sub(2));
    let place = if more { format!("{}/{}", menu.selected + 1, menu.choices.len()) } else { String::new() };
    let note = [note, place].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    let least = text::width(&heading) + text::width(&note) + 6;
    let width = u16::try_from((keys + 2 + names + details + 2).max(least)).unwrap_or(u16::MAX);
    let height = u16::try_from(menu.choices.len().max(1) + 2).unwrap_or(u16::MAX);
    let inner = popup(frame, skin, area, (width, height), &heading, &note);
    if menu.choices.is_empty() {
        let words = if menu.kind == Kind::Tags { " type a tag" } else { " no such name" };
        return Row::new(&skin.theme, inner.width).put(Role::Dim, words).draw(inner, frame.buffer_mut());
    }
    for (at, choice) in menu.choices.iter().enumerate().skip(menu.scroll).take(usize::from(inner.height)) {
        let place = line_of(inner, at - menu.scroll);
        let row = Row::new(&skin.theme, inner.width);
        let row =
            if menu.kind.narrows() { row.put(Role::Dim, " ") } else { row.put(Role::Key, &format!(" {:1} ", choice.key.unwrap_or(' '))) };
        let (role, sign) = sign(menu.kind, choice.chosen);
        let none = choice.count.is_some_and(|(count, _)| count == 0);
        let row = row.put(role, sign);
        let name = u16::try_from(names.min(row.room().saturating_sub(details))).unwrap_or(8);
        let mut row = row.cell(role_of(menu.kind, choice, none), &choice.name, name.max(8));
        if choice.value == Value::Tag && choice.count.is_none() {
            row = row.put(Role::Dim, "   new");
        }
        if let Some((count, inferred)) = choice.count {
            row = row.number(if none { Role::Dim } else { Role::Text }, &count.to_string(), 6);
            if inferred > 0 {
                row = row.put(Role::Inferred, &format!("  ~{inferred} inferred"));
            }
        }
        row.put(Role::Dim, "  ").put(Role::Dim, detail(choice)).draw(place, frame.buffer_mut());
        if at == menu.selected {
            frame.buffer_mut().set_style(place, skin.theme.style(Role::Selected));
        }
    }
}

/// What a saved filter says, or what is said of the incident.
fn detail(choice: &Choice) -> &str {
    match &choice.value {
        Value::Filter(words) | Value::Said(_, words) => words,
        _ => "",
    }
}

fn sign(kind: Kind, chosen: Chosen) -> (Role, &'static str) {
    match (kind, chosen) {
        (Kind::Facet(_) | Kind::Tags, Chosen::Open) => (Role::Dim, "□ "),
        (Kind::Facet(_) | Kind::Tags, Chosen::Shown) => (Role::Filter, "■ "),
        (_, Chosen::Hidden) => (Role::Error, "✗ "),
        (_, Chosen::Open) => (Role::Dim, "○ "),
        (_, Chosen::Shown) => (Role::Filter, "● "),
    }
}

fn role_of(kind: Kind, choice: &Choice, none: bool) -> Role {
    match kind {
        _ if none => Role::Dim,
        Kind::Facet(Facet::Severity) => glyph::severity(Severity::from_name(&choice.name)).2,
        _ => Role::Text,
    }
}
