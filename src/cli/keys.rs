//! The keys in effect, one action a line.

use super::terminal::Terminal;
use crate::app::action::{Action, Context};
use crate::app::text::{pad, width};
use crate::keymap::Keymap;

/// Every action with its keys, the places that read them, and what it does.
pub fn print(keymap: &Keymap, terminal: &Terminal) -> String {
    let rows: Vec<_> = Action::ALL.iter().flat_map(|&action| rows(keymap, action)).collect();
    let widest = |cell: fn(&Row) -> &str| rows.iter().map(|row| width(cell(row))).max().unwrap_or(0);
    let rooms = [widest(|row| &row.keys), widest(|row| row.action.name()), widest(|row| &row.places)];
    let mut text = String::new();
    let mut group = "";
    for row in &rows {
        if row.action.group() != group {
            let gap = if group.is_empty() { "" } else { "\n" };
            group = row.action.group();
            text.push_str(&format!("{gap}{}\n", terminal.bold(group)));
        }
        let cells = [pad(&row.keys, rooms[0]), pad(row.action.name(), rooms[1]), pad(&row.places, rooms[2])];
        text.push_str(&format!("  {}  {}\n", cells.join("  "), row.action.meaning()));
    }
    text
}

struct Row {
    action: Action,
    keys: String,
    places: String,
}

/// An action has a row for each set of keys; one without keys has a row that says so.
fn rows(keymap: &Keymap, action: Action) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for &(context, place) in Context::ALL {
        let keys = keymap.bindings().filter(|(at, bound, _)| *at == context && *bound == action).map(|(.., key)| key.to_string());
        let keys = keys.collect::<Vec<_>>().join(" ");
        match rows.iter_mut().find(|row| row.keys == keys) {
            _ if keys.is_empty() => {}
            Some(row) => row.places.push_str(&format!(", {place}")),
            None => rows.push(Row { action, keys, places: place.into() }),
        }
    }
    if rows.is_empty() {
        rows.push(Row { action, keys: "(no key)".into(), places: String::new() });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_line() {
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        let own = Keymap::shipped().unwrap().with("[panes]\ncompare = []\nmark = 'm'").unwrap();
        let text = print(&own, &terminal);
        for action in Action::ALL {
            assert!(text.lines().any(|line| line.contains(&format!(" {} ", action.name()))), "{}", action.name());
        }
        assert!(text.contains("(no key)") && text.lines().any(|line| line.contains(" m ") && line.contains("panes")), "{text}");
    }
}
