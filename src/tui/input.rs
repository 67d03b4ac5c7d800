//! What a key, a paste or a resize means for the explorer as it is now.

use crate::app::action::{Action, Context};
use crate::app::pointer::Gesture;
use crate::app::{App, Message, View};
use crate::keymap::{Key, Keymap};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};
use tui_input::InputRequest;

/// The message of a terminal event, if it has one.
pub fn message(app: &App, keymap: &Keymap, event: Event) -> Option<Message> {
    match event {
        // Where a terminal reports releases as well, each key would count twice.
        Event::Key(event) if event.kind != KeyEventKind::Release => key(app, keymap, event),
        Event::Mouse(event) if app.mouse => mouse(event),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resize(Size { width, height })),
        _ => None,
    }
}

fn mouse(event: MouseEvent) -> Option<Message> {
    let gesture = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
        MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
        MouseEventKind::ScrollDown => Gesture::Wheel(1),
        MouseEventKind::ScrollUp => Gesture::Wheel(-1),
        _ => return None,
    };
    Some(Message::Point(gesture, Position { x: event.column, y: event.row }))
}

fn key(app: &App, keymap: &Keymap, event: KeyEvent) -> Option<Message> {
    let key = Key::of(event);
    let context = app.context();
    if let (Some(View::Menu(menu)), Some(typed)) = (app.top(), key.typed())
        && menu.keyed(typed).is_some()
    {
        return Some(Message::Choose(typed));
    }
    // A key right behind Esc reads as one with Alt: what ends the program ends it then as well.
    let joined = || {
        let bare = KeyEvent { modifiers: event.modifiers - KeyModifiers::ALT, ..event };
        keymap.action(context, Key::of(bare)).filter(|_| event.modifiers.contains(KeyModifiers::ALT | KeyModifiers::CONTROL))
    };
    match keymap.action(context, key).or_else(joined) {
        // What a key could not do in this menu it does not do: it is a letter of what is looked for.
        Some(action) if context == Context::Picker && key.typed().is_some() && !app.can(action) => edit(event).map(Message::Edit),
        Some(action) => Some(action.into()),
        None if matches!(context, Context::Prompt | Context::Picker) => edit(event).map(Message::Edit),
        None if app.top().is_none() && key.typed().is_some() => elsewhere(keymap, context, key),
        None => None,
    }
}

/// A letter that means nothing in this pane, where it does in another.
fn elsewhere(keymap: &Keymap, here: Context, key: Key) -> Option<Message> {
    let panes = [Context::List, Context::Detail, Context::Timeline];
    let place = panes.into_iter().find(|pane| keymap.action(*pane, key).is_some())?;
    // Of three panes each other one is a step away.
    let next = panes.iter().cycle().skip_while(|pane| **pane != here).nth(1);
    let way = if next == Some(&place) { Action::NextPane } else { Action::PreviousPane };
    Some(Message::Elsewhere(format!("{key} works in the {}", place.title().to_lowercase()), (here, way, "goes there")))
}

/// Line editing as shells have it.
fn edit(event: KeyEvent) -> Option<InputRequest> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    match event.code {
        KeyCode::Char('a') if control => Some(InputRequest::GoToStart),
        KeyCode::Char('e') if control => Some(InputRequest::GoToEnd),
        KeyCode::Char('u') if control => Some(InputRequest::DeleteLine),
        KeyCode::Char('k') if control => Some(InputRequest::DeleteTillEnd),
        KeyCode::Char('w') if control => Some(InputRequest::DeletePrevWord),
        KeyCode::Char('h') if control => Some(InputRequest::DeletePrevChar),
        KeyCode::Char(c) if !control && !alt => Some(InputRequest::InsertChar(c)),
        KeyCode::Backspace if alt || control => Some(InputRequest::DeletePrevWord),
        KeyCode::Backspace => Some(InputRequest::DeletePrevChar),
        KeyCode::Delete => Some(InputRequest::DeleteNextChar),
        KeyCode::Left if control => Some(InputRequest::GoToPrevWord),
        KeyCode::Right if control => Some(InputRequest::GoToNextWord),
        KeyCode::Left => Some(InputRequest::GoToPrevChar),
        KeyCode::Right => Some(InputRequest::GoToNextChar),
        KeyCode::Home => Some(InputRequest::GoToStart),
        KeyCode::End => Some(InputRequest::GoToEnd),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::show::{Clock, Zone};
    use chrono::{FixedOffset, Offset, Utc};

    #[test]
    fn what_a_key_cannot_do_in_a_menu_is_typed_into_it() {
        let utc = |_| -> FixedOffset { Utc.fix() };
        let mut app = App::new("here".into(), None, Clock::new(Zone::Utc, utc), Size { width: 80, height: 24 });
        app.state.filters.insert("mine".into(), "sev:high".into());
        let keymap = Keymap::shipped().unwrap();
        let pressed = |app: &App, c| message(app, &keymap, Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        for action in [Action::Filters, Action::Palette] {
            app.update(action);
            for c in ['-', ' ', 'u'] {
                assert!(matches!(pressed(&app, c), Some(Message::Edit(InputRequest::InsertChar(typed))) if typed == c), "{c}");
            }
            app.update(Action::Cancel);
        }
    }

    #[test]
    fn what_ends_it_ends_it_right_behind_esc_too() {
        let utc = |_| -> FixedOffset { Utc.fix() };
        let app = App::new("here".into(), None, Clock::new(Zone::Utc, utc), Size { width: 80, height: 24 });
        let keymap = Keymap::shipped().unwrap();
        let pressed = |modifiers| message(&app, &keymap, Event::Key(KeyEvent::new(KeyCode::Char('c'), modifiers)));
        for modifiers in [KeyModifiers::CONTROL, KeyModifiers::CONTROL | KeyModifiers::ALT] {
            assert!(matches!(pressed(modifiers), Some(Message::Act(Action::Quit))), "{modifiers:?}");
        }
        assert!(pressed(KeyModifiers::ALT).is_none());
    }

    #[test]
    fn a_key_of_another_pane_says_where_it_works() {
        let utc = |_| -> FixedOffset { Utc.fix() };
        let mut app = App::new("here".into(), None, Clock::new(Zone::Utc, utc), Size { width: 80, height: 24 });
        let keymap = Keymap::shipped().unwrap();
        let pressed = |app: &App, c| message(app, &keymap, Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        let told = pressed(&app, 'x').unwrap();
        app.update(told);
        assert_eq!(app.message.as_deref(), Some("x works in the timeline"));
        let (context, action, words) = app.way.unwrap();
        assert_eq!(words, "goes there");
        // The key that is told leads there.
        assert!(keymap.keys(context, action).next().is_some());
        app.update(action);
        assert_eq!(app.focus, crate::app::layout::Pane::Timeline);
        app.update(Action::NextPane);
        assert!(pressed(&app, '$').is_none());
    }
}
