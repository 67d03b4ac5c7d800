//! Writing what is shown to a file: asking for its name, and for leave to write over another.

use crate::app::action::{Action, Context};
use crate::app::output::{Form, Output, Saving, Written};
use crate::app::{App, Effect, View};
use std::path::PathBuf;
use tui_input::Input;

impl App {
    /// Asks for the name of a file to write what is shown to.
    pub(super) fn open_output(&mut self) {
        match self.writable() {
            Some((shown, name)) => {
                self.views.push(View::File(Saving { input: Input::new(format!("{name}.svg")), shown, taken: false }));
            }
            None => self.say("nothing here can be written to a file"),
        }
    }

    /// Writes the file whose name is typed; the line stays until it is written.
    pub(super) fn write_output(&mut self) -> Effect {
        let clock = self.clock;
        let Some(View::File(saving)) = self.views.last() else { return Effect::None };
        let name = saving.input.value().trim().to_owned();
        let Some(form) = Form::of(&name) else {
            self.say("the ending of the name tells the format: .svg, .html, .csv or .md");
            return Effect::None;
        };
        let over = saving.taken;
        let columns = self.columns.clone();
        Effect::Write(Output { path: PathBuf::from(name), form, shown: saving.shown.clone(), columns, clock, over })
    }

    /// Takes in what became of the file.
    pub(super) fn take_written(&mut self, written: Written) {
        match (written, self.views.last_mut()) {
            (Written::Done(path, bytes), top) => {
                if matches!(top, Some(View::File(_))) {
                    self.views.pop();
                }
                self.say(&format!("written to {}, {} KB", path.display(), bytes.div_ceil(1000)));
            }
            (Written::Taken(path), Some(View::File(saving))) => {
                saving.taken = true;
                self.say_with(&format!("the file exists: {}", path.display()), (Context::Prompt, Action::Accept, "writes over it"));
            }
            (Written::Taken(path), _) => self.say(&format!("{} exists and was left as it is", path.display())),
            (Written::Failed(why), _) => self.say(&why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::*;
    use crate::app::output::Shown;

    fn name(app: &App) -> String {
        let Some(View::File(saving)) = app.top() else { unreachable!() };
        saving.input.value().to_owned()
    }

    #[test]
    fn what_is_shown_is_what_is_written_in_the_form_of_the_ending() {
        let mut app = app();
        act(&mut app, &[WriteFile]);
        let names = ["incidents.svg", "incidents.html", "incidents.csv", "incidents.md", "incidents.svg"];
        for (at, wanted) in names.into_iter().enumerate() {
            act(&mut app, if at > 0 { &[Complete] } else { &[] });
            assert_eq!(name(&app), wanted);
        }
        act(&mut app, &[CompleteBack]);
        let Effect::Write(output) = app.update(Accept) else { unreachable!() };
        assert!(output.form == Form::Markdown && !output.over);
        assert!(matches!(output.shown, Shown::Timeline(entries, false) if entries.len() == 5));
        act(&mut app, &[Cancel, Down, Down, Open, WriteFile]);
        assert_eq!(name(&app), "incident-2025-06-11.svg");
        act(&mut app, &[Cancel, Cancel, Mark, Down, Mark, Compare, WriteFile]);
        let Effect::Write(output) = app.update(Accept) else { unreachable!() };
        assert!(matches!(output.shown, Shown::Compared(entries, ..) if entries.len() == 2));
    }

    #[test]
    fn nothing_is_written_over_unasked_and_a_changed_name_asks_again() {
        let mut app = app();
        act(&mut app, &[WriteFile, Accept]);
        app.update(Message::Written(Written::Taken("incidents.svg".into())));
        assert!(app.way.is_some_and(|(_, action, _)| action == Accept));
        assert!(matches!(app.update(Accept), Effect::Write(Output { over: true, .. })));
        app.update(Message::Written(Written::Taken("incidents.svg".into())));
        app.update(Message::Edit(tui_input::InputRequest::InsertChar('z')));
        assert_eq!(app.message, None, "a question about another name is none");
        assert!(matches!(app.update(Accept), Effect::None) && app.message.as_ref().unwrap().contains(".csv or .md"));
        act(&mut app, &[Complete]);
        assert_eq!(name(&app), "incidents.svgz.svg");
        assert!(matches!(app.update(Accept), Effect::Write(Output { over: false, .. })));
        app.update(Message::Written(Written::Done("/srv/incidents.svg".into(), 1234)));
        assert!(app.views.is_empty() && app.message.as_deref() == Some("written to /srv/incidents.svg, 2 KB"));
    }
}
