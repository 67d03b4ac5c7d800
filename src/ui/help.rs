//! All keys, made from the table of actions and the keymap; and the files that could not be read.

use super::text::{Row, line_of};
use super::{Skin, popup};
use crate::app::App;
use crate::app::action::{Action, Context};
use crate::keymap::Keymap;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A line of the help.
enum Entry {
    Heading(&'static str),
    Key(String, &'static str),
    Gap,
}

/// Draws the help.
pub fn draw(frame: &mut Frame, _: &App, scroll: usize, skin: &Skin, area: Rect) {
    let entries = entries(&skin.keymap);
    let height = u16::try_from(entries.len() + 2).unwrap_or(u16::MAX);
    let room = usize::from(area.height.min(height).saturating_sub(2));
    let scroll = scroll.min(entries.len().saturating_sub(room));
    let below = entries.len().saturating_sub(scroll + room);
    let note = if below > 0 { format!("↓ {below} more") } else { String::new() };
    let inner = popup(frame, skin, area, (96, height), "Keys", &note);
    for (at, entry) in entries.iter().skip(scroll).take(usize::from(inner.height)).enumerate() {
        let row = Row::new(&skin.theme, inner.width);
        let row = match entry {
            Entry::Heading(name) => row.put(Role::Heading, &format!(" {name}")),
            Entry::Key(keys, meaning) => row.number(Role::Key, keys, 16).put(Role::Text, &format!("  {meaning}")),
            Entry::Gap => row,
        };
        row.draw(line_of(inner, at), frame.buffer_mut());
    }
}

/// Draws the files that could not be read.
pub fn problems(frame: &mut Frame, app: &App, scroll: usize, skin: &Skin, area: Rect) {
    let count = app.problems.len();
    let height = u16::try_from(count * 2 + 2).unwrap_or(u16::MAX);
    let inner = popup(frame, skin, area, (96, height), "Files that could not be read", &count.to_string());
    for (at, problem) in app.problems.iter().skip(scroll.min(count.saturating_sub(1))).take(usize::from(inner.height)).enumerate() {
        let row = Row::new(&skin.theme, inner.width).put(Role::Text, &format!(" {}", problem.path));
        row.draw(line_of(inner, at * 2), frame.buffer_mut());
        let row = Row::new(&skin.theme, inner.width).put(Role::Warning, &format!("   {}", problem.message));
        row.draw(line_of(inner, at * 2 + 1), frame.buffer_mut());
    }
}

fn entries(keymap: &Keymap) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut group = "";
    for &action in Action::ALL {
        if action.group() != group {
            if !group.is_empty() {
                entries.push(Entry::Gap);
            }
            group = action.group();
            entries.push(Entry::Heading(group));
        }
        let mut keys = Vec::new();
        for key in Context::ALL.iter().flat_map(|&(context, _)| keymap.keys(context, action)) {
            let name = key.to_string();
            if !keys.contains(&name) {
                keys.push(name);
            }
        }
        entries.push(Entry::Key(keys.join(" "), action.meaning()));
    }
    entries
}
