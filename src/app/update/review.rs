//! The reviewer's own words: saying them and showing what they change.

use super::Claims;
use super::UNDOES;
use crate::app::menu::Kind;
use crate::app::write::{Said, Write, told};
use crate::app::{App, Effect, View};
use crate::incident::Incident;
use crate::resolve::typed;
use crate::review::{Amendment, Edit, Review};
use crate::state::Change;
use tui_input::InputRequest;

impl App {
    /// What is said of the selected incident so far.
    pub(super) fn review(&self) -> Review {
        self.list.selected().and_then(|row| row.entry.review()).cloned().unwrap_or_default()
    }

    /// Opens what one thing is said with.
    pub(super) fn say_one(&mut self, said: Said) {
        match said {
            Said::Tags => self.open_menu(Kind::Tags),
            Said::Severity => self.open_menu(Kind::Severity),
            Said::Note | Said::Start | Said::End => {
                let Some(row) = self.list.selected() else { return };
                let incident = &row.entry.incident();
                let clock = self.clock.for_report(incident);
                self.views.push(View::Write(Write::new(said, incident, &self.review(), &clock)));
            }
        }
    }

    /// Begins another line, where what is typed may have several.
    pub(super) fn new_line(&mut self) -> Effect {
        if let Some(View::Write(write)) = self.views.last_mut()
            && write.said == Said::Note
        {
            write.input.handle(InputRequest::InsertChar('\n'));
        }
        Effect::None
    }

    /// Keeps what was typed, if it can be read.
    pub(super) fn accept_words(&mut self) -> Effect {
        let Some((View::Write(write), row)) = self.views.last().zip(self.list.selected()) else { return Effect::None };
        let (said, text, mut began) = (write.said, write.input.value().trim().to_owned(), write.began.clone());
        let read = &row.entry.read();
        let near = self.clock.for_report(read);
        let time = || match read.start() {
            _ if text.is_empty() => Ok(None),
            Some(start) => typed::moment(&text, near.at(start)).map(Some),
            None => typed::moment(&text, near.at(chrono::DateTime::UNIX_EPOCH)).map(Some),
        };
        let edit = match said {
            Said::Note => Ok(Edit::Note(text.clone())),
            // What the report says itself is no correction.
            Said::Start => time().map(|at| Edit::Start(at.filter(|at| read.impact.start().is_none_or(|edge| edge.at != *at)))),
            Said::End => time().map(|at| Edit::End(at.filter(|at| read.impact.end().is_none_or(|edge| edge.at != *at)))),
            Said::Tags | Said::Severity => return Effect::None,
        };
        let review = self.review();
        let edit = edit.and_then(|edit| {
            let mut after = review.clone();
            after.apply(&edit);
            let incident = after.corrected(read);
            if is_backwards(&after, &incident) {
                Err("the end would lie before the start; correct the other one first".to_owned())
            } else {
                Ok(edit)
            }
        });
        match edit {
            Ok(edit) => {
                // Somebody else may have said something since this line was begun.
                let seen = began.apply(&edit);
                self.views.pop();
                let told = told(&edit, &self.clock);
                self.make_over(vec![(edit, seen)], told)
            }
            Err(why) => {
                self.say(&why);
                Effect::None
            }
        }
    }

    /// Says something of the selected incident.
    pub(super) fn make(&mut self, edit: Edit) -> Effect {
        let told = told(&edit, &self.clock);
        self.make_all(vec![edit], told)
    }

    /// Says several things of the selected incident at once; nothing where that says nothing new.
    pub(super) fn make_all(&mut self, edits: Vec<Edit>, told: String) -> Effect {
        let mut review = self.review();
        let over = edits.into_iter().map(|edit| {
            let seen = review.apply(&edit);
            (edit, seen)
        });
        let over = over.collect();
        self.make_over(over, told)
    }

    /// Says things, each in the place of what its author saw there.
    fn make_over(&mut self, edits: Vec<(Edit, Edit)>, told: String) -> Effect {
        let Some(row) = self.list.selected() else { return Effect::None };
        let key = row.key();
        let kept = row.entry.said().map_or_else(|| key.clone(), |said| said.key.clone());
        let title = row.entry.read().display_title().to_owned();
        let mut unchanged = self.review();
        let before = unchanged.clone();
        edits.iter().for_each(|(edit, seen)| drop(unchanged.merge(edit, Some(seen))));
        if unchanged == before {
            return Effect::None;
        }
        let amendment = |(edit, seen)| Amendment { kept: kept.clone(), key: key.clone(), title: title.clone(), edit, seen: Some(seen) };
        self.amend(edits.into_iter().map(amendment).collect(), told, title)
    }

    /// Makes changes to reviews; they can be taken back.
    pub(super) fn amend(&mut self, did: Vec<Amendment>, told: String, title: String) -> Effect {
        self.say_with(&told, UNDOES);
        self.make_change(Change::Reviewed(did), (told, title))
    }

    /// Brings rows and screens into line with what is said.
    pub(super) fn revise(&mut self) {
        self.claims = Claims::default();
        self.list.hold_selection();
        self.assign_reviews();
        self.refresh();
        self.renew_open_comparison();
        self.renew_menu();
    }

    /// Makes the panes anew for the selected incident, which is another than it was.
    pub(super) fn refresh(&mut self) {
        self.shown = self.shown.map(|(id, zone, _)| (id, zone, 0));
        self.detail.reader = None;
        self.incident = self.list.selected().map(|row| row.entry.incident());
        self.timeline.select(self.incident.as_ref());
    }
}

/// Whether what is corrected would end before it began.
pub(super) fn is_backwards(review: &Review, corrected: &Incident) -> bool {
    let impact = &corrected.impact;
    impact.start().zip(impact.end()).is_some_and(|(start, end)| end.at < start.at)
        || review.start.zip(review.end).is_some_and(|(start, end)| end < start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action;
    use crate::app::action::Action::*;
    use crate::app::update::tests::{act, app, type_in};
    use crate::incident::Severity;
    use crate::state::Sent;

    fn choose(app: &mut App, keys: &str) -> Vec<Change> {
        let effects = keys.chars().map(|key| app.update(Message::Choose(key))).collect::<Vec<_>>();
        effects.into_iter().filter_map(|effect| if let Effect::Remember(sent) = effect { Some(sent.change) } else { None }).collect()
    }

    fn remembered(effect: Effect) -> Edit {
        match effect {
            Effect::Remember(Sent { change: Change::Reviewed(amendments), .. }) => amendments[0].edit.clone(),
            other => unreachable!("{other:?}"),
        }
    }

    fn clear(app: &mut App) {
        app.update(Message::Edit(InputRequest::DeleteLine));
    }

    #[test]
    fn a_severity_is_corrected_and_taken_back() {
        let mut app = app();
        act(&mut app, &[Bottom]);
        let before = app.list.selected().unwrap().severity;
        act(&mut app, &[Review]);
        assert!(choose(&mut app, "s").is_empty());
        assert_eq!(choose(&mut app, "l").len(), 1);
        assert!(app.views.is_empty());
        assert_eq!(app.list.selected().unwrap().severity, Some(Severity::Low));
        assert_eq!(app.list.selected().unwrap().entry.read().severity.as_ref().map(|fact| fact.value), before);
        assert_eq!(remembered(app.update(Undo)), Edit::Severity(None));
        assert_eq!(app.list.selected().unwrap().severity, before);
        assert_eq!(remembered(app.update(Redo)), Edit::Severity(Some(Severity::Low)));
        assert!(matches!(app.update(Redo), Effect::None) && app.message.is_some());
    }

    #[test]
    fn tags_are_typed_completed_and_filtered_by() {
        let mut app = app();
        act(&mut app, &[Review]);
        choose(&mut app, "t");
        type_in(&mut app, "Follow");
        assert_eq!(remembered(app.update(Accept)), Edit::Tag("follow".into(), true));
        act(&mut app, &[Down, Review]);
        choose(&mut app, "t");
        type_in(&mut app, "fo");
        assert!(!app.can(Toggle) && matches!(app.update(Toggle), Effect::None));
        assert_eq!(remembered(app.update(Accept)), Edit::Tag("follow".into(), true));
        act(&mut app, &[Search]);
        type_in(&mut app, "tag:follow");
        act(&mut app, &[Accept]);
        assert_eq!(app.list.visible.len(), 2);
        act(&mut app, &[Review]);
        choose(&mut app, "t");
        assert_eq!(remembered(app.update(Toggle)), Edit::Tag("follow".into(), false));
        assert_eq!(app.list.visible.len(), 1);
        act(&mut app, &[Cancel]);
        act(&mut app, &[Undo]);
        assert_eq!(app.list.visible.len(), 2);
    }

    #[test]
    fn a_tag_of_two_words_is_one_tag() {
        let mut app = app();
        act(&mut app, &[Review]);
        choose(&mut app, "t");
        type_in(&mut app, "Follow up");
        assert_eq!(remembered(app.update(Accept)), Edit::Tag("follow-up".into(), true));
    }

    #[test]
    fn times_are_typed_and_refused_with_a_reason() {
        let mut app = app();
        let id = app.list.rows.iter().position(|row| row.minutes == Some(47.0)).unwrap();
        app.list.select(id);
        act(&mut app, &[Review]);
        choose(&mut app, "b");
        clear(&mut app);
        type_in(&mut app, "sometime");
        assert!(matches!(app.update(Accept), Effect::None));
        assert!(app.message.as_ref().is_some_and(|why| why.contains("no time")) && !app.views.is_empty());
        clear(&mut app);
        type_in(&mut app, "07:19 UTC");
        assert!(matches!(remembered(app.update(Accept)), Edit::Start(Some(_))));
        assert_eq!(app.list.selected().unwrap().minutes, Some(50.0));
        act(&mut app, &[Review]);
        choose(&mut app, "e");
        clear(&mut app);
        type_in(&mut app, "07:00 UTC");
        assert!(matches!(app.update(Accept), Effect::None));
        assert!(app.message.as_ref().is_some_and(|why| why.contains("before the start")));
        act(&mut app, &[Cancel, Review]);
        choose(&mut app, "b");
        clear(&mut app);
        assert_eq!(remembered(app.update(Accept)), Edit::Start(None));
        assert_eq!(app.list.selected().unwrap().minutes, Some(47.0));
    }

    #[test]
    fn a_note_may_have_lines() {
        let mut app = app();
        act(&mut app, &[Review]);
        choose(&mut app, "n");
        type_in(&mut app, "one");
        act(&mut app, &[Action::NewLine]);
        type_in(&mut app, "two");
        assert_eq!(remembered(app.update(Accept)), Edit::Note("one\ntwo".into()));
        assert!(app.detail.items.iter().any(|item| item.label == "note" && item.value == "one\ntwo"));
        // The menu opens at its first line, whatever was said before.
        act(&mut app, &[Review]);
        assert!(matches!(app.top(), Some(View::Menu(menu)) if menu.selected == 0));
        act(&mut app, &[Cancel]);
        act(&mut app, &[Search]);
        type_in(&mut app, "one two");
        assert_eq!(app.list.visible.len(), 1);
    }
}
