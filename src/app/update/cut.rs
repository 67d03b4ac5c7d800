//! A file as one incident or as several, as a reviewer says.

use super::UNDOES;
use crate::app::menu::Kind;
use crate::app::{App, Effect};
use crate::library::{Entry, Problem};
use crate::resolve::Cut;
use crate::review::whole_path;
use crate::state::Change;
use std::sync::Arc;

impl App {
    /// Asks how the file of the selected incident can be cut.
    pub(super) fn open_cuts(&mut self) -> Effect {
        match self.list.selected().map(|row| &row.entry) {
            Some(entry) if entry.origin.path().is_some() => Effect::OpenCuts(entry.clone()),
            Some(_) => {
                self.say("this was not read from a file, so that nothing could be kept of it");
                Effect::None
            }
            None => Effect::None,
        }
    }

    /// Offers the ways to cut the file, unless something else is looked at by now.
    pub(super) fn take_cuts(&mut self, entry: &Arc<Entry>, ways: Result<Vec<(Cut, usize)>, Problem>) {
        if !self.views.is_empty() || !self.list.selected().is_some_and(|row| Arc::ptr_eq(&row.entry, entry)) {
            return;
        }
        match ways {
            Err(problem) => self.say(&problem.to_string()),
            Ok(ways) => {
                let one = ways.iter().all(|(_, count)| *count == 1);
                if one && entry.cut() == Cut::AsTold {
                    return self.say("it has no two headings of one level that it could be cut at");
                }
                self.ways = Some((entry.clone(), ways));
                self.open_menu(Kind::Cuts);
            }
        }
    }

    /// Has the file that the menu was opened for read as it is cut now, whatever is selected by then.
    pub(super) fn cut(&mut self, cut: Cut) -> Effect {
        let Some((entry, _)) = self.ways.take() else { return Effect::None };
        let Some(path) = entry.origin.path().map(whole_path) else { return Effect::None };
        if entry.cut() == cut {
            self.say(&format!("the file is read {} already", told(cut)));
            return Effect::None;
        }
        let before = self.state.cuts.at(&path);
        let words = format!("read {}", told(cut));
        self.say_with(&words, UNDOES);
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        self.make_change(Change::Cut { path, before, after: Some(cut) }, (words, name))
    }
}

/// A cut in words.
fn told(cut: Cut) -> String {
    match cut {
        Cut::AsTold => "as it tells".into(),
        Cut::Whole => "as one incident".into(),
        Cut::Level(level) => format!("with an incident for each heading of level {level}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::action::Action::*;
    use crate::app::{Message, View};
    use crate::library::watch::Watch;
    use crate::library::{self, Input};
    use crate::resolve::Policy;
    use crate::state::{Sent, State};
    use std::fs;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    const REVIEW: &str = "# Incidents of May at Example\n\nBetween 09:00 UTC and 10:00 UTC on 2 May 2024 customers saw errors.\n\n\
                          ## Logins down\n\nFrom 11:05 UTC to 11:45 UTC on 3 May 2024 customers could not log in.\n\n\
                          ## Search slow\n\nFrom 12:05 UTC to 12:45 UTC on 9 May 2024 searches timed out.\n\n\
                          ## Mail late\n\nFrom 13:05 UTC to 13:45 UTC on 12 May 2024 mails came late.\n";

    /// An explorer on a folder, and what it keeps.
    struct Live {
        folder: tempfile::TempDir,
        watch: Watch,
        app: App,
    }

    impl Live {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("reports")).unwrap();
            fs::write(folder.path().join("reports/may.md"), REVIEW).unwrap();
            fs::write(folder.path().join("reports/zebra.md"), REVIEW.replace("May", "June")).unwrap();
            Self::open(folder)
        }

        fn open(folder: tempfile::TempDir) -> Self {
            let mut explorer = App::new("reports".into(), None, app().clock, app().size());
            explorer.state = State::load(&folder.path().join("state")).0;
            let inputs = vec![Input::Path(folder.path().join("reports"))];
            let watch = Watch::new(inputs, Policy::default(), None).cut(explorer.state.cuts.clone());
            let mut live = Self { folder, watch, app: explorer };
            let arrived = Mutex::new(Vec::new());
            live.watch.load(&AtomicBool::new(false), &|progress| arrived.lock().unwrap().push(progress));
            live.app.update(Message::Arrived(arrived.into_inner().unwrap()));
            live.app.update(Message::Loaded);
            live
        }

        /// Starts anew.
        fn again(self) -> Self {
            Self::open(self.folder)
        }

        fn send(&mut self, message: impl Into<Message>) {
            let effect = self.app.update(message);
            let keep = |sent: &Sent| drop(crate::state::change(&self.folder.path().join("state"), &sent.change).unwrap());
            match effect {
                Effect::OpenCuts(entry) => self.send(Message::Cuts(entry.clone(), library::cuts_of(&entry))),
                Effect::Remember(change) => keep(&change),
                Effect::Cut(change) => {
                    keep(&change);
                    let changed = self.watch.recut(self.app.state.cuts.clone(), &AtomicBool::new(false));
                    self.send(Message::Reread(changed));
                }
                _ => {}
            }
        }

        fn choose(&mut self, keys: &str) {
            self.send(Review);
            keys.chars().for_each(|key| self.send(Message::Choose(key)));
        }

        /// The titles of a file's incidents, with the notes on them.
        fn told(&self) -> String {
            let own = self.app.list.rows.iter().filter(|row| row.entry.source.path == "may.md");
            let note = |row: &crate::query::Indexed| row.entry.review().map_or(String::new(), |said| format!(": {}", said.note));
            own.map(|row| format!("{}{}", row.name(), note(row))).collect::<Vec<_>>().join(", ")
        }

        fn note(&mut self, text: &str) {
            self.choose("n");
            self.send(Message::Paste(text.into()));
            self.send(Accept);
        }

        /// Selects the incident of a title.
        fn select(&mut self, title: &str) {
            let id = self.app.list.rows.iter().position(|row| row.name() == title && row.entry.source.path == "may.md").unwrap();
            self.app.list.select(id);
            self.app.update(Up);
            self.app.list.select(id);
            self.app.update(Message::Resize(self.app.size()));
        }
    }

    const WHOLE: &str = "Incidents of May at Example";

    #[test]
    fn a_file_is_cut_and_joined_and_notes_follow() {
        let mut live = Live::new();
        assert_eq!(live.told(), WHOLE);
        live.select(WHOLE);
        live.note("whole");
        live.choose("i2");
        assert_eq!(live.told(), "Logins down, Search slow, Mail late");
        // What was said of the whole waits, and the selection is in the file.
        assert_eq!((live.app.orphans.len(), live.app.list.selected().unwrap().entry.source.path.as_str()), (1, "may.md"));
        live.select("Search slow");
        live.note("slow");
        assert_eq!(live.told(), "Logins down, Search slow: slow, Mail late");
        let mut live = live.again();
        assert_eq!(live.told(), "Logins down, Search slow: slow, Mail late");
        live.select("Search slow");
        live.choose("iw");
        assert_eq!((live.told().as_str(), live.app.orphans.len()), ("Incidents of May at Example: whole", 1));
        live.send(Undo);
        assert_eq!(live.told(), "Logins down, Search slow: slow, Mail late");
        live.send(Redo);
        assert_eq!(live.told(), "Incidents of May at Example: whole");
        live.choose("ir");
        assert!(live.app.state.cuts.is_empty());
        assert_eq!(live.again().told(), "Incidents of May at Example: whole");
    }

    #[test]
    fn every_step_is_taken_back_in_its_order() {
        let mut live = Live::new();
        live.select(WHOLE);
        live.note("whole");
        live.choose("i2");
        live.select("Mail late");
        live.note("late");
        live.send(Undo);
        assert_eq!(live.told(), "Logins down, Search slow, Mail late");
        live.send(Undo);
        assert_eq!(live.told(), "Incidents of May at Example: whole");
        live.send(Undo);
        assert_eq!((live.told().as_str(), live.app.changes.done.len()), (WHOLE, 0));
        for _ in 0..3 {
            live.send(Redo);
        }
        assert_eq!(live.told(), "Logins down, Search slow, Mail late: late");
        // The other file is as it was.
        assert_eq!(live.app.list.rows.len(), 4);
    }

    #[test]
    fn what_cannot_be_cut_says_so() {
        let live = Live::new();
        fs::write(live.folder.path().join("reports/may.md"), "# Outage\n\nFrom 11:05 UTC to 11:45 UTC on 3 May 2024 all was down.\n")
            .unwrap();
        let mut live = live.again();
        live.select("Outage");
        live.send(Cut);
        assert!(live.app.views.is_empty() && live.app.message.as_ref().is_some_and(|told| told.contains("no two headings")));
        // What is read in the meantime is no menu for another incident.
        let Effect::OpenCuts(entry) = live.app.update(Cut) else { unreachable!() };
        let other = live.app.list.rows.iter().position(|row| row.entry.source.path == "zebra.md").unwrap();
        live.app.list.select(other);
        live.send(Message::Cuts(entry, Ok(vec![(crate::resolve::Cut::AsTold, 1), (crate::resolve::Cut::Level(2), 2)])));
        assert!(live.app.views.is_empty());
        // Of what is in memory nothing can be kept.
        let mut app = app();
        assert!(!app.can(Cut));
        assert!(matches!(app.update(Cut), Effect::None) && app.message.is_some());
        act(&mut app, &[Review]);
        assert!(matches!(app.top(), Some(View::Menu(menu)) if menu.keyed('i').is_none()));
    }
}
