//! A menu of values with their counts.

use super::text::{Row, line_of};
use super::{Skin, popup};
use crate::app::menu::{Kind, Menu};
use crate::app::{glyph, text};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the menu.
pub fn draw(frame: &mut Frame, menu: &Menu, skin: &Skin, area: Rect) {
    let count = menu.choices.len();
    let widest = menu.choices.iter().map(|choice| text::width(&choice.name)).max().unwrap_or(0).min(40);
    let width = u16::try_from(widest + if menu.kind == Kind::Severities { 28 } else { 15 }).unwrap_or(40);
    let height = u16::try_from(count + 2).unwrap_or(u16::MAX);
    let note = match menu.kind {
        Kind::SortBy => String::new(),
        _ => match menu.choices.iter().filter(|choice| choice.on).count() {
            0 => "all".into(),
            on => format!("{on} of {count}"),
        },
    };
    let inner = popup(frame, skin, area, (width, height), menu.kind.title(), &note);
    for (at, choice) in menu.choices.iter().enumerate().skip(menu.scroll).take(usize::from(inner.height)) {
        let place = line_of(inner, at - menu.scroll);
        let key = choice.key.map(String::from).unwrap_or_default();
        let row = Row::new(&skin.theme, inner.width).put(Role::Key, &format!(" {:1} ", key));
        let (on, off) = if menu.kind == Kind::SortBy { ("● ", "○ ") } else { ("■ ", "□ ") };
        let row = row.put(if choice.on { Role::Filter } else { Role::Dim }, if choice.on { on } else { off });
        let counts = match menu.kind {
            Kind::Severities => 20,
            Kind::Services => 7,
            Kind::SortBy => 0,
        };
        let room = inner.width.saturating_sub(5 + counts);
        let none = choice.count.is_some_and(|(count, _)| count == 0);
        let mut row = row.cell(role(menu.kind, choice, none), &choice.name, room.max(8));
        if let Some((count, inferred)) = choice.count {
            row = row.number(if none { Role::Dim } else { Role::Text }, &count.to_string(), 6);
            if inferred > 0 {
                row = row.put(Role::Inferred, &format!("  ~{inferred} inferred"));
            }
        }
        row.draw(place, frame.buffer_mut());
        if at == menu.selected {
            frame.buffer_mut().set_style(place, skin.theme.style(Role::Selected));
        }
    }
}

fn role(kind: Kind, choice: &crate::app::menu::Choice, none: bool) -> Role {
    match &choice.value {
        crate::app::menu::Value::Severity(severity) if kind == Kind::Severities && !none => glyph::severity(*severity).2,
        _ if none => Role::Dim,
        _ => Role::Text,
    }
}
