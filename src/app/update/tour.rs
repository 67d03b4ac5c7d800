//! Going through the tour.

use crate::app::action::{Action, Context};
use crate::app::layout::Pane;
use crate::app::tour::{Step, Tour};
use crate::app::{App, View};

impl App {
    /// Begins the tour at the list, wherever a person is.
    pub(super) fn begin_tour(&mut self) {
        self.views.clear();
        self.left.clear();
        (self.focus, self.maximised) = (Pane::List, false);
        self.tour = Some(Tour { filter: self.list.query().text().to_owned(), ..Tour::default() });
    }

    /// Takes a key that is the tour's own: the one that leaves it, or goes on where it does nothing that the step is about.
    pub(super) fn take_for_tour(&mut self, action: Action) -> bool {
        match action {
            Action::Cancel if self.is_touring() => {
                self.tour = None;
                self.say("the tour is left; the command tour begins it again");
            }
            Action::Open if self.goes_on() => self.go_on(),
            _ => return false,
        }
        true
    }

    /// Goes on where the step is done.
    pub(super) fn follow_tour(&mut self, action: Option<Action>) {
        let Some(tour) = &self.tour else { return };
        let typed = matches!(self.top(), Some(View::Prompt(_)));
        let query = self.list.query();
        let done = match tour.step {
            Step::Incident => self.views.is_empty() && self.focus == Pane::Detail,
            Step::Words => self.reader().is_some(),
            Step::Time => action == Some(Action::ZoomIn) && self.views.is_empty(),
            Step::Compare => matches!(self.top(), Some(View::Compare(_))),
            Step::Filter => !typed && !query.is_empty() && query.text() != tour.filter,
            Step::Own => false,
        };
        if done {
            self.go_on();
        }
    }

    fn go_on(&mut self) {
        let step = self.tour.as_ref().and_then(|tour| tour.step.next());
        if step.is_none() {
            self.say_with("that was the tour", (Context::List, Action::Help, "shows all keys"));
        }
        self.tour = step.map(|step| Tour { step, filter: self.list.query().text().to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use crate::app::action::Action::{self, *};
    use crate::app::tour::Step;
    use crate::app::update::tests::{act, app, type_in};
    use crate::app::{App, Effect, Message};
    use crate::library;

    /// Where the tour is after actions, and the action it tells of.
    fn at(app: &mut App, actions: &[Action]) -> Option<(Step, Action)> {
        for &action in actions {
            if let Effect::OpenSource(entry) = app.update(action) {
                app.update(Message::Source(entry.clone(), library::source_of(&entry)));
            }
        }
        let step = app.tour.as_ref()?.step;
        Some((step, app.told(step).2))
    }

    #[test]
    fn each_step_is_done_by_the_key_it_tells_of() {
        let mut app = app();
        assert_eq!(at(&mut app, &[]), None);
        act(&mut app, &[Tour]);
        let mut seen = Vec::new();
        while let Some((step, action)) = at(&mut app, &[]).filter(|(step, _)| *step != Step::Own) {
            seen.push((step, action));
            at(&mut app, &[action]);
            if action == Search {
                type_in(&mut app, "e");
            }
            assert!(seen.len() < 16, "{seen:?}");
        }
        let expected = [
            (Step::Incident, Open),
            (Step::Words, Open),
            (Step::Time, Back),
            (Step::Time, ZoomIn),
            (Step::Compare, Back),
            (Step::Compare, Mark),
            (Step::Compare, Mark),
            (Step::Compare, Compare),
            (Step::Filter, Back),
            (Step::Filter, Search),
            (Step::Filter, Accept),
        ];
        assert_eq!(seen, expected);
        // Not even the last step is left by doing something else.
        assert_eq!(at(&mut app, &[Down, Help, Back]), Some((Step::Own, Back)));
        assert!(matches!(app.update(Back), Effect::Quit(0)));
    }

    #[test]
    fn it_goes_on_with_enter_and_is_left_with_escape() {
        let mut app = app();
        assert_eq!(at(&mut app, &[Tour, Open, Open, Open]), Some((Step::Compare, Back)));
        assert_eq!(at(&mut app, &[Back, Back, Open, Open, Open]), None);
        assert!(app.message.is_some() && app.views.is_empty());
        assert_eq!(at(&mut app, &[Tour, Open, Open]), Some((Step::Time, Back)));
        // From the words it begins again at the list; what is open is closed before it is left.
        assert_eq!(at(&mut app, &[Tour, Search, Cancel]), Some((Step::Incident, Open)));
        assert_eq!(at(&mut app, &[Cancel]), None);
        assert_eq!(at(&mut app, &[Open, Back, Open]), None);
    }

    #[test]
    fn where_there_is_nothing_it_still_comes_to_its_end() {
        let mut app = app();
        app.list.set_query(crate::query::Query::new("zzz"));
        assert_eq!(at(&mut app, &[Tour, Open, Open, Open, Open, Open]), Some((Step::Own, Back)));
        assert_eq!(at(&mut app, &[Open]), None);
    }
}
