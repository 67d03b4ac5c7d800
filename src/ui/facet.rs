//! A menu of values with their counts.

use super::bar::blocks;
use super::text::{Row, line_of};
use super::{Skin, popup};
use crate::app::action::{Action, Context};
use crate::app::glyph;
use crate::app::menu::shape::{BARS, Shape};
use crate::app::menu::{Choice, Kind, Menu, Value};
use crate::incident::Severity;
use crate::query::facet::{Choice as Chosen, Facet};
use crate::query::period;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// Draws the menu.
pub fn draw(frame: &mut Frame, menu: &Menu, skin: &Skin, area: Rect, below: Context) {
    if menu.kind == Kind::Actions {
        return commands(frame, menu, skin, area, below);
    }
    if menu.kind == Kind::Orphans {
        return super::orphans::draw(frame, menu, skin, area);
    }
    let Shape { place, names, needed, heading, note } = Shape::of(menu, area);
    let inner = popup(frame, skin, place, &heading, &note);
    if menu.choices.is_empty() {
        let words = if menu.kind == Kind::Tags { " type a tag" } else { " no such name" };
        return Row::new(&skin.theme, inner.width).put(Role::Dim, words).draw(inner, frame.buffer_mut());
    }
    let most = most(menu);
    for (at, choice) in menu.choices.iter().enumerate().skip(menu.scroll).take(usize::from(inner.height)) {
        let place = line_of(inner, at - menu.scroll);
        let row = Row::new(&skin.theme, inner.width);
        let row =
            if menu.kind.narrows() { row.put(Role::Dim, " ") } else { row.put(Role::Key, &format!(" {:1} ", choice.key.unwrap_or(' '))) };
        let (role, sign) = match choice.value {
            Value::Action(..) => (Role::Dim, "  "),
            _ => sign(menu.kind, choice.chosen, skin.theme.ascii),
        };
        let none = choice.count.is_some_and(|(count, _)| count == 0);
        let row = row.put(role, sign);
        let name = u16::try_from(names.min(row.room().saturating_sub(needed))).unwrap_or(8);
        let label = format!("{}{}", " ".repeat(choice.indent()), choice.name);
        let mut row = row.cell(role_of(menu.kind, choice, none), &label, name.max(8));
        if choice.value == Value::Tag && choice.count.is_none() {
            row = row.put(Role::Dim, "   new");
        }
        if let Some((count, inferred)) = choice.count {
            row = row.number(if none { Role::Dim } else { Role::Text }, &count.to_string(), 6);
            if inferred > 0 {
                row = row.put(Role::Inferred, &format!("  ~{inferred} inferred"));
            }
        }
        if menu.kind == Kind::Facet(Facet::Date) {
            row = row.put(Role::Text, "  ").put(Role::Dim, &blocks(share(&most, choice)));
        }
        // Where nothing follows, nothing is cut off.
        let row = if choice.detail().is_empty() { row } else { row.put(Role::Dim, "  ").put(Role::Dim, choice.detail()) };
        row.draw(place, frame.buffer_mut());
        if at == menu.selected {
            frame.buffer_mut().set_style(place, skin.theme.style(Role::Selected));
        }
    }
}

/// The most that a date counts, by how many larger units it stands below; nothing in other menus.
fn most(menu: &Menu) -> BTreeMap<usize, usize> {
    let mut most = BTreeMap::new();
    for choice in menu.choices.iter().filter(|_| menu.kind == Kind::Facet(Facet::Date)) {
        if let Some((depth, (count, _))) = period::depth(&choice.name).zip(choice.count) {
            most.entry(depth).and_modify(|most| *most = count.max(*most)).or_insert(count);
        }
    }
    most
}

/// How long the bar of a date is, in eighths of a cell, beside those of the same length of time.
fn share(most: &BTreeMap<usize, usize>, choice: &Choice) -> usize {
    let of = period::depth(&choice.name).and_then(|depth| most.get(&depth)).zip(choice.count);
    of.map_or(0, |(&most, (count, _))| (count * (BARS - 1) * 8).div_ceil(most.max(1)))
}

/// The keys in the place below, the name and the meaning of every action and field; those that can do nothing there stand back.
fn commands(frame: &mut Frame, menu: &Menu, skin: &Skin, area: Rect, below: Context) {
    let Shape { place, heading, note, .. } = Shape::of(menu, area);
    let inner = popup(frame, skin, place, &heading, &note);
    if menu.choices.is_empty() {
        return Row::new(&skin.theme, inner.width).put(Role::Dim, " no such command").draw(inner, frame.buffer_mut());
    }
    for (at, choice) in menu.choices.iter().enumerate().skip(menu.scroll).take(usize::from(inner.height)) {
        let (action, can, meaning) = match choice.value {
            Value::Action(action, can) => (action, can, action.meaning()),
            Value::Field(field) => (Action::Search, true, field.meaning()),
            _ => continue,
        };
        let line = line_of(inner, at - menu.scroll);
        let key = skin.keymap.keys(below, action).next();
        let role = if can { Role::Text } else { Role::Dim };
        let row = Row::new(&skin.theme, inner.width).number(Role::Key, &key.map(|key| key.to_string()).unwrap_or_default(), 10);
        let row = row.put(role, "  ").cell(role, &choice.name, 15).put(Role::Dim, meaning);
        row.draw(line, frame.buffer_mut());
        if at == menu.selected {
            frame.buffer_mut().set_style(line, skin.theme.style(Role::Selected));
        }
    }
}

/// A box where several can be chosen, a circle where one can. In ASCII they have brackets: the signs of charts have letters
/// there, which would say something else in a menu.
fn sign(kind: Kind, chosen: Chosen, ascii: bool) -> (Role, &'static str) {
    let (role, sign, plain) = match (kind, chosen) {
        (Kind::Copy, _) => (Role::Dim, "", ""),
        (Kind::Facet(_) | Kind::Tags | Kind::Columns, Chosen::Open) => (Role::Dim, "□ ", "[ ] "),
        (Kind::Facet(_) | Kind::Tags | Kind::Columns, Chosen::Shown) => (Role::Filter, "■ ", "[x] "),
        (_, Chosen::Hidden) => (Role::Error, "✗ ", "[-] "),
        (_, Chosen::Open) => (Role::Dim, "○ ", "( ) "),
        (_, Chosen::Shown) => (Role::Filter, "● ", "(*) "),
    };
    (role, if ascii { plain } else { sign })
}

fn role_of(kind: Kind, choice: &Choice, none: bool) -> Role {
    match kind {
        _ if none => Role::Dim,
        Kind::Facet(Facet::Severity) => glyph::severity(Severity::from_name(&choice.name)).2,
        _ => Role::Text,
    }
}
