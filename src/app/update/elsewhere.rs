//! What is handed on to other programs: the clipboard and the editor.

use crate::app::action::{Action, Context};
use crate::app::copy::{self, MOST};
use crate::app::{App, Effect};

impl App {
    /// Hands a text to the clipboard, and says which.
    pub(super) fn copy(&mut self, name: &str, text: String) -> Effect {
        if text.len() > MOST {
            let way = (Context::List, Action::Editor, "opens the report instead");
            self.say_with(&format!("{} KiB are too much for the clipboard of a terminal", text.len() >> 10), way);
            return Effect::None;
        }
        self.say(&format!("copied the {name}: {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
        Effect::Copy(text)
    }

    /// Opens the report that is looked at where it is looked at.
    pub(super) fn open_editor(&mut self) -> Effect {
        let Some(entry) = self.subject() else {
            self.say("no incident is selected");
            return Effect::None;
        };
        match entry.origin.path() {
            Some(path) => Effect::Edit(path.to_owned(), copy::line(self, entry)),
            None => {
                let piped = entry.source.path == "-";
                self.say(if piped {
                    "this report was piped in; it has no file to edit"
                } else {
                    "this sample is part of sevline; it has no file to edit"
                });
                Effect::None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::{self, *};
    use crate::app::command::Typed;
    use crate::library;
    use crate::query::Query;

    fn copied(app: &mut App, key: char) -> Option<String> {
        app.update(Action::Copy);
        let effect = app.update(Message::Choose(key));
        if let Effect::Copy(text) = effect { Some(text) } else { None }
    }

    #[test]
    fn what_is_looked_at_is_copied() {
        let mut app = app();
        act(&mut app, &[Down, Down]);
        let title = "Partial outage of the booking service leaves calendars empty";
        assert_eq!(copied(&mut app, 't').as_deref(), Some(title));
        assert!(app.message.as_ref().unwrap().starts_with("copied the title: Partial outage"));
        assert_eq!(copied(&mut app, 'p').as_deref(), Some("thistlewick/2025-06-11.txt:1"));
        let row = copied(&mut app, 'm').unwrap();
        assert_eq!(row, format!("| H\\~ | 2025-06-11 07:22 | 47m | Thistlewick | {title} | Calendar, API |"));
        assert_eq!(copied(&mut app, 'f'), None, "in the list no fact is selected");
        act(&mut app, &[Cancel, Open, Right, Down, Down]);
        let event = app.detail.item().unwrap().clone();
        assert_eq!(copied(&mut app, 'f'), Some(event.value));
        assert_eq!(copied(&mut app, 'p'), Some(format!("thistlewick/2025-06-11.txt:{}", event.cites[0].line)));
        let Effect::OpenSource(entry) = app.update(Open) else { unreachable!() };
        app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        let words = copied(&mut app, 'w').unwrap();
        let source = library::source_of(&entry).unwrap();
        assert!(!words.is_empty() && source.text().contains(&words), "{words}");
    }

    #[test]
    fn the_command_for_what_is_shown_is_copied() {
        let mut app = app();
        app.typed = Typed { options: vec!["--no-config".into()], paths: vec!["my reports".into()] };
        assert_eq!(copied(&mut app, 'c').as_deref(), Some("sevline list --no-config 'my reports'"));
        app.list.set_query(Query::new("sev>=medium checkout OR calendar"));
        act(&mut app, &[Reverse, Zone]);
        let filter = "--filter 'sev>=medium checkout OR calendar'";
        let list = format!("sevline list --sort start:asc {filter} --zone local --no-config 'my reports'");
        assert_eq!(copied(&mut app, 'c'), Some(list));
        let export = format!("sevline export --format csv {filter} --no-config 'my reports' > incidents.csv");
        assert_eq!(copied(&mut app, 'x'), Some(export));
        act(&mut app, &[Zone, Zone, Reverse, NextPane, NextPane, AllIncidents]);
        let svg = format!("sevline timeline --format svg {filter} --no-config 'my reports' > timeline.svg");
        assert_eq!(copied(&mut app, 's'), Some(svg));
        act(&mut app, &[AllIncidents]);
        let title = "title=\"Partial outage of the booking service leaves calendars empty\"";
        let one = format!("sevline timeline --filter '{title}' --no-config 'my reports'");
        assert_eq!(copied(&mut app, 'c'), Some(one), "what is in memory has no file of its own");
        app.list.set_query(Query::new("is:marked"));
        act(&mut app, &[Cancel]);
        assert_eq!(copied(&mut app, 'c'), None, "a command knows of no marks");
    }

    #[test]
    fn a_comparison_is_copied_with_its_base_and_its_moment() {
        let mut app = app();
        act(&mut app, &[Mark, Mark, Compare, Down, Base, Align, Align, Align]);
        let command = copied(&mut app, 'c').unwrap();
        let (options, filter) = command.split_once(" --filter ").unwrap();
        assert!(options.starts_with("sevline compare --align stretched"), "{command}");
        assert!(filter.starts_with("'title=") && filter.contains(" OR title="), "{command}");
        let written = shell_words::split(filter).unwrap().remove(0);
        let query = Query::new(written);
        let meant: Vec<_> = app.list.rows.iter().filter(|row| query.matches(row)).collect();
        assert!(query.mistakes().is_empty() && meant.len() == 2, "{command}");
    }

    #[test]
    fn hostile_and_endless_texts_are_not_handed_on_as_they_are() {
        let mut app = app();
        assert!(matches!(app.copy("fact", "x".repeat(MOST + 1)), Effect::None));
        assert!(app.message.as_ref().unwrap().contains("too much"));
        for row in 0..app.list.visible.len() {
            act(&mut app, &[Top]);
            act(&mut app, &vec![Down; row]);
            for choice in copy::choices(&app) {
                assert!(!choice.text.contains(|c| crate::sanitize::is_hostile(c) && c != '\n'), "{choice:?}");
            }
        }
    }

    #[test]
    fn what_has_no_file_is_not_edited_and_says_why() {
        let mut app = app();
        assert!(!app.can(Editor) && matches!(app.update(Editor), Effect::None));
        assert!(app.message.as_ref().unwrap().contains("no file"));
    }
}
