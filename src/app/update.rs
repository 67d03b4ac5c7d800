//! How the explorer changes.

mod alternative;
mod assign;
mod comparison;
mod cut;
mod elsewhere;
mod filter;
mod find;
mod kept;
mod left;
mod orphans;
mod output;
mod pointer;
mod reread;
mod review;
mod statistics;
mod timeline;
mod tour;

pub use assign::Claims;
pub use left::Left;

use super::action::{Action, Context};
use super::compare::Page;
use super::detail::Detail;
use super::facts::Tab;
use super::help::Help;
use super::layout::{Pane, inner};
use super::memory::Awaited;
use super::menu::Kind;
use super::prompt::Prompt;
use super::reader::text_rows;
use super::step::Step;
use super::{App, Effect, Message, View, Way};
use crate::library::{Entry, Found, Progress};
use crate::query::Indexed;
use crate::query::facet::{Choice, Facet};
use crate::query::order::Order;
use tui_input::InputRequest;

/// What one press of a zoom key multiplies the visible time by.
const ZOOM: f64 = 0.5;

/// The part of the visible time that one press of a pan key moves by.
const PAN: f64 = 0.125;

/// So many bytes are pasted into a line at once at most: nobody means to have more in one.
const MOST_PASTED: usize = 4096;

/// The cells of a detail that was never on screen.
const NARROW: u16 = 40;

/// The way back.
const UNDOES: Way = (Context::List, Action::Undo, "undoes this");

/// The same from a page that has not its key.
const UNDOES_THERE: Way = (Context::List, Action::Undo, "in the list undoes this");

/// Said where an incident was to be shown that the filter hides, and what helps.
const HIDDEN: &str = "the filter hides this incident";
const CLEARS: Way = (Context::List, Action::Cancel, "in the list clears the filter");

impl App {
    /// Takes in what happened.
    pub fn update(&mut self, message: impl Into<Message>) -> Effect {
        let message = message.into();
        let action = if let Message::Act(action) = &message { Some(*action) } else { None };
        let effect = match message {
            Message::Act(action) => {
                (self.message, self.way, self.news) = (None, None, None);
                if self.take_for_tour(action) { Effect::None } else { self.act(action) }
            }
            Message::Choose(key) => {
                if let Some(View::Menu(menu)) = self.views.last_mut()
                    && let Some(at) = menu.keyed(key)
                {
                    menu.selected = at;
                    self.switch_choice(Choice::Shown)
                } else {
                    Effect::None
                }
            }
            Message::Point(gesture, at) => {
                (self.message, self.way, self.news) = (None, None, None);
                self.point(gesture, at)
            }
            Message::Elsewhere(words, way) => {
                self.say_with(&words, way);
                Effect::None
            }
            Message::Edit(request) => self.type_in([request]),
            Message::Paste(text) => {
                // A prompt is one line; pasted controls would be typed keys in disguise, and a terminal has either sign for the
                // end of a line.
                let line = text.split(['\r', '\n', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
                if line.len() > MOST_PASTED {
                    self.say(&format!("what was pasted has {} bytes; no more than {MOST_PASTED} are taken in at once", line.len()));
                    return Effect::None;
                }
                self.type_in(line.chars().filter(|c| !c.is_control()).map(InputRequest::InsertChar))
            }
            Message::Resize(size) => {
                self.size = size;
                Effect::None
            }
            Message::Arrived(arrived) => {
                self.take_in(arrived);
                Effect::None
            }
            Message::Today(today) => {
                self.list.set_today(today);
                self.renew_menu();
                Effect::None
            }
            Message::Loaded => {
                self.loading.finished = true;
                // What was not found again is gone.
                self.awaited = Awaited::default();
                self.assign_reviews();
                self.tell_of_orphans();
                Effect::None
            }
            Message::Reread(renewed) => {
                self.take_in_again(renewed);
                Effect::None
            }
            Message::Source(entry, read) => {
                self.take_source(&entry, read);
                Effect::None
            }
            Message::Cuts(entry, ways) => {
                self.take_cuts(&entry, ways);
                Effect::None
            }
            Message::Searched(number, answers) => {
                self.take_in_answers(number, answers);
                Effect::None
            }
            Message::Kept(number, kept) => self.take_kept(number, kept),
            Message::Written(written) => {
                self.take_written(written);
                Effect::None
            }
            Message::Failed(why) => {
                self.say(&why);
                Effect::None
            }
        };
        self.follow_tour(action);
        self.settle();
        match effect {
            Effect::None => match self.wanted_source() {
                // Whatever changed, the filter or the library, may ask for words that sources are not yet read for.
                Effect::None => self.search_sources(),
                effect => effect,
            },
            effect => effect,
        }
    }

    pub(super) fn act(&mut self, action: Action) -> Effect {
        match action {
            Action::Quit => return Effect::Quit(130),
            Action::Suspend => return Effect::Suspend,
            Action::Mouse => self.switch_mouse(),
            Action::ReadAgain => return Effect::ReadAgain,
            Action::Repaint => return Effect::Repaint,
            Action::Cancel => self.cancel(),
            Action::Back if self.drop_stretch() => {}
            Action::Back => match (self.views.pop(), self.focus) {
                (None, _) if self.maximised => self.maximised = false,
                (None, _) if self.come_back() => {}
                (None, Pane::List) => return Effect::Quit(0),
                (None, _) => self.focus = Pane::List,
                _ => {}
            },
            Action::Tour => self.begin_tour(),
            Action::Help => self.views.push(View::Help(Help::default())),
            Action::Problems if !self.can(action) => self.say("every file was read, and none was skipped"),
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
            Action::Dates => self.open_menu(Kind::Facet(Facet::Date)),
            Action::Filters => self.open_menu(Kind::Filters),
            Action::SaveFilter => self.name_filter(),
            Action::Palette => self.open_menu(Kind::Actions),
            Action::Themes => self.open_menu(Kind::Themes),
            Action::SortBy => self.open_menu(Kind::SortBy),
            Action::Reverse => {
                let order = self.list.order();
                self.list.set_order(Order { reversed: !order.reversed, ..order });
            }
            Action::Columns => self.open_menu(Kind::Columns),
            Action::Rows if self.can(action) => self.dense = !self.dense,
            Action::Rows => self.say("each incident has one line here; the list is wide enough"),
            Action::Toggle => return self.toggle(),
            Action::Exclude if self.can(action) => return self.switch_choice(Choice::Hidden),
            Action::Exclude => {}
            Action::Clear => return self.clear_menu(),
            Action::Accept => return self.accept(),
            Action::NewLine => return self.new_line(),
            Action::Review => self.open_menu(Kind::Review),
            Action::Orphans => self.open_orphans(),
            Action::Cut => return self.open_cuts(),
            Action::Undo | Action::Redo => return self.undo(action == Action::Redo),
            Action::Copy => self.open_menu(Kind::Copy),
            Action::WriteFile => self.open_output(),
            Action::Editor => return self.open_editor(),
            Action::Statistics => self.views.push(View::Statistics(Box::default())),
            Action::Mark => self.mark(),
            Action::Compare => self.compare(),
            Action::NextPane => self.focus_next(1),
            Action::PreviousPane => self.focus_next(Pane::ALL.len() - 1),
            Action::Open => return self.open(),
            Action::Align if matches!(self.top(), Some(View::Compare(comparison)) if comparison.page == Page::Numbers) => {
                self.say("lengths are the same however incidents are aligned; the timeline shows it");
            }
            Action::Align => {
                if let Some(View::Compare(comparison)) = self.views.last_mut() {
                    let align = comparison.align.next(|align| comparison.can_align(align));
                    comparison.set_align(align);
                }
            }
            Action::Turn => {
                if let Some(View::Compare(comparison)) = self.views.last_mut() {
                    comparison.turn();
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
            Action::NextEvent | Action::PreviousEvent => self.jump_to_event(action == Action::NextEvent),
            Action::NextPhase | Action::PreviousPhase => self.jump_to_phase(action == Action::NextPhase),
            Action::AllIncidents => self.change_scope(),
            Action::Compress => self.compress(),
            Action::Maximise => self.maximised = !self.maximised,
            Action::BorderBack | Action::BorderOn => self.move_border(action == Action::BorderOn),
            Action::Select if self.drop_stretch() => {}
            Action::Select => match self.views.last_mut() {
                Some(View::Compare(comparison)) if comparison.page == Page::Timeline => comparison.begin_selection(),
                Some(_) => {}
                None => self.timeline.begin_selection(),
            },
            Action::Left | Action::Right => self.sideways(action == Action::Right),
            Action::NextCite | Action::PreviousCite => {
                if let Some((reader, rows)) = self.reader_mut() {
                    reader.next(action == Action::NextCite, rows);
                }
            }
            Action::Find => self.open_find(),
            Action::FindNext | Action::FindPrevious => self.find_next(action == Action::FindNext),
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
        if matches!(action, Action::Up | Action::Down) && self.steps_in_prompt(action == Action::Up) {
            return;
        }
        self.step_by(&|page| Step::of(action, page).unwrap_or(Step::By(0)));
    }

    /// Moves what the focus is on; `by` gets how many rows of it are visible.
    fn step_by(&mut self, by: &dyn Fn(usize) -> Step) {
        let layout = self.layout();
        let (rows, body, choices) = (layout.list_rows().max(1), self.body_rows(), self.menu_rows());
        let (detail_rows, problem_lines) = (self.detail_rows(), super::problems::count(self));
        let (help_width, help_body) = self.help_room();
        let help_rows = if let Some(View::Help(help)) = self.top() { self.help_laid(help, help_width).height() } else { 0 };
        match (self.views.last_mut(), self.focus) {
            (Some(View::Compare(comparison)), _) => comparison.step(by(body)),
            (Some(View::Statistics(board)), _) => board.step(by(body)),
            (Some(View::Source(reader)), _) => {
                let rows = text_rows(body);
                reader.step(by(rows), rows);
            }
            (Some(View::Menu(menu)), _) => menu.step(by(choices), choices),
            (Some(View::Help(help)), _) => help.scroll = by(body).from(help.scroll, (help_rows + 1).saturating_sub(help_body)),
            (Some(View::Problems(scroll)), _) => *scroll = by(body).from(*scroll, (problem_lines + 1).saturating_sub(body)),
            (None, Pane::Detail) if self.detail.tab == Tab::Source => {
                if let Some((reader, rows)) = self.reader_mut() {
                    reader.step(by(rows), rows);
                }
            }
            (None, Pane::Detail) => self.detail.step(by(detail_rows), detail_rows),
            (None, Pane::Timeline) => self.step_timeline(by),
            (None, Pane::List) | (Some(View::Prompt(_)), _) => self.list.step(by(rows)),
            (Some(View::Name(_) | View::Write(_) | View::File(_) | View::Find(..)), _) => {}
        }
    }

    /// Moves to the left or right of what the focus is on.
    fn sideways(&mut self, right: bool) {
        let width = self.layout().compare_width();
        match (self.views.last_mut(), self.focus) {
            (None, Pane::Timeline) => self.move_cursor(if right { 1 } else { -1 }),
            (Some(View::Compare(comparison)), _) if comparison.page == Page::Timeline => {
                comparison.move_cursor(if right { 1 } else { -1 }, width);
            }
            (Some(View::Compare(comparison)), _) => comparison.step_column(right),
            (Some(View::Statistics(board)), _) => board.turn(right),
            // Left of the first tab lies the list.
            (None, Pane::Detail) if !self.detail.turn(right) && !right => (self.focus, self.maximised) = (Pane::List, false),
            _ => {}
        }
    }

    /// The cells of the detail; while it is not on screen those it had, for laying a text out anew is work.
    fn detail_width(&self) -> u16 {
        match inner(self.layout().detail).width {
            0 => self.shown.map_or(NARROW, |(.., width)| width),
            width => width,
        }
    }

    /// How many lines the detail has.
    fn detail_rows(&self) -> usize {
        usize::from(inner(self.layout().detail).height).max(1)
    }

    /// Takes back one thing.
    fn cancel(&mut self) {
        let taken_back = match self.views.last_mut() {
            Some(View::Prompt(prompt)) => prompt.take_back(),
            Some(View::Menu(menu)) if !menu.needle.is_empty() => return menu.type_in(String::clear),
            Some(View::Help(help)) if help.typing || !help.input.value().is_empty() => return *help = Help::default(),
            _ => false,
        };
        if taken_back {
            return self.filter_as_typed();
        }
        if self.forget_find() || self.drop_stretch() {
            return;
        }
        match self.views.pop() {
            Some(View::Prompt(prompt)) => self.list.set_query(prompt.before),
            Some(View::Find(_, before)) => self.look_for(before),
            Some(View::Menu(menu)) => self.theme = menu.theme_before().unwrap_or_else(|| std::mem::take(&mut self.theme)),
            Some(_) => {}
            None if self.maximised => self.maximised = false,
            None if self.come_back() => {}
            None if self.focus != Pane::List => self.focus = Pane::List,
            None if !self.list.query().is_empty() => self.clear_query(),
            None if !self.list.marks.is_empty() => self.unmark_all(),
            None => self.say_with("nothing to close or clear", (Context::List, Action::Back, "quits")),
        }
    }

    fn focus_next(&mut self, by: usize) {
        let at = Pane::ALL.iter().position(|&pane| pane == self.focus).unwrap_or(0);
        self.focus = Pane::ALL.get((at + by) % Pane::ALL.len()).copied().unwrap_or_default();
    }

    fn take_in(&mut self, arrived: Vec<Progress>) {
        let before = self.list.rows.len();
        let mut rows: Vec<Indexed> = Vec::new();
        for progress in arrived {
            match progress {
                Progress::Queued(count) => self.loading.queued += count,
                Progress::Notice(notice) => self.say(&notice),
                Progress::File(found) => {
                    self.loading.done += 1;
                    rows.extend(self.take_in_file(found));
                }
            }
        }
        self.list.add(rows);
        self.assign_reviews();
        self.awaited.find(&mut self.list, before);
        if self.list.rows.len() > before {
            self.renew_menu();
        }
    }

    /// Counts a file, and answers with the incidents in it.
    fn take_in_file(&mut self, found: Found) -> Vec<Indexed> {
        match found {
            Found::Report(rows) => return rows,
            Found::Part(rows, problem) => {
                self.problems.push(problem);
                return rows;
            }
            Found::NoReport(name) => self.left_out.push(name),
            Found::Problem(problem) => self.problems.push(problem),
        }
        Vec::new()
    }

    fn say(&mut self, message: &str) {
        (self.message, self.way) = (Some(message.to_owned()), None);
    }

    /// Says something, and with which key something can be done about it: keys are the person's own, so no message names one.
    fn say_with(&mut self, message: &str, way: Way) {
        (self.message, self.way) = (Some(message.to_owned()), Some(way));
    }

    /// Brings what is shown into line with what is selected, and keeps selections on screen.
    fn settle(&mut self) {
        self.find_what_is_sought();
        let layout = self.layout();
        self.list.note_marks();
        // A list that is hidden for a while stays where it was.
        if !layout.list.is_empty() {
            self.list.show_selection(layout.list_rows().max(1));
        }
        let (rows, width, height) = (self.body_rows(), self.detail_width(), self.detail_rows());
        let clock = self.list.selected().map_or(self.clock, |row| self.clock.for_offset(row.offset_seconds));
        let row = self.list.selected().map(|row| row.entry.as_ref());
        let wanted = self.list.selected_id().map(|id| (id, clock.zone, width));
        // While a filter is typed nobody reads how an incident stands among those that pass.
        let ranked = !matches!(self.views.last(), Some(View::Prompt(_))) && self.standing.renew(&self.list);
        let same_incident = self.shown.map(|(id, ..)| id) == wanted.map(|(id, ..)| id);
        if !same_incident {
            self.detail = Detail::of(row, &clock, &self.standing, width, self.detail.tab);
            self.incident = row.map(Entry::incident);
            self.timeline.select(self.incident.as_ref());
        } else if self.shown != wanted || ranked {
            self.detail.renew(row, &clock, &self.standing, (width, height));
        } else if !layout.detail.is_empty() {
            self.detail.show_selection(height);
        }
        self.shown = wanted;
        // Colours are chosen by looking at them.
        if let Some(View::Menu(menu)) = self.views.last()
            && let (Kind::Themes, Some(choice)) = (menu.kind, menu.choice())
        {
            self.theme.clone_from(&choice.name);
        }
        self.timeline.renew(&self.list, layout.timeline_rows());
        let body = inner(layout.body);
        for view in &mut self.views {
            match view {
                View::Source(reader) => reader.resize(body.width, text_rows(rows)),
                View::Statistics(board) => board.renew(&self.list, layout.body),
                _ => {}
            }
        }
        if let Some(reader) = &mut self.detail.reader {
            reader.resize(width, text_rows(height));
        }
    }
}

#[cfg(test)]
mod tests;
