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
        Some(action) if context == Context::Picker && is_letter(app, action, key) => edit(event).map(Message::Edit),
        Some(action) => Some(action.into()),
        None if matches!(context, Context::Prompt | Context::Picker) => edit(event).map(Message::Edit),
        None if key.typed().is_some() => elsewhere(app, keymap, key),
        None => None,
    }
}

/// Whether a key of a menu is typed to find a value: it can do nothing here, or would hide a value in the midst of its name.
fn is_letter(app: &App, action: Action, key: Key) -> bool {
    let goes_on = |letter| matches!(app.top(), Some(View::Menu(menu)) if menu.goes_on_with(letter));
    key.typed().is_some_and(|letter| !app.can(action) || action == Action::Exclude && goes_on(letter))
}

/// A letter that means nothing in this pane or screen, where it does in a pane.
fn elsewhere(app: &App, keymap: &Keymap, key: Key) -> Option<Message> {
    let here = app.context();
    let panes = [Context::List, Context::Detail, Context::Timeline];
    let place = panes.into_iter().find(|pane| keymap.action(*pane, key).is_some())?;
    // Of three panes each other one is a step away.
    let is_next = || panes.iter().zip(panes.iter().cycle().skip(1)).any(|(pane, next)| *pane == here && *next == place);
    let (way, words) = match app.top() {
        None if is_next() => (Action::NextPane, "goes there"),
        None => (Action::PreviousPane, "goes there"),
        Some(View::Statistics(_)) => (Action::Back, "goes back"),
        Some(_) => return None,
    };
    Some(Message::Elsewhere(format!("{key} works in the {}", place.title().to_lowercase()), (here, way, words)))
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
    use crate::fixture;
    use crate::library::{Found, Progress};
    use crate::query::Indexed;
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
    fn a_hyphen_within_a_name_is_typed_and_hides_nothing() {
        let utc = |_| -> FixedOffset { Utc.fix() };
        let mut app = App::new("here".into(), None, Clock::new(Zone::Utc, utc), Size { width: 80, height: 24 });
        let reports = fixture::entries().into_iter().map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)])));
        app.update(Message::Arrived(reports.collect()));
        let keymap = Keymap::shipped().unwrap();
        let pressed = |app: &App, c| message(app, &keymap, Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        app.update(Action::Dates);
        assert!(matches!(pressed(&app, '-'), Some(Message::Act(Action::Exclude))));
        for c in "2025-q".chars() {
            let told = pressed(&app, c).unwrap();
            assert!(matches!(told, Message::Edit(InputRequest::InsertChar(typed)) if typed == c), "{c}");
            app.update(told);
        }
        // No name goes on so: what is found is hidden.
        assert!(matches!(pressed(&app, '-'), Some(Message::Act(Action::Exclude))));
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
        app.update(Action::Statistics);
        let told = pressed(&app, 'w').unwrap();
        app.update(told);
        assert_eq!(app.message.as_deref(), Some("w works in the list"));
        app.update(Action::NextPane);
        assert!(pressed(&app, '$').is_none());
    }
}
