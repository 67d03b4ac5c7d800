//! How the explorer changes.

mod comparison;
mod filter;

use super::action::Action;
use super::detail::Detail;
use super::lanes::Lanes;
use super::layout::{Pane, inner};
use super::menu::Kind;
use super::prompt::Prompt;
use super::reader::Reader;
use super::step::Step;
use super::viewport::Range;
use super::{App, Arrival, Effect, Message, View};
use crate::query::Query;
use crate::query::facet::{Choice, Facet};
use crate::query::order::Order;
use std::sync::Arc;
use tui_input::InputRequest;

/// What one press of a zoom key multiplies the visible time by.
const ZOOM: f64 = 0.5;

/// The part of the visible time that one press of a pan key moves by.
const PAN: f64 = 0.125;

impl App {
    /// Takes in what happened.
    pub fn update(&mut self, message: impl Into<Message>) -> Effect {
        let effect = match message.into() {
            Message::Act(action) => {
                self.message = None;
                self.act(action)
            }
            Message::Choose(key) => {
                if let Some(View::Menu(menu)) = self.views.last_mut()
                    && let Some(at) = menu.keyed(key)
                {
                    menu.selected = at;
                    self.switch_choice(Choice::Shown);
                }
                Effect::None
            }
            Message::Edit(request) => self.edit([request]),
            Message::Paste(text) => {
                // A prompt is one line; pasted controls would be typed keys in disguise.
                let typed = text.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control());
                self.edit(typed.map(InputRequest::InsertChar))
            }
            Message::Resize(size) => {
                self.size = size;
                Effect::None
            }
            Message::Arrived(arrived) => {
                self.take_in(arrived);
                Effect::None
            }
            Message::Loaded => {
                self.loading.finished = true;
                Effect::None
            }
            Message::Source(entry, read) => {
                let (area, rows) = (inner(self.layout().body), self.body_rows());
                // A slow file may arrive when another report is looked at.
                let reader = self.views.iter_mut().find_map(|view| if let View::Source(reader) = view { Some(reader) } else { None });
                if let Some(reader) = reader.filter(|reader| Arc::ptr_eq(&reader.entry, &entry)) {
                    reader.read(read, area.width, rows);
                }
                Effect::None
            }
            Message::Searched(number, answers) => {
                self.take_in_answers(number, answers);
                Effect::None
            }
            Message::Failed(why) => {
                self.say(&why);
                Effect::None
            }
        };
        self.settle();
        // Whatever changed, the filter or the library, may ask for words that sources are not yet read for.
        if let Effect::None = effect { self.search_sources() } else { effect }
    }

    fn act(&mut self, action: Action) -> Effect {
        match action {
            Action::Quit => return Effect::Quit(130),
            Action::Suspend => return Effect::Suspend,
            Action::Cancel => self.cancel(),
            Action::Back => match (self.views.pop(), self.focus) {
                (None, Pane::List) => return Effect::Quit(0),
                (None, _) => self.focus = Pane::List,
                _ => {}
            },
            Action::Help => self.views.push(View::Help(0)),
            Action::Problems if self.problems.is_empty() => self.say("every file could be read"),
            Action::Problems => self.views.push(View::Problems(0)),
            Action::Zone => self.clock.zone = self.clock.zone.next(),
            Action::Search => self.views.push(View::Prompt(Box::new(Prompt::new(self.list.query(), &self.list.rows)))),
            Action::Complete => self.complete(1),
            Action::CompleteBack => self.complete(-1),
            Action::Severities => self.open_menu(Kind::Facet(Facet::Severity)),
            Action::Services => self.open_menu(Kind::Facet(Facet::Service)),
            Action::Organizations => self.open_menu(Kind::Facet(Facet::Organization)),
            Action::Statuses => self.open_menu(Kind::Facet(Facet::Status)),
            Action::Formats => self.open_menu(Kind::Facet(Facet::Format)),
            Action::Filters => self.open_menu(Kind::Filters),
            Action::SaveFilter => self.name_filter(),
            Action::SortBy => self.open_menu(Kind::SortBy),
            Action::Reverse => {
                let order = self.list.order();
                self.list.set_order(Order { reversed: !order.reversed, ..order });
            }
            Action::Toggle => self.switch_choice(Choice::Shown),
            Action::Exclude => self.switch_choice(Choice::Hidden),
            Action::Clear => return self.clear_menu(),
            Action::Accept => return self.accept(),
            Action::Mark => self.mark(),
            Action::Compare => self.compare(),
            Action::NextPane => self.focus_next(1),
            Action::PreviousPane => self.focus_next(Pane::ALL.len() - 1),
            Action::Open => return self.open(),
            Action::Align => {
                if let Some(View::Compare(comparison)) = self.views.last() {
                    let align = comparison.align.next();
                    self.renew_comparison(align);
                }
            }
            Action::Base => {
                if let Some(View::Compare(comparison)) = self.views.last_mut() {
                    comparison.base = comparison.selected;
                }
            }
            Action::ZoomIn => self.look(|range, _, at| range.zoom(ZOOM, at)),
            Action::ZoomOut => self.look(|range, _, at| range.zoom(1.0 / ZOOM, at)),
            Action::PanLeft => self.look(|range, bounds, _| range.pan(-PAN, bounds)),
            Action::PanRight => self.look(|range, bounds, _| range.pan(PAN, bounds)),
            Action::Fit => self.look(|_, bounds, _| bounds),
            Action::NextCite | Action::PreviousCite => {
                let rows = self.body_rows();
                if let Some(View::Source(reader)) = self.views.last_mut() {
                    reader.next(action == Action::NextCite, rows);
                }
            }
            Action::Up
            | Action::Down
            | Action::HalfUp
            | Action::HalfDown
            | Action::PageUp
            | Action::PageDown
            | Action::Top
            | Action::Bottom => self.step(action),
        }
        Effect::None
    }

    /// Moves what the focus is on.
    fn step(&mut self, action: Action) {
        let layout = self.layout();
        let (rows, body, choices) = (layout.list_rows().max(1), self.body_rows(), self.menu_rows());
        let detail_rows = usize::from(inner(layout.detail).height).max(1);
        let by = |page| Step::of(action, page).unwrap_or(Step::By(0));
        if matches!(action, Action::Up | Action::Down) && self.steps_in_prompt(action == Action::Up) {
            return;
        }
        match (self.views.last_mut(), self.focus) {
            (Some(View::Compare(comparison)), _) => comparison.step(by(body)),
            (Some(View::Source(reader)), _) => reader.step(by(body), body),
            (Some(View::Menu(menu)), _) => menu.step(by(choices), choices),
            // The drawn text knows its length; scrolling past its end is held there.
            (Some(View::Help(scroll)), _) => *scroll = by(body).from(*scroll, super::action::Action::ALL.len() * 2),
            (Some(View::Problems(scroll)), _) => *scroll = by(body).from(*scroll, self.problems.len()),
            (None, Pane::Detail) => self.detail.step(by(detail_rows), detail_rows),
            (None, Pane::Timeline) => self.detail.step_event(by(1), detail_rows),
            (None, Pane::List) | (Some(View::Prompt(_)), _) => self.list.step(by(rows)),
            (Some(View::Name(_)), _) => {}
        }
    }

    /// Takes back one thing.
    fn cancel(&mut self) {
        let taken_back = match self.views.last_mut() {
            Some(View::Prompt(prompt)) => prompt.take_back(),
            Some(View::Menu(menu)) if !menu.needle.is_empty() => return menu.type_in(String::clear),
            _ => false,
        };
        if taken_back {
            return self.filter_as_typed();
        }
        match self.views.pop() {
            Some(View::Prompt(prompt)) => self.list.set_query(prompt.before),
            Some(_) => {}
            None if self.focus != Pane::List => self.focus = Pane::List,
            None if !self.list.query().is_empty() => self.list.set_query(Query::default()),
            None if !self.list.marks.is_empty() => self.list.marks.clear(),
            None => self.say("nothing to take back; q quits"),
        }
    }

    fn open(&mut self) -> Effect {
        if let Some(View::Compare(comparison)) = self.views.last() {
            let id = comparison.side().map(|side| side.id);
            self.views.pop();
            if let Some(id) = id {
                self.list.select(id);
                if self.list.selected_id() != Some(id) {
                    self.say("the filter hides this incident; Esc in the list clears the filter");
                }
            }
            return Effect::None;
        }
        if self.focus == Pane::List {
            if self.list.selected().is_some() {
                self.focus = Pane::Detail;
            }
            return Effect::None;
        }
        let cited = self.detail.item().is_some_and(|item| !item.cites.is_empty());
        match self.list.selected() {
            Some(row) if cited => {
                let entry = row.entry.clone();
                self.views.push(View::Source(Reader::new(entry.clone(), &self.detail.items, self.detail.selected)));
                Effect::OpenSource(entry)
            }
            _ => {
                self.say("this was worked out; no words of the report say it");
                Effect::None
            }
        }
    }

    fn focus_next(&mut self, by: usize) {
        let at = Pane::ALL.iter().position(|&pane| pane == self.focus).unwrap_or(0);
        self.focus = Pane::ALL.get((at + by) % Pane::ALL.len()).copied().unwrap_or_default();
    }

    /// Changes the stretch of time on screen; `change` gets it, the stretch that shows everything, and the moment to
    /// stay at: the selected event, else the middle.
    fn look(&mut self, change: impl Fn(Range, Range, i64) -> Range) {
        let middle = |range: Range| range.start.saturating_add(range.length() / 2);
        if let Some(View::Compare(comparison)) = self.views.last_mut() {
            if let Some((range, bounds)) = comparison.range.zip(comparison.bounds()) {
                comparison.range = Some(change(range, bounds, middle(range)));
            }
        } else if let Some((range, bounds)) = self.range.zip(self.lanes.fit) {
            let selected = self.detail.item().and_then(|item| item.event);
            let event = self.lanes.marks.iter().find(|mark| Some(mark.event) == selected).map(|mark| mark.at);
            let at = event.filter(|&at| range.contains(at)).unwrap_or_else(|| middle(range));
            self.range = Some(change(range, bounds, at));
        }
    }

    fn take_in(&mut self, arrived: Vec<Arrival>) {
        let before = self.list.rows.len();
        let mut rows = Vec::new();
        for arrival in arrived {
            self.loading.done += usize::from(!matches!(arrival, Arrival::Queued(_)));
            match arrival {
                Arrival::Queued(count) => self.loading.queued += count,
                Arrival::Report(report) => rows.extend(report),
                Arrival::NoReport => self.loading.no_reports += 1,
                Arrival::Problem(problem) => self.problems.push(problem),
            }
        }
        self.list.add(rows);
        if self.list.rows.len() > before {
            self.renew_menu();
        }
    }

    fn say(&mut self, message: &str) {
        self.message = Some(message.to_owned());
    }

    /// Brings what is shown into line with what is selected, and keeps selections on screen.
    fn settle(&mut self) {
        let layout = self.layout();
        self.list.show_selection(layout.list_rows().max(1));
        let (detail, rows) = (inner(layout.detail), self.body_rows());
        let (width, height) = (detail.width.max(1), usize::from(detail.height).max(1));
        let row = self.list.selected().map(|row| &row.entry.incident);
        let clock = row.map_or(self.clock, |incident| self.clock.for_report(incident));
        let wanted = self.list.selected_id().map(|id| (id, clock.zone, width));
        let same_incident = self.shown.map(|(id, ..)| id) == wanted.map(|(id, ..)| id);
        if !same_incident {
            self.detail = Detail::of(row, &clock, width);
            self.lanes = row.map(|incident| Lanes::of(incident, 0)).unwrap_or_default();
            self.range = self.lanes.fit;
        } else if self.shown != wanted {
            self.detail.renew(row, &clock, width, height);
        } else {
            self.detail.show_selection(height);
        }
        self.shown = wanted;
        let body = inner(layout.body);
        for view in &mut self.views {
            if let View::Source(reader) = view {
                reader.resize(body.width, rows);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Action::*;
    use crate::app::action::Context;
    use crate::app::compare::Align;
    use crate::app::reader::Text;
    use crate::app::show::{Clock, Zone};
    use crate::fixture;
    use crate::library::{self, Problem};
    use crate::query::Indexed;
    use ratatui::layout::Size;

    pub(super) fn app() -> App {
        let clock = Clock::new(Zone::Utc, fixture::local);
        let mut app = App::new("samples".into(), None, clock, Size { width: 80, height: 24 });
        let reports = fixture::entries().into_iter().map(|entry| Arrival::Report(vec![Indexed::new(entry)]));
        app.update(Message::Arrived([Arrival::Queued(5)].into_iter().chain(reports).collect()));
        app.update(Message::Loaded);
        app
    }

    pub(super) fn act(app: &mut App, actions: &[Action]) {
        for &action in actions {
            app.update(action);
        }
    }

    pub(super) fn type_in(app: &mut App, text: &str) {
        app.update(Message::Paste(text.into()));
    }

    #[test]
    fn cancel_peels_one_layer_after_the_other_and_never_quits() {
        let mut app = app();
        act(&mut app, &[Mark, Down, Mark, Severities]);
        app.update(Message::Choose('h'));
        app.update(Message::Choose('c'));
        act(&mut app, &[Accept, Compare, Help]);
        let mut seen = Vec::new();
        for _ in 0..6 {
            seen.push((app.views.len(), app.list.query().is_empty(), app.list.marks.len()));
            assert!(matches!(app.update(Cancel), Effect::None));
        }
        let expected = [(2, false, 2), (1, false, 2), (0, false, 2), (0, true, 2), (0, true, 0), (0, true, 0)];
        assert_eq!(seen, expected);
        assert!(app.message.is_some());
    }

    #[test]
    fn back_leaves_one_view_and_from_the_list_the_program() {
        let mut app = app();
        act(&mut app, &[Open, Help]);
        assert!(matches!(app.update(Back), Effect::None));
        assert_eq!(app.context(), Context::Detail);
        assert!(matches!(app.update(Back), Effect::None));
        assert_eq!(app.context(), Context::List);
        assert!(matches!(app.update(Back), Effect::Quit(0)));
        act(&mut app, &[Search]);
        assert!(matches!(app.update(Quit), Effect::Quit(130)));
    }

    #[test]
    fn a_fact_leads_to_its_words_and_one_without_says_so() {
        let mut app = app();
        act(&mut app, &[Down, Down, Open, Down]);
        let Effect::OpenSource(entry) = app.update(Open) else { unreachable!() };
        app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        let Some(View::Source(reader)) = app.top() else { unreachable!() };
        assert_eq!(reader.place().unwrap().label, "severity");
        act(&mut app, &[Back]);
        let times = app.detail.items.iter().position(|item| item.label == "times").unwrap();
        app.detail.selected = times;
        assert!(matches!(app.update(Open), Effect::None));
        assert!(app.message.is_some() && app.views.is_empty());
        act(&mut app, &[Down]);
        assert!(app.message.is_none());
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
    fn comparing_needs_two_and_keeps_base_and_alignment() {
        let mut app = app();
        act(&mut app, &[Compare]);
        assert!(app.message.as_ref().unwrap().contains("mark"));
        act(&mut app, &[Mark, Down, Mark, Down, Mark, Compare, Down, Base, Align]);
        let Some(View::Compare(comparison)) = app.top() else { unreachable!() };
        assert_eq!((comparison.base, comparison.selected, comparison.align), (1, 1, Align::Detection));
        let base = comparison.sides.get(1).map(|side| side.id);
        act(&mut app, &[Up, Mark]);
        let Some(View::Compare(comparison)) = app.top() else { unreachable!() };
        assert_eq!((comparison.sides.len(), comparison.base, comparison.sides.first().map(|side| side.id)), (2, 0, base));
        act(&mut app, &[Mark]);
        assert!(app.views.is_empty() && app.message.is_some());
    }

    #[test]
    fn what_a_comparison_opens_is_selected() {
        let mut app = app();
        act(&mut app, &[Mark, Down, Mark, Compare, Down, Open]);
        assert!(app.views.is_empty());
        assert_eq!(app.list.selected_id(), app.list.marks.last().copied());
    }

    #[test]
    fn zooming_and_panning_stay_with_the_incident_and_fit_comes_back() {
        let mut app = app();
        let fit = app.range;
        act(&mut app, &[NextPane, NextPane, ZoomIn, PanRight]);
        assert_ne!(app.range, fit);
        act(&mut app, &[Fit]);
        assert_eq!(app.range, fit);
        act(&mut app, &[ZoomIn, PreviousPane, PreviousPane, Down]);
        assert_ne!(app.range, fit);
        assert_eq!(app.range, app.lanes.fit);
    }

    #[test]
    fn events_are_stepped_through_on_the_time_axis() {
        let mut app = app();
        act(&mut app, &[Down, Down, NextPane, NextPane]);
        let mut kinds = Vec::new();
        for _ in 0..20 {
            app.update(Down);
            kinds.extend(app.detail.item().and_then(|item| item.event));
        }
        kinds.dedup();
        assert_eq!(kinds, (0..8).collect::<Vec<_>>());
        assert!(matches!(app.update(Open), Effect::OpenSource(_)));
    }

    #[test]
    fn what_cannot_be_done_is_not_offered() {
        let mut app = app();
        assert!(!app.can(Compare) && !app.can(Problems));
        act(&mut app, &[Search]);
        type_in(&mut app, "zzz");
        act(&mut app, &[Accept]);
        assert!(!app.can(Mark) && !app.can(Open) && !app.can(Fit) && app.can(Search));
        for &action in Action::ALL {
            app.update(action);
        }
    }
}
