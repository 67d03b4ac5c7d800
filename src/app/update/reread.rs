//! Files that were read again: their rows change, and what a person looks at stays.

use super::Claims;
use crate::app::App;
use crate::app::list::RowId;
use crate::library::watch::{Outcome, Reread};
use crate::library::{Entry, Found};
use crate::query::Indexed;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

impl App {
    /// Takes in what files hold now.
    pub(super) fn take_in_again(&mut self, renewed: Vec<Reread>) {
        self.news = news(&renewed);
        if renewed.is_empty() {
            return self.say("nothing shown here was read from a file");
        }
        let mut files = BTreeMap::new();
        for Reread { path, was, found } in renewed {
            match was {
                Outcome::NoReport => {
                    if let Some(at) = self.left_out.iter().position(|name| path.ends_with(name)) {
                        self.left_out.remove(at);
                    }
                }
                Outcome::Problem | Outcome::Report => self.problems.retain(|problem| !problem.is_of(&path.to_string_lossy())),
                Outcome::Absent => {}
            }
            let rows = found.map(|found| self.take_in_file(found)).unwrap_or_default();
            files.insert(path, rows);
        }
        let again = |entry: &Entry, files: &BTreeMap<_, _>| entry.origin.path().is_some_and(|path: &Path| files.contains_key(path));
        let selected = self.list.selected().is_some_and(|row| again(&row.entry, &files));
        let place = |entry: &Arc<Entry>, rows: &[Indexed]| rows.iter().position(|row| Arc::ptr_eq(&row.entry, entry));
        let opened: Vec<_> = self.readers_mut().map(|(reader, ..)| reader.entry.clone()).collect();
        let opened: Vec<_> = opened.into_iter().map(|entry| place(&entry, &self.list.rows).filter(|_| again(&entry, &files))).collect();
        let moved = self.list.replace(files);
        self.claims = Claims::default();
        self.assign_reviews();
        let now = |id| moved.get(id).copied().flatten();
        self.searching = None;
        self.renew_readers(&opened.into_iter().map(|id| id.and_then(now)).collect::<Vec<_>>());
        self.renew_sides(now);
        // No row has the place of one that is gone, so that another is shown.
        self.shown = self.shown.map(|(id, zone, width)| (now(id).unwrap_or(RowId::MAX), zone, if selected { 0 } else { width }));
        if selected && self.shown.map(|(id, ..)| id) == self.list.selected_id() {
            self.incident = self.list.selected().map(|row| row.entry.incident());
            self.timeline.renew_incident(self.incident.as_ref());
        }
        self.renew_menu();
    }

    /// Gives each open source the row that its incident has now, where it was read again.
    fn renew_readers(&mut self, rows: &[Option<usize>]) {
        let entries: Vec<_> = rows.iter().map(|id| self.list.rows.get((*id)?).map(|row| row.entry.clone())).collect();
        let clock = self.clock;
        for ((reader, ..), entry) in self.readers_mut().zip(entries) {
            if let Some(entry) = entry {
                let clock = clock.for_report(&entry.incident());
                reader.renew(entry, &clock);
            }
        }
    }
}

/// What changed, in words; none where nothing did.
fn news(renewed: &[Reread]) -> Option<String> {
    let count = |wanted: fn(bool, bool) -> bool| {
        let told = renewed.iter().filter(|file| {
            let is = matches!(&file.found, Some(Found::Report(rows) | Found::Part(rows, _)) if !rows.is_empty());
            wanted(file.was == Outcome::Report, is)
        });
        told.count()
    };
    let again = match count(|was, is| was && is) {
        1 => "1 report read again".to_owned(),
        count => format!("{count} reports read again"),
    };
    let (again, new) = ((count(|was, is| was && is), again), count(|was, is| !was && is));
    let gone = count(|was, is| was && !is);
    let told = [again, (new, format!("{new} new")), (gone, format!("{gone} gone"))];
    let told: Vec<_> = told.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    Some(told.join(", ")).filter(|told| !told.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, type_in};
    use super::*;
    use crate::app::action::Action::*;
    use crate::app::reader::Text;
    use crate::app::show::{Clock, Zone};
    use crate::app::{Effect, Message, View};
    use crate::fixture;
    use crate::library::watch::Watch;
    use crate::library::{self, Input};
    use crate::resolve::Policy;
    use ratatui::layout::Size;
    use std::fs;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    /// An explorer on files that change.
    struct Live {
        folder: tempfile::TempDir,
        watch: Watch,
        app: App,
    }

    fn report(title: &str, hour: u32, minutes: u32) -> String {
        let lines = (0..30).map(|line| format!("Line {line} of what happened.\n")).collect::<String>();
        format!(
            "{title}\n\nIncident Report for Example\n\nResolved\nFrom {hour}:05 UTC to {hour}:{minutes} UTC customers saw errors.\n\
             Posted Jun 11, 2025 - {hour}:58 UTC\n\nInvestigating\nWe look into it.\nPosted Jun 11, 2025 - {hour}:10 UTC\n{lines}"
        )
    }

    impl Live {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let clock = Clock::new(Zone::Utc, fixture::local);
            let app = App::new("reports".into(), None, clock, Size { width: 80, height: 24 });
            let watch = Watch::new(vec![Input::Path(folder.path().into())], Policy::default(), None);
            let mut live = Self { folder, watch, app };
            for (name, title, hour) in [("a.txt", "Checkout was slow", 9), ("b.txt", "Search was slow", 10), ("c.txt", "Mail was slow", 11)]
            {
                live.write(name, &report(title, hour, 45));
            }
            live.write("notes.txt", "milk, bread\n");
            let arrived = Mutex::new(Vec::new());
            live.watch.load(&AtomicBool::new(false), &|progress| arrived.lock().unwrap().push(progress));
            live.app.update(Message::Arrived(arrived.into_inner().unwrap()));
            live.app.update(Message::Loaded);
            live
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.folder.path().join(name), text).unwrap();
        }

        /// Has what changed read again, and the sources that this asks for.
        fn look(&mut self) {
            let cancel = AtomicBool::new(false);
            let changed = self.watch.look(&cancel).into_iter().chain(self.watch.look(&cancel));
            self.send(Message::Reread(changed.collect()));
        }

        fn send(&mut self, message: impl Into<Message>) {
            let mut effect = self.app.update(message);
            while let Effect::OpenSource(entry) = effect {
                effect = self.app.update(Message::Source(entry.clone(), library::source_of(&entry)));
            }
        }

        fn titles(&self) -> Vec<&str> {
            self.app.list.visible.iter().map(|&id| self.app.list.rows[id].title()).collect()
        }
    }

    #[test]
    fn what_changed_is_shown_and_said_and_the_rest_stays() {
        let mut live = Live::new();
        assert_eq!((live.titles(), live.app.left_out.len()), (vec!["mail was slow", "search was slow", "checkout was slow"], 1));
        act(&mut live.app, &[Down, Mark, Mark, Search]);
        type_in(&mut live.app, "slow");
        act(&mut live.app, &[Accept]);
        live.write("c.txt", &report("Mail was very slow", 11, 40));
        live.write("notes.txt", &report("Parcels were slow", 13, 20));
        fs::remove_file(live.folder.path().join("b.txt")).unwrap();
        live.look();
        assert_eq!(live.titles(), ["parcels were slow", "mail was very slow", "checkout was slow"]);
        assert_eq!(live.app.news.as_deref(), Some("1 report read again, 1 new, 1 gone"));
        assert_eq!((live.app.left_out.len(), live.app.list.query().text()), (0, "slow"));
        assert_eq!(live.app.list.selected().unwrap().title(), "checkout was slow");
        assert_eq!(live.app.list.marks, [live.app.list.selected_id().unwrap()]);
        act(&mut live.app, &[Up]);
        assert_eq!(live.app.news, None);
    }

    #[test]
    fn when_the_selected_incident_goes_its_neighbour_is_selected() {
        let mut live = Live::new();
        act(&mut live.app, &[Down, Open]);
        fs::remove_file(live.folder.path().join("b.txt")).unwrap();
        live.look();
        assert_eq!(live.app.list.selected().unwrap().title(), "checkout was slow");
        assert!(live.app.detail.items.iter().any(|item| item.value.contains("Checkout was slow")));
        for name in ["a.txt", "c.txt"] {
            fs::remove_file(live.folder.path().join(name)).unwrap();
        }
        live.look();
        assert!(live.app.list.selected().is_none() && live.app.detail.items.is_empty());
        assert_eq!(live.app.news.as_deref(), Some("2 gone"));
    }

    #[test]
    fn the_time_and_the_fact_that_are_looked_at_stay() {
        let mut live = Live::new();
        act(&mut live.app, &[Open, Right, Down, NextPane, ZoomIn, ZoomIn]);
        let (range, cursor) = (live.app.timeline.range, live.app.timeline.cursor);
        let fact = live.app.detail.item().unwrap().label;
        live.write("c.txt", &format!("{}\nOne line more.\n", report("Mail was slow", 11, 50)));
        live.look();
        assert_eq!((live.app.timeline.range, live.app.timeline.cursor), (range, cursor));
        assert_eq!(live.app.detail.item().unwrap().label, fact);
        assert_eq!(live.app.list.selected().unwrap().minutes, Some(45.0));
        act(&mut live.app, &[Fit]);
        assert_eq!(live.app.timeline.range, live.app.timeline.lanes.fit);
    }

    #[test]
    fn an_open_source_shows_the_new_words_at_the_same_line() {
        let mut live = Live::new();
        act(&mut live.app, &[Open]);
        for action in [Down, Down, Open, PageDown, Down] {
            live.send(action);
        }
        let (row, scroll) = live.app.reader().map(|reader| (reader.row, reader.scroll)).unwrap();
        assert!(row > 0);
        live.write("c.txt", &report("Mail was slow", 11, 40).replace("of what happened", "of what really happened"));
        live.look();
        let reader = live.app.reader().unwrap();
        assert_eq!((reader.row, reader.scroll), (row, scroll));
        let Text::Open { source, .. } = &reader.text else { unreachable!() };
        assert!(source.text().contains("of what really happened"));
        assert!(Arc::ptr_eq(&reader.entry, &live.app.list.selected().unwrap().entry));
        // The words of a report that is gone can still be read.
        fs::remove_file(live.folder.path().join("c.txt")).unwrap();
        live.look();
        assert!(matches!(&live.app.reader().unwrap().text, Text::Open { .. }));
    }

    #[test]
    fn a_comparison_goes_on_with_what_is_left_of_it() {
        let mut live = Live::new();
        act(&mut live.app, &[Mark, Mark, Mark, Compare, Down, Base, Down, ZoomIn]);
        let range = live.app.views.iter_mut().find_map(|view| if let View::Compare(compared) = view { compared.range } else { None });
        live.write("b.txt", &report("Search was slow", 10, 55));
        live.look();
        let Some(View::Compare(comparison)) = live.app.top() else { unreachable!() };
        assert_eq!((comparison.base, comparison.selected, comparison.range), (1, 2, range));
        fs::remove_file(live.folder.path().join("c.txt")).unwrap();
        live.look();
        let Some(View::Compare(comparison)) = live.app.top() else { unreachable!() };
        assert_eq!((comparison.sides.len(), comparison.base, comparison.selected), (2, 0, 1));
        fs::remove_file(live.folder.path().join("b.txt")).unwrap();
        live.look();
        assert!(live.app.views.is_empty() && live.app.message.is_some());
    }

    #[test]
    fn a_file_that_can_no_longer_be_read_is_a_problem_until_it_can() {
        let mut live = Live::new();
        live.write("b.txt", "");
        live.look();
        assert_eq!(live.titles().len(), 3);
        live.look();
        assert_eq!((live.titles().len(), live.app.left_out.len()), (2, 2));
        live.write("b.txt", &report("Search was slow", 10, 45));
        live.look();
        assert_eq!((live.titles().len(), live.app.left_out.len()), (3, 1));
    }
}
