//! Which incident what was said is of, whenever incidents or reviews come or go.

use crate::app::App;
use crate::app::action::{Action, Context};
use crate::app::list::RowId;
use crate::query::Indexed;
use crate::review::{Key, Known, Matching, Reviewed, whole_path};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// The rows that can have a review, as far as they were looked at: among many incidents there are few.
#[derive(Debug, Default)]
pub struct Claims {
    pub(super) rows: Vec<RowId>,
    /// How many rows were looked at.
    seen: usize,
}

impl App {
    /// Gives every incident what is said of it, and finds what is said of none. This is decided over all rows at once, for a
    /// row that comes later may fit better.
    pub(super) fn assign_reviews(&mut self) {
        let reviews = &self.state.reviews;
        let Claims { rows: claims, seen } = &mut self.claims;
        if self.list.rows.len() > *seen {
            let clues = reviews.clues();
            let new = self.list.rows.iter().enumerate().skip(*seen);
            claims.extend(new.filter(|(_, row)| row.may_be_meant(&clues) || row.entry.said().is_some()).map(|(id, _)| id));
            *seen = self.list.rows.len();
        }
        let rows: Vec<_> = claims.iter().filter_map(|&id| Some((id, self.list.rows.get(id)?))).collect();
        let known: Vec<Known> = rows.iter().map(|(_, row)| row.known()).collect();
        let Matching { of, left } = reviews.of_incidents(&known);
        let others = rows.iter().zip(of).filter(|((_, row), said)| row.entry.said() != *said);
        let others: Vec<_> = others.map(|(&(id, _), said)| (id, said.cloned())).collect();
        // Before everything is read nobody knows which files are here.
        let orphans = if self.loading.finished { left } else { Vec::new() };
        let rows = || self.list.rows.iter().map(|row| row.entry.source.path.as_str());
        let here: HashSet<&str> = match orphans.is_empty() {
            true => HashSet::new(),
            false => rows().chain(self.left_out.iter().map(String::as_str)).map(name).collect(),
        };
        // What was said of a file of a folder that is read is not lost with its name.
        let path = |row: &Indexed| row.entry.origin.path().and_then(Path::parent).map(whole_path);
        let folders: HashSet<String> = if orphans.is_empty() { HashSet::new() } else { self.list.rows.iter().filter_map(path).collect() };
        let is_here = |key: &Key| here.contains(key.file().0) || folders.contains(key.folder());
        self.orphans = orphans.into_iter().filter(|said| is_here(&said.key)).cloned().collect();
        let before = self.list.selected().map(|row| row.entry.clone());
        self.list.review(others);
        let now = self.list.selected().map(|row| &row.entry);
        if self.shown.is_some() && before.as_ref().zip(now).is_some_and(|(before, now)| !Arc::ptr_eq(before, now)) {
            self.refresh();
        }
    }
}

/// The name of a file without its folders.
fn name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

impl App {
    /// Says once that there are orphans of files that are here, be it under a path that is known or not. Those of other
    /// files, which are only called alike, are told of where they are listed.
    pub(super) fn tell_of_orphans(&mut self) {
        let is_here = |said: &&Reviewed| {
            let (key, rows) = (&said.key, &self.list.rows);
            let mut named = rows.iter().filter(|row| name(&row.entry.source.path) == key.file().0);
            key.path.is_empty() || named.any(|row| row.entry.origin.path().is_some_and(|path| whole_path(path) == key.path))
        };
        let count = self.orphans.iter().filter(is_here).count();
        if count > 0 && self.message.is_none() {
            let reviews = if count == 1 { "1 orphaned review".to_owned() } else { format!("{count} orphaned reviews") };
            self.say_with(&reviews, (Context::List, Action::Orphans, "lists them"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::app;
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::*;
    use crate::app::update::tests::act;
    use crate::fixture;
    use crate::incident::Incident;
    use crate::library::{Entry, Found, Origin, Progress};
    use crate::query::Indexed;
    use crate::review::{Amendment, Edit, Key};
    use std::path::Path;

    /// Has a report with one incident arrive.
    fn arrive(app: &mut App, path: &str, change: impl FnOnce(&mut Incident)) {
        let mut incident = fixture::entries()[1].incident();
        incident.source.path = Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        change(&mut incident);
        let entry = Entry::new(incident, Origin::File(Path::new(path).into()));
        app.update(Message::Arrived(vec![Progress::File(Found::Report(vec![Indexed::new(entry.into())]))]));
    }

    fn empty() -> App {
        App::new("reports".into(), None, app().clock, app().size())
    }

    fn said(app: &App) -> Vec<&str> {
        app.list.rows.iter().map(|row| row.entry.review().map_or("-", |review| &review.note)).collect()
    }

    #[test]
    fn what_comes_later_may_fit_better() {
        let mut app = empty();
        arrive(&mut app, "/lib/b/x.txt", |_| ());
        let reviews = |key: Key| {
            let edit = Edit::Note("here".into());
            let mut state = crate::state::State::default();
            state.reviews.apply(&Amendment { kept: key.clone(), key, title: "t".into(), edit, seen: None });
            state
        };
        let key = app.list.rows[0].key();
        app = empty();
        app.state = reviews(key);
        arrive(&mut app, "/lib/a/x.txt", |_| ());
        assert_eq!((said(&app), app.detail.items.iter().any(|item| item.label == "note")), (vec!["here"], true));
        arrive(&mut app, "/lib/b/x.txt", |_| ());
        assert_eq!(said(&app), ["-", "here"]);
        // What is said of the one is not said of the other.
        app.list.select(0);
        app.update(Message::Loaded);
        act(&mut app, &[Review]);
        app.update(Message::Choose('s'));
        app.update(Message::Choose('l'));
        assert_eq!(app.state.reviews.iter().count(), 2);
        let severity = |app: &App| app.list.rows.iter().map(|row| row.entry.review().and_then(|said| said.severity)).collect::<Vec<_>>();
        assert_eq!(severity(&app), [Some(crate::incident::Severity::Low), None]);
        act(&mut app, &[Undo]);
        assert_eq!((severity(&app), app.state.reviews.iter().count()), (vec![None, None], 1));
        assert!(app.orphans.is_empty());
    }

    #[test]
    fn what_no_incident_takes_is_an_orphan_once_all_is_read_if_its_file_is_here() {
        let mut app = empty();
        for place in ["x.txt", "elsewhere.txt", "notes.txt"] {
            let key = Key { place: place.into(), id: "gone".into(), ..Key::default() };
            let edit = Edit::Note(place.into());
            app.state.reviews.apply(&Amendment { kept: key.clone(), key, title: "t".into(), edit, seen: None });
        }
        arrive(&mut app, "/lib/x.txt", |_| ());
        app.update(Message::Arrived(vec![Progress::File(Found::NoReport("sub/notes.txt".into()))]));
        assert!(app.orphans.is_empty());
        app.update(Message::Loaded);
        assert_eq!(app.orphans.iter().map(|orphan| orphan.review.note.as_str()).collect::<Vec<_>>(), ["x.txt", "notes.txt"]);
        assert_eq!(said(&app), ["-"]);
        assert!(app.message.is_some_and(|told| told.starts_with("2 orphaned reviews")));
    }

    #[test]
    fn a_review_of_a_file_elsewhere_that_is_called_alike_is_listed_and_no_news() {
        let mut app = empty();
        let key = Key { place: "x.txt".into(), path: "/elsewhere/x.txt".into(), id: "gone".into(), ..Key::default() };
        let edit = Edit::Note("x".into());
        app.state.reviews.apply(&Amendment { kept: key.clone(), key, title: "t".into(), edit, seen: None });
        arrive(&mut app, "/lib/x.txt", |_| ());
        app.update(Message::Loaded);
        assert_eq!((app.orphans.len(), app.message), (1, None));
    }

    #[test]
    fn what_was_said_of_a_file_that_was_renamed_is_not_lost() {
        let mut app = empty();
        for (name, path) in [("gone.txt", "/lib/gone.txt"), ("far.txt", "/far/far.txt")] {
            let key = Key { place: name.into(), path: path.into(), id: "gone".into(), ..Key::default() };
            app.state.reviews.apply(&Amendment { kept: key.clone(), key, title: "t".into(), edit: Edit::Note(name.into()), seen: None });
        }
        arrive(&mut app, "/lib/x.txt", |_| ());
        app.update(Message::Loaded);
        assert_eq!(app.orphans.iter().map(|orphan| orphan.review.note.as_str()).collect::<Vec<_>>(), ["gone.txt"]);
    }
}
