//! Reviews that no incident has any more: given to another incident, or deleted.

use super::UNDOES_THERE;
use super::review::is_backwards;
use crate::app::menu::{Kind, Value};
use crate::app::{App, Effect, View};
use crate::review::{Amendment, Edit, Reviewed};

impl App {
    pub(super) fn open_orphans(&mut self) {
        match self.can(crate::app::action::Action::Orphans) {
            true => self.open_menu(Kind::Orphans),
            false => self.say("no review is orphaned: each has its incident"),
        }
    }

    /// Gives the selected incident what an orphan says, below what is said of it already.
    pub(super) fn give(&mut self, orphan: &Reviewed) -> Effect {
        let Some(row) = self.list.selected() else {
            self.say("no incident is selected to give the review to");
            return Effect::None;
        };
        let (key, read) = (row.key(), row.entry.read());
        let kept = row.entry.said().map_or_else(|| key.clone(), |said| said.key.clone());
        let title = read.display_title().to_owned();
        let mut review = self.review();
        let mut edits = review.taking_in(&orphan.review);
        edits.iter().for_each(|edit| drop(review.apply(edit)));
        // Times that were right for another incident may be none for this one.
        let backwards = is_backwards(&review, &review.corrected(&read));
        if backwards {
            edits.retain(|edit| !matches!(edit, Edit::Start(_) | Edit::End(_)));
        }
        let added =
            edits.into_iter().map(|edit| Amendment { kept: kept.clone(), key: key.clone(), title: title.clone(), edit, seen: None });
        let taken = orphan.review.emptying().into_iter().map(|edit| Amendment::to(orphan, edit));
        let but = if backwards { " without its times, which do not fit" } else { "" };
        let told = format!("review of “{}” given to this incident{but}", orphan.title);
        self.views.pop();
        self.amend(added.chain(taken).collect(), told, title)
    }

    /// Deletes the selected orphan.
    pub(super) fn delete_orphan(&mut self) -> Effect {
        let Some(View::Menu(menu)) = self.views.last() else { return Effect::None };
        let Some(Value::Orphan(orphan)) = menu.choice().map(|choice| choice.value.clone()) else { return Effect::None };
        let did = orphan.review.emptying().into_iter().map(|edit| Amendment::to(&orphan, edit)).collect();
        let effect = self.amend(did, "orphaned review deleted".into(), orphan.title.clone());
        self.say_with(&format!("deleted the review of “{}”", orphan.title), UNDOES_THERE);
        if self.orphans.is_empty() {
            self.views.pop();
        }
        effect
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::*;
    use crate::review::{Key, Review};
    use crate::state::{Change, State};

    /// An explorer with two reviews of incidents that a file had which is there, and a folder that keeps them.
    fn with_orphans() -> (App, tempfile::TempDir) {
        let (mut app, folder) = (app(), tempfile::tempdir().unwrap());
        let place = app.list.rows[0].key().place;
        let at = |year: &str| Some(format!("{year}-01-01T00:00:00Z").parse().unwrap());
        for (id, edits) in [
            ("first", vec![Edit::Tag("a".into(), true), Edit::Note("One.\nTwo.".into()), Edit::Start(at("1999"))]),
            ("second", vec![Edit::Note("Three.".into()), Edit::End(at("1990"))]),
        ] {
            let key = Key { place: format!("{place}#7"), id: id.into(), ..Key::default() };
            let title = format!("The {id}");
            let did =
                edits.into_iter().map(|edit| Amendment { kept: key.clone(), key: key.clone(), title: title.clone(), edit, seen: None });
            keep(&mut app, &folder, Change::Reviewed(did.collect()));
        }
        app.update(Message::Loaded);
        (app, folder)
    }

    fn keep(app: &mut App, folder: &tempfile::TempDir, change: Change) {
        app.state.apply(&change);
        crate::state::change(folder.path(), &change).unwrap();
    }

    /// What is said of incidents by title, here and in the folder.
    fn said(app: &App, folder: &tempfile::TempDir) -> Vec<(String, Review)> {
        let told = |state: &State| {
            let mut told: Vec<_> = state.reviews.iter().map(|one| (one.title.clone(), one.review.clone())).collect();
            told.sort_by(|one, other| one.0.cmp(&other.0));
            told
        };
        let kept = State::load(folder.path()).0;
        assert_eq!(told(&kept), told(&app.state));
        told(&kept)
    }

    fn send(app: &mut App, folder: &tempfile::TempDir, message: impl Into<Message>) {
        if let Effect::Remember(sent) = app.update(message) {
            crate::state::change(folder.path(), &sent.change).unwrap();
        }
    }

    #[test]
    fn an_orphan_is_given_to_an_incident_and_taken_back() {
        let (mut app, folder) = with_orphans();
        let before = said(&app, &folder);
        assert_eq!(app.orphans.len(), 2);
        act(&mut app, &[Review]);
        app.update(Message::Choose('o'));
        send(&mut app, &folder, Accept);
        let title = app.list.selected().unwrap().name().to_owned();
        assert_eq!((app.views.len(), app.orphans.len()), (0, 1));
        assert_eq!(app.list.selected().unwrap().entry.review(), Some(&before[0].1));
        // The other goes below it, but for an end that lies before the start.
        act(&mut app, &[Orphans]);
        send(&mut app, &folder, Accept);
        let both = app.list.selected().unwrap().entry.review().unwrap();
        assert_eq!((both.note.as_str(), both.tags.len(), both.end), ("One.\nTwo.\n\nThree.", 1, None));
        assert!(app.message.as_ref().is_some_and(|told| told.contains("do not fit")));
        assert_eq!(said(&app, &folder).into_iter().map(|(title, _)| title).collect::<Vec<_>>(), [title]);
        assert!(!app.can(Orphans));
        let after = said(&app, &folder);
        send(&mut app, &folder, Undo);
        send(&mut app, &folder, Undo);
        assert_eq!((said(&app, &folder), app.orphans.len()), (before, 2));
        assert_eq!(app.list.selected().unwrap().entry.review(), None);
        send(&mut app, &folder, Redo);
        send(&mut app, &folder, Redo);
        assert_eq!((said(&app, &folder), app.orphans.len()), (after, 0));
    }

    #[test]
    fn an_orphan_is_deleted_and_brought_back() {
        let (mut app, folder) = with_orphans();
        let before = said(&app, &folder);
        act(&mut app, &[Orphans]);
        app.update(Message::Paste("second".into()));
        send(&mut app, &folder, Clear);
        assert_eq!((app.orphans.len(), app.views.len(), said(&app, &folder)), (1, 1, before[..1].to_vec()));
        app.update(Message::Edit(tui_input::InputRequest::DeleteLine));
        send(&mut app, &folder, Clear);
        assert_eq!((app.orphans.len(), app.views.len(), said(&app, &folder)), (0, 0, vec![]));
        send(&mut app, &folder, Undo);
        send(&mut app, &folder, Undo);
        assert_eq!((app.orphans.len(), said(&app, &folder)), (2, before));
        act(&mut app, &[Orphans, Cancel]);
        assert!(app.views.is_empty());
    }

    #[test]
    fn without_orphans_the_menu_has_no_word_of_them() {
        let mut app = app();
        act(&mut app, &[Orphans]);
        assert!(app.views.is_empty() && app.message.is_some());
        act(&mut app, &[Review]);
        assert!(matches!(app.top(), Some(View::Menu(menu)) if menu.keyed('o').is_none()));
    }
}
