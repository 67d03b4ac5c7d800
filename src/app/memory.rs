//! How a library was left, and finding it so again.

use crate::app::App;
use crate::app::layout::{Pane, Split};
use crate::app::list::{List, RowId};
use crate::app::show::Zone;
use crate::app::timeline::Scope;
use crate::query::Query;
use crate::query::column::Columns;
use crate::query::order::Order;
use crate::review::Key;
use crate::state::libraries::{Mark, Memory};

/// The incidents that were marked or selected, until they are read.
#[derive(Debug, Default)]
pub struct Awaited {
    marks: Vec<(Key, Option<RowId>)>,
    selected: Option<Key>,
}

impl Awaited {
    /// Finds incidents again among the rows from `first` on.
    pub fn find(&mut self, list: &mut List, first: RowId) {
        if self.selected.is_none() && self.marks.iter().all(|(_, found)| found.is_some()) {
            return;
        }
        let keys: Vec<_> = list.rows.iter().enumerate().skip(first).map(|(id, row)| (id, row.key())).collect();
        // Of several that are told alike, the one at the same place in its file.
        let place = |wanted: &Key| {
            let fitting = keys.iter().rev().filter(|(_, key)| key.is_of(wanted));
            fitting.max_by_key(|(_, key)| key.agreement(wanted)).map(|(id, _)| *id)
        };
        for (key, found) in self.marks.iter_mut().filter(|(_, found)| found.is_none()) {
            *found = place(key);
        }
        let found: Vec<_> = self.marks.iter().filter_map(|(_, found)| *found).collect();
        // What was marked by hand meanwhile comes after.
        let others = list.marks.iter().copied().filter(|id| !found.contains(id)).collect::<Vec<_>>();
        list.marks = found.into_iter().chain(others).collect();
        if let Some(id) = self.selected.as_ref().and_then(place) {
            self.selected = None;
            if list.is_untouched() {
                list.select(id);
            }
        }
    }
}

const ZONES: [(Zone, &str); 3] = [(Zone::Utc, ""), (Zone::Local, "local"), (Zone::Reported, "reported")];
const PANES: [(Pane, &str); 3] = [(Pane::List, ""), (Pane::Detail, "detail"), (Pane::Timeline, "timeline")];

fn name<T: PartialEq>(names: &[(T, &str)], value: T) -> String {
    names.iter().find(|(known, _)| *known == value).map_or_else(String::new, |(_, name)| (*name).to_owned())
}

fn value<T: Copy>(names: &[(T, &str)], wanted: &str) -> Option<T> {
    names.iter().find(|(_, name)| *name == wanted).map(|(value, _)| *value)
}

impl App {
    /// How the library is left now.
    pub fn memory(&self) -> Memory {
        let order = self.list.order();
        let direction = if order.descending() { "desc" } else { "asc" };
        let key = |id: RowId| self.list.rows.get(id).map(|row| row.key());
        // What was not read again before the end is not forgotten.
        let missing = self.awaited.marks.iter().filter(|(_, found)| found.is_none()).map(|(key, _)| key.clone());
        let selected = self.list.selected_id().filter(|_| !self.list.is_untouched()).and_then(key);
        Memory {
            filter: self.list.query().text().trim().to_owned(),
            sort: if order == Order::default() { String::new() } else { format!("{}:{direction}", order.column.name()) },
            zone: name(&ZONES, self.clock.zone),
            pane: name(&PANES, self.focus),
            maximised: self.maximised,
            columns: if self.columns == Columns::default() { String::new() } else { self.columns.to_string() },
            dense: self.dense,
            list_part: self.split.list,
            timeline_part: self.split.timeline,
            all_incidents: self.timeline.scope == Scope::All,
            compressed: self.timeline.compress,
            selected: selected.or_else(|| self.awaited.selected.clone()).map(Mark::from),
            marks: self.list.marks.iter().copied().filter_map(key).chain(missing).map(Mark::from).collect(),
        }
    }

    /// Brings the library back as it was left. What the command line asks for stays.
    pub fn restore(&mut self, left: Memory, (filter, order): (Option<Query>, Option<Order>)) {
        let asked = filter.is_some();
        let filter = filter.unwrap_or_else(|| Query::new(left.filter));
        let told = [
            (!asked && !filter.is_empty()).then(|| "filtered".to_owned()),
            Some(left.marks.len()).filter(|&count| count > 0).map(|count| format!("{count} marked")),
        ];
        let told: Vec<_> = told.into_iter().flatten().collect();
        if !told.is_empty() {
            self.message = Some(format!("as you left it: {}; --fresh begins without", told.join(", ")));
        }
        self.list.set_query(filter);
        self.list.set_order(order.or_else(|| Order::parse(&left.sort).ok()).unwrap_or_default());
        self.clock.zone = value(&ZONES, &left.zone).unwrap_or_default();
        (self.focus, self.maximised) = (value(&PANES, &left.pane).unwrap_or_default(), left.maximised);
        self.columns = left.columns.parse().unwrap_or_default();
        self.dense = left.dense;
        self.split = Split { list: left.list_part, timeline: left.timeline_part };
        self.timeline.compress = left.compressed;
        if left.all_incidents {
            self.timeline.set_scope(Scope::All, &self.list);
        }
        let marks = left.marks.into_iter().map(|mark| (Key::from(mark), None)).collect();
        self.awaited = Awaited { marks, selected: left.selected.map(Key::from) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::{self, *};
    use crate::app::show::{Clock, Zone};
    use crate::fixture;
    use crate::library::{Found, Progress};
    use crate::query::Indexed;
    use ratatui::layout::Size;

    fn opened(left: Memory, asked: (Option<Query>, Option<Order>)) -> App {
        let mut app = App::new("reports".into(), None, Clock::new(Zone::Utc, fixture::local), Size { width: 80, height: 24 });
        app.restore(left, asked);
        for entry in fixture::entries().into_iter().rev() {
            app.update(Message::Arrived(vec![Progress::File(Found::Report(vec![Indexed::new(entry)]))]));
        }
        app.update(Message::Loaded);
        app
    }

    fn act(app: &mut App, actions: &[Action]) {
        actions.iter().for_each(|&action| drop(app.update(action)));
    }

    #[test]
    fn a_library_is_found_as_it_was_left() {
        let mut app = opened(Memory::default(), (None, None));
        assert_eq!((app.memory(), app.message.as_deref()), (Memory::default(), None));
        act(&mut app, &[Down, Down, Mark, Up, Up, Mark, Reverse, Action::Zone, NextPane, NextPane, AllIncidents, Compress, Maximise, Rows]);
        app.columns = "title,detect".parse().unwrap();
        app.list.set_query(Query::new("sev:high,medium"));
        let left = app.memory();
        let again = opened(left.clone(), (None, None));
        assert_eq!(again.memory(), left);
        assert_eq!(again.list.selected().unwrap().title(), app.list.selected().unwrap().title());
        let titles = |app: &App| app.list.marks.iter().map(|&id| app.list.rows[id].title().to_owned()).collect::<Vec<_>>();
        assert_eq!(titles(&again), titles(&app));
        assert_eq!(again.message.as_deref(), Some("as you left it: filtered, 2 marked; --fresh begins without"));
        // Before anything is read nothing is forgotten.
        let mut early = App::new("reports".into(), None, Clock::new(Zone::Utc, fixture::local), Size { width: 80, height: 24 });
        early.restore(left.clone(), (None, None));
        assert_eq!(early.memory(), left);
    }

    #[test]
    fn the_command_line_outranks_what_was_left_and_so_does_a_person() {
        let left = Memory { filter: "sev:high".into(), sort: "title:desc".into(), ..Memory::default() };
        let order = Order::parse("duration").unwrap();
        let app = opened(left, (Some(Query::new("freight")), Some(order)));
        assert_eq!((app.list.query().text(), app.list.order(), app.message), ("freight", order, None));
        let mut app = opened(Memory::default(), (None, None));
        act(&mut app, &[Bottom]);
        let left = app.memory();
        let mut app = App::new("reports".into(), None, Clock::new(Zone::Utc, fixture::local), Size { width: 80, height: 24 });
        app.restore(left, (None, None));
        let mut entries = fixture::entries().into_iter().map(Indexed::new).collect::<Vec<_>>();
        let rest = entries.split_off(2);
        app.update(Message::Arrived(vec![Progress::File(Found::Report(entries))]));
        act(&mut app, &[Down]);
        let chosen = app.list.selected().unwrap().title().to_owned();
        app.update(Message::Arrived(vec![Progress::File(Found::Report(rest))]));
        assert_eq!(app.list.selected().unwrap().title(), chosen);
    }
}
