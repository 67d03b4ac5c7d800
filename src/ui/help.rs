//! All keys by the place they hold in, made from the table of actions and the keymap, then all signs; and the files that could not be read.

use super::text::{Row, line_of};
use super::{Skin, popup, signs};
use crate::app::App;
use crate::app::action::{Action, Context};
use crate::app::{layout, problems};
use crate::keymap::Keymap;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A line of the help.
enum Entry {
    Heading(&'static str),
    Key(String, &'static str),
    Sign(signs::Sign),
    Gap,
}

/// How many lines the help has, whatever the place it is asked for in.
pub fn lines(keymap: &Keymap) -> usize {
    entries(keymap, Context::List).len()
}

/// Draws the help.
pub fn draw(frame: &mut Frame, app: &App, scroll: usize, skin: &Skin, area: Rect) {
    let entries = entries(&skin.keymap, app.context_below());
    let height = u16::try_from(entries.len() + 2).unwrap_or(u16::MAX);
    let room = usize::from(area.height.min(height).saturating_sub(2));
    let scroll = scroll.min(entries.len().saturating_sub(room));
    let below = entries.len().saturating_sub(scroll + room);
    let note = if below > 0 { format!("↓ {below} more") } else { String::new() };
    let inner = popup(frame, skin, layout::popup(area, (96, height)), "Keys, then signs", &note);
    for (at, entry) in entries.iter().skip(scroll).take(usize::from(inner.height)).enumerate() {
        let row = Row::new(&skin.theme, inner.width);
        let row = match entry {
            Entry::Heading(name) => row.put(Role::Heading, &format!(" {name}")),
            Entry::Key(keys, meaning) => row.number(Role::Key, keys, 16).put(Role::Text, &format!("  {meaning}")),
            Entry::Sign(sign) => row.number(sign.role, &sign.sign, 16).put(Role::Text, &format!("  {}", sign.meaning)),
            Entry::Gap => row,
        };
        row.draw(line_of(inner, at), frame.buffer_mut());
    }
}

/// Draws the files that could not be read, and those that were left out.
pub fn problems(frame: &mut Frame, app: &App, scroll: usize, skin: &Skin, area: Rect) {
    let count = problems::count(app);
    let height = u16::try_from(count + 2).unwrap_or(u16::MAX);
    let (heading, note) = problems::heading(app);
    let inner = popup(frame, skin, layout::popup(area, (96, height)), heading, &note);
    let scroll = scroll.min(count.saturating_sub(usize::from(inner.height)));
    for at in 0..usize::from(inner.height) {
        let Some((role, words)) = problems::line(app, scroll + at) else { break };
        let indent = if role == Role::Warning { "   " } else { " " };
        Row::new(&skin.theme, inner.width).put(role, indent).put(role, words).draw(line_of(inner, at), frame.buffer_mut());
    }
}

/// The keys that hold where the person is, then those of all other places, then the signs.
fn entries(keymap: &Keymap, here: Context) -> Vec<Entry> {
    let mut places = Keymap::lookup(here);
    let others: Vec<_> = Context::ALL.iter().map(|&(place, _)| place).filter(|place| !places.contains(place)).collect();
    places.extend(others);
    let mut entries = Vec::new();
    for place in places {
        let keys = |action| keymap.bound(place, action).map(|key| key.to_string()).collect::<Vec<_>>().join(" ");
        let bound: Vec<_> = Action::ALL.iter().map(|&action| (keys(action), action)).filter(|(keys, _)| !keys.is_empty()).collect();
        if bound.is_empty() {
            continue;
        }
        if !entries.is_empty() {
            entries.push(Entry::Gap);
        }
        entries.push(Entry::Heading(place.title()));
        entries.extend(bound.into_iter().map(|(keys, action)| Entry::Key(keys, action.meaning())));
    }
    for (heading, signs) in signs::all() {
        entries.extend([Entry::Gap, Entry::Heading(heading)]);
        entries.extend(signs.into_iter().map(Entry::Sign));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_told_under_its_place_that_of_the_person_first() {
        let keymap = Keymap::shipped().unwrap();
        for &(place, _) in Context::ALL {
            let entries = entries(&keymap, place);
            let told = entries.iter().filter(|entry| matches!(entry, Entry::Key(..))).count();
            assert!(told >= Action::ALL.len(), "{told}");
            // Nobody is at these two; they hold in other places.
            assert!(entries.len() == lines(&keymap) || matches!(place, Context::Always | Context::Anywhere));
            let first = Keymap::lookup(place)
                .into_iter()
                .find(|&place| Action::ALL.iter().any(|&action| keymap.bound(place, action).next().is_some()));
            assert!(matches!(entries.first(), Some(Entry::Heading(name)) if Some(*name) == first.map(Context::title)));
        }
    }
}
