//! The report's own words: opening them, going back from them to the facts, and looking for words in them.

use super::{CLEARS, HIDDEN};
use crate::app::action::Context;
use crate::app::facts::{Item, Tab};
use crate::app::find::{self, Find};
use crate::app::layout::{Pane, inner};
use crate::app::reader::{Reader, text_rows};
use crate::app::timeline::Scope;
use crate::app::{App, Effect, View};
use crate::library::{Entry, Problem};
use crate::source::{Cite, Source};
use std::sync::Arc;
use tui_input::{Input, InputRequest};

impl App {
    /// Goes into what is selected: an incident, the words of a fact, the fact of words.
    pub(super) fn open(&mut self) -> Effect {
        match (self.views.last(), self.focus) {
            (Some(View::Compare(_)), _) => return self.open_cell(),
            (Some(View::Statistics(_)), _) => return self.open_bar(),
            (Some(View::Source(_)), _) => self.open_fact(),
            (None, Pane::Detail) if self.detail.tab == Tab::Source => self.open_fact(),
            (None, Pane::List) if self.list.selected().is_none() => {}
            (None, Pane::List) => self.focus = Pane::Detail,
            (None, Pane::Timeline) if self.timeline.scope == Scope::All => self.focus = Pane::Detail,
            (None, _) => {
                let Some(item) = self.detail.item() else { return Effect::None };
                let cites = item.cites.clone();
                if cites.is_empty() {
                    match item.without_words() {
                        (words, None) => self.say(words),
                        (words, Some(way)) => self.say_with(words, way),
                    }
                } else if let Some(entry) = self.list.selected().map(|row| row.entry.clone()) {
                    return self.open_words(entry, &cites);
                }
            }
            _ => {}
        }
        Effect::None
    }

    /// Shows words of a report over everything.
    pub(super) fn open_words(&mut self, entry: Arc<Entry>, cites: &[Cite]) -> Effect {
        if cites.is_empty() {
            self.say("this was inferred; no words of the report say it");
            return Effect::None;
        }
        let clock = self.clock.for_report(&entry.incident());
        self.views.push(View::Source(Reader::new(entry.clone(), &clock, cites)));
        Effect::OpenSource(entry)
    }

    /// Goes from the words at the cursor to a fact that was read from them.
    fn open_fact(&mut self) {
        let Some((reader, _)) = self.reader_mut() else { return };
        let Some(cite) = reader.place().map(|place| place.cite) else { return self.say("nothing was read from this line") };
        let entry = reader.entry.clone();
        let row = self.list.rows.iter().position(|row| Arc::ptr_eq(&row.entry, &entry));
        self.leave();
        if let Some(row) = row {
            self.list.select(row);
            if self.list.selected_id() != Some(row) {
                return self.say_with(HIDDEN, CLEARS);
            }
        }
        self.focus = Pane::Detail;
        self.settle();
        let rows = self.detail_rows();
        // Of the facts read from these words the one that was looked at, else the one that stands on nothing but them.
        let telling = |item: &Item| match item.cites.contains(&cite) {
            true => Some(item.cites.len()),
            false => item.cites.iter().any(|own| own.span.overlaps(cite.span)).then_some(usize::MAX),
        };
        // What stands on the whole report was read from no words of it.
        let whole = self.incident.as_ref().map(|incident| incident.extent);
        let facts = self.detail.items.iter().enumerate().filter(|(_, item)| !item.cites.iter().any(|own| Some(*own) == whole));
        let chosen = self.detail.item().is_some_and(|item| item.cites.contains(&cite)).then_some(self.detail.selected);
        let nearest = facts.filter_map(|(at, item)| Some((telling(item)?, at))).min().map(|(_, at)| at);
        match chosen.or(nearest) {
            Some(item) => self.detail.select(item, rows),
            None => self.say("no fact of the detail was read from these words"),
        }
    }

    /// The source that has the focus, and how many rows of text it shows.
    pub(super) fn reader_mut(&mut self) -> Option<(&mut Reader, usize)> {
        let (body, pane) = (text_rows(self.body_rows()), text_rows(self.detail_rows()));
        match self.views.iter_mut().rev().find(|view| !matches!(view, View::Find(..))) {
            Some(View::Source(reader)) => Some((reader, body)),
            None if self.focus == Pane::Detail && self.detail.tab == Tab::Source => {
                self.detail.reader.as_mut().map(|reader| (reader, pane))
            }
            _ => None,
        }
    }

    /// Asks for a source that was read again, or that of the source tab where it is shown and was not asked for yet.
    pub(super) fn wanted_source(&mut self) -> Effect {
        if let Some(entry) = self.readers_mut().find_map(|(reader, ..)| reader.ask()) {
            return Effect::OpenSource(entry);
        }
        if self.detail.tab != Tab::Source || self.detail.reader.is_some() {
            return Effect::None;
        }
        let Some(entry) = self.list.selected().map(|row| row.entry.clone()) else { return Effect::None };
        let clock = self.clock.for_report(&entry.incident());
        self.detail.reader = Some(Reader::new(entry.clone(), &clock, &[]));
        Effect::OpenSource(entry)
    }

    /// Takes in a source; a slow file may arrive when another report is looked at.
    pub(super) fn take_source(&mut self, entry: &Arc<Entry>, read: Result<Source, Problem>) {
        let find = self.find.clone();
        if let Some((reader, width, rows)) = self.readers_mut().find(|(reader, ..)| reader.waits_for(entry)) {
            reader.read(read, width, rows);
            if !find.is_empty() {
                reader.find_again(&find);
            }
        }
    }

    /// All sources that are open, each with the cells and rows that its text has.
    pub(super) fn readers_mut(&mut self) -> impl Iterator<Item = (&mut Reader, u16, usize)> {
        let (body, pane) = (inner(self.layout().body).width, self.detail_width());
        let (rows, pane_rows) = (text_rows(self.body_rows()), text_rows(self.detail_rows()));
        let views = self.views.iter_mut().chain(self.left.iter_mut().flat_map(|left| &mut left.views));
        let over = views.filter_map(move |view| if let View::Source(reader) = view { Some((reader, body, rows)) } else { None });
        over.chain(self.detail.reader.as_mut().map(move |reader| (reader, pane, pane_rows)))
    }

    /// Opens the prompt for words to look for.
    pub(super) fn open_find(&mut self) {
        if let Some(View::Help(help)) = self.views.last_mut() {
            help.typing = true;
            return;
        }
        self.views.push(View::Find(Input::default(), self.find.clone()));
    }

    /// Takes in what is typed at a prompt.
    pub(super) fn type_in(&mut self, requests: impl IntoIterator<Item = InputRequest>) -> Effect {
        let Some(View::Find(input, _)) = self.views.last_mut() else { return self.edit(requests) };
        for request in requests {
            input.handle(request);
        }
        let find = Find::new(input.value());
        self.look_for(find);
        Effect::None
    }

    /// Looks for words from the cursor on.
    pub(super) fn look_for(&mut self, find: Find) {
        self.find = find.clone();
        let rows = self.detail_rows();
        if let Some((reader, rows)) = self.reader_mut() {
            return reader.find(&find, rows);
        }
        if !find.is_empty() && !self.detail.item().is_some_and(|item| find.is_in(&item.value)) {
            self.detail.next_match(&find, true, rows);
        }
    }

    /// Looks for what the filter has `text:` look for, once that is another, until a person looks for something else.
    pub(super) fn find_what_is_sought(&mut self) {
        let sought = self.list.query().source_words();
        if sought == self.sought {
            return;
        }
        let own = !self.find.is_empty() && self.find.text() != Find::any(&self.sought).text();
        if !own || !sought.is_empty() {
            let find = Find::any(&sought);
            self.readers_mut().for_each(|(reader, ..)| reader.find_again(&find));
            self.find = find;
        }
        self.sought = sought;
    }

    /// Takes back what a person looks for where that is marked; tells whether anything was.
    pub(super) fn forget_find(&mut self) -> bool {
        let is_marked = matches!(self.context(), Context::Detail | Context::Source);
        let own = !self.find.is_empty() && self.find.text() != Find::any(&self.sought).text();
        if is_marked && own {
            let find = Find::any(&self.sought);
            self.readers_mut().for_each(|(reader, ..)| reader.find_again(&find));
            self.find = find;
        }
        is_marked && own
    }

    /// Goes to the next or the previous match.
    pub(super) fn find_next(&mut self, forward: bool) {
        let (find, rows) = (self.find.clone(), self.detail_rows());
        if find.is_empty() {
            return self.say("there are no words to find yet");
        }
        let found = match self.reader_mut() {
            Some((reader, rows)) => {
                if reader.matches.is_empty() {
                    reader.find(&find, rows);
                    !reader.matches.is_empty()
                } else {
                    reader.next_match(forward, rows)
                }
            }
            None => {
                let found = self.detail.next_match(&find, forward, rows);
                // A source tells it in its border.
                let (here, all) = self.detail.matches(&find);
                self.message = find::place(here, all);
                found
            }
        };
        if !found {
            self.say(&format!("“{}” is not found here", find.text()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::*;
    use crate::app::reader::Text;
    use crate::app::update::tests::{act, app, type_in};
    use crate::library;

    #[test]
    fn a_fact_leads_to_its_words_and_one_without_says_so() {
        let mut app = app();
        act(&mut app, &[Down, Down, Open, Down]);
        let Effect::OpenSource(entry) = app.update(Open) else { unreachable!() };
        app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        let Some(View::Source(reader)) = app.top() else { unreachable!() };
        assert_eq!(reader.told().first(), Some(&"severity: ~high · inferred · words of the title"));
        act(&mut app, &[Back]);
        for label in ["file", "format"] {
            app.detail.selected = app.detail.items.iter().position(|item| item.label == label).unwrap();
            let Effect::OpenSource(entry) = app.update(Open) else { unreachable!() };
            app.update(Message::Source(entry.clone(), library::source_of(&entry)));
            assert_eq!(app.reader().and_then(|reader| reader.line()), Some(1));
            act(&mut app, &[Back]);
        }
    }

    #[test]
    fn what_no_words_of_the_report_say_is_told_truly() {
        let mut app = app();
        act(&mut app, &[Review]);
        app.update(Message::Choose('n'));
        type_in(&mut app, "ask them");
        act(&mut app, &[Accept, Bottom, Open]);
        let said = |app: &mut App, label: &str| {
            app.detail.selected = app.detail.items.iter().position(|item| item.label == label).unwrap();
            assert!(matches!(app.update(Open), Effect::None) && app.views.is_empty());
            app.message.clone().unwrap()
        };
        assert_eq!(said(&mut app, "org"), "the report does not say it");
        act(&mut app, &[Down]);
        assert!(app.message.is_none());
        act(&mut app, &[Back, Top, Open]);
        assert_eq!(said(&mut app, "note"), "these are your own words");
        assert!(app.way.is_some_and(|(_, action, _)| action == Review));
        assert_eq!(said(&mut app, "missing"), "the report does not say these");
    }

    #[test]
    fn what_the_filter_has_sources_searched_for_is_found_in_them() {
        let mut app = app();
        let filter = |app: &mut App, line: &str| {
            act(app, &[Search]);
            app.update(Message::Edit(InputRequest::DeleteLine));
            type_in(app, line);
            act(app, &[Accept]);
        };
        let open = |app: &mut App| {
            let Effect::OpenSource(entry) = app.update(Open) else { unreachable!() };
            app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        };
        act(&mut app, &[Down, Down]);
        filter(&mut app, "text:posted");
        assert_eq!(app.find.text(), "posted");
        // Nothing passes before the sources are read.
        app.update(Message::Searched(1, (0..5).map(|id| (id, Ok(vec![true]))).collect()));
        act(&mut app, &[Open, Down]);
        open(&mut app);
        act(&mut app, &[FindNext]);
        assert!(app.reader().unwrap().note().starts_with("match ") && app.message.is_none(), "{:?}", app.message);
        act(&mut app, &[Find]);
        type_in(&mut app, "calendar");
        act(&mut app, &[Accept, Back]);
        assert_eq!(app.find.text(), "calendar");
        // What a person looked for stays when the filter goes, and gives way to another text.
        filter(&mut app, "");
        assert_eq!(app.find.text(), "calendar");
        filter(&mut app, "text:\"rate limit\"");
        assert_eq!(app.find.text(), "rate limit");
        filter(&mut app, "");
        assert!(app.find.is_empty());
    }

    #[test]
    fn a_source_that_arrives_late_is_dropped() {
        let mut app = app();
        act(&mut app, &[Open]);
        let Effect::OpenSource(first) = app.update(Open) else { unreachable!() };
        act(&mut app, &[Back, Back, Down, Open]);
        let gone = || Err(Problem { path: "a".into(), message: "gone".into() });
        app.update(Message::Source(first.clone(), gone()));
        assert!(app.views.is_empty());
        assert!(matches!(app.update(Open), Effect::OpenSource(_)));
        app.update(Message::Source(first, gone()));
        assert!(matches!(app.top(), Some(View::Source(reader)) if matches!(reader.text, Text::Reading)));
    }

    #[test]
    fn words_lead_back_to_the_fact_and_its_tab() {
        let mut app = app();
        act(&mut app, &[Down, Down, Open, Right, Down]);
        let chosen = app.detail.selected;
        let Effect::OpenSource(entry) = app.update(Open) else { unreachable!() };
        app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        act(&mut app, &[NextCite, PreviousCite, Open]);
        assert!(app.views.is_empty());
        assert_eq!((app.focus, app.detail.tab, app.detail.selected), (Pane::Detail, Tab::Events, chosen));
    }

    #[test]
    fn the_source_tab_reads_the_source_of_whatever_is_selected() {
        let mut app = app();
        act(&mut app, &[Open, Right, Right, Right]);
        let Effect::OpenSource(first) = app.update(Right) else { unreachable!() };
        app.update(Message::Source(first.clone(), library::source_of(&first)));
        assert!(app.reader().is_some_and(|reader| !reader.waits_for(&first)));
        act(&mut app, &[PreviousPane]);
        let Effect::OpenSource(second) = app.update(Down) else { unreachable!() };
        assert!(!Arc::ptr_eq(&first, &second));
        assert!(matches!(app.update(Up), Effect::OpenSource(_)));
    }
}
